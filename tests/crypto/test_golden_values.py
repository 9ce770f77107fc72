"""What format 2 makes of fixed bytes, written down: where another value comes out, that is another format.

The values were worked out from FORMAT.md with `hashlib` and the primitives of `cryptography` alone, not by
the product. Values of more than 64 bytes stand as their SHA-256.
"""

import hashlib
from pathlib import Path

import pytest

from kapjournal.crypto import envelope, keyslot
from kapjournal.crypto.envelope import ChannelKey, Stamp, drop_token
from kapjournal.crypto.identity import Identity, comparison_number
from kapjournal.crypto.kdf import FLOOR, stretch
from kapjournal.crypto.keyring import Keyring, channel, recovery_channel, shared_channel
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.crypto.primitives import counted, derive, document_name, mac, purpose
from kapjournal.crypto.row import dropped, envelope_of_token, row_from
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

h = bytes.fromhex
JID, ID, SALT = JournalId(bytes(range(16))), EnvelopeId(bytes(range(16, 32))), bytes(range(32, 48))
MASTER, OTHER = IdentityId(bytes(range(64, 96))), IdentityId(bytes(range(96, 128)))
WORDS = "ﬁve Ångström ½"
ME = Identity(MASTER, JID)
RING = Keyring(MASTER, JID, ME.hash)
KEY = ChannelKey(MASTER)
SEALED = h(Path(__file__).with_name("golden_envelope.hex").read_text("ascii"))
ROW = row_from(SEALED)
NOTE = DocumentVersion(DocumentId(ID), "note", MemberId(ME.hash), (), None, b'{"a":1}', "é")
MADE = {
    "purpose": purpose("keyslot", JID, ID),
    "counted": counted("é".encode()),
    "mac": mac(MASTER, b"message"),
    "derive": derive(MASTER, b"info"),
    "derive, salted": derive(MASTER, b"info", salt=SALT),
    "argon2id": stretch(WORDS, SALT, FLOOR),
    "public keys": ME.public.to_bytes(),
    "identity": ME.hash,
    "channel secret": RING.secret_for(OTHER),
    "channel": RING.channel_to(OTHER).raw,
    "channel to the same identity": RING.channel_to(ME.hash).raw,
    "channel from another": channel(MASTER, JID, OTHER, ME.hash).raw,
    "drafts": RING.drafts_channel().raw,
    "shared channel": shared_channel(OTHER, JID).raw,
    "recovery": recovery_channel(OTHER, JID).raw,
    "rollback record": RING.rollback_record_key(),
    "pseudonym": KEY.pseudonym(ReplicaId(SALT)),
    "tag and wrap key": b"".join(KEY.slot(ID)),
    "drop token": drop_token(KEY, OTHER),
    "envelope id": envelope_of_token(drop_token(KEY, OTHER)),
    "row id": ROW.id,
    "dropped": dropped(ROW, drop_token(KEY, OTHER)),
    "newer row id": row_from(b"\7more").id,
    "content": NOTE.digest(JID),
    "document name": h(document_name(MemberId(ME.hash), DocumentId(ID))),
    "journal info document": JOURNAL_INFO,
    "address book document": ADDRESS_BOOK,
    "keys document": KEYS,
}
VALUES = {
    "purpose": "6b61706a6f75726e616c2f32206b6579736c6f7400000102030405060708090a0b0c0d0e0f"
    "101112131415161718191a1b1c1d1e1f",
    "counted": "00000002c3a9",
    "mac": "e072c954cfb26de5b2825aae9f7e0e140b5ced75ecb96b8b752266df68606fd631b7095b98bd35ef4d4e86a60e4446af"
    "51ea93fd07183dde6f02ada28f39df90",
    "derive": "b4554a4c96345a42ffa50f55a32048c31034cd92b3ba9373d7ffb65c7f132277",
    "derive, salted": "793708c4b8c482cac0d67c5b6889644d7840ddf65e40a0f2b19e2af8f2ea8162",
    "argon2id": "adb1cae31520279050b8c5f26e0d49e436ebbae3aa73fc3330839741ffacb4b8",
    "public keys": "9f449745f4bc5a7fda73e34f81fc2d2bc4cf364c92f3bac225f721abf4306589",
    "identity": "30f8b3b90c91e4cee2c20840d006fa3e50c1620841ea1c53e0c7afb66cb5bf40",
    "channel secret": "ca4e2565242cd1385b5dc855bc0b7ecd0d2126204e3911ace8ddd914f1a4c98e",
    "channel": "aac37cc85653c3d09ead936544acd2caa58a1abf784a128f5dd021deeba7c10a",
    "channel to the same identity": "fed799308626dc940b7555ce184d3553dea8f3873a8e3f816db18e248a71999d",
    "channel from another": "267b1037178809143c64e1d29c64a6e7ae9536efb63d42c6d5292395dd770f50",
    "drafts": "3b3e0a4738fb3aa1fac1b62949a6f0ee0b9b6fd746b4805cb879a69f641334b6",
    "shared channel": "0a8638d0c4055c04816cc54975c9504d2b5d2ec4462e3f5ee315698c2f600cdb",
    "recovery": "218bcb03fffe21d80a8aecb13f894e73e39991b1af545e8ef4ea682dd922a37d",
    "rollback record": "e328def2a6c21807b53427da400114a9b9930dd236c76d71c36c470e96ae488c",
    "pseudonym": "b7837535e09393f8",
    "tag and wrap key": "9aa95f66f151d675b2ea8e00bcd7cbbb3128d83505b93df27c7fb49e85021d8e"
    "32639ced2a7558746f0d8f7116de6936",
    "drop token": "eae556c7ce709a8ac233ced9a4c845f2697e960bddbe864c77f99539dca801b8",
    "envelope id": "ecccf6b9347a7bb6a89d106ef3775712",
    "row id": "6b009492e9ca9c87f506805b9cec56a8",
    "dropped": "88489954823dc90e16a5021475a29d512d35b817c62c11968f4c53ad08ed5ee3",
    "newer row id": "e9066212f8273499b11a32311a89ce0e",
    "content": "6f0d5c39e5e5f6812f3167fd6cfada08563b94c22c47f0b09d710ff43515c399",
    "document name": "866644f960b1dacaa2e8",
    "journal info document": "195c0cde751bdfed7310123eb8bb3961",
    "address book document": "b69c76150a0dbfdb774272721ab1a0e9",
    "keys document": "bf9944ab3ad54a52890d94a02036656a",
}
COMPARED = "97020 88660 80219 97787 10275 09277 82367 72724 40035 50646 55688 08810"
BY_PASSPHRASE = (
    "0c46315c070740795a2153cca0e231728c4a1d023a688757002663618a2e717a0b92fae3af13e4c90f36dae8ba40e3f6"
    "16e2d392745419227662ae19a783b68b00d8651cb0b1d54fdefc118cfab9e2b376a3a7350116922ca1d6bd951de12409"
    "891d256b6ad690655779d9ced009afb45d3725698e51f34163f3b6c2b2c76d20a741d49c6c38fbfdedaa845509406a22"
    "de09dc001ce629f1ab1837a30379ee9ef1742c7c8bcda022321b98ae304c1bd4"
)
BY_CODE = (
    "4fd11b50f6e1fae7193efc3e1239984890035789d4c4f4cd9ec4030ada548eaf769fb616f99ef1126bc28829cd2e190d"
    "cd609b003cb9b5a58e0041de78b70c52768ad0e73b96e600a9b2f3e7b7a306be7d5c7eced43a9ac4e2453757c6b648ce"
    "053ccc5ff04a770f08b1546135fcdfc78f2f9a795968e0d70e851596c2814841b04e801e3e300ed7571bb51d1cd85ca1"
    "daa7e5c52a9a42ab11bd5a60e88810e2b6e211b462b35fe5bc77710c55423f71"
)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_of_the_format(name: str) -> None:
    made = MADE[name]
    assert (made.hex() if len(made) <= 64 else hashlib.sha256(made).hexdigest()) == VALUES[name]
    assert MADE.keys() == VALUES.keys()


