"""What every face says of check-ins and after-effects cards.

The numbers of a check-in stand in a list for its author alone; of somebody else's they are on its page, so
that no two people stand beside each other.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kapjournal import clock, config
from kapjournal.content import crisis
from kapjournal.content import self_reports as content
from kapjournal.domain.after_dose import Due, due, pause_in_words
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.self_reports import (
    HIGHEST,
    AfterEffects,
    CheckIn,
    Moment,
    Report,
    SelfReport,
    SelfReportDraft,
    usual_readers,
)
from kapjournal.presentation import days
from kapjournal.presentation.people import others, readers_in_words
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CHECK_IN, CARD = "check-in", "after-effects"
"""What the two are called in a sentence."""
TITLES = {CheckIn: "Check-in", AfterEffects: "After-effects"}
NOBODY_IS_ALERTED = "This program is not monitored, and nobody is alerted."
MOMENTS = {
    Moment.BEFORE: "before a session",
    Moment.AFTER: "after a session",
    Moment.BETWEEN: "between sessions",
}
MADE = "It is kept."
WITHDRAWN = "They may have read it already."
DELETED = "It is gone, for its readers too."
THROWN_AWAY = "It is thrown away."
THROW_AWAY = "Throw this away?"
THROWING_AWAY = "What was said so far goes; nobody has read it."
HALF_DONE_KEPT = "What you said so far is kept, for you alone. It is first in the list of check-ins."
NONE_OF_MINE = (
    "There is no check-in yet. {check-in} begins one: a few sliders, each of which can be left out, and a "
    "line if you like. Only you can read it, unless you share it."
)
NONE_TO_READ = (
    "There is nothing here that you can read. Check-ins are the partners’ own, until they share one."
)
CARD_READERS = "Your partner never reads this: it is for the clinic."
TELL_FROM_STAFF = "An after-effects card of the last week says something the clinic is to know today."


def title_of(said: Report) -> str:
    """“Check-in” or “After-effects”."""
    return TITLES[type(said)]


def values_in_words(said: CheckIn) -> str:
    """“Mood 6 · Fear 2”, of what was said alone; empty if no slider was moved."""
    rows = content.sliders()
    order = [*(name for name in rows if said.value_of(name) is not None)]
    order += [name for name, _ in said.values if name not in rows]
    return " · ".join(f"{content.label_of(name, rows)} {said.value_of(name)}" for name in order)


def noticed_in_words(said: AfterEffects) -> str:
    """“Headache; Sick to the stomach: since noon; Anxious, no: only before”, in the order of the card; that
    nothing was noticed, if so. Beside a line stands whether it is one to a no, or to what was left out."""
    rows = ((name, label) for name, label in _rows_of(said) if name in said.noticed or said.line_of(name))
    each = [
        ": ".join(filter(None, (label + _NOT_YES[said.answer_to(name)], said.line_of(name))))
        for name, label in rows
    ]
    return shown_line("; ".join(each)) or "nothing noticed"


_NOT_YES = {True: "", False: ", no", None: ", not answered"}


def lines_of(said: Report) -> list[tuple[str, str]]:
    """All that was said, each under its heading; what was left out is not there."""
    if isinstance(said, CheckIn):
        rows = content.sliders()
        names = [*rows, *(name for name, _ in said.values if name not in rows)]
        found = [
            (content.label_of(name, rows), _value(name, value))
            for name in names
            if (value := said.value_of(name)) is not None
        ]
        return [*found, ("Line", shown_line(said.line))] if said.line else found
    return [(label, _answer(said, name)) for name, label in _rows_of(said)]


def place_in_words(said: Report) -> str:
    """Where in the course it was: “after session 3”, “day 3 after the dose of session 7”; may be empty."""
    number = f"session {said.session.number}" if said.session else ""
    if isinstance(said, AfterEffects):
        return f"day {said.day} after the dose of {number}" if number and said.day is not None else ""
    if said.moment is None:
        return number
    if said.moment is Moment.BETWEEN or not number:
        return MOMENTS[said.moment]
    return f"{said.moment} {number}"


def place_in_short(said: Report) -> str:
    """The same where space is scarce: of a card “day 3”."""
    if isinstance(said, AfterEffects):
        return "" if said.day is None else f"day {said.day}"
    return place_in_words(said)


def in_a_row(journal: "Journal", report: SelfReport[Report]) -> str:
    """What a list says of a report: to its author all, of somebody else's check-in no number."""
    said = report.said
    if isinstance(said, AfterEffects):
        return noticed_in_words(said)
    if report.author != journal.me.id:
        return f"{shown_line(journal.members.label_of(report.author))} shares it with you."
    return shown_line(" · ".join(filter(None, (values_in_words(said), said.line))))


def tell_the_clinic(said: Report) -> str:
    """“Tell the clinic today.” and whom to call, where something of a card asks for it; else empty."""
    if not is_for_today(said):
        return ""
    line = crisis.line_for(config.load().settings.country)
    return f"Tell the clinic today. If it cannot wait, call: {line}. {NOBODY_IS_ALERTED}"


def is_for_today(said: Report) -> bool:
    """Whether the clinic is to be told today of something in it."""
    if isinstance(said, CheckIn):
        return False
    return any(one.tells_clinic and name in said.noticed for name, one in content.effects().items())


