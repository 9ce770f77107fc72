"""The form that attaches a file to a note."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal.domain.attachments import name_from, place_of_new
from kapjournal.pictures import CannotBeCleaned, Detail
from kapjournal.presentation import attachments as wording
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import FileForm, Question, Report
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class AttachScreen(FileForm):
    """Attaches a file to a note of the member; asks first where a picture cannot be cleaned."""

    NAME = "attach"
    BINDINGS = actions.bindings(NAME)
    CAN_STOP = True
    SUBMIT = "Attach it"
    PROGRESS = "Attaching…"
    HELP = (
        "This seals a file into the journal, beside the words of your note, for the same readers. The file "
        "itself stays where it is: what lies there is not sealed.\n\n"
        "JPEG, PNG, WebP and GIF pictures are cleaned of what they say of place, device and time; you are "
        "told what was taken out. Of a picture that cannot be cleaned you are asked whether it is to go "
        "along as it is."
    )

    def __init__(self, journal: "Journal", note_id: str) -> None:
        super().__init__(journal)
        self._note_id = note_id

    @property
    def heading(self) -> str:
        """What the form is for."""
        return "Attach a file"

    @property
    def meaning(self) -> str:
        """What will be done."""
        return wording.ATTACHING

    def field(self) -> FileField:
        """The field for the file."""
        return FileField("Where the file is", of_journal=False)

    def work(self, path: Path) -> Callable[[], Report | Question]:
        """Attach the file, unless it is a picture that says what cannot be taken out: then ask."""
        attachments, note_id = self._journal.attachments, self._note_id
        follow = self.following()

        def attach(*, keep_metadata: bool = False) -> Report:
            taken_out: list[Detail] = []
            note = attachments.attach(
                note_id, path, follow, keep_metadata=keep_metadata, told=taken_out.extend
            )
            file = note.files[place_of_new(note.files, name_from(path.name))]
            return wording.after_attaching(file, taken_out)

        def attach_clean() -> Report | Question:
            try:
                return attach()
            except CannotBeCleaned as error:
                return Question(
                    wording.AS_IT_IS,
                    str(error),
                    "Attach it as it is",
                    lambda: attach(keep_metadata=True),
                    wording.NOTHING_ATTACHED,
                )

        return attach_clean
