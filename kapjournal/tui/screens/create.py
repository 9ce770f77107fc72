"""Starting a journal: who one is, and a passphrase."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Select, Static

from kapjournal import paths
from kapjournal.domain import sentences
from kapjournal.domain.members import Role, valid_label
from kapjournal.tui import actions
from kapjournal.tui.screens.door_form import Door, DoorForm
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField


class CreateScreen(DoorForm):
    """The keeper's first page. The suggested file names nobody."""

    ROOM = "create"
    BINDINGS = actions.bindings(ROOM)
    TITLE = "Start a journal"
    DEED = "Start"
    AT_WORK = "Making the journal…"
    HELP = (
        f"{sentences.KEEPER}\n\n{sentences.OFFERED_WORDS} {sentences.LABEL} A first name or initials are "
        "enough."
    )

    def compose_first(self) -> ComposeResult:
        """Who one is."""
        with Horizontal(id="who"):
            with Vertical():
                yield Static("What you are called here", markup=False, classes="caption")
                yield Field(placeholder="first name or initials", max_length=40, id="label")
            with Vertical():
                yield Static("What you are to the couple", markup=False, classes="caption")
                yield Select(
                    [(role.value.capitalize(), role) for role in Role],
                    value=Role.THERAPIST,
                    allow_blank=False,
                )

    def compose_last(self) -> ComposeResult:
        """Where it will be."""
        yield FileField("The file", str(paths.free_file()))

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one("#label").focus()

    def work(self) -> Callable[[], Door]:
        """Make the journal."""
        label = valid_label(self.query_one("#label", Field).value)
        role = Role(str(self.query_one(Select).value))
        path = self.query_one(FileField).path
        passphrase, memory, strength = self.passphrase, self.kap.memory, self.kap.strength

        def create() -> Door:
            from kapjournal.journal import DEFAULT, create  # noqa: PLC0415

            paths.private_folder(path.parent)
            return create(
                path,
                label=label,
                role=role,
                passphrase=passphrase,
                strength=strength or DEFAULT,
                memory=memory,
            )

        return create
