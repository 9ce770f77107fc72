"""A dialog in which a therapist writes down what a couple chose; to everybody else it is a page to read."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.parsing import time_from
from kapjournal.domain.policy import Policy, SecretsPolicy
from kapjournal.errors import KapjournalError
from kapjournal.presentation import policy as saying
from kapjournal.tui.modals.dialog import Dialog
from kapjournal.tui.modals.help import TextModal
from kapjournal.tui.navigation.form import Form
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_CHOICES: tuple[SecretsPolicy | None, ...] = (*SecretsPolicy, None)


def policy_page(journal: "Journal") -> TextModal:
    """What the couple chose, to read."""
    return TextModal("What you two chose", "\n".join(saying.lines(journal)))


class PolicyModal(Dialog[str], Form[str]):
    """Hands back a sentence when it was written down."""

    HELP = (
        "Here stands what the couple chose of words that one of them says to you alone. Both partners read "
        "it, and see it in a sentence whenever they let you read something that the other does not. The hour "
        "is when the pause after a dose ends on the next day.\n\n"
        f"{saying.IN_THE_ROOM}: {saying.WHAT_IN_THE_ROOM_DOES[:1].lower()}{saying.WHAT_IN_THE_ROOM_DOES[1:]} "
        "Nothing says why.\n\n"
        "What an intake in your practice says is chosen already where nothing was written down here. {back} "
        "leaves it as it was."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__()
        self._journal = journal
        self._now = journal.policies.current()
        self._first = self._now.secrets if self._now.written else journal.policies.suggested()

    def compose(self) -> ComposeResult:
        """Four policies, an hour, two buttons."""
        with VerticalScroll(classes="sheet"):
            yield Static("What the two chose of secrets", markup=False, classes="heading")
            yield OptionList(
                *(Option(saying.name_of(one).capitalize()) for one in _CHOICES), classes="choices"
            )
            yield Static("The pause after a dose ends at, on the next day", markup=False, classes="caption")
            yield Field(f"{self._now.hour:%H:%M}", placeholder="HH:MM", missing="Say the hour.", id="hour")
            room = (Content(saying.IN_THE_ROOM), saying.IN_THE_ROOM, self._now.dialogue_in_the_room)
            yield Checklist(room, id="in-the-room")
            yield Static(" ".join(saying.lines(self._journal)), markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Write it down", variant="primary", id="write")
                yield Button("Not now", id="leave")

    def on_mount(self) -> None:
        """Begin with what stands."""
        rows = self.query_one(OptionList)
        rows.highlighted = _CHOICES.index(self._first)
        rows.focus()

    @on(OptionList.OptionSelected)
    def _on_to_the_hour(self) -> None:
        self.query_one("#hour").focus()

    @on(Button.Pressed, "#write")
    def _write(self) -> None:
        if not self.is_complete:
            return
        try:
            with self.reading("hour"):
                hour = time_from(self.query_one("#hour", Field).value.strip())
        except KapjournalError as error:
            self.say_error(str(error))
            return
        secrets = _CHOICES[self.query_one(OptionList).highlighted or 0]
        in_the_room = bool(self.query_one(Checklist).selected)
        write = partial(self._journal.policies.write, secrets, hour, dialogue_in_the_room=in_the_room)
        self.run_once("Writing…", write, self._written)

    def _written(self, policy: Policy) -> None:
        room = " Dialogue is kept for the room." if policy.dialogue_in_the_room else ""
        self.dismiss(f"Written down: {saying.name_of(policy.secrets)}.{room} Both partners read it.")
