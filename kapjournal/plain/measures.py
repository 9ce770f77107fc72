"""Measures, line by line: answer or enter one, hear answers, ask for one, and a therapist's safety marks."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.content.measure_packs import pack_with
from kapjournal.domain.answered_measures import AnsweredMeasure, SafetyMark
from kapjournal.domain.forms import About
from kapjournal.domain.members import Role
from kapjournal.domain.parsing import day_from, past_day_from, time_from
from kapjournal.plain import answering
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer, pick
from kapjournal.presentation import answered_measures as saying
from kapjournal.presentation import contacts, days
from kapjournal.presentation.answering import could_also_read
from kapjournal.presentation.measures import answers_in_words


def measures(unlocked: Unlocked) -> None:
    """Offer what the member may do with measures."""
    help_text = (
        "Measures are published questionnaires. A partner answers for themselves and chooses who reads it; "
        "what was answered on paper the therapist enters. One partner never reads the other’s answers."
    )
    say_requests(unlocked)
    offer(unlocked.console, Menu("Measures", help_text, lambda _: ENTRIES), unlocked)


def say_open_marks(unlocked: Unlocked) -> None:
    """Say to a therapist that a safety mark is open, without a name."""
    unlocked.console.say(saying.open_marks(unlocked.journal, "measures, then marks"))


def say_requests(unlocked: Unlocked) -> None:
    """Say what a partner is asked for and has not answered."""
    asked = saying.asked_of_me(unlocked.journal)
    unlocked.console.say(*(f"{saying.request_in_words(unlocked.journal, one)}." for one in asked))


def _read(unlocked: Unlocked) -> None:
    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        return [
            Entry("", _in_a_list(unlocked, one), partial(_offer_one, answers_id=one.id))
            for one in reversed(unlocked.journal.measures.all())
        ]

    help_text = "Each line is a set of answers, the latest first."
    offer(unlocked.console, Menu("Answers", help_text, entries, nothing="There are none yet."), unlocked)


def _in_a_list(unlocked: Unlocked, found: AnsweredMeasure) -> str:
    whose = "" if found.text.of == unlocked.journal.me.id else f", {unlocked.name(found.text.of)}"
    _, total = saying.score_lines(unlocked.journal, found.text)[0]
    title = saying.title_of(found.text.measure)
    readers = unlocked.readers(found.readers)
    return f"{title}{whose}. {days.long_day(found.text.date)}: {total}. Readers: {readers}."


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Answers the member chose; they are read anew each time."""

    unlocked: Unlocked
    answers_id: str

    @property
    def found(self) -> AnsweredMeasure:
        return self.unlocked.journal.measures.get(self.answers_id)

    @property
    def is_mine(self) -> bool:
        return self.found.author == self.unlocked.journal.me.id


def _offer_one(unlocked: Unlocked, answers_id: str) -> None:
    chosen = _Chosen(unlocked, answers_id)
    _hear(chosen)
    if chosen.is_mine:
        offer(unlocked.console, _OWN, chosen)


def _hear(chosen: _Chosen) -> None:
    unlocked, found = chosen.unlocked, chosen.found
    console = unlocked.console
    for text in (found.text, *found.beside):
        console.say(f"{saying.title_of(text.measure)}, {days.spoken(text.date)}.")
        console.say(saying.ON_PAPER.capitalize() + "." if text.is_from_paper else "")
        console.say(*(f"{heading}: {words}" for heading, words in saying.score_lines(unlocked.journal, text)))
        if (measure := content.known(text.measure)) is not None:
            pack = pack_with(text.measure, text.pack)
            is_staff = unlocked.journal.me.role is not Role.PARTNER
            lines = answers_in_words(measure, text.answers, pack, for_staff=is_staff)
            console.say(*(f"{label}: {words}" for label, words in lines))
    console.say(f"Readers: {unlocked.readers(found.readers)}.", saying.crisis_lines(unlocked.journal, found))


def _share(chosen: _Chosen) -> None:
    unlocked = chosen.unlocked
    here = could_also_read(unlocked.journal, chosen.found)
    who = answering.ask_readers(unlocked, "Who may read it? Enter for nobody:", here) if here else ""
    if not who:
        unlocked.console.say("Nothing was shared.")
        return
    shared = unlocked.journal.measures.share(chosen.answers_id, who)
    unlocked.console.say("It is shared.")
    answering.say_readers(unlocked, shared)


def _withdraw(chosen: _Chosen) -> None:
    unlocked, found = chosen.unlocked, chosen.found
    readers = [one for one in unlocked.others if one.id in found.readers]
    who = answering.ask_readers(unlocked, "Who should no longer read it? Enter for nobody:", readers)
    if not who:
        unlocked.console.say("Nothing was changed.")
        return
    left = unlocked.journal.measures.withdraw(found.id, who)
    unlocked.console.say(saying.WITHDRAWN, f"Readers now: {unlocked.readers(left.readers)}.")


