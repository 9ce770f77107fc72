"""A dialog that invites a person: a name and a role, then a code of six words that is shown once.

The words stand on the screen before anything is sealed: an invitation that exists was seen.
"""

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.members import Role
from kapjournal.presentation import sentences
from kapjournal.text import shown_line
from kapjournal.tui import background
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.passphrase_offer import generated_passphrase
from kapjournal.tui.widgets.person_fields import PersonFields
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


@dataclass(frozen=True, slots=True)
class KeyboardHandOver:
    """Whom to hand the keyboard to, with all the join form needs; without a `code` they join elsewhere."""

    name: str
    code: str = field(repr=False)


class InviteModal(Dialog[KeyboardHandOver], Form[KeyboardHandOver]):
    """Hands back whom to hand the keyboard to, or who joins elsewhere; None if no invitation was made."""

    CSS_PATH = ["dialog.tcss", "invite.tcss"]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal
        self._answer: KeyboardHandOver | None = None

    def compose(self) -> ComposeResult:
        """The question; the six words are mounted in its place."""
        with VerticalScroll(classes="sheet", can_focus=False), Vertical(id="asked"):
            yield Static("Invite somebody", markup=False, classes="heading")
            roles = self._journal.kind.roles
            first = Role.PARTNER if Role.PARTNER in roles else Role.THERAPIST
            yield PersonFields("Whom", "Their role", first, roles, missing="Say whom you invite.", id="name")
            yield Static(sentences.INVITING, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Invite", variant="primary", id="invite")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name").focus()

    def on_unmount(self) -> None:
        """Forget the code."""
        self._answer = None

    @on(Button.Pressed, "#invite")
    def _invite(self) -> None:
        if not self.is_complete:
            return
        journal = self._journal
        who = self.query_one(PersonFields)
        name, role = who.label, who.role

        def draw() -> KeyboardHandOver:
            return KeyboardHandOver(journal.members.check_can_invite(name, role), generated_passphrase())

        self.run_once("Making six words…", draw, partial(self._show_words, role))

    async def _show_words(self, role: Role, answer: KeyboardHandOver) -> None:
        name, words = shown_line(answer.name), answer.code.split()
        sheet = self.query_one(".sheet")
        with self.app.batch_update():  # a field that is gone cannot be painted
            await self.query_one("#asked").remove()
            await sheet.mount(
                Static(f"Six words for {name}", markup=False, classes="heading"),
                SelfClearingText("\n\n".join("   ".join(words[at : at + 3]) for at in (0, 3)), id="code"),
                Static(sentences.six_words(name), markup=False, classes="aside"),
                StatusLine(),
                Horizontal(
                    Button("Hand over the keyboard", variant="primary", id="hand-over"),
                    Button("They will join elsewhere", id="elsewhere"),
                    classes="buttons",
                    disabled=True,
                ),
            )
        self.call_after_refresh(self._seal, role, answer)

    def _seal(self, role: Role, answer: KeyboardHandOver) -> None:
        members, strength = self._journal.members, self.shell.strength

        def seal() -> str:
            try:
                members.invite(answer.name, role, code=answer.code, strength=strength)
            except Exception as error:  # noqa: BLE001 - whatever it was, the words that are shown open nothing
                return background.error_sentence(error)
            return ""

        self.run_once("Sealing the invitation…", seal, partial(self._sealed, answer))

    def _sealed(self, answer: KeyboardHandOver, error: str) -> None:
        self.query_one(".sheet > .buttons").disabled = False
        if error:
            self.query_one("#code", SelfClearingText).update("")
            self.query_one(".aside", Static).update("")
            self.query_one(".heading", Static).update("There is no invitation")
            self.query_one("#hand-over").display = False
            self.query_one("#elsewhere", Button).label = "Leave"
            self.say_error(error)
        else:
            self._answer = answer
            self.query_one(StatusLine).say("")
        self.query_one("#elsewhere" if error else "#hand-over").focus()

    @on(Button.Pressed, "#hand-over")
    def _hand_over(self) -> None:
        self.dismiss(self._answer)

    @on(Button.Pressed, "#elsewhere")
    def _elsewhere(self) -> None:
        self.dismiss(replace(self._answer, code="") if self._answer else None)
