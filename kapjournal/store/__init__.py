"""The SQLite file and nothing else: tables, transactions and migrations.

It sees only sealed bytes, and has no way to open them: it imports nothing of `kapjournal.crypto`.
"""

from kapjournal.store.companions import has_log
from kapjournal.store.file import JournalFile, housekeep
from kapjournal.store.format1 import reading_format_1
from kapjournal.store.restoring import journal_at, looked_into, restored
from kapjournal.store.rows import Snapshot, Table, Transaction
from kapjournal.store.schema import EnvelopeRow, KeyslotRow

__all__ = [
    "EnvelopeRow",
    "JournalFile",
    "KeyslotRow",
    "Snapshot",
    "Table",
    "Transaction",
    "has_log",
    "housekeep",
    "journal_at",
    "looked_into",
    "reading_format_1",
    "restored",
]
