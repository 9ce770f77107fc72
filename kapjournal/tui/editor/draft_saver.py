"""Saving one page's draft into the journal, from whichever thread asks for it."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kapjournal.errors import NotFound

if TYPE_CHECKING:
    from kapjournal.domain.notes import Draft, Note
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class DraftSnapshot:
    """The page at one moment; a later moment has a higher number."""

    moment: int
    draft: "Draft"


class DraftSaver:
    """Saves snapshots of one page, never an older one over a newer, and none after the page is finished.

    Autosave runs in worker threads while a lock or a signal may save at the same time; the draft's id, which
    the first save gives, and the order are kept here under one lock.
    """

    def __init__(self, journal: "Journal", draft: "Draft") -> None:
        self._journal = journal
        self._id = draft.id
        self._saved_moment = 0
        self._finished = False
        self._lock = threading.Lock()

    @property
    def id(self) -> str:
        """The draft's id in the journal, empty before the first save."""
        return self._id

    def has(self, moment: int) -> bool:
        """Whether the words of that moment are in the journal, or need not be any more."""
        return self._finished or moment <= self._saved_moment

    def save(self, snapshot: DraftSnapshot) -> None:
        """Put the snapshot's words into the journal; returns when they are there."""
        with self._lock:
            if self.has(snapshot.moment):
                return
            self._id = self._journal.drafts.save(replace(snapshot.draft, id=self._id)).id
            self._saved_moment = snapshot.moment

    def finish(self, snapshot: DraftSnapshot) -> "Note":
        """Make the snapshot a version of its note."""
        with self._lock:
            note = self._journal.drafts.finish(replace(snapshot.draft, id=self._id))
            self._finished = True
            return note

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
                self._journal.drafts.discard(self._id)
        self._finished = True
