"""A practice of Dr Lee's with a couple in it, and the colleagues who join."""

from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, join
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.case import Case
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault.unit_of_work import DocumentChange
from kapjournal.store import JournalFile
from tests.cast import MORNING, practice_of_lee
from tests.internals import vault_of

LEE = MORNING

QUESTION = {"question": "Whose fear am I following?", "wanted": "challenge me"}
NEEDED = {RecordKind.SUPERVISION: QUESTION}
"""What a record of a kind cannot be without."""


@dataclass
class Practice:
    """One file; each colleague has a computer of their own."""

    folder: Path
    lee: Journal
    opened: list[Journal] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.lee.path

    def couple(self, name: str = "Ana and Ben", journal: Journal | None = None) -> CaseId:
        """A couple of a colleague's, as `couples.add` makes one, without a journal of their own."""
        journal = journal or self.lee
        document = new_document_id()
        vault = vault_of(journal)
        with vault.unit_of_work() as unit:
            content = registry.CASE.encode(Case(name), None)
            unit.put(DocumentChange(document, registry.CASE.type, frozenset({vault.me}), content))
        return CaseId(document)

    def joins(self, label: str, role: Role) -> Journal:
        """Somebody joins, and everybody looks."""
        code = self.lee.members.invite(label, role, strength=FLOOR)
        journal, _ = join(
            self.path,
            code=code,
            label=label,
            passphrase=f"{label} opens this door",
            with_recovery=False,
            strength=FLOOR,
            record_folder=self.folder / label,
        )
        self.opened.append(journal)
        self.look()
        return journal

    def copy(self, path: Path) -> Journal:
        """Dr Lee's program on another computer, on a copy of the file as it is now."""
        self.lee.backup(path)
        memory = self.folder / f"memory of {path.stem}"
        journal = Journal(JournalFile(path), vault_of(self.lee).secrets, memory)
        self.opened.append(journal)
        return journal

    def look(self) -> None:
        """Let every program take in what the others wrote."""
        for _ in range(3):
            for journal in (self.lee, *(one for one in self.opened if not one.is_closed)):
                journal.refresh()

    def close(self) -> None:
        for journal in (self.lee, *self.opened):
            journal.close()


def practice(folder: Path) -> Practice:
    lee = practice_of_lee(folder / "practice.kap", folder / "memory")
    return Practice(folder, lee)
