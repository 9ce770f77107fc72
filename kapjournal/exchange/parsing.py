"""The markdown parser, with rules that tell where they found something."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from kapjournal.exchange import block_rules, inline_rules
from kapjournal.exchange.found import Found

_DEEPEST, _DEEPEST_INSIDE = 100, 20
"""So deep the parser looks into lists and quotes, and into brackets inside a line."""

_OPENED_AGAIN = re.compile(r"\[[^\[\]]*(?=\[)")
_MOST_OPENED = 5000
"""So many brackets in a body may be opened before the last one is closed: each costs the parser a look at as
many behind it as it looks deep, and only a text made for it has more."""


def name_of(label: str) -> str:
    """What the parser calls a label, however it is spaced and in whatever case it is written."""
    return normalizeReference(label)


def read(body: str, found: Found) -> Found:
    """Fill in what is found in a body; `found` says how to read it."""
    parser, tokens = _parser(_DEEPEST), list[Token]()
    env = {"found": found, "references": {}}
    parser.block.parse(body, parser, env, tokens)
    opened = sum(1 for words in found.words for _ in _OPENED_AGAIN.finditer(words.text))
    found.is_beyond_reading = opened > _MOST_OPENED or any(token.level >= _DEEPEST - 2 for token in tokens)
    found.unclosed = block_rules.unclosed(tokens)
    for token in tokens:
        if not token.level and token.map and token.type in ("fence", "code_block"):
            found.code.append(((token.map[0], token.map[1]), token.type == "code_block"))
    if not found.is_beyond_reading:
        inside = _parser(_DEEPEST_INSIDE)
        for words in found.words:
            inside.inline.parse(words.text, inside, env | {"words": words}, [])
    return found


@cache
def _parser(deepest: int) -> MarkdownIt:
    """Reads tables, as the screens do. Emphasis and entities are left out: no place depends on them."""
    parser = MarkdownIt("commonmark", {"maxNesting": deepest, "inline_definitions": True})
    parser.disable(["emphasis", "entity", "balance_pairs", "fragments_join"])
    block_rules.install(parser)
    inline_rules.install(parser)
    return parser
