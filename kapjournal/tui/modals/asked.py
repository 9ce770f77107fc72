"""A dialog that notes on which day a pack was asked for."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal import clock
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.parsing import past_day_from
from kapjournal.errors import KapjournalError
from kapjournal.presentation import access_requests as asking
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AskedModal(FieldsDialog[str]):
    """Hands back a sentence once it is noted."""

    HEADING = "Note that this pack was asked for"
    WHAT = "From that day on it is due in the days your clinic has set: 30, unless it says otherwise."
    DO = "Note it"
    HELP = (
        "Here you note on which day a partner asked for their own pack, or both for the joint one. It is due "
        "so many days later: 30, or as many as your clinic says (access_days in practice.toml).\n\n"
        "{back} notes nothing."
    )

    def __init__(self, journal: "Journal", couple: Couple, about: About) -> None:
        super().__init__(journal)
        self._couple = couple
        self._about = about

    def fields(self) -> ComposeResult:
        """The day."""
        yield Static(asking.WHICH_DAY, markup=False, classes="caption")
        yield Field(clock.today().isoformat(), select_on_focus=True, id="day")

    def filled_in(self) -> None:
        """Note it."""
        journal, couple, about = self._journal, self._couple, self._about
        field = self.query_one("#day", Field)
        try:
            day = past_day_from(field.value.strip())
        except KapjournalError as error:
            self.say_error(str(error))
            field.focus()
            return

        def note() -> str:
            return asking.request_in_words(journal.packs.ask(couple.case, about, day), couple)

        self.run_once("Noting it…", note, lambda said: self.dismiss(said) and None)
