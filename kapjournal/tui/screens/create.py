"""Starting a journal: who one is, and a passphrase."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Footer, Select, Static

from kapjournal import paths
from kapjournal.domain.members import Role, valid_label
from kapjournal.errors import KapjournalError, UsageError
from kapjournal.tui import actions, background
from kapjournal.tui.screens.room import Room
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.new_passphrase import NewPassphrase
from kapjournal.tui.widgets.said import Said

if TYPE_CHECKING:
    from kapjournal.journal import Journal

_SYNCED = ("dropbox", "onedrive", "google drive", "icloud", "mobile documents", "nextcloud", "syncthing")


class CreateScreen(Room):
    """The keeper's first page. The suggested file names nobody."""

    ROOM = "create"
    CSS_PATH = "create.tcss"
    BINDINGS = actions.bindings(ROOM)
    HELP = (
        "Whoever starts a journal is its keeper: they invite the others, and can remove them. They cannot "
        "read what others wrote for themselves.\n\n"
        "The six offered words are as strong as a long random password and can be remembered. Your label is "
        "written on your door, for whoever opens the file to see; a first name or initials are enough."
    )

    def compose(self) -> ComposeResult:
        """One column of fields."""
        with VerticalScroll(id="room"), Center(), Vertical(classes="column"):
            yield Static("Start a journal", markup=False, classes="heading")
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
            yield NewPassphrase()
            yield Static("The file", markup=False, classes="caption")
            yield Field(str(_suggested_file()), id="file")
            yield Said()
            with Horizontal(classes="buttons"):
                yield Button("Start", variant="primary", id="start")
                yield Button("Back", id="back")
        yield Footer()

    def on_mount(self) -> None:
        """Fetch six words."""
        self.query_one("#label").focus()
        background.run(self, offered_words, self.query_one(NewPassphrase).offer, self.trouble)

    @on(Field.Changed, "#file")
    def _warn_of_synced_folders(self, event: Field.Changed) -> None:
        if any(name in event.value.lower() for name in _SYNCED):
            self.say(
                "This looks like a synced folder. Two computers writing at once would each make a copy "
                "that does not know the other."
            )

    @on(Button.Pressed, "#back")
    def _back(self) -> None:
        self.action_back()

    @on(Button.Pressed, "#start")
    @on(Field.Submitted)
    def _start(self) -> None:
        kap = self.kap
        memory, strength = kap.memory, kap.strength
        try:
            label = valid_label(self.query_one("#label", Field).value)
            passphrase = self.query_one(NewPassphrase).passphrase
            path = _file_from(self.query_one("#file", Field).value)
        except KapjournalError as error:
            self.trouble(str(error))
            return
        role = self.query_one(Select).value
        if not isinstance(role, Role) or self.query_one("#start").disabled:
            return

        def create() -> "tuple[Journal, str | None]":
            from kapjournal.journal import DEFAULT, check_passphrase, create  # noqa: PLC0415

            paths.private_folder(path.parent)
            return create(
                path,
                label=label,
                role=role,
                passphrase=check_passphrase(passphrase),
                strength=strength or DEFAULT,
                memory=memory,
            )

        self.query_one("#start").disabled = True
        self.say("Making the journal…")
        background.run(kap, create, kap.welcome, self._not_made, group="open")

    def _not_made(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#start").disabled = False
            self.trouble(sentence)


def offered_words() -> str:
    """Six generated words; for a thread, since it imports the journal."""
    from kapjournal.journal import generated_passphrase  # noqa: PLC0415

    return generated_passphrase()


def _suggested_file() -> Path:
    folder = paths.data_folder()
    names = ("journal", *(f"journal-{number}" for number in range(2, 100)))
    return next(file for name in names if not (file := folder / (name + paths.SUFFIX)).exists())


def _file_from(text: str) -> Path:
    if not text.strip():
        raise UsageError("Say where the file should be.")
    path = Path(text.strip()).expanduser()
    return path if path.suffix else path.with_suffix(paths.SUFFIX)
