"""Reading: the course by its stretches, a stretch by its notes, and one note, with what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kapjournal.cli.plain import sayings, sharing, writing
from kapjournal.cli.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.cli.plain.seat import Seat
from kapjournal.domain.course import Stretch, lay_out, stretches
from kapjournal.domain.notes import Note


def read(seat: Seat) -> None:
    """The course, a stretch a line."""
    here = "This is the course: each session, and the days after it. Choose a stretch to hear its notes."
    offer(seat.talk, Menu("The course", here, _stretches), seat)


def _stretches(seat: Seat) -> list[Entry[Seat]]:
    seat.journal.refresh()
    sessions = seat.journal.sessions()
    laid = lay_out(seat.journal.notes(), sessions)
    return [
        Entry("", _stretch_in_words(stretch, laid[stretch.key]), _opening(stretch))
        for stretch in stretches(sessions)
    ]


def _stretch_in_words(stretch: Stretch, notes: Sequence[Note]) -> str:
    session = stretch.session
    when = f", {session.kind.value}, {sayings.day(session.date)}" if session and not stretch.after else ""
    return f"{stretch.name}{when}.{'' if notes else ' Nothing is written here yet.'}"


def _opening(stretch: Stretch) -> Callable[[Seat], None]:
    def notes(seat: Seat) -> list[Note]:
        return lay_out(seat.journal.notes(), seat.journal.sessions()).get(stretch.key, [])

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
        return self.seat.journal.note(self.note_id)

    @property
    def is_mine(self) -> bool:
        """Whether one wrote it."""
        return self.note.author == self.seat.journal.me.id


def _delete(at: At) -> object:
    talk = at.seat.talk
    talk.say("It is deleted for all its readers, with its history. They may have read it already.")
    if not talk.yes("Delete this note for good?"):
        talk.say("Nothing was deleted.")
        return None
    at.seat.journal.delete_note(at.note_id)
    talk.say("The note is deleted. Older copies of the file may still hold it.")
    return CLOSE


def _history(at: At) -> None:
    """The wordings of one's own note, oldest first; choosing one reads it."""
    versions = at.seat.journal.history(at.note_id)

    def entries(at: At) -> list[Entry[At]]:
        return [
            Entry(
                "",
                f"Version of {sayings.day(version.saved.astimezone().date())}, "
                f"{version.saved.astimezone():%H:%M}. Readers: {at.seat.readers(version.readers)}.",
                _wording(version.text.body),
            )
            for version in versions
        ]

    here = "These are the wordings of your note, oldest first. The earlier ones are yours alone."
    offer(at.seat.talk, Menu("History", here, entries), at)


def _wording(body: str) -> Callable[[At], None]:
    def hear(at: At) -> None:
        at.seat.talk.text(body)
        at.seat.talk.say("End of this version.")

    return hear


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
    Entry[At]("history", "Go through the earlier versions of this note.", _history),
    Entry[At]("delete", "Delete this note, for all its readers.", _delete),
)

_OWN = Menu[At](
    "This note",
    "This note is yours. You can change it, say who reads it, hear its history, or delete it.",
    lambda _: _OWN_ENTRIES,
)
