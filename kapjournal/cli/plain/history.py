"""The versions of one's own note: what changed from each to the next, and using a wording again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kapjournal.cli.plain import sayings, writing
from kapjournal.cli.plain.differences import differences
from kapjournal.cli.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.cli.plain.seat import Seat
from kapjournal.domain.notes import Note, NoteVersion
from kapjournal.text import shown_line


@dataclass(frozen=True, slots=True)
class At:
    """Somebody at one version of their note; `earlier` is the one before it, None for the first."""

    seat: Seat
    note: Note
    version: NoteVersion
    earlier: NoteVersion | None
    is_now: bool


def history(seat: Seat, note: Note) -> None:
    """The versions, newest first; choosing one says what changed."""

    def entries(seat: Seat) -> list[Entry[Seat]]:
        versions = seat.journal.notes.history(note.id)
        states = [
            At(seat, note, version, earlier, is_now=version is versions[-1])
            for version, earlier in zip(versions, [None, *versions], strict=False)
        ]
        return [Entry("", _in_a_list(at), _opening(at)) for at in reversed(states)]

    here = (
        "These are the versions of your note, the newest first. Only you can hear them: readers have the "
        "note as it is now. Choose one to hear what changed."
    )
    offer(seat.talk, Menu("History", here, entries), seat)


def _in_a_list(at: At) -> str:
    saved = at.version.saved.astimezone()
    now = " As it is now." if at.is_now else ""
    readers = at.seat.readers(at.version.readers)
    return f"Version of {sayings.day(saved.date())}, {saved:%H:%M}. Readers: {readers}.{now}"


def _opening(at: At) -> Callable[[Seat], None]:
    return lambda _: _hear_changes(at)


def _hear_changes(at: At) -> None:
    if at.earlier is None:
        at.seat.talk.say("As it was first written:")
        _hear(at)
    else:
        at.seat.talk.say("What changed from the version before:", *_changes(at.earlier, at.version, at.seat))
    here = "You can hear the whole wording or, of an earlier one, put it into a draft."
    offer(at.seat.talk, Menu("This version", here, lambda _: _ENTRIES), at)


def _changes(earlier: NoteVersion, version: NoteVersion, seat: Seat) -> Sequence[str]:
    facts = zip(_facts(earlier, seat), _facts(version, seat), strict=True)
    said = [f"{name}: {old} became {new}." for (name, old), (_, new) in facts if old != new]
    said += differences(earlier.text.body, version.text.body)
    return said or ["The words are the same."]


def _facts(version: NoteVersion, seat: Seat) -> Iterator[tuple[str, str]]:
    text = version.text
    yield "Title", shown_line(text.title) or "none"
    yield "Kind", text.kind.value
    yield "Day", sayings.day(text.date)
    yield "Session", f"{text.session.number}" if text.session else "none"
    yield "Tags", ", ".join(text.tags) or "none"
    yield "Readers", seat.readers(version.readers)


def _hear(at: At) -> None:
    at.seat.talk.text(sayings.aloud(at.version.text.body))
    at.seat.talk.say("End of this version.")


def _use_again(at: At) -> object:
    writing.use_again(at.seat, at.note, at.version.text)
    return CLOSE


_ENTRIES = (
    Entry[At]("hear", "Hear the whole wording.", _hear),
    Entry[At]("use again", "Use this wording again, as a draft.", _use_again, lambda at: not at.is_now),
)
