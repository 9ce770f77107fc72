"""The versions of something the member wrote, and under the list what changed from each to the next."""

from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kapjournal.presentation import days
from kapjournal.tui import background
from kapjournal.tui.rendering import readers_line
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.screens.app_screen import JournalScreen
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.rendered_text import RenderedText
from kapjournal.tui.widgets.self_clearing_text import SelfClearingText
from kapjournal.tui.widgets.status_line import StatusLine
from kapjournal.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from kapjournal.domain.answered_measures import MeasureVersion
    from kapjournal.domain.notes import NoteVersion
    from kapjournal.domain.records import RecordVersion
    from kapjournal.journal import Journal


AnyVersion = TypeVar("AnyVersion", bound="NoteVersion | RecordVersion | MeasureVersion")


class VersionsScreen(JournalScreen, Generic[AnyVersion]):
    """The newest version first; under the list, its changes."""

    CSS_PATH = "versions_screen.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (6, "-low"), (18, "-high")]  # noqa: RUF012 - Textual's form

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._versions: list[AnyVersion] = []

    @abstractmethod
    def _called(self) -> str:
        """What it is whose versions these are."""

    @abstractmethod
    def _read(self) -> list[AnyVersion]:
        """All versions, the first one first."""

    @abstractmethod
    def _readers(self, version: AnyVersion) -> tuple[str, str]:
        """A symbol, and who can read a version by name."""

    @abstractmethod
    def _page(self, earlier: AnyVersion | None, version: AnyVersion) -> list[Block]:
        """What changed; of the first version, its words."""

    def compose(self) -> ComposeResult:
        """The list of versions, and what changed."""
        yield TopBar(self._journal.me.label, self.couple_name)
        with Center(), Vertical(id="note"):
            yield SelfClearingText(f"The versions of “{self._called()}”", classes="heading")
            yield OptionList(classes="choices")
            yield Static("", markup=False, id="what")
            yield RenderedText()
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the versions."""
        background.run(self, self._read, self._list, self.say_error)

    def on_unmount(self) -> None:
        """Forget the versions."""
        self._versions = []

    def _list(self, versions: list[AnyVersion]) -> None:
        self._versions = versions
        rows = self.query_one(OptionList)
        rows.set_options(Option(self._row(version)) for version in reversed(versions))
        rows.highlighted = 0
        rows.focus()

    def _row(self, version: AnyVersion) -> Content:
        symbol, readers = self._readers(version)
        now = " · as it is now" if version.number == len(self._versions) else ""
        return Content.assemble(
            (f"{version.number:>3}  ", "$secondary"),
            f"{days.at(version.saved)}  ",
            (f"{symbol} {readers}", readers_line.tone(symbol)),
            (now, "$text-muted"),
        )

    @property
    def _chosen(self) -> AnyVersion | None:
        row = self.query_one(OptionList).highlighted
        return self._versions[-1 - row] if row is not None and row < len(self._versions) else None

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        version = self._chosen
        if version is None:
            return
        self.refresh_bindings()
        earlier = self._versions[version.number - 2] if version.number > 1 else None

        def page() -> list[Block]:
            return self._page(earlier, version)

        def arrived(made: list[Block]) -> None:
            if version is self._chosen:
                self.query_one(RenderedText).show_blocks(made)

        said = f"From version {earlier.number} to {version.number}" if earlier else "As it was first written"
        self.query_one("#what", Static).update(said)
        background.run(self, page, arrived, self.say_error, group="differences")

    @on(OptionList.OptionSelected)
    def _enter(self) -> None:
        self.query_one(RenderedText).focus()
