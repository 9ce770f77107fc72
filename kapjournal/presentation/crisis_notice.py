"""The notice beside what goes to a therapist: nobody is watching, and whom to call."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kapjournal import config
from kapjournal.content import crisis
from kapjournal.domain.audience import reaches_therapist
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measures import Answers, Measure, is_at_safety_mark
from kapjournal.domain.members import Member

if TYPE_CHECKING:
    from kapjournal.journal import Journal


WHOM_TO_CALL = "Whom to call"
CRISIS = "crisis"
"""The word that says whom to call, wherever words are typed."""


def crisis_lines(country: str, *, is_asked_for: bool = False) -> tuple[str, ...]:
    """What is said to whoever asks for it: the lines of a country, that of the settings unless another one
    `is_asked_for`, and that this program calls nobody."""
    known = crisis.lines().get(country)
    source = f", {known.source}" if known and known.source else ""
    which = "the country you asked for" if is_asked_for else "the country of your settings"
    of = f"That is for {which}: {known.name or country}{source}." if known else ""
    said = (
        f"{crisis.line_for(country)}.",
        of,
        "This journal is not monitored. Nobody is alerted by anything written in it, and this program calls "
        "nobody.",
    )
    return tuple(filter(None, said))


def not_monitored(country: str) -> str:
    """The notice, with the crisis line of a country."""
    return f"This journal is not monitored; in an emergency: {crisis.line_for(country)}."


def whom_to_call(measure: Measure, answers: Answers, *, is_from_paper: bool = False) -> str:
    """What is said at once to whoever wrote down answers with the safety item at its mark, for themselves or
    for another from paper, whoever reads them; empty for other answers."""
    if not is_at_safety_mark(measure, answers):
        return ""
    first = "You need not wait until somebody reads this."
    if is_from_paper:
        first = "The safety item is at its mark: be in contact with this person today."
    line = crisis.line_for(config.load().settings.country)
    return f"{first} Whom to call: {line}. This program is not monitored, and nobody is alerted."


def notice_for(readers: Collection[MemberId], members: Iterable[Member], me: MemberId, country: str) -> str:
    """The notice beside something of mine for these readers; empty if no therapist is among them."""
    return not_monitored(country) if reaches_therapist(readers, members, me) else ""


def crisis_notice(journal: "Journal", readers: Collection[MemberId]) -> str:
    """The notice beside a note for these readers, for the country in the settings."""
    return notice_for(readers, journal.members.all(), journal.me.id, config.load().settings.country)
