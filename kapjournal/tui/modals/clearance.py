"""A dialog at the dose pad: one person is cleared to leave, and their dosing record signed at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.forms import About
from kapjournal.domain.pad import PadDraft
from kapjournal.domain.signing import Signer
from kapjournal.presentation import pad as saying
from kapjournal.tui.modals.sign import SigningDialog
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal, OpenPad


class ClearanceModal(SigningDialog[str]):
    """Hands back a sentence when the record of one person on the pad is signed."""

    def __init__(
        self,
        journal: "Journal",
        opened: "OpenPad",
        pad: PadDraft,
        about: About,
        name: str,
        not_noted: Sequence[str],
    ) -> None:
        """What of the discharge list is `not_noted` is said, and no verdict on it."""
        super().__init__(journal)
        self._opened, self._pad, self._about = opened, pad, about
        self._called, self._not_noted = name, not_noted

    def on_unmount(self) -> None:
        """Forget the rows and the name."""
        first, second = self._pad.of_each
        self._pad = PadDraft(self._pad.case, self._pad.session, (first.without_words, second.without_words))
        self._called = ""

    def compose(self) -> ComposeResult:
        """Whose record it is, what is not noted in it, the two fields, and what signing does."""
        with VerticalScroll(classes="sheet", can_focus=False):
            yield Static(f"Sign the dosing record of {self._called}?", markup=False, classes="heading")
            yield Static(saying.not_noted(self._not_noted), markup=False)
            yield from self.compose_signer()
            yield Static(saying.CLEARING, markup=False, classes="aside")
            yield StatusLine()
            with Horizontal(classes="buttons"):
                yield Button("Sign", variant="primary", id="sign")
                yield Button("Not now", id="not-now")

    def on_mount(self) -> None:
        """Begin with the name."""
        self.query_one("#name").focus()

    def sign(self, signer: Signer) -> None:
        """Finish the record and sign it."""
        clearance, opened, pad, about = self._journal.clearance, self._opened, self._pad, self._about
        done = saying.cleared(self._called)
        self.run_once(
            "Signing…", lambda: clearance.sign(opened, pad, about, signer), lambda _: self.answer(done)
        )
