"""The practice will: what stands, and the three shares of a new one, each on a page of its own."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from kapjournal.domain.will import NO_WILL, Will
from kapjournal.presentation import recovery_words
from kapjournal.presentation import will as saying
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import NewWillRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.screens.recovery_words import NewRecoveryWordsScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal
    from kapjournal.tui.modals.new_will import NewWill


class WillScreen(JournalScreen):
    """Says what a will is and which one stands; makes, rehearses and revokes it."""

    NAME = "will"
    CSS_PATH = "will.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        f"{saying.WHAT}\n\n"
        "{make-will} makes one: three shares are shown, each on a page of its own, to be written down by "
        "hand. {rehearse-will} proves two of them: do it once a year, with your custodian, and you know that "
        "the papers are there and right. {revoke-will} lets all three open nothing any more. New keys do so, "
        "too."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._will: Will | None = None

    def compose(self) -> ComposeResult:
        """The sentences, and a button for each deed."""
        yield TopBar(self._journal.me.label)
        with VerticalScroll(id="body", can_focus=False), Center(), Vertical(classes="column"):
            yield Static("Your will", markup=False, classes="heading")
            yield SelfClearingText("", id="standing")
            yield Static(saying.WHAT, markup=False, classes="caption")
            yield Static(saying.KEEP_APART, markup=False, classes="caption")
            with Horizontal(classes="buttons"):
                yield Button("Make a will", variant="primary", id="make_will")
                yield Button("Rehearse", id="rehearse_will")
                yield Button("Revoke", id="revoke_will")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the first button."""
        self.query_one("#make_will").focus()

    def on_unmount(self) -> None:
        """Forget the custodian."""
        self._will = None

    def on_screen_resume(self) -> None:
        """Show what stands, again after something was done."""
        journal = self._journal

        def look() -> Will | None:
            journal.refresh()
            return journal.will.standing()

        background.run(self, look, self._show, self.say_error)

    def _show(self, will: Will | None) -> None:
        self._will = will
        self.query_one("#standing", SelfClearingText).update(saying.about(will))
        for deed in ("#rehearse_will", "#revoke_will"):
            self.query_one(deed).display = will is not None
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """What is done with a will needs one."""
        return NO_WILL if action in ("rehearse_will", "revoke_will") and self._will is None else ""

    @on(Button.Pressed)
    async def _do(self, event: Button.Pressed) -> None:
        await self.run_action(str(event.button.id))

    def action_make_will(self) -> None:
        """Ask for whom it is, then show the shares."""
        from kapjournal.tui.modals.new_will import NewWillModal  # noqa: PLC0415

        self.app.push_screen(NewWillModal(self._journal), self._show_shares)

    def _show_shares(self, will: "NewWill | None") -> None:
        if will is not None:
            self.shell.go_to(NewWillRoute(self._journal, will.shares, will.custodian, will.beside))

    def action_rehearse_will(self) -> None:
        """Ask for two shares."""
        from kapjournal.tui.modals.rehearse import RehearseModal  # noqa: PLC0415

        self.app.push_screen(RehearseModal(self._journal), self._say_done)

    def action_revoke_will(self) -> None:
        """Close the will, after a question."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        journal = self._journal

        def revoke() -> str:
            return saying.revoked(journal.will.revoke())

        def revoked(said: str) -> None:
            self._say_done(said)
            self.on_screen_resume()

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, revoke, revoked, self.say_error)

        self.app.push_screen(ConfirmModal("Revoke your will?", saying.REVOKING, "Revoke"), answered)


class NewWillScreen(NewRecoveryWordsScreen):
    """Shows one share after the other. The will is sealed once a word of the third is right, and not before:
    whoever goes back, is locked out or pulls the plug keeps the will they had."""

    NAME = "new-will"
    BINDINGS = actions.bindings(NAME)
    UNUSED = saying.LEFT
    PERHAPS = saying.PERHAPS
    LEFT = saying.LEFT
    NOT_SEALED = saying.NOT_SEALED
    HELP = (
        "Each page shows one share. Write it by hand on a paper of its own, and give one of its words back: "
        "then the next one is shown. Do not photograph them, and keep no two papers in one place.\n\n"
        f"{saying.OPENS}\n\n"
        "The will holds once a word of the third share is right. {back} leaves everything as it was, and so "
        "does a lock: then these shares open nothing, and those of a will before still do."
    )

    def __init__(self, journal: "Journal", shares: Sequence[str], custodian: str, beside: str) -> None:
        super().__init__(journal, shares[0])
        self._shares, self._number = list(shares), 1
        self._custodian, self._beside = custodian, beside

    @property
    def heading(self) -> str:
        """Which share this page shows."""
        return saying.heading(self._number)

    @property
    def why(self) -> str:
        """For whom it is, and what it opens."""
        return f"{saying.on_paper(self._number, self._custodian)} {saying.WRITE}"

    @property
    def question(self) -> str:
        """Which word of this share is asked back."""
        return saying.question(self._number, self._asked)

    def on_unmount(self) -> None:
        """Forget the shares; the words of the one that is shown are forgotten, too."""
        self._shares, self._custodian, self._beside = [], "", ""

    def sealing(self, journal: "Journal", words: str) -> Callable[[], str]:
        """Make the will."""
        shares, custodian, beside = tuple(self._shares), self._custodian, self._beside

        def make() -> str:
            had_one = journal.will.make(shares, custodian, beside)
            return saying.holds(custodian, had_one=had_one)

        return make

    async def _seal(self, journal: "Journal") -> None:
        if self._number == len(self._shares):
            await super()._seal(journal)
        elif self._shares:
            self._number += 1
            self._words = self._shares[self._number - 1].split()
            self._asked = recovery_words.choose_place(self._words)
            self.show_page()
