"""Members with a program of their own: rewriting, equivocating, superseding, reflecting."""

import datetime as dt
import secrets
import struct

import pytest

from kapjournal.crypto.envelope import open_body
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import TAG_BYTES, row_from
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import IdentityId
from kapjournal.domain.notes import NoteKind
from kapjournal.journal import NewNote
from kapjournal.journal.documents.version import DocumentType, DocumentVersion
from kapjournal.journal.journal import Journal
from kapjournal.journal.strict_encoding import to_json
from kapjournal.journal.trust.certificates import ChannelKeyMessage
from kapjournal.journal.vault.opening import open_on
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge, forge_body
from tests.attacks.remade_rows import bytes_of, key_between, place_of, reworded, rewrapped, row_in, wrap_of
from tests.internals import finding_sentences, row_of, vault_of

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
        "data": to_json(data),
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


@pytest.mark.parametrize("beside", [False, True])
def test_a_reader_rewrites_a_note_for_another_reader(attacked: AttackedJournal, beside: bool) -> None:
    """Ben holds the note's key. He seals other words with it and leaves Lee's wrap as it was."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        row_id = row_of(ana, ana.notes.add(NewNote("I love you both", share="all")))
        ben.refresh()
        row = row_in(attacked, row_id)
        key = wrap_of(row, key_between(ben, ana)).key
        assert key is not None
        body = open_body(row, key).replace(b"love", b"hate")
        forged = reworded(row, key, body)
        assert open_body(forged, key) == body, "the body alone would pass"
        if not beside:
            attacked.delete(row_id)
        attacked.put_row(bytes_of(forged))
    for name in ("Ana", "Lee"):
        with attacked.acting(name) as (journal,):
            assert bodies(journal) == ({"I love you both"} if beside else set())
            assert findings(journal) or (beside and name == "Lee")


def test_a_reader_rewrites_a_note_under_its_own_row_id(attacked: AttackedJournal) -> None:
    """The id is a hash of the words too: the row is damaged for everybody, and the good one mends it."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        row_id = row_of(ana, ana.notes.add(NewNote("I love you both", share="all")))
        ben.refresh()
        row = row_in(attacked, row_id)
        key = wrap_of(row, key_between(ben, ana)).key
        assert key is not None
        body = open_body(row, key).replace(b"love", b"hate")
        attacked.insert(row_id, bytes_of(reworded(row, key, body)))
    for name in ("Ana", "Ben", "Lee"):
        with attacked.acting(name) as (journal,):
            assert bodies(journal) == set()
            assert "1 row of the file cannot be read" in findings(journal)
            attacked.insert(row_id, bytes_of(row))
            assert findings(journal) == ""
            assert bodies(journal) == {"I love you both"}
        attacked.insert(row_id, bytes_of(reworded(row, key, body)))


