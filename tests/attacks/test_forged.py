"""Members with a program of their own: rewriting, equivocating, superseding, reflecting."""

import datetime as dt
import secrets

import pytest

from kapjournal.crypto import envelope as sealing
from kapjournal.crypto.envelope import ChannelHead, open_body, pad, prepare, ref_of, unwrap
from kapjournal.crypto.primitives import NotGenuine, seal_once
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import NewNote
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.journal import Journal
from kapjournal.journal.trust.certificates import ChannelKeyMessage
from kapjournal.journal.vault.opening import open_on
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.internals import row_of, finding_sentences, vault_of

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


def note_version(author: bytes, readers: tuple[bytes, ...], text: str, **other: object) -> DocumentVersion:
    data = {
        "title": "",
        "kind": other.pop("note_kind", NoteKind.PAGE.value),
        "date": "2026-11-20",
        "tags": [],
        "session": None,
        "written": "2026-11-20T12:00:00.000Z",
        "revised": None,
    }
    fields: dict[str, object] = {
        "document": secrets.token_bytes(16),
        "type": DocumentType.NOTE,
        "author": author,
        "readers": tuple(sorted(readers)),
        "written": NOW,
        "replica": bytes(16),
        "data": data,
        "text": text,
        **other,
    }
    return DocumentVersion(**fields)  # type: ignore[arg-type]


def findings(journal: Journal) -> str:
    journal.refresh()
    return " ".join(finding_sentences(journal))


def test_a_forged_note_in_the_right_form_is_the_control(attacked: AttackedJournal) -> None:
    with attacked.acting("Ben", "Ana") as (ben, ana):
        readers = (ben.me.id, ana.me.id)
        forge(attacked, ben, list(readers), note_version(ben.me.id, readers, "honest"))
        assert findings(ana) == ""
        assert bodies(ana) == {"honest"}


def test_a_reader_rewrites_a_note_for_another_reader(attacked: AttackedJournal) -> None:
    """Ben holds the note's key. He seals other words with it and leaves Lee's wrap as it was."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        envelope_id = row_of(ana, ana.notes.add(NewNote("I love you both", share="all")))
        sealed = attacked.rows()[envelope_id]
        ben.refresh()
        key = vault_of(ben).envelopes.incoming[ana.me.id].key
        place = key.find(envelope_id, sealed)
        assert place is not None
        wrap = unwrap(ref_of(envelope_id, sealed), sealed, place)
        assert wrap.key is not None
        body = open_body(envelope_id, sealed, wrap.key).replace(b"love", b"hate")
        enc, commitment = sealing._body_keys(wrap.key, envelope_id)
        assert commitment == sealed[1:33]
        forged = sealed[:737] + seal_once(enc, pad(body), sealing.VERSION + envelope_id + commitment)
        assert open_body(envelope_id, forged, wrap.key) == body, "the body alone would pass"
        attacked.delete(envelope_id)
        attacked.insert(envelope_id, forged)
    for name in ("Ana", "Lee"):
        with attacked.acting(name) as (journal,):
            assert bodies(journal) == set()
            assert findings(journal)


def test_one_ciphertext_cannot_open_differently_for_two_readers(attacked: AttackedJournal) -> None:
    """Ana, hostile, wraps two keys in one envelope: only the committed one opens."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        version = note_version(ana.me.id, (ana.me.id, ben.me.id, lee.me.id), "one for Ben")
        channels = [
            vault_of(ana).envelopes.channel_to(member) for member in (ana.me.id, ben.me.id, lee.me.id)
        ]
        unstamped = prepare(
            version.to_bytes(), [c.key for c in channels], [], vault_of(ana).envelopes.own.key
        )
        object.__setattr__(unstamped, "_contents", (*unstamped._contents[:2], secrets.token_bytes(32)))
        stamps = [ChannelHead(bytes(4), 99, bytes(16))] * 3
        envelope = unstamped.with_heads(stamps)
        assert open_on(vault_of(ben).envelopes.incoming[ana.me.id].key, envelope.ref.id, envelope.sealed)
        with pytest.raises(NotGenuine):
            open_on(vault_of(lee).envelopes.incoming[ana.me.id].key, envelope.ref.id, envelope.sealed)


