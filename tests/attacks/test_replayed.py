"""Older states put back: one version, one channel, the whole file."""

from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal import NewNote, NoteChange
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.internals import row_of, finding_sentences, vault_of


def sentences(attacked: AttackedJournal, name: str, *, remembering: bool = True) -> str:
    with attacked.acting(name, remembering=remembering) as (journal,):
        return " ".join(finding_sentences(journal))


def test_an_old_version_put_back_beside_the_new_one(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("old words", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.edit(note.id, NoteChange(body="new words"))
    attacked.insert(old, sealed)
    for name in ("Ana", "Ben"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"new words"}
            assert "put back" in sentences(attacked, name)


def test_a_version_put_back_from_two_edits_ago(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("oldest", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.edit(note.id, NoteChange(body="older"))
        ana.notes.edit(note.id, NoteChange(body="new"))
    attacked.insert(old, sealed)
    for name in ("Ana", "Ben"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"new"}
            assert journal.findings


def test_a_withdrawn_note_put_back_is_not_shown_as_current(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("for Ben once", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.withdraw(note.id, "Ben")
    attacked.insert(old, sealed)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == set()
        assert "put back" in finding_sentences(ben)[0]


def test_a_note_withdrawn_and_then_deleted_put_back_is_not_shown(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("another", share="Ben"))
        note = ana.notes.add(NewNote("for Ben once", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.withdraw(note.id, "Ben")
        ana.notes.share(note.id, "Ben")
        ana.notes.withdraw(note.id, "Ben")
        ana.notes.delete(note.id)
    attacked.insert(old, sealed)
    for name, left in (("Ben", {"another"}), ("Ana", {"another"})):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == left
            assert journal.findings


def test_a_deleted_note_put_back_whole(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("gone", share="Ben"))
        ana.notes.edit(note.id, NoteChange(body="gone too"))
        before = attacked.rows()
        ana.notes.delete(note.id)
    for envelope_id, sealed in before.items():
        attacked.insert(envelope_id, sealed)
    for name in ("Ana", "Ben"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == set()
            assert journal.findings


def test_one_channel_rolled_back_from_an_older_copy(attacked: AttackedJournal) -> None:
    """Only what Ana sent Ben goes back to an older copy; everything else stays as it is."""
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("as it was", share="Ben"))
        older = attacked.rows()
        ana.notes.edit(note.id, NoteChange(body="as it is"))
        newer = attacked.rows()
    with attacked.acting("Ben") as (ben,):
        assert bodies(ben) == {"as it is"}
    for envelope_id in newer.keys() - older.keys():
        attacked.delete(envelope_id)
    for envelope_id in older.keys() - newer.keys():
        attacked.insert(envelope_id, older[envelope_id])
    assert "older state of what Ana shares with you" in sentences(attacked, "Ben")
    assert "older state of your own notes" in sentences(attacked, "Ana")
    assert "older state of what you share with Ben" in sentences(attacked, "Ana")


def test_the_whole_file_replaced_by_an_older_copy(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.notes.add(NewNote("first", share="all"))
    older = attacked.copy()
    with attacked.acting("Lee", "Ana") as (lee, _):
        lee.notes.add(NewNote("second", share="all"))
    with attacked.acting("Ana"):
        pass
    attacked.path.write_bytes(older.read_bytes())
    assert "older state" in sentences(attacked, "Lee")
    assert "older state" in sentences(attacked, "Ana")


def test_a_rollback_ends_when_its_author_writes_again(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.notes.add(NewNote("first", share="all"))
    older = attacked.copy()
    with attacked.acting("Lee") as (lee,):
        lee.notes.add(NewNote("second", share="all"))
    attacked.path.write_bytes(older.read_bytes())
    with attacked.acting("Lee") as (lee,):
        lee.notes.add(NewNote("third", share="all"))
    for name in attacked.everybody():
        assert sentences(attacked, name) == ""


def test_a_reader_of_the_past_does_not_learn_of_later_edits(attacked: AttackedJournal) -> None:
    """After a withdrawal no envelope that Ben can recognise comes or goes when Ana edits the note."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("shared once", share="Ben"))
        ana.notes.withdraw(note.id, "Ben")
        ben.refresh()
        key = vault_of(ben).envelopes.incoming[ana.me.id].key
        recognised = {i for i, sealed in attacked.rows().items() if key.find(EnvelopeId(i), sealed)}
        for body in ("again", "and again"):
            ana.notes.edit(note.id, NoteChange(body=body))
        assert {i for i, sealed in attacked.rows().items() if key.find(EnvelopeId(i), sealed)} == recognised
        ben.refresh()
        assert ben.check().is_clean


def test_heads_survive_the_deletion_of_what_carried_them(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        kept = ana.notes.add(NewNote("kept", share="Ben"))
        carrier = ana.notes.add(NewNote("carrier", share="Ben"))
        ana.notes.withdraw(carrier.id, "Ben")
        ana.notes.edit(carrier.id, NoteChange(body="private now"))
        ana.notes.delete(carrier.id)
        for journal in (ben, lee, ana):
            journal.refresh()
            assert journal.check().is_clean
        assert bodies(ben) == {"kept"}
        assert kept.id == ben.notes.all()[0].id
    for name in attacked.everybody():
        assert sentences(attacked, name) == ""
