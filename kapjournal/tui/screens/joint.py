"""Words that two approve, over the whole screen: how it stands, the words, and what can be answered."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical
from textual.widgets import Button

from kapjournal.domain.joint import ALWAYS_LESS, Joint
from kapjournal.errors import NotFound
from kapjournal.presentation import closing
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.joint_data import JointPage, joint_page
from kapjournal.tui.modals.second_door import Doors, open_doors
from kapjournal.tui.navigation.routes import JointFormRoute
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_header import NoteHeader
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

T = TypeVar("T")

_BUTTONS = {
    "approve": "Say yes",
    "yes_here": "A yes here",
    "take_back": deeds.SAY_NO,
    "narrow": "Ask for less",
    "write_together": "New version",
}


class JointScreen(JournalScreen):
    """Shows them, and takes a yes, a no, and what less is asked for."""

    NAME = "joint"
    CSS_PATH = "joint.tcss"
    AUTO_FOCUS = "RenderedText"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Above stands how it is with these words: who has still to say yes, since when they hold, what less "
        "was asked for. {say-yes} says yes to these very words. {yes-here} lets your partner say it at this "
        "keyboard: they type their passphrase, which opens their own door beside yours. {say-no} says no, or "
        "takes your yes back, at any time; what held then holds no longer. {ask-for-less} asks for less in "
        f"one line, which counts at once and needs nobody’s yes. {ALWAYS_LESS}\n\n"
        "{new-version} writes the words anew, beginning with these: the new ones hold once everybody said "
        "yes, and take the place of these. On the day of a dose, and from a day before it, an agreement can "
        "only become less. An authorisation takes the place of no other: each runs out on its day, or ends "
        "once one of you takes the yes back, for what has not left.\n\n"
        "Up and down scroll; Tab goes to the buttons."
    )

    def __init__(self, journal: "Journal", joint: Joint) -> None:
        super().__init__(journal)
        self._joint_id = joint.id
        self._page: JointPage | None = None

    def compose(self) -> ComposeResult:
        """The header, the words, and the answers there are."""
        yield TopBar(self._journal.me.label)
        with Center(), Vertical(id="note"):
            yield NoteHeader()
            yield RenderedText()
            with Horizontal(classes="buttons"):
                for action, label in _BUTTONS.items():
                    yield Button(label, id=action)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show no answer before it is known which can be given."""
        for button in self.query(Button):
            button.display = False

    def on_unmount(self) -> None:
        """Forget them."""
        self._page = None

    def on_screen_resume(self) -> None:
        """Read them, again after something was done."""
        journal, joint_id = self._journal, self._joint_id

        def read() -> JointPage:
            journal.refresh()
            return _unless_gone(lambda: joint_page(journal, joint_id))

        background.run(self, read, self._show, self.say_error)

    def _show(self, page: JointPage) -> None:
        self._page = page
        self.query_one(NoteHeader).show(page.heading)
        self.query_one(RenderedText).show_blocks(page.blocks)
        focused = self.focused
        for button in self.query(Button):
            button.display = not page.why_not[str(button.id)]
        if isinstance(focused, Button) and not focused.display:
            self.query_one(RenderedText).focus()
        self.refresh_bindings()

    def why_not(self, action: str) -> str:
        """Why an answer cannot be given."""
        return self._page.why_not.get(action, "") if self._page else ""

    @on(Button.Pressed)
    async def _do(self, event: Button.Pressed) -> None:
        await self.run_action(str(event.button.id))

    def action_approve(self) -> None:
        """Say yes."""
        journal, joint_id = self._journal, self._joint_id

        def approve() -> str:
            journal.refresh()
            return deeds.after_yes(journal, _unless_gone(lambda: journal.joints.approve(joint_id)))

        self._answer(approve)

    def action_yes_here(self) -> None:
        """Let the other partner open their door, and say yes."""
        open_doors(self, self._journal, self._ask_the_other)

    def _ask_the_other(self, doors: Doors) -> None:
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        journal, joint_id, theirs = self._journal, self._joint_id, doors[1]
        question = deeds.YES_HERE.format(name=shown_line(theirs.me.label))

        def done(said: str) -> None:
            self.shell.close_beside()
            self.on_screen_resume()
            self.say(said)

        def failed(why: str) -> None:
            self.shell.close_beside()
            self.say_error(why)

        def answered(sure: bool | None) -> None:
            if sure:
                work = partial(deeds.says_yes_here, journal, theirs, joint_id)
                background.run(self, partial(_unless_gone, work), done, failed)
            else:
                self.shell.close_beside()

        words = self._page.words if self._page else ""
        modal = ConfirmModal(question, deeds.BY_OWN_DOOR, "Yes", "Not now", words)
        self.app.push_screen(modal, answered)

    def action_take_back(self) -> None:
        """Ask, then say no, or take the yes back; what its author takes back may be gone then."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        journal, joint_id, page = self._journal, self._joint_id, self._page
        if page is None:
            return
        question, consequence, yes = deeds.before_no(journal, page.joint)

        def answered(sure: bool | None) -> None:
            if sure:
                background.run(
                    self, lambda: journal.joints.take_back(joint_id), self._taken_back, self.say_error
                )

        self.app.push_screen(ConfirmModal(question, consequence, yes, "Not now"), answered)

    def _taken_back(self, joint: Joint | None) -> None:
        if joint is None:
            self.leave()
            self.shell.say(deeds.after_no(joint))
        else:
            self.on_screen_resume()
            self.say(deeds.after_no(joint))

    def action_narrow(self) -> None:
        """Ask what less is asked for."""
        from kapjournal.tui.modals.less import LessModal  # noqa: PLC0415

        self.app.push_screen(LessModal(self._journal, self._joint_id), self._say_done)

    def action_write_together(self) -> None:
        """Write these words anew."""
        if self._page is not None:
            journal, joint = self._journal, self._page.joint

            def begin(begun: dict[str, str]) -> None:
                self.shell.go_to(JointFormRoute(journal, joint.text.kind, begun, joint))

            work = partial(closing.form_begins, journal, joint.text.kind, joint)
            background.run(self, work, begin, self.say_error)

    def _answer(self, work: Callable[[], str]) -> None:
        def done(said: str) -> None:
            self.on_screen_resume()
            self.say(said)

        background.run(self, work, done, self.say_error)


def _unless_gone(work: Callable[[], T]) -> T:
    """Do it, and say so where its author took the words back meanwhile (`NotFound`)."""
    try:
        return work()
    except NotFound:
        raise NotFound(deeds.GONE) from None
