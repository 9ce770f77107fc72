"""The form that brings in notes of another program: it looks first, then does it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input, Select, Static

from kapjournal.domain.incoming import Plan, Remedy
from kapjournal.exchange.imports.reading import encoding_from
from kapjournal.exchange.imports.sources import source
from kapjournal.presentation import imports as saying
from kapjournal.tui import actions
from kapjournal.tui.navigation.routes import ImportsRoute
from kapjournal.tui.screens.file_form import FileForm, Question, Report
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_BRING = "Bring it in"
_KEPT = "kept"
_LOOK_AGAIN = "What you say below lets more of it come: say it, and look again."


class _Wanted(NamedTuple):
    path: Path
    kind: str
    encoding: str
    keep_metadata: bool


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
        "Pictures are cleaned of what they say of place, device and time. One that cannot be cleaned comes "
        "only if you say that it may keep that. Words that are not UTF-8 come once you say how they are "
        "encoded."
    )

    def __init__(self, journal: "Journal") -> None:
        super().__init__(journal)
        self._looked: tuple[_Wanted, Plan] | None = None
        self._remedies: frozenset[Remedy] = frozenset()

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

    def beneath(self) -> Iterable[Widget]:
        """What lets more come, offered where there is something that needs it."""
        yield Field(placeholder=saying.ENCODING, id="encoding", classes="remedy")
        yield Checklist[str]((saying.METADATA, _KEPT), id="metadata", classes="remedy")

    def action_imported(self) -> None:
        """Go to what was imported."""
        if not self.busy:
            self.shell.go_to(ImportsRoute(self._journal))

    @on(Input.Changed)
    @on(Select.Changed)
    @on(Checklist.SelectedChanged)
    def _changed(self) -> None:
        """Something else is wanted: look again first."""
        if not self.busy:
            self._looked = None
            self._name_what_comes_next()

    def work_as_typed(self) -> Callable[[], Report | Question]:
        """What looks, or brings what was seen (`UsageError`)."""
        with self.reading("encoding"):
            encoding = encoding_from(self.query_one("#encoding", Field).value.strip())
        kind = str(self.query_one("#kind", Select).value)
        keep_metadata = _KEPT in self.query_one("#metadata", Checklist).selected
        wanted = _Wanted(self.path, kind, encoding, keep_metadata)
        if self._looked and self._looked[0] == wanted:
            return self._bringing(*self._looked)
        return self._looking(wanted)

    def _looking(self, wanted: _Wanted) -> Callable[[], Report]:
        journal, follow = self._journal, self.following(saying.in_steps)

        def look() -> Report:
            with source(wanted.kind, wanted.path, wanted.encoding) as found:
                plan = journal.imports.look(found, follow, keep_metadata=wanted.keep_metadata)
            if plan.notes and self.is_attached:
                self._looked = wanted, plan
            self._remedies |= plan.remedies
            more = [_LOOK_AGAIN] if plan.remedies else []
            read_as = f"Read as: {saying.KINDS[found.kind]}."
            return [*saying.planned(plan), read_as, *saying.problems(plan), saying.lost(plan), *more]

        return look

    def _bringing(self, wanted: _Wanted, plan: Plan) -> Callable[[], Report]:
        journal, follow = self._journal, self.following(saying.in_steps)
        self._looked = None

        def bring() -> Report:
            with source(wanted.kind, wanted.path, wanted.encoding) as found:
                done = journal.imports.bring(
                    found,
                    whole=plan.notes + plan.duplicates,
                    progress=follow,
                    keep_metadata=wanted.keep_metadata,
                )
            return [*saying.brought(done.plan), saying.lost(done.plan)]

        return bring

    @property
    def next_button(self) -> Widget:
        """What brings in what was seen."""
        return self.query_one("#do") if self._looked else super().next_button

    def _done(self, report: Report | Question) -> None:
        for remedy in self._remedies:
            self.query_one(f"#{remedy.value}").add_class("-offered")
        super()._done(report)
        self._name_what_comes_next()

    def _not_done(self, focused: Widget | None, sentence: str) -> None:
        super()._not_done(focused, sentence)
        self._name_what_comes_next()

    def _name_what_comes_next(self) -> None:
        button = self.query_one("#do", Button)
        button.label = _BRING if self._looked else self.SUBMIT
        button.refresh(layout=True)
