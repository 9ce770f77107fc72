"""Everything that is found by its form, and not by a list of names: what 45 CFR 164.514(b)(2) lists."""

from collections.abc import Sequence
from datetime import date

from kapjournal.deidentify import addresses, ages, dates, labelled, network, numbers
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.spans import Span
from kapjournal.progress import Counting

PATTERNS = 6
"""How often a text is gone through."""


def pattern_spans(text: str, sessions: Sequence[tuple[int, date]], counting: Counting) -> list[Span]:
    """Dates, ages over 89, numbers, addresses and the like, in no order; what was found by more than one
    pattern stands there more than once, the surest first. `counting` is told of the text after each."""
    view = PlainView(text)
    found: list[Span] = []
    for spans in (
        network.spans(view),
        labelled.spans(view),
        dates.spans(view, sessions),
        ages.spans(view),
        addresses.spans(view),
        numbers.spans(view),
    ):
        found += (Span(*view.place(one.start, one.end), one.kind, one.replacement) for one in spans)
        counting.add(len(text))
    return found
