"""Check-ins and after-effects cards, line by line: make one, hear them, share one and take it back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from kapjournal import clock
from kapjournal.content import self_reports as content
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.self_reports import (
    AfterEffects,
    CheckIn,
    Report,
    SelfReport,
    SelfReportDraft,
    readers_from,
    slider_value,
)
from kapjournal.errors import UsageError
from kapjournal.plain import phrasing
from kapjournal.plain.answering import ask_readers, pick_partner
from kapjournal.plain.console import Back
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.presentation import charts, days, trends
from kapjournal.presentation import self_reports as saying
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.drafts import GOES_ON

if TYPE_CHECKING:
    from kapjournal.journal.self_reports import SelfReports

T = TypeVar("T")

_LEAVES_OUT = "Enter leaves one out; back keeps what is said so far."
_KEPT = "What you said so far is kept, for you alone."
_NOTHING = "Nothing is said, so nothing is kept."
_LINE = "A line, if you like:"


def self_reports(unlocked: Unlocked) -> None:
    """Offer what the member may do with check-ins and cards."""
    help_text = (
        "A check-in is how you are, by a few numbers and a line: yours alone until you share it. An "
        "after-effects card is for the clinic, and never for your partner."
    )
    offer(unlocked.console, Menu("Check-ins", help_text, lambda _: ENTRIES), unlocked)


def say_reminders(unlocked: Unlocked) -> None:
    """Say that a card is due, what is not finished, and to the clinic that a card says something for it."""
    said = saying.reminders(unlocked.journal)
    unlocked.console.say(*said, "Choose check-ins for that." if said else "")


def _begun(unlocked: Unlocked, said: Report) -> SelfReportDraft:
    """The one of that kind that is not finished or, without any, a new one."""
    drafts = unlocked.journal.self_report_drafts.all()
    found = next((one for one in drafts if type(one.said) is type(said)), None)
    if found is not None:
        unlocked.console.say(GOES_ON)
    return found or SelfReportDraft(said)


def _check_in(unlocked: Unlocked) -> None:
    """Ask for each slider, and for a line; each answer is sealed before the next question."""
    draft = _begun(unlocked, CheckIn(clock.today(), clock.now()))
    console, save = unlocked.console, unlocked.journal.self_report_drafts.save
    console.say(f"From 0 to 10. {_LEAVES_OUT}")
    rows = content.sliders()
    try:
        for is_on_demand in (False, True):
            asked = {name: one for name, one in rows.items() if one.on_demand is is_on_demand}
            if is_on_demand and not (asked and console.yes("Hear the other sliders?")):
                break
            for name, slider in asked.items():
                said = draft.said
                if isinstance(said, CheckIn) and said.value_of(name) is None:
                    question = f"{slider.label}, {slider.range_in_words}:"
                    value = console.ask_for(question, _or_nothing(slider_value), _LEAVES_OUT)
                    if value is not None:
                        draft = save(replace(draft, said=said.with_value(name, value)))
        line = console.ask(_LINE, "One line of your own, or Enter for none.")
        if line and isinstance(draft.said, CheckIn):
            draft = save(replace(draft, said=replace(draft.said, line=line)))
    except Back:
        console.say(_KEPT if draft.id else _NOTHING)
        return
    _finish(unlocked, draft)


def _after_effects(unlocked: Unlocked) -> None:
    """Ask for each row; whom to tell is said the moment an answer asks for it."""
    draft = _begun(unlocked, AfterEffects(clock.today(), clock.now()))
    console, save = unlocked.console, unlocked.journal.self_report_drafts.save
    console.say(saying.CARD_READERS, f"Say y or n. {_LEAVES_OUT}")
    told = ""
    try:
        for name, effect in content.effects().items():
            said = draft.said
            if not isinstance(said, AfterEffects) or said.answer_to(name) is not None:
                continue
            answer = console.ask_for(f"{effect.label}?", _or_nothing(_yes_or_no), _LEAVES_OUT)
            if answer is None:
                continue
            said = said.with_answer(name, answer)
            draft = save(replace(draft, said=said))
            if (tell := saying.tell_the_clinic(said)) and not told:
                told = tell
                console.say(tell)
            if answer and (
                line := console.ask("More about it, if you like:", "One line, or Enter for none.")
            ):
                draft = save(replace(draft, said=said.with_line(name, line)))
        readers = saying.possible_readers(unlocked.journal, draft.said)
        ticked = saying.ticked(unlocked.journal, draft)
        names = unlocked.readers({*ticked, unlocked.journal.me.id})
        console.say(f"Who reads it: {names}.")
        if readers and not console.yes("Is that right? No asks who else may read it."):
            who = ask_readers(unlocked, "Who may read it? Enter for nobody:", readers)
            draft = save(replace(draft, readers=_called(unlocked, draft.said, who)))
    except Back:
        console.say(_KEPT if draft.id else _NOTHING)
        return
    _finish(unlocked, draft)


def _finish(unlocked: Unlocked, draft: SelfReportDraft) -> None:
    if draft.said.is_empty:
        unlocked.console.say(_NOTHING)
        return
    made = unlocked.journal.self_report_drafts.finish(draft)
    unlocked.console.say(saying.MADE)
    _say_readers(unlocked, made)


def _say_readers(unlocked: Unlocked, report: SelfReport[Report]) -> None:
    tell = saying.tell_the_clinic(report.said) if report.author == unlocked.journal.me.id else ""
    unlocked.console.say(
        f"Readers: {unlocked.readers(report.readers)}.",
        tell or crisis_notice(unlocked.journal, report.readers),
    )


def _called(unlocked: Unlocked, said: Report, who: str) -> frozenset[MemberId]:
    """Those who were named as readers, nobody if nobody was (`NotFound`, `Refused`)."""
    members = unlocked.journal.members
    return readers_from(said, who, members.all(), members.me.id) if who else frozenset()


def _or_nothing(read: Callable[[str], T]) -> Callable[[str], T | None]:
    return lambda typed: read(typed) if typed else None


def _yes_or_no(typed: str) -> bool:
    word = typed.strip().lower()
    if word not in ("y", "yes", "n", "no"):
        raise UsageError("Say y or n, or press Enter.")
    return word[0] == "y"


# reading


def _read(unlocked: Unlocked) -> None:
    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        return [
            Entry("", _in_a_list(unlocked, one), partial(_offer_one, report=one))
            for one in reversed(saying.all_reports(unlocked.journal))
        ]

    help_text = "Each line is a check-in or a card, the latest first. Choose one to hear it."
    offer(unlocked.console, Menu("Said so far", help_text, entries, nothing="There is none yet."), unlocked)


def _in_a_list(unlocked: Unlocked, report: SelfReport[Report]) -> str:
    said = phrasing.ended(saying.in_a_list(unlocked.journal, report))
    return f"{said} Readers: {unlocked.readers(report.readers)}."


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A report the member chose; it is read anew each time."""

    unlocked: Unlocked
    report: SelfReport[Report]

    @property
    def group(self) -> "SelfReports[Any]":
        is_check_in = isinstance(self.report.said, CheckIn)
        journal = self.unlocked.journal
        return journal.check_ins if is_check_in else journal.after_effects

    @property
    def now(self) -> SelfReport[Report]:
        found: SelfReport[Report] = self.group.get(self.report.id)
        return found

    def may(self, deed: str) -> bool:
        return not saying.why_not(self.unlocked.journal, deed, self.now)


