"""Create a journal: its file, its keeper and the keeper's door."""

import secrets
from pathlib import Path

from kapjournal.crypto.identity import Identity
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.selftest import self_test
from kapjournal.domain.ids import JournalId, MemberId, RowId
from kapjournal.domain.members import JournalKind, Role, check_distinct, check_role, valid_label
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.journal import Journal
from kapjournal.journal.new_member import generated_recovery_words, write_first_documents
from kapjournal.journal.trust.certificates import sign_certificate
from kapjournal.journal.trust.keyslots import new_door, to_row
from kapjournal.journal.trust.passphrases import check_passphrase
from kapjournal.paths import state_folder
from kapjournal.sealed import Sealed
from kapjournal.store import JournalFile, Table, Transaction
from kapjournal.text import storable_line


def create(
    path: Path,
    *,
    label: str,
    role: Role,
    passphrase: str,
    title: str = "",
    kind: JournalKind = JournalKind.COURSE,
    with_recovery: bool = True,
    strength: KdfStrength | None = None,
    record_folder: Path | None = None,
) -> tuple[Journal, str | None]:
    """Make a couple's journal, or with another kind a practice, and return it unlocked for its keeper, with
    the recovery words, if wanted.

    `Refused` if something is at `path`, or for a role that the kind has not; `UsageError` for a label or
    passphrase that cannot be.
    """
    self_test()
    label, title = valid_label(label), storable_line(title, "title")
    check_distinct(label)
    check_role(role, kind)
    check_passphrase(passphrase, (label, title, path.stem))
    journal_id = JournalId(secrets.token_bytes(16))
    master_key, journal_key = secrets.token_bytes(32), secrets.token_bytes(32)
    me = Identity(master_key, journal_id)
    held = Secrets(master_key, journal_key, MemberId(me.hash))
    recovery = generated_recovery_words() if with_recovery else None
    door = new_door(journal_id, label, passphrase, held, strength)
    certificate = sign_certificate(me, journal_id, label, role, None, None)
    first = _FirstRows()
    info = JournalInfo(title, kind=kind)
    write_first_documents(first, path, journal_id, held, certificate, info, record_folder, recovery)
    file = JournalFile.create(path, journal_id, [to_row(door)], first.collected)
    return Journal(file, held, record_folder or state_folder()), recovery


class _FirstRows(Transaction):
    """Collects the first rows of a file that is yet to be made."""

    def __init__(self) -> None:
        self.collected: list[tuple[RowId, Sealed]] = []

    def put(self, row_id: RowId, sealed: Sealed, table: Table = Table.ENVELOPE) -> None:
        """Keep it for later."""
        self.collected.append((row_id, sealed))
