"""Drafts as a face takes them up again: which one changes a note, and whose interrupted page comes back."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Draft, Note, draft_of

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def draft_to_edit(journal: "Journal", note: Note) -> Draft:
    """The unfinished draft of a note or, without one, a new draft with its words."""
    unfinished = (draft for draft in journal.drafts.all() if draft.of == note.id)
    return next(unfinished, draft_of(note))


def draft_to_add(journal: "Journal", note: Note) -> Draft:
    """The unfinished page of what is to be added to a signed note or, without one, an empty page for it."""
    unfinished = (draft for draft in journal.drafts.all() if draft.of == note.id)
    return next(unfinished, draft_of(note, replace(note.text, body="", date=clock.today())))


@dataclass(frozen=True, slots=True)
class PageOwner:
    """The author of an interrupted page and their journal: only there do its words come back."""

    path: Path
    author: MemberId

    @classmethod
    def of(cls, journal: "Journal") -> "PageOwner":
        """The member whose door is open."""
        return cls(journal.path, journal.me.id)