def _offer_one(unlocked: Unlocked, report: SelfReport[Report]) -> None:
    chosen = _Chosen(unlocked, report)
    _hear(chosen)
    if report.author == unlocked.journal.me.id:
        offer(unlocked.console, _OWN, chosen)


def _hear(chosen: _Chosen) -> None:
    report = chosen.now
    place = saying.place_in_words(report.said)
    console = chosen.unlocked.console
    console.say(
        f"{saying.title_of(report.said)}, {days.spoken(report.said.date)}.", f"{place}." if place else ""
    )
    console.say(*(f"{heading}: {words}" for heading, words in saying.lines_of(report.said)))
    _say_readers(chosen.unlocked, report)


def _share(chosen: _Chosen) -> None:
    unlocked, here = chosen.unlocked, saying.could_also_read(chosen.unlocked.journal, chosen.now)
    who = ask_readers(unlocked, "Who may read it? Enter for nobody:", here)
    if not who:
        unlocked.console.say("Nothing was shared.")
        return
    called = _called(unlocked, chosen.report.said, who)
    waits = saying.why_it_waits(unlocked.journal, chosen.now, called)
    if waits and not unlocked.console.yes(f"{waits} Send it now?"):
        unlocked.console.say("Nothing was shared.")
        return
    _say_readers(unlocked, chosen.group.share(chosen.report.id, who, now=bool(waits)))


