"""The form that saves one slider of somebody's check-ins as a picture, or all as a table."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths
from kapjournal.content import self_reports as content
from kapjournal.domain.ids import MemberId
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.chart_svg import chart_svg
from kapjournal.exchange.check_ins_csv import check_ins_csv
from kapjournal.exchange.page_file import SAVING, save_page
from kapjournal.presentation.trends import check_ins_of, names_in, trends_of
from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class SaveTrendsScreen(SavingForm):
    """Saves what the member can read of one person; without a slider, the table of all."""

    NAME = "save-trends"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This writes a picture of one slider, or a table of all check-ins with their lines, out of the "
        "journal, to where other programs open it. There it is not sealed without a key: keep it where "
        "only you come, and delete it when you no longer need it. It says nowhere whose it is. Nothing is "
        "ever written over.\n\n" + ON_SEALING
    )

    def __init__(self, journal: "Journal", person: MemberId, slider: str) -> None:
        super().__init__(journal)
        self._person = person
        self._slider = slider

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Save a chart" if self._slider else "Save check-ins"

    @property
    def meaning(self) -> str:
        """What is in the file, and who can read it there."""
        is_mine = self._person == self._journal.me.id
        whose = "yours" if is_mine else shown_line(self._journal.members.label_of(self._person))
        what = f"All check-ins ({whose}), with every value and line."
        if self._slider:
            what = (
                f"{content.label_of(self._slider, content.sliders())} over the course ({whose}), a picture."
            )
        return f"{what}\n\n{SAVING}"

    def field(self) -> FileField:
        """The field for the new file, with a place suggested that says not whose it is."""
        name = "chart.svg" if self._slider else "check-ins.csv"
        return FileField("The new file", str(paths.free_in_home(name)), of_journal=False)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Write it."""
        journal, person, slider = self._journal, self._person, self._slider

        def write() -> Report:
            if slider:
                text = chart_svg(trends_of(journal, person)[slider])
            else:
                said = check_ins_of(journal, person)
                text = check_ins_csv(said, names_in(said))
            return [save_page(journal, path, text, sealing)]

        return write
