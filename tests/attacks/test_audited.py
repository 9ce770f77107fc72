"""Attacks an audit found: on the counter, on cards, on the moment between two steps."""

import datetime as dt
import secrets
import struct

import pytest

from kapjournal.crypto.envelope import ROOT_BYTES, ChannelHead, prepare, ref_of, unwrap
from kapjournal.crypto.identity import Identity, PublicIdentity, public_of_seed, sign_with_seed
from kapjournal.crypto.primitives import NotGenuine, purpose, seal_once
from kapjournal.domain.ids import DocumentId, KeyslotId, ReplicaId
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import CannotSave
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.strict_encoding import from_json
from kapjournal.journal.trust.certificates import InvitationGrant, MemberCertificate, sign_grant
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.internals import row_of, finding_sentences, vault_of


def test_a_reader_who_writes_the_highest_count_into_their_own_wrap(attacked: AttackedJournal) -> None:
    """Ben holds the key of his wrap in Ana's notes; her program must be able to count on."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        envelope_id = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        sealed = attacked.rows()[envelope_id]
        ben.refresh()
        place = vault_of(ben).envelopes.incoming[ana.me.id].key.find(envelope_id, sealed)
        assert place is not None
        mark = ref_of(envelope_id, sealed)
        wrap = unwrap(mark, sealed, place)
        assert wrap.key is not None
        content = wrap.key + wrap.head.replica + struct.pack(">I", 2**32 - 1) + bytes(ROOT_BYTES)
        forged = seal_once(place.wrap_key, content, purpose("wrap") + mark.h)
        start = 161 + 72 * place.slot
        attacked.insert(envelope_id, sealed[:start] + forged + sealed[start + 72 :])
    with attacked.acting("Ana", "Lee") as (ana, lee):
        assert ana.findings
        ana.notes.add(NewNote("more for Ben", share="all"))
        lee.refresh()
        assert bodies(lee) == {"more for Ben"}


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
    [("number", float("inf")), ("number", "1"), ("time", "10:00Z"), ("time", 7), ("date", []), ("title", 0)],
)
def test_an_odd_session_locks_nobody_out(attacked: AttackedJournal, field: str, value: object) -> None:
    data = {"number": 1, "kind": "dosing", "date": "2026-11-20", "time": "10:00", "title": "", field: value}
    with attacked.acting("Lee") as (lee,):
        session = lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 11, 19))
        readers = tuple(sorted(member.id for member in lee.members.all()))
        version = DocumentVersion(
            DocumentId(secrets.token_bytes(16)),
            DocumentType.SESSION,
            lee.me.id,
            readers,
            dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
            ReplicaId(bytes(16)),
            data,
        )
        body = (
            version.to_bytes()
            if value != float("inf")
            else version._replace(data={**data, "number": 1234567}).to_bytes().replace(b"1234567", b"1e99999")
        )
        channels = [vault_of(lee).envelopes.channel_to(reader) for reader in readers]
        unstamped = prepare(body, [channel.key for channel in channels], [], vault_of(lee).envelopes.own.key)
        envelope = unstamped.with_heads([ChannelHead(bytes(4), 90, bytes(16))] * 3)
        attacked.insert(envelope.ref.id, envelope.sealed)
    with attacked.acting("Ana") as (ana,):
        assert [one.id for one in ana.sessions.all()] == [session.id]
        ana.notes.add(NewNote("in a session", session=1))
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == {"in a session"}


def test_two_withdrawn_notes_put_back_at_once_are_not_shown(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("stays", share="Ben"))
        notes = [ana.notes.add(NewNote(f"withdrawn {n}", share="Ben")) for n in range(2)]
        old = {i: attacked.rows()[i] for i in (row_of(ana, note) for note in notes)}
        for note in notes:
            ana.notes.withdraw(note.id, "Ben")
            ana.notes.delete(note.id)
    for envelope_id, sealed in old.items():
        attacked.insert(envelope_id, sealed)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == {"stays"}
        assert len(ben.findings) == 2


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