def card_due(journal: "Journal") -> Due | None:
    """The after-effects card that the member at the screen is asked for today, if they are a partner."""
    if journal.me.role is not Role.PARTNER:
        return None
    own = [one.said for one in journal.after_effects.all() if one.author == journal.me.id]
    return due(journal.sessions.all(), journal.me.id, clock.today(), own)


def due_in_words(card: Due) -> str:
    """“Day 3 after your dose: there is a short card on how you have been since.”"""
    return f"Day {card.day} after your dose: there is a short card on how you have been since."


def reminders(journal: "Journal") -> list[str]:
    """What a member who comes in may want to look at among check-ins and cards, a sentence each: to a partner
    the card that is due and what is not finished, to the clinic that a card says something for today."""
    said = []
    if (card := card_due(journal)) is not None:
        said.append(due_in_words(card))
    if journal.me.role is not Role.PARTNER and has_for_today(journal):
        said.append(TELL_FROM_STAFF)
    if begun := [title_of(one.said).lower() for one in journal.self_report_drafts.all()]:
        said.append(f"Not finished: {', '.join(begun)}.")
    return said


def has_for_today(journal: "Journal") -> bool:
    """Whether a card of the last week that this member can read says something for the clinic."""
    today = clock.today()
    recent = (one for one in journal.after_effects.all() if 0 <= (today - one.said.date).days < 7)
    return any(is_for_today(one.said) for one in recent)


def possible_readers(journal: "Journal", said: Report) -> list[Member]:
    """Who besides its author may read a report: of after-effects never the other partner."""
    here = others(journal.members.all(), journal.me.id)
    return [one for one in here if isinstance(said, CheckIn) or one.role is not Role.PARTNER]


def ticked(journal: "Journal", draft: SelfReportDraft) -> frozenset[MemberId]:
    """Who is to read a report on the way besides its author."""
    usual = frozenset() if journal.apart.has_ended else usual_readers(draft.said, journal.members.all())
    return usual if draft.readers is None else draft.readers


def could_also_read(journal: "Journal", report: SelfReport[Report]) -> list[Member]:
    """Who may read a report and cannot yet."""
    return [one for one in possible_readers(journal, report.said) if one.id not in report.readers]


def why_it_waits(journal: "Journal", report: SelfReport[Report], chosen: Collection[MemberId]) -> str:
    """From when on a report can be shared with the other partner, if they are among the `chosen` and it is
    the pause after a dose; else empty."""
    partners = (one for one in journal.members.all() if one.id in chosen and one.role is Role.PARTNER)
    partner = next(partners, None)
    until = journal.waiting.pause_until() if partner else None
    if partner is None or until is None:
        return ""
    name, is_private = shown_line(partner.label), report.readers == {journal.me.id}
    return pause_in_words(clock.local(until), clock.local(clock.now()), name, is_private=is_private)


def why_not(journal: "Journal", deed: str, report: SelfReport[Report]) -> str:
    """Why the member cannot share, withdraw or delete a report; empty if they can."""
    if deed in ("share", "withdraw", "delete") and report.author != journal.me.id:
        author = shown_line(journal.members.label_of(report.author))
        return f"{author} said this; only {author} can share it or take it back."
    if deed == "trends" and journal.me.role is Role.PARTNER and report.author != journal.me.id:
        return "Trends are each one’s own."
    if deed == "withdraw" and len(report.readers) == 1:
        return "Only you can read it: there is nobody to stop sharing it with."
    if deed == "share" and not could_also_read(journal, report):
        return "Everybody who may read it can read it already."
    return ""


def deleting(journal: "Journal", report: SelfReport[Report]) -> str:
    """What deleting a report does."""
    others_there = report.readers - {journal.me.id}
    who = f" {readers_in_words(journal, others_there)} may have read it already." if others_there else ""
    return f"{DELETED}{who}"


def in_a_list(journal: "Journal", report: SelfReport[Report]) -> str:
    """A report as one line is read aloud: “Check-in, Ana. 3 March 2026: … ”"""
    whose = "" if report.author == journal.me.id else f", {journal.members.label_of(report.author)}"
    place = place_in_words(report.said)
    about = f", {place}" if place else ""
    day = days.long_day(report.said.date)
    return f"{title_of(report.said)}{shown_line(whose)}. {day}{about}: {in_a_row(journal, report)}"


def all_reports(journal: "Journal") -> Sequence[SelfReport[Report]]:
    """Every check-in and card that the member can read, by day."""
    found: list[SelfReport[Report]] = [*journal.check_ins.all(), *journal.after_effects.all()]
    return sorted(found, key=lambda one: one.order)


def _rows_of(said: AfterEffects) -> list[tuple[str, str]]:
    """Name and label of what was answered or has a line, in the order of the card."""
    rows = content.effects()
    named = {name for name, _ in (*said.answers, *said.lines)}
    order = [*(name for name in rows if name in named), *sorted(named - rows.keys())]
    return [(name, content.label_of(name, rows)) for name in order]


def _answer(said: AfterEffects, name: str) -> str:
    answer = {None: "", True: "yes", False: "no"}[said.answer_to(name)]
    return shown_line(" · ".join(filter(None, (answer, said.line_of(name)))))


def _value(name: str, value: int) -> str:
    slider = content.sliders().get(name)
    return shown_line(f"{value} ({slider.range_in_words})" if slider else f"{value} of {HIGHEST}")
