"""The versions of the member's own note: what changed in each, and using a wording again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.domain.notes import Note, NoteVersion, told_apart
from kapjournal.plain import phrasing, writing
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.differences import differences
from kapjournal.plain.menus import CLOSE, Entry, Menu, offer
from kapjournal.presentation import days
from kapjournal.text import shown_line


@dataclass(frozen=True, slots=True)
class ChosenVersion:
    """A version the author chose; `earlier` is the one before it, None for the first."""

    unlocked: Unlocked
    note: Note
    version: NoteVersion
    earlier: NoteVersion | None
    is_now: bool


def history(unlocked: Unlocked, note: Note) -> None:
    """Offer the versions, newest first; choosing one says what changed."""

    def entries(unlocked: Unlocked) -> list[Entry[Unlocked]]:
        versions = told_apart(unlocked.journal.notes.history(note.id))
        states = [
            ChosenVersion(unlocked, note, version, earlier, is_now=version is versions[-1])
            for version, earlier in zip(versions, [None, *versions], strict=False)
        ]
        return [Entry("", _in_a_list(chosen), _opening(chosen)) for chosen in reversed(states)]

    help_text = (
        "These are the versions of your note, the newest first. Only you can hear them: readers have the "
        "note as it is now. Choose one to hear what changed."
    )
    offer(unlocked.console, Menu("History", help_text, entries), unlocked)


def _in_a_list(chosen: ChosenVersion) -> str:
    saved = clock.local(chosen.version.saved)
    now = " As it is now." if chosen.is_now else ""
    readers = chosen.unlocked.readers(chosen.version.readers)
    return f"Version of {days.spoken(saved.date())}, {saved:%H:%M}. Readers: {readers}.{now}"


def _opening(chosen: ChosenVersion) -> Callable[[Unlocked], None]:
    return lambda _: _hear_changes(chosen)


def _hear_changes(chosen: ChosenVersion) -> None:
    if chosen.earlier is None:
        chosen.unlocked.console.say("As it was first written:")
        _hear(chosen)
    else:
        chosen.unlocked.console.say(
            "What changed from the version before:",
            *_changes(chosen.earlier, chosen.version, chosen.unlocked),
        )
    help_text = "You can hear the whole wording or, of an earlier one, put it into a draft."
    offer(chosen.unlocked.console, Menu("This version", help_text, lambda _: _ENTRIES), chosen)


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
    yield "Files", ", ".join(shown_line(file.name) for file in version.files) or "none"
    yield "Readers", unlocked.readers(version.readers)


def _hear(chosen: ChosenVersion) -> None:
    chosen.unlocked.console.text(phrasing.aloud(chosen.version.text.body))
    chosen.unlocked.console.say("End of this version.")


def _use_again(chosen: ChosenVersion) -> object:
    writing.use_again(chosen.unlocked, chosen.note, chosen.version.text)
    return CLOSE


_ENTRIES = (
    Entry[ChosenVersion]("hear", "Hear the whole wording.", _hear),
    Entry[ChosenVersion](
        "use again",
        "Use this wording again, as a draft.",
        _use_again,
        lambda chosen: not (chosen.is_now or chosen.note.is_signed),
    ),
)
