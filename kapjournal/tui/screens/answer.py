"""The form for what a supervisor answered to a write-up, and what was agreed: a draft until it is kept."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Static, TextArea

from kapjournal import clock
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import FieldKind
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.supervision_reply import SAY_SOMETHING, acts_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import days
from kapjournal.presentation import write_up_answer as saying
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui import actions, background
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.screens.writing_page import PageInFields
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AnswerScreen(PageInFields, JournalScreen):
    """Takes the words, and a line for each thing agreed."""

    NAME = "answer"
    CSS_PATH = "answer.tcss"
    IS_RECORD = True
    AUTO_FOCUS = None
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Here you keep what the supervisor answered, beside the write-up: type it, or {answer-file} takes it "
        "from a file, which may be sealed with age. Below stands what was agreed, one a line: who; what; and "
        "by which day, as YYYY-MM-DD, if there is one.\n\n"
        "{keep-answer} keeps it. What was agreed stands in the brief before the next session, and there you "
        "are asked, once, what came of it. Until it is kept, what you type is a draft that only you can "
        "open, sealed a moment after every change: {back} goes back and leaves it there, {discard-answer} "
        "throws it away."
    )

    def __init__(self, journal: "Journal", draft: ReplyDraft, unsaved: bool = False) -> None:
        super().__init__(journal)
        self.saver = DraftSaver(PageOwner.of(journal), journal.reply_drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Who, what, and what was agreed."""
        draft = self._draft
        yield TopBar(self._journal.me.label)
        with VerticalScroll(id="page", can_focus=False), Center(), Vertical(id="sheet"):
            yield Static(saying.HEADING, markup=False, classes="heading")
            yield FormEntry("recipient", saying.FROM, draft.recipient, kind=FieldKind.LINE)
            yield FormEntry("words", saying.WORDS, draft.words)
            yield FormEntry("acts", saying.ACTS, draft.acts, placeholder=saying.ACT_LOOKS_LIKE)
            with Horizontal(classes="buttons"):
                yield Button("Keep it", variant="primary", id="keep")
                yield Button("From a file", id="file")
                yield Button("Back", id="back")
        yield Static("", markup=False, id="state")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the answer, or go on behind it."""
        words = self._draft.words.split("\n")
        self._entry("words").go_to(len(words) - 1, len(words[-1]))
        background.run(self, partial(self._journal.couples.of, self._draft.case), self._show, self.say_error)
        if self._autosave.moment:
            self._autosave.save()
        elif self.saver.id:
            self._show_state(saying.LEFT_OFF)

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple = None
        self._draft = replace(self._draft, words="", acts="", recipient="")

    def _show(self, couple: Couple | None) -> None:
        self._couple = couple
        self.query_one(TopBar).show_couple(self.couple_name)

    def _entry(self, name: str) -> FormEntry:
        return next(one for one in self.query(FormEntry) if one.name_of == name)

    # what the program needs of a screen on which somebody writes

    def snapshot(self) -> DraftSnapshot[ReplyDraft]:
        """What stands on the page now."""
        recipient, words, acts = (self._entry(name).value for name in ("recipient", "words", "acts"))
        draft = replace(self._draft, recipient=recipient, words=words, acts=acts)
        return DraftSnapshot(self._autosave.moment, draft)

    def draft_saved(self, words: int) -> None:
        """Show that the draft is in the practice."""
        self._show_state(f"Draft kept at {days.time_of_day(clock.now())}.")
        super().draft_saved(words)

    def _show_state(self, sentence: str) -> None:
        self.query_one("#state", Static).update(sentence)

    def forget(self) -> None:
        """Empty every field, and what could bring it back; nothing of this is saved."""
        self._autosave.is_paused = True
        for entry in self.query(FormEntry):
            entry.empty()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        if self._autosave.moment or self.snapshot().draft != self._draft:
            self._autosave.touch()

    @on(Input.Submitted)
    def _to_the_next(self) -> None:
        self.focus_next()

    # what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing more while it is being kept."""
        return not self._autosave.is_paused and super().check_action(action, parameters)

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
        snapshot, acts = self.snapshot(), self._entry("acts")
        acts.say("")
        try:
            acts_from(snapshot.draft.acts)
        except KapjournalError as error:
            acts.say(str(error))
            acts.focus()
            return
        finish = partial(self.saver.finish, snapshot)
        self._do_and_leave(lambda: finish() or saying.kept(snapshot.draft))

    def _not_left(self, sentence: str) -> None:
        super()._not_left(sentence)
        if sentence == SAY_SOMETHING:
            self.say_error(sentence, self._entry("words"))

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back and keep a draft that has words."""
        if self._autosave.is_paused:
            return
        snapshot = self.snapshot()
        if snapshot.draft.is_empty:
            self._do_and_leave(self.saver.discard)
        elif self._autosave.is_saved:
            self.leave()
        elif self._autosave.fits(snapshot):
            self._do_and_leave(lambda: self.saver.save(snapshot))

    def action_discard(self) -> None:
        """Ask, then throw it away."""
        self._ask_to_discard(saying.THROWING_AWAY, saying.THROW_AWAY, saying.THROWN_AWAY)
