"""The course of one measure of one person: a chart with sessions and doses, and the same as a table."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from kapjournal.content import measures as content
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.series import Series
from kapjournal.presentation import measure_charts as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.navigation.routes import SaveMeasuresRoute
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.chart import Chart
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

WIDE = 130
_FORMS = (
    Choice("svg", "The chart", "a picture (SVG)"),
    Choice("csv", "All answers", "a table for a spreadsheet (CSV)"),
    Choice("fhir", "All answers", "for another program (FHIR R4)"),
)


class MeasureChartScreen(JournalScreen):
    """Shows one person alone: nobody is compared. Where there is room the table stands beside the chart."""

    NAME = "measure-chart"
    CSS_PATH = "measure_chart.tcss"
    AUTO_FOCUS = ""
    BINDINGS = actions.bindings(NAME)
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (20, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's form
    HELP = (
        "This is the course of one measure, by day, over the whole range it has; sessions and doses stand "
        "below the days. Incomplete answers have no total and are marked with x.\n\n"
        "In words the same stands beside it, or, where there is no room, comes with {table}: each total, the "
        "change since the first, and whether that is beyond chance. That says nothing of what made it.\n\n"
        "{save-course} saves the chart as a picture, or all answers for another program, out of the journal: "
        "there it is not sealed. One person is shown at a time, and partners see their own alone."
    )

    def __init__(self, journal: "Journal", person: MemberId, measure: str) -> None:
        super().__init__(journal)
        self._person = person
        self._measure = content.measure(measure)
        self._shows_table = False

    def compose(self) -> ComposeResult:
        """The chart, and the table."""
        yield TopBar(self._journal.me.label)
        with Horizontal(id="panes"):
            yield Chart()
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the course."""
        whose = "" if self._is_mine else f" of {self._journal.members.label_of(self._person)}"
        self.query_one("#panes").border_title = Content(shown_line(f"{self._measure.title}{whose}"))
        self._lay()
        journal, person, measure = self._journal, self._person, self._measure

        def read() -> tuple[Series, list[str]]:
            series = saying.chart_of(journal, person, measure)
            return series, saying.lines_for(journal, series)

        background.run(self, read, lambda found: self._show(*found), self.say_error)

    @property
    def _is_mine(self) -> bool:
        return self._journal.me.role is Role.PARTNER

    def _show(self, series: Series, lines: list[str]) -> None:
        self.query_one(Chart).show(series)
        blocks = [Block("", "  ", Content(line), gap=self._is_mine and bool(line)) for line in lines]
        self.query_one(RenderedText).show_blocks(blocks)

    def on_resize(self) -> None:
        """Show both where there is room for both."""
        self._lay()

    def _lay(self) -> None:
        is_wide = self.app.size.width >= WIDE
        chart, table = self.query_one(Chart), self.query_one(RenderedText)
        chart.display = is_wide or not self._shows_table
        table.display = is_wide or self._shows_table
        (chart if chart.display else table).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where both are shown there is nothing to change."""
        if action == "table" and self.app.size.width >= WIDE:
            return False
        return super().check_action(action, parameters)

    def action_table(self) -> None:
        """Show the table in the place of the chart, and back."""
        self._shows_table = not self._shows_table
        self._lay()

    def action_save(self) -> None:
        """Ask what is to be saved, and go to the form that does it."""

        def chosen(form: str | None) -> None:
            if form is not None:
                self.shell.go_to(SaveMeasuresRoute(self._journal, self._person, self._measure.id, form))

        aside = "It is saved out of the journal, where it is not sealed."
        self.app.push_screen(ChoiceModal("Save what?", _FORMS, aside=aside), chosen)
