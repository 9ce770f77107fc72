"""The versions of one's own note: what changed from each to the next, and using a wording again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kapjournal.domain.notes import Note, NoteVersion
from kapjournal.plain import phrasing, writing
from kapjournal.plain.conversation import Unlocked
from kapjournal.plain.differences import differences
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.presentation import days
from kapjournal.text import shown_line


@dataclass(frozen=True, slots=True)
class At:
    """Somebody at one version of their note; `earlier` is the one before it, None for the first."""

    unlocked: Unlocked
    note: Note
    version: NoteVersion
    earlier: NoteVersion | None
    is_now: bool


def history(unlocked: Unlocked, note: Note) -> None:
    """The versions, newest first; choosing one says what changed."""

    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        versions = unlocked.journal.history(note.id)
        states = [
            At(unlocked, note, version, earlier, is_now=version is versions[-1])
            for version, earlier in zip(versions, [None, *versions], strict=False)
        ]
        return [Entry("", _in_a_list(at), _opening(at)) for at in reversed(states)]

    here = (
        "These are the versions of your note, the newest first. Only you can hear them: readers have the "
        "note as it is now. Choose one to hear what changed."
    )
    offer(unlocked.console, Menu("History", here, entries), unlocked)


def _in_a_list(at: At) -> str:
    saved = at.version.saved.astimezone()
    now = " As it is now." if at.is_now else ""
    readers = at.unlocked.readers(at.version.readers)
    return f"Version of {days.spoken(saved.date())}, {saved:%H:%M}. Readers: {readers}.{now}"


def _opening(at: At) -> Callable[[Unlocked], None]:
    return lambda _: _hear_changes(at)


def _hear_changes(at: At) -> None:
    if at.earlier is None:
        at.unlocked.console.say("As it was first written:")
        _hear(at)
    else:
        at.unlocked.console.say(
            "What changed from the version before:", *_changes(at.earlier, at.version, at.unlocked)
        )
    here = "You can hear the whole wording or, of an earlier one, put it into a draft."
    offer(at.unlocked.console, Menu("This version", here, lambda _: _ENTRIES), at)


def _changes(earlier: NoteVersion, version: NoteVersion, unlocked: Unlocked) -> Sequence[str]:
    facts = zip(_facts(earlier, unlocked), _facts(version, unlocked), strict=True)
    said = [f"{name}: {old} became {new}." for (name, old), (_, new) in facts if old != new]
    said += differences(earlier.text.body, version.text.body)
    return said or ["The words are the same."]


def _facts(version: NoteVersion, unlocked: Unlocked) -> Iterator[tuple[str, str]]:
    text = version.text
    yield "Title", shown_line(text.title) or "none"
    yield "Kind", text.kind.value
    yield "Day", days.spoken(text.date)
    yield "Session", f"{text.session.number}" if text.session else "none"
    yield "Tags", ", ".join(text.tags) or "none"
    yield "Readers", unlocked.readers(version.readers)


def _hear(at: At) -> None:
    at.unlocked.console.text(phrasing.aloud(at.version.text.body))
    at.unlocked.console.say("End of this version.")


def _use_again(at: At) -> object:
    writing.use_again(at.unlocked, at.note, at.version.text)
    return CLOSE


_ENTRIES = (
    Entry[At]("hear", "Hear the whole wording.", _hear),
    Entry[At]("use again", "Use this wording again, as a draft.", _use_again, lambda at: not at.is_now),
)
