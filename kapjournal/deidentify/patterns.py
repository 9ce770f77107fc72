"""Everything that is found by its form, and not by a list of names: what 45 CFR 164.514(b)(2) lists."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from kapjournal.deidentify import addresses, ages, dates, labelled, network, numbers
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.spans import Span


def pattern_spans(text: str, sessions: Sequence[tuple[int, date]]) -> list[Span]:
    """Dates, ages over 89, numbers, addresses and the like, in no order; what was found by more than one
    pattern stands there more than once, the surest first."""
    view = PlainView(text)
    found = chain(
        network.spans(view),
        labelled.spans(view),
        dates.spans(view, sessions),
        ages.spans(view),
        addresses.spans(view),
        numbers.spans(view),
    )
    return [Span(*view.place(span.start, span.end), span.kind, span.replacement) for span in found]
