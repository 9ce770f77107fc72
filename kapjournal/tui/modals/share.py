"""Letting somebody read a note: who, and what it means."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from kapjournal.domain.members import Member
from kapjournal.domain.notes import Note
from kapjournal.text import shown_line
from kapjournal.tui import background, words
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NOT_MONITORED = "This journal is not monitored. In an emergency, call your local emergency number."


def choices(members: tuple[Member, ...], me: bytes) -> list[Member]:
    """Those one can share with."""
    return [member for member in members if member.id != me and not member.removed]


class ShareModal(Dialog[str]):
    """Hands back a sentence when the note has been shared."""

    def __init__(self, journal: "Journal", note: Note) -> None:
        super().__init__()
        self._journal = journal
        self._note = note
        self._others = [m for m in choices(journal.members, journal.me.id) if m.id not in note.readers]

    def compose(self) -> ComposeResult:
        """People to tick, the readers that will make, one sentence of consequence."""
        with Vertical(classes="sheet"):
            yield Static("Let someone read this", markup=False, classes="heading")
            yield Static(f"“{words.title(self._note.text)}”", markup=False)
            if self._others:
                yield Ticks(
                    *((Content(f"{shown_line(m.label)}, {m.role.value}"), m.label) for m in self._others),
                    classes="gap",
                )
            yield Static("", markup=False, id="after", classes="gap")
            yield Static("", markup=False, id="consequence", classes="said")
            yield Static("", markup=False, id="trouble", classes="trouble")
            with Horizontal(classes="buttons"):
                yield Button("Share", variant="primary", id="share", disabled=True)
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Nobody is ticked."""
        self.query_one("#trouble").display = False
        self._ticked()

    @property
    def _chosen(self) -> list[Member]:
        if not self._others:
            return []
        labels = self.query_one(Ticks).selected
        return [member for member in self._others if member.label in labels]

    @on(Ticks.SelectedChanged)
    def _ticked(self) -> None:
        me, chosen = self._journal.me.id, self._chosen
        readers = self._note.readers | {member.id for member in chosen}
        symbol, said = words.readers(readers, self._journal.members, me)
        prefix = "Then these can read it: " if chosen else "Now: "
        if not self._others:
            prefix = "There is nobody else to share it with. Now: "
        self.query_one("#after", Static).update(
            Content.assemble(prefix, (f"{symbol} {said}", words.tone(symbol)))
        )
        consequence = [
            "They see this note and every later version. You can stop that; what was read stays read."
        ]
        if any(member.role.is_therapist for member in chosen):
            consequence.append(NOT_MONITORED)
        self.query_one("#consequence", Static).update("\n".join(consequence) if chosen else "")
        self.query_one("#share", Button).disabled = not chosen

    @on(Button.Pressed, "#not-now")
    def _not_now(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#share")
    def _share(self) -> None:
        journal, note_id = self._journal, self._note.id
        who = ", ".join(member.label for member in self._chosen)
        self.query_one("#share", Button).disabled = True
        background.run(self, lambda: journal.share(note_id, who), self._shared, self._refused)

    def _shared(self, note: Note) -> None:
        _, said = words.readers(note.readers, self._journal.members, self._journal.me.id)
        self.dismiss(f"{said} can read it now.")

    def _refused(self, sentence: str) -> None:
        trouble = self.query_one("#trouble", Static)
        trouble.update(shown_line(sentence))
        trouble.display = True
        self._ticked()
