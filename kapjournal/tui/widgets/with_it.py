"""What goes with the words on a page: one line above them, and the crisis line under them."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widgets import Static

from kapjournal.content.crisis import not_monitored
from kapjournal.domain.audience import reaches_therapist
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import NoteText
from kapjournal.domain.sessions import Session
from kapjournal.text import shown_line
from kapjournal.tui import words

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.tui.app import KapApp


class WithIt(Static):
    """Readers, kind, day, place in the course, tags."""

    DEFAULT_CSS = "WithIt { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def show(
        self, journal: "Journal", text: NoteText, readers: Collection[MemberId], sessions: Iterable[Session]
    ) -> None:
        """Say it for the draft as it is now."""
        symbol, said = words.readers(readers, journal.members.all(), journal.me.id)
        parts = [
            text.kind.capitalize(),
            words.day(text.date),
            words.place(text, text.session.number if text.session else None, sessions),
            " ".join("#" + shown_line(tag) for tag in text.tags),
        ]
        rest = " · " + " · ".join(part for part in parts if part)
        self.update(Content.assemble((f"{symbol} {said}", words.tone(symbol)), (rest, "$text-muted")))


class NotMonitored(Static):
    """Its place is kept while it says nothing, so that the page does not move."""

    DEFAULT_CSS = "NotMonitored { height: auto; min-height: 1; padding: 0 1; color: $warning; }"

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def show(self, journal: "Journal", readers: Collection[MemberId]) -> None:
        """Say whom to call, if a therapist is among the readers."""
        country = cast("KapApp", self.app).settings.country
        reaches = reaches_therapist(readers, journal.members.all(), journal.me.id)
        self.update(not_monitored(country) if reaches else "")