def test_one_ciphertext_cannot_open_differently_for_two_readers(attacked: AttackedJournal) -> None:
    """Ana, hostile, wraps another key for Lee in one envelope: only the committed one opens."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        row = row_in(attacked, row_of(ana, ana.notes.add(NewNote("one for Ben", share="all"))))
        for reader in (ben, lee):
            reader.refresh()
        forged = bytes_of(rewrapped(row, key_between(lee, ana), content=secrets.token_bytes(32)))
        row_id = row_from(forged).id
        assert open_on(key_between(ben, ana), row_id, forged)
        with pytest.raises(NotGenuine):
            open_on(key_between(lee, ana), row_id, forged)


def test_a_note_superseded_by_another_author(attacked: AttackedJournal) -> None:
    """Ben gives a note of his own the id of Ana's and says that it took its place: both stand, under two
    names."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        note = ana.notes.add(NewNote("mine", share="all"))
        row_id = row_of(ana, note)
        stored = next(one for one in vault_of(ana).envelopes.current.values() if one.row == row_id)
        readers = (ana.me.id, ben.me.id, lee.me.id)
        forged = note_version(
            ben.me.id,
            readers,
            "not hers",
            document=stored.version.document,
            follows=(stored.envelope,),
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


def test_nobody_is_accused_of_a_note_whose_authors_tag_a_stranger_struck(attacked: AttackedJournal) -> None:
    """Without Ana's tag the row looks like one that Ben put there in her name; but he could make his wrap
    open, and a stranger cannot."""
    with attacked.acting("Ana") as (ana,):
        row_id = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        row = row_in(attacked, row_id)
        start = TAG_BYTES * place_of(row, vault_of(ana).envelopes.channels.own.key).slot
    slots = row.slots[:start] + secrets.token_bytes(TAG_BYTES) + row.slots[start + TAG_BYTES :]
    attacked.delete(row_id)
    attacked.put_row(bytes_of(row._replace(slots=slots)))
    with attacked.acting("Ana") as (ana,):
        kinds = {finding.kind for finding in ana.findings}
        assert FindingKind.WRITTEN_IN_YOUR_NAME not in kinds
        assert FindingKind.ENVELOPE_ALTERED in kinds
        assert bodies(ana) == set()


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
        words = bad.encode("utf-8", "surrogatepass")
        honest = note_version(ben.me.id, readers, "?" * len(words)).to_bytes()
        forge_body(attacked, ben, list(readers), honest.replace(b"?" * len(words), words))
        assert findings(ana)
        assert bodies(ana) == set()


def test_a_channel_secret_reflected(attacked: AttackedJournal) -> None:
    """Ben sends Lee the secret that Ana sent Ben, as his own. Ana's words for Ben then reach Lee neither
    as Ben's nor as Ana's, and nobody is accused who did nothing."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ana.notes.add(NewNote("only for Ben", share="Ben"))
        ben.refresh()
        [secret] = vault_of(ben).membership.book.pins[ana.me.id].channel_secrets.values()
        keys = {card.member: card.keys for card in vault_of(ben).envelopes.shared.certificates.values()}
        lee_id = ben.members.get("Lee").id
        sealed = vault_of(ben).identity.write_key_message(attacked.journal_id(), keys[lee_id], secret)
        attacked.put_shared(ChannelKeyMessage(IdentityId(ben.me.id), IdentityId(lee_id), sealed).to_bytes())
    with attacked.acting("Lee") as (lee,):
        assert bodies(lee) == set()
        told = findings(lee)
        assert "Ben sent another channel key" in told
        assert "Ana" not in told


def counted(field: bytes) -> bytes:
    return struct.pack(">I", len(field)) + field


def test_a_body_in_a_form_of_its_own(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        readers = (ana.me.id, ben.me.id)
        good = note_version(ben.me.id, readers, "x").to_bytes()
        start = good.index(b'{"title"') - 4
        end = len(good) - len(counted(b"x") + b"\0")
        fields = good[start + 4 : end]

        def holding(data: bytes, after: bytes = counted(b"x") + b"\0") -> bytes:
            return good[:start] + counted(data) + after

        assert holding(fields) == good
        type_at = 61
        assert good[type_at : type_at + 5] == b"\x04note"
        for bad in (
            holding(fields.replace(b'"kind":"page"', b'"kind":"page","kind":"page"')),
            holding(fields.replace(b'"session":null', b'"session":NaN')),
            holding(fields.replace(b'"session":null', b'"session":1.5')),
            holding(fields.replace(b'"session":null', b'"session":9007199254740993')),
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
            holding(fields, counted(b"\xff") + b"\0"),
            holding(fields, b"\0\0\1\0x\0"),
            holding(fields, b"\xff\xff\xff\xffx\0"),
            holding(fields, counted(b"x")),
            holding(fields, counted(b"x") + b"\1"),
            holding(fields, counted(b"x") + b"\1" + bytes(50)),
            holding(fields, counted(b"x") + b"\1" + bytes(40) + b"\xff\xff\xff\xff" + bytes(64)),
            good[:58] + bytes([200]) + good[59:],
            good[:59] + bytes([255]) + good[60:],
            good[:60] + bytes([9]) + good[61:],
            good[:type_at] + b"\0" + good[type_at + 1 :],
            good[:type_at] + b"\x20" + good[type_at + 1 :],
            good[: type_at + 1] + b"NOTE" + good[type_at + 5 :],
            good[: type_at + 1] + b"n\xf6te" + good[type_at + 5 :],
            good[:50],
        ):
            row_id = forge_body(attacked, ben, list(readers), bad)
            ana.refresh()
            kinds = {finding.kind for finding in ana.findings}
            assert kinds & {FindingKind.DOCUMENT_MALFORMED, FindingKind.NOTE_MALFORMED}, bad[:80]
            assert bodies(ana) == set()
            with attacked.acting("Ana", remembering=False) as (again,):
                kinds = {finding.kind for finding in again.findings}
                assert kinds & {FindingKind.DOCUMENT_MALFORMED, FindingKind.NOTE_MALFORMED}
                assert bodies(again) == set()
            attacked.delete(row_id)
            ana.refresh()
