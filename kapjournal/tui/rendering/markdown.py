"""A note's markdown as lines for one widget.

A widget for each paragraph takes seconds on a long list, so a note becomes plain blocks (what leads each
line, and the words) that are wrapped to any width at once. Words pass `shown` before the parser and again
after it, because an entity such as `&#x202e;` turns into a character only there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from kapjournal.text import shown

PLAIN_ABOVE = 400_000
"""Longer bodies, in characters, are shown as written: parsing them would take longer than reading a page."""

WORK_ABOVE = 120_000
"""So are bodies with more marks than this: each costs about 10 µs, and others may have written them. A note
of 50,000 words in which two of three are emphasised has about 110,000, a list of as many 50,000."""

_COSTLY = {**dict.fromkeys("*_`~[]()!<&|\\", 1), "\n": 6}
"""What the parser stops at, and how much of a mark it is."""

_BULLETS = ("▪ ", "▫ ")
_QUOTE = "│ "
_MARKS = {"strong": "bold", "em": "italic", "s": "strike", "link": "$secondary"}
_HEADINGS = {"h1": "bold $primary", "h2": "bold $primary", "h3": "bold $secondary"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or row: `lead` begins its first line and `hang` every other one."""

    lead: str
    hang: str
    words: Content
    gap: bool
    """An empty line comes before it."""


def blocks(body: str) -> list[Block]:
    """Read a body as CommonMark with tables and strikethrough; line ends stay where they were typed."""
    text = shown(body)
    if len(text) > PLAIN_ABOVE or _work(text) > WORK_ABOVE:
        return [Block("", "", Content(line), gap=False) for line in text.split("\n")]
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return _Builder().build(parser.parse(text))


def _work(text: str) -> int:
    return sum(text.count(mark) * cost for mark, cost in _COSTLY.items())


@dataclass(slots=True)
class _Frame:
    lead: str
    hang: str
    number: int | None = None


class _Builder:
    def __init__(self) -> None:
        self._frames: list[_Frame] = []
        self._lists: list[_Frame] = []
        self._blocks: list[Block] = []
        self._heading = ""
        self._row: list[Content] | None = None
        self._tight = False

    def build(self, tokens: Sequence[Token]) -> list[Block]:
        for token in tokens:
            handler = getattr(self, f"_on_{token.type}", None)
            if handler is not None:
                handler(token)
        return self._blocks

    def _emit(self, words: Content, *, gap: bool) -> None:
        lead = "".join(frame.lead for frame in self._frames)
        hang = "".join(frame.hang for frame in self._frames)
        for frame in self._frames:
            frame.lead = frame.hang
        self._blocks.append(Block(lead, hang, words, gap and bool(self._blocks)))

    def _on_inline(self, token: Token) -> None:
        words = _inline(token.children or [])
        if self._row is not None:
            self._row.append(words)
            return
        if self._heading:
            words = words.stylize(self._heading)
        first_of_list = bool(self._lists) and self._lists[-1].lead == "first"
        if self._lists:
            self._lists[-1].lead = ""
        self._emit(words, gap=not self._tight or (first_of_list and len(self._lists) == 1))

    def _on_paragraph_open(self, token: Token) -> None:
        self._tight = token.hidden

    def _on_heading_open(self, token: Token) -> None:
        self._tight = False
        self._heading = _HEADINGS.get(token.tag, "bold")

    def _on_heading_close(self, _: Token) -> None:
        self._heading = ""

    def _on_blockquote_open(self, _: Token) -> None:
        self._frames.append(_Frame(_QUOTE, _QUOTE))

    def _on_blockquote_close(self, _: Token) -> None:
        self._frames.pop()

    def _on_bullet_list_open(self, _: Token) -> None:
        self._lists.append(_Frame("first", ""))

    def _on_ordered_list_open(self, token: Token) -> None:
        self._lists.append(_Frame("first", "", int(token.attrGet("start") or 1)))

    def _on_bullet_list_close(self, _: Token) -> None:
        self._lists.pop()
        self._tight = False

    _on_ordered_list_close = _on_bullet_list_close

    def _on_list_item_open(self, _: Token) -> None:
        here = self._lists[-1]
        if here.number is None:
            marker = _BULLETS[(len(self._lists) - 1) % len(_BULLETS)]
        else:
            marker = f"{here.number}. "
            here.number += 1
        self._frames.append(_Frame(marker, " " * len(marker)))

    def _on_list_item_close(self, _: Token) -> None:
        self._frames.pop()

    def _on_fence(self, token: Token) -> None:
        for index, line in enumerate(token.content.rstrip("\n").split("\n")):
            self._emit(Content.styled("  " + shown(line), "$text-muted"), gap=index == 0)

    _on_code_block = _on_fence

    def _on_hr(self, _: Token) -> None:
        self._emit(Content.styled("─" * 12, "$text-muted"), gap=True)

    def _on_tr_open(self, _: Token) -> None:
        self._row = []

    def _on_tr_close(self, _: Token) -> None:
        row, self._row = self._row or [], None
        self._emit(Content("  │  ").join(row), gap=not self._tight)
        self._tight = True

    def _on_table_open(self, _: Token) -> None:
        self._tight = False

    _on_table_close = _on_table_open


def _inline(children: Sequence[Token]) -> Content:
    parts: list[Content | tuple[str, str]] = []
    styles: list[str] = []
    target = ""
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(("\n", ""))
        elif child.type == "code_inline":
            parts.append((shown(child.content), " ".join([*styles, "$accent"])))
        elif child.type == "image":
            parts.append((f"{shown(child.content)} ({shown(str(child.attrGet('src')))})", "$text-muted"))
        elif child.nesting == 1:
            styles.append(_MARKS[child.type.removesuffix("_open")])
            target = shown(str(child.attrGet("href") or ""))
        elif child.nesting == -1:
            styles.pop()
            if child.type == "link_close" and target and (not parts or str(_text(parts[-1])) != target):
                parts.append((f" ({target})", "$text-muted"))
        else:
            parts.append((shown(child.content), " ".join(styles)))
    return Content.assemble(*parts)


def _text(part: Content | tuple[str, str]) -> str:
    return part.plain if isinstance(part, Content) else part[0]


def lay_out(page: Sequence[Block], width: int) -> list[Content]:
    """Wrap blocks to lines of at most `width` cells."""
    lines: list[Content] = []
    for block in page:
        if block.gap:
            lines.append(Content(""))
        room = max(width - len(block.hang), 8)
        lead = block.lead
        for line in block.words.wrap(room) or [Content("")]:
            lines.append(Content.styled(lead, "$text-muted") + line if lead else line)
            lead = block.hang
    return lines
