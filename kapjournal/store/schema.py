"""The four tables, as the file has them to the letter, and their row models.

The statements are written out because a file whose schema differs from them by one character is refused: a
trigger, view or index could keep what is deleted. Every id is random, or a hash of what is, and every
table of many rows is `WITHOUT ROWID`, so that nothing in the file shows the order of writing.

The types of the columns say what is written; a row that was read is not verified by them.
"""

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from kapjournal.domain.ids import JournalId, KeyslotId, RowId
from kapjournal.sealed import Sealed

FORMAT = 2
"""The one format this program writes. `migrations` carries an older file forward to it; not one of format 1,
for which it would need every member's keys: from that each member takes over what they wrote."""

_ROWS = "CREATE TABLE {} (\n  id BLOB NOT NULL PRIMARY KEY,\n  sealed BLOB NOT NULL\n) WITHOUT ROWID"

STATEMENTS = {
    "journal": (
        "CREATE TABLE journal (\n"
        "  one INTEGER PRIMARY KEY CHECK (one = 1),\n"
        "  format INTEGER NOT NULL,\n"
        "  journal_id BLOB NOT NULL\n"
        ")"
    ),
    "keyslot": (
        "CREATE TABLE keyslot (\n"
        "  id BLOB NOT NULL PRIMARY KEY,\n"
        "  kind TEXT NOT NULL,\n"
        "  label TEXT NOT NULL,\n"
        "  memory_kib INTEGER NOT NULL,\n"
        "  time INTEGER NOT NULL,\n"
        "  lanes INTEGER NOT NULL,\n"
        "  salt BLOB NOT NULL,\n"
        "  sealed_secret BLOB NOT NULL\n"
        ") WITHOUT ROWID"
    ),
    "envelope": _ROWS.format("envelope"),
    "part": _ROWS.format("part"),
}

SchemaRows = tuple[tuple[object, ...], ...]
"""The rows of `sqlite_master`: type, name, table, root page and statement."""

MASTER: SchemaRows = tuple(
    ("table", name, name, page, statement)
    for page, (name, statement) in enumerate(STATEMENTS.items(), start=2)
)
"""What `sqlite_master` must hold. Root pages are compared too: they are the same in every file this program
makes, also after VACUUM, so other open connections are not confused when the schema counter is set back."""

MASTER_OF_FORMAT_1: SchemaRows = MASTER[:3]
"""What it holds in a file of format 1, which has no parts of attachments."""


class JournalRow(SQLModel, table=True):
    """The one row that says which format and which journal this is."""

    __tablename__ = "journal"

    one: int = Field(default=1, primary_key=True)
    format: int
    journal_id: JournalId = Field(sa_type=LargeBinary)


class KeyslotRow(SQLModel, table=True):
    """One keyslot: a door or an invitation."""

    __tablename__ = "keyslot"

    id: KeyslotId = Field(primary_key=True, sa_type=LargeBinary)
    kind: str
    label: str
    memory_kib: int
    time: int
    lanes: int
    salt: bytes
    sealed_secret: Sealed = Field(sa_type=LargeBinary)


class EnvelopeRow(SQLModel, table=True):
    """One sealed row under the hash of it."""

    __tablename__ = "envelope"

    id: RowId = Field(primary_key=True, sa_type=LargeBinary)
    sealed: Sealed = Field(sa_type=LargeBinary)


class PartRow(SQLModel, table=True):
    """One part of an attachment, sealed as an envelope is."""

    __tablename__ = "part"

    id: RowId = Field(primary_key=True, sa_type=LargeBinary)
    sealed: Sealed = Field(sa_type=LargeBinary)
