"""A check-in: a few sliders, when it is as seen from the sessions, and a line."""

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from kapjournal import clock
from kapjournal.content import self_reports as content
from kapjournal.domain.self_reports import NOTHING_SAID, CheckIn, Moment, SelfReportDraft
from kapjournal.presentation import days
from kapjournal.presentation import self_reports as saying
from kapjournal.text import MAX_LINE
from kapjournal.tui import actions
from kapjournal.tui.screens.reporting import ReportingScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.scale import RowChanged, Slider, WordRow
from kapjournal.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_HOW = "Each can be left out. Only you read it, unless you share it afterwards."
_WHEN = "when"
_MORE = "{more-sliders} shows {count} more."


class CheckInScreen(ReportingScreen):
    """Takes what the sliders are moved to; nothing has to be moved."""

    NAME = "check-in"
    AUTO_FOCUS = "Slider"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "A check-in is for yourself. Move a slider with the arrow keys, type a digit (1 and 0 for ten), or "
        "use the mouse. Delete leaves one out again, and so does a click on its name. Up, down, Tab and "
        "Enter go from one to the next. {more-sliders} shows more sliders.\n\n"
        "Whatever you move is sealed at once, and only you can open it. {back} goes back and keeps it as it "
        "is; {report-done} ends it. Nobody else reads a check-in unless you share it afterwards.\n\n"
        "Nothing is scored here. This program is not monitored: nobody is alerted by what you say."
    )

    def __init__(self, journal: "Journal", draft: SelfReportDraft, unsaved: bool = False) -> None:
        super().__init__(journal, draft, unsaved)
        self._rows = content.sliders()

    def sheet(self) -> ComposeResult:
        """The sliders, those on demand behind them, when it is, and a line."""
        said, on_demand = self._said, [name for name, one in self._rows.items() if one.on_demand]
        for name in self._rows:
            if name not in on_demand:
                yield self._slider(name)
        is_hidden = not any(said.value_of(name) is not None for name in on_demand)
        with Vertical(id="more", classes="-hidden" if is_hidden else ""):
            for name in on_demand:
                yield self._slider(name)
        chosen = list(Moment).index(said.moment) if said.moment else None
        yield WordRow(_WHEN, "Before or after a session, if you like", list(Moment), chosen)
        yield Static("A line, if you like", markup=False, classes="caption")
        yield Field(said.line, max_length=MAX_LINE, id="line")
        yield Static(_HOW, markup=False, classes="quiet")

    def buttons(self) -> ComposeResult:
        """The end."""
        yield Button("Keep it", variant="primary", id="done")
        yield Button("Back", id="back")

    def _slider(self, name: str) -> Slider:
        one = self._rows[name]
        return Slider(name, one.label, one.low, one.high, self._said.value_of(name))

    def on_mount(self) -> None:
        """Say which day it is, and that there are more sliders."""
        heading = Content.assemble(("How it is now", "bold $primary"), f"   {days.spoken(clock.today())}")
        self.query_one("#heading", Static).update(heading)
        if self._has_more:
            count = len(self.query("#more Slider"))
            self.say(self.shell.with_keys(_MORE.replace("{count}", str(count))))

    @property
    def _said(self) -> CheckIn:
        said = self._draft.said
        if not isinstance(said, CheckIn):
            raise TypeError(type(said))
        return said

    @property
    def _has_more(self) -> bool:
        return bool(self.query("#more.-hidden")) and bool(self.query("#more Slider"))

    # what is said

    @on(RowChanged)
    def _chosen(self, event: RowChanged) -> None:
        if self._autosave.is_paused:
            return
        if event.row.name == _WHEN:
            said = replace(self._said, moment=None if event.chosen is None else list(Moment)[event.chosen])
        else:
            said = self._said.with_value(str(event.row.name), event.chosen)
        before, self._draft = self._draft, replace(self._draft, said=said)
        self._seal(before)

    @on(Input.Changed, "#line")
    def _typed(self, event: Input.Changed) -> None:
        if not self._autosave.is_paused and event.value != self._said.line:
            self._draft = replace(self._draft, said=replace(self._said, line=event.value))
            self._autosave.touch()

    @on(Input.Submitted, "#line")
    def _line_done(self) -> None:
        self.query_one("#done").focus()

    def action_more(self) -> None:
        """Show the sliders on demand, and go to the first of them."""
        self.query_one("#more").remove_class("-hidden")
        self.query("#more Slider").first().focus()
        self.query_one(StatusLine).let_go()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer more sliders where there are more."""
        return self._has_more if action == "more" else super().check_action(action, parameters)

    # the end

    @on(Button.Pressed, "#done")
    def action_done(self) -> None:
        """Keep it as a check-in."""
        if self._said.is_empty:
            self.say_error(NOTHING_SAID)
        else:
            self._finish(f"{saying.MADE} Only you can read it.")
