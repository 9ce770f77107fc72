"""A thorough look at attached files: every piece of those that this member can read, opened again."""

from collections import Counter
from collections.abc import Iterator

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import read_row
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import RowId
from kapjournal.errors import Damaged
from kapjournal.journal.documents.files import AttachedFile
from kapjournal.journal.vault.attached_files import named_by
from kapjournal.journal.vault.pieces import NotToBeHad, is_removed, read_file
from kapjournal.journal.vault.vault import Vault
from kapjournal.progress import Counting
from kapjournal.store import Snapshot, Table


def check_attachments(vault: Vault, snapshot: Snapshot, counting: Counting) -> Iterator[Finding]:
    """What does not add up of the files of notes, then how many other pieces do not fit their ids."""
    known: set[RowId] = set()
    for (author, document), standing in vault.envelopes.versions.standing.items():
        files = named_by(one.version for one in standing)
        known.update(piece.row for file in files for piece in file.pieces)
        found = Counter(kind for file in files if (kind := _wrong_with(snapshot, file, counting)))
        for kind, count in found.items():
            yield Finding(kind, author, document, count=count)
    rotten = 0
    for row_id, sealed in snapshot.rows(Table.PART):
        if row_id not in known:
            counting.add(len(sealed or b""))
            rotten += not _fits(row_id, sealed)
    if rotten:
        yield Finding(FindingKind.ROWS_UNREADABLE, count=rotten)


def _wrong_with(snapshot: Snapshot, file: AttachedFile, counting: Counting) -> FindingKind | None:
    try:
        for body in read_file(snapshot, file):
            counting.add(len(body))
    except Damaged:
        return FindingKind.ATTACHMENT_ALTERED
    except NotToBeHad:
        return None if is_removed(snapshot, file) else FindingKind.ATTACHMENT_ABSENT
    return None


def _fits(row_id: RowId, sealed: bytes | None) -> bool:
    try:
        read_row(row_id, sealed or b"")
    except NotGenuine:
        return False
    return True
