"""The line above the words of a page, with what goes with them."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from kapjournal.domain.notes import NoteText
from kapjournal.domain.sessions import Session
from kapjournal.presentation import days, notes
from kapjournal.text import shown_line
from kapjournal.tui.rendering import readers_line


class NoteMeta(Static):
    """One line with readers, kind, day, when it opens, place in the course and tags."""

    DEFAULT_CSS = "NoteMeta { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        super().__init__("", markup=False)

    def show(
        self,
        text: NoteText,
        readers: tuple[str, str],
        sessions: Iterable[Session],
        adds: str = "",
        opens: str = "",
    ) -> None:
        """Show what goes with a draft now; its `readers` are a symbol and words. Words that are added to what
        is signed have no kind, day, place or tags: what such a page `adds` is said instead."""
        symbol, said = readers
        parts = (
            [adds]
            if adds
            else [
                text.kind.capitalize(),
                days.short(text.date),
                opens,
                notes.place(text, text.session.number if text.session else None, sessions),
                " ".join("#" + shown_line(tag) for tag in text.tags),
            ]
        )
        rest = " · " + " · ".join(part for part in parts if part)
        self.update(Content.assemble((f"{symbol} {said}", readers_line.tone(symbol)), (rest, "$text-muted")))
