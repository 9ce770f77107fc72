"""The page of a neutral witness: three stretches, and a quiet clock of seven minutes beside each."""

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal import clock
from kapjournal.presentation.witness import on_the_clock
from kapjournal.tui import actions
from kapjournal.tui.screens.steps import StepsScreen

TICK = 1.0
"""Seconds between two looks at the clock."""


class WitnessScreen(StepsScreen):
    """Counts the time on each stretch, from when it is shown; nothing happens when it has passed."""

    NAME = "witness"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "Here you look at a disagreement as somebody would who likes you both and takes no side, in three "
        "stretches of seven minutes. The clock is only there to lean on: {pause-clock} lets it stand still, "
        f"and nothing happens when it has passed. {StepsScreen.HOW}"
    )

    def _under_the_heading(self) -> ComposeResult:
        yield Static("", markup=False, id="clock")

    def on_mount(self) -> None:
        """Find out where the person was, and what was left of the stretch, before the page is shown."""
        self._is_running = True
        self._looked = clock.uptime()
        self._spent: dict[int, float] = {}
        if self._draft.id in self.shell.stretches:
            self._place, spent = self.shell.stretches[self._draft.id]
            self._spent = dict(spent)
        self.set_interval(TICK, self._tick)

    def _show(self) -> None:
        super()._show()
        self._show_clock()

    def _tick(self) -> None:
        """Count what has passed, and note where the person is for when they come back after a lock."""
        now = clock.uptime()
        if self._is_running:
            self._spent[self._place] = self._spent.get(self._place, 0.0) + now - self._looked
        self._looked = now
        if self.saver.id:
            self.shell.stretches[self.saver.id] = (self._place, dict(self._spent))
        self._show_clock()

    def _go(self, step: int) -> None:
        self._tick()
        super()._go(step)

    def _show_clock(self) -> None:
        spent = self._spent.get(self._place, 0.0)
        said = on_the_clock(spent, is_running=self._is_running)
        self.query_one("#clock", Static).update(self.shell.with_keys(said))

    def action_pause(self) -> None:
        """Let the clock stand still, or go on."""
        self._tick()
        self._is_running = not self._is_running
        self._show_clock()