def _withdraw(chosen: _Chosen) -> None:
    unlocked, report = chosen.unlocked, chosen.now
    readers = [one for one in unlocked.others if one.id in report.readers]
    who = ask_readers(unlocked, "Who should no longer read it? Enter for nobody:", readers)
    if not who:
        unlocked.console.say("Nothing was changed.")
        return
    left = chosen.group.withdraw(report.id, who)
    unlocked.console.say(saying.WITHDRAWN, f"Readers: {unlocked.readers(left.readers)}.")


def _delete(chosen: _Chosen) -> object:
    console = chosen.unlocked.console
    console.say(saying.deleting(chosen.unlocked.journal, chosen.now))
    if not console.yes("Delete it for good?"):
        console.say("Nothing was deleted.")
        return None
    chosen.group.delete(chosen.report.id)
    console.say(saying.DELETED)
    return CLOSE


def _trends(unlocked: Unlocked) -> None:
    """Say the check-ins over the course, slider by slider: a partner's own, to the clinic one partner's."""
    console, journal = unlocked.console, unlocked.journal
    person = journal.me if _is_partner(unlocked) else pick_partner(unlocked)
    found = trends.trends_of(journal, person.id)
    if not found:
        console.say(trends.NOTHING_YET)
    for series in found.values():
        console.say(f"{charts.title(series)}, {charts.direction(series)}.")
        console.say(*(row.sentence for row in charts.table(series)))
    if found:
        console.say(*(f"{line}." for line in charts.marks(next(iter(found.values())))))


def _is_partner(unlocked: Unlocked) -> bool:
    return unlocked.journal.me.role is Role.PARTNER


ENTRIES = (
    Entry[Unlocked]("check in", "Say how you are now.", _check_in, _is_partner),
    Entry[Unlocked](
        "after a dose", "Say what you noticed since, for the clinic.", _after_effects, _is_partner
    ),
    Entry[Unlocked]("read", "Hear what was said, and share it or take it back.", _read),
    Entry[Unlocked]("trends", "Hear check-ins over the course, slider by slider.", _trends),
)
"""What can be done about check-ins and cards."""

_OWN_ENTRIES = (
    Entry[_Chosen]("hear", "Hear it again.", _hear),
    Entry[_Chosen]("share", "Let somebody read it.", _share, lambda chosen: chosen.may("share")),
    Entry[_Chosen]("withdraw", "Stop sharing it.", _withdraw, lambda chosen: chosen.may("withdraw")),
    Entry[_Chosen]("delete", "Delete it, for all its readers.", _delete),
)

_OWN = Menu[_Chosen](
    "This one",
    "It is yours. You can let others read it, stop that, or delete it. It is not changed any more.",
    lambda _: _OWN_ENTRIES,
)
