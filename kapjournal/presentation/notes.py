"""What stands beside a note: what its kind is for, where in the course it hangs, whether it is in doubt."""

from collections.abc import Iterable, Mapping

from kapjournal.domain.course import where
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.sessions import Session
from kapjournal.presentation import days
from kapjournal.presentation.authorising import MAY_BE_USED
from kapjournal.presentation.readers import listed
from kapjournal.presentation.sentences import (
    IN_DOUBT,
    NEW_MARK,
    SIGNED_MARK,
    TWO_TEXTS,
    TWO_TEXTS_MARK,
    WAITS_MARK,
)
from kapjournal.text import shown_line

KIND_IN_WORDS: Mapping[NoteKind, str] = {
    NoteKind.CAPTURE: "fragments, in the first hours",
    NoteKind.REFLECT: "going back to them, a day or three later",
    NoteKind.WEAVE: "what it means for the week after",
    NoteKind.CYCLE: "the loop the two of you fall into",
    NoteKind.WITNESS: "a disagreement, as a kind third sees it",
    NoteKind.APPRECIATION: "something you noticed in your partner",
    NoteKind.GRATITUDE: "particulars to be thankful for",
    NoteKind.BODY: "what your body says",
    NoteKind.VALUES: "how you want to be",
    NoteKind.PARTS: "the parts of you that speak up",
    NoteKind.INTENTION: "what you bring to a session",
    NoteKind.PRACTICE: "one small thing to do this week, and when",
    NoteKind.DECISION: "what feels sure now, to look at later",
    NoteKind.LETTER: "a letter that opens on a day you choose",
    NoteKind.DIALOGUE: "a talk of the two of you, step by step",
    NoteKind.PAGE: "anything",
    NoteKind.OBSERVATION: "what you saw in the session",
}
"""What each kind is for, where the author chooses one."""


def place(note_text: NoteText, number: int | None, sessions: Iterable[Session]) -> str:
    """Where in the course: “Session 3” if it is named or of that day, “after session 3”, or nothing."""
    if number is not None:
        return f"Session {number}"
    stretch = where(note_text.date, sorted(sessions, key=lambda s: s.order))
    if stretch.session is None:
        return ""
    return f"{'after session' if stretch.after else 'Session'} {stretch.session.number}"


def marks(note: Note, *, in_doubt: bool, is_new: bool, waits: bool = False) -> list[str]:
    """What a list says of how a note stands, in a word or two each; nothing as a rule."""
    said = {
        IN_DOUBT: in_doubt,
        TWO_TEXTS_MARK: bool(note.beside),
        SIGNED_MARK: note.is_signed,
        NEW_MARK: is_new,
        WAITS_MARK: waits,
    }
    return [mark for mark, true in said.items() if true]


def arrived(names: Iterable[str]) -> str:
    """That something came while the member looks on, by the names of its authors."""
    return f"New here, from {listed([shown_line(name) for name in names])}."


def about(
    note: Note,
    label: str,
    sessions: Iterable[Session],
    *,
    in_doubt: bool,
    typed_by: str = "",
    may_be_used: bool = False,
) -> str:
    """One line on a note for above its words: day, kind, place in the course, tags, and the `label` of its
    author if that is another member. `typed_by` says who typed it for its author; it `may_be_used` for
    supervision if its author said so."""
    parts = [
        days.short(note.text.date, year=True),
        note.text.kind.capitalize(),
        place(note.text, note.session, sessions),
        f"by {shown_line(label)}" if label else "",
        typed_by,
        IN_DOUBT if in_doubt else "",
        TWO_TEXTS if note.beside else "",
        SIGNED_MARK if note.is_signed else "",
        MAY_BE_USED if may_be_used else "",
        " ".join("#" + shown_line(tag) for tag in note.text.tags),
    ]
    return " · ".join(part for part in parts if part)
