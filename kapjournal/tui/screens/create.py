"""The form that starts a journal: label, role, passphrase and file."""

from collections.abc import Callable

from textual.app import ComposeResult

from kapjournal import paths
from kapjournal.domain.members import Role, valid_label
from kapjournal.presentation import sentences
from kapjournal.tui import actions
from kapjournal.tui.screens.door_form import DoorForm, OpenedDoor
from kapjournal.tui.widgets.file_field import FileField
from kapjournal.tui.widgets.person_fields import PersonFields


class CreateScreen(DoorForm):
    """The keeper's first form. The suggested file has no person's name."""

    NAME = "create"
    BINDINGS = actions.bindings(NAME)
    TITLE = "Start a journal"
    SUBMIT_LABEL = "Start"
    PROGRESS = "Making the journal…"
    HELP = (
        f"{sentences.KEEPER}\n\n{sentences.OFFERED_WORDS} {sentences.LABEL} A first name or initials are "
        "enough."
    )

    def compose_first(self) -> ComposeResult:
        """The keeper's label and role."""
        yield PersonFields(
            "What you are called here",
            "What you are to the couple",
            Role.THERAPIST,
            missing=sentences.NO_LABEL,
            id="label",
        )

    def compose_last(self) -> ComposeResult:
        """The file of the journal."""
        yield FileField("The file", str(paths.free_file()))

    def on_mount(self) -> None:
        """Begin with the label."""
        self.query_one("#label").focus()

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what makes the journal."""
        who = self.query_one(PersonFields)
        label, role = valid_label(who.label), who.role
        path = self.query_one(FileField).path
        passphrase, record_folder, strength = self.passphrase, self.shell.record_folder, self.shell.strength

        def create() -> OpenedDoor:
            from kapjournal.journal import create  # noqa: PLC0415

            paths.private_folder(path.parent)
            return create(
                path,
                label=label,
                role=role,
                passphrase=passphrase,
                strength=strength,
                record_folder=record_folder,
            )

        return create
