"""The versions of a clinical record of the member, and what changed from each to the next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.domain.couples import Couple
from kapjournal.domain.records import Record, RecordVersion
from kapjournal.presentation import days
from kapjournal.presentation import records as saying
from kapjournal.tui import actions, background
from kapjournal.tui.record_data import readers
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.records import changes_page
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class RecordHistoryScreen(JournalScreen):
    """The newest version first; under the list, its changes."""

    NAME = "record-history"
    CSS_PATH = "record_history.tcss"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the versions of your record, the newest first. Only you can see them: colleagues see the "
        "record as it is now.\n\nUnder the list stands what changed in which field: lines with + were added, "
        "lines with - were taken away, and the words that differ are underlined. Tab goes to the words, to "
        "scroll them."
    )

    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (18, "-high")]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal", record: Record, couple: Couple | None) -> None:
        super().__init__(journal)
        self._record_id = record.id
        self._called = saying.name_of(record.text, couple)
        self._couple = couple
        self._versions: list[RecordVersion] = []

    def compose(self) -> ComposeResult:
        """The list of versions, and what changed."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Center(), Vertical(id="note"):
            yield SelfClearingText(f"The versions of “{self._called}”", classes="heading")
            yield OptionList(classes="choices")
            yield Static("", markup=False, id="what")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the versions."""
        journal, record_id = self._journal, self._record_id
        background.run(self, lambda: journal.records.history(record_id), self._list, self.say_error)

    def on_unmount(self) -> None:
        """Forget the versions."""
        self._versions, self._couple, self._called = [], None, ""

    @property
    def couple_name(self) -> str:
        """Of which couple this is."""
        return self._couple.name if self._couple else ""

    def _list(self, versions: list[RecordVersion]) -> None:
        self._versions = versions
        rows = self.query_one(OptionList)
        rows.set_options(Option(self._row(version)) for version in reversed(versions))
        rows.highlighted = 0
        rows.focus()

    def _row(self, version: RecordVersion) -> Content:
        symbol, said = readers(self._journal, version.readers)
        now = " · as it is now" if version.number == len(self._versions) else ""
        return Content.assemble(
            (f"{version.number:>3}  ", "$secondary"),
            f"{days.at(version.saved)}  ",
            (f"{symbol} {said}", readers_line.tone(symbol)),
            (now, "$text-muted"),
        )

    @property
    def _chosen(self) -> RecordVersion | None:
        row = self.query_one(OptionList).highlighted
        return self._versions[-1 - row] if row is not None and row < len(self._versions) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        version = self._chosen
        if version is None:
            return
        earlier = self._versions[version.number - 2] if version.number > 1 else None
        around = list(self._around(earlier, version))

        def page() -> list[Block]:
            return changes_page(earlier.text if earlier else None, version.text, around)

        def arrived(made: list[Block]) -> None:
            if version is self._chosen:
                self.query_one(RenderedText).show_blocks(made)

        said = f"From version {earlier.number} to {version.number}" if earlier else "As it was first written"
        self.query_one("#what", Static).update(said)
        background.run(self, page, arrived, self.say_error, group="differences")

    def _around(self, earlier: RecordVersion | None, version: RecordVersion) -> Iterator[str]:
        """A line for each other thing that changed."""
        if earlier is not None:
            facts = saying.facts(earlier.text, self._couple), saying.facts(version.text, self._couple)
            for (name, old), (_, new) in zip(*facts, strict=True):
                if old != new:
                    yield f"{name}: {old or 'none'} → {new or 'none'}"
            if earlier.readers != version.readers:
                old, new = (readers(self._journal, one.readers)[1] for one in (earlier, version))
                yield f"Readers: {old} → {new}"

    @on(OptionList.OptionSelected)
    def _enter(self) -> None:
        self.query_one(RenderedText).focus()
