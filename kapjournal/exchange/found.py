"""What an export may have to change in a body, with the place of each in the source, in characters."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]
"""From the first character to behind the last."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text that holds inline marks, as the parser takes it out of its lines, and where it lay in the source.

    `places` are pairs, in order: from this character of the text on, it lay from that one of the source on.
    """

    text: str
    places: Sequence[tuple[int, int]]

    def at(self, position: int) -> int:
        """Where a character of the text lies in the source."""
        begins, source = self.places[bisect_right(self.places, position, key=lambda pair: pair[0]) - 1]
        return source + position - begins

    def span(self, start: int, end: int) -> Span:
        """Where some of the text lies in the source; `end` is behind it, and not the end of all."""
        return (self.at(start), self.at(end)) if start < end else (self.at(start - 1) + 1,) * 2


@dataclass(frozen=True, slots=True)
class Underlined:
    """A heading of level 1 or 2 that is one by the line under it: its lines, without what indents them,
    and its underline."""

    level: int
    lines: Sequence[Span]
    underline: Span


@dataclass(frozen=True, slots=True)
class Definition:
    """A link reference definition: what the parser calls it, and where its label stands."""

    name: str
    label: Span


@dataclass(frozen=True, slots=True)
class Use:
    """A link or image that a definition gives its target. The new label stands at `label`; with `whole`, the
    brackets around it must be written too."""

    name: str
    label: Span
    whole: bool


@dataclass(slots=True)
class Found:
    """All of it for one body. The first four say how to read it; `inert` takes HTML and images for words.

    With one of `live`, HTML, an image or a definition would begin; with one of `live_lines`, a block of HTML.
    `hard_breaks` are line ends that a reader sees, each with where the marks for it begin. `dashes` are the
    lines below the heads of tables. `bars` would let some parsers take a fence for a table. `unclosed` is the
    line that closes what would otherwise take in all that follows; `html` are all tags and blocks of HTML.
    `code` are lines of code that stand in no list or quote, from the first to behind the last, and whether it
    is code by its indentation. `inside` is how far the text just read lies inside the words it is a part of.
    """

    inert: bool = False
    tables_too: bool = True
    definitions_too: bool = True
    all_words: bool = False
    headings: list[tuple[int, int]] = field(default_factory=list)
    underlined: list[Underlined] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    footnotes: list[Definition] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    live: set[int] = field(default_factory=set)
    live_lines: set[int] = field(default_factory=set)
    hard_breaks: dict[int, int] = field(default_factory=dict)
    dashes: set[Span] = field(default_factory=set)
    bars: list[int] = field(default_factory=list)
    has_tables: bool = False
    is_beyond_reading: bool = False
    unclosed: str = ""
    html: list[tuple[int, str]] = field(default_factory=list)
    code: list[tuple[Span, bool]] = field(default_factory=list)
    inside: int = 0
