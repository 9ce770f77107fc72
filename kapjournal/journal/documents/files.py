"""How the files attached to a note stand in its data: what each is called, and where and under which keys its
pieces lie. Keys stay in here and below: a face is told name and size."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kapjournal.crypto.primitives import KEY_BYTES, NotGenuine
from kapjournal.crypto.row import ID_BYTES, TOKEN_BYTES
from kapjournal.domain.attachments import MAX_BYTES, MAX_FILES_NAMED, MAX_NAME_BYTES, Attachment
from kapjournal.domain.ids import RowId
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex
from kapjournal.text import is_line

PIECE_BYTES = 1024 * 1024 - 4
"""A whole piece fills, with the length that stands before it, a padded body of exactly 1 MiB."""

_DIGEST_BYTES = 32

RawFiles = list[dict[str, Any]]
"""Files as they stand in the data, with whatever a newer program wrote beside."""


class Piece(NamedTuple):
    """One piece of a file: its row, and the key of the body in it."""

    row: RowId
    key: bytes


class AttachedFile(NamedTuple):
    """A file attached to a note; `digest` is what all of its bytes make."""

    name: str
    size: int
    digest: bytes
    pieces: tuple[Piece, ...]

    @property
    def attachment(self) -> Attachment:
        """What a person is told of it."""
        return Attachment(self.name, self.size)

    def length_of(self, place: int) -> int:
        """How long the piece at a place, counted from 0, has to be."""
        return min(PIECE_BYTES, self.size - place * PIECE_BYTES)


class OwedDrop(NamedTuple):
    """A piece that its author dropped where it was not in the file, or damaged: the token drops it when it
    comes."""

    row: RowId
    token: bytes


def to_data(file: AttachedFile) -> dict[str, Any]:
    """A file as it stands in the data."""
    return {
        "name": file.name,
        "size": file.size,
        "digest": file.digest.hex(),
        "parts": [[piece.row.hex(), piece.key.hex()] for piece in file.pieces],
    }


def files_in(data: Mapping[str, Any]) -> tuple[AttachedFile, ...]:
    """The files that data names (`NotGenuine`)."""
    if "files" not in data:
        return ()
    try:
        return tuple([_file(one) for one in _list(data["files"], MAX_FILES_NAMED)])
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("A file of a note has a field of the wrong form.") from None


def files_of(version: DocumentVersion) -> tuple[AttachedFile, ...]:
    """The files of a version of a note (`NotGenuine`)."""
    return files_in(version.fields())


def raw_files_of(version: DocumentVersion) -> RawFiles:
    """The same as they stand in its data."""
    return list(version.fields().get("files", []))


def with_files(version: DocumentVersion, files: RawFiles, owed: Sequence[OwedDrop] = ()) -> Content:
    """The content of a version with other files, and with what of the others could not be dropped."""
    fields: dict[str, Any] = {"files": files}
    if owed:
        fields["removed"] = [*version.fields().get("removed", []), *owed_to_data(owed)]
    return Content.of(fields, version.text, version)


def owed_to_data(owed: Sequence[OwedDrop]) -> list[list[str]]:
    """What could not be dropped, for the data of a note or of its deletion."""
    return [[one.row.hex(), one.token.hex()] for one in owed]


def owed_in(data: Mapping[str, Any]) -> tuple[OwedDrop, ...]:
    """Undo `owed_to_data`, or raise `NotGenuine`."""
    try:
        return tuple(
            [
                OwedDrop(RowId(from_hex(row, ID_BYTES)), from_hex(token, TOKEN_BYTES))
                for row, token in _list(data.get("removed", []))
            ]
        )
    except (TypeError, ValueError):
        raise NotGenuine("What was removed has a field of the wrong form.") from None


def _file(data: Mapping[str, Any]) -> AttachedFile:
    name, size, parts = data["name"], data["size"], _list(data["parts"])
    if not is_line(name) or not 0 < len(name.encode("utf-8")) <= MAX_NAME_BYTES:
        raise ValueError
    if type(size) is not int or not 0 < size <= MAX_BYTES or len(parts) != -(-size // PIECE_BYTES):
        raise ValueError
    pieces = tuple([Piece(RowId(from_hex(row, ID_BYTES)), from_hex(key, KEY_BYTES)) for row, key in parts])
    if len({piece.row for piece in pieces}) != len(pieces):
        raise ValueError
    return AttachedFile(name, size, from_hex(data["digest"], _DIGEST_BYTES), pieces)


def _list(value: object, most: int | None = None) -> list[Any]:
    if type(value) is not list:
        raise TypeError
    if most is not None and len(value) > most:
        raise ValueError
    return value
