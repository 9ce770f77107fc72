"""A page as a PDF/A, made by another process that may come to harm by it.

PDF/A-2a: it holds the fonts it needs, and its words can be read out and copied. Of whoever made it, where and
at what time, it holds nothing.
"""

import json
from collections.abc import Callable
from importlib.util import find_spec

from kapjournal import confined
from kapjournal.confined import Stop
from kapjournal.errors import CannotSave
from kapjournal.text import character_name
from kapjournal.typesetting.page import Page

INSTEAD = "A name that ends in .html saves it as a page that any browser prints."

_PROGRAM = "kapjournal.typesetting.made_pdf"
_WITHIN_SECONDS = 60.0
_MOST = 64 * 1024 * 1024

MISSING = b"?"
"""Begins the answer of the process if no font has a character; the character follows."""

SYSTEM_FONTS = "--system-fonts"
"""Said to the process if it may look at the fonts of this computer."""


def is_installed() -> bool:
    """Whether there is what makes a PDF; nothing is loaded to find out."""
    return find_spec("typst") is not None


def made(page: Page, begun: Callable[[Stop], object]) -> bytes:
    """Make a PDF (`CannotSave`). The words go from memory to memory.

    `begun` is given what stops it; after a minute it stops by itself. The fonts that come with Typst are
    enough for Latin, Greek, Cyrillic, Hebrew and Arabic letters. Those of this computer are looked at only if
    the page has a character they lack."""
    if not is_installed():
        raise CannotSave(
            "A PDF needs the package typst, which is not installed here: `pipx inject kapjournal typst` adds "
            f"it. {INSTEAD}"
        )
    data = json.dumps(page).encode()
    answer = _asked(data, begun)
    if answer.startswith(MISSING):
        answer = _asked(data, begun, SYSTEM_FONTS)
    if answer.startswith(MISSING):
        character = answer.removeprefix(MISSING).decode()
        raise CannotSave(f"No font on this computer has this: {character_name(character)}. {INSTEAD}")
    if not (answer.startswith(b"%PDF-") and answer.rstrip().endswith(b"%%EOF")):
        raise CannotSave(f"This page was not made into a PDF within a minute and 2 GiB of memory. {INSTEAD}")
    return answer


def _asked(data: bytes, begun: Callable[[Stop], object], *arguments: str) -> bytes:
    return confined.answer(_PROGRAM, arguments, data, begun, within=_WITHIN_SECONDS, most=_MOST)