def test_a_note_superseded_by_another_author(attacked: AttackedJournal) -> None:
    """Ben gives a note of his own the id of Ana's: both stand, under two names."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        note = ana.notes.add(NewNote("mine", share="all"))
        held = vault_of(ana).envelopes.versions[row_of(ana, note)]
        readers = (ana.me.id, ben.me.id, lee.me.id)
        forged = note_version(
            ben.me.id, readers, "not hers", document=held.version.document, follows=held.ref
        )
        forge(attacked, ben, list(readers), forged)
        for journal in (ana, lee):
            journal.refresh()
            assert bodies(journal) == {"mine", "not hers"}
            assert journal.notes.get(note.id).text.body == "mine"
            assert {journal.members.label_of(n.author): n.text.body for n in journal.notes.all()} == {
                "Ana": "mine",
                "Ben": "not hers",
            }


def test_a_note_in_anothers_name(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        readers = (ana.me.id, ben.me.id, lee.me.id)
        forge(attacked, ben, [ben.me.id, lee.me.id], note_version(ana.me.id, readers, "she never wrote this"))
        assert "Ben sent" in findings(lee)
        assert bodies(lee) == set()


def test_a_note_that_leaves_its_reader_off_the_list(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        forge(
            attacked, ben, [ben.me.id, ana.me.id], note_version(ben.me.id, (ben.me.id,), "only you see this")
        )
        assert findings(ana)
        assert bodies(ana) == set()


@pytest.mark.parametrize("type_", [DocumentType.ADDRESS_BOOK, DocumentType.DRAFT, DocumentType.EARLIER])
def test_what_may_only_come_from_oneself(attacked: AttackedJournal, type_: DocumentType) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        readers = (ana.me.id, ben.me.id)
        forge(attacked, ben, list(readers), note_version(ben.me.id, readers, "x", type=type_))
        assert findings(ana)
    with attacked.acting("Ana") as (ana,):
        assert len(ana.members.all()) == 3
        assert ana.drafts.all() == []


def test_a_kind_that_is_not_the_authors_to_write(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        readers = (ana.me.id, ben.me.id)
        version = note_version(ben.me.id, readers, "clinical", note_kind=NoteKind.OBSERVATION.value)
        forge(attacked, ben, list(readers), version)
        assert findings(ana)
        assert bodies(ana) == set()


@pytest.mark.parametrize("bad", ["\x1b]0;owned\x07", "a\x00b", "\x9b31m", "half \ud83d"])
def test_control_characters_a_hostile_program_sent(attacked: AttackedJournal, bad: str) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        readers = (ana.me.id, ben.me.id)
        version = note_version(ben.me.id, readers, "x")
        body = version.to_bytes()[:-1] + bad.encode("utf-8", "surrogatepass")
        channels = [vault_of(ben).envelopes.channel_to(member) for member in readers]
        unstamped = prepare(body, [c.key for c in channels], [], vault_of(ben).envelopes.own.key)
        envelope = unstamped.with_heads([ChannelHead(bytes(4), 50, bytes(16))] * 2)
        attacked.insert(envelope.ref.id, envelope.sealed)
        assert findings(ana)
        assert bodies(ana) == set()


def test_a_channel_secret_reflected(attacked: AttackedJournal) -> None:
    """Ben sends Lee the secret that Ana sent Ben, as his own. Ana's words for Ben then reach Lee neither
    as Ben's nor as Ana's, and nobody is accused who did nothing."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ana.notes.add(NewNote("only for Ben", share="Ben"))
        ben.refresh()
        secret = vault_of(ben).membership.book.pins[ana.me.id].channel_secret
        keys = {card.keys.hash: card.keys for card in vault_of(ben).envelopes.shared.certificates.values()}
        lee_id = ben.members.get("Lee").id
        sealed = vault_of(ben).identity.write_key_message(attacked.journal_id(), keys[lee_id], secret)
        attacked.put_shared(ChannelKeyMessage(ben.me.id, lee_id, sealed).to_bytes())
    with attacked.acting("Lee") as (lee,):
        assert bodies(lee) == set()
        told = findings(lee)
        assert "Ben sent another channel key" in told
        assert "Ana" not in told


def test_a_body_in_a_form_of_its_own(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        readers = (ana.me.id, ben.me.id)
        version = note_version(ben.me.id, readers, "x")
        good = version.to_bytes()
        start = good.index(b'{"title"')
        fields = good[start:-1]

        def holding(data: bytes) -> bytes:
            return good[: start - 4] + len(data).to_bytes(4, "big") + data + b"x"

        assert holding(fields) == good
        for bad in (
            holding(fields.replace(b'"kind":"page"', b'"kind":"page","kind":"page"')),
            holding(fields.replace(b'"session":null', b'"session":NaN')),
            holding(fields + b" "),
            holding(b" " + fields),
            holding(fields.replace(b'"session":null', b'"session":[1,2,3]')),
            holding(fields.replace(b'"session":null', b'"session":7')),
            holding(fields.replace(b'"title":""', b'"title":"\\ud800"')),
            holding(fields.replace(b'"title":""', b'"title":"' + b"a" * 500 + b'"')),
            holding(fields.replace(b'"title":""', b'"title":7')),
            holding(fields.replace(b'"tags":[]', b'"tags":' + b"[" * 5000)),
            holding(fields.replace(b'"tags":[]', b'"tags":{"a":[]}')),
            holding(fields.replace(b'"tags":[]', b'"tags":"abc"')),
            holding(fields.replace(b'"written":"', b'"written":"9')),
            holding(fields.replace(b'"date":"2026', b'"date":"99992026')),
            holding(fields[:-1]),
            holding(b"[]"),
            holding(b"7"),
            good[:-1] + b"\xff",
            good[:72] + bytes([200]) + good[73:],
            good[:73] + bytes([255]) + good[74:],
            good[:75] + bytes([9]) + good[76:],
            good[:64] + b"\x7f" + b"\xff" * 7 + good[72:],
            good[:50],
            b"",
        ):
            channels = [vault_of(ben).envelopes.channel_to(member) for member in readers]
            unstamped = prepare(bad, [c.key for c in channels], [], vault_of(ben).envelopes.own.key)
            envelope = unstamped.with_heads([ChannelHead(bytes(4), 50, bytes(16))] * 2)
            attacked.insert(envelope.ref.id, envelope.sealed)
            ana.refresh()
            assert len(ana.findings) > 1, bad[:80]
            assert bodies(ana) == set()
            with attacked.acting("Ana", remembering=False) as (again,):
                assert len(again.findings) > 1
                assert bodies(again) == set()
            attacked.delete(envelope.ref.id)
            ana.refresh()
