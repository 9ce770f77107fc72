"""What came of supervision, for the next session of a couple: the acts that were agreed, until it was said
what happened."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.ids import CaseId
from kapjournal.domain.supervision_reply import Act
from kapjournal.presentation import days
from kapjournal.presentation.brief import Brief, Entry
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

FROM_SUPERVISION = "From supervision"
WHAT_HAPPENED = "What happened?"
ONCE = "It is kept with the reply, and not asked again."
LEAVES_IT = "Enter alone leaves it for the next time."
NOTHING_DUE = "Nothing that was agreed in supervision is due."
KEPT = "It is kept with the reply."


def entries(practice: "Journal", case: CaseId) -> Iterator[Entry]:
    """Each act that was agreed, the one that is due first, as long as nobody said what happened."""
    for act in _open(practice, case):
        yield Entry(shown_line(act.who), in_words(act))


def to_ask(practice: "Journal", case: CaseId) -> list[Act]:
    """The acts of which it is time to ask what happened."""
    return [act for act in _open(practice, case) if act.is_due(clock.today())]


def is_due(brief: Brief) -> bool:
    """Whether a brief asks what happened."""
    found = (one.entries for one in brief.sections if one.heading == FROM_SUPERVISION)
    return any(entry.words.endswith(WHAT_HAPPENED) for several in found for entry in several)


def in_words(act: Act) -> str:
    """“ask each alone · by 3 Dec”; of one whose day has come with the question."""
    day = f"by {days.short(act.when)}" if act.when else ""
    asked = WHAT_HAPPENED if act.is_due(clock.today()) else ""
    return shown_line(" · ".join(filter(None, (act.what, day, asked))))


def in_a_line(act: Act) -> str:
    """The act with who does it: “Dr Lee: ask each alone · by 3 Dec”."""
    day = f" · by {days.short(act.when)}" if act.when else ""
    return shown_line(f"{act.who}: {act.what}{day}" if act.who else f"{act.what}{day}")


def _open(practice: "Journal", case: CaseId) -> list[Act]:
    return practice.write_ups.acts_due(case) if practice.me.role.is_therapist else []
