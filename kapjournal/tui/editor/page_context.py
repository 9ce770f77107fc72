"""What a page has to know of the journal: the sessions, and the note that its draft changes or adds to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.domain.notes import Draft, Note
from kapjournal.domain.sessions import Session
from kapjournal.errors import NotFound
from kapjournal.presentation.signing import PAGE_ADDS
from kapjournal.tui.editor.autosave import count

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class PageContext:
    """`note` is None for a new note, and for one that was deleted meanwhile, and `name` is how lists call it;
    `words` says how many there are, `is_kept` whether the journal has the draft."""

    sessions: list[Session]
    note: Note | None
    name: str
    words: int
    is_kept: bool

    @property
    def adds_to(self) -> str:
        """The id of the signed note to which the words will be added; empty if there is none."""
        return self.note.id if self.note is not None and self.note.is_signed else ""

    @property
    def sentence(self) -> str:
        """What is said of the page before anything is changed on it."""
        if self.adds_to:
            return PAGE_ADDS
        return "A draft, where you left it." if self.is_kept else ""


def read_context(journal: "Journal", draft: Draft) -> PageContext:
    """Read it; the screen does so in a thread."""
    try:
        note = journal.notes.get(draft.of) if draft.of else None
    except NotFound:
        note = None
    words = count(draft.text.body)
    name = note.text.name if note else ""
    return PageContext(
        journal.sessions.all(), note.without_words if note else None, name, words, bool(draft.id)
    )
