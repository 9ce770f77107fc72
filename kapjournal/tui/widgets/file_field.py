"""A field for the path of a journal file, with a warning where two copies could come to be."""

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from kapjournal.domain.sentences import SYNCED
from kapjournal.errors import UsageError
from kapjournal.paths import SUFFIX, is_synced
from kapjournal.tui.widgets.field import Field


class FileField(Vertical):
    """Warns before anything else is typed, and as long as it is so."""

    DEFAULT_CSS = """
    FileField {
        height: auto;
        & > #synced { color: $warning; padding: 0 2; display: none; }
    }
    """

    def __init__(self, caption: str, path: str = "") -> None:
        super().__init__()
        self._caption = caption
        self._first = path

    def compose(self) -> ComposeResult:
        """Caption, field, warning."""
        yield Static(self._caption, markup=False, classes="caption")
        yield Field(self._first, placeholder=f"…{SUFFIX}", id="file")
        yield Static(SYNCED, markup=False, id="synced")

    def on_mount(self) -> None:
        """Look at what is suggested."""
        self._warn()

    @on(Input.Changed)
    def _warn(self) -> None:
        typed = self.query_one(Field).value.strip()
        self.query_one("#synced").display = bool(typed) and is_synced(Path(typed).expanduser())

    @property
    def path(self) -> Path:
        """What is typed, with the usual ending if it has none (`UsageError` if nothing is)."""
        typed = self.query_one(Field).value.strip()
        if not typed:
            raise UsageError("Say where the file is.")
        path = Path(typed).expanduser()
        return path if path.suffix else path.with_suffix(SUFFIX)
