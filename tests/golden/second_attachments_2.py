"""Files attached to notes of format 2, written from crypto/FORMAT.md."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from .second_formulas_2 import Json, digest, h, mac, purpose

if TYPE_CHECKING:
    from .second_reader_2 import Person
    from .second_transaction_2 import Transaction

PIECE = (1 << 20) - 4


def file_of(reader: "Person", file: Json) -> bytes:
    """The bytes of a file; nothing is given out that is not as it was attached."""
    rows = [(reader.parts[h(id_)], h(key)) for id_, key in file["parts"]]
    assert len({id_ for id_, _ in file["parts"]}) == len(rows), "each row once"
    pieces = [row.body(key) for row, key in rows]
    assert all(len(piece) == PIECE for piece in pieces[:-1]), "whole pieces but for the last"
    whole = b"".join(pieces)
    assert len(whole) == file["size"] and 0 < len(whole) <= 64 << 20, "the size"
    assert digest(purpose("file") + whole).hex() == file["digest"], "the digest"
    return whole


def described(reader: "Person", file: Json) -> Json:
    sha256 = hashlib.sha256(file_of(reader, file)).hexdigest()
    return {"name": file["name"], "size": file["size"], "sha256": sha256}


def attached(writer: "Transaction", path: Path) -> Json:
    """Seal a file piece by piece; what opens it stands in the note alone."""
    whole = path.read_bytes()
    assert 0 < len(whole) <= 64 << 20, "the size"
    parts = []
    for at in range(0, len(whole), PIECE):
        key, envelope = writer.fresh()
        parts.append([writer.put_part(key, envelope, whole[at : at + PIECE]).hex(), key.hex()])
    described_by = {"size": len(whole), "digest": digest(purpose("file") + whole).hex(), "parts": parts}
    return {"name": path.name, **described_by}


def drop_files(writer: "Transaction", files: list[Json]) -> list[list[str]]:
    """Drop every piece that is here; returns what drops the others when they come."""
    missing = []
    for id_, key in {tuple(part): None for file in files for part in file["parts"]}:
        row = writer.parts.get(h(id_))
        if row is None:  # nothing says under which keys of mine it was sealed
            owns = [writer.channel(a, a) for a in writer.identities]
            missing += [[id_, mac(own, purpose("drop token", h(key)))[:32].hex()] for own in owns]
        elif not row.dropped:
            token = writer.token(row, h(key))
            assert token, "only the author drops"
            writer.drop_row("part", row, token)
    return missing


def files_of_all(reader: "Person", versions: list[Json]) -> Json:
    """What one version in the place of several has: all files but those with a dropped piece."""
    files = [file for data in versions for file in data.get("files", ())]
    gone = {id_.hex() for id_, row in reader.parts.items() if row.dropped}
    stay = [file for file in files if not gone & {id_ for id_, _ in file["parts"]}]
    removed = [one for data in versions for one in data.get("removed", ())]
    return {
        "files": [file for at, file in enumerate(stay) if file not in stay[:at]],
        "removed": [one for at, one in enumerate(removed) if one not in removed[:at]],
    }
