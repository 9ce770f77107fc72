"""The body of a note as a part of an exported document.

A body cannot be mistaken for the structure of the document, and reaches into nothing that stands beside it.
Another member's body also cannot be mistaken for words of the member who exports it. All that is changed is
found by a parser, so code stays as it was written.
"""

import re
from collections.abc import Iterator, Mapping

from kapjournal.exchange.found import Found, Underlined
from kapjournal.exchange.open_html import closing
from kapjournal.exchange.reading import Edit, edited, read
from kapjournal.text import shown

_LEVELS = 3
"""How many levels of headings the document uses: its title, the stretches of the course, the notes."""

_MAY_HOLD_HTML = re.compile("<[A-Za-z]")
_BEFORE_WORDS = re.compile(r"(?m)^(?:[ \t>]|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t]))*\t")
"""What a line begins with up to its last tab there: marks of lists and quotes, and white space."""


def beside_others(body: str, labels: Mapping[str, str] | None = None, *, demote: bool = True) -> str:
    """One's own body, to stand in a document with others: its headings below those of the document unless not
    to `demote`, and nothing left open at its end. `labels` are new names for what it defines."""
    body = ended(body)
    found = read(body, Found(all_words=bool(labels) or _MAY_HOLD_HTML.search(body) is not None))
    if found.is_beyond_reading:
        return as_code(body)
    demoted = _demoted(body, found) if demote else ()
    words = edited(body, [*demoted, *_relabelled(body, found, labels or {})]) + found.unclosed
    left_open = closing("\n".join([*(html for _, html in sorted(found.html)), found.unclosed]))
    return f"{words}\n{left_open}" if left_open else words


def quoted(body: str, labels: Mapping[str, str] | None = None) -> str:
    """Another member's body with every line marked as quoted, and nothing active in it but links.

    Without `labels`, what it defines is nothing but words; else they are new names for some of it."""
    body = shown(body)
    found = read(body, Found(inert=True, all_words=True, definitions_too=labels is not None))
    if found.is_beyond_reading:
        words = as_code(ended(body))
    else:
        as_words = [*_inactive(body, found), *_spaced(body, found)]
        words = edited(body, [*_demoted(body, found), *_relabelled(body, found, labels or {}), *as_words])
    return "".join(f"> {line}\n" if line else ">\n" for line in words.removesuffix("\n").split("\n"))


def ended(body: str) -> str:
    """The body unchanged, with a newline at its end if it has none."""
    return body if body.endswith("\n") else body + "\n"


def as_code(body: str) -> str:
    """A body as one block of code, to the letter; it ends with a newline."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", body)), default=0))
    return f"{fence}\n{body}{fence}\n"


def _inactive(body: str, found: Found) -> Iterator[Edit]:
    for at in found.live:
        yield Edit(at, at + 1, f"&#{ord(body[at])};")
    for at in found.live_lines - found.live:
        yield Edit(at, at, "    ")  # Inside a code span nothing can be written otherwise, but moved.


def _demoted(body: str, found: Found) -> Iterator[Edit]:
    for at, level in found.headings:
        yield Edit(at, at, "#" * (min(level + _LEVELS, 6) - level))
    for heading in found.underlined:
        yield from _hashed(body, found, heading)
    for at in found.bars:
        yield Edit(at, at + 1, "&#124;")
    if found.has_tables:
        yield from _without_tables(body, found)


def _hashed(body: str, found: Found, heading: Underlined) -> Iterator[Edit]:
    """A heading by its underline becomes one by its hashes, which has one line."""
    first, last = heading.lines[0], heading.lines[-1]
    hashes = "#" * (heading.level + _LEVELS)
    yield Edit(first[0], first[0], f"{hashes} ")
    for (_, ends), (begins, _) in zip(heading.lines, heading.lines[1:], strict=False):
        is_seen = ends in found.hard_breaks and not found.inert
        yield Edit(found.hard_breaks.get(ends, ends), begins, "<br>" if is_seen else " ")
    closes = f" {hashes}" if body[: last[1]].endswith("#") else ""
    yield Edit(last[1], heading.underline[1], closes)


def _without_tables(body: str, found: Found) -> Iterator[Edit]:
    """A reader that knows no tables must not take a row and the line below it for a heading."""
    known = {heading.underline for heading in found.underlined}
    for heading in _read_plainly(body, found).underlined:
        begins, ends = heading.underline
        if heading.underline in known:
            continue
        if heading.underline in found.dashes:
            yield Edit(ends, ends, "|")
        elif (line := body[begins:ends].rstrip(" \t")) == "-":
            line_begins = body.rindex("\n", 0, begins) + 1
            yield Edit(line_begins, line_begins, body[line_begins:begins].rstrip() + "\n")
        elif line.startswith("---"):
            yield Edit(begins, ends, "***")
        else:
            yield Edit(begins, begins, "\\")


def _relabelled(body: str, found: Found, labels: Mapping[str, str]) -> Iterator[Edit]:
    if not labels:
        return
    for definition in found.definitions:
        if label := labels.get(definition.name):
            yield Edit(*definition.label, label)
    for each in (found, _read_plainly(body, found)) if found.has_tables else (found,):
        for footnote in each.footnotes:
            if label := labels.get(footnote.name):
                yield Edit(*footnote.label, label)
        for use in each.uses:
            if label := labels.get(use.name):
                yield Edit(*use.label, f"[{label}]" if use.whole else label)


def _read_plainly(body: str, found: Found) -> Found:
    """The same as a reader finds it that knows no tables."""
    plainly = Found(found.inert, False, found.definitions_too, found.all_words)
    return read(body, plainly)


def _spaced(body: str, found: Found) -> Iterator[Edit]:
    """Spaces for the tabs a line begins with: behind the mark of a quote a tab would reach less far."""
    if "\t" not in body:
        return
    as_written: dict[int, bool] = {}
    for (first, behind), by_indentation in found.code:
        as_written |= dict.fromkeys(range(first, behind), by_indentation)
    begins = 0
    for number, line in enumerate(body.split("\n")):
        if "\t" in line and (before := _BEFORE_WORDS.match(line)):
            lead = before[0]
            if number in as_written:
                lead = lead[: lead.index("\t") + 1] if as_written[number] and lead.index("\t") < 4 else ""
            yield Edit(begins, begins + len(lead), lead.expandtabs(4))
        begins += len(line) + 1
