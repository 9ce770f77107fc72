"""What a page that is to be set is made of: plain values that become JSON. Words are words in all of them."""

from typing import Literal, NotRequired, TypedDict

Mark = Literal["em", "strong", "s", "code"]
Kind = Literal["paragraph", "line", "heading", "code", "rule", "quote", "items", "table"]
Align = Literal["start", "left", "center", "right"]
Layout = Literal["page", "booklet", "close"]
"""How it is laid out: A4; A5, with what stands above the words on a page of its own; or A4 set small and
close, for what is to stand on a sheet or two."""


class Run(TypedDict):
    """Words of one kind, or the end of a line, whose words are a newline."""

    words: str
    marks: list[Mark]


class Block(TypedDict):
    """One block. Which of the fields it has depends on its kind."""

    kind: Kind
    dir: Literal["ltr", "rtl"]
    """How it is read."""
    runs: NotRequired[list[Run]]
    """The words of a paragraph, a line or a heading."""
    level: NotRequired[int]
    """Of a heading, from 1."""
    words: NotRequired[str]
    """Of what is set to the letter."""
    blocks: NotRequired[list["Block"]]
    """What is quoted."""
    items: NotRequired[list[list["Block"]]]
    start: NotRequired[int | None]
    """The first number of a list; None if it has none."""
    tight: NotRequired[bool]
    """Whether its items stand close."""
    align: NotRequired[list[Align]]
    """Of a table, one for each column."""
    head: NotRequired[list[list[Run]]]
    """The cells of the first row."""
    cells: NotRequired[list[list[Run]]]
    """All others, row by row."""


class Page(TypedDict):
    """A page: what stands above the words, the words, and what stands below them."""

    name: str
    """The title of the document."""
    day: tuple[int, int, int]
    """Year, month and day of its making; it bears no time of day."""
    head: list[Block]
    main: list[Block]
    foot: list[Block]
    layout: Layout
