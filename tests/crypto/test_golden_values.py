"""What format 2 makes of fixed bytes, written down: where another value comes out, that is another format.

Each value comes out three times: the product makes it, `by_the_page` works it out from the formulas of
FORMAT.md, and it stands here. Values of more than 64 bytes stand as their SHA-256.
"""

import datetime as dt
import hashlib

import pytest

from kapjournal.crypto import envelope, keyslot
from kapjournal.crypto.envelope import ChannelKey, Stamp, drop_token
from kapjournal.crypto.identity import Identity, comparison_number
from kapjournal.crypto.kdf import FLOOR, stretch
from kapjournal.crypto.keyring import Keyring, channel, recovery_channel, shared_channel
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.crypto.primitives import counted, derive, document_name, mac, purpose
from kapjournal.crypto.row import Row, dropped, envelope_of_token, front_of, pad, read_row, row_from
from kapjournal.domain.ids import (
    DocumentId,
    EnvelopeId,
    IdentityId,
    JournalId,
    KeyslotId,
    MemberId,
    ReplicaId,
)
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.journal_info import JOURNAL_INFO
from kapjournal.journal.documents.keys import KEYS
from kapjournal.journal.documents.version import DocumentVersion

from kapjournal.journal.trust.certificates import Successor
from kapjournal.journal.trust.proofs import Proof

from . import by_the_page as page

h = bytes.fromhex
JID, ID, SALT = JournalId(bytes(range(16))), EnvelopeId(bytes(range(16, 32))), bytes(range(32, 48))
SLOT, DOCUMENT, REPLICA = KeyslotId(ID), DocumentId(ID), ReplicaId(SALT)
MASTER, OTHER = IdentityId(bytes(range(64, 96))), IdentityId(bytes(range(96, 128)))
NAMED = bytes(range(240, 256)) * 2
WORDS = "ﬁve Ångström ½"
HELD = Secrets(MASTER, OTHER, MemberId(bytes(32)), MemberId(NAMED))
ME = Identity(MASTER, JID)
RING = Keyring(MASTER, JID, ME.hash)
OWN = RING.channel_to(ME.hash)
ANA, BEN = ChannelKey(bytes(range(128, 160))), ChannelKey(bytes(range(160, 192)))
NK, SAID = bytes(range(192, 224)), "Said: é".encode()
STAMP, TOLD = Stamp(b"replica!", 7, 300, 12), Stamp(b"another!", 2**32 - 1, 1, 0)
LOST = EnvelopeId(bytes(range(224, 240)))
DATA, MOMENT = '{"title":"é","tags":[]}'.encode(), dt.datetime(2026, 3, 2, 9, 0, 0, 7000, tzinfo=dt.UTC)
ME_ID, OTHER_ID = MemberId(ME.hash), MemberId(OTHER)
VERSION = DocumentVersion(
    DOCUMENT, "note", ME_ID, (ME_ID, OTHER_ID), MOMENT, DATA, "Wörter", 1, (LOST, ID), (MemberId(MASTER),)
)

CLAIM = b'{"as":"co-signer"}'
PROOF = Proof(OTHER_ID, 1772442000007, CLAIM, bytes(64))
SUCCESSOR = Successor(OTHER_ID, 2, ME.public)
BODY_BY_PAGE = page.body(
    DOCUMENT, ME.hash, 1772442000007, "note", [ME.hash, OTHER], [MASTER], [LOST, ID], DATA, "Wörter"
)
DIGEST = page.content_digest(JID, DOCUMENT, ME.hash, 1, "note", DATA, "Wörter")

OWN_BY_PAGE = page.channel(
    page.channel_secret(MASTER, JID, ME.hash, ME.hash), JID, page.member_id(MASTER, JID), ME.hash
)
PAGE_ROW = page.PageRow(
    OWN_BY_PAGE,
    NK,
    SAID,
    {
        0: (OWN_BY_PAGE, NK + page.stamp(b"replica!", 7, 300, 12)),
        3: (ANA.raw, NK + page.stamp(b"replica!", 7, 300, 12)),
        6: (BEN.raw, bytes(16) + LOST + page.stamp(b"another!", 2**32 - 1, 1, 0)),
    },
)
ROW = row_from(PAGE_ROW.standing)

