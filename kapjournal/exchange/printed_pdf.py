"""A page as a PDF, if it is not too long for the typesetter."""

from collections.abc import Callable

from kapjournal.confined import Stop
from kapjournal.errors import Refused
from kapjournal.exchange.printed_blocks import blocks_of, length_of
from kapjournal.exchange.printed_page import PrintedPage
from kapjournal.typesetting import pdf as typesetter

MAX_CHARACTERS = 200_000
"""The longest page that is set: about a hundred sheets. Typst needs up to a gigabyte for that."""


def pdf(page: PrintedPage, begun: Callable[[Stop], object]) -> bytes:
    """The whole page (`Refused` if it is too long, `CannotSave`); `begun` is given what stops it."""
    if (length := length_of(page)) > MAX_CHARACTERS:
        raise Refused(
            f"This page has {length:,} characters; a PDF is made of {MAX_CHARACTERS:,} at most. "
            f"{typesetter.INSTEAD}"
        )
    return typesetter.made(blocks_of(page), begun)
