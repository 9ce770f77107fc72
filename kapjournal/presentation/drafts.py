"""Which draft changes a note."""

from typing import TYPE_CHECKING

from kapjournal.domain.notes import Draft, Note, draft_of

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def draft_to_edit(journal: "Journal", note: Note) -> Draft:
    """The unfinished draft of a note or, without one, a new draft with its words."""
    unfinished = (draft for draft in journal.drafts.all() if draft.of == note.id)
    return next(unfinished, draft_of(note))
