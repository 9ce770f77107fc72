"""Rules of the parser for blocks, which tell where they found something; `env["found"]` hears of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from markdown_it import MarkdownIt, rules_block
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.token import Token

from kapjournal.exchange.found import Definition, Found, Span, Underlined, Words

_Rule = Callable[[StateBlock, int, int, bool], bool]

_LABEL_END = re.compile(r"(?:[^\]\\]|\\.)*", re.DOTALL)
_CLOSING = (None, "-->", "?>", ">", "]]>")
"""What ends each kind of HTML that goes on over empty lines; the first is ended by its own tag."""


def install(parser: MarkdownIt) -> None:
    """Let the parser use these rules in the place of its own.

    A table begins with a line that would else be a paragraph, so its rule comes after those for others."""
    parser.block.ruler.before("lheading", "paragraph_table", _table, {"alt": ["paragraph", "reference"]})
    for name, rule, ends in (
        ("fence", _fence, ["paragraph", "reference", "blockquote", "list"]),
        ("reference", _reference, []),
        ("html_block", _html_block, ["paragraph", "reference", "blockquote"]),
        ("heading", _heading, ["paragraph", "reference", "blockquote"]),
        ("lheading", _underlined, []),
        ("paragraph", _paragraph, []),
    ):
        parser.block.ruler.at(name, rule, {"alt": ends})


def unclosed(tokens: Sequence[Token]) -> str:
    """The line that closes the last block, if only the end of the body did."""
    last = tokens[-1] if tokens else None
    if last is None or last.level or last.map is None:
        return ""
    if last.type == "fence":
        is_closed = last.content.count("\n") == last.map[1] - last.map[0] - 2
        return "" if is_closed else f"{last.markup}\n"
    if last.type == "html_block":
        return _closing_html(last.content.lstrip(" "))
    return ""


def _closing_html(html: str) -> str:
    for (begins, ends, _), closing in zip(HTML_SEQUENCES, _CLOSING, strict=False):
        if found := begins.search(html):
            return "" if ends.search(html) else f"{closing or f'</{found[1]}>'}\n"
    return ""


def _found(state: StateBlock) -> Found:
    found: Found = state.env["found"]
    return found


def _line(state: StateBlock, line: int) -> Span:
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not rules_block.heading(state, start, end, silent):
        return False
    if not silent:
        found, level = _found(state), len(state.tokens[-1].markup)
        at, _ = _line(state, start)
        found.headings.append((at, level))
        if found.all_words and (content := state.tokens[-2].content):
            begins = state.src.index(content, at + level)
            found.words.append(Words(content, [(0, begins)]))
    return True


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not rules_block.fence(state, start, end, silent):
        return False
    if not silent and rules_block.table(state, start, end, True):
        begins, ends = _line(state, start)
        _found(state).bars += (at for at in range(begins, ends) if state.src[at] == "|")
    return True


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not rules_block.lheading(state, start, end, silent):
        return False
    if not silent:
        found, last = _found(state), state.line - 1
        level = int(state.tokens[-1].tag[1:])
        lines = [_line(state, line) for line in range(start, last)]
        found.underlined.append(Underlined(level, lines, _line(state, last)))
        if found.all_words or len(lines) > 1:
            _keep_words(state, start, last)
    return True


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    is_one = rules_block.paragraph(state, start, end, silent)
    if is_one and not silent and _found(state).all_words:
        _keep_words(state, start, state.line)
    return is_one


def _keep_words(state: StateBlock, start: int, end: int) -> None:
    """The parser leaves out what the lines begin with, and white space around all of it."""
    text = state.tokens[-2].content
    lines = [_line(state, line) for line in range(start, end)]
    while lines and not state.src[slice(*lines[0])].strip(MD_TRIM_CHARS):
        del lines[0]
    places, begins = [], 0
    for (_, ends), words in zip(lines, text.split("\n"), strict=False):
        is_last = begins + len(words) == len(text)
        behind = ends - _trimmed(state.src, ends) if is_last else ends
        places.append((begins, behind - len(words)))
        begins += len(words) + 1
    if text:
        _found(state).words.append(Words(text, places))


def _trimmed(source: str, end: int) -> int:
    """How many characters of white space stand before `end`."""
    begins = end
    while begins and source[begins - 1] in MD_TRIM_CHARS:
        begins -= 1
    return end - begins


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found, before = _found(state), len(state.tokens)
    if not found.tables_too or not rules_block.table(state, start, end, silent):
        return False
    if not silent:
        found.has_tables = True
        found.dashes.add(_line(state, start + 1))
        if found.all_words:
            _keep_cells(state, state.tokens[before:])
    return True


def _keep_cells(state: StateBlock, tokens: Sequence[Token]) -> None:
    cells: Iterator[Words] = iter(())
    for token in tokens:
        if token.type == "tr_open" and token.map:
            cells = _cells(state.src, *_line(state, token.map[0]))
        elif token.type == "inline" and (cell := next(cells, None)) and cell.text:
            _found(state).words.append(cell)


def _cells(source: str, begin: int, end: int) -> Iterator[Words]:
    """The cells of a row; a bar after a backslash ends none, and the backslash is left out."""
    while begin < end and source[begin] in MD_TRIM_CHARS:
        begin += 1
    end -= min(_trimmed(source, end), end - begin)
    bars = [at for at in range(begin, end) if source[at] == "|" and (at == begin or source[at - 1] != "\\")]
    edges = [begin - 1, *bars, end]
    spans = [(left + 1, right) for left, right in pairwise(edges)]
    spans = spans[1:] if spans[0][0] == spans[0][1] else spans
    spans = spans[:-1] if spans and spans[-1][0] == spans[-1][1] else spans
    for left, right in spans:
        inner = source[left:right].strip(MD_TRIM_CHARS)
        at = source.index(inner, left)
        places, text = [(0, at)], ""
        parts = inner.split("\\|")
        for number, part in enumerate(parts):
            if number:
                places.append((len(text), at + 1))
                text += "|"
                at += 2
            text += part
            at += len(part)
        yield Words(text, places)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found, at = _found(state), _line(state, start)[0]
    if not found.definitions_too:
        if rules_block.reference(state, start, end, True):
            found.live.add(_label_end(state.src, at) + 1)
        return False
    if not rules_block.reference(state, start, end, silent):
        return False
    if not silent:
        name = state.tokens[-1].meta["id"]
        found.definitions.append(Definition(name, (at + 1, _label_end(state.src, at))))
    return True


def _label_end(source: str, bracket: int) -> int:
    end = _LABEL_END.match(source, bracket + 1)
    return end.end() if end else bracket


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = _found(state)
    at, ends = _line(state, start)
    if not found.inert:
        is_one = rules_block.html_block(state, start, end, silent)
        if is_one and not silent:
            found.html.append((at, state.tokens[-1].content))
        return is_one
    if not state.is_code_block(start) and state.src.startswith("<", at):
        words = state.src[at:ends]
        if any(begins.search(words) for begins, _, _ in HTML_SEQUENCES):
            found.live_lines.add(at)
    return False
