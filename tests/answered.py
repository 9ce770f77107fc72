"""Sets of answers for the tests of what leaves: any of any measure, and some that are told."""

import datetime as dt

from hypothesis import strategies as st

from kapjournal.content import measures
from kapjournal.domain.administered import Administered


def answered(measure: str, day: int, *answers: int | None) -> Administered:
    """Answers to a measure on a day of January 2026."""
    return Administered(measures.measure(measure), dt.date(2026, 1, day), answers)


@st.composite
def any_answers(draw: st.DrawFn) -> Administered:
    """Answers that fit some measure, on any day, some of them left out."""
    measure = draw(st.sampled_from(measures.all_measures()))
    values = [draw(st.sampled_from([*item.values, None])) for item in measure.items]
    if draw(st.booleans()):
        values = [
            item.values[0] if value is None else value
            for item, value in zip(measure.items, values, strict=True)
        ]
    return Administered(measure, draw(st.dates()), tuple(values))
