"""Rows put in by hand: ids of no form, several old versions at once, and what is said of each."""

import secrets
from collections.abc import Iterable

import pytest


from kapjournal.domain.ids import EnvelopeId
from kapjournal.domain.members import Role
from kapjournal.errors import Damaged, UnlockFailed
from kapjournal.journal import FLOOR, NewNote, NoteChange, doors, join, unlock
from kapjournal.journal.documents.version import DocumentType
from kapjournal.journal.journal import Journal
from kapjournal.journal.vault import channel as channels
from kapjournal.journal.vault.channel import Channel
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies, forge
from tests.attacks.test_forged import note_version
from tests.attacks.test_people import labels
from tests.internals import row_of, finding_sentences

UNREADABLE = "1 row of the file cannot be read; everything else is shown."


def sentences(journal: Journal) -> list[str]:
    journal.refresh()
    return finding_sentences(journal)


def all_say(said: Iterable[str], what: str) -> bool:
    return all(what in sentence for sentence in said)


@pytest.mark.parametrize("envelope_id", [b"", bytes(15), bytes(17), bytes(1000)])
def test_a_row_whose_id_is_no_id_is_named_and_locks_nobody_out(
    attacked: AttackedJournal, envelope_id: bytes
) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("stays", share="all"))
        sealed = attacked.rows()[row_of(ana, note)]
    attacked.insert(envelope_id, sealed)
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            assert sentences(journal) == [UNREADABLE]
            assert bodies(journal) == {"stays"}
            assert not journal.check().is_clean


@pytest.mark.parametrize("odd", ["'sixteen letters!'", "'x'", "7", "1.5", "CAST(x'ff' AS TEXT)"])
def test_a_row_whose_id_is_not_even_bytes_locks_nobody_out(attacked: AttackedJournal, odd: str) -> None:
    """SQLite keeps text and numbers where bytes belong."""
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("stays", share="all"))
        attacked.run(f"INSERT INTO envelope VALUES ({odd}, zeroblob(4849))")
        assert ana.refresh()
        assert sentences(ana) == [UNREADABLE]
        code = ""
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            assert sentences(journal) == [UNREADABLE]
            assert bodies(journal) == {"stays"}
            assert not journal.check().is_clean
            if name == "Lee":
                code = journal.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    sue, _ = join(
        attacked.path,
        code=code,
        label="Sue",
        passphrase=PASSPHRASE,
        strength=FLOOR,
        record_folder=attacked.folder,
    )
    with sue:
        assert labels(sue) == {"Lee", "Ana", "Ben", "Sue"}


@pytest.mark.parametrize(
    "odd",
    [
        "memory_kib = 'much'",
        "time = 1.5",
        "lanes = x'00'",
        "salt = 7",
        "salt = 'text'",
        "label = x'ff'",
        "label = CAST(x'ff' AS TEXT)",
        "kind = 7",
        "kind = CAST(x'ff' AS TEXT)",
        "sealed_secret = ''",
        "id = 'x'",
    ],
)
def test_a_door_made_of_anything_does_not_shut_the_others(attacked: AttackedJournal, odd: str) -> None:
    attacked.run(f"UPDATE keyslot SET {odd} WHERE label = 'Ben'")
    assert {"Ana", "Lee"} <= set(doors(attacked.path))
    unlock(attacked.path, label="Ana", passphrase=PASSPHRASE, record_folder=attacked.folder).close()
    with pytest.raises((Damaged, UnlockFailed)):
        unlock(attacked.path, label="Ben", passphrase=PASSPHRASE, record_folder=attacked.folder)


def test_more_old_versions_put_back_than_a_search_for_intruders_tries(attacked: AttackedJournal) -> None:
    """Each is told to its author and its reader by name, and nothing is said to be missing."""
    with attacked.acting("Ana") as (ana,):
        notes = [ana.notes.add(NewNote(f"old {n}", share="Ben")) for n in range(5)]
        old = {i: attacked.rows()[i] for i in (row_of(ana, note) for note in notes)}
        for number, note in enumerate(notes):
            ana.notes.edit(note.id, NoteChange(body=f"new {number}"))
    for envelope_id, sealed in old.items():
        attacked.insert(envelope_id, sealed)
    for name, author in (("Ana", "you"), ("Ben", "Ana")):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {f"new {number}" for number in range(5)}
            said = sentences(journal)
            assert len(said) == 5
            assert all_say(said, f"An older state of something {author} wrote was put back")


def test_what_is_not_believed_is_not_said_to_be_missing_too(attacked: AttackedJournal) -> None:
    """Ben counts a document of no form rightly; he is accused of what he did and of nothing else."""
    with attacked.acting("Ben", "Ana") as (ben, ana):
        readers = (ana.me.id, ben.me.id)
        forge(attacked, ben, list(readers), note_version(ben.me.id, readers, "x", type=DocumentType.DRAFT))
        assert sentences(ana) == ["Something Ben sent is not of the form it should be; it is not shown."]
    with attacked.acting("Ana") as (ana,):
        assert sentences(ana) == ["Something Ben sent is not of the form it should be; it is not shown."]


def test_a_root_that_fits_nothing_does_not_keep_a_program_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile author writes any root at all; to try all threes of four hundred would take hours."""
    hashed = 0

    def counting(marks: bytes | bytearray) -> bytes:
        nonlocal hashed
        hashed += len(marks)
        assert hashed < 4 * channels._MAX_HASHED_BYTES
        return root_of(marks)

    monkeypatch.setattr(channels, "root_of", counting)
    for many in (10, 100, 400):
        hashed = 0
        channel = Channel(ChannelKey(bytes(32)))
        marks = [
            EnvelopeRef(EnvelopeId(secrets.token_bytes(16)), secrets.token_bytes(32)) for _ in range(many)
        ]
        channel.set_standing(marks)
        channel.observe(ChannelHead(bytes(4), many, secrets.token_bytes(16)), marks[0].id)
        assert not channel.is_complete()
        assert channel.intruders() == set()
