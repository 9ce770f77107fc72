"""The use cases: open a journal, then write, share, find and check in it."""

from kapjournal.crypto.kdf import DEFAULT, FLOOR, KdfStrength
from kapjournal.journal.checking import Report
from kapjournal.journal.doors import (
    create,
    doors,
    generated_passphrase,
    generated_recovery_words,
    join,
    recover,
    unlock,
)
from kapjournal.journal.findings import Finding
from kapjournal.journal.journal import Hit, Journal
from kapjournal.journal.membership import Invitation
from kapjournal.journal.notes import NewNote, NoteChange
from kapjournal.journal.sessions import SessionChange
from kapjournal.journal.slots import check_passphrase
from kapjournal.store import housekeep

__all__ = [
    "DEFAULT",
    "FLOOR",
    "Finding",
    "Hit",
    "Invitation",
    "Journal",
    "KdfStrength",
    "NewNote",
    "NoteChange",
    "Report",
    "SessionChange",
    "check_passphrase",
    "create",
    "doors",
    "generated_passphrase",
    "generated_recovery_words",
    "housekeep",
    "join",
    "recover",
    "unlock",
]
