"""The booklet of a course as a file: markdown, HTML, DOCX or a PDF, as the name of the file ends.

It is the same for both partners: it holds no ids, no days and no times, and does not say who made it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.confined import Stop
from kapjournal.errors import UsageError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.markdown import as_typed, escaped
from kapjournal.exchange.page_file import save_page
from kapjournal.exchange.printed_file import as_file
from kapjournal.exchange.printed_page import PrintedPage
from kapjournal.presentation.booklet import Booklet, Entry, read_booklet

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FILE_NAME = "booklet.html"
"""What is suggested for the file: it names nobody."""

FORMS = "The name of the file says what is made: .md, .html, .docx or .pdf."

_NAME = "Booklet"
"""The title in what a file says of itself."""


def save_booklet(
    journal: "Journal",
    dest: Path,
    begun: Callable[[Stop], object] = lambda _: None,
    sealing: Sealing | None = None,
) -> str:
    """Write the booklet to a new file, and say so (`UsageError`, `Refused`, `CannotSave`). A PDF can take a
    while; `begun` is given what stops it."""
    ending = age.bare(dest).suffix.casefold()
    if ending not in (".md", ".html", ".docx", ".pdf"):
        raise UsageError(FORMS)
    booklet = read_booklet(journal)
    if ending == ".md":
        return save_page(journal, dest, markdown(booklet), sealing)
    return save_page(journal, dest, as_file(printed(booklet), ending, begun), sealing)


def markdown(booklet: Booklet) -> str:
    """The booklet as one document of markdown, in which every word of theirs is a word."""
    return f"# {escaped(booklet.names)}\n\n{escaped(booklet.months)}\n\n{_chapters(booklet)}"


def printed(booklet: Booklet) -> PrintedPage:
    """The booklet as it is printed, behind a title page."""
    return PrintedPage(_NAME, booklet.names, (booklet.months,), (_chapters(booklet),), (), layout="booklet")


def _chapters(booklet: Booklet) -> str:
    blocks = [block for chapter in booklet.chapters for block in _blocks(chapter.heading, chapter.entries)]
    return "\n\n".join(blocks) + "\n"


def _blocks(heading: str, entries: tuple[Entry, ...]) -> Iterator[str]:
    yield f"## {escaped(heading)}"
    for entry in entries:
        if entry.title:
            yield f"### {escaped(entry.title)}"
        for caption, words in entry.lines:
            if caption:
                yield f"{'####' if entry.title else '###'} {escaped(caption)}"
            yield as_typed(words)
