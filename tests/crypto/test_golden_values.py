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
from kapjournal.crypto.keyring import Keyring, channel, recovery_channel, shared_channel, will_channel
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
    "will channel": will_channel(OTHER, JID).raw,
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
    "will channel": page.hkdf(OTHER, page.purpose("will", JID)),
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
VALUES = {
    "purpose": "6b61706a6f75726e616c2f32206b6579736c6f7400000102030405060708090a0b0c0d0e0f101112"
    "131415161718191a1b1c1d1e1f",
    "counted": "00000002c3a9",
    "mac": "e072c954cfb26de5b2825aae9f7e0e140b5ced75ecb96b8b752266df68606fd631b7095b98bd35ef"
    "4d4e86a60e4446af51ea93fd07183dde6f02ada28f39df90",
    "derive": "b4554a4c96345a42ffa50f55a32048c31034cd92b3ba9373d7ffb65c7f132277",
    "argon2id": "adb1cae31520279050b8c5f26e0d49e436ebbae3aa73fc3330839741ffacb4b8",
    "public keys": "9f449745f4bc5a7fda73e34f81fc2d2bc4cf364c92f3bac225f721abf4306589",
    "member id": "30f8b3b90c91e4cee2c20840d006fa3e50c1620841ea1c53e0c7afb66cb5bf40",
    "channel secret": "ca4e2565242cd1385b5dc855bc0b7ecd0d2126204e3911ace8ddd914f1a4c98e",
    "channel": "aac37cc85653c3d09ead936544acd2caa58a1abf784a128f5dd021deeba7c10a",
    "own channel": "fed799308626dc940b7555ce184d3553dea8f3873a8e3f816db18e248a71999d",
    "channel from another": "267b1037178809143c64e1d29c64a6e7ae9536efb63d42c6d5292395dd770f50",
    "drafts": "3b3e0a4738fb3aa1fac1b62949a6f0ee0b9b6fd746b4805cb879a69f641334b6",
    "shared channel": "0a8638d0c4055c04816cc54975c9504d2b5d2ec4462e3f5ee315698c2f600cdb",
    "recovery channel": "218bcb03fffe21d80a8aecb13f894e73e39991b1af545e8ef4ea682dd922a37d",
    "will channel": "06e551cdc1204c197cf4abf37d531b37e51fe5e288429239a7a2ab566bf82c87",
    "pseudonym": "97ec908ae9ac7311",
    "tag and wrap key": "e8c83ac8814875760c669c8da5a316ae9c702af16f001b73ec300e871a42a7b1ed5209eb3303873b"
    "5bb96882eacdf9e9",
    "drop token": "7cde8b7984ab2fb64864e9572a057fb1df08651c16bc4cca36db18b55fe0b66f",
    "envelope id": "7f8f39647bca7e84c11bb09bb11985d0",
    "body hash": "08ec027f45f8cc32fc122da01c428a756db604412c261e873870d616ddd02f76",
    "author mac": "94b236e2bdf00b325dd64fc5cc628cf9",
    "row id": "fb79b57a51d958a7f963ee2824088b2e",
    "dropped row": "588334e17f9836826c49f7024214b16a17790696f0dcf484684d6817c32d77a0",
    "newer row's id": "266369dc66d79046b713e7856525ad71",
    "padded body": "abbc4cf0751d7321cfe5f2e9a42a8e306f78539be5195768f844ed90b8338eb6",
    "document name": "866644f960b1dacaa2e8",
    "journal info document": "195c0cde751bdfed7310123eb8bb3961",
    "address book document": "b69c76150a0dbfdb774272721ab1a0e9",
    "keys document": "bf9944ab3ad54a52890d94a02036656a",
    "body": "28601cbd67c96d47cfedf102d72e6cac955241c2e9d2cd42cbd13046719983cc",
    "digest": "cd5b7d2a4de35f81e3e0e6b9b6c0f3798f3e36cbe152b9e794b71bd4ece89bdc",
    "what is signed": "b50560556ff917978b1bb32b5523d79967d8e38cb0c2627683a7b8f43ddf1b23",
    "body with a proof": "6b1910cd6320a86586489d5c908c3fa0b73deb443c01b387190105ba8ea25152",
    "successor": "af3b0b3e6d9a7dcc75162dc5cd0acf0da3213f93d9439b6b9f52d224c44ae394",
}
COMPARED = "97020 88660 80219 97787 10275 09277 82367 72724 40035 50646 55688 08810"
BY_PASSPHRASE = (
    "0c46315c070740795a2153cca0e231728c4a1d023a688757002663618a2e717a0b92fae3af13e4c90f36dae8ba40e3f6"
    "16e2d392745419227662ae19a783b68b00d8651cb0b1d54fdefc118cfab9e2b376a3a7350116922ca1d6bd951de12409"
    "891d256b6ad690655779d9ced009afb45d3725698e51f34163f3b6c2b2c76d2017f1642cdc884b4d5d1a34e5b9f0da92"
    "7ea97ca0bc4689510bb89703a3d94e3e39d44dde0d2f7c8981f7da840bf2bc2f"
)
BY_CODE = (
    "4fd11b50f6e1fae7193efc3e1239984890035789d4c4f4cd9ec4030ada548eaf769fb616f99ef1126bc28829cd2e190d"
    "cd609b003cb9b5a58e0041de78b70c52768ad0e73b96e600a9b2f3e7b7a306be7d5c7eced43a9ac4e2453757c6b648ce"
    "053ccc5ff04a770f08b1546135fcdfc78f2f9a795968e0d70e851596c281484140bf72edcac5f820afe24fe6e025a25e"
    "2a561736de6fb45ce944a09b1475ee1d987762aa4f3e0a54c8ab8b978b51eef4"
)


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
