"""A dialog that asks for whom a will is, and for the passphrase, before it draws shares."""

from dataclasses import dataclass

from textual.app import ComposeResult

from kapjournal.domain.will import MAX_BESIDE, MAX_CUSTODIAN, custodian_and_line
from kapjournal.errors import KapjournalError
from kapjournal.presentation import will as saying
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field


@dataclass(frozen=True, slots=True, repr=False)
class NewWill:
    """Three shares that open nothing yet, and for whom they are."""

    shares: tuple[str, ...]
    custodian: str
    beside: str


class NewWillModal(FieldsDialog[NewWill]):
    """Hands back what a will is made of."""

    HEADING = "A new will"
    WHAT = saying.FIRST
    DO = "Show the shares"

    def fields(self) -> ComposeResult:
        """The custodian, and the passphrase."""
        yield Field(
            placeholder="the custodian’s name",
            max_length=MAX_CUSTODIAN,
            missing=saying.CUSTODIAN,
            id="custodian",
        )
        yield Field(placeholder="a line beside it: where they are", max_length=MAX_BESIDE, id="beside")
        yield Field(
            placeholder="your passphrase once more",
            password=True,
            missing="Type your passphrase first.",
            id="passphrase",
        )

    def filled_in(self) -> None:
        """Draw the shares, if custodian and passphrase are right."""
        said = (self.query_one(f"#{name}", Field).value for name in ("custodian", "beside"))
        try:
            custodian, beside = custodian_and_line(*said)
        except KapjournalError as error:
            self.say_error(str(error))
            return
        field = self.query_one("#passphrase", Field)
        journal, passphrase = self._journal, field.value

        def draw() -> NewWill:
            from kapjournal.journal import generated_shares  # noqa: PLC0415

            journal.keys.confirm_passphrase(passphrase)
            return NewWill(generated_shares(), custodian, beside)

        field.value = ""
        self.run_once("One moment…", draw, self._drawn)

    def _drawn(self, will: NewWill) -> None:
        self.dismiss(will)
