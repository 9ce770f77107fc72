"""A write-up as a file that leaves: markdown, HTML, DOCX or PDF of one page, wholly or not at all, and never
without its entry in the ledger."""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.confined import Stop
from kapjournal.content.forms import form_for
from kapjournal.domain import departures as ledger
from kapjournal.domain.forms import FieldKind, RecordKind
from kapjournal.domain.review import Section
from kapjournal.domain.supervision import PURPOSE, Basis
from kapjournal.errors import UsageError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.leaving_file import ending_of, form_of, leave
from kapjournal.exchange.markdown import escaped
from kapjournal.exchange.one_file import check_place
from kapjournal.exchange.printed_file import as_file
from kapjournal.exchange.printed_page import PrintedPage
from kapjournal.presentation import days
from kapjournal.presentation import write_up as saying
from kapjournal.presentation.write_up import WriteUpPage
from kapjournal.text import BOM, from_bytes, without_controls

if TYPE_CHECKING:
    from kapjournal.domain.departures import Departure, Leaving
    from kapjournal.journal import Journal

_SEALED = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
"""With what a file begins that age sealed."""

_IN_BRACKETS = re.compile(r"\\\[([^\W_][\w ]*)\\\](?![\[(:])")


@dataclass(frozen=True, slots=True)
class ToLeave:
    """What is said of a write-up that is to leave: to whom, on which basis, what for, the day by which it is
    to be destroyed (None: in `DAYS_TO_KEEP` days), and how the reviewer signs, empty for no name."""

    recipient: str
    basis: Basis
    purpose: str = PURPOSE
    destroy_by: date | None = None
    reviewer: str = ""


def export_write_up(
    journal: "Journal",
    record_id: str,
    asked: ToLeave,
    dest: Path,
    *,
    sealing: Sealing | None = None,
    theirs: "Journal | None" = None,
    begun: Callable[[Stop], object] = lambda _: None,
) -> "tuple[Path, Departure]":
    """Write a write-up to a new file and into the ledger; returns where it is and its entry (`UsageError`,
    `Refused` for whatever keeps it from leaving, `CannotSave`). A PDF can take a while; `begun` is given what
    stops it."""
    ending = ending_of(dest)
    check_place(journal, dest, sealing=sealing)
    reviewer = saying.checked_reviewer(asked.reviewer)
    until = ledger.destroy_by(asked.destroy_by, clock.today())
    around = {"the name of the file": age.bare(dest).stem, "how you sign": reviewer}
    leaving = journal.write_ups.leaving(
        record_id, asked.recipient, asked.basis, asked.purpose, theirs, around
    )
    sha256, content = made(leaving, reviewer, until, ending, begun)
    form = form_of(ending, sealing)
    place, left = leave(
        *(journal, dest, content, sealing),
        lambda: journal.write_ups.leave(leaving, form, sha256, until, theirs),
        journal.write_ups.did_not_leave,
    )
    _at_noon(place, clock.today())
    return place, left


def made(
    leaving: "Leaving", reviewer: str, until: date, ending: str, begun: Callable[[Stop], object]
) -> tuple[str, str | bytes]:
    """The SHA-256 of the markdown above the foot, and the whole in the form that the ending says."""
    page = saying.page_of(leaving)
    words = _words(page)
    head = " · ".join(map(_as_words, page.head))
    above = f"# {_as_words(page.title)}\n\n{head}\n\n{words}\n"
    sha256 = hashlib.sha256(above.encode()).hexdigest()
    is_markdown = ending == ".md"
    lines = saying.foot_of(leaving, reviewer, days.long_day(until), sha256, is_markdown=is_markdown)
    *said, of_file = lines
    foot = (" ".join(said), of_file)
    if is_markdown:
        return sha256, f"{above}---\n\n" + "\\\n".join(map(_as_words, foot)) + "\n"
    printed = PrintedPage(page.title, page.title, (" · ".join(page.head),), (words,), foot, layout="close")
    return sha256, as_file(printed, ending, begun)


def page_in_markdown(leaving: "Leaving", reviewer: str, until: date) -> str:
    """The page as it would leave, foot and all, for a look at it."""
    _, content = made(leaving, reviewer, until, ".md", lambda _: None)
    return str(content)


def _as_words(line: str) -> str:
    """A line as markdown that shows just this text. Words in brackets are no link: nothing on the page says
    where to."""
    return _IN_BRACKETS.sub(r"[\1]", escaped(line))


def _words(page: WriteUpPage) -> str:
    """Question and sections as markdown in which every word is a word, and rules for the answer."""
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: WriteUpPage) -> Iterator[str]:
    yield f"# {_as_words(page.question)}"
    for is_line, sections in groupby(page.sections, _is_a_line):
        if is_line:
            yield "\\\n".join(f"**{_as_words(one.heading)}:** {_as_words(one.text)}" for one in sections)
        else:
            for section in sections:
                yield from _section(section)
    yield f"## {_as_words(saying.ANSWER)}"
    for _ in range(saying.lines_for_answer(page)):
        yield "***"


def _is_a_line(section: Section) -> bool:
    """Whether it is one line by its form, which needs no heading above it."""
    return form_for(RecordKind.SUPERVISION).field(section.id).kind in (FieldKind.LINE, FieldKind.CHOICE)


def _section(section: Section) -> Iterator[str]:
    yield f"## {_as_words(section.heading)}"
    for paragraph in section.text.replace("\t", " ").split("\n\n"):
        lines = [_as_words(line.strip()) for line in paragraph.strip("\n").split("\n")]
        if any(lines):
            yield "\\\n".join(line for line in lines if line)


def _at_noon(place: Path, day: date) -> None:
    """Let the file say of itself the day alone: noon of it, in UTC."""
    noon = datetime.combine(day, time(12), UTC).timestamp()
    with suppress(OSError):
        os.utime(place, (noon, noon))


def is_sealed(data: bytes) -> bool:
    """Whether an answer that came as a file is sealed with age."""
    return data.lstrip().startswith(_SEALED)


def words_of_reply(data: bytes, *, identity: str = "", passphrase: str = "") -> str:
    """The words of an answer that came as a file: text in UTF-8, or that sealed with age (`UsageError`,
    `UnlockFailed`, `Damaged`, `Refused`)."""
    if identity or passphrase:
        data = age.opened(data, identity=identity, passphrase=passphrase)
    elif is_sealed(data):
        raise UsageError("That is sealed: name your identity file, or the passphrase it was sealed with.")
    return without_controls(from_bytes(data).removeprefix(BOM))[0]
