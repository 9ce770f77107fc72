"""Drafts as a face takes them up again: which one changes a note, and whose interrupted page comes back."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kapjournal import clock
from kapjournal.domain.answered_measures import AnsweredMeasure
from kapjournal.domain.ids import MemberId
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.notes import Draft, Note, NoteText, draft_of
from kapjournal.domain.pad import PadDraft
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.scribe import HandedPage, ScribePage
from kapjournal.domain.self_reports import Report, SelfReport, SelfReportDraft
from kapjournal.domain.supervision_reply import Reply
from kapjournal.errors import NotFound
from kapjournal.presentation.signing import addition

NOTE_BESIDE = "It was changed elsewhere meanwhile: that text is kept too, below this one."
UNFINISHED = (
    "There is an unfinished page of this note among your drafts. It was begun before this change: once it is "
    "done, both texts stand."
)
GOES_ON = "You began this before and did not finish it. It goes on where you stopped."
DRAFT_BESIDE = "Another program went on with the same draft: that page is kept too, among your drafts."

AnyDraft: TypeAlias = (
    Draft | RecordDraft | PadDraft | MeasureDraft | SelfReportDraft | ScribePage | ReplyDraft
)
"""What a page writes: of a note, of a record, of the records on a dose pad, of answers to a measure, of a
check-in or an after-effects card, for somebody else, or of what was answered to a write-up."""

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def draft_to_edit(journal: "Journal", note: Note) -> Draft:
    """The unfinished draft of a note or, without one, a new draft with what stands now: it may have been
    shared since it was read (`NotFound`)."""
    unfinished = (draft for draft in journal.drafts.all() if draft.of == note.id)
    return next(unfinished, None) or draft_of(journal.notes.get(note.id))


def draft_to_use_again(journal: "Journal", note: Note, wording: NoteText) -> Draft:
    """A new draft of a note with an earlier wording of it, for those who read the note now. What was written
    since the note was read is kept beside it (`NotFound`)."""
    now = journal.notes.get(note.id)
    seen = now if (now.text, now.beside) == (note.text, note.beside) else note
    text = replace(seen.text, body=wording.body, title=wording.title)
    return replace(draft_of(seen, text), readers=now.readers_of_a_save)


def draft_to_add(journal: "Journal", note: Note) -> Draft:
    """The unfinished page of what is to be added to a signed note or, without one, an empty page for it
    (`NotFound`)."""
    unfinished = (draft for draft in journal.drafts.all() if draft.of == note.id)
    if (draft := next(unfinished, None)) is not None:
        return draft
    now = journal.notes.get(note.id)
    return draft_of(now, replace(now.text, body="", date=clock.today()))


def added_to(journal: "Journal", draft: Draft) -> Note | None:
    """The signed note to which the words of a draft are to be added; None for every other draft."""
    with suppress(NotFound):
        note = journal.notes.get(draft.of) if draft.of else None
        return note if note is not None and note.is_signed else None
    return None


def addition_of(journal: "Journal", draft: Draft) -> str:
    """What lists call a draft whose words are to be added to a signed note; empty for every other."""
    note = added_to(journal, draft)
    return addition(note.text.name) if note is not None else ""


def name_of(journal: "Journal", draft: Draft) -> str:
    """What lists call a draft."""
    return addition_of(journal, draft) or draft.text.name


def written_meanwhile(journal: "Journal", draft: Draft, note: Note) -> str:
    """What another program wrote while a draft was on its way to be this note, and where it stands now; empty
    if nothing was."""
    return meanwhile(draft, note, journal.drafts.all())


def meanwhile(
    draft: AnyDraft,
    written: Note | Record | list[Record] | AnsweredMeasure | SelfReport[Report] | HandedPage | Reply,
    left: Iterable[AnyDraft],
) -> str:
    """The same of a note, a record or several, or of answers; `left` are the drafts that there are still. Of
    a page that was handed over nothing is known."""
    if isinstance(written, HandedPage):
        return ""
    each = written if isinstance(written, list) else [written]
    changed = (one.beside for one in each if not isinstance(one, SelfReport | Reply))
    said = [NOTE_BESIDE] if any(changed) else []
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