MADE = {
    "purpose": purpose("keyslot", JID, ID),
    "counted": counted("é".encode()),
    "mac": mac(MASTER, b"message"),
    "derive": derive(MASTER, b"info"),
    "argon2id": stretch(WORDS, SALT, FLOOR),
    "public keys": ME.public.to_bytes(),
    "member id": ME.hash,
    "channel secret": RING.secret_for(OTHER),
    "channel": RING.channel_to(OTHER).raw,
    "own channel": OWN.raw,
    "channel from another": channel(MASTER, JID, OTHER, ME.hash).raw,
    "drafts": RING.drafts_channel().raw,
    "shared channel": shared_channel(OTHER, JID).raw,
    "recovery channel": recovery_channel(OTHER, JID).raw,
    "pseudonym": ANA.pseudonym(REPLICA),
    "tag and wrap key": b"".join(ANA.slot(ID)),
    "drop token": drop_token(OWN, NK),
    "envelope id": envelope_of_token(PAGE_ROW.token),
    "body hash": ROW.body_hash,
    "author mac": envelope._author_mac(OWN, ROW.envelope, ROW.slots),
    "row id": ROW.id,
    "dropped row": dropped(ROW, drop_token(OWN, NK)),
    "newer row's id": row_from(b"\4newer").id,
    "padded body": pad(SAID),
    "document name": h(document_name(ME_ID, DOCUMENT)),
    "journal info document": JOURNAL_INFO,
    "address book document": ADDRESS_BOOK,
    "keys document": KEYS,
    "body": VERSION.to_bytes(),
    "digest": VERSION.digest(JID),
    "what is signed": PROOF.message(JID, VERSION.digest(JID)),
    "body with a proof": VERSION._replace(proofs=(PROOF,)).to_bytes(),
    "successor": SUCCESSOR.message(JID),
}
BY_PAGE = {
    "purpose": page.purpose("keyslot", JID, ID),
    "counted": page.counted("é".encode()),
    "mac": page.b2(MASTER, b"message"),
    "derive": page.hkdf(MASTER, b"info"),
    "argon2id": page.argon2id(WORDS, SALT, 65536, 3, 1),
    "public keys": page.public_keys(MASTER, JID),
    "member id": page.member_id(MASTER, JID),
    "channel secret": page.channel_secret(MASTER, JID, ME.hash, OTHER),
    "channel": page.channel(page.channel_secret(MASTER, JID, ME.hash, OTHER), JID, ME.hash, OTHER),
    "own channel": OWN_BY_PAGE,
    "channel from another": page.channel(MASTER, JID, OTHER, ME.hash),
    "drafts": page.hkdf(MASTER, page.purpose("drafts", JID, ME.hash)),
    "shared channel": page.hkdf(OTHER, page.purpose("shared channel", JID)),
    "recovery channel": page.hkdf(OTHER, page.purpose("recovery", JID)),
    "pseudonym": page.pseudonym(ANA.raw, REPLICA),
    "tag and wrap key": page.b2(ANA.raw, page.purpose("slot") + ID, 48),
    "drop token": PAGE_ROW.token,
    "envelope id": PAGE_ROW.envelope,
    "body hash": PAGE_ROW.body_hash,
    "author mac": PAGE_ROW.author_mac,
    "row id": PAGE_ROW.id,
    "dropped row": PAGE_ROW.dropped,
    "newer row's id": page.newer_row_id(b"\4newer"),
    "padded body": page.padded(SAID),
    "document name": page.document_name(ME.hash, DOCUMENT),
    "journal info document": page.fixed_document("journal info document"),
    "address book document": page.fixed_document("address book document"),
    "keys document": page.fixed_document("keys document"),
    "body": BODY_BY_PAGE,
    "digest": DIGEST,
    "what is signed": page.signature_message(JID, OTHER, 1772442000007, DIGEST, CLAIM),
    "body with a proof": BODY_BY_PAGE[:-1] + page.proofs((OTHER, 1772442000007, CLAIM, bytes(64))),
    "successor": page.purpose("successor", JID, OTHER, (2).to_bytes(4, "big"), page.public_keys(MASTER, JID)),
}
VALUES: dict[str, str] = {
}
COMPARED = "97020 88660 80219 97787 10275 09277 82367 72724 40035 50646 55688 08810"
BY_PASSPHRASE = ""
BY_CODE = ""


