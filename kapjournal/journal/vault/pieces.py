"""The pieces of attached files: rows without readers, whose keys stand in the note. Sharing a note seals none
of them again, and unlocking reads none; a row is checked against its id when it is read."""

import hashlib
from collections.abc import Collection, Iterable, Iterator

from kapjournal.crypto.envelope import ChannelKey, draw, drop_token, open_body, seal
from kapjournal.crypto.primitives import NotGenuine, purpose
from kapjournal.crypto.row import STANDING, dropped, envelope_of_token, read_row
from kapjournal.domain.ids import RowId
from kapjournal.errors import Damaged, NotFound
from kapjournal.journal.documents.files import PIECE_BYTES, AttachedFile, OwedDrop, Piece
from kapjournal.store import Snapshot, Table, Transaction
from kapjournal.text import shown_line

_FILE = purpose("file")


class NotToBeHad(NotFound):
    """A file is not all here, and nothing in it is damaged: a piece is on its way from another copy, was
    dropped by its author, or is a newer program's."""


def seal_file(transaction: Transaction, own: ChannelKey, name: str, source: Iterable[bytes]) -> AttachedFile:
    """Seal what comes from a source, piece by piece; no more than one piece is held at a time.

    `own` is its author's channel to themselves."""
    digest, size, pieces = hashlib.sha256(_FILE), 0, []
    for body in _in_pieces(source):
        new = draw(own)
        row = seal(own, new, body)
        transaction.put(row.id, row.sealed, Table.PART)
        pieces.append(Piece(row.id, new.key))
        digest.update(body)
        size += len(body)
    return AttachedFile(name, size, digest.digest(), tuple(pieces))


def read_file(snapshot: Snapshot, file: AttachedFile) -> Iterator[bytes]:
    """The bytes of a file, piece by piece, never more than its size. Only at the end is it certain that they
    are what the author attached (`Damaged` if they are not, `NotToBeHad`)."""
    name = shown_line(file.name)
    digest = hashlib.sha256(_FILE)
    for place, piece in enumerate(file.pieces, 1):
        sealed = snapshot.row(piece.row, Table.PART)
        if sealed is None and piece.row in snapshot.lengths(Table.PART):
            raise _altered(file)
        if sealed is None:
            raise NotToBeHad(
                f"“{name}” has not all arrived in this copy of the journal: piece {place} of "
                f"{len(file.pieces)} is not here. Bring this copy together with the one it was attached in."
            )
        try:
            row = read_row(piece.row, sealed)
            if row.is_newer:
                raise NotToBeHad(f"“{name}” was attached with a newer kapjournal, which can give it out.")
            if not row.is_standing:
                raise NotToBeHad(f"“{name}” was removed by whoever attached it.")
            body = open_body(row, piece.key)
        except NotGenuine:
            raise _altered(file) from None
        if len(body) != file.length_of(place - 1):
            raise _altered(file)
        digest.update(body)
        yield body
    if digest.digest() != file.digest:
        raise _altered(file)


def is_removed(snapshot: Snapshot, file: AttachedFile) -> bool:
    """Whether a piece of a file was dropped by its author."""
    for piece in file.pieces:
        sealed = snapshot.row(piece.row, Table.PART)
        try:
            row = read_row(piece.row, sealed) if sealed else None
        except NotGenuine:
            continue
        if row is not None and not row.is_newer and not row.is_standing:
            return True
    return False


def drop_files(
    transaction: Transaction, owns: Collection[ChannelKey], files: Iterable[AttachedFile]
) -> tuple[OwedDrop, ...]:
    """Drop every piece of these files that this member sealed; returns those that are not here, or damaged.

    `owns` are the member's channels to themselves, the newest last."""
    owed = []
    for piece in dict.fromkeys(piece for file in files for piece in file.pieces):
        tokens = [drop_token(own, piece.key) for own in owns]
        if not _drop(transaction, piece.row, tokens):
            owed += [OwedDrop(piece.row, token) for token in tokens]
    return tuple(owed)


def came_late(snapshot: Snapshot, owed: Iterable[OwedDrop]) -> list[OwedDrop]:
    """Which of the pieces that were to be dropped stand in the file."""
    return [one for one in owed if (snapshot.row(one.row, Table.PART) or b"").startswith(STANDING)]


def drop_owed(transaction: Transaction, owed: Iterable[OwedDrop]) -> None:
    """Drop pieces that came after their author had dropped them."""
    for one in owed:
        _drop(transaction, one.row, [one.token])


def drop_by_token(transaction: Transaction, owed: OwedDrop) -> bool:
    """Drop one row by its token; False if it is not here whole."""
    return _drop(transaction, owed.row, [owed.token])


def _drop(transaction: Transaction, row_id: RowId, tokens: Collection[bytes]) -> bool:
    """Put the dropped state in the place of a piece; False if it is not here whole, so that a whole one may
    come yet. What is another member's is left alone."""
    try:
        row = read_row(row_id, transaction.row(row_id, Table.PART) or b"")
    except NotGenuine:
        transaction.delete([row_id], Table.PART)
        return False
    token = next((one for one in tokens if envelope_of_token(one) == row.envelope), None)
    if row.is_standing and token is not None:
        transaction.replace(row_id, dropped(row, token), Table.PART)
    return True


def _in_pieces(source: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for some in source:
        waiting += some
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    if waiting:
        yield bytes(waiting)


def _altered(file: AttachedFile) -> Damaged:
    return Damaged(
        f"“{shown_line(file.name)}” is damaged or was altered in this copy of the journal, and is not given "
        "out. Another copy that has it whole mends it."
    )
