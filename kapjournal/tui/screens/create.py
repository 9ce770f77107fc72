"""The form that starts a journal: label, role, passphrase and file."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal import paths
from kapjournal.domain.couples import couple_name
from kapjournal.domain.members import JournalKind, Role, valid_label
from kapjournal.errors import UnlockFailed, UsageError
from kapjournal.presentation import couples, sentences
from kapjournal.text import MAX_LINE
from kapjournal.tui import actions, background
from kapjournal.tui.navigation.routes import FirstCouple, OfferPracticeRoute
from kapjournal.tui.screens.door_form import DoorForm, OpenedDoor
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_field import FileField
from kapjournal.tui.widgets.person_fields import PersonFields

if TYPE_CHECKING:
    from kapjournal.journal import Journal


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

    def __init__(
        self,
        kind: JournalKind | None = None,
        practice: "Journal | None" = None,
        first: FirstCouple | None = None,
    ) -> None:
        """In a `practice` it makes a couple's journal; a practice may begin with a `first` couple."""
        super().__init__()
        self._kind = kind or (JournalKind.PRACTICE if first else JournalKind.COURSE)
        self._practice = practice
        self._first = first
        self._said = ""
        if self._kind is JournalKind.PRACTICE:
            self.heading = "Start a practice"

    async def arrive(self, opened: OpenedDoor) -> None:
        """Show the recovery words and enter; of a practice the couple's name goes with it."""
        journal, words = opened
        shell, kind, said, in_practice = self.shell, self._kind, self._said, self._practice is not None
        name = self.query_one("#couple", Field).value.strip() if in_practice else ""

        async def go_on(made: "Journal") -> None:
            if not in_practice and couples.offers_practice(kind, made.me.role):
                await shell.show_only(OfferPracticeRoute(made))
                return
            await shell.enter(made, couple=name)
            if said:
                shell.say_error(said)

        await shell.show_recovery_words(journal, words, go_on=go_on)

    def compose_first(self) -> ComposeResult:
        """The keeper's label and role; in a practice first the couple's name."""
        if self._kind is JournalKind.PRACTICE:
            yield Static(couples.PRACTICE, markup=False, classes="aside")
        if self._names_a_couple:
            yield Static("What you call the couple", markup=False, classes="caption")
            yield Field(max_length=MAX_LINE, missing=couples.NO_NAME, id="couple")
        if self._first is not None:
            yield Static(
                "The passphrase of their journal, which you made just now", markup=False, classes="caption"
            )
            yield Field(password=True, missing="Type the passphrase of their journal.", id="theirs")
        yield PersonFields(
            "What you are called here",
            "What you are to the couple" if self._kind is JournalKind.COURSE else "What you are there",
            Role.THERAPIST,
            self._kind.roles,
            missing=sentences.NO_LABEL,
            id="label",
        )

    def compose_last(self) -> ComposeResult:
        """The file of the journal."""
        free = paths.free_practice if self._kind is JournalKind.PRACTICE else paths.free_file
        yield FileField("The file", str(free()))

    def on_mount(self) -> None:
        """Begin with the first field; who was called something a moment ago is called so here."""
        if self._first is not None:
            self.query_one("#label", Field).value = self._first.label
        self.query_one("#couple" if self._names_a_couple else "#label").focus()

    @property
    def _names_a_couple(self) -> bool:
        return self._practice is not None or self._first is not None

    def work(self) -> Callable[[], OpenedDoor]:
        """Read the fields and return what makes the journal."""
        who = self.query_one(PersonFields)
        with self.reading("label"):
            label, role = valid_label(who.label), who.role
        with self.reading("file"):
            path = self.query_one(FileField).path
        passphrase, record_folder, strength = self.passphrase, self.shell.record_folder, self.shell.strength
        kind, practice, first, name = self._kind, self._practice, self._first, ""
        if self._names_a_couple:
            with self.reading("couple"):
                name = couple_name(self.query_one("#couple", Field).value)
        theirs = self.query_one("#theirs", Field).value if first else ""

        def create() -> OpenedDoor:
            from kapjournal.journal import create, unlock  # noqa: PLC0415

            paths.private_folder(path.parent)
            if practice is not None:  # before a file is made and words are drawn for it
                couple_name(name, [couple.name for couple in practice.couples.all()])
            if first is not None:  # nor before it is proved that the couple can be added
                try:
                    unlock(
                        first.path, label=first.label, passphrase=theirs, record_folder=record_folder
                    ).close()
                except UnlockFailed:
                    raise UsageError(couples.NOT_THEIRS) from None
            made = create(
                path,
                label=label,
                role=role,
                passphrase=passphrase,
                kind=kind,
                strength=strength,
                record_folder=record_folder,
            )
            into = practice or (made[0] if first else None)
            if into is not None:
                way = (first.path, first.label, theirs) if first else (path, label, passphrase)
                try:
                    into.couples.add(name, way[0], label=way[1], passphrase=way[2])
                except Exception as error:  # noqa: BLE001 - what is made is there, and its words are not lost
                    self._said = couples.not_added(name, background.error_sentence(error))
            return made

        return create
