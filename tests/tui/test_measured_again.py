"""A text that changes twice before its widget had a turn is shown whole."""

from textual.app import App, ComposeResult
from textual.widgets import Static

from kapjournal.tui.textual_internals import discreet_app


class Lines(App[None]):
    CSS = "Static { dock: bottom; height: auto; }"

    def compose(self) -> ComposeResult:
        yield Static("one")


async def test_a_layout_between_two_changes_does_not_keep_the_height_of_the_first() -> None:
    assert discreet_app
    async with Lines().run_test() as pilot:
        lines = pilot.app.query_one(Static)
        lines.update("one\ntwo")
        pilot.app.screen._refresh_layout()  # what another widget may have asked for
        lines.update("one\ntwo\nthree")
        await pilot.pause()
        assert lines.size.height == 3
