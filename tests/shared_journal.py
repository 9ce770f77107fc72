"""Dr Lee, Ana and Ben with a journal together, and what their doors hold: opening again costs no Argon2id."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.journal import Journal
from kapjournal.store import JournalFile
from tests import cast
from tests.cast import LABELS


@dataclass(frozen=True)
class SharedJournal:
    """One journal file of the three, and the folder in which this computer remembers it."""

    path: Path
    memory: Path
    held: Mapping[str, Secrets]

    def open(self, label: str) -> Journal:
        """Open a door whose passphrase was stretched before."""
        return Journal(JournalFile(self.path), self.held[label], self.memory)

    def copied(self, folder: Path) -> "SharedJournal":
        """The same journal, and what is remembered of it, in another folder."""
        folder.mkdir(parents=True, exist_ok=True)
        other = replace(self, path=folder / self.path.name, memory=folder / "memory")
        shutil.copy(self.path, other.path)
        shutil.copytree(self.memory, other.memory)
        return other

    def assert_whole(self) -> None:
        """Nobody's check finds anything."""
        for label in LABELS:
            with self.open(label) as journal:
                report = journal.check()
                assert report.is_clean, (label, report.findings)


def meet(folder: Path, *, title: str = "Ours", invited_as: Mapping[str, str] | None = None) -> SharedJournal:
    """Make a journal in which the three have met and pinned each other."""
    path, memory = folder / "ours.kap", folder / "memory"
    memory.mkdir(mode=0o700, parents=True)
    held = cast.meet(path, memory, title=title, invited_as=invited_as, with_recovery=True)
    return SharedJournal(path, memory, held)
