"""Much of something, honest or not: nobody's door stays shut by it, and nobody is made to look guilty."""

import datetime as dt
import secrets

import pytest

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, SessionChange, join
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.signing import AddendumContent, CoSignature
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.trust.proofs import sign
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.internals import finding_sentences, row_of, vault_of

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def joins(attacked: AttackedJournal, label: str, role: Role) -> None:
    """Lee invites somebody, who joins on a computer of their own."""
    with attacked.acting("Lee") as (lee,):
        code = lee.members.invite(label, role, strength=FLOOR)
    joined, _ = join(
        attacked.path,
        code=code,
        label=label,
        passphrase=f"{label} opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=attacked.folder / f"memory-{label}",
    )
    attacked.held[label] = vault_of(joined).secrets
    joined.close()


def everybody_looks(attacked: AttackedJournal) -> None:
    for name in attacked.everybody() * 2:
        with attacked.acting(name) as (journal,):
            assert finding_sentences(journal) == []
            assert journal.check().is_clean


def leaves(attacked: AttackedJournal, label: str) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.members.remove(label)
    attacked.held.pop(label)


def test_people_may_come_and_go_for_as_long_as_there_is_room(attacked: AttackedJournal) -> None:
    """More than eight were here in all: who went was told so once."""
    for number in range(7):
        joins(attacked, f"Sue{number}", Role.SUPERVISOR)
        everybody_looks(attacked)
        leaves(attacked, f"Sue{number}")
        everybody_looks(attacked)


def test_in_a_full_journal_somebody_goes_and_another_comes(attacked: AttackedJournal) -> None:
    for number in range(5):
        joins(attacked, f"Co{number}", Role.CO_THERAPIST)
    everybody_looks(attacked)
    with attacked.acting("Lee", "Ana") as (lee, ana):
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 11, 19))
        lees = lee.notes.add(NewNote("for all", share="all,co-therapist"))
        anas = ana.notes.add(NewNote("for all, too", share="all,co-therapist"))
        lee.members.remove("Co4")
    attacked.held.pop("Co4")
    joins(attacked, "Co5", Role.CO_THERAPIST)
    everybody_looks(attacked)
    for name, note in (("Lee", lees), ("Ana", anas)):
        with attacked.acting(name) as (journal,):
            journal.notes.share(note.id, "Co5")
            journal.notes.edit(note.id, NoteChange(body="changed"))
            journal.notes.withdraw(note.id, "Ben")
            journal.notes.delete(note.id)
            if name == "Lee":
                journal.sessions.edit(1, SessionChange(title="Third"))
        everybody_looks(attacked)


@pytest.fixture
def observed(attacked: AttackedJournal) -> Note:
    """A signed observation that everybody reads, Sue the supervisor, too."""
    joins(attacked, "Sue", Role.SUPERVISOR)
    everybody_looks(attacked)
    with attacked.acting("Lee") as (lee,):
        note = lee.notes.add(NewNote("They sat close.", share="all,Sue"))
        lee.signing.sign(note.id, Signer("Dr Lee", ""))
    return note


def sent_by(journal: Journal, type_: str, data: bytes, text: str = "") -> DocumentVersion:
    readers = tuple(sorted(member.id for member in journal.members.all()))
    document = DocumentId(secrets.token_bytes(16))
    return DocumentVersion(document, type_, journal.me.id, readers, NOW, data, text)


def co_signature(sue: Journal, note: Note, when: dt.datetime = NOW, *, holds: bool = True) -> DocumentVersion:
    vault, version = vault_of(sue), vault_of(sue).notes.stored(note.id).version
    digest = version.digest(vault.journal_id)
    claim = {"as": "co-signer", "name": "Sue", "credentials": ""}
    proof = sign(vault.identity, sue.me.id, vault.journal_id, digest, when, claim)
    if not holds:
        proof = proof._replace(signature=bytes(64))
    said = CoSignature(ContentName(version.author, version.document, digest), proof)
    return sent_by(sue, DocumentType.SIGNATURE, registry.SIGNATURE.encode(said, None).data)


def send(attacked: AttackedJournal, sender: Journal, version: DocumentVersion) -> None:
    forge(attacked, sender, list(version.readers), version)


def test_who_co_signs_hundreds_of_times_signed_once(attacked: AttackedJournal, observed: Note) -> None:
    with attacked.acting("Sue") as (sue,):
        for number in range(260):
            send(attacked, sue, co_signature(sue, observed, NOW + dt.timedelta(seconds=number)))
    rows = len(attacked.rows())
    for _ in range(2):
        with attacked.acting("Lee") as (lee,):
            signed = lee.signing.of(observed.id)
            assert signed is not None and signed.holds
            assert [one.name for one in signed.signatures] == ["Dr Lee", "Sue"]
            assert finding_sentences(lee) == []
    assert len(attacked.rows()) <= rows + 4


def test_a_co_signature_that_does_not_hold_speaks_against_its_sender(
    attacked: AttackedJournal, observed: Note
) -> None:
    with attacked.acting("Sue") as (sue,):
        send(attacked, sue, co_signature(sue, observed, holds=False))
        version = vault_of(sue).notes.stored(observed.id).version
        of = ContentName(version.author, version.document, version.digest(vault_of(sue).journal_id))
        added = AddendumContent(of, AddendumKind.AMENDMENT, "wrong", "They sat apart.")
        content = registry.ADDENDUM.encode(added, None)
        addendum = sent_by(sue, DocumentType.ADDENDUM, content.data, content.text)
        send(attacked, sue, addendum._replace(proofs=version.proofs))
        suspect = sue.me.id
    for name in ("Lee", "Ana"):
        with attacked.acting(name) as (journal,):
            signed = journal.signing.of(observed.id)
            assert signed is not None and signed.holds
            assert [one.name for one in signed.signatures] == ["Dr Lee"] and signed.addenda == ()
            told = [(one.kind, one.member) for one in journal.findings]
            assert told == [(FindingKind.DOCUMENT_MALFORMED, suspect)]


@pytest.mark.parametrize("value", ["'text'", "7", "zeroblob(18000000)", "x''"])
@pytest.mark.parametrize("there", [True, False])
def test_an_odd_row_in_one_copy_is_mended_by_the_other(
    attacked: AttackedJournal, value: str, there: bool
) -> None:
    with attacked.acting("Ana") as (ana,):
        row_id = row_of(ana, ana.notes.add(NewNote("mine")))
    other = attacked.copy()
    attacked.run_in(
        other if there else attacked.path, f"UPDATE envelope SET sealed = {value} WHERE id = ?", row_id
    )
    with attacked.acting("Ana") as (ana,):
        ana.copies.merge(other)
        assert bodies(ana) == {"mine"}
        assert ana.check().is_clean
    assert attacked.rows(other)[row_id] == attacked.rows()[row_id]


def test_whatever_is_in_the_way_of_an_announcement_keeps_no_door_shut(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("an envelope has eight slots")

    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("mine"))
    monkeypatch.setattr("kapjournal.journal.vault.catching_up._owes_anything", lambda _: True)
    monkeypatch.setattr("kapjournal.journal.vault.catching_up.write_owed", broken)
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == {"mine"}
        assert [one.kind for one in ana.findings] == [FindingKind.ANNOUNCEMENT_FAILED]