def _delete(chosen: _Chosen) -> object:
    if not chosen.unlocked.console.yes("Delete these answers for good?"):
        chosen.unlocked.console.say("Nothing was deleted.")
        return None
    chosen.unlocked.journal.measures.delete(chosen.answers_id)
    chosen.unlocked.console.say(saying.DELETED)
    return CLOSE


def _ask(unlocked: Unlocked) -> None:
    console = unlocked.console
    measure = answering.pick_measure(console)
    if measure is None:
        return
    partner = answering.pick_partner(unlocked)
    day = console.ask_for(
        "By which day, as year, month, day? Enter for none:", lambda said: day_from(said) if said else None
    )
    console.say(saying.NOBODY_SEES_YET)
    line = console.ask("One line for them. Enter for none, back asks for nothing:")
    asked = unlocked.journal.measures.request(measure.id, partner.label, day, line)
    console.say(f"{saying.request_in_words(unlocked.journal, asked)}.")


def _asked(unlocked: Unlocked) -> None:
    for one in unlocked.journal.measures.requests():
        answered = " Answered." if one.answered else ""
        unlocked.console.say(f"{saying.request_in_words(unlocked.journal, one)}.{answered}")


def _marks(unlocked: Unlocked) -> None:
    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        return [
            Entry("", _mark_in_a_list(unlocked, one), partial(_contact, mark=one))
            for one in unlocked.journal.measures.marks()
        ]

    help_text = (
        "Each line is a mark of yours: answers whose safety item was marked. It stays until you say when and "
        "how you were in contact, and what came of it. Choose one to say so."
    )
    offer(unlocked.console, Menu("Marks", help_text, entries, nothing=saying.NO_MARKS), unlocked)


def _mark_in_a_list(unlocked: Unlocked, mark: SafetyMark) -> str:
    state = "Open: " if mark.is_open else "Closed: "
    contacts = "".join(f" Contact: {saying.contact_in_words(one)}" for one in mark.contacts)
    return f"{state}{saying.mark_in_words(unlocked.journal, mark)}.{contacts}"


def _contact(unlocked: Unlocked, mark: SafetyMark) -> None:
    console, journal = unlocked.console, unlocked.journal
    console.say(contacts.before(journal, mark))
    how = console.ask("How were you in contact? For example on the phone. Enter goes back:")
    if not how:
        return
    day = console.ask_for(
        "On which day, as year, month, day? Enter for today:",
        lambda said: past_day_from(said) if said else clock.today(),
    )
    hour = console.ask_for(
        "At what time, as hours and minutes? Enter for now:",
        lambda said: time_from(said) if said else clock.local(clock.now()).time(),
    )
    outcome = console.ask("What came of it?")
    when = clock.local(dt.datetime.combine(day, hour))
    about = None
    if journal.contacts.goes_into_record and journal.contacts.about(mark) is None:
        which = {f"about the {one} partner": one for one in (About.FIRST, About.SECOND)}
        about = pick(console, "In your record this is, by number:", which)
    after, said = contacts.write(journal, mark, when, how, outcome, about)
    console.say(f"Noted: {saying.contact_in_words(after.contacts[-1])}", said)


def _is_partner(unlocked: Unlocked) -> bool:
    return unlocked.journal.me.role is Role.PARTNER


def _is_therapist(unlocked: Unlocked) -> bool:
    return unlocked.journal.me.role.is_therapist


ENTRIES = (
    Entry[Unlocked](
        "answer", "Answer one for yourself, a question at a time.", answering.answer, _is_partner
    ),
    Entry[Unlocked]("enter", "Enter what a partner answered on paper.", answering.enter, _is_therapist),
    Entry[Unlocked]("read", "Hear the answers you can read.", _read),
    Entry[Unlocked]("ask", "Ask a partner for one.", _ask, _is_therapist),
    Entry[Unlocked](
        "asked",
        "Hear what is asked for.",
        _asked,
        lambda unlocked: bool(unlocked.journal.measures.requests()),
    ),
    Entry[Unlocked]("marks", "Your safety marks, and contact lines.", _marks, _is_therapist),
)
"""What can be done about measures."""

_OWN_ENTRIES = (
    Entry[_Chosen]("hear", "Hear them again.", _hear),
    Entry[_Chosen](
        "finish",
        "Answer what was left out.",
        lambda chosen: answering.finish(chosen.unlocked, chosen.found),
        lambda chosen: answering.may_finish(chosen.found),
    ),
    Entry[_Chosen]("share", "Let someone read them.", _share),
    Entry[_Chosen](
        "withdraw", "Stop sharing them with someone.", _withdraw, lambda chosen: len(chosen.found.readers) > 1
    ),
    Entry[_Chosen]("delete", "Delete them, for their readers too.", _delete),
)

_OWN = Menu[_Chosen](
    "These answers",
    "You wrote these answers down. You can say who reads them, or delete them.",
    lambda _: _OWN_ENTRIES,
)
