"""The markdown parser, with rules that tell where they found something."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from kapjournal.exchange import block_rules, inline_rules
from kapjournal.exchange.found import Found

_DEEPEST = 100
"""So deep lists and quotes are looked into."""


def name_of(label: str) -> str:
    """What the parser calls a label, however it is spaced and in whatever case it is written."""
    return normalizeReference(label)


def read(body: str, found: Found) -> Found:
    """Fill in what is found in a body; `found` says how to read it."""
    parser, tokens = _parser(), list[Token]()
    env = {"found": found, "references": {}}
    parser.block.parse(body, parser, env, tokens)
    found.too_deep = any(token.level >= _DEEPEST - 2 for token in tokens)
    found.unclosed = block_rules.unclosed(tokens)
    for token in tokens:
        if not token.level and token.map and token.type in ("fence", "code_block"):
            found.code.append(((token.map[0], token.map[1]), token.type == "code_block"))
    for words in found.words:
        parser.inline.parse(words.text, parser, env | {"words": words}, [])
    return found


@cache
def _parser() -> MarkdownIt:
    """Reads tables, as the screens do. Emphasis and entities are left out: no place depends on them."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST, "inline_definitions": True})
    parser.disable(["emphasis", "entity", "balance_pairs", "fragments_join"])
    block_rules.install(parser)
    inline_rules.install(parser)
    return parser
