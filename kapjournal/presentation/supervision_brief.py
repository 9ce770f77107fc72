"""What came of supervision, for the next session of a couple: the acts that were agreed, until it was said
what happened, and what should be destroyed by now."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.departures import Departure
from kapjournal.domain.ids import CaseId
from kapjournal.domain.supervision_reply import Act
from kapjournal.presentation import days
from kapjournal.presentation.brief import Brief, Entry
from kapjournal.presentation.write_up_ledger import which
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FROM_SUPERVISION = "Supervision"
WHAT_HAPPENED = "What happened?"
ONCE = "It is kept with the reply, and not asked again."
LEAVES_IT = "Enter alone leaves it for the next time."
NOTHING_OPEN = "Nothing that was agreed in supervision is open."
OF_WHICH = "Of which?"
WAS_IT_DESTROYED = "Was it destroyed?"
IT_WAS, NOT_YET = "It was destroyed", "Not yet"
KEPT = "It is kept with the reply."


def entries(practice: "Journal", case: CaseId) -> Iterator[Entry]:
    """Each act that was agreed, the one that is due first, as long as nobody said what happened; then what
    left and should be destroyed by now, on one line."""
    for act in _open(practice, case):
        yield Entry(shown_line(act.who), in_words(act))
    if due := to_destroy(practice, case):
        yield Entry("", f"{'; '.join(map(left_in_words, due))}. {WAS_IT_DESTROYED}")


def to_ask(practice: "Journal", case: CaseId) -> list[Act]:
    """The acts of which it is time to ask what happened."""
    return [act for act in _open(practice, case) if act.is_due(clock.today())]


def to_destroy(practice: "Journal", case: CaseId) -> list[Departure]:
    """What left of this couple and should be destroyed by now, as far as nobody noted that it was."""
    found = practice.write_ups.destroy_due() if practice.me.role.is_therapist else []
    return [one for one in found if one.case == case]


def to_answer(practice: "Journal", case: CaseId) -> list[Act | Departure]:
    """All of which something can be said: each act that is open, due or not, then what should be
    destroyed."""
    return [*_open(practice, case), *to_destroy(practice, case)]


def asked_of(one: Act | Departure) -> str:
    """One of these in a line."""
    return in_a_line(one) if isinstance(one, Act) else left_in_words(one)


def is_open(brief: Brief) -> bool:
    """Whether something came of supervision of which nobody said what became of it."""
    return any(one.heading == FROM_SUPERVISION for one in brief.sections)


def in_words(act: Act) -> str:
    """“ask each alone · by 3 Dec”; of one whose day has come with the question."""
    asked = WHAT_HAPPENED if act.is_due(clock.today()) else ""
    return shown_line(" · ".join(filter(None, (act.what, _day(act), asked))))


def in_a_line(act: Act) -> str:
    """The act with who does it: “Dr Lee: ask each alone · by 3 Dec”."""
    what = " · ".join(filter(None, (act.what, _day(act))))
    return shown_line(f"{act.who}: {what}" if act.who else what)


def left_in_words(left: Departure) -> str:
    """“Dr Roe was to destroy Birch (docx, 3 December 2026) by 3 Mar”."""
    return shown_line(f"{left.recipient} was to destroy {which(left)} by {days.short(left.destroy_by)}")


def _day(act: Act) -> str:
    return f"by {days.short(act.when)}" if act.when else ""


def _open(practice: "Journal", case: CaseId) -> list[Act]:
    return practice.write_ups.acts_due(case) if practice.me.role.is_therapist else []
