"""A page written in steps: one at a time, a line below each, and at the end one page of markdown."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from kapjournal.content.steps import sheet_of
from kapjournal.domain.notes import Draft
from kapjournal.domain.steps import Answers, Step, page, read
from kapjournal.presentation import sentences
from kapjournal.presentation import steps as saying
from kapjournal.presentation.drafts import PageOwner
from kapjournal.tui.editor.autosave import Autosave
from kapjournal.tui.editor.draft_saver import DraftSaver, DraftSnapshot
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.writing_page import WritingPage
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class StepEntry(Vertical):
    """One step: its question, a line of help, and what is written or ticked."""

    def __init__(self, step: Step, answer: str) -> None:
        super().__init__()
        self.step = step
        self._answer = answer

    def compose(self) -> ComposeResult:
        """The question and the control."""
        yield Static(self.step.question, markup=False, classes="question")
        yield Static(self.step.help, markup=False, classes="quiet")
        if self.step.words:
            ticked = self.step.ticked(self._answer)
            yield Checklist(*((Content(word), word, word in ticked) for word in self.step.words))
        else:
            yield WritingArea(self._answer)

    @property
    def answer(self) -> str:
        """What stands in it."""
        if self.step.words:
            return self.step.answer(self.query_one(Checklist).selected)
        return self.query_one(WritingArea).body

    def go_to(self) -> None:
        """Put the cursor into it, behind what is written."""
        if self.step.words:
            self.query_one(Checklist).focus()
        else:
            area = self.query_one(WritingArea)
            area.move_cursor(area.document.end)
            area.focus()

    def empty(self) -> None:
        """Forget what stands in it."""
        for area in self.query(WritingArea):
            area.empty()
        for listed in self.query(Checklist):
            with self.prevent(Checklist.SelectedChanged):
                listed.deselect_all()

    @on(Checklist.SelectionToggled)
    def _only_one(self, event: "Checklist.SelectionToggled[str]") -> None:
        """Let go of the answer before, where there is only one."""
        listed, chosen = event.selection_list, event.selection.value
        if self.step.one and chosen in listed.selected:
            for other in set(listed.selected) - {chosen}:
                listed.deselect(other)


class StepsScreen(WritingPage):
    """Writes one draft, as the editor does; each step can be passed over."""

    CSS_PATH = "steps.tcss"
    AUTO_FOCUS = ""
    HOW = (
        "{step-after} goes to the next step, {step-before} back; each can be passed over, and nothing is "
        "counted. What you write is sealed into a draft that only you can open, a moment after every change; "
        "if the computer stops or locks, you come back to this step.\n\n"
        "{done} makes one note of it, at any step, which only you can read."
    )
    """What every page in steps says of itself."""

    def __init__(self, journal: "Journal", draft: Draft, *, unsaved: bool = False) -> None:
        super().__init__()
        self.saver = DraftSaver(PageOwner.of(journal), journal.drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._journal = journal
        self._draft = draft
        self._sheet = sheet_of(draft.text.kind)
        self._place = 0

    def compose(self) -> ComposeResult:
        """How far it is, the step, and the line below it."""
        answers = read(self._sheet.steps, self._draft.text.body) or {}
        given = [place for place, step in enumerate(self._sheet.steps) if answers.get(step.id)]
        self._place = given[-1] if given else 0
        with Center(), Vertical(id="sheet"):
            yield Static("", markup=False, id="heading")
            yield from self._under_the_heading()
            for step in self._sheet.steps:
                yield StepEntry(step, answers.get(step.id, ""))
            yield Static(self._sheet.safety, markup=False, id="safety")
        yield StatusLine()
        yield KeyFooter()

    def _under_the_heading(self) -> ComposeResult:
        """What stands between the heading and the step; nothing as a rule."""
        yield from ()

    def on_mount(self) -> None:
        """Begin where the person was."""
        self._show()
        if self._autosave.moment:
            self._autosave.save()

    def on_unmount(self) -> None:
        """Forget the answers; by now they are in the journal, or kept by the shell."""
        self._draft = replace(self._draft, text=self._draft.text.without_words)

    @property
    def _entries(self) -> list[StepEntry]:
        return list(self.query(StepEntry))

    def _show(self) -> None:
        for place, entry in enumerate(self._entries):
            entry.display = place == self._place
        kind = self._draft.text.kind
        heading = Content.assemble(
            (f"{saying.how_far(kind, self._place)}   ", "bold"), (saying.TITLES[kind], "bold $primary")
        )
        self.query_one("#heading", Static).update(heading)
        self._entries[self._place].go_to()
        self.refresh_bindings()

    # the draft

    @on(TextArea.Changed)
    @on(Checklist.SelectedChanged)
    def _changed(self) -> None:
        if self._autosave.moment or self._body != self._draft.text.body:
            self._autosave.touch()

    @property
    def _answers(self) -> dict[str, str]:
        return {entry.step.id: entry.answer for entry in self._entries}

    @property
    def _body(self) -> str:
        return page(self._sheet.steps, self._answers)

    def snapshot(self) -> DraftSnapshot[Draft]:
        """The answers as they are now, as a page."""
        text = replace(self._draft.text, body=self._body)
        return DraftSnapshot(self._autosave.moment, replace(self._draft, text=text))

    def forget(self) -> None:
        """Empty every step; nothing of this is saved."""
        self._autosave.is_paused = True
        for entry in self._entries:
            entry.empty()
        self._draft = replace(self._draft, text=self._draft.text.without_words)

    # from step to step

    def action_next(self) -> None:
        """Go to the next step; after the last, finish."""
        if self._place == len(self._sheet.steps) - 1:
            self.action_done()
        else:
            self._go(1)

    def action_previous(self) -> None:
        """Go back a step."""
        self._go(-1)

    def _go(self, step: int) -> None:
        """Seal what was answered so far, and show another step."""
        self._autosave.save()
        self._place += step
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the first step there is none, and a page that is being finished stays as it is."""
        if self._autosave.is_paused:
            return False
        return action != "previous" or self._place > 0

    # the end

    def action_done(self) -> None:
        """Make a note of it, and go on as a page of this kind does."""
        snapshot = self.snapshot()
        if not self._autosave.fits(snapshot):
            return
        if not snapshot.draft.text.body:
            self.say(saying.NOTHING_YET)
            return
        then = self._then(self._answers)

        def finish() -> str:
            return f"{saying.IS_A_NOTE} {self.saver.finish(snapshot)}".strip()

        self._do_and_leave(finish, then)

    def _then(self, _answers: Answers) -> Callable[[], None]:
        """What follows once there is a note with these answers; nothing as a rule."""
        return lambda: None

    def action_back(self) -> None:
        """Go back; what was answered so far is kept."""
        snapshot = self.snapshot()
        if self._autosave.fits(snapshot):
            self._do_and_leave(lambda: self._keep(snapshot))

    def _keep(self, snapshot: DraftSnapshot[Draft]) -> str:
        if snapshot.draft.text.body:
            self.saver.save(snapshot)
            return saying.KEPT
        self.saver.discard()
        return ""

    def action_discard(self) -> None:
        """Ask, then throw the draft away."""
        self._ask_to_discard(sentences.throwing_away(of_a_note=False))
