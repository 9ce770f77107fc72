"""A dialogue of the two, a step at a time: the program says what comes next, and they speak."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.dialogue import OTHER_WAYS, Dialogue, OtherWay, Step
from kapjournal.domain.dialogue_page import (
    FIELDS,
    HOW_OFTEN,
    REQUEST,
    TOPIC,
    UNTIL,
    WHEN,
    KeptPage,
    usual_day,
)
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint
from kapjournal.domain.parsing import time_from
from kapjournal.errors import KapjournalError
from kapjournal.plain.console import Back, Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer, pick
from kapjournal.plain.second_door import both_doors
from kapjournal.presentation import dialogue as saying
from kapjournal.presentation import kept_dialogues as kept

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_HELP = (
    "Press Enter to go on, once the two of you have spoken. Before goes back a step. Typed lets you type "
    "what you would say; nothing does anything with it. Back stops, and then nothing is kept."
)

_OF_A_REQUEST = (WHEN, HOW_OFTEN, UNTIL)
_PATIENCE = 6
"""So many times as long as elsewhere it takes without a line before it locks: people speak."""


class _Stopped(Exception):
    """The two stopped, or put it off."""


@dataclass(slots=True)
class _Spoken:
    """The two while they speak: their doors, where they are, and what they want to keep."""

    console: Console
    doors: "tuple[Journal, Journal]"
    dialogue: Dialogue
    page: KeptPage = field(default_factory=KeptPage)
    again: Joint | None = None

    @property
    def labels(self) -> dict[MemberId, str]:
        """What the two are called."""
        return {door.me.id: door.me.label for door in self.doors}

    def go(self, dialogue: Dialogue) -> None:
        """Go to a step, and keep which it is."""
        self.dialogue = dialogue
        if self.again is None:
            saying.go_on(self.doors, dialogue)


def dialogue(unlocked: Unlocked) -> None:
    """Say what is due, and offer to begin and to read."""
    unlocked.console.say(*kept.reminders(unlocked.journal), saying.why_not(unlocked.journal))
    help_text = (
        "Here the two of you speak with each other, a step at a time, and read what you kept. "
        f"{saying.NOBODY_SEES}"
    )
    offer(unlocked.console, Menu(saying.TITLE, help_text, lambda _: ENTRIES), unlocked)


def say_reminders(unlocked: Unlocked) -> None:
    """Say that a request has come back, that they wanted to speak, or stopped on the way."""
    said = kept.reminders(unlocked.journal)
    unlocked.console.say(*said, "Choose dialogue for that." if said else "")


def is_offered(unlocked: Unlocked) -> bool:
    """Whether dialogues are anything for this member: a partner, or a therapist."""
    return unlocked.journal.me.role.is_of_the_course


def _may_begin(unlocked: Unlocked) -> bool:
    return not saying.why_not(unlocked.journal)


def _begin(unlocked: Unlocked) -> None:
    """Ask for the other door, and lead through the steps."""
    saying.check_may_begin(unlocked.journal)
    with both_doors(unlocked) as doors:
        begun = saying.begun(doors)
        unlocked.console.say(saying.GOES_ON if begun.step is not Step.TOPIC else "")
        _run(_Spoken(unlocked.console, doors, begun))


def _again(unlocked: Unlocked) -> None:
    """Look at a request together: it is approved anew with another day, or let go."""
    saying.check_may_begin(unlocked.journal)
    found = {kept.request_in_words(one): one for one in kept.due_requests(unlocked.journal)}
    chosen = pick(unlocked.console, "Which request?", found)
    with both_doors(unlocked) as doors:
        begun = kept.again(doors, chosen)
        _run(_Spoken(unlocked.console, doors, begun, kept.page_of(chosen), chosen))


def _read(unlocked: Unlocked) -> None:
    journal = unlocked.journal
    found = kept.kept(journal)
    entries = [Entry[Unlocked]("", ", ".join(kept.row(one)), _reader(one)) for one in found]
    menu = Menu[Unlocked]("Which dialogue", "Choose one by its number.", lambda _: entries, kept.NONE_YET)
    offer(unlocked.console, menu, unlocked)


def _reader(one: Joint) -> Callable[[Unlocked], None]:
    def read(unlocked: Unlocked) -> None:
        unlocked.console.say(*kept.lines(one, kept.second_of(unlocked.journal, one)))

    return read


ENTRIES = (
    Entry[Unlocked]("begin", "Begin a dialogue of the two, or go on with it.", _begin, _may_begin),
    Entry[Unlocked](
        "look again",
        "Look together at a request that came back.",
        _again,
        lambda unlocked: _may_begin(unlocked) and bool(kept.due_requests(unlocked.journal)),
    ),
    Entry[Unlocked]("read kept", "Read what you kept of your dialogues.", _read),
)


# --- the steps ------------------------------------------------------------------------------------------


def _run(spoken: _Spoken) -> None:
    try:
        with spoken.console.locking_later(_PATIENCE):
            _until_over(spoken)
    except _Stopped:
        return
    _say_step(spoken)


def _until_over(spoken: _Spoken) -> None:
    while not spoken.dialogue.is_over:
        try:
            _STEPS.get(spoken.dialogue.step, _step)(spoken)
        except Back:
            if spoken.console.yes(f"{saying.LEAVE} {saying.NOTHING_STAYS}"):
                if spoken.again is None:
                    saying.let_go(spoken.doors)
                spoken.console.say(saying.NOTHING_KEPT)
                raise _Stopped from None


def _say_step(spoken: _Spoken, approver: MemberId | None = None) -> None:
    there, labels = spoken.dialogue, spoken.labels
    prompt = saying.prompt_of(there, labels, spoken.page.line(TOPIC), approver)
    spoken.console.say(f"{saying.turn_of(there, labels, approver)}. {prompt.large}", *prompt.lines)


def _step(spoken: _Spoken) -> None:
    """Say a step, and wait until they have spoken."""
    _say_step(spoken)
    there = spoken.dialogue
    way = OTHER_WAYS.get(there.step)
    ways = f"Enter: {saying.WAYS[way][0]}. Other: {saying.WAYS[way][1]}." if way else "Enter goes on."
    match spoken.console.ask(f"{ways} Your answer:", _HELP).casefold():
        case "before":
            spoken.go(there.back())
        case "typed" | "type it":
            spoken.go(replace(there, typed=not there.typed))
            spoken.console.say(saying.TYPED if spoken.dialogue.typed else saying.SPOKEN)
        case "other" | "o" if way is OtherWay.LATER:
            _put_off(spoken)
        case "other" | "o" if way is not None:
            spoken.go(there.by_the_other_way())
        case "":
            spoken.go(there.on())
        case _ if there.may_be_typed:
            spoken.go(there.on())
        case _:
            spoken.console.say("Press Enter to go on, or type help.")


def _topic(spoken: _Spoken) -> None:
    _say_step(spoken)
    topic = spoken.console.ask("About:", _HELP)
    if topic:
        spoken.page = replace(spoken.page, lines=((TOPIC, topic),))
    spoken.go(spoken.dialogue.on())


def _put_off(spoken: _Spoken) -> None:
    hour = spoken.console.ask_for("At what hour, within a day? HH:MM:", time_from)
    spoken.console.say(saying.put_off(spoken.doors, spoken.dialogue, hour))
    raise _Stopped


def _keep(spoken: _Spoken) -> None:
    """Ask for the lines of the page; Enter leaves what stands."""
    _say_step(spoken)
    typed: dict[str, str] = {}
    for name in FIELDS:
        if name in _OF_A_REQUEST and not typed[REQUEST]:
            typed[name] = ""
            continue
        now = spoken.page.line(name) or (usual_day(clock.today()).isoformat() if name == UNTIL else "")
        caption = saying.caption(name, spoken.dialogue, spoken.labels)
        beside = f" (Enter for “{now}”, a minus for nothing)" if now else ""
        answer = spoken.console.ask(f"{caption}{beside}:", "One line, or Enter.")
        typed[name] = "" if answer == "-" else answer or now
    try:
        spoken.page = spoken.page.filled(typed, clock.today())
    except KapjournalError as error:
        spoken.console.say(str(error))
        return
    spoken.go(spoken.dialogue.on())


def _approve(spoken: _Spoken) -> None:
    """Ask each of the two; with the yes of both the page is kept."""
    console, there = spoken.console, spoken.dialogue
    who = spoken.page.waits_for((there.first, there.second)) or there.second
    lines = saying.lines_of(spoken.page, there, spoken.labels)
    readers = saying.FOR_THERAPISTS if spoken.page.for_therapists else saying.NOT_FOR_THERAPISTS
    _say_step(spoken, who)
    console.say(*(line for _, line in lines), f"{readers}.")
    question = f"{spoken.labels[who]}: yes, change, leave out, or therapists?"
    match console.ask(question, "Therapists changes whether they read it, too.").casefold():
        case "yes" | "y":
            _say_yes(spoken, who)
        case "change":
            spoken.go(there.back())
        case "therapists":
            spoken.page = spoken.page.read_by_therapists(not spoken.page.for_therapists)
        case "leave out":
            out = pick(console, "Which line?", {line: field for field, line in lines})
            left = spoken.page.without(out)
            if not left.lines:
                spoken.go(there.back())
            spoken.page = left


def _say_yes(spoken: _Spoken, who: MemberId) -> None:
    approved = spoken.page.approved_by(who)
    if approved.waits_for((spoken.dialogue.first, spoken.dialogue.second)) is not None:
        spoken.page = approved
        return
    try:
        said = saying.keep(spoken.doors, spoken.dialogue, approved, spoken.again)
    except KapjournalError as error:
        spoken.console.say(str(error), saying.NOTHING_KEPT)
        raise _Stopped from None
    spoken.console.say(said)
    spoken.dialogue = replace(spoken.dialogue, step=Step.THANKS)


_STEPS: dict[Step, Callable[[_Spoken], None]] = {
    Step.TOPIC: _topic,
    Step.KEEP: _keep,
    Step.APPROVE: _approve,
}
"""The steps at which something is typed."""
