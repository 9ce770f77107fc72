"""A partner's own check-ins over the course, slider by slider: what a chart of each is drawn from.

The numbers stand for themselves. None is set beside the first or beside another person's.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content import self_reports as content
from kapjournal.domain.answered_measures import ONLY_A_PARTNER
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.self_reports import HIGHEST, LOWEST, CheckIn
from kapjournal.domain.series import Point, Series
from kapjournal.errors import Refused, UsageError
from kapjournal.presentation import charts
from kapjournal.presentation.measure_charts import marks_of

if TYPE_CHECKING:
    from kapjournal.journal import Journal

SAY_WHOSE = "Say whose check-ins: --of with the label of one partner."
YOUR_OWN = "Trends are each one’s own. What your partner shares with you is in the list of check-ins."
NOTHING_YET = "There is nothing to show yet: trends are made of check-ins."


def whose(journal: "Journal", label: str | None) -> Member:
    """Whose check-ins are looked at: a partner's own, and for everybody else those of the one partner they
    name (`UsageError` without a label, `Refused` for anybody but a partner and for the other partner)."""
    if label is None:
        if journal.me.role is not Role.PARTNER:
            raise UsageError(SAY_WHOSE)
        return journal.me
    named = journal.members.get(label)
    if named.role is not Role.PARTNER:
        raise Refused(ONLY_A_PARTNER)
    if journal.me.role is Role.PARTNER and named.id != journal.me.id:
        raise Refused(YOUR_OWN)
    return named


def check_ins_of(journal: "Journal", person: MemberId) -> list[CheckIn]:
    """What one partner said, as far as this member can read it, by day."""
    return [one.said for one in journal.check_ins.all() if one.author == person]


def names_in(check_ins: Iterable[CheckIn]) -> list[str]:
    """The sliders that were moved at all, in their order; those that are not here any more at the end."""
    moved = {name for one in check_ins for name, _ in one.values}
    rows = content.sliders()
    return [*(name for name in rows if name in moved), *sorted(moved - rows.keys())]


def trends_of(journal: "Journal", person: MemberId) -> dict[str, Series]:
    """The course of every slider that this person moved, up to today, by its name."""
    check_ins, sessions = check_ins_of(journal, person), journal.sessions.all()
    marks = tuple(marks_of(sessions, journal.sessions.doses, person, clock.today()))
    rows = content.sliders()
    found = {}
    for name in names_in(check_ins):
        slider = rows.get(name)
        values = ((one.date, one.value_of(name)) for one in check_ins)
        found[name] = Series(
            title=content.label_of(name, rows),
            lowest=LOWEST,
            highest=HIGHEST,
            points=tuple(Point(day, value) for day, value in values if value is not None),
            marks=marks,
            direction=slider.range_in_words if slider else "",
            is_compared=False,
            span=tuple(one.date for one in check_ins),
        )
    return found


def lines(trends: Iterable[Series]) -> Iterator[str]:
    """All of them as tables of words, one after the other; the sessions and doses once, at the end."""
    below: list[str] = []
    for series in trends:
        yield " · ".join(filter(None, (charts.title(series), charts.direction(series))))
        yield from (f"  {row.day}: {row.value}" for row in charts.table(series))
        yield ""
        below = charts.marks(series)
    yield from below
