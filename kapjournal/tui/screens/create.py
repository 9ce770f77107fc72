"""The form that starts a journal: label, role, passphrase and file."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kapjournal import paths
from kapjournal.domain.couples import couple_name
from kapjournal.domain.members import JournalKind, Role, valid_label
from kapjournal.errors import KapjournalError
from kapjournal.presentation import couples, sentences
from kapjournal.text import MAX_LINE
from kapjournal.tui import actions
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
        self._way_in: FirstCouple | None = None
        self._said = ""
        if self._kind is JournalKind.PRACTICE:
            self.heading = "Start a practice"

    async def arrive(self, opened: OpenedDoor) -> None:
        """Show the recovery words and enter; of a practice the couple's name goes with it."""
        journal, words = opened
        name = "" if self._practice is None else self.query_one("#couple", Field).value.strip()
        go_on: Callable[[Journal], Awaitable[None]] = partial(self.shell.enter, said=self._said, couple=name)
        if self._way_in is not None and self._offers_practice(journal):
            go_on = partial(self._offer_practice, self._way_in)
        await self.shell.show_recovery_words(journal, words, go_on=go_on)

    def _offers_practice(self, journal: "Journal") -> bool:
        return self._practice is None and couples.offers_practice(self._kind, journal.me.role)

    async def _offer_practice(self, first: FirstCouple, journal: "Journal") -> None:
        await self.shell.show_only(OfferPracticeRoute(journal, first))

    def on_unmount(self) -> None:
        """Forget the ways into what was made before and into what is made now."""
        self._first = self._way_in = None

    def compose_first(self) -> ComposeResult:
        """The keeper's label and role; in a practice first the couple's name."""
        if self._kind is JournalKind.PRACTICE:
            yield Static(couples.PRACTICE, markup=False, classes="aside")
        if self._names_a_couple:
            yield Static("What you call the couple", markup=False, classes="caption")
            yield Field(max_length=MAX_LINE, missing=couples.NO_NAME, id="couple")
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
        self._way_in = FirstCouple(path, label, passphrase)
        if self._names_a_couple:
            with self.reading("couple"):
                name = couple_name(self.query_one("#couple", Field).value)

        def create() -> OpenedDoor:
            from kapjournal.journal import create  # noqa: PLC0415

            paths.private_folder(path.parent)
            if practice is not None:  # before a file is made and words are drawn for it
                couple_name(name, [couple.name for couple in practice.couples.all()])
            made = create(
                path,
                label=label,
                role=role,
                passphrase=passphrase,
                kind=kind,
                strength=strength,
                record_folder=record_folder,
            )
            if practice is not None:
                practice.couples.add(name, path, label=label, passphrase=passphrase)
            if first is not None:
                try:
                    made[0].couples.add(name, first.path, label=first.label, passphrase=first.passphrase)
                except KapjournalError as error:  # the practice is there, and its words are not lost
                    self._said = couples.not_added(name, str(error))
            return made

        return create
