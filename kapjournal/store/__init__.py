"""The SQLite file and nothing else: tables and transactions. It sees only sealed bytes, and cannot do more:
the room that holds the keys is not among its imports."""

from kapjournal.store.file import JournalFile, housekeep
from kapjournal.store.rows import Snapshot, Transaction
from kapjournal.store.schema import EnvelopeRow, KeyslotRow

__all__ = ["EnvelopeRow", "JournalFile", "KeyslotRow", "Snapshot", "Transaction", "housekeep"]
