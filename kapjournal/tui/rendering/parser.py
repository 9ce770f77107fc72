"""Markdown as this journal reads it: what hides words, or tells other words than were typed, is left out.

Read as they are typed, and so shown: definitions of links (`[Ben]: Yes.` is what Ben said), entities, HTML,
addresses, two backslashes, and marks within a word or a sum (sh*t, 2*3*4).
"""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

DEEPEST = 100
"""Quotes and lists are read to this depth, a list being two deep. What the parser drops beyond it is found
missing."""

_DEEPEST_IN_A_LINE = 20
"""Links in links and emphasis in emphasis; every bracket costs as much as this says."""

_EMPHASIS = "*~"

_FIRST_IDEOGRAPH = "\u2e80"
"""Scripts from here on part no words by gaps; there marks within a line of letters are all there is."""


class _Parser(MarkdownIt):
    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": DEEPEST})
        self.enable(["table", "strikethrough"]).disable(["reference", "entity", "text_join"])
        self.core.ruler.before("inline", "end_of_blocks", _less_deep)
        self.inline.ruler.before("strikethrough", "within_a_word", _within_a_word)

    def normalizeLink(self, url: str) -> str:  # noqa: N802, RUF100 - the parser's name
        """Addresses stay as they were typed."""
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802, RUF100 - the parser's name
        """Addresses stay as they were typed."""
        return link


def parse(text: str) -> Sequence[Token]:
    """Read a text as CommonMark with tables and strikethrough."""
    return _Parser().parse(text)


def _less_deep(state: StateCore) -> None:
    state.md.options["maxNesting"] = _DEEPEST_IN_A_LINE


def _within_a_word(state: StateInline, silent: bool) -> bool:
    source, start = state.src, state.pos
    mark = source[start]
    if mark not in _EMPHASIS or not _is_of_a_word(source[start - 1 : start]):
        return False
    end = start
    while end < state.posMax and source[end] == mark:
        end += 1
    if not _is_of_a_word(source[end : end + 1]):
        return False
    if not silent:
        state.push("text", "", 0).content = source[start:end]
    state.pos = end
    return True


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() and character < _FIRST_IDEOGRAPH
