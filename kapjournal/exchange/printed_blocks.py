"""A page as plain blocks of words, for whatever sets them: the typesetter of a PDF, or a text document."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, cast

from markdown_it.tree import SyntaxTreeNode

from kapjournal import clock
from kapjournal.exchange.printed_page import Lines, PrintedPage
from kapjournal.exchange.printed_words import direction, parsed, words_of
from kapjournal.typesetting.page import Align, Block, Kind, Mark, Page, Run

_SPACES = re.compile("[ \t]+")
_KINDS: Mapping[str, Kind] = {
    "paragraph": "paragraph",
    "heading": "heading",
    "blockquote": "quote",
    "bullet_list": "items",
    "ordered_list": "items",
    "table": "table",
    "code_block": "code",
    "hr": "rule",
}
_ALIGN: Mapping[str, Align] = {
    "": "start",
    "text-align:left": "left",
    "text-align:center": "center",
    "text-align:right": "right",
}


def length_of(page: PrintedPage) -> int:
    """How many characters its words have."""
    return sum(len(part) if isinstance(part, str) else sum(map(len, part)) for part in page.main)


def blocks_of(page: PrintedPage) -> Page:
    """The whole page."""
    today = clock.today()
    title: list[Block] = [{**_plain("heading", page.title), "level": 1}] if page.title else []
    return {
        "name": page.name,
        "day": (today.year, today.month, today.day),
        "head": [*title, *_lines(page.about)],
        "main": [block for part in page.main for block in _part(part)],
        "foot": list(_lines(page.foot)),
        "layout": page.layout,
    }


def _part(part: str | Lines) -> Iterator[Block]:
    if not isinstance(part, str):
        yield from _lines(part)
    elif (root := parsed(part)) is None:
        yield {"kind": "code", "dir": direction(part), "words": part}
    else:
        yield from map(_block, root.children)


def _lines(lines: Lines) -> Iterator[Block]:
    return (_plain("line", line) for line in lines)


def _plain(kind: Literal["heading", "line"], words: str) -> Block:
    """Words that are no markdown."""
    split: list[Run] = [{"words": line or "\n", "marks": []} for line in re.split("(\n)", words)]
    return {"kind": kind, "dir": direction(words), "runs": split}


def _block(node: SyntaxTreeNode) -> Block:
    block: Block = {"kind": _KINDS[node.type], "dir": direction(words_of(node))}
    match block["kind"]:
        case "heading":
            block |= {"level": int(node.tag[1:]), "runs": _runs(node)}
        case "paragraph":
            block["runs"] = _runs(node)
        case "quote":
            block["blocks"] = list(map(_block, node.children))
        case "items":
            block["start"] = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            block["tight"] = any(one.hidden for item in node.children for one in item.children)
            block["items"] = [list(map(_block, item.children)) for item in node.children]
        case "table":
            head, *rest = (row.children for part in node.children for row in part.children)
            block["align"] = [_ALIGN[str(cell.attrs.get("style", ""))] for cell in head]
            block["head"] = list(map(_runs, head))
            block["cells"] = [_runs(cell) for row in rest for cell in row]
        case "code":
            block["words"] = node.content.removesuffix("\n")
    return block


def _runs(node: SyntaxTreeNode) -> list[Run]:
    """The words of a paragraph, a heading or a cell, without nesting."""
    runs: list[Run] = []
    open_marks: list[Mark] = []
    for inline in node.children:
        for token in (inline.token and inline.token.children) or ():
            name = cast("Mark", token.type.rpartition("_")[0])
            if token.nesting == 1:
                open_marks.append(name)
            elif token.nesting == -1:
                open_marks.remove(name)
            elif token.type in ("softbreak", "hardbreak"):
                runs.append({"words": "\n", "marks": []})
            elif token.content:
                marks = ["code", *open_marks] if token.type == "code_inline" else open_marks
                runs.append({"words": _SPACES.sub(" ", token.content), "marks": list(dict.fromkeys(marks))})
    return runs
