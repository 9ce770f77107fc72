"""The parts check-in: one step at a time, the safety line below each, and at the end one page."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from kapjournal.content.parts import parts
from kapjournal.domain.members import Member
from kapjournal.domain.notes import Draft
from kapjournal.domain.parts import Step, may_be_spoken_for, page, read
from kapjournal.presentation import parts as saying
from kapjournal.presentation import sentences
from kapjournal.presentation.drafts import PageOwner
from kapjournal.text import shown_line
from kapjournal.tui import actions
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


class PartsScreen(WritingPage):
    """Writes one draft, as the editor does; each step can be passed over."""

    NAME = "parts"
    CSS_PATH = "parts.tcss"
    AUTO_FOCUS = ""
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is a check-in with one part of you, step by step. {step-after} goes to the next, {step-before} "
        "back; each can be passed over, and nothing is counted. What you write is sealed into a draft that "
        "only you can open, a moment after every change; if the computer stops or locks, you come back to "
        "this step.\n\n"
        "{done} makes one note of it, at any step, which only you can read. If the part may be spoken for, "
        "you are asked whether to begin a page for your partner, and what of this you want to quote.\n\n"
        f"{parts().safety}"
    )

    def __init__(self, journal: "Journal", draft: Draft, *, unsaved: bool = False) -> None:
        super().__init__()
        self.saver = DraftSaver(PageOwner.of(journal), journal.drafts, draft)
        self._autosave = Autosave(self, unsaved=unsaved)
        self._journal = journal
        self._draft = draft
        self._place = 0

    def compose(self) -> ComposeResult:
        """How far it is, the step, and the safety line."""
        answers = read(parts().steps, self._draft.text.body) or {}
        given = [place for place, step in enumerate(parts().steps) if answers.get(step.id)]
        self._place = given[-1] if given else 0
        with Center(), Vertical(id="sheet"):
            yield Static("", markup=False, id="heading")
            for step in parts().steps:
                yield StepEntry(step, answers.get(step.id, ""))
            yield Static(parts().safety, markup=False, id="safety")
        yield StatusLine()
        yield KeyFooter()

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
        heading = Content.assemble(
            (f"{saying.how_far(self._place)}   ", "bold"), (saying.TITLE, "bold $primary")
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
        return page(parts().steps, self._answers)

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
        if self._place == len(parts().steps) - 1:
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
        """Make a note of it and, where the part may be spoken for, offer a page for the partner."""
        snapshot = self.snapshot()
        if not self._autosave.fits(snapshot):
            return
        answers = self._answers
        if not snapshot.draft.text.body:
            self.say(saying.NOTHING_YET)
            return
        partner = saying.partner_of(self._journal) if may_be_spoken_for(answers) else None
        quotes = [(step.question, answer.strip()) for step, answer in saying.quotable(answers)]

        def finish() -> str:
            return f"{saying.IS_A_NOTE} {self.saver.finish(snapshot)}".strip()

        def then() -> None:
            if partner is not None:
                self._offer_page(partner, quotes)

        self._do_and_leave(finish, then)

    def _offer_page(self, partner: Member, quotes: list[tuple[str, str]]) -> None:
        from kapjournal.tui.modals.quote import QuoteModal  # noqa: PLC0415

        app, shell, journal = self.app, self.shell, self._journal

        def answered(chosen: list[str] | None) -> None:
            if chosen is not None:
                app.call_later(shell.open_editor, journal, saying.page_for(journal, partner, chosen))

        app.call_later(app.push_screen, QuoteModal(shown_line(partner.label), quotes), answered)

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
