"""Drafts as a face takes them up again: which one changes a note, and whose interrupted page comes back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kapjournal import clock
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.notes import Draft, Note, draft_of
from kapjournal.domain.pad import PadDraft
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record
from kapjournal.domain.scribe import HandedPage, ScribePage

NOTE_BESIDE = "It was changed elsewhere meanwhile: that text is kept too, below this one."
UNFINISHED = (
    "There is an unfinished page of this note among your drafts. It was begun before this change: once it is "
    "done, both texts stand."
)
DRAFT_BESIDE = "Another program went on with the same draft: that page is kept too, among your drafts."

AnyDraft: TypeAlias = Draft | RecordDraft | PadDraft | MeasureDraft | ScribePage
"""What a page writes: of a note, of a record, of the records on a dose pad, of answers to a measure, or for
somebody else."""

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


def written_meanwhile(journal: "Journal", draft: Draft, note: Note) -> str:
    """What another program wrote while a draft was on its way to be this note, and where it stands now; empty
    if nothing was."""
    return meanwhile(draft, note, journal.drafts.all())


def meanwhile(
    draft: AnyDraft,
    written: Note | Record | list[Record] | AnsweredMeasure | HandedPage,
    left: Iterable[AnyDraft],
) -> str:
    """The same of a note, a record or several, or of answers; `left` are the drafts that there are still. Of
    a page that was handed over nothing is known."""
    if isinstance(written, HandedPage):
        return ""
    each = written if isinstance(written, list) else [written]
    said = [NOTE_BESIDE] if any(one.beside for one in each) else []
    if draft.id and any(one.id == draft.id for one in left):
        said.append(DRAFT_BESIDE)
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class PageOwner:
    """The author of an interrupted page and their journal: only there do its words come back."""

    path: Path
    author: MemberId

    @classmethod
    def of(cls, journal: "Journal") -> "PageOwner":
        """The member whose door is open."""
        return cls(journal.path, journal.me.id)
