"""What a page has to know of the journal: the sessions, and what its draft changes or adds to."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Draft, Note, NoteText
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.domain.sessions import Session
from kapjournal.errors import NotFound
from kapjournal.presentation import records
from kapjournal.presentation.intentions import Threads, read_threads
from kapjournal.presentation.signing import PAGE_ADDS
from kapjournal.tui.editor.autosave import count

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class PageContext:
    """`changes` is whether there is something that the draft changes or adds to, `readers` who will read it,
    `name` how lists call it, and `adds_to` its id where it is signed; all empty for a new note, and for one
    that is gone meanwhile. `threads` are the intentions the member can read; None in a practice. `words` says
    how many there are, `is_kept` whether the journal has the draft."""

    sessions: list[Session]
    words: int
    is_kept: bool
    changes: bool = False
    readers: frozenset[MemberId] = frozenset()
    name: str = ""
    adds_to: str = ""
    threads: Threads | None = None
    note: Note | None = None
    own_prompts: OwnPrompts = field(default_factory=OwnPrompts)

    def intention(self, text: NoteText) -> str:
        """The intention that stands above the page, whose text may be about another day by now."""
        return self.threads.above_draft(text, self.note) if self.threads and not self.adds_to else ""

    @property
    def sentence(self) -> str:
        """What is said of the page before anything is changed on it."""
        if self.adds_to:
            return PAGE_ADDS
        return "A draft, where you left it." if self.is_kept else ""


def read_context(journal: "Journal", draft: Draft) -> PageContext:
    """Read it; the screen does so in a thread."""
    sessions, words, is_kept = journal.sessions.all(), count(draft.text.body), bool(draft.id)
    try:
        if draft.of and journal.is_practice:
            record = journal.records.get(draft.of)
            name = records.name_of(record.text, journal.couples.of(record.case))
            return PageContext(sessions, words, is_kept, True, record.readers, name, record.id)
        threads = None if journal.is_practice else read_threads(journal)
        own = journal.own_prompts.all()
        if draft.of:
            note = journal.notes.get(draft.of)
            adds_to = note.id if note.is_signed else ""
            readers = note.readers_of_a_save
            name = note.text.name
            return PageContext(sessions, words, is_kept, True, readers, name, adds_to, threads, note, own)
    except NotFound:
        pass
    return PageContext(sessions, words, is_kept, threads=threads, own_prompts=own)
