"""One note as a file to print: a page of HTML, or a DOCX or a PDF if the name of the file ends so."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.confined import Stop
from kapjournal.domain.notes import Note
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.page_file import save_page
from kapjournal.exchange.printed_file import as_file
from kapjournal.exchange.printed_page import printed_page

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FILE_NAME = "page.html"
"""What is suggested for the file: it names nobody."""

FORMS = "A name that ends in .docx makes a DOCX, one in .pdf a PDF, any other a page of HTML."


def print_note(
    journal: "Journal",
    note: Note,
    dest: Path,
    begun: Callable[[Stop], object] = lambda _: None,
    sealing: Sealing | None = None,
) -> str:
    """Write a note the member can read to a new file, and say so (`Refused`, `CannotSave`). A PDF can take a
    while; `begun` is given what stops it."""
    page = printed_page(journal, note)
    return save_page(journal, dest, as_file(page, age.bare(dest).suffix, begun), sealing)
