"""What is markdown in a note that is printed: the same whether the page is HTML or a PDF.

HTML, links and pictures stand as they were typed, and lines end where they were ended.
"""

import unicodedata
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_DEEPEST = 25
"""Tokens lie in each other to this depth, of which a quote takes one and a list two; a note that goes deeper
is set as it was typed. Typst gives up at a little over 30 quotes."""

_MOST_NESTED = 100
"""Where the parser would begin to drop words."""

_STRONG = ("L", "R", "AL")
"""The classes of letters that have a direction, as Unicode calls them."""


def parsed(words: str) -> SyntaxTreeNode | None:
    """Words parsed; None for what is set as it was typed."""
    tokens = _parser().parse(words)
    if any(token.level > _DEEPEST for token in tokens):
        return None
    for token in tokens:
        if token.type == "fence":  # what stands beside the fence is words as well
            token.type = "code_block"
            token.content = "\n".join(filter(None, (token.info.strip(), token.content)))
    return SyntaxTreeNode(tokens)


def as_html(root: SyntaxTreeNode) -> str:
    """The same as HTML, each part in the direction of its own words."""
    tokens = root.to_tokens()
    for node in root.walk(include_self=False):
        token = node.nester_tokens.opening if node.nester_tokens else node.token
        if token is not None and token.block and node.type not in ("inline", "hr"):
            token.attrSet("dir", direction(words_of(node)))
    return str(_parser().renderer.render(tokens, _parser().options, {}))


def words_of(node: SyntaxTreeNode) -> str:
    """All words in it."""
    return node.content if node.token else "".join(map(words_of, node.children))


def direction(words: str) -> Literal["ltr", "rtl"]:
    """How words are read, by the first letter that has a direction."""
    found = (unicodedata.bidirectional(one) for one in words)
    return "ltr" if next((one for one in found if one in _STRONG), "L") == "L" else "rtl"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MOST_NESTED, "breaks": True})
    parser.disable(["reference", "entity", "link", "image", "autolink"])
    return parser.enable(["table", "strikethrough"])
