"""Signed records under attack: by whoever can write the practice file, by colleagues, and by the signer."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import RowId
from kapjournal.domain.members import Role
from kapjournal.domain.records import Record
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.journal import Journal, NewRecord, RecordChange, unlock
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.signing import AddendumContent, CoSignature
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from kapjournal.journal.trust.proofs import sign
from kapjournal.journal.vault.unit_of_work import DocumentChange
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.attacks.test_records import NOW
from tests.internals import finding_sentences, vault_of
from tests.journal.practices import LEE as PASSPHRASE
from tests.journal.practices import Practice
from tests.signed import kinds, known

LEE = Signer("Dr Mina Lee", "LMFT")


@pytest.fixture
def signed(practice: Practice) -> Record:
    record = practice.lee.records.add(NewRecord(RecordKind.PROGRESS, practice.couple(), {"plan": "Walk."}))
    practice.lee.signing.sign(record.id, LEE)
    return practice.lee.records.get(record.id)


def rows_of(journal: Journal, type_: str) -> list[RowId]:
    """Where the documents of a type lie, in the order in which they were written."""
    standing = [one for one in vault_of(journal).envelopes.current.values() if one.version.type == type_]
    return [one.row for one in sorted(standing, key=lambda one: one.rank)]


def run(practice: Practice, statement: str, *values: object) -> None:
    """Write to the file as anybody can who has it."""
    with closing(sqlite3.connect(practice.path)) as database:
        database.execute(statement, values)
        database.commit()


def again(practice: Practice, memory: str = "memory") -> Journal:
    """Open the file as it is now, with what this computer remembers, or on another."""
    practice.lee.close()
    practice.lee = unlock(
        practice.path, label="Dr Lee", passphrase=PASSPHRASE, record_folder=practice.folder / memory
    )
    return practice.lee


@pytest.mark.parametrize("at", [20, 60, 300, 900, -40])
def test_a_byte_of_a_signed_record_is_not_changed_unseen(practice: Practice, signed: Record, at: int) -> None:
    [row] = rows_of(practice.lee, "progress")
    practice.lee.close()
    with closing(sqlite3.connect(practice.path)) as database:
        [sealed] = database.execute("SELECT sealed FROM envelope WHERE id = ?", (row,)).fetchone()
    changed = bytearray(sealed)
    changed[at] ^= 1
    run(practice, "UPDATE envelope SET sealed = ? WHERE id = ?", bytes(changed), row)
    lee = again(practice)
    assert lee.records.all() == [] and not lee.check().is_clean
    assert FindingKind.SIGNED_MISSING in kinds(lee)


@pytest.mark.parametrize("memory", ["memory", "another computer"])
def test_a_struck_record_is_missed_wherever_its_author_opens(
    practice: Practice, signed: Record, memory: str
) -> None:
    [row] = rows_of(practice.lee, "progress")
    practice.lee.close()
    run(practice, "DELETE FROM envelope WHERE id = ?", row)
    assert FindingKind.SIGNED_MISSING in kinds(again(practice, memory))


@pytest.mark.parametrize("memory", ["memory", "another computer"])
def test_a_struck_addendum_is_missed_by_the_one_that_follows_it(
    practice: Practice, signed: Record, memory: str
) -> None:
    for words in ("one", "two", "three"):
        practice.lee.signing.add(signed.id, AddendumKind.ADDENDUM, words, "why", LEE)
    first, second, _ = rows_of(practice.lee, "addendum")
    practice.lee.close()
    run(practice, "DELETE FROM envelope WHERE id = ?", second)
    lee = again(practice, memory)
    assert [one.follows_missing for one in known(lee, signed).addenda] == [False, True]
    assert FindingKind.ADDENDUM_MISSING in kinds(lee)
    assert any("a later addition follows it" in said for said in finding_sentences(lee))
    lee.close()
    run(practice, "DELETE FROM envelope WHERE id = ?", first)
    assert [one.body for one in known(again(practice, memory), signed).addenda] == ["three"]


def test_the_last_addendum_is_missed_by_the_computer_that_saw_it(practice: Practice, signed: Record) -> None:
    practice.lee.signing.add(signed.id, AddendumKind.ADDENDUM, "one", "why", LEE)
    [last] = rows_of(practice.lee, "addendum")
    practice.lee.close()
    run(practice, "DELETE FROM envelope WHERE id = ?", last)
    assert kinds(again(practice)) & {FindingKind.OWN_ROLLED_BACK, FindingKind.OWN_ABSENT}


def test_an_older_file_put_in_place_is_told(practice: Practice, signed: Record) -> None:
    """Before the signature: the record stands there unsigned."""
    older = practice.folder / "older.kap"
    record = practice.lee.records.add(NewRecord(RecordKind.CONTACT, signed.case, {"text": "x"}))
    practice.lee.backup(older)
    practice.lee.signing.sign(record.id, LEE)
    practice.lee.close()
    for beside in practice.folder.glob("practice.kap-*"):
        beside.unlink()
    shutil.copy(older, practice.path)
    lee = again(practice)
    assert not lee.records.get(record.id).is_signed
    assert FindingKind.OWN_ROLLED_BACK in kinds(lee) and not lee.check().is_clean


def test_a_signer_put_back_who_signs_other_words_is_an_alarm(practice: Practice, signed: Record) -> None:
    """Two computers sign two texts of one record; whoever has both is told, and both are shown."""
    record = practice.lee.records.add(NewRecord(RecordKind.CONTACT, signed.case, {"text": "x"}))
    with practice.copy(practice.folder / "there.kap") as there:
        there.records.edit(record.id, RecordChange({"text": "y"}))
        there.signing.sign(record.id, LEE)
    practice.lee.signing.sign(record.id, LEE)
    practice.lee.copies.merge(practice.folder / "there.kap")
    found = known(practice.lee, record)
    assert len(found.others) == 1 and not found.holds
    assert FindingKind.SIGNED_TWICE in kinds(practice.lee)


def test_a_practice_manager_adds_nothing_and_signs_nothing(practice: Practice, signed: Record) -> None:
    """With a program of their own that writes both, rightly signed by their keys."""
    pat = practice.joins("Pat", Role.PRACTICE_MANAGER)
    practice.lee.records.share(signed.id, "Pat")
    practice.look()
    vault = vault_of(pat)
    version = vault.records.find(signed.id)[0].version
    digest = version.digest(vault.journal_id)
    of = ContentName(version.author, version.document, digest)
    claim = {"as": "co-signer", "name": "Dr Pat", "credentials": "MD"}
    readers = sorted((pat.me.id, practice.lee.me.id))
    attacked = AttackedJournal(practice.folder, practice.path)
    proof = sign(vault.identity, pat.me.id, vault.journal_id, digest, NOW, claim)
    added = AddendumContent(of, AddendumKind.AMENDMENT, "wrong", "Run.")
    for type_, content in (
        (registry.SIGNATURE.type, registry.SIGNATURE.encode(CoSignature(of, proof), None)),
        (registry.ADDENDUM.type, registry.ADDENDUM.encode(added, None)),
    ):
        sent = DocumentVersion(
            new_document_id(), type_, pat.me.id, tuple(readers), NOW, content.data, content.text
        )
        by_pat = sign(vault.identity, pat.me.id, vault.journal_id, sent.digest(vault.journal_id), NOW, claim)
        proofs = (by_pat,) if type_ == registry.ADDENDUM.type else ()
        forge(attacked, pat, readers, sent._replace(proofs=proofs))
    practice.look()
    found = known(practice.lee, signed)
    assert [one.name for one in found.signatures] == [LEE.name] and found.addenda == () and found.holds


def test_the_raw_file_shows_neither_name_nor_reason(practice: Practice, signed: Record) -> None:
    practice.lee.signing.add(signed.id, AddendumKind.ADDENDUM, "He rang.", "not known then", LEE)
    practice.lee.close()
    raw = practice.path.read_bytes()
    for word in (b"Mina", b"LMFT", b"not known then", b"He rang", b"addendum", b"signature"):
        assert word not in raw


def test_a_practice_managers_proof_that_the_author_put_there_does_not_hold(
    practice: Practice, signed: Record
) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    pat = practice.joins("Pat", Role.PRACTICE_MANAGER)
    practice.lee.records.share(signed.id, "Kim")
    practice.look()
    vault, theirs = vault_of(practice.lee), vault_of(pat)
    stored = vault.records.find(signed.id)[0]
    claim = {"as": "co-signer", "name": "Dr Pat Moss", "credentials": "MD"}
    digest = stored.version.digest(vault.journal_id)
    proof = sign(theirs.identity, theirs.me, vault.journal_id, digest, NOW, claim)
    with vault.unit_of_work() as unit:
        unit.put(
            DocumentChange.again(stored.version, frozenset(stored.version.readers), [stored], proofs=[proof])
        )
    practice.look()
    assert not known(kim, signed).holds
    assert FindingKind.SIGNATURE_BROKEN in {one.kind for one in kim.check().findings}


def test_what_a_colleague_added_goes_with_the_record_from_a_former_reader(
    practice: Practice, signed: Record
) -> None:
    """The record is withdrawn from Roe; Kim's program takes its addendum from Roe too, when it next looks."""
    lee = practice.lee
    kim, roe = practice.joins("Kim", Role.CO_THERAPIST), practice.joins("Roe", Role.SUPERVISOR)
    for who in ("Kim", "Roe"):
        lee.records.share(signed.id, who)
    practice.look()
    kim.signing.add(
        signed.id, AddendumKind.AMENDMENT, "Not before she is cleared.", "wrong", Signer("Kim", "")
    )
    practice.look()
    assert rows_of(roe, "addendum")
    lee.records.withdraw(signed.id, "Roe")
    practice.look()
    assert not rows_of(roe, "addendum") and not finding_sentences(roe)
    assert len(known(lee, signed).addenda) == len(known(kim, signed).addenda) == 1
    assert known(lee, signed).holds and lee.check().is_clean


def test_an_addendum_from_a_computer_that_did_not_know_goes_from_a_former_reader_too(
    practice: Practice, signed: Record
) -> None:
    roe = practice.joins("Roe", Role.SUPERVISOR)
    practice.lee.records.share(signed.id, "Roe")
    practice.look()
    there = practice.copy(practice.folder / "there.kap")
    practice.lee.records.withdraw(signed.id, "Roe")
    there.signing.add(signed.id, AddendumKind.AMENDMENT, "Not for Roe any more.", "wrong", LEE)
    there.close()
    practice.lee.copies.merge(practice.folder / "there.kap")
    practice.look()
    assert not rows_of(roe, "addendum") and len(known(practice.lee, signed).addenda) == 1
    assert not practice.lee.check().findings
