"""Reading a body with a markdown parser, and changing it at the places the parser found.

The parser takes longer to load than most commands take to run, so it is loaded with the first body that it
could find anything in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kapjournal.exchange.found import Found

_IS_NEEDED = re.compile(r"[<\[|\t\r\0]|```|~~~|(?m:^[ >*+\d.)]*[#=-]|^[ >*+\d.)]{80})")
"""What a body has to hold so that there can be anything to change in it: HTML, brackets, bars, tabs, a fence,
a line that begins as headings and their underlines do, or one that lies very deep."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands from `start` to `end` gives way to `text`."""

    start: int
    end: int
    text: str


def read(body: str, found: Found) -> Found:
    """Fill in what is found in a body; `found` says how to read it."""
    if not _IS_NEEDED.search(body):
        return found
    from kapjournal.exchange import parsing  # noqa: PLC0415 - see above

    return parsing.read(body, found)


def name_of(label: str) -> str:
    """What the parser calls a label, however it is spaced and in whatever case it is written."""
    from kapjournal.exchange import parsing  # noqa: PLC0415 - see above

    return parsing.name_of(label)


def edited(body: str, edits: Iterable[Edit]) -> str:
    """The body with all edits; one that begins inside another is part of it and left out."""
    parts, until = [], 0
    for edit in sorted(set(edits)):
        if edit.start >= until:
            parts += [body[until : edit.start], edit.text]
            until = edit.end
    return "".join((*parts, body[until:]))
