"""Where the words of a query are in a text, and the excerpt around them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category, normalize

from kapjournal.domain.folding import IN_SPACELESS, PIECE, SPACELESS, composed, folded, starts, tokens
from kapjournal.text import without_controls

Runs = tuple[tuple[str, bool], ...]
"""A text in runs, each with whether it was searched for."""

Span = tuple[int, int]

EXCERPT = 160
"""Characters of an excerpt, unless it is cut at the end of a word before."""

_LEAD = 60
"""At most so many characters of it stand before the first match."""

_AROUND = 64
"""Characters read on both sides of a stretch, for what words it begins and ends within."""

_LOOKED_AT = 4
"""Of each word the first so many places are weighed for where the excerpt is best."""

_REST = EXCERPT - _LEAD
_FIRST_PIECE = 256
"""Most words are near the beginning: of a long text a little is looked at first, then more."""

_SENTENCE = re.compile(r"(?:[.:!?]\s+|[。！？\n]\s*)(?=\S)")
_JOINER = "\u200d"
_LOOSE_ENDS = " \u3099\u309a"
"""Not looked for at either end of a word: the voice marks of kana say nothing by themselves."""
_IN_WORD = re.compile(f"[^ {SPACELESS}]++")


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of a query: `match` finds it in an index of tokens, `pattern` in a folded text, where it begins
    a word, unless it is of a script without spaces."""

    match: str
    pattern: re.Pattern[str]
    begins_spaceless: bool
    ends_spaceless: bool

    def places(self, words: str, start: int) -> Iterator[Span]:
        """Where it is in folded words, to the end of the word it begins; from `start` on a word may begin."""
        found = self.pattern.search(words, 0 if self.begins_spaceless else start)
        while found:
            begin, end = found.span()
            if self.begins_spaceless or begin == start or not _IN_WORD.match(words, begin - 1):
                yield begin, end if self.ends_spaceless else _end_of_word(words, end)
            past = begin + 1 if self.begins_spaceless else _end_of_word(words, begin)
            found = self.pattern.search(words, past)


def query_words(query: str) -> list[QueryWord]:
    """The words of a query, each once; what holds no letter, digit or sign is none."""
    words = (composed(folded(word)).strip(_LOOSE_ENDS) for word in without_controls(query)[0].split())
    return [_query_word(word) for word in dict.fromkeys(words) if word]


def _query_word(word: str) -> QueryWord:
    rows = tokens(word).split()
    spaceless = [IN_SPACELESS.match(row) is not None for row in rows]
    pattern = _typed(rows[0], spaceless[0])
    for row, before, this in zip(rows[1:], spaceless, spaceless[1:], strict=False):
        pattern += (" *+" if before or this else " ++") + _typed(row, this)
    if spaceless[-1]:
        pattern += _not_going_on(rows[-1])
    return QueryWord(f'"{" ".join(rows)}"*', re.compile(pattern), spaceless[0], spaceless[-1])


def _end_of_word(words: str, at: int) -> int:
    found = _IN_WORD.match(words, at)
    return found.end() if found else at


def _typed(row: str, spaceless: bool) -> str:
    """A Korean syllable and voiced kana may stand in a text in one character or in parts."""
    parts = normalize("NFD", row) if spaceless else row
    if parts == row:
        return re.escape(row)
    return f"(?:{'|'.join({row, parts, normalize('NFC', parts[:2]) + parts[2:]})})"


def _not_going_on(character: str) -> str:
    """What must not follow a character, or it would be a part of another one."""
    more = [
        f"[{one}]"
        for one, first in (
            ("\u1161-\u1175", "\u1161"),
            ("\u11a8-\u11c2", "\u11a8"),
            ("\u3099", "\u3099"),
            ("\u309a", "\u309a"),
        )
        if len(normalize("NFC", character + first)) == 1
    ]
    return f"(?!{'|'.join(more)})" if more else ""


