"""The versions of a clinical record of the member, and what changed from each to the next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kapjournal.domain.couples import Couple
from kapjournal.domain.records import Record, RecordVersion
from kapjournal.presentation import records as saying
from kapjournal.tui import actions
from kapjournal.tui.record_data import readers
from kapjournal.tui.rendering.layout import Block
from kapjournal.tui.rendering.records import changes_page
from kapjournal.tui.screens.versions_screen import VersionsScreen

if TYPE_CHECKING:
    from kapjournal.journal import Journal


class RecordHistoryScreen(VersionsScreen[RecordVersion]):
    """The versions of one record."""

    NAME = "record-history"
    IS_RECORD = True
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "These are the versions of your record, the newest first. Only you can see them: colleagues see the "
        "record as it is now.\n\nUnder the list stands what changed in which field: lines with + were added, "
        "lines with - were taken away, and the words that differ are underlined. Tab goes to the words, to "
        "scroll them."
    )

    def __init__(self, journal: "Journal", record: Record, couple: Couple | None) -> None:
        super().__init__(journal)
        self._record_id = record.id
        self._record_name = saying.name_of(record.text, couple)
        self._couple = couple

    def on_unmount(self) -> None:
        """Forget whose record it is, as its versions."""
        self._couple, self._record_name = None, ""

    def _called(self) -> str:
        return self._record_name

    def _read(self) -> list[RecordVersion]:
        return self._journal.records.history(self._record_id)

    def _readers(self, version: RecordVersion) -> tuple[str, str]:
        return readers(self._journal, version.readers)

    def _page(self, earlier: RecordVersion | None, version: RecordVersion) -> list[Block]:
        around = list(self._around(earlier, version)) if earlier else []
        return changes_page(earlier.text if earlier else None, version.text, around)

    def _around(self, earlier: RecordVersion, version: RecordVersion) -> Iterator[str]:
        """A line for each other thing that changed."""
        facts = saying.facts(earlier.text, self._couple), saying.facts(version.text, self._couple)
        for (name, old), (_, new) in zip(*facts, strict=True):
            if old != new:
                yield f"{name}: {old or 'none'} → {new or 'none'}"
        if earlier.readers != version.readers:
            yield f"Readers: {self._readers(earlier)[1]} → {self._readers(version)[1]}"
