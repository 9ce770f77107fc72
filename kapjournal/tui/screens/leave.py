"""The form by which a write-up leaves: to whom, on which basis, until when, and sealed how."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Select, Static

from kapjournal import clock, paths
from kapjournal.domain import departures
from kapjournal.domain.couples import Couple
from kapjournal.domain.records import Record
from kapjournal.domain.supervision import BASIS, NO_RECIPIENT, PURPOSE, Basis
from kapjournal.errors import UsageError
from kapjournal.exchange.leaving_file import FORMS
from kapjournal.exchange.page_file import saved_as
from kapjournal.exchange.write_up import ToLeave, export_write_up, page_in_markdown
from kapjournal.presentation import write_up, write_up_ledger
from kapjournal.presentation import write_up_leaving as saying
from kapjournal.text import MAX_LINE
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import LeavingPageRoute
from kapjournal.tui.screens.file_form import FileForm, Question, Report
from kapjournal.tui.screens.sealing_fields import pair, passphrase_twice, sealing_in
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class LeaveScreen(FileForm):
    """Shows the page on demand, and writes it only when told to; the ledger has it then."""

    NAME = "leave"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    CAN_STOP = True
    SUBMIT = "Let it leave"
    PROGRESS = "Writing it…"
    HELP = (
        "This lets a write-up leave, as a file for one recipient. The basis says why it may: below the "
        "choice stands what it needs, and whether that is there is looked at in the moment it leaves. The "
        "ending of the file’s name says what is made: .md, .html, .docx or .pdf; with .age behind it, or "
        ".age.txt for mail, it is sealed to their key or with a passphrase.\n\n"
        "{show-page} shows the page as it will leave; nothing is written for that. “Let it leave” writes it, "
        "with its entry in the ledger; {let-it-leave} does the same. If anything keeps it from leaving, that "
        "is said here, and nothing was written."
    )

    def __init__(
        self,
        journal: "Journal",
        couple: Couple,
        record: Record,
        theirs: "Journal | None" = None,
        recipient: str = "",
    ) -> None:
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._record_id = record.id
        fields = record.text.fields
        self._recipient = recipient
        bases = [one for one in Basis if one.value == fields.get(BASIS)]
        self._basis = bases[0] if bases else Basis.DEIDENTIFIED
        self._theirs = theirs
        self._suggested = str(paths.free_in_home("case.docx"))

    @property
    def heading(self) -> str:
        """What the form is for."""
        return saying.HEADING

    @property
    def meaning(self) -> str:
        """That it is looked at, and kept in the ledger."""
        return saying.MEANING

    def field(self) -> FileField:
        """The field for the new file; its name says nothing but the word for the case."""
        return FileField("The new file", self._suggested, of_journal=False)

    def further(self) -> Iterable[Widget]:
        """To whom, on which basis, what for, until when, signed how, sealed how; and the page."""
        bases = [(words, basis.value) for basis, words in saying.CHOICES.items()]
        signer = self.shell.signers.get(self._journal.me.id)
        signs = Field(
            signer.name if signer else "", placeholder=write_up.NOBODY_SIGNED, max_length=MAX_LINE, id="signs"
        )
        yield Static(FORMS, markup=False, classes="beneath")
        yield pair(
            (saying.RECIPIENT, Field(self._recipient, max_length=MAX_LINE, missing=NO_RECIPIENT, id="to")),
            (saying.BASIS, Select(bases, value=self._basis.value, allow_blank=False, id="basis")),
        )
        yield Static(saying.NEEDS[self._basis], markup=False, id="needs", classes="beneath")
        yield pair(
            (saying.PURPOSE, Field(PURPOSE, max_length=MAX_LINE, id="purpose")),
            (saying.DESTROY_BY, Field(saying.suggested_day(), select_on_focus=True, id="until")),
        )
        yield pair(
            (saying.REVIEWER, signs), (saying.KEY, Field(placeholder=saying.NOT_SEALED_WITHOUT, id="key"))
        )
        yield passphrase_twice()
        yield Button("Show the page", id="show")

    def on_mount(self) -> None:
        """Suggest a name for the file by the word for the case."""
        super().on_mount()
        record_id, recipient = self._record_id, self._recipient

        def suggest(word: str) -> None:
            field = self.query_one("#file", Field)
            if word and field.value == self._suggested:
                field.value = self._suggested = str(paths.free_in_home(write_up.suggested_name(word)))

        look = lambda: saying.case_word(self._journal, record_id, recipient)  # noqa: E731
        background.run(self, look, suggest, self.say_error, group="suggested")

    def on_unmount(self) -> None:
        """Forget it."""
        self._couple = self._theirs = None
        self._recipient = self._suggested = ""

    @on(Select.Changed, "#basis")
    def _say_what_it_needs(self) -> None:
        self.query_one("#needs", Static).update(saying.NEEDS[self._chosen_basis])

    @property
    def _chosen_basis(self) -> Basis:
        return Basis(str(self.query_one("#basis", Select).value))

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).value

    @property
    def _asked(self) -> ToLeave:
        """What was said of it (`UsageError`)."""
        with self.reading("until"):
            until = departures.destroy_by(saying.day_typed(self._typed("until")), clock.today())
        with self.reading("signs"):
            signs = write_up.checked_reviewer(self._typed("signs"))
        return ToLeave(self._typed("to"), self._chosen_basis, self._typed("purpose"), until, signs)

    def work(self, path: Path) -> Callable[[], Report]:
        """Write it, with its entry in the ledger (`UsageError`)."""
        journal, record_id, theirs = self._journal, self._record_id, self._theirs
        asked, sealing = self._asked, sealing_in(self, "key")

        def leave() -> Report:
            place, left = export_write_up(
                journal, record_id, asked, path, sealing=sealing, theirs=theirs, begun=self.stopping.begun
            )
            return [
                saved_as(place, sealing),
                write_up_ledger.left_in_words(left),
                f"SHA-256 {left.sha256}",
            ]

        return leave

    def field_of(self, sentence: str) -> Widget | None:
        """The file, if the sentence is about its name or says it."""
        is_of_file = sentence == FORMS or self.path.name in sentence
        return super().field_of(sentence) if is_of_file else None

    def action_let_it_leave(self) -> None:
        """Do what the first button does, from whatever field."""
        self.action_first_button()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Show nothing while it is being written."""
        return not (self.busy and action in ("show_page", "let_it_leave")) and super().check_action(
            action, parameters
        )

    @on(Button.Pressed, "#show")
    def action_show_page(self) -> None:
        """Show the page as it would leave now, or say why it may not."""
        journal, record_id, theirs = self._journal, self._record_id, self._theirs
        try:
            asked = self._asked
        except UsageError as error:
            self.say_error(str(error))
            return

        def made() -> str:
            leaving = journal.write_ups.leaving(
                record_id, asked.recipient, asked.basis, asked.purpose, theirs
            )
            until = departures.destroy_by(asked.destroy_by, clock.today())
            return page_in_markdown(leaving, asked.reviewer, until)

        def show(words: str) -> None:
            self.say("")
            self.shell.go_to(LeavingPageRoute(journal, words))

        self.say("Reading…")
        background.run(self, made, show, self.say_error, group="page")

    def _done(self, report: Report | Question) -> None:
        """Show what came of it alone: it left, and the form has done its work."""
        for one in self.query("FileField, .beneath, .pair, #show, #do"):
            one.display = False
        super()._done(report)

    def _set_busy(self, busy: bool) -> None:
        super()._set_busy(busy)
        for one in self.query("Field, Select"):
            one.disabled = busy
