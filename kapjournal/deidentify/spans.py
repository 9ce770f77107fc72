"""Parts of a text that something was found in, before it is settled what becomes of overlaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kapjournal.deidentify.findings import FindingKind


class Span(NamedTuple):
    """A part of a text, what it is, and what would stand in its place. `is_listed`: a known name reaches into
    it, other than one that was marked."""

    start: int
    end: int
    kind: FindingKind
    replacement: str
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A part of a text that is a known name: whose it may be, as indices of the known."""

    start: int
    end: int
    owners: frozenset[int]
    is_plural: bool = False


def settled(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order and without overlaps, so that nothing that was in one of them is left out.

    What lies inside another goes with it; of what reaches beyond another, the rest is kept. Of two
    at one place the first given stays. Both are listed where one of them is.
    """
    done: list[Span] = []
    reached = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        is_listed = span.is_listed
        if span.start < reached:
            is_listed = is_listed or done[-1].is_listed
            done[-1] = done[-1]._replace(is_listed=is_listed)
        start = max(span.start, reached)
        while start < span.end and start > span.start and not text[start].isalnum():
            start += 1
        if start < span.end:
            done.append(span._replace(start=start, is_listed=is_listed))
            reached = span.end
    return done
