"""One write-up: its stages, from the first line to the answer."""

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kapjournal.domain.couples import Couple
from kapjournal.domain.records import Record
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.supervision import RECIPIENT
from kapjournal.presentation import record_view
from kapjournal.presentation import write_up_standing as saying
from kapjournal.presentation.write_up_standing import Stage, Standing
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import LeaveRoute, NamesRoute, ReviewRoute
from kapjournal.tui.rendering.layout import Block, LaidOut
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.spaced_option_list import SpacedOptionList
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_WIDTH = max(len(stage.value) for stage in Stage) + 3
_KEYS = {
    Stage.WRITE: "write-it",
    Stage.REVIEW: "review",
    Stage.LEAVE: "let-leave",
    Stage.ANSWER: "supervisor-answer",
}


_MARGIN = 1
"""The cells on both sides of what stands in a list."""


class Stages(SpacedOptionList):
    """The stages, all of them in sight: the page keys go through what was answered."""

    def action_page_up(self) -> None:
        """Go back in it."""
        self.screen.query_one("#answers").scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Go on in it."""
        self.screen.query_one("#answers").scroll_page_down(animate=False)


class WriteUpScreen(JournalScreen):
    """Shows what was done in each stage; the cursor begins on the one that comes next."""

    NAME = "write-up"
    CSS_PATH = "supervision.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "A write-up goes through four stages, and the one that comes next is marked: Enter begins it.\n\n"
        "{write-it} goes on writing. {review} looks through what was found in it, for one recipient: every "
        "name, place and day has words of its own in its place, and you decide on each. {let-leave} writes "
        "it to a file, on a basis that is looked at in that moment, and into the ledger. "
        "{supervisor-answer} keeps what was answered, and what was agreed: that stands in the next brief.\n\n"
        "What you change after a review is asked again, for what changed. {names} lists what never leaves. "
        "Beside a review stands which word is whom: that stays with you.\n\n"
        "Below stands what was answered; Page Up and Page Down go through it. Enter on an answer that is "
        "there shows it on the whole screen, and {supervisor-answer} keeps one more."
    )

    def __init__(
        self, journal: "Journal", couple: Couple, record: Record, theirs: "Journal | None" = None
    ) -> None:
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._theirs = theirs
        self._standing: Standing | None = Standing(record)
        self._is_read = False

    def compose(self) -> ComposeResult:
        """The question, the stages, and what was answered."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Vertical(id="pane"):
            yield SelfClearingText("", id="question")
            yield Stages(id="stages", markup=False)
            yield RenderedText(id="answers")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Begin with the stages."""
        self.query_one("#pane").border_title = saying.TITLE
        self._read_answers(whole=False)
        self._draw()

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple = self._theirs = self._standing = None

    def on_screen_resume(self) -> None:
        """Read where it stands, again after something was done."""
        if (couple := self._couple) is not None and (standing := self._standing) is not None:
            read = partial(saying.read_standing, self._journal, couple, standing.record.id, self._theirs)
            background.run(self, read, self._show, self.say_error, group="standing")

    def _show(self, standing: Standing) -> None:
        if self._standing is None:
            return
        before, self._standing = self._standing.stage if self._is_read else None, standing
        self._is_read = True
        self._draw()
        if standing.stage is not before:
            self.query_one("#stages", OptionList).highlighted = list(Stage).index(standing.stage)
        self.refresh_bindings()

    def _draw(self) -> None:
        if (standing := self._standing) is None:
            return
        self.query_one("#question", SelfClearingText).update(standing.question)
        rows = self.query_one("#stages", SpacedOptionList)
        at = rows.highlighted
        with self.prevent(OptionList.OptionHighlighted):
            rows.show(
                [
                    Option(self._row(stage, done, is_next=self._is_read and stage is standing.stage))
                    for stage, done in saying.stages(standing)
                ]
            )
            rows.highlighted = at
        page = [
            block
            for heading, words in saying.answers(standing)
            for block in (
                Block("", "", Content.styled(heading, "bold $primary"), gap=True),
                *(Block("", "", Content(line), gap=False) for line in words.split("\n")),
            )
        ]
        self.query_one(RenderedText).show_blocks(page)

    def on_resize(self) -> None:
        """Wrap what was done to the new width."""
        self.call_after_refresh(self._draw)

    def _row(self, stage: Stage, done: tuple[str, ...], *, is_next: bool) -> Content:
        """“▸ v  Review   3 of 17 looked at for Dr Kern”; several lines stand under each other."""
        key = self.shell.with_keys(f"{{{_KEYS[stage]}}}")
        mark = "▸" if is_next else " "
        style = "bold $primary" if is_next else "$foreground"
        head = Content.styled(f"{mark} {key:<2} {stage.value:<{_WIDTH}}", style)
        begin = " " * len(head)
        lines = [Block(begin, begin, Content.styled(line, "$text-muted"), gap=False) for line in done]
        laid = list(LaidOut(lines, self.query_one("#stages").scrollable_content_region.width - 2 * _MARGIN))
        return Content("\n").join([head + laid[0][len(head) :], *laid[1:]])

    @on(OptionList.OptionSelected, "#stages")
    async def _begin(self, event: OptionList.OptionSelected) -> None:
        stage = list(Stage)[event.option_index]
        if stage is Stage.ANSWER and self._standing is not None and self._standing.replies:
            self._read_answers(whole=True)
            return
        await self.run_action(f"screen.{actions.BY_ID[_KEYS[stage]].method}")

    def _read_answers(self, *, whole: bool) -> None:
        """Show what was answered on the `whole` screen, or under the stages again."""
        answers = self.query_one("#answers", RenderedText)
        self.set_class(whole, "-reading")
        answers.can_focus = whole
        (answers if whole else self.query_one("#stages")).focus()

    def action_back(self) -> None:
        """Return to the stages, or leave."""
        if self.has_class("-reading"):
            self._read_answers(whole=False)
        else:
            self.leave()

    def action_write_it(self) -> None:
        """Open the form, on its draft if there is one."""
        journal, standing = self._journal, self._standing
        if standing is not None:
            background.run(
                self,
                lambda: record_view.draft_to_edit(journal, journal.write_ups.get(standing.record.id)),
                lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
                self.say_error,
            )

    def action_review(self) -> None:
        """Ask for whom, then review it."""
        from kapjournal.tui.modals.write_up import RecipientModal  # noqa: PLC0415

        couple, standing = self._couple, self._standing
        if couple is None or standing is None:
            return
        begun = [one.recipient for one in standing.looked if not one.is_complete]
        said = standing.record.text.fields.get(RECIPIENT, "")
        offered = said or next(iter(begun), standing.recipient)

        def chosen(recipient: str | None) -> None:
            if recipient:
                self.shell.go_to(ReviewRoute(self._journal, couple, standing.record, recipient, self._theirs))

        self.app.push_screen(RecipientModal(self._journal, offered), chosen)

    def action_let_leave(self) -> None:
        """Go to the form by which it leaves."""
        if self._couple is not None and (one := self._standing) is not None:
            self.shell.go_to(LeaveRoute(self._journal, self._couple, one.record, self._theirs, one.recipient))

    def action_supervisor_answer(self) -> None:
        """Go to the form for what was answered, on its draft if there is one."""
        journal = self._journal
        if (standing := self._standing) is not None:
            new = ReplyDraft(standing.record.case, standing.record.id, standing.recipient)
            background.run(
                self,
                lambda: journal.reply_drafts.of(new.write_up) or new,
                lambda draft: self.app.call_later(self.shell.open_editor, journal, draft),
                self.say_error,
            )

    def action_names(self) -> None:
        """Show the names that never leave."""
        if self._couple is not None:
            self.shell.go_to(NamesRoute(self._journal, self._couple))
