"""The form that brings in notes of another program: it looks first, then does it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static

from kapjournal.domain.incoming import Plan
from kapjournal.exchange.imports.sources import source
from kapjournal.presentation import imports as saying
from kapjournal.tui import actions
from kapjournal.tui.navigation.routes import ImportsRoute
from kapjournal.tui.screens.file_form import FileForm, Question, Report
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_BRING = "Bring it in"
_Wanted = tuple[Path, str]


class ImportScreen(FileForm):
    """Says what would come; done again, with nothing changed, it brings it."""

    NAME = "import"
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "Look first"
    PROGRESS = "Reading…"
    CAN_STOP = True
    HELP = (
        f"{saying.MEANING}\n\nYou are told first what would come, what is here already, and what cannot come "
        "and why. Then it comes all at once: stopped, or cut off, it leaves nothing. {imported} shows what "
        "came before, and takes it out again.\n\n"
        "Pictures are cleaned of what they say of place, device and time. One that cannot be cleaned does "
        "not come."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._looked: tuple[_Wanted, Plan] | None = None

    def on_unmount(self) -> None:
        """Forget what was seen."""
        self._looked = None

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Bring in notes of another program"

    @property
    def meaning(self) -> str:
        """What will be done."""
        return saying.MEANING

    def field(self) -> FileField:
        """The field for the file or folder."""
        return FileField(saying.WHERE, of_journal=False)

    def further(self) -> Iterable[Widget]:
        """What it is."""
        yield Static("What it is", markup=False, classes="caption")
        options = [("As it looks", ""), *((words, kind) for kind, words in saying.KINDS.items())]
        yield Select(options, value="", allow_blank=False, id="kind")

    def action_imported(self) -> None:
        """Go to what was imported."""
        if not self.busy:
            self.shell.go_to(ImportsRoute(self._journal))

    @on(Input.Changed)
    @on(Select.Changed)
    def _changed(self) -> None:
        """Something else is wanted: look again first."""
        if not self.busy:
            self._looked = None
            self._name_what_comes_next()

    def work_as_typed(self) -> Callable[[], Report | Question]:
        """What looks, or brings what was seen (`UsageError`)."""
        wanted = self.path, str(self.query_one("#kind", Select).value)
        if self._looked and self._looked[0] == wanted:
            return self._bringing(*self._looked)
        return self._looking(wanted)

    def _looking(self, wanted: _Wanted) -> Callable[[], Report]:
        journal, follow = self._journal, self.following(saying.in_steps)
        path, kind = wanted

        def look() -> Report:
            with source(kind, path) as found:
                plan = journal.imports.look(found, follow, is_exact=found.is_exact)
            if plan.notes and self.is_attached:
                self._looked = wanted, plan
            read_as = f"Read as: {saying.KINDS[found.kind]}."
            return [read_as, *saying.planned(plan), *saying.problems(plan), saying.lost(plan)]

        return look

    def _bringing(self, wanted: _Wanted, plan: Plan) -> Callable[[], Report]:
        journal, follow = self._journal, self.following(saying.in_steps)
        path, kind = wanted
        self._looked = None

        def bring() -> Report:
            with source(kind, path) as found:
                done = journal.imports.bring(
                    found,
                    kind=found.kind,
                    name=found.name,
                    whole=plan.notes + plan.duplicates,
                    progress=follow,
                    is_exact=found.is_exact,
                )
            return [*saying.brought(done.plan), saying.lost(done.plan)]

        return bring

    def _done(self, report: Report | Question) -> None:
        super()._done(report)
        self._name_what_comes_next()
        if self._looked:
            self.query_one("#do").focus()

    def _not_done(self, focused: Widget | None, sentence: str) -> None:
        super()._not_done(focused, sentence)
        self._name_what_comes_next()

    def _name_what_comes_next(self) -> None:
        button = self.query_one("#do", Button)
        button.label = _BRING if self._looked else self.SUBMIT
        button.refresh(layout=True)
