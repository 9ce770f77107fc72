"""Saving one page's draft into the journal, from whichever thread asks for it."""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kapjournal.errors import NotFound
from kapjournal.presentation.drafts import PageOwner, meanwhile

if TYPE_CHECKING:
    from kapjournal.domain.answered_measures import AnsweredMeasure
    from kapjournal.domain.measure_drafts import MeasureDraft
    from kapjournal.domain.notes import Draft, Note
    from kapjournal.domain.pad import PadDraft
    from kapjournal.domain.record_drafts import RecordDraft
    from kapjournal.domain.records import Record
    from kapjournal.domain.reply_drafts import ReplyDraft
    from kapjournal.domain.scribe import HandedPage, ScribePage
    from kapjournal.domain.self_reports import Report, SelfReport, SelfReportDraft
    from kapjournal.domain.supervision_reply import Reply

D = TypeVar(
    "D", "Draft", "RecordDraft", "PadDraft", "MeasureDraft", "SelfReportDraft", "ScribePage", "ReplyDraft"
)
"""A draft of a note, of a record, of the records on a dose pad, of answers to a measure, of what a partner
reports of themselves, a page that is typed for somebody, or the answer to a write-up on the way."""


class DraftStore(Protocol[D]):
    """The use cases of one sort of drafts."""

    def all(self) -> Sequence[D]:
        """Every one of the member's."""

    def save(self, draft: D) -> D:
        """Seal one in the place of its state before; a new one gets an id."""

    def finish(
        self, draft: D
    ) -> "Note | Record | list[Record] | AnsweredMeasure | SelfReport[Report] | HandedPage | Reply":
        """Make one what it is on the way to be."""

    def discard(self, draft_id: str, saved: dt.datetime | None) -> None:
        """Delete one."""


@dataclass(frozen=True, slots=True)
class DraftSnapshot(Generic[D]):
    """The page at one moment; a later moment has a higher number."""

    moment: int
    draft: D


class DraftSaver(Generic[D]):
    """Saves snapshots of one page, never an older one over a newer, and none after the page is finished.

    Autosave runs in worker threads while a lock or a signal may save at the same time; the draft's id, which
    the first save gives, and the order are kept here under one lock. `owner` is whose page it is, in which
    journal.
    """

    KEEPS_UNSAVED = True
    """Whether words that could not be saved when the screen had to go wait in memory for who wrote them."""

    def __init__(self, owner: PageOwner, drafts: DraftStore[D], draft: D) -> None:
        self.owner = owner
        self._drafts: DraftStore[D] = drafts
        self._id = draft.id
        self._saved_at = draft.saved
        self._parted = False
        self._saved_moment = 0
        self._finished = False
        self._lock = threading.Lock()

    @property
    def id(self) -> str:
        """The draft's id in the journal, empty before the first save."""
        return self._id

    @property
    def has_parted(self) -> bool:
        """Whether another program went on with the same draft, so that this page is one of its own now."""
        return self._parted

    def placed(self, draft: D) -> D:
        """The draft as it stands in the journal: with its id, and the moment this page was saved."""
        return replace(draft, id=self._id, saved=self._saved_at)

    def has(self, moment: int) -> bool:
        """Whether the words of that moment are in the journal, or need not be any more."""
        return self._finished or moment <= self._saved_moment

    def save(self, snapshot: DraftSnapshot[D]) -> None:
        """Put the snapshot's words into the journal; returns when they are there."""
        with self._lock:
            if self.has(snapshot.moment):
                return
            kept = self._drafts.save(self.placed(snapshot.draft))
            self._parted = self._parted or self._id not in ("", kept.id)
            self._id, self._saved_at = kept.id, kept.saved
            self._saved_moment = snapshot.moment

    def let_go(self, snapshot: DraftSnapshot[D]) -> None:
        """Do what is due with the words when the screen has to go: save them."""
        self.save(snapshot)

    def finish(self, snapshot: DraftSnapshot[D]) -> str:
        """Make the snapshot a version of its note or record; returns what another program wrote meanwhile and
        what became of it, in a sentence, or nothing."""
        with self._lock:
            draft = self.placed(snapshot.draft)
            written = self._drafts.finish(draft)
            self._finished = True
            return meanwhile(draft, written, self._drafts.all())

    def use_up(self, deed: Callable[[], object]) -> None:
        """Do something with the words that gives them another place, then throw the draft away."""
        with self._lock:
            deed()
            self._throw_away()

    def discard(self) -> None:
        """Throw the draft away, in the journal too; another program may have done so before."""
        with self._lock:
            self._throw_away()

    def _throw_away(self) -> None:
        if self._id:
            with suppress(NotFound):
                self._drafts.discard(self._id, self._saved_at)
        self._finished = True
