"""The form in which sharing is ended: what happens, where the archive goes, and the words to type."""

from collections.abc import Callable, Iterable

from textual.widget import Widget
from textual.widgets import Static

from kapjournal import paths
from kapjournal.errors import UsageError
from kapjournal.presentation import apart
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import FileForm, Question, Report
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField


class ApartScreen(FileForm):
    """Ends sharing once the words are typed; an archive is written first, unless its field is left empty."""

    NAME = "apart"
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "End sharing"
    PROGRESS = "Writing the archive, then ending sharing…"
    CAN_STOP = True
    HELP = (
        "Any of you can end sharing for all of you. Nothing is deleted, and nobody is told who did it.\n\n"
        "The archive is yours: take it on a stick, for example. It opens with your passphrase. While it is "
        "written, Escape gives it up, and sharing goes on."
    )

    @property
    def heading(self) -> str:
        """What the form is for."""
        return apart.HEADING

    @property
    def meaning(self) -> str:
        """What is written first."""
        return apart.ARCHIVE_FIRST

    def field(self) -> FileField:
        """The field for the archive, with a name suggested that says nothing."""
        caption = "Your archive, a new file; empty it to write none"
        return FileField(caption, str(paths.free_archive()), may_be_empty=True)

    def further(self) -> Iterable[Widget]:
        """The field for the words."""
        yield Static(apart.ASKS_FOR_THE_WORD, markup=False, id="asks", classes="caption")
        yield Field(missing=f"{apart.ASKS_FOR_THE_WORD}.", id="word")

    def work_as_typed(self) -> Callable[[], Report]:
        """Write the archive and end sharing, if the words are typed (`UsageError`)."""
        file, journal, follow = self.query_one(FileField), self._journal, self.following()
        archive = None if file.is_empty else self.path
        with self.reading("word"):
            if not apart.is_the_word(self.query_one("#word", Field).value):
                raise UsageError(f"{apart.ASKS_FOR_THE_WORD}.")
        return lambda: apart.go_apart(journal, archive, follow)

    def _done(self, report: Report | Question) -> None:
        """Leave what was done and the way back: there is nothing to do again."""
        self.query("FileField, #asks, #word, #do").set(display=False)
        super()._done(report)
