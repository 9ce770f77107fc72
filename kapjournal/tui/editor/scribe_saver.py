"""Saving a page that is typed for somebody: sealed to them as it grows, handed over when the screen goes."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot

if TYPE_CHECKING:
    from kapjournal.domain.scribe import HandedPage, ScribePage
    from kapjournal.journal import Journal


class ScribeSaver(DraftSaver["ScribePage"]):
    """Saves a page that its typist does not come back to: whatever takes the screen away hands it over."""

    KEEPS_UNSAVED = False

    def __init__(self, journal: "Journal", page: "ScribePage") -> None:
        super().__init__(PageOwner.of(journal), _Handing(journal), page)

    def let_go(self, snapshot: "DraftSnapshot[ScribePage]") -> None:
        """Hand the page over, unless that is done or there is nothing on it."""
        with self._lock:
            if self._finished:
                return
        if snapshot.draft.words.strip():
            self.finish(snapshot)
        else:
            self.discard()


class _Handing:
    """The use cases of a scribe, as those of drafts that nobody takes up again."""

    def __init__(self, journal: "Journal") -> None:
        self._scribe = journal.scribe

    def all(self) -> "Sequence[ScribePage]":
        return ()

    def save(self, page: "ScribePage", /) -> "ScribePage":
        return self._scribe.save(page)

    def finish(self, page: "ScribePage", /) -> "HandedPage":
        return self._scribe.hand_over(page)

    def discard(self, page_id: str, saved: dt.datetime | None, /) -> None:
        self._scribe.discard(page_id)
