"""The form by which a pack is made: a file, with its entry in the ledger."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widget import Widget

from kapjournal import paths
from kapjournal.domain.couples import Couple
from kapjournal.domain.packs import Pack, Withheld
from kapjournal.exchange.age import Sealing
from kapjournal.exchange.leaving_file import FORMS
from kapjournal.exchange.pack import FILE_NAME, export_pack
from kapjournal.exchange.page_file import SAVING, saved_as
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import packs as saying
from kapjournal.tui import actions
from kapjournal.tui.screens.file_form import Report
from kapjournal.tui.screens.saving_form import ON_SEALING, SavingForm
from kapjournal.tui.screens.sealing_fields import passphrase_twice, sealing_in
from kapjournal.tui.widgets.file_field import FileField

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class MakePackScreen(SavingForm):
    """Writes it as markdown, HTML, DOCX or a PDF to a new file."""

    NAME = "make-pack"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    SUBMIT = "Make it"
    HELP = (
        "This writes the pack to a new file, and into the ledger, which keeps when it was made, in which "
        "form, and what you withheld. If anything changed since you looked through it, nothing is written. "
        "For the joint pack both have to authorise it at that very moment.\n\n"
        f"{ON_SEALING} Whoever has no key can be given a passphrase: it seals the file too."
    )

    def __init__(
        self,
        journal: "Journal",
        couple: Couple,
        pack: Pack,
        withheld: Sequence[Withheld],
        theirs: "Journal | None" = None,
    ) -> None:
        super().__init__(journal)
        self._couple: Couple | None = couple
        self._pack: Pack | None = pack
        self._withheld = withheld
        self._theirs = theirs

    def on_unmount(self) -> None:
        """Forget the pack."""
        self._couple = self._pack = self._theirs = None
        self._withheld = ()

    @property
    def heading(self) -> str:
        """What the form is for."""
        return saying.title(self._couple, self._pack.about) if self._couple and self._pack else ""

    @property
    def meaning(self) -> str:
        """What goes in, and what will be done."""
        much = saying.how_much(self._pack, self._withheld) if self._pack else ""
        return f"{much} {SAVING} {FORMS}"

    def field(self) -> FileField:
        """The field for the new file, with a place suggested that names nobody."""
        return FileField("The new file", str(paths.free_in_home(FILE_NAME)), of_journal=False)

    def further(self) -> Iterable[Widget]:
        """The keys, or a passphrase: who asks for their pack has no key as a rule."""
        yield from super().further()
        yield passphrase_twice()

    def work_as_typed(self) -> Callable[[], Report]:
        """The same, sealed with a passphrase if one was typed (`UsageError`)."""
        sealing = sealing_in(self, "keys")
        return self.save(self.path, sealing)

    def save(self, path: Path, sealing: Sealing | None) -> Callable[[], Report]:
        """Make it."""
        journal, pack, withheld, theirs = self._journal, self._pack, self._withheld, self._theirs

        def make() -> Report:
            if pack is None:
                return []
            told: list[str] = []
            place, left = export_pack(
                *(journal, pack, withheld, path),
                sealing=sealing,
                theirs=theirs,
                begun=self.stopping.begun,
                tell=told.append,
            )
            return [saved_as(place, sealing), asking.left_in_words(left), *told]

        return make
