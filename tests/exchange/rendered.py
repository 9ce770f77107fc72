"""What a reader of markdown makes of an export, note by note, and of a note alone."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kapjournal.text import shown

Mark = tuple[str, ...]

DIALECTS = ("commonmark", "gfm-like")

_CLOSING = re.compile(r"\n(?:-->|\?>|>|\]\]>|</\w+>)\Z")
_ENDS = re.compile(r"(?:<!-- (?:\"'> )?-->\n?)?(?:</\w+>\n?)*")
_OURS = re.compile(r"-\d+(?:-\d+)?(?=\]|$)")


def parser(dialect: str, *, inert: bool = False) -> MarkdownIt:
    """A reader of a dialect; `inert` takes HTML and images for words."""
    made = MarkdownIt(dialect, {"html": not inert})
    return made.disable("image") if inert else made


def alone(body: str, dialect: str, *, own: bool) -> list[Mark]:
    """What a note is by itself, with headings as deep as in a document; another's has no HTML or images."""
    tokens = parser(dialect, inert=not own).parse(_as_read(body, own))
    return list(_marks(tokens, own, deeper=3))


def is_read_alike(body: str, *, own: bool) -> bool:
    """Whether both dialects find the same headings, links, code and HTML: where tables are not known, a row
    can be a heading, and a span of code go on over several."""
    kinds = {"heading_open", "code_inline", "html_inline", "link_open", "fence", "html_block", "code_block"}
    one, other = (
        [mark for mark in alone(body, dialect, own=own) if mark[0] in kinds] for dialect in DIALECTS
    )
    read = (parser(dialect, inert=not own).parse(_as_read(body, own)) for dialect in DIALECTS)
    lines, others = ([token.map for token in tokens if token.type == "heading_open"] for tokens in read)
    return one == other and lines == others


def is_same(there: list[Mark], alone: list[Mark]) -> bool:
    """Whether nothing but the end of unclosed HTML was added."""
    for _ in range(5):
        if there == alone:
            return True
        *before, (kind, *rest) = there or [("",)]
        if kind != "html_block":
            return False
        kept = "" if _ENDS.fullmatch(rest[0]) else _CLOSING.sub("", rest[0]).rstrip("\n")
        there = [*before, (kind, kept)] if kept else before
    return False


def _as_read(body: str, own: bool) -> str:
    text = body if own else shown(body)
    return text if text.endswith("\n") else text + "\n"


def notes_of(document: str, dialect: str, owns: Sequence[bool]) -> list[list[Mark]]:
    """What each note of a document is there."""
    notes: list[list[Token]] = []
    inside = False
    for token in parser(dialect).parse(document):
        if not token.level and token.type == "heading_open":
            inside = token.tag not in ("h1", "h2")
            if token.tag == "h3":
                notes.append([])
        if inside:
            notes[-1].append(token)
    assert len(notes) == len(owns)
    return [list(_marks(_body(tokens, own), own)) for tokens, own in zip(notes, owns, strict=True)]


def _body(tokens: Sequence[Token], own: bool) -> Sequence[Token]:
    """Without the heading and the line below it; of another's note, what stands in the quote."""
    if own:
        return tokens[6:]
    assert [token.type for token in tokens[:10] if not token.level][-1] == "blockquote_open"
    closing = [
        number for number, token in enumerate(tokens) if token.type == "blockquote_close" and not token.level
    ]
    assert closing == [len(tokens) - 1], "all of it stands in one quote"
    return tokens[10:-1]


def _marks(tokens: Sequence[Token], own: bool, deeper: int = 0) -> Iterator[Mark]:
    in_heading = False
    for token in tokens:
        in_heading = token.type == "heading_open" or (in_heading and token.type == "inline")
        if token.type in ("heading_open", "heading_close"):
            yield token.type, f"h{min(int(token.tag[1:]) + deeper, 6)}"
        elif token.type == "inline":
            yield from _inline(
                token.children or [], ("softbreak", "hardbreak") if in_heading and not own else ("softbreak",)
            )
        elif token.type in ("fence", "code_block"):
            code = token.content.rstrip("\n")
            yield token.type, token.info.strip(), code if own else re.sub(r"[ \t]+", " ", code)
        elif token.type == "html_block":
            yield token.type, token.content.rstrip("\n")
        else:
            start = str(token.attrGet("start") or "")
            yield (token.type, start, str(token.hidden))


def _inline(tokens: Sequence[Token], spaces: Sequence[str]) -> Iterator[Mark]:
    words = ""
    for token in [*tokens, None]:
        if token and (token.type in ("text", "text_special") or token.type in spaces):
            words += " " if token.type in spaces else token.content
            continue
        if plain := _OURS.sub("", " ".join(words.split())):
            yield "text", plain
        words = ""
        if token is None:
            return
        if token.type == "image":
            yield "image", str(token.attrGet("src")), str(token.attrGet("title"))
        elif token.type == "hardbreak" or token.content == "<br>":
            yield ("hardbreak",)
        else:
            href, title = str(token.attrGet("href")), str(token.attrGet("title"))
            yield token.type, " ".join(token.content.split()), href, title
