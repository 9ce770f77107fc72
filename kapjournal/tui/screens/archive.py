"""The form that writes all a member can read, to be read in again."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Select

from kapjournal import clock
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.archiving import write
from kapjournal.exchange.archiving.write import Form
from kapjournal.presentation import archive as saying
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal

PROCESS_NOTES = "process-notes"


class ArchiveScreen(SavingForm):
    """Asks in what form, and where to; can be stopped, and then nothing is left of it."""

    NAME = "archive"
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "Write it"
    PROGRESS = "Writing… Stop leaves nothing of it."
    CAN_STOP = True
    ENTER_DOES_IT = True
    HELP = f"{saying.WHAT}\n\n{saying.FORMS}\n\n{ON_SEALING} A folder is sealed as one archive."

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._suggested = self._suggestion(Form.FOLDER)

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Archive all you can read"

    @property
    def meaning(self) -> str:
        """What will be done."""
        return saying.meaning(of_a_practice=self._journal.is_practice)

    def field(self) -> FileField:
        """The field for the new folder or file, with one suggested that names nobody."""
        return FileField("Where to", self._suggested, of_journal=False)

    def further(self) -> Iterable[Widget]:
        """In what form, in a practice whether process notes go along, and the keys."""
        forms = list(Form) if not self._journal.is_practice else [Form.FOLDER, Form.JSON]
        yield Select(
            [(saying.IN_WORDS[form], form) for form in forms], value=Form.FOLDER, allow_blank=False, id="form"
        )
        if self._journal.is_practice:
            yield Checklist[str]((saying.PROCESS_NOTES, PROCESS_NOTES), id="more")
        yield from super().further()

    @property
    def _form(self) -> Form:
        return Form(str(self.query_one("#form", Select).value))

    def _suggestion(self, form: Form) -> str:
        return str(write.suggested(form, clock.today()))

    @on(Select.Changed, "#form")
    def _suggest(self) -> None:
        """Suggest a name that fits the form, unless the person typed one."""
        field = self.query_one("#file", Input)
        if field.value == self._suggested:
            self._suggested = field.value = self._suggestion(self._form)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Write it."""
        journal, form, left_out = self._journal, self._form, list[str]()
        more = self.query(Checklist)
        process_notes = bool(more) and PROCESS_NOTES in more.first().selected
        follow = self.following()

        def archive() -> Report:
            written = write.write_archive(
                journal,
                path,
                form,
                process_notes=process_notes,
                sealing=sealing,
                tell=left_out.append,
                progress=follow,
            )
            where = saying.written(shown_line(str(written.resolve())))
            return [where, *left_out, write.warning(journal, form, sealing)]

        return archive
