"""A page as a file of the kind that its name says: HTML, DOCX or PDF."""

from collections.abc import Callable

from kapjournal.confined import Stop
from kapjournal.exchange.printed_html import html
from kapjournal.exchange.printed_page import PrintedPage


def as_file(page: PrintedPage, ending: str, begun: Callable[[Stop], object]) -> str | bytes:
    """The page as DOCX or PDF if the `ending` is .docx or .pdf, and as HTML with any other (`Refused`,
    `CannotSave`). A PDF can take a while; `begun` is given what stops it."""
    match ending.casefold():
        case ".docx":
            from kapjournal.exchange.printed_docx import docx  # noqa: PLC0415 - for whoever wants one

            return docx(page)
        case ".pdf":
            from kapjournal.exchange.printed_pdf import pdf  # noqa: PLC0415 - for whoever wants one

            return pdf(page, begun)
        case _:
            return html(page)
