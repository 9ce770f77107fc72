"""Rows put in by hand: ids of no form, several old versions at once, and what is said of each."""

from collections.abc import Iterable

import pytest

from kapjournal.crypto.envelope import UNNUMBERED, Stamp, draw, seal
from kapjournal.domain.members import Role
from kapjournal.errors import Damaged, UnlockFailed
from kapjournal.journal import FLOOR, NewNote, NoteChange, doors, join, unlock
from kapjournal.journal.documents.version import DocumentType
from kapjournal.journal.journal import Journal
from tests.attacks.attacked_journal import PASSPHRASE, AttackedJournal, bodies, forge
from tests.attacks.test_forged import note_version
from tests.attacks.test_people import labels
from tests.internals import finding_sentences, row_of, vault_of

UNREADABLE = "1 row of the file cannot be read; everything else is shown."


def sentences(journal: Journal) -> list[str]:
    journal.refresh()
    return finding_sentences(journal)


def all_say(said: Iterable[str], what: str) -> bool:
    return all(what in sentence for sentence in said)


@pytest.mark.parametrize("row_id", [b"", bytes(15), bytes(17), bytes(1000)])
def test_a_row_whose_id_is_no_id_is_named_and_locks_nobody_out(
    attacked: AttackedJournal, row_id: bytes
) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("stays", share="all"))
        sealed = attacked.rows()[row_of(ana, note)]
    attacked.insert(row_id, sealed)
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
                code = journal.members.invite("Sue", Role.PRESCRIBER, strength=FLOOR)
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


@pytest.mark.parametrize("many", [5, 40])
def test_many_old_versions_put_back_at_once(attacked: AttackedJournal, many: int) -> None:
    """Each is told to its reader by name, and once to its author, whose program drops them all again."""
    with attacked.acting("Ana") as (ana,):
        notes = ana.notes.add_many([NewNote(f"old {n}", share="Ben") for n in range(many)])
        old = {i: attacked.rows()[i] for i in (row_of(ana, note) for note in notes)}
        for number, note in enumerate(notes):
            ana.notes.edit(note.id, NoteChange(body=f"new {number}"))
    after = attacked.rows()
    for row_id, sealed in old.items():
        attacked.insert(row_id, sealed)
    for name, author in (("Ben", "Ana"), ("Ana", "you")):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {f"new {number}" for number in range(many)}
            said = sentences(journal)
            put_back = [sentence for sentence in said if "put back" in sentence]
            assert len(put_back) == many
            assert all_say(put_back, f"An older state of something {author} wrote was put back")
            assert len(said) == many
    assert attacked.rows() == after


@pytest.mark.parametrize("data", [b"{", b'{"number":1,"number":2}', b"[]", b"{}", b'{"number":"x"}'])
@pytest.mark.parametrize("type_", ["session", "signature", "addendum", "note"])
def test_what_is_not_of_its_form_is_told(attacked: AttackedJournal, type_: str, data: bytes) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        readers = (ana.me.id, lee.me.id)
        forge(attacked, lee, list(readers), note_version(lee.me.id, readers, "", type=type_, data=data))
        title = ana.title
        what = "Something Lee sent" if type_ != "note" else "A note Lee wrote"
        assert sentences(ana) == [f"{what} is not of the form it should be; it is not shown."]
        assert ana.title == title and not ana.notes.all()


def test_what_is_not_believed_is_not_said_to_be_missing_too(attacked: AttackedJournal) -> None:
    """Ben counts a document of no form rightly; he is accused of what he did and of nothing else."""
    with attacked.acting("Ben", "Ana") as (ben, ana):
        readers = (ana.me.id, ben.me.id)
        forge(attacked, ben, list(readers), note_version(ben.me.id, readers, "x", type=DocumentType.DRAFT))
        assert sentences(ana) == ["Something Ben sent is not of the form it should be; it is not shown."]
    with attacked.acting("Ana") as (ana,):
        assert sentences(ana) == ["Something Ben sent is not of the form it should be; it is not shown."]


@pytest.mark.parametrize("number", [0, 1, 2, 9, 400, 2**31, 2**32 - 1])
@pytest.mark.parametrize("field", ["number", "rows", "drops"])
def test_a_stamp_of_any_number_at_all_accuses_its_author_alone_and_keeps_no_program_busy(
    attacked: AttackedJournal, field: str, number: int
) -> None:
    """A hostile author numbers as they like. Who reads it shows what is whole, and goes on writing."""
    with attacked.acting("Ben", "Ana") as (ben, ana):
        ben.notes.add(NewNote("counted rightly", share="Ana"))
        channel = vault_of(ben).envelopes.channel_to(ana.me.id)
        replica = vault_of(ben).record.replica
        honest = Stamp(
            channel.key.pseudonym(replica), channel.next_number(replica), channel.rows + 1, channel.drops
        )
        version = note_version(ben.me.id, (ana.me.id, ben.me.id), "counted as he likes")
        own = vault_of(ben).envelopes.channels.own.key
        new = draw(own)
        lie = {
            "number": honest._replace(number=number),
            "rows": honest._replace(rows=number),
            "drops": honest._replace(drops=number),
        }
        stamps = [(channel.key, lie[field]), (own, UNNUMBERED)]
        row = seal(own, new, version.to_bytes(), stamps)
        attacked.insert(row.id, row.sealed)
    for remembering in (True, False):
        with attacked.acting("Ana", remembering=remembering) as (ana,):
            assert bodies(ana) == {"counted rightly", "counted as he likes"}
            assert all("Ben" in sentence for sentence in sentences(ana))
            mine = ana.notes.add(NewNote("her own", share="all"))
            ana.notes.delete(mine.id)
    with attacked.acting("Lee") as (lee,):
        assert sentences(lee) == []
