"""A pack of the record as one file: markdown, HTML, DOCX or PDF, wholly or not at all, and never without its
entry in the ledger."""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.confined import Stop
from kapjournal.domain.access_requests import PackLeft
from kapjournal.domain.packs import NAMES_FIRST, Pack, Withheld
from kapjournal.errors import Refused, UsageError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.markdown import escaped
from kapjournal.exchange.one_file import check_place, write_file
from kapjournal.exchange.pack_page import PackPage, page_of
from kapjournal.exchange.printed_file import as_file
from kapjournal.exchange.printed_page import PrintedPage
from kapjournal.presentation import packs as saying

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FILE_NAME = "pack.docx"
"""What is suggested for the file: it names nobody."""

_ENDINGS = {".md": "markdown", ".html": "html", ".docx": "docx", ".pdf": "pdf"}
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
) -> tuple[Path, PackLeft]:
    """Write a pack, but for what the therapist withholds, to a new file and into the ledger; returns where it
    is and its entry (`UsageError`, `Refused`, `CannotSave`). A PDF can take a while; `begun` is given what
    stops it."""
    ending = age.bare(dest).suffix.casefold()
    if ending not in _ENDINGS:
        raise UsageError(saying.FORMS)
    place = check_place(practice, dest, sealing=sealing)
    couple = practice.couples.of(pack.request.case)
    if couple is None or not couple.first:
        raise Refused(NAMES_FIRST)
    goes, gone = pack.without(withheld)
    page = page_of(pack, goes, gone, couple, practice.title, practice.me.label)
    sha256, content = made(page, ending, begun)
    left = PackLeft(
        pack.recipient or saying.for_whom(couple, pack.about),
        _ENDINGS[ending] + (", sealed with age" if sealing else ""),
        sha256,
        pack.authorisation,
        len(goes),
        tuple((saying.dated(item), ground) for item, ground in gone),
        clock.now(),
    )
    entered: list[PackLeft] = []
    try:
        write_file(
            practice,
            dest,
            content,
            sealing=sealing,
            before=lambda: entered.append(practice.packs.leave(pack, left, theirs)),
        )
    except BaseException as why:
        is_anothers = isinstance(why, Refused)  # something has that name by now
        for entry in entered if is_anothers or not os.path.lexists(place) else ():
            practice.packs.did_not_leave(pack, entry)
        raise
    return place, left


def made(page: PackPage, ending: str, begun: Callable[[Stop], object]) -> tuple[str, str | bytes]:
    """The SHA-256 of the markdown above the foot, and the whole in the form that the ending says."""
    above = markdown(page)
    sha256 = hashlib.sha256(above.encode()).hexdigest()
    foot = (*page.foot, f"SHA-256 of the markdown above this foot: {sha256}")
    if ending == ".md":
        return sha256, f"{above}\n---\n\n" + "\\\n".join(map(escaped, foot)) + "\n"
    return sha256, as_file(PrintedPage(_NAME, page.title, page.head, (page.words,), foot), ending, begun)


def markdown(page: PackPage) -> str:
    """The page above its foot."""
    head = "\\\n".join(map(escaped, page.head))
    return f"# {escaped(page.title)}\n\n{head}\n\n{page.words}"
