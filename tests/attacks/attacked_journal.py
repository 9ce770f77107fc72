"""Three people and one file, and what somebody who can write that file might do to it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kapjournal.crypto.envelope import UNNUMBERED, ChannelKey, Stamp, draw, seal
from kapjournal.crypto.keyring import shared_channel
from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.row import row_from
from kapjournal.domain.ids import JournalId, MemberId, RowId
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.journal import Journal
from kapjournal.store import JournalFile
from tests.cast import meet
from tests.internals import vault_of

PASSPHRASE = "correct horse battery staple"


@dataclass
class AttackedJournal:
    """The file, and for each person what their slot holds, so that no door has to be stretched again."""

    folder: Path
    path: Path
    held: dict[str, Secrets] = field(default_factory=dict)

    @contextmanager
    def acting(self, *names: str, remembering: bool = True) -> Iterator[list[Journal]]:
        """The journals of these people, open at once."""
        journals = [self.open(name, remembering=remembering) for name in names]
        try:
            yield journals
        finally:
            for journal in journals:
                journal.close()

    def open(self, name: str, *, remembering: bool = True) -> Journal:
        memory = self.folder / (
            "memory-" + name if remembering else f"fresh-{len(list(self.folder.iterdir()))}"
        )
        return Journal(JournalFile(self.path), self.held[name], memory)

    def open_at(self, computer: str, name: str) -> Journal:
        """Somebody's journal on another computer than their own."""
        return Journal(JournalFile(self.path), self.held[name], self.folder / computer)

    def everybody(self) -> list[str]:
        return list(self.held)

    def copied(self, folder: Path) -> "AttackedJournal":
        """The same file, and what each computer remembers of it, in another folder."""
        shutil.copytree(self.folder, folder)
        return AttackedJournal(folder, folder / self.path.name, dict(self.held))

    def copy(self) -> Path:
        """The file as it is now, put aside."""
        aside = self.folder / f"aside-{len(list(self.folder.iterdir()))}.kap"
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(aside)) as target:
            source.backup(target)
        return aside

    def rows(self, path: Path | None = None) -> dict[bytes, bytes]:
        """Every envelope of the file, or of a copy."""
        with closing(sqlite3.connect(path or self.path)) as database:
            return dict(database.execute("SELECT id, sealed FROM envelope").fetchall())

    def run(self, statement: str, *values: object) -> None:
        """Write to the file as anybody can who has it."""
        self.run_in(self.path, statement, *values)

    def run_in(self, path: Path, statement: str, *values: object) -> None:
        """Write to a copy in the same way."""
        with closing(sqlite3.connect(path)) as database:
            database.execute(statement, values)
            database.commit()

    def insert(self, row_id: bytes, sealed: bytes) -> None:
        self.run("INSERT OR REPLACE INTO envelope VALUES (?, ?)", row_id, sealed)

    def put_row(self, sealed: bytes) -> RowId:
        """Add a row under the id that fits it."""
        row_id = row_from(sealed).id
        self.insert(row_id, sealed)
        return row_id

    def delete(self, row_id: bytes) -> None:
        self.run("DELETE FROM envelope WHERE id = ?", row_id)

    def journal_id(self) -> JournalId:
        file = JournalFile(self.path)
        try:
            return file.journal_id
        finally:
            file.close()

    def shared_key(self) -> ChannelKey:
        """The shared channel's key, which every member holds."""
        return shared_channel(self.held["Lee"].journal_key, self.journal_id())

    def put_shared(self, body: bytes) -> bytes:
        """What any member can do: put a body where cards and letters lie."""
        key = self.shared_key()
        row = seal(key, draw(key), body, [(key, UNNUMBERED)])
        self.insert(row.id, row.sealed)
        return row.id


def build(folder: Path) -> AttackedJournal:
    """Lee, Ana and Ben, each on a computer of their own, have met."""
    path = folder / "journal.kap"
    passphrases = dict.fromkeys(("Lee", "Ana", "Ben"), PASSPHRASE)
    held = meet(path, lambda label: folder / f"memory-{label}", passphrases, title="Course")
    return AttackedJournal(folder, path, held)


def forge(
    attacked: AttackedJournal,
    sender: Journal,
    receivers: list[MemberId],
    version: DocumentVersion,
    change: Callable[[bytes], bytes] = lambda sealed: sealed,
) -> bytes:
    """What a member with a program of their own can do: send any version, rightly sealed, on their
    channels."""
    return forge_body(attacked, sender, receivers, version.to_bytes(), change)


def forge_body(
    attacked: AttackedJournal,
    sender: Journal,
    receivers: list[MemberId],
    body: bytes,
    change: Callable[[bytes], bytes] = lambda sealed: sealed,
) -> bytes:
    """The same with a body that need not be a version."""
    vault = vault_of(sender)
    new = draw(vault.envelopes.channels.own.key)
    stamped = []
    for channel in (vault.envelopes.channel_to(receiver) for receiver in receivers):
        replica = vault.record.replica
        number = channel.next_number(replica)
        stamp = Stamp(channel.key.pseudonym(replica), number, channel.rows + 1, channel.drops)
        channel.add(new.id, stamp, dropped=False)
        stamped.append((channel.key, stamp))
    row = seal(vault.envelopes.channels.own.key, new, body, stamped)
    attacked.insert(row.id, change(row.sealed))
    return row.id


def bodies(journal: Journal) -> set[str]:
    """Every body a person is shown."""
    return {note.text.body for note in journal.notes.all()}
