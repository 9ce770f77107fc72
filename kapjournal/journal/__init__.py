"""The use cases: open a journal, then write, share, find and check in it."""

from kapjournal.crypto.kdf import DEFAULT, FLOOR, KdfStrength
from kapjournal.crypto.shares import is_rather_a_share
from kapjournal.journal.backup_check import LookedThrough, OpenedBackup, look_through, open_backup
from kapjournal.journal.backup_file import Beside, SealedContents, backups_in, beside_journal, sealed_contents
from kapjournal.journal.backups import BackedUp
from kapjournal.journal.copies import MergeReport
from kapjournal.journal.create import create
from kapjournal.journal.documents.kept import canonical_form_of, sha256_of
from kapjournal.journal.give_copy import give_copy
from kapjournal.journal.integrity.check import CheckReport
from kapjournal.journal.join import join
from kapjournal.journal.journal import Journal
from kapjournal.journal.measures import AnswersChange, NewAnswers
from kapjournal.journal.members import Invitation
from kapjournal.journal.new_member import generated_passphrase, generated_recovery_words
from kapjournal.journal.notes import NewNote, NoteChange
from kapjournal.journal.pads import OpenPad
from kapjournal.journal.records import NewRecord, RecordChange
from kapjournal.journal.restore import Restored, restore
from kapjournal.journal.search_across import FoundAcross, SearchedCouple, search_across
from kapjournal.journal.second_door import beside, open_second_door
from kapjournal.journal.sessions import SessionChange
from kapjournal.journal.take_over import TakenOver
from kapjournal.journal.trust.passphrases import check_passphrase
from kapjournal.journal.unlock import check_shares, doors, recover, recover_with_shares, unlock
from kapjournal.journal.vault.backup_note import LastBackup
from kapjournal.journal.vault.search_index import SearchHit
from kapjournal.journal.will import generated_shares
from kapjournal.store import housekeep

__all__ = [
    "DEFAULT",
    "FLOOR",
    "AnswersChange",
    "BackedUp",
    "Beside",
    "CheckReport",
    "FoundAcross",
    "Invitation",
    "Journal",
    "KdfStrength",
    "LastBackup",
    "LookedThrough",
    "MergeReport",
    "NewAnswers",
    "NewNote",
    "NewRecord",
    "NoteChange",
    "OpenPad",
    "OpenedBackup",
    "RecordChange",
    "Restored",
    "SealedContents",
    "SearchHit",
    "SearchedCouple",
    "SessionChange",
    "TakenOver",
    "backups_in",
    "beside",
    "beside_journal",
    "canonical_form_of",
    "check_passphrase",
    "check_shares",
    "create",
    "doors",
    "generated_passphrase",
    "generated_recovery_words",
    "generated_shares",
    "give_copy",
    "housekeep",
    "is_rather_a_share",
    "join",
    "look_through",
    "open_backup",
    "open_second_door",
    "recover",
    "recover_with_shares",
    "restore",
    "sealed_contents",
    "search_across",
    "sha256_of",
    "unlock",
]
