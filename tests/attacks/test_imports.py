"""Imports: whoever knew the passphrase before names no notes that undoing an import would remove."""

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.incoming import Import, IncomingNote, IncomingSource
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_old_keys import FUTURE, renewed
from tests.internals import vault_of


def test_old_keys_name_no_notes_to_remove_and_the_imports_before_stay(attacked: AttackedJournal) -> None:
    note = IncomingNote("a.md", "The kettle", clock.today())
    with attacked.acting("Ana") as (ana,):
        one = ana.imports.bring(IncomingSource("text", "before", lambda: [note]))
        mine = tuple(document for _, document in vault_of(ana).envelopes.current)
    thief = renewed(attacked, "Ana")
    me = MemberId(thief.id)
    said = registry.IMPORT.encode(Import("text", "trap", clock.now(), mine), None)
    thief.writes(DocumentVersion(new_document_id(), "import", me, (me,), FUTURE, said.data), [me])
    with attacked.acting("Ana") as (ana,):
        assert [(it.id, it.name) for it in ana.imports.all()] == [(one.id, "before")]
        assert ana.imports.undo(one.id).removed == 1
