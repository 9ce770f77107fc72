"""The check-ins and after-effects cards: what is due, what is not finished, and what was said."""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from kapjournal import clock
from kapjournal.domain.after_dose import Due
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.self_reports import AfterEffects, CheckIn, Report, SelfReport, SelfReportDraft
from kapjournal.presentation import self_reports as saying
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import SelfReportRoute, TrendsRoute
from kapjournal.tui.report_data import draft_row, due_row, report_row
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.note_list import NoteList, RowMaker
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


_CHOOSE = "Choose a check-in first: its author’s are shown."


class _Found(NamedTuple):
    """What there is to list."""

    due: Due | None
    drafts: list[SelfReportDraft]
    reports: list[SelfReport[Report]]


class CheckInsScreen(JournalScreen):
    """Lists what this member can read. Somebody else's numbers stand on their page, and in no list."""

    NAME = "check-ins"
    CSS_PATH = "unsigned.tcss"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Here are your check-ins, and the cards on how you have been after a dose. {check-in} begins a "
        "check-in: a few sliders and a line. {after-effects} begins a card for the clinic; some days after a "
        "dose one stands here by itself. What is not finished stands first, and Enter goes on with it. "
        "{trends} shows check-ins over the course.\n\n"
        "Beside each stands who can read it. A check-in is yours alone until you share it. A card goes to "
        "your therapists and the prescriber, and never to your partner.\n\n"
        "What others share with you is here too; Enter opens one. Nothing is scored, and nobody is alerted "
        "by what is said: this program is not monitored."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._listed: dict[str, Due | SelfReportDraft | SelfReport[Report]] = {}

    def compose(self) -> ComposeResult:
        """The list, and a sentence for when it is empty."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            yield NoteList()
            yield Static("", markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """A list that is not there yet shows nothing."""
        self.query_one("#pane").border_title = "Check-ins and after-effects"
        self.query_one("#empty").display = False
        self.query_one(NoteList).focus()

    def on_unmount(self) -> None:
        """Forget them: a screen may live on in memory."""
        self._listed = {}

    def on_screen_resume(self) -> None:
        """Read them, again after one was made."""
        journal = self._journal

        def read() -> _Found:
            journal.refresh()
            newest_first = list(reversed(saying.all_reports(journal)))
            return _Found(saying.card_due(journal), journal.self_report_drafts.all(), newest_first)

        background.run(self, read, self._show, self.say_error, group="look")

    def _show(self, found: _Found) -> None:
        journal = self._journal
        rows: list[tuple[str, RowMaker]] = []
        self._listed = {}
        begun = any(isinstance(one.said, AfterEffects) for one in found.drafts)
        if found.due is not None and not begun:
            self._listed["due"] = found.due
            rows.append(("due", partial(due_row, journal, found.due)))
        for draft in found.drafts:
            self._listed[f"draft {draft.id}"] = draft
            rows.append((f"draft {draft.id}", partial(draft_row, journal, draft)))
        for report in found.reports:
            self._listed[report.id] = report
            rows.append((report.id, partial(report_row, journal, report)))
        listed, empty = self.query_one(NoteList), self.query_one("#empty", Static)
        listed.show(rows, newest_first=True, to_new=True)
        listed.display, empty.display = bool(rows), not rows
        nothing = saying.NONE_OF_MINE if self._is_partner else saying.NONE_TO_READ
        empty.update(Content(self.shell.with_keys(nothing)))
        if rows:
            listed.focus()
        self.refresh_bindings()

    @property
    def _is_partner(self) -> bool:
        return self._journal.me.role is Role.PARTNER

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a partner what a partner does."""
        if action in ("check_in", "after_effects"):
            return self._is_partner
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    async def _open(self) -> None:
        match self._listed.get(self.query_one(NoteList).chosen or ""):
            case SelfReportDraft() as draft:
                await self.shell.open_editor(self._journal, draft)
            case Due():
                await self.action_after_effects()
            case SelfReport() as report:
                await self.shell.go_to(SelfReportRoute(self._journal, report))

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @property
    def _whose_trends(self) -> MemberId | None:
        """A partner's own; to the clinic those of whose check-in or card is chosen."""
        if self._is_partner:
            return self._journal.me.id
        chosen = self._listed.get(self.query_one(NoteList).chosen or "")
        return chosen.author if isinstance(chosen, SelfReport) else None

    def why_not(self, action: str) -> str:
        """The clinic looks at the trends of one partner, whose check-in it chose."""
        return _CHOOSE if action == "trends" and self._whose_trends is None else ""

    def action_trends(self) -> None:
        """Show check-ins over the course."""
        if (person := self._whose_trends) is not None:
            self.shell.go_to(TrendsRoute(self._journal, person))

    async def action_check_in(self) -> None:
        """Go on with the check-in that is not finished or, without one, begin one."""
        await self._begin(CheckIn(clock.today(), clock.now()))

    async def action_after_effects(self) -> None:
        """The same with a card."""
        await self._begin(AfterEffects(clock.today(), clock.now()))

    async def _begin(self, said: Report) -> None:
        drafts = [one for one in self._listed.values() if isinstance(one, SelfReportDraft)]
        begun = (one for one in drafts if type(one.said) is type(said))
        await self.shell.open_editor(self._journal, next(begun, SelfReportDraft(said)))
