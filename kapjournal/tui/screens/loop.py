"""The loop: both halves one field after another, once both are released, and how it stands before."""

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content

from kapjournal.domain.cycle import CAN_READ_IT, NO_HALF, NOT_JOINED
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.presentation import cycle_view as saying
from kapjournal.presentation import steps
from kapjournal.presentation.cycle import RELEASE, RELEASED, LoopView
from kapjournal.presentation.people import partners
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import ReaderRoute, in_steps
from kapjournal.tui.rendering.cycle import loop_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.domain.notes import Note
    from kapjournal.journal import Journal


class LoopScreen(JournalScreen):
    """Shows what the member can read of it. It is the same page for both partners."""

    NAME = "loop"
    CSS_PATH = "loop.tcss"
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (14, "-high")]  # noqa: RUF012 - Textual's form
    HELP = (
        "This is the loop that the two partners fall into. Each writes their half alone: {write-half} begins "
        "one, a field at a time, and {open-half} opens it. {release-half} releases it: it is kept closed to "
        "the other until both are released, and then both stand here, one field after another, the same for "
        "both.\n\n"
        "A therapist sees the halves here once both partners have shared theirs with them. Under the halves "
        "stand times it went otherwise, a day and a line each; {otherwise} writes one down, for those who "
        "read both halves."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._view: LoopView | None = None

    def compose(self) -> ComposeResult:
        """What it is called, the halves, and how it stands."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield SelfClearingText(id="heading")
            yield RenderedText()
            yield SelfClearingText(id="state")
        yield StatusLine()
        yield KeyFooter()

    def on_screen_resume(self) -> None:
        """Read it, again after something was done."""
        self._read()

    def _read(self) -> None:
        background.run(self, partial(saying.read_loop, self._journal), self._show, self.say_error)

    def on_unmount(self) -> None:
        """Forget it."""
        self._view = None

    def _show(self, view: LoopView) -> None:
        self._view = view
        heading = Content.assemble((view.title, "bold $primary"), "\n", (view.readers, "$text-muted"))
        self.query_one("#heading", SelfClearingText).update(heading)
        page = self.query_one(RenderedText)
        page.show_blocks(loop_page(view))
        page.display = view.is_joined
        state = self.query_one("#state", SelfClearingText)
        keys = "{open-half} opens your half, {otherwise} writes down a time it went otherwise."
        is_mine = view.is_joined and self._journal.me.role is Role.PARTNER
        said = [*view.state, *([self.shell.with_keys(keys)] if is_mine else [])]
        state.update("\n\n".join(said))
        state.display = bool(said)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the partners what is theirs to do."""
        is_theirs = action in ("write_half", "open_half", "release", "otherwise")
        if is_theirs and self._journal.me.role is not Role.PARTNER:
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Only what is written is released, and only under both halves is a line put."""
        view = self._view
        if view is None:
            return ""
        if action == "otherwise" and not view.is_joined:
            return NOT_JOINED
        if action in ("open_half", "release") and view.own is None:
            return f"{NO_HALF} Press {{write-half}} for that."
        both = {member.id for member in partners(self._journal)}
        if action == "release" and view.own is not None and both <= view.own.readers:
            return CAN_READ_IT
        return ""

    def action_write_half(self) -> None:
        """Write a half, a field at a time."""
        self.shell.go_to(in_steps(self._journal, steps.begin(self._journal, NoteKind.CYCLE)))

    def action_open_half(self) -> None:
        """Open the member's half as a note."""
        if self._view is not None and self._view.own is not None:
            self.shell.go_to(ReaderRoute(self._journal, self._view.own))

    def action_release(self) -> None:
        """Ask, then offer the half, or answer the partner's with it."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, self._journal.cycle.release, released, self.say_error)

        def released(_: "Note") -> None:
            self._read()
            self.say(RELEASED)

        meaning = saying.what_releasing_does(self._journal)
        self.app.push_screen(ConfirmModal(RELEASE, meaning, "Release it", "Not now"), answered)

    def action_otherwise(self) -> None:
        """Ask for a day and a line."""
        journal, country = self._journal, self.shell.settings.country

        def ask(readers: list[str]) -> None:
            from kapjournal.tui.modals.otherwise import OtherwiseModal  # noqa: PLC0415

            self.app.push_screen(OtherwiseModal(journal, readers), self._say_done)

        background.run(self, partial(saying.who_reads_a_line, journal, country), ask, self.say_error)
