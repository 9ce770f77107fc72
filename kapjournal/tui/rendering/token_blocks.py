"""One part of a note, as the parser understood it, made into blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from textual.content import Content

from kapjournal.text import shown
from kapjournal.tui.rendering.layout import Block

_BULLETS = ("▪ ", "▫ ")
_QUOTE = "│ "
_MARKS = {"strong": "bold", "em": "italic", "s": "strike", "link": "$secondary"}
_HEADINGS = {"h1": "bold $primary", "h2": "bold $primary", "h3": "bold $secondary"}


@dataclass(slots=True)
class _Frame:
    """A quote or an item: what leads its next line, and the lines after that."""

    lead: str
    hang: str
    is_item: bool = False


class TokenBlocks:
    """The blocks of some tokens, and every word that is shown by them."""

    def __init__(self, tokens: Sequence[Token], *, first_gap: bool) -> None:
        """`first_gap` says whether an empty line may come before the first block."""
        self.blocks: list[Block] = []
        self._said: list[str] = []
        self._first_gap = first_gap
        self._frames: list[_Frame] = []
        self._lists: list[str] = []
        self._heading = ""
        self._row: list[Content] | None = None
        self._tight = False
        for token in tokens:
            handler = getattr(self, f"_on_{token.type}", None)
            if handler is not None:
                handler(token)

    @property
    def said(self) -> str:
        """The words of the text that are to be seen in the blocks, numbers of items among them."""
        return " ".join(self._said)

    def _emit(self, words: Content, *, gap: bool) -> None:
        lead = "".join(frame.lead for frame in self._frames)
        hang = "".join(frame.hang for frame in self._frames)
        for frame in self._frames:
            frame.lead = frame.hang
        self.blocks.append(Block(lead, hang, words, gap and (self._first_gap or bool(self.blocks))))

    def _on_inline(self, token: Token) -> None:
        words = _inline(token.children or [], self._said)
        if self._row is not None:
            self._row.append(words)
            return
        self._emit(words.stylize(self._heading) if self._heading else words, gap=self._gap_before_words())

    def _gap_before_words(self) -> bool:
        first_of_list = bool(self._lists) and self._lists[-1] == "first"
        if self._lists:
            self._lists[-1] = ""
        return not self._tight or (first_of_list and len(self._lists) == 1)

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
        self._lists.append("first")

    _on_ordered_list_open = _on_bullet_list_open

    def _on_bullet_list_close(self, _: Token) -> None:
        self._lists.pop()
        self._tight = False

    _on_ordered_list_close = _on_bullet_list_close

    def _on_list_item_open(self, token: Token) -> None:
        marker = _BULLETS[(len(self._lists) - 1) % len(_BULLETS)]
        if token.info:
            marker = f"{token.info}{token.markup} "
            self._said.append(marker)
        self._frames.append(_Frame(marker, " " * len(marker), is_item=True))

    def _on_list_item_close(self, _: Token) -> None:
        if self._frames[-1].lead.strip():
            self._emit(Content(""), gap=self._gap_before_words())
        self._frames.pop()

    def _on_fence(self, token: Token) -> None:
        lines = token.content.removesuffix("\n").split("\n")
        if token.info.strip():
            self._said.append(token.info)
            self._emit(Content.styled("  " + shown(token.info.strip()), "italic $text-muted"), gap=True)
        for index, line in enumerate(lines):
            self._said.append(line)
            words = Content.styled("  " + shown(line), "$text-muted")
            self._emit(words, gap=index == 0 and not token.info.strip())

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


def _inline(children: Sequence[Token], said: list[str]) -> Content:
    """The words of a line or more; `said` is given those of them that were typed."""
    parts: list[tuple[str, str]] = []
    styles: list[str] = []
    target = ""

    def put(words: str, style: str) -> None:
        parts.append((shown(words), style))
        said.append(words)

    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            put("\n", "")
        elif child.type == "code_inline":
            put(child.content, " ".join([*styles, "$accent"]))
        elif child.type == "image":
            put(child.content + _target(child, "src"), "$text-muted")
        elif child.nesting == 1:
            styles.append(_MARKS[child.type.removesuffix("_open")])
            if child.type == "link_open":
                target = "" if child.markup == "autolink" else _target(child, "href")
        elif child.nesting == -1:
            styles.pop()
            if child.type != "link_close":
                continue
            if parts and target == f" ({parts[-1][0]})":
                said.append(target)  # its name, which is seen, is where it leads
            elif target:
                put(target, "$text-muted")
        elif child.type == "text_special" and child.content == "\\":
            put(child.markup, " ".join(styles))
        else:
            put(child.content, " ".join(styles))
    return Content.assemble(*parts)


def _target(token: Token, name: str) -> str:
    """Where a link leads and what it is called, as they were typed."""
    address, title = token.attrGet(name) or "", token.attrGet("title")
    said = f'{address} "{title}"' if title else f"{address}"
    return f" ({said})" if said else ""
