"""Rules of the parser for what stands inside a line, which tell where they found something."""

import re

from markdown_it import MarkdownIt, rules_inline
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from kapjournal.exchange.found import Definition, Found, Use, Words

_FOOTNOTE = re.compile(r"\[(\^[^\s\[\]]+)\]")
_TAG = re.compile("<[A-Za-z/!?]")


def install(parser: MarkdownIt) -> None:
    """Let the parser use these rules in the place of its own."""
    for name, rule in (
        ("newline", _newline),
        ("escape", _escape),
        ("link", _link),
        ("image", _image),
        ("html_inline", _html_inline),
    ):
        parser.inline.ruler.at(name, rule)


def _place(state: StateInline) -> tuple[Found, Words, int]:
    found: Found = state.env["found"]
    words: Words = state.env["words"]
    return found, words, found.inside


def _newline(state: StateInline, silent: bool) -> bool:
    at = state.pos
    if not rules_inline.newline(state, silent):
        return False
    if not silent and state.tokens[-1].type == "hardbreak":
        found, words, inside = _place(state)
        begins, end = at, words.at(inside + at)
        while state.src[begins - 1] == " ":
            begins -= 1
        found.hard_breaks[end] = end - (at - begins)
    return True


def _escape(state: StateInline, silent: bool) -> bool:
    at = state.pos
    if not rules_inline.escape(state, silent):
        return False
    if not silent and state.src[at + 1] == "\n":
        found, words, inside = _place(state)
        end = words.at(inside + at + 1)
        found.hard_breaks[end] = end - 1
    return True


def _link(state: StateInline, silent: bool) -> bool:
    at = state.pos
    if silent or state.src[at] != "[":
        return rules_inline.link(state, silent)
    _keep_footnote(state, at)
    is_one = rules_inline.link(state, silent)
    if is_one:
        _keep_use(state, at, disable_nested=True)
    return is_one


def _image(state: StateInline, silent: bool) -> bool:
    at = state.pos
    if not state.src.startswith("![", at):
        return False
    found, words, inside = _place(state)
    if found.inert:
        if not silent:
            found.live.add(words.at(inside + at))
        return False
    if silent:
        return rules_inline.image(state, silent)
    found.inside += at + 2
    is_one = rules_inline.image(state, silent)
    found.inside = inside
    if is_one:
        _keep_footnote(state, at + 1)
        _keep_use(state, at + 1, disable_nested=False)
    return is_one


def _html_inline(state: StateInline, silent: bool) -> bool:
    found, words, inside = _place(state)
    if not found.inert:
        at = state.pos
        is_one = rules_inline.html_inline(state, silent)
        if is_one and not silent:
            found.html.append((words.at(inside + at), state.src[at : state.pos]))
        return is_one
    if not silent and _TAG.match(state.src, state.pos):
        found.live.add(words.at(inside + state.pos))
    return False


def _keep_footnote(state: StateInline, bracket: int) -> None:
    mark = _FOOTNOTE.match(state.src, bracket, state.posMax)
    if mark:
        found, words, inside = _place(state)
        name = normalizeReference(mark[1])
        found.footnotes.append(Definition(name, words.span(inside + mark.start(1), inside + mark.end(1))))


def _keep_use(state: StateInline, bracket: int, *, disable_nested: bool) -> None:
    """What was just read from `bracket` on is a link or an image; keep it if a definition gave its target."""
    found, words, inside = _place(state)
    source, end = state.src, state.pos
    first = state.md.helpers.parseLinkLabel(state, bracket, disable_nested)
    behind = first + 1
    if end > behind and source[behind] == "(":
        return
    start, stop, own = bracket + 1, first, (behind, behind)
    if end > behind:
        own = (behind + 1, end - 1)
        start, stop = own if own[0] < own[1] else (start, stop)
    label = source[start:stop]
    if _FOOTNOTE.fullmatch(f"[{label}]"):
        if start > bracket + 1:
            span = words.span(inside + start, inside + stop)
            found.footnotes.append(Definition(normalizeReference(label), span))
        return
    span = words.span(inside + own[0], inside + own[1])
    found.uses.append(Use(normalizeReference(label), span, whole=end == behind))
