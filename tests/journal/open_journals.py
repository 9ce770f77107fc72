"""A journal of Dr Lee, Ana and Ben, open for all three, and whatever else of theirs a test wants to open."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, join
from kapjournal.store import JournalFile
from tests.cast import meet
from tests.internals import vault_of

ROLES = {"Dr Lee": Role.THERAPIST, "Ana": Role.PARTNER, "Ben": Role.PARTNER}


@dataclass
class OpenJournals:
    """One file, one computer. `held` is what each person's slot holds, so that no door is stretched again."""

    folder: Path
    held: dict[str, Secrets]
    _opened: list[Journal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lee, self.ana, self.ben = (self.open(label) for label in ("Dr Lee", "Ana", "Ben"))

    @property
    def path(self) -> Path:
        return self.folder / "ours.kap"

    @property
    def memory(self) -> Path:
        return self.folder / "memory"

    @property
    def journals(self) -> tuple[Journal, Journal, Journal]:
        return self.lee, self.ana, self.ben

    def open(self, label: str, *, path: Path | None = None, memory: Path | None = None) -> Journal:
        """One more program of a person's, on the file or on a copy of it."""
        journal = Journal(JournalFile(path or self.path), self.held[label], memory or self.memory)
        self._opened.append(journal)
        return journal

    def join(self, label: str, role: Role) -> Journal:
        """Let the keeper invite somebody, and be greeted."""
        journal = self.enter(label, self.lee.members.invite(label, role, strength=FLOOR))
        self.look()
        return journal

    def enter(self, label: str, code: str) -> Journal:
        """Join with a code; nobody else has looked yet."""
        journal, _ = join(
            self.path,
            code=code,
            label=label,
            passphrase=f"{label} opens this door",
            with_recovery=False,
            strength=FLOOR,
            record_folder=self.memory,
        )
        self.held[label] = vault_of(journal).secrets
        self._opened.append(journal)
        return journal

    def look(self) -> None:
        """Let every open program take in what the others wrote, letters and all."""
        for _ in range(4):
            for journal in self._opened:
                if not journal.is_closed:
                    journal.refresh()

    def close(self) -> None:
        for journal in self._opened:
            journal.close()


def build(folder: Path) -> OpenJournals:
    """Make the journal, with real passphrases at the floor of Argon2id."""
    return OpenJournals(folder, meet(folder / "ours.kap", folder / "memory"))


def copy_of(made: OpenJournals, folder: Path) -> OpenJournals:
    """The same journal in a folder of its own, on a computer that remembers nothing."""
    shutil.copy(made.path, folder / "ours.kap")
    return OpenJournals(folder, dict(made.held))
