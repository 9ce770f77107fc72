"""The form for what a supervisor answered to a write-up, and what was agreed."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import FieldKind
from kapjournal.domain.records import Record
from kapjournal.domain.supervision_reply import SAY_SOMETHING, Reply
from kapjournal.errors import KapjournalError
from kapjournal.presentation import write_up_answer as saying
from kapjournal.tui import actions, background
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnswerScreen(JournalScreen):
    """Takes the words, and a line for each thing agreed. It is kept whole, once it is finished."""

    NAME = "answer"
    CSS_PATH = "answer.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Here you keep what the supervisor answered, beside the write-up: type it, or {answer-file} takes it "
        "from a file, which may be sealed with age. Below stands what was agreed, one a line: who; what; and "
        "by which day, as YYYY-MM-DD, if there is one.\n\n"
        "{keep-answer} keeps it. What was agreed stands in the brief before the next session, and there you "
        "are asked, once, what came of it. Until it is kept, what you type is nowhere else: {back} asks "
        "first."
    )

    def __init__(
        self,
        journal: "Journal",
        couple: Couple,
        record: Record,
        theirs: "Journal | None" = None,
        recipient: str = "",
    ) -> None:
        """`theirs` is the couple's journal where it is open: nothing of it is needed here."""
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._record_id = record.id
        self._recipient = recipient
        self.busy = False

    def compose(self) -> ComposeResult:
        """Who, what, and what was agreed."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with VerticalScroll(id="page", can_focus=False), Center(), Vertical(id="sheet"):
            yield Static(saying.HEADING, markup=False, classes="heading")
            yield FormEntry("from", saying.FROM, self._recipient, kind=FieldKind.LINE)
            yield FormEntry("words", saying.WORDS, "")
            yield FormEntry("acts", saying.ACTS, "", placeholder=saying.ACT_LOOKS_LIKE)
            with Horizontal(classes="buttons"):
                yield Button("Keep it", variant="primary", id="keep")
                yield Button("From a file", id="file")
                yield Button("Back", id="back")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the answer."""
        self._entry("words").go_to()

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple, self._recipient = None, ""

    def _entry(self, name: str) -> FormEntry:
        return next(one for one in self.query(FormEntry) if one.name_of == name)

    @property
    def _has_words(self) -> bool:
        return any(self._entry(name).value.strip() for name in ("words", "acts"))

    @property
    def left_undone(self) -> str:
        """That an answer that was not kept is gone."""
        return saying.DROPPED if not self.busy and self._has_words else ""

    @on(Input.Submitted)
    def _to_the_next(self) -> None:
        self.focus_next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing more while it is being kept."""
        return not self.busy and super().check_action(action, parameters)

    @on(Button.Pressed, "#file")
    def action_answer_file(self) -> None:
        """Take the answer from a file."""
        from kapjournal.tui.modals.answer_file import AnswerFileModal  # noqa: PLC0415

        def read(words: str | None) -> None:
            if words:
                self._entry("words").add(words.strip("\n"))

        self.app.push_screen(AnswerFileModal(self._journal), read)

    @on(Button.Pressed, "#keep")
    def action_keep_answer(self) -> None:
        """Keep it, or say what is wrong."""
        if self.busy:
            return
        acts, words = self._entry("acts"), self._entry("words").value
        acts.say("")
        try:
            agreed = saying.acts_from(acts.value)
        except KapjournalError as error:
            acts.say(str(error))
            acts.focus()
            return
        focused = self.focused
        self._set_busy(busy=True)
        keep = partial(
            self._journal.write_ups.reply, self._record_id, words, agreed, self._entry("from").value
        )
        background.run(self, keep, self._kept, partial(self._not_kept, focused))

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = self.query_one("#sheet").disabled = busy
        self.refresh_bindings()

    def _kept(self, reply: Reply) -> None:
        shell, said = self.shell, saying.kept(reply)
        self.leave()
        shell.say(said)

    def _not_kept(self, focused: Widget | None, sentence: str) -> None:
        self._set_busy(busy=False)
        self.say_error(sentence, self._entry("words") if sentence == SAY_SOMETHING else focused)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back; ask first where something was typed."""
        from kapjournal.tui.modals.confirm import ConfirmModal  # noqa: PLC0415

        def answered(sure: bool | None) -> None:
            if sure:
                self.leave()

        if self.busy:
            return
        if self._has_words:
            question = ConfirmModal(saying.LEAVE_IT, saying.LEAVING, "Leave it", "Go on writing")
            self.app.push_screen(question, answered)
        else:
            self.leave()
