"""A dialog in which the other partner opens their own door, at the same keyboard."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.members import Member, Role
from kapjournal.errors import JournalLocked
from kapjournal.presentation import second_door as saying
from kapjournal.text import shown_line
from kapjournal.tui import background
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.tui.navigation.base_screen import BaseScreen

Doors = Sequence["Journal"]
"""The open doors of the two partners; that of the one who was there first is first."""


class SecondDoorModal(FieldsDialog["Journal"]):
    """Hands back the journal of the other partner, open through their own door. The program locks it with the
    first; whoever asked for it closes it once what the two do together is over."""

    HELP = (
        "Here somebody else opens their own door beside yours. What you type is not shown, and opens nothing "
        "of the other's. Neither of you sees the other's pages.\n\n{back} leaves it closed."
    )

    def __init__(self, journal: "Journal", member: Member) -> None:
        super().__init__(journal)
        self._member = member

    def compose(self) -> ComposeResult:
        """Whose passphrase is asked for, and what it opens."""
        with VerticalScroll(classes="sheet", can_focus=False):
            who = shown_line(self._member.label)
            yield Static(saying.TURN_THE_KEYBOARD.format(second=who), markup=False, classes="heading")
            yield Static(
                saying.asks_for_passphrase(self._journal, self._member.label), markup=False, classes="aside"
            )
            yield Field(placeholder=f"Passphrase of {who}", password=True, missing="Type your passphrase.")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Open", variant="primary", id="do")
                yield Button("Not now", id="leave")

    def filled_in(self) -> None:
        """Open the door, in a thread: that takes a moment on purpose."""
        field = self.query_one(Field)
        passphrase, field.value = field.value, ""
        first, member, shell = self._journal, self._member, self.shell

        def work() -> "Journal":
            from kapjournal.journal import open_second_door  # noqa: PLC0415

            with shell.opening_lock:
                opened = open_second_door(first, member, passphrase, shell.record_folder)
                if not shell.stand_beside(first, opened):
                    raise JournalLocked
            return opened

        self.run_once("Opening…", work, self._opened)

    def _opened(self, opened: "Journal") -> None:
        self.dismiss(opened)


def open_doors(screen: "BaseScreen[None]", journal: "Journal", then: Callable[[Doors], None]) -> None:
    """Ask whoever of the two is not there yet to open their door beside `journal`, and go on with both; if
    one does not, none is left open."""
    opened = [journal] if journal.me.role is Role.PARTNER else []

    def ask(waiting: Sequence[Member]) -> None:
        if waiting:
            modal = SecondDoorModal(journal, waiting[0])
            screen.app.push_screen(modal, partial(answered, waiting[1:]))
        else:
            then(tuple(opened))

    def answered(waiting: Sequence[Member], door: "Journal | None") -> None:
        if door is None:
            screen.shell.close_beside()
        else:
            opened.append(door)
            ask(waiting)

    def who_is_beside() -> Sequence[Member]:
        from kapjournal.journal import beside  # noqa: PLC0415

        return beside(journal)

    background.run(screen, who_is_beside, ask, screen.say_error)
