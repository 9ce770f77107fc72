"""Known names in a text, in all forms in which they are known to turn up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kapjournal.deidentify.findings import FindingKind, Known
from kapjournal.deidentify.initials import Initials
from kapjournal.deidentify.name_forms import CONNECTING, Candidate, LongName, NameForms
from kapjournal.deidentify.sentence import begins_sentence, is_plain_word
from kapjournal.deidentify.spans import NameSpan
from kapjournal.deidentify.words import EMPHASIS, TOKEN, UNSEEN_CLASS, Word, form, pieces, places_within
from kapjournal.domain.folding import IN_SPACELESS

_SIGNS = rf"[{UNSEEN_CLASS}\s\-‐‑‒–'’ʼ.·•/&+{re.escape(EMPHASIS)}]"
_GAP = re.compile(rf"{_SIGNS}{{1,6}}(?:{'|'.join(CONNECTING)}){_SIGNS}{{1,6}}|{_SIGNS}{{0,6}}", re.IGNORECASE)
"""What may stand between two words of a name."""

_JOINT = re.compile(
    rf"[{UNSEEN_CLASS}\-‐‑·{re.escape(EMPHASIS)}]{{0,4}}[ \t\u00a0]*\n?[ \t\u00a0>]*(?:[A-Z]\.?[ \u00a0])?"
)
"""What may stand between two parts of the name of one person, a middle initial too."""

_POSSESSIVE = re.compile("[*_~`]*['’ʼ]s\\b")
_HYPHENED_AFTER = re.compile("[-‐‑](?=[^\\W\\d_])")
_HYPHENED_BEFORE = re.compile("[^\\W\\d_][-‐‑]\\Z")
_MOST_HYPHENED = 3
_REACH = 256
"""How far a word is looked at that may belong to a name: a form of a name has at most 200 characters."""

_MARKS = re.compile(f"[{re.escape(EMPHASIS)}]+")


def name_spans(texts: Sequence[str], known: Sequence[Known]) -> list[list[NameSpan]]:
    """Where known names stand in each text, in order and without overlaps."""
    if not known:
        return [[] for _ in texts]
    forms, initials = NameForms(known), Initials(known)
    people = [one.kind in (FindingKind.PERSON, FindingKind.NAME) for one in known]
    return [_in_text(text, forms, initials, people) for text in texts]


def _in_text(text: str, known: NameForms, initials: Initials, people: Sequence[bool]) -> list[NameSpan]:
    spans = []
    for span in _united(text, list(_words_found(text, known))):
        start, end = _emphasised(text, span.start, span.end)
        wide = replace(span, start=start, end=end)
        if any(people[owner] for owner in span.owners):
            wide = initials.widened(text, _hyphened(text, wide))
        spans.append(wide)
    return _apart(sorted([*spans, *initials.found(text)], key=lambda one: (one.start, -one.end)))


def _words_found(text: str, known: NameForms) -> Iterator[NameSpan]:
    reached = 0
    for found in TOKEN.finditer(text):
        if found.start() < reached:
            continue
        raw = found.group()
        for span in _of_word(text, Word(raw, form(raw), found.start(), found.end()), known):
            yield span
            reached = span.end


def _of_word(text: str, word: Word, known: NameForms) -> Iterator[NameSpan]:
    for long in known.sequences.get(word.form, ()):
        if last := _last_of(text, word, long):
            yield NameSpan(word.start, last.end, long.owners, last.form != long.rest[-1])
            return
    candidate = known.candidate(word.form, word.is_capital)
    if candidate is not None:
        if _is_meant(text, word, candidate, known):
            yield NameSpan(word.start, word.end, candidate.owners, candidate.is_plural)
        return
    if known.spaceless and IN_SPACELESS.search(word.form):
        yield from _within(word, known)
    for piece in pieces(word):
        yield from _of_word(text, piece, known)


def _last_of(text: str, first: Word, long: LongName) -> Word | None:
    """The last word of a name of several that begins with a word; None if the name does not stand there."""
    word = first
    seen = [first]
    for expected in long.rest:
        gap = _GAP.match(text, word.end)
        after = gap.end() if gap else word.end
        token = TOKEN.match(text, after, after + _REACH)
        if token is None or not form(token.group()).startswith(expected):
            return None
        word = Word(token.group(), form(token.group()), token.start(), token.end())
        ending = word.form.removeprefix(expected)
        if ending and (expected is not long.rest[-1] or ending not in ("s", "es")):
            return None
        seen.append(word)
    has_capitals = [one.is_capital for one in (seen[0], word)]
    is_meant = all(has_capitals) or (long.is_of_person and not any(has_capitals))
    return word if is_meant or not long.is_everyday else None


def _is_meant(text: str, word: Word, candidate: Candidate, known: NameForms) -> bool:
    if candidate.is_misspelt:
        is_sure = not word.is_capital or not begins_sentence(text, word.start)
        return is_sure or known.candidate(word.form, False) is not None
    if not candidate.needs_capital or (len(word.form) > 1 and _POSSESSIVE.match(text, word.end)):
        return True
    return word.is_capital and not is_plain_word(text, word.start, word.end)


def _within(word: Word, known: NameForms) -> Iterator[NameSpan]:
    spans = [
        NameSpan(start, end, owners)
        for part, owners in known.spaceless.items()
        for start, end in places_within(word, part)
    ]
    yield from _apart(sorted(spans, key=lambda one: (one.start, -one.end)))


def _apart(spans: list[NameSpan]) -> list[NameSpan]:
    done: list[NameSpan] = []
    for span in spans:
        if not done or span.start >= done[-1].end:
            done.append(span)
        elif span.end > done[-1].end:
            done[-1] = replace(done[-1], end=span.end)
    return done


def _united(text: str, spans: list[NameSpan]) -> list[NameSpan]:
    """Parts of one name that stand beside each other, as one: “Ana” and “Rossi” of “Ana M. Rossi”."""
    done: list[NameSpan] = []
    for span in spans:
        last = done[-1] if done else None
        both = last.owners & span.owners if last else frozenset()
        if last and both and (joint := _JOINT.match(text, last.end)) and joint.end() == span.start:
            done[-1] = NameSpan(last.start, span.end, both, span.is_plural)
        else:
            done.append(span)
    return done


def _hyphened(text: str, span: NameSpan) -> NameSpan:
    """With what a hyphen joins to the name of a person, if it has a capital: “Ana-Maria”, not “ex-Ana”."""
    start, end = span.start, span.end
    for _ in range(_MOST_HYPHENED):
        after = _HYPHENED_AFTER.match(text, end)
        token = TOKEN.match(text, after.end(), after.end() + _REACH) if after else None
        if token is None or not token.group()[0].isupper():
            break
        end = token.end()
    for _ in range(_MOST_HYPHENED):
        if not _HYPHENED_BEFORE.search(text, max(0, start - 2), start):
            break
        first = start - 1
        while first > 0 and text[first - 1].isalpha():
            first -= 1
        if not text[first].isupper():
            break
        start = first
    return replace(span, start=start, end=end)


def _emphasised(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a name with the mark that opens or closes an emphasis that begins or ends inside it."""
    if len(_MARKS.findall(text, start, end)) % 2 == 0:
        return start, end
    first, last = start, end
    while first > 0 and text[first - 1] in EMPHASIS:
        first -= 1
    while last < len(text) and text[last] in EMPHASIS:
        last += 1
    return (first, end) if first < start else (start, last)
