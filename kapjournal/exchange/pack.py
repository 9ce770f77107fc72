"""A pack of the record as one file with the files of its pages beside it, and its entry in the ledger."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.confined import Stop
from kapjournal.domain.access_requests import PackLeft
from kapjournal.domain.notes import Note
from kapjournal.domain.packs import NAMES_FIRST, Pack, Withheld
from kapjournal.errors import Refused
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.attached_files import left_out
from kapjournal.exchange.files_beside import files_beside
from kapjournal.exchange.leaving_file import ending_of, form_of, leave
from kapjournal.exchange.markdown import escaped
from kapjournal.exchange.one_file import check_place
from kapjournal.exchange.pack_page import PackPage, page_of
from kapjournal.exchange.printed_file import as_file
from kapjournal.exchange.printed_page import PrintedPage
from kapjournal.presentation import packs as saying

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kapjournal.journal import Journal

FILE_NAME = "pack.docx"
"""What is suggested for the file: it names nobody."""

_NAME = "Access pack"
"""The title in what a file says of itself."""


def export_pack(
    practice: "Journal",
    pack: Pack,
    withheld: Sequence[Withheld],
    dest: Path,
    *,
    sealing: Sealing | None = None,
    theirs: "Journal | None" = None,
    begun: Callable[[Stop], object] = lambda _: None,
    tell: Callable[[str], object] = lambda _: None,
) -> tuple[Path, PackLeft]:
    """Write a pack, but for what the therapist withholds, to a new file and into the ledger; returns where it
    is and its entry (`UsageError`, `Refused`, `CannotSave`). The files of its pages lie beside it: `tell`
    hears where, and which could not be taken along. A PDF can take a while; `begun` is given what stops
    it."""
    ending = ending_of(dest)
    place = check_place(practice, dest, sealing=sealing)
    couple = practice.couples.of(pack.request.case)
    if couple is None or not couple.first:
        raise Refused(NAMES_FIRST)
    goes, gone = pack.without(withheld)
    notes = [item.thing for item in goes if isinstance(item.thing, Note)]

    def open_theirs() -> "AbstractContextManager[Journal]":
        return practice.open_couple(pack.request.case) if theirs is None else nullcontext(theirs)

    with files_beside(practice, notes, open_theirs, place, sealing) as files:
        page = page_of(pack, goes, gone, couple, practice.title, practice.me.label, files.exported)
        sha256, content = made(page, ending, begun)
        left = PackLeft(
            pack.recipient or saying.for_whom(couple, pack.about),
            form_of(ending, sealing) + saying.with_files(files.count),
            sha256,
            pack.authorisation,
            len(goes),
            tuple((saying.dated(item), ground) for item, ground in gone),
            clock.now(),
        )

        def enter() -> PackLeft:
            entry = practice.packs.leave(pack, left, theirs)
            try:  # after the entry: a kill leaves one without files, never files without one
                files.appear()
            except BaseException:
                take_back(entry)
                raise
            return entry

        def take_back(entry: PackLeft) -> None:
            files.vanish()
            practice.packs.did_not_leave(pack, entry)

        written = leave(practice, dest, content, sealing, enter, take_back)
    if files.count:
        tell(saying.where_files_are(files.count, files.place.name))
    for sentence in left_out(files.exported):
        tell(sentence)
    return written


def made(page: PackPage, ending: str, begun: Callable[[Stop], object]) -> tuple[str, str | bytes]:
    """The SHA-256 of the markdown above the foot, and the whole in the form that the ending says."""
    above = markdown(page)
    sha256 = hashlib.sha256(above.encode()).hexdigest()
    foot = (*page.foot, saying.known_by(sha256))
    if ending == ".md":
        return sha256, f"{above}\n---\n\n" + "\\\n".join(map(escaped, foot)) + "\n"
    return sha256, as_file(PrintedPage(_NAME, page.title, page.head, (page.words,), foot), ending, begun)


def markdown(page: PackPage) -> str:
    """The page above its foot."""
    head = "\\\n".join(map(escaped, page.head))
    return f"# {escaped(page.title)}\n\n{head}\n\n{page.words}"
