"""One person's check-ins over the course: a chart for each slider, as many at once as there is room for."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.widgets import Static

from kapjournal.domain.ids import MemberId
from kapjournal.domain.series import Series
from kapjournal.presentation import charts
from kapjournal.presentation import trends as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions, background
from kapjournal.tui.modals.choice import Choice, ChoiceModal
from kapjournal.tui.navigation.routes import SaveTrendsRoute
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.chart import Chart
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CELL_COLUMNS, CELL_ROWS = 56, 11
"""The room that one chart needs beside others."""
MOST = 9
"""So many charts at once at most."""
TABLE = "csv"


class TrendsScreen(JournalScreen):
    """Shows one person alone. Each slider has a picture of its own; none is set beside the first."""

    NAME = "trends"
    CSS_PATH = "trends.tcss"
    AUTO_FOCUS = ""
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are check-ins over the course, by day, a picture for each slider from 0 to 10; sessions and "
        "doses stand below the days. What was left out has no point. {trend-after} and {trend-before} go on "
        "to the other sliders where there is no room for all.\n\n"
        "{table} shows the same in words. {save-course} saves one slider as a picture, or all check-ins as a "
        "table, out of the journal: there it is not sealed.\n\n"
        "No number is better or worse, and no two people are in one picture."
    )

    def __init__(self, journal: "Journal", person: MemberId) -> None:
        super().__init__(journal)
        self._person = person
        self._trends: dict[str, Series] = {}
        self._first = 0
        self._shows_table = False

    def compose(self) -> ComposeResult:
        """The charts, and the same in words."""
        yield TopBar(self._journal.me.label)
        with Vertical(id="pane"):
            with Grid(id="charts"):
                for _ in range(MOST):
                    yield Chart()
            yield RenderedText()
            yield Static("", markup=False, id="empty")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the course."""
        is_mine = self._person == self._journal.me.id
        whose = "" if is_mine else f" of {self._journal.members.label_of(self._person)}"
        self.query_one("#pane").border_title = Content(shown_line(f"Check-ins{whose}"))
        self.query_one("#empty", Static).display = False
        journal, person = self._journal, self._person
        background.run(self, lambda: saying.trends_of(journal, person), self._show, self.say_error)

    def on_unmount(self) -> None:
        """Forget the numbers: a screen may live on in memory."""
        self._trends = {}

    def _show(self, trends: dict[str, Series]) -> None:
        self._trends = trends
        empty = self.query_one("#empty", Static)
        empty.update(saying.NOTHING_YET)
        empty.display = not trends
        blocks = [Block("", "  ", Content(line), gap=False) for line in saying.lines(trends.values())]
        self.query_one(RenderedText).show_blocks(blocks)
        self._lay()

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        self._lay()

    @property
    def _room(self) -> tuple[int, int]:
        """Columns and rows of charts that the window has room for."""
        size = self.app.size
        columns = max(min(size.width // CELL_COLUMNS, 3), 1)
        return columns, max(min((size.height - 5) // CELL_ROWS, 3), 1)

    def _lay(self) -> None:
        columns, rows = self._room
        self._first = self._first // (columns * rows) * (columns * rows)
        shown = list(self._trends.values())[self._first : self._first + columns * rows]
        columns = min(columns, len(shown)) or 1
        grid, table = self.query_one("#charts", Grid), self.query_one(RenderedText)
        grid.styles.grid_size_columns = columns
        grid.styles.grid_size_rows = -(-len(shown) // columns) or 1
        for place, chart in enumerate(self.query(Chart)):
            chart.display = place < len(shown)
            chart.show(shown[place] if place < len(shown) else None)
        has_any = bool(self._trends)
        grid.display = has_any and not self._shows_table
        table.display = has_any and self._shows_table
        if has_any:
            (table if self._shows_table else self.query(Chart).first()).focus()
        if self._has_more and not self._shows_table:
            self.say(self.shell.with_keys("{trend-after} and {trend-before} show the other sliders."))
        else:
            self.query_one(StatusLine).let_go()
        self.refresh_bindings()

    @property
    def _has_more(self) -> bool:
        columns, rows = self._room
        return len(self._trends) > columns * rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with what is shown."""
        if action in ("after", "before"):
            return self._has_more and not self._shows_table
        if action in ("table", "save"):
            return bool(self._trends)
        return super().check_action(action, parameters)

    def action_after(self) -> None:
        """Show the next sliders; behind the last come the first."""
        self._go(1)

    def action_before(self) -> None:
        """Show those before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        columns, rows = self._room
        at_once = columns * rows
        pages = -(-len(self._trends) // at_once)
        self._first = (self._first // at_once + step) % pages * at_once
        self._lay()

    def action_table(self) -> None:
        """Show the table in the place of the charts, and back."""
        self._shows_table = not self._shows_table
        self._lay()

    def action_save(self) -> None:
        """Ask what is to be saved, and go to the form that does it."""

        def chosen(what: str | None) -> None:
            if what is not None:
                self.shell.go_to(SaveTrendsRoute(self._journal, self._person, "" if what == TABLE else what))

        pictures = [Choice(name, charts.title(one), "a picture (SVG)") for name, one in self._trends.items()]
        every = Choice(TABLE, "All check-ins", "a table for a spreadsheet (CSV)")
        aside = "It is saved out of the journal, where it is not sealed."
        self.app.push_screen(ChoiceModal("Save what?", [*pictures, every], aside=aside), chosen)
