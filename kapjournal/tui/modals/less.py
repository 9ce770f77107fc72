"""A dialog that asks for less than was agreed, in one line."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from kapjournal.domain.joint import SAY_WHAT_LESS
from kapjournal.presentation import joint_deeds as deeds
from kapjournal.text import MAX_LINE
from kapjournal.tui.modals.fields_dialog import FieldsDialog
from kapjournal.tui.widgets.field import Field

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class LessModal(FieldsDialog[str]):
    """Hands back what to say, once it is written down."""

    HEADING = deeds.LESS_HEADING
    WHAT = deeds.LESS
    DO = "Ask for less"

    def __init__(self, journal: "Journal", joint_id: str) -> None:
        super().__init__(journal)
        self._joint_id = joint_id

    def fields(self) -> ComposeResult:
        """The line."""
        yield Field(
            placeholder="one line",
            max_length=MAX_LINE,
            missing=SAY_WHAT_LESS,
        )

    def filled_in(self) -> None:
        """Write it down."""
        line, journal, joint_id = self.query_one(Field).value, self._journal, self._joint_id
        self.run_once("Writing…", lambda: journal.joints.narrow(joint_id, line), lambda _: self._done())

    def _done(self) -> None:
        self.dismiss(deeds.LESS_ASKED)
