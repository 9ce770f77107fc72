"""One screen in the minutes before a session: on a couple, and to a partner their own."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Center, Vertical

from kapjournal.domain.couples import Couple
from kapjournal.domain.departures import Departure
from kapjournal.domain.supervision_reply import Act
from kapjournal.presentation import brief as saying
from kapjournal.presentation import supervision_brief
from kapjournal.presentation.brief import Brief
from kapjournal.presentation.brief_view import read_brief
from kapjournal.presentation.own_brief import read_own_brief
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import SavePageRoute
from kapjournal.tui.rendering.brief import brief_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class PageBeforeASession(JournalScreen):
    """Shows it; nothing is changed by reading it."""

    CSS_PATH = "brief.tcss"
    AUTO_FOCUS = "RenderedText"

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._brief: Brief | None = None

    def read(self) -> Callable[[], Brief]:
        """What reads it, in a thread."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The page."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Center(), Vertical(id="note"):
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read it."""
        self.say("Reading…")
        background.run(self, self.read(), self._show, self.say_error)

    def on_unmount(self) -> None:
        """Forget what was read."""
        self._brief = None

    def _show(self, brief: Brief) -> None:
        self._brief = brief
        self.say("")
        self._draw()

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self._draw()

    def _draw(self) -> None:
        if self._brief is not None:
            page = self.query_one(RenderedText)
            page.show_blocks(brief_page(self._brief, page.size.width - 1, page.size.height), stays=True)

    def action_save_page(self) -> None:
        """Go to the form that saves the page."""
        if self._brief is not None:
            text = "\n".join(saying.lines(self._brief)) + "\n"
            self.shell.go_to(SavePageRoute(self._journal, text, "brief.txt"))


class BriefScreen(PageBeforeASession):
    """What a therapist needs of a couple."""

    NAME = "brief"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is what you need before a session: open safety marks, what each marked to bring, in their own "
        "words (of who marked nothing, what they wrote to you since the last one), their intentions, what "
        "was agreed, effects of the last dose, measures that changed beyond chance, what was agreed in "
        "supervision, the last plan, and what is not signed. A section with nothing in it is left out.\n\n"
        "Of what was agreed in supervision it is asked, once, what came of it: {happened} lets you say so, "
        "before its day too. Their journal is opened for it and closed again. {save-page} saves "
        "the page to a file, to print it: there it is not sealed."
    )

    def __init__(self, journal: "Journal", couple: Couple, theirs: "Journal | None" = None) -> None:
        """Of a couple of the practice `journal`; `theirs` is their journal where it is open."""
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._read = partial(read_brief, journal, couple, theirs)

    def on_unmount(self) -> None:
        """Forget the couple."""
        self._couple = None
        del self._read

    def read(self) -> Callable[[], Brief]:
        """What reads it."""
        return self._read

    def _show(self, brief: Brief) -> None:
        super()._show(brief)
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """Why an action cannot be done now."""
        is_asked = self._brief is not None and supervision_brief.is_open(self._brief)
        return supervision_brief.NOTHING_OPEN if action == "happened" and not is_asked else ""

    def action_happened(self) -> None:
        """Ask what came of something that was agreed, or whether what left was destroyed."""
        if (couple := self._couple) is not None:
            journal, case = self._journal, couple.case
            background.run(
                self, lambda: supervision_brief.to_answer(journal, case), self._ask, self.say_error
            )

    def _ask(self, open_: list[Act | Departure]) -> None:
        """Ask of the one that is open, or first of which."""
        from kapjournal.tui.modals.choice import Choice, ChoiceModal  # noqa: PLC0415

        if len(open_) == 1:
            self._ask_of(open_[0])
        elif open_:
            rows = [Choice(str(at), supervision_brief.asked_of(one)) for at, one in enumerate(open_)]
            self.app.push_screen(
                ChoiceModal(supervision_brief.OF_WHICH, rows),
                lambda at: self._ask_of(open_[int(at)]) if at else None,
            )

    def _ask_of(self, one: Act | Departure) -> None:
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415
        from kapjournal.tui.modals.happened import HappenedModal  # noqa: PLC0415

        if isinstance(one, Act):
            self.app.push_screen(
                HappenedModal(self._journal, one), lambda said: self._read_again() if said else None
            )
            return
        noted = partial(self._journal.write_ups.destroyed, one.id)

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(self, noted, lambda _: self._read_again(), self.say_error)

        said = f"{supervision_brief.asked_of(one)}."
        it_was, not_yet = supervision_brief.IT_WAS, supervision_brief.NOT_YET
        self.app.push_screen(
            ConfirmModal(supervision_brief.WAS_IT_DESTROYED, f"{said[0].upper()}{said[1:]}", it_was, not_yet),
            answered,
        )

    def _read_again(self) -> None:
        """Show the brief as it is now."""
        background.run(self, self._read, self._show, self.say_error)


class OwnBriefScreen(PageBeforeASession):
    """A partner's own page."""

    NAME = "own-brief"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is your own page before a session: what you marked to bring, and what both of you approved, "
        "the agreement with whatever was asked less of since, what you chose to do, a request whose day has "
        "come, the name of your loop. A section with nothing in it is left out.\n\n"
        "What your partner marked to bring is not here, and what you marked is not on theirs. {save-brief} "
        "saves the page to a file, to print it: there it is not sealed."
    )

    def read(self) -> Callable[[], Brief]:
        """What reads it."""
        return partial(read_own_brief, self._journal)
