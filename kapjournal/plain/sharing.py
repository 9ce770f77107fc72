"""Sharing a note and stopping that: with whom, what it means, and whether the author means it."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from kapjournal import config
from kapjournal.domain.audience import resolve
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.domain.waiting import AT_ONCE, When
from kapjournal.errors import Refused
from kapjournal.plain import phrasing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import sentences, talking
from kapjournal.presentation import waiting as saying
from kapjournal.presentation.crisis_notice import crisis_notice
from kapjournal.presentation.people import with_role
from kapjournal.presentation.sharing import beside, may_ask_to_talk

_TALK = "Yes shares it. Talk shares nothing: your therapist sees only that you ask to talk."
_WHO = "Answer with numbers or names, commas between them, or all for both partners and the therapists."


def share(unlocked: Unlocked, note: Note) -> None:
    """Let others read the member's own note from now on; on the day of a dose, the partner from the next."""
    _share(unlocked, note, lambda: AT_ONCE)


def share_later(unlocked: Unlocked, note: Note) -> None:
    """Let the member's own note wait for others."""
    _share(unlocked, note, lambda: _when(unlocked))


def _share(unlocked: Unlocked, note: Note, ask_when: Callable[[], When]) -> None:
    others = [member for member in unlocked.others if member.id not in note.readers]
    if not others:
        raise Refused("There is nobody else to share it with.")
    journal, console = unlocked.journal, unlocked.console
    chosen = choose(unlocked, "Who may read it? Enter for nobody:", others)
    when = ask_when() if chosen else AT_ONCE
    waits = saying.before_sharing(journal, chosen, when, note.opens)
    if not chosen or not is_meant(unlocked, chosen | note.readers, waits):
        console.say("Nothing was shared.")
        return
    shared = journal.notes.share(note.id, _labels(unlocked, chosen), when)
    if journal.waiting.of(shared).holds:
        console.say(*saying.after_sharing(journal, shared), "Choose waiting in the main menu to send it now.")
    else:
        console.say(f"It is shared. Readers now: {phrasing.readers(unlocked, shared)}.")


def _when(unlocked: Unlocked) -> When:
    journal = unlocked.journal
    later = saying.choices_of_when(journal.waiting.pause_until(), journal.offers.to_me())
    choice = pick(unlocked.console, "When may they read it?", {words: one for one, words in later.items()})
    if choice == saying.BOTH_FIRST:
        return unlocked.console.ask_for(f"{saying.ABOUT}. Enter for none:", partial(saying.when_of, choice))
    if choice != saying.ON_A_DAY:
        return saying.when_of(choice)
    question = "From which day on, as YYYY-MM-DD? You can add an hour, as HH:MM:"

    def read(typed: str) -> When:
        when = saying.when_of(choice, typed)
        journal.waiting.would_wait((), when)
        return when

    return unlocked.console.ask_for(question, read)


def withdraw(unlocked: Unlocked, note: Note) -> None:
    """Stop sharing the member's own note with others."""
    readers = [
        m for m in unlocked.journal.members.all() if m.id in note.readers and m.id != unlocked.journal.me.id
    ]
    unlocked.console.say("Others who can read it:", *_numbered(readers))
    answer = unlocked.console.ask("Who should no longer read it? Enter for nobody:", _WHO)
    unlocked.console.say(sentences.WITHDRAWING if answer else "")
    if answer and unlocked.console.yes("Stop sharing?"):
        left = unlocked.journal.notes.withdraw(note.id, _by_number(answer, readers))
        now = phrasing.readers(unlocked, left)
        unlocked.console.say(sentences.WITHDRAWN, f"Readers now: {now}.")
    else:
        unlocked.console.say("Nothing was changed.")


def choose(unlocked: Unlocked, question: str, others: list[Member]) -> frozenset[MemberId]:
    """Ask which of the `others` are meant, perhaps none."""
    if not others:
        raise Refused("There is nobody else in this journal.")
    unlocked.console.say("The others here:", *_numbered(others))

    def read(answer: str) -> frozenset[MemberId]:
        if not answer:
            return frozenset()
        return resolve(_by_number(answer, others), unlocked.journal.members.all(), unlocked.journal.me.id)

    return unlocked.console.ask_for(question, read, _WHO)


def is_meant(unlocked: Unlocked, readers: Collection[MemberId], waits: Sequence[str] = ()) -> bool:
    """Whether the author wants these readers, knowing what it means and for whom it `waits`, in sentences;
    for no other reader nothing is asked."""
    if not any(member.id in readers for member in unlocked.others):
        return True
    unlocked.console.say(f"Then these can read it: {unlocked.readers(readers)}.", *waits, sentences.SHARING)
    journal, country = unlocked.journal, config.load().settings.country
    members, said = journal.members.all(), journal.policies.current()
    unlocked.console.say(*beside(said, readers, members, journal.me, country))
    if not may_ask_to_talk(journal, readers):
        return unlocked.console.yes("Share it so?")
    answer = unlocked.console.ask(
        "Share it so? Type yes, no, or talk to ask to talk without saying what:", _TALK
    )
    if answer.casefold() == "talk":
        ask_to_talk(unlocked)
    return answer.casefold() in ("y", "yes")


def ask_to_talk(unlocked: Unlocked) -> None:
    """Let the therapists see that the member asks to talk, and nothing else."""
    journal = unlocked.journal
    unlocked.console.say(talking.what_it_does(journal))
    if unlocked.console.yes("Ask to talk?"):
        journal.talking.ask()
        unlocked.console.say(talking.asked(journal))


def say_not_monitored(unlocked: Unlocked, readers: Collection[MemberId]) -> None:
    """Say the crisis notice, if a reader is a therapist."""
    unlocked.console.say(crisis_notice(unlocked.journal, readers))


def _labels(unlocked: Unlocked, ids: Collection[MemberId]) -> str:
    return ", ".join(member.label for member in unlocked.others if member.id in ids)


def _numbered(members: list[Member]) -> list[str]:
    return [f"{number}. {with_role(member)}" for number, member in enumerate(members, 1)]


def _by_number(answer: str, members: list[Member]) -> str:
    """An answer with labels in place of its numbers."""
    known = {str(number): member.label for number, member in enumerate(members, 1)}
    return ", ".join(known.get(word.strip(), word.strip()) for word in answer.split(","))