@pytest.mark.parametrize("name", VALUES)
def test_a_value_of_the_format(name: str) -> None:
    made, by_page = MADE[name], BY_PAGE[name]
    assert made == by_page
    assert (made.hex() if len(made) <= 64 else hashlib.sha256(made).hexdigest()) == VALUES[name]
    assert MADE.keys() == VALUES.keys() == BY_PAGE.keys()


def test_the_comparison_number() -> None:
    assert comparison_number(JID, MASTER, OTHER) == comparison_number(JID, OTHER, MASTER) == COMPARED
    assert page.comparison(JID, MASTER, OTHER) == page.comparison(JID, OTHER, MASTER) == COMPARED


@pytest.mark.parametrize(
    ("kind", "words", "stretched", "sealed"),
    [
        (SlotKind.PASSPHRASE, WORDS, WORDS, BY_PASSPHRASE),
        (SlotKind.INVITATION, " One two  THREE four five six ", "one two three four five six", BY_CODE),
    ],
)
def test_a_keyslot_of_each_kind(kind: SlotKind, words: str, stretched: str, sealed: str) -> None:
    label = "Zoë" if kind is SlotKind.PASSPHRASE else ""
    by_page = page.Slot(JID, SLOT, kind, label, FLOOR.memory_kib, FLOOR.time, FLOOR.lanes, SALT)
    assert by_page.sealed(stretched, MASTER + OTHER + bytes(32) + NAMED).hex() == sealed
    slot = keyslot.stored(SLOT, kind, label, FLOOR, SALT, h(sealed))
    assert keyslot.unlock(JID, slot, words) == HELD


def test_a_row_as_the_page_makes_it_opens() -> None:
    row = read_row(ROW.id, PAGE_ROW.standing)
    assert (row.envelope, row.commitment, row.ciphertext) == (
        PAGE_ROW.envelope,
        PAGE_ROW.commitment,
        PAGE_ROW.ciphertext,
    )
    assert_what_is_in_it(row)
    assert envelope.open_body(row, NK) == SAID
    assert front_of(PAGE_ROW.standing) == (row.envelope, row.slots)


def test_a_dropped_row_as_the_page_makes_it_keeps_its_front() -> None:
    row = read_row(ROW.id, PAGE_ROW.dropped)
    assert len(PAGE_ROW.dropped) == 785 and row.token == PAGE_ROW.token
    assert_what_is_in_it(row)
    assert front_of(PAGE_ROW.dropped) == (row.envelope, row.slots)


def assert_what_is_in_it(row: Row) -> None:
    places = {name: key.find(row) for name, key in (("own", OWN), ("Ana", ANA), ("Ben", BEN))}
    assert {name: place.slot for name, place in places.items() if place} == {"own": 0, "Ana": 3, "Ben": 6}
    wraps = {name: envelope.unwrap(row, place) for name, place in places.items() if place}
    nothing = EnvelopeId(b"")
    assert wraps == {"own": (NK, nothing, STAMP), "Ana": (NK, nothing, STAMP), "Ben": (None, LOST, TOLD)}
    assert envelope.is_whole(OWN, row)


def test_what_the_product_seals_is_to_the_byte_what_the_page_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the page's noise for what is drawn, and slots in the page's order."""
    noise = hashlib.shake_256(b"noise").digest(704)
    drawn = [noise[16 * i :][:16] for i in range(8)] + [noise[128 + 72 * i :][:72] for i in range(8)]
    pieces = iter([NK, *drawn])

    class Order:
        def sample(self, *_: object) -> list[int]:
            return [0, 3, 6, 1, 2, 4, 5, 7]

    monkeypatch.setattr("kapjournal.crypto.envelope.secrets.token_bytes", lambda length: next(pieces))
    monkeypatch.setattr("kapjournal.crypto.envelope.secrets.SystemRandom", Order)
    made = envelope.seal(OWN, envelope.draw(OWN), SAID, [(OWN, STAMP), (ANA, STAMP)], [(BEN, TOLD, LOST)])
    assert made == (PAGE_ROW.id, PAGE_ROW.envelope, PAGE_ROW.standing, PAGE_ROW.body_hash)


def test_a_body_is_read_as_it_is_written() -> None:
    assert DocumentVersion.from_bytes(BY_PAGE["body"]) == VERSION
