"""A field for the path of a file; of a journal's it warns where the folder is synchronised."""

from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from kapjournal import paths
from kapjournal.errors import UsageError
from kapjournal.presentation.sentences import SYNCED
from kapjournal.tui import background
from kapjournal.tui.widgets.field import Field


class FileField(Vertical):
    """Warns where the folder is synchronised, since two copies of the journal could come to be."""

    DEFAULT_CSS = """
    FileField {
        height: auto;
        & > #synced { color: $warning; padding: 0 2; display: none; }
    }
    """

    def __init__(
        self,
        caption: str,
        path: str = "",
        *,
        warns: bool = True,
        of_journal: bool = True,
        may_be_empty: bool = False,
    ) -> None:
        """`path` is suggested; without `warns`, a synchronised folder is as good as any, as it is for any
        file that is not `of_journal`."""
        super().__init__()
        self._warns = warns and of_journal
        self._of_journal = of_journal
        self._caption = caption
        self._missing = "" if may_be_empty else "Say where the file is."
        self._first = path
        self._looking = False

    def compose(self) -> ComposeResult:
        """The caption, the field and the warning."""
        yield Static(self._caption, markup=False, classes="caption")
        ending = f"…{paths.SUFFIX}" if self._of_journal else ""
        yield Field(self._first, placeholder=ending, missing=self._missing, id="file")
        yield Static(SYNCED, markup=False, id="synced")

    def on_mount(self) -> None:
        """Look at the path that is suggested."""
        self._look()

    @on(Input.Changed)
    def _look(self) -> None:
        """Look in a thread, and at one path at a time: a folder on a network may take long to answer."""
        if self._warns and not self._looking:
            self._looking = True
            typed = self.query_one(Field).value
            background.run(
                self,
                lambda: _is_synced(typed),
                partial(self._warn, typed),
                lambda _: self._warn(typed, False),
                group="synced",
            )

    def _warn(self, looked_at: str, synced: bool) -> None:
        self._looking = False
        self.query_one("#synced").display = synced
        if looked_at != self.query_one(Field).value:
            self._look()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.query_one(Field).value.strip()

    @property
    def path(self) -> Path:
        """The path that is typed, a journal's with the usual ending if it has none (`UsageError`)."""
        return (paths.typed_journal if self._of_journal else paths.typed)(self.query_one(Field).value)


def _is_synced(typed: str) -> bool:
    try:
        return paths.is_synced(paths.typed(typed))
    except UsageError:  # it is no path yet
        return False
