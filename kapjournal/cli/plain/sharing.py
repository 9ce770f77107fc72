"""Letting others read a note, and no longer: who, what that means, and whether it is meant."""

from collections.abc import Collection

from kapjournal import config
from kapjournal.cli.plain import sayings
from kapjournal.cli.plain.seat import Seat
from kapjournal.content.crisis import not_monitored
from kapjournal.domain import sentences
from kapjournal.domain.audience import reaches_therapist, resolve
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.errors import Refused

_WHO = "Answer with numbers or names, commas between them, or all for both partners and the therapists."


def share(seat: Seat, note: Note) -> None:
    """Let someone read one's own note from now on."""
    others = [member for member in seat.others if member.id not in note.readers]
    if not others:
        raise Refused("There is nobody else to share it with.")
    chosen = choose(seat, "Who may read it? Enter for nobody:", others)
    if chosen and is_meant(seat, chosen | note.readers):
        shared = seat.journal.notes.share(note.id, _labels(seat, chosen))
        seat.talk.say(f"It is shared. Readers now: {sayings.readers(seat, shared)}.")
    else:
        seat.talk.say("Nothing was shared.")


def withdraw(seat: Seat, note: Note) -> None:
    """Stop sharing one's own note with someone."""
    readers = [m for m in seat.journal.members.all() if m.id in note.readers and m.id != seat.journal.me.id]
    seat.talk.say("Others who can read it:", *_numbered(readers))
    answer = seat.talk.ask("Who should no longer read it? Enter for nobody:", _WHO)
    seat.talk.say(sentences.WITHDRAWING if answer else "")
    if answer and seat.talk.yes("Stop sharing?"):
        left = seat.journal.notes.withdraw(note.id, _by_number(answer, readers))
        now = sayings.readers(seat, left)
        seat.talk.say(sentences.WITHDRAWN, f"Readers now: {now}.")
    else:
        seat.talk.say("Nothing was changed.")


def choose(seat: Seat, question: str, others: list[Member]) -> frozenset[MemberId]:
    """Whom somebody names of `others`, perhaps nobody."""
    if not others:
        raise Refused("There is nobody else in this journal.")
    seat.talk.say("The others here:", *_numbered(others))

    def read(answer: str) -> frozenset[MemberId]:
        if not answer:
            return frozenset()
        return resolve(_by_number(answer, others), seat.journal.members.all(), seat.journal.me.id)

    return seat.talk.ask_for(question, read, _WHO)


def is_meant(seat: Seat, readers: Collection[MemberId]) -> bool:
    """Whether somebody wants these readers, knowing what it means; for oneself alone nothing is asked."""
    if not any(member.id in readers for member in seat.others):
        return True
    seat.talk.say(f"Then these can read it: {seat.readers(readers)}.", sentences.SHARING)
    say_not_monitored(seat, readers)
    return seat.talk.yes("Share it so?")


def say_not_monitored(seat: Seat, readers: Collection[MemberId]) -> None:
    """Beside what goes to a therapist: that nobody is watching, and whom to call."""
    if reaches_therapist(readers, seat.journal.members.all(), seat.journal.me.id):
        seat.talk.say(not_monitored(config.load().settings.country))


def _labels(seat: Seat, ids: Collection[MemberId]) -> str:
    return ", ".join(member.label for member in seat.others if member.id in ids)


def _numbered(members: list[Member]) -> list[str]:
    return [f"{number}. {m.label}, {m.role.value}" for number, m in enumerate(members, 1)]


def _by_number(answer: str, members: list[Member]) -> str:
    """The same with labels in place of numbers."""
    known = {str(number): member.label for number, member in enumerate(members, 1)}
    return ", ".join(known.get(word.strip(), word.strip()) for word in answer.split(","))
