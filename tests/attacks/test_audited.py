"""Attacks an audit found: on the counter, on cards, on the moment between two steps."""

import datetime as dt
import secrets

import pytest

from kapjournal.crypto.envelope import Stamp
from kapjournal.crypto.identity import Identity, PublicIdentity, public_of_seed, sign_with_seed
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import DocumentId, KeyslotId
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import CannotSave
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.journal.trust.certificates import InvitationGrant, MemberCertificate, sign_grant
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.attacks.remade_rows import bytes_of, key_between, rewrapped, row_in, wrap_of
from tests.internals import finding_sentences, row_of, vault_of

MOST = 2**32 - 1


@pytest.mark.parametrize("beside", [False, True])
def test_a_reader_who_writes_the_highest_counts_into_their_own_wrap(
    attacked: AttackedJournal, beside: bool
) -> None:
    """Ben holds the key of his wrap in Ana's notes; her program must be able to count on."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        row_id = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        ben.refresh()
        row, key = row_in(attacked, row_id), key_between(ben, ana)
        stamp = Stamp(wrap_of(row, key).stamp.replica, MOST, MOST, MOST)
        if not beside:
            attacked.delete(row_id)
        attacked.put_row(bytes_of(rewrapped(row, key, stamp=stamp)))
    with attacked.acting("Ana", "Lee") as (ana, lee):
        assert ana.findings or beside
        ana.notes.add(NewNote("more for Ben", share="all"))
        lee.refresh()
        assert bodies(lee) == {"more for Ben"}
    with attacked.acting("Ana", "Lee", "Ben") as (ana, lee, ben):
        assert bodies(ana) == {"for Ben", "more for Ben"} == bodies(ben)
        assert lee.findings == ()
        ana.notes.add(NewNote("and more", share="Ben"))


@pytest.mark.parametrize("broken", ["mlkem", "x25519"])
def test_a_newcomer_whose_keys_take_no_letter_locks_nobody_out(
    attacked: AttackedJournal, broken: str
) -> None:
    with attacked.acting("Lee") as (lee,):
        seed = secrets.token_bytes(32)
        ticket = sign_grant(
            vault_of(lee).identity,
            attacked.journal_id(),
            InvitationGrant(public_of_seed(seed), KeyslotId(bytes(16)), "Sue", Role.SUPERVISOR),
        )
    sue = Identity(secrets.token_bytes(32), attacked.journal_id())
    mlkem = b"\xff" * 1184 if broken == "mlkem" else sue.public.mlkem
    x25519 = bytes(32) if broken == "x25519" else sue.public.x25519
    keys = PublicIdentity(sue.public.signing, mlkem, x25519)
    unsigned = MemberCertificate(keys, "Sue", Role.SUPERVISOR, ticket)
    message = unsigned.message(attacked.journal_id())
    card = MemberCertificate(
        keys, "Sue", Role.SUPERVISOR, ticket, sign_with_seed(seed, message), sue.sign(message)
    )
    attacked.put_shared(card.to_bytes())
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            journal.notes.add(NewNote(f"{name} goes on", share="all"))
            assert any("cards and letters" in sentence for sentence in finding_sentences(journal))


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", 1e99), ("number", "1"), ("time", "10:00Z"), ("time", 7), ("date", []), ("title", 0)],
)
def test_an_odd_session_locks_nobody_out(attacked: AttackedJournal, field: str, value: object) -> None:
    data = {"number": 1, "kind": "dosing", "date": "2026-11-20", "time": "10:00", "title": "", field: value}
    with attacked.acting("Lee") as (lee,):
        session = lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 11, 19))
        readers = sorted(member.id for member in lee.members.all())
        version = DocumentVersion(
            DocumentId(secrets.token_bytes(16)),
            DocumentType.SESSION,
            lee.me.id,
            tuple(readers),
            dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
            to_json(data),
        )
        forge(attacked, lee, readers, version)
    with attacked.acting("Ana") as (ana,):
        assert [one.id for one in ana.sessions.all()] == [session.id]
        ana.notes.add(NewNote("in a session", session=1))
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == {"in a session"}


def test_two_withdrawn_notes_put_back_at_once_are_not_shown(attacked: AttackedJournal) -> None:
    """They stand where their dropped rows lay, on a computer that remembers nothing."""
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("stays", share="Ben"))
        notes = [ana.notes.add(NewNote(f"withdrawn {n}", share="Ben")) for n in range(2)]
        old = {i: attacked.rows()[i] for i in (row_of(ana, note) for note in notes)}
        for note in notes:
            ana.notes.withdraw(note.id, "Ben")
            ana.notes.delete(note.id)
    for row_id, sealed in old.items():
        attacked.insert(row_id, sealed)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == {"stays"}
        assert [finding.kind for finding in ben.findings] == [FindingKind.VERSION_PUT_BACK] * 2


def test_json_deeper_than_sixteen_is_not_genuine() -> None:
    assert from_json(b'{"a":' + b"[" * 14 + b"]" * 14 + b"}")
    for depth in (16, 300, 5000):
        with pytest.raises(NotGenuine):
            from_json(b'{"a":' + b"[" * depth + b"]" * depth + b"}")


def test_an_interrupt_between_the_commit_and_memory_is_made_good(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("first", share="Ben"))
        publish = UnitOfWork.publish

        def interrupted(self: UnitOfWork) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(UnitOfWork, "publish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ana.notes.edit(note.id, NoteChange(body="second"))
        monkeypatch.setattr(UnitOfWork, "publish", publish)
        ana.notes.edit(note.id, NoteChange(title="third"))
        ben.refresh()
        assert bodies(ana) == bodies(ben) == {"second"}
        assert ana.check().is_clean
        assert ben.check().is_clean


def test_a_file_replaced_during_a_save_is_not_acknowledged(attacked: AttackedJournal) -> None:
    aside = attacked.copy()
    with attacked.acting("Ana") as (ana,):
        with pytest.raises(CannotSave), vault_of(ana).unit_of_work():
            aside.replace(attacked.path)
        with pytest.raises(CannotSave):
            ana.notes.add(NewNote("nowhere to go"))
