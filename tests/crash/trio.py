"""Dr Lee, Ana and Ben with a journal together, and what their doors hold: opening again costs no Argon2id."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, create, join
from kapjournal.store import JournalFile
from tests.internals import vault_of

PASSPHRASES = {"Dr Lee": "lee opens this door", "Ana": "ana opens this door", "Ben": "ben opens this door"}
LABELS = tuple(PASSPHRASES)


@dataclass(frozen=True)
class Trio:
    """One journal file of the three, and the folder in which this computer remembers it."""

    path: Path
    memory: Path
    held: Mapping[str, Secrets]

    def open(self, label: str) -> Journal:
        """Open a door whose passphrase was stretched before."""
        return Journal(JournalFile(self.path), self.held[label], self.memory)

    def copied(self, folder: Path) -> "Trio":
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


def meet(folder: Path, *, title: str = "Ours", invited_as: Mapping[str, str] | None = None) -> Trio:
    """Make a journal in which the three have met and pinned each other."""
    path, memory = folder / "ours.kap", folder / "memory"
    memory.mkdir(mode=0o700, parents=True)
    keeper, _ = create(
        path,
        label="Dr Lee",
        role=Role.THERAPIST,
        passphrase=PASSPHRASES["Dr Lee"],
        title=title,
        strength=FLOOR,
        record_folder=memory,
    )
    everybody = [keeper]
    for label in ("Ana", "Ben"):
        name = (invited_as or {}).get(label, label)
        code = keeper.members.invite(name, Role.PARTNER, strength=FLOOR)
        joined, _ = join(
            path, code=code, label=label, passphrase=PASSPHRASES[label], strength=FLOOR, record_folder=memory
        )
        everybody.append(joined)
    for journal in (*everybody, *everybody):
        journal.refresh()
    held = {j.me.label: vault_of(j).secrets for j in everybody}
    for journal in everybody:
        journal.close()
    return Trio(path, memory, held)
