"""The form that saves a chart or one person's answers, out of the journal."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths
from kapjournal.content import measures as content
from kapjournal.domain.ids import MemberId
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.chart_svg import chart_svg
from kapjournal.exchange.measure_files import AnswersForm, answers_text
from kapjournal.exchange.page_file import SAVING, save_page
from kapjournal.presentation.measure_charts import answers_of, chart_of
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal

PICTURE = "svg"
_NAMES = {PICTURE: "chart.svg", "csv": "measures.csv", "fhir": "measures.json"}
"""None of them says whose it is."""


class SaveMeasuresScreen(SavingForm):
    """Saves what the member can read of one person."""

    NAME = "save-measures"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This writes a chart, or all answers of one person as far as you can read them, out of the "
        "journal, to where other programs open it. There it is not sealed without a key: keep it where "
        "only you come, and delete it when you no longer need it. In it stands nowhere whose it is. "
        "Nothing is ever written over.\n\n" + ON_SEALING
    )

    def __init__(self, journal: "Journal", person: MemberId, measure: str, form: str) -> None:
        super().__init__(journal)
        self._person = person
        self._measure = content.measure(measure)
        self._form = form

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Save a chart" if self._form == PICTURE else "Save answers"

    @property
    def meaning(self) -> str:
        """What is in the file, and who can read it there."""
        whose = shown_line(self._journal.members.label_of(self._person))
        if self._person == self._journal.me.id:
            whose = "you"
        if self._form == PICTURE:
            what = f"The course of {shown_line(self._measure.title)} of {whose}, as a picture."
        else:
            what = f"Every measure of {whose} that you can read, with each answer."
        return f"{what}\n\n{SAVING}"

    def field(self) -> FileField:
        """The field for the new file, with a place suggested."""
        return FileField("The new file", str(paths.free_in_home(_NAMES[self._form])), of_journal=False)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Write it."""
        journal, person, measure, form = self._journal, self._person, self._measure, self._form

        def write() -> Report:
            if form == PICTURE:
                text = chart_svg(chart_of(journal, person, measure))
            else:
                text = answers_text(answers_of(journal, person), AnswersForm(form))
            return [save_page(journal, path, text, sealing)]

        return write