def test_the_comparison_number() -> None:
    assert comparison_number(JID, MASTER, OTHER) == comparison_number(JID, OTHER, MASTER) == COMPARED


@pytest.mark.parametrize(
    ("kind", "words", "member", "sealed"),
    [
        (SlotKind.PASSPHRASE, WORDS, MASTER, BY_PASSPHRASE),
        (SlotKind.INVITATION, " One two  THREE four five six ", bytes(32), BY_CODE),
    ],
)
def test_a_keyslot_of_each_kind(kind: SlotKind, words: str, member: bytes, sealed: str) -> None:
    label = "Zoë" if kind is SlotKind.PASSPHRASE else ""
    slot = keyslot.stored(KeyslotId(ID), kind, label, FLOOR, SALT, h(sealed))
    assert keyslot.unlock(JID, slot, words) == Secrets(MASTER, OTHER, MemberId(bytes(32)), MemberId(member))


def test_an_envelope() -> None:
    place = KEY.find(ROW)
    assert place is not None and place.slot == 3
    wrap = envelope.unwrap(ROW, place)
    assert wrap.key == OTHER and wrap.stamp == Stamp(b"replica.", 7, 8, 2)
    assert envelope.open_body(ROW, OTHER) == "Said: é".encode()
    assert envelope.is_whole(KEY, ROW)
    assert [slot for slot in range(8) if ROW.slots[16 * slot :][:16] == KEY.slot(ROW.envelope)[0]] == [3]