class Marker:
    """Marks the words of one query in what was found. `check` is called between pieces of long texts."""

    def __init__(
        self,
        words: Iterable[QueryWord],
        check: Callable[[], object] = lambda: None,
        budget: int | None = None,
    ) -> None:
        self._words = list(words)
        self._check = check
        self._budget = budget

    def marked(self, text: str) -> Runs:
        """All of a short text."""
        return _cut(text, 0, len(text), self.spans(text))

    def all_in(self, texts: Iterable[str]) -> bool:
        """Whether each of the words is in one of the texts or another."""
        left = list(self._words)
        for text in texts:
            self._check()
            words = folded(text)
            left = [word for word in left if next(word.places(words, 0), None) is None]
            if not left:
                return True
        return False

    def count(self, text: str) -> int:
        """In how many places of a text the words are."""
        self._check()
        words = folded(text)
        return len({begin for word in self._words for begin, _ in word.places(words, 0)})

    def spans(self, text: str) -> list[Span]:
        """Where the words are in a text, from the first place to the last."""
        return self._spans(text, 0, len(text))

    def excerpt(self, text: str) -> Runs | None:
        """A short part of a text around as many of the words as stand near each other; None if there are
        none. Once so many characters as the budget says were looked through there are none any more."""
        best = self._best(text)
        if best is None:
            return None
        begin, end = _window(text, *best)
        return _ellipsed(text, begin, end, self._spans(text, begin, end))

    def _best(self, text: str) -> Span | None:
        """Where one of the words is and most of them are near: the first such place of those looked at."""
        best, most = None, 0
        for span in sorted(self._first_places(text)):
            near = 1 if len(self._words) == 1 else self._near(text, span[0])
            if near > most:
                best, most = span, near
            if most == len(self._words):
                break
        return best

    def _near(self, text: str, at: int) -> int:
        """How many of the words are near a place."""
        return len({word for word, *_ in _spans_in(text, max(at - _LEAD, 0), at + _REST, self._words, 1)})

    def _first_places(self, text: str) -> Iterator[Span]:
        """The first places of each word; of the only one, one."""
        left = dict.fromkeys(self._words, _LOOKED_AT if len(self._words) > 1 else 1)
        begin, size = 0, _FIRST_PIECE
        while begin < len(text) and left and self._may_look(min(size, len(text) - begin)):
            for word, one, two in _spans_in(text, begin, begin + size, list(left), _LOOKED_AT):
                yield one, two
                left[word] -= 1
            left = {word: more for word, more in left.items() if more > 0}
            begin, size = begin + size, min(2 * size, PIECE)

    def _may_look(self, characters: int) -> bool:
        self._check()
        if self._budget is not None:
            self._budget -= characters
        return self._budget is None or self._budget > -characters

    def _spans(self, text: str, begin: int, end: int) -> list[Span]:
        joined: list[Span] = []
        for one, two in sorted(span for _, *span in _spans_in(text, begin, end, self._words)):
            if joined and one <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], two)
            else:
                joined.append((one, two))
        return joined


def _spans_in(
    text: str, begin: int, end: int, sought: Iterable[QueryWord], most: int | None = None
) -> Iterator[tuple[QueryWord, int, int]]:
    """Where in a text each word of a query is between two places, in whole visible characters; so often at
    `most`."""
    first = max(begin - _AROUND, 0)
    part = text[first : end + _AROUND]
    words = folded(part)
    goes_on = first and _IN_WORD.match(folded(text[max(first - _AROUND, 0) : first])[-1:])
    start = _end_of_word(words, 0) if goes_on else 0
    places = None
    for word in sought:
        found = 0
        for one, two in word.places(words, start):
            places = places or starts(part)
            here = _whole(text, first + bisect_right(places, one) - 1, -1)
            there = _whole(text, first + bisect_right(places, two - 1), 1)
            if there > begin and here < end:
                yield word, here, there
                found += 1
                if found == most:
                    break


def _whole(text: str, at: int, step: int) -> int:
    """The nearest place on that side at which no visible character is cut."""
    for _ in range(_AROUND):
        if not 0 < at < len(text) or not _clings(text[at - 1], text[at]):
            break
        at += step
    return at


def _clings(before: str, after: str) -> bool:
    """Whether the second of two characters is drawn with the first: an accent, a vowel sign, emoji in one."""
    return (
        before == _JOINER
        or category(after)[0] == "M"
        or after == _JOINER
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )


def _window(text: str, begin: int, end: int) -> Span:
    """The stretch of an excerpt: from the beginning of a sentence or a word before a match to one after."""
    if len(text) <= EXCERPT:
        return 0, len(text)
    least = max(begin - _LEAD, 0)
    start = least
    if least:
        before = text[least:begin]
        sentences = [found.end() for found in _SENTENCE.finditer(before)]
        space = re.search(r"\s+(?=\S)", before)
        start = least + (sentences[-1] if sentences else space.end() if space else 0)
    stop = min(start + EXCERPT, len(text))
    if stop < len(text):
        after = max(min(end, stop), start + 1)
        space = re.search(r"\s+\S*$", text[after:stop])
        stop = after + space.start() if space else stop
    return _whole(text, start, 1 if start < begin else -1), _whole(text, stop, -1)


def _ellipsed(text: str, begin: int, end: int, spans: Iterable[Span]) -> Runs:
    shown = _cut(text, begin, end, spans)
    before = (("…", False),) if begin else ()
    after = (("…", False),) if end < len(text) else ()
    grouped = groupby((*before, *shown, *after), key=lambda run: run[1])
    return tuple(("".join(words for words, _ in runs), is_match) for is_match, runs in grouped)


def _cut(text: str, begin: int, end: int, spans: Iterable[Span]) -> Runs:
    shown, at = [], begin
    for first, last in spans:
        one, two = max(first, begin), min(last, end)
        shown += [(text[at:one], False), (text[one:two], True)]
        at = two
    return tuple(run for run in (*shown, (text[at:end], False)) if run[0])


def opening(text: str) -> Runs:
    """The first words of a text in which none were found."""
    begin, end = _window(text, 0, 0)
    return _ellipsed(text, begin, end, ())
