"""Reading: the course by its stretches, a stretch by its notes, and one note, with what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.cli.plain import history, sayings, sharing, writing
from kapjournal.cli.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.cli.plain.seat import Seat
from kapjournal.cli.shapes import others_in_words
from kapjournal.domain import sentences
from kapjournal.domain.course import Stretch, in_sight, lay_out, to_come, where
from kapjournal.domain.notes import Note


def read(seat: Seat) -> None:
    """Where the couple is and what is planned, then the course, a stretch a line."""
    here = "This is the course: each session, and the days after it. Choose a stretch to hear its notes."
    sessions = seat.journal.sessions.all()
    ahead = to_come(sessions, seat.journal.sessions.planned)
    seat.talk.say(
        f"Today is in this stretch: {where(clock.today(), sessions).name}." if sessions else "",
        _planned(ahead) if ahead else "",
    )
    offer(seat.talk, Menu("The course", here, _stretches), seat)


def _planned(ahead: range) -> str:
    if len(ahead) == 1:
        return f"Session {ahead[0]} is planned and not in the course yet."
    return f"Sessions {ahead[0]} to {ahead[-1]} are planned and not in the course yet."


def _stretches(seat: Seat) -> list[Entry[Seat]]:
    seat.journal.refresh()
    sessions = seat.journal.sessions.all()
    laid = lay_out(seat.journal.notes.all(), sessions)
    return [
        Entry("", _stretch_in_words(stretch, laid[stretch.key]), _opening(stretch))
        for stretch in in_sight(laid, sessions, clock.today())
    ]


def _stretch_in_words(stretch: Stretch, notes: Sequence[Note]) -> str:
    session = stretch.session
    when = f", {session.kind.value}, {sayings.day(session.date)}" if session and not stretch.after else ""
    return f"{stretch.name}{when}.{'' if notes else ' Nothing is written here yet.'}"


def _opening(stretch: Stretch) -> Callable[[Seat], None]:
    def notes(seat: Seat) -> list[Note]:
        return lay_out(seat.journal.notes.all(), seat.journal.sessions.all()).get(stretch.key, [])

    return lambda seat: offer_notes(seat, stretch.name, notes)


def offer_notes(seat: Seat, title: str, notes: Callable[[Seat], Sequence[Note]]) -> None:
    """A list of notes, oldest day first; choosing one reads it."""

    def entries(seat: Seat) -> list[Entry[Seat]]:
        return [Entry("", sayings.in_a_list(seat, note), _reading(note)) for note in notes(seat)]

    here = "Each line is a note, with its day, its author and its readers. Choose one to hear it."
    offer(seat.talk, Menu(title, here, entries, nothing="Nothing is written here yet."), seat)


def _reading(note: Note) -> Callable[[Seat], None]:
    return lambda seat: read_note(seat, note.id)


def read_note(seat: Seat, note_id: str) -> None:
    """One note aloud, and what can be done with it."""
    at = At(seat, note_id)
    sayings.say_note(seat, at.note)
    if at.is_mine:
        offer(seat.talk, _OWN, at)


@dataclass(frozen=True, slots=True)
class At:
    """Somebody at one note, which is read anew each time it is asked for."""

    seat: Seat
    note_id: str

    @property
    def note(self) -> Note:
        """The note as it is now (`NotFound` if it is gone)."""
        return self.seat.journal.notes.get(self.note_id)

    @property
    def is_mine(self) -> bool:
        """Whether one wrote it."""
        return self.note.author == self.seat.journal.me.id


def _delete(at: At) -> object:
    talk = at.seat.talk
    talk.say(sentences.deleting(others_in_words(at.seat.journal, at.note)))
    if not talk.yes("Delete this note for good?"):
        talk.say("Nothing was deleted.")
        return None
    at.seat.journal.notes.delete(at.note_id)
    talk.say(sentences.DELETED)
    return CLOSE


_OWN_ENTRIES = (
    Entry[At]("hear", "Hear it again.", lambda at: sayings.say_note(at.seat, at.note)),
    Entry[At]("edit", "Change this note.", lambda at: writing.edit(at.seat, at.note)),
    Entry[At]("share", "Let someone read this note.", lambda at: sharing.share(at.seat, at.note)),
    Entry[At](
        "withdraw",
        "Stop sharing this note with someone.",
        lambda at: sharing.withdraw(at.seat, at.note),
        lambda at: not at.note.is_private,
    ),
    Entry[At](
        "history",
        "Go through the earlier versions of this note.",
        lambda at: history.history(at.seat, at.note),
    ),
    Entry[At]("delete", "Delete this note, for all its readers.", _delete),
)

_OWN = Menu[At](
    "This note",
    "This note is yours. You can change it, say who reads it, hear its history, or delete it.",
    lambda _: _OWN_ENTRIES,
)
