"""What format 1 makes of fixed bytes, written down: where another value comes out, that is another format.

The values were worked out from FORMAT.md with the primitives of tests/golden/second_reader.py, not by the
product. Values of more than 64 bytes stand as their SHA-256.
"""

import hashlib
from pathlib import Path

import pytest

from kapjournal.crypto import envelope, keyslot
from kapjournal.crypto.envelope import ChannelKey, root_of
from kapjournal.crypto.identity import Identity, comparison_number
from kapjournal.crypto.kdf import FLOOR, KdfStrength, stretch
from kapjournal.crypto.keyring import Keyring, channel, shared_channel
from kapjournal.crypto.keyslot import Secrets, SlotKind
from kapjournal.crypto.primitives import counted, derive, document_name, mac, purpose
from kapjournal.domain.ids import DocumentId, EnvelopeId, JournalId, KeyslotId, MemberId
from kapjournal.journal.documents.address_book import ADDRESS_BOOK
from kapjournal.journal.documents.journal_info import JOURNAL_INFO

h = bytes.fromhex
JID, ID, SALT = JournalId(bytes(range(16))), EnvelopeId(bytes(range(16, 32))), bytes(range(32, 48))
SLOT = KeyslotId(ID)
MASTER, OTHER = MemberId(bytes(range(64, 96))), MemberId(bytes(range(96, 128)))
WORDS = "ﬁve Ångström ½"
HELD = Secrets(MASTER, OTHER, MemberId(bytes(32)))
ME = Identity(MASTER, JID)
RING = Keyring(MASTER, JID, ME.hash)
KEY = ChannelKey(MASTER)
TAGS, WRAPS = envelope.fill(KEY, ID)
SEALED = h(Path(__file__).with_name("golden_envelope.hex").read_text("ascii"))
MADE = {
    "purpose": purpose("keyslot", JID, ID),
    "counted": counted("é".encode()),
    "mac": mac(MASTER, b"message"),
    "derive": derive(MASTER, b"info"),
    "derive, salted": derive(MASTER, b"info", salt=SALT),
    "argon2id": stretch(WORDS, SALT, FLOOR),
    "recovery salt": keyslot._recovery_salt(MASTER, JID, SLOT),
    "public keys": ME.public.to_bytes(),
    "identity hash": ME.hash,
    "letter secret": RING.secret_for(OTHER),
    "channel": RING.channel_to(OTHER).raw,
    "channel to the same member": RING.channel_to(ME.hash).raw,
    "channel from another": channel(MASTER, JID, OTHER, ME.hash).raw,
    "drafts": RING.drafts_channel().raw,
    "shared channel": shared_channel(OTHER, JID).raw,
    "tag and wrap key": b"".join(KEY.slot(ID)),
    "filled": b"".join(TAGS + WRAPS),
    "mark": envelope.ref_of(ID, SEALED).h,
    "root of nothing": root_of(b""),
    "root": root_of(MASTER + OTHER),
    "document name": h(document_name(ME.hash, DocumentId(ID))),
    "about document": JOURNAL_INFO,
    "papers document": ADDRESS_BOOK,
}
VALUES = {
    "purpose": "6b61706a6f75726e616c2f31206b6579736c6f7400000102030405060708090a0b0c0d0e0f101112"
    "131415161718191a1b1c1d1e1f",
    "counted": "00000002c3a9",
    "mac": "e072c954cfb26de5b2825aae9f7e0e140b5ced75ecb96b8b752266df68606fd631b7095b98bd35ef"
    "4d4e86a60e4446af51ea93fd07183dde6f02ada28f39df90",
    "derive": "b4554a4c96345a42ffa50f55a32048c31034cd92b3ba9373d7ffb65c7f132277",
    "derive, salted": "793708c4b8c482cac0d67c5b6889644d7840ddf65e40a0f2b19e2af8f2ea8162",
    "argon2id": "adb1cae31520279050b8c5f26e0d49e436ebbae3aa73fc3330839741ffacb4b8",
    "recovery salt": "12f8192b4ab9c439f8647f4355e25521",
    "public keys": "062230f40d17b769da75a73a4835a851cfc4a0330d3091f5047843d6e3469a35",
    "identity hash": "5c62184032f7f1851d00ecc4f7d19e1aa735b1e42b2014a8aca05cb629e44553",
    "letter secret": "ad295a56c07b55b283d8ba785a439144ecc456f75e578a2ee1bbee89e643c2a7",
    "channel": "bf1874e16356fc4f89c627f48ec45da2fb8d8ee2eaa79b820e9ac29d3fe43bbd",
    "channel to the same member": "b92d766484bad37ca24b7a7d482d6e3b7a6476c63d8c47d37c8ffdb62b8a1aa8",
    "channel from another": "305ba28b008c6649350f4ad43ce2aa678655b76cc7fb6addb1769ac0e435bf09",
    "drafts": "457edb0c4841f4708db451f3696aaff351faabe28d5bffe338d4239ba127fba9",
    "shared channel": "264de36bae895e44881fdf35ee0a8a02bf8220da9e65063d7ce471c87846c860",
    "tag and wrap key": "448cf41ffaebae85b1f5de76271533b6eb10424938dbff66080d0c3be70fb2b38c14815ffe46487e"
    "fc67a766dd11f209",
    "filled": "eb6986adba367a4f9a851fdcac6f9eb0490a8a88e6a67f9eb6a03891bccec0bb",
    "mark": "9f93868a5dbf9c2bd8e193c87a8ee980abf3c3b69590a844ca347290b8fb3c7c",
    "root of nothing": "32851e0966736fbe5686d76888243074",
    "root": "79c7eb96945911e6a47068241e8acb23",
    "document name": "08bfa21749029abdc11e",
    "about document": "d437592b8d50c36e0642f5cff356b70b",
    "papers document": "b78bb9b6543a58b28c68c0ae090b9c59",
}
COMPARED = "68627 49724 23756 66165 72285 99540 45417 48874 26176 99336 96672 21137"
BY_PASSPHRASE = (
    "102c02c691c8c1f50aa610a869ae855379cc09c098438c1f1794fae8abe351b9a03b8edf9a0ffa1818f4faef50f010ef"
    "f7ec82982772e135da9e446927039b258ddccaadd1b309d0caa5c46fd4622990571476411bd99386252e99ccdb474da3"
    "616b58ce09f17d046805da1e1b7aec9af9ce4ae2c61aadb07bfc1daf058b400830e2eadc14fe1c0c3b5db29aa485a91d"
)
BY_CODE = (
    "3df66c8e801b0d7d7612794c14a20a0ad727824f6446251aebdaac49c85f89eb81b981abff8ea56adbf76e8cfc4049b2"
    "b7a65c2f312baabbc2e795daa28ecc0204894062451c59ea2efb9d10c0a9a31367ddf7915b9643c7eaf32952ba4c6883"
    "071b5421ffedac2e94c9709fc1f754f0ad6d2c1fe636a46d1fb6e17246ebd528a56965a2f555bc3d8968c8c73a1800e0"
)
BY_RECOVERY = (
    "fbf2c979d84abe0209f0b7f0afa953addf4412aa6b0c0c3e6a67f4eba69f4bcaa85945df7a9e21fce86f4d25cdcd7783"
    "8ec94e9678bc48146eccbcea844a59d364887a80ece5b89c4ed6b572d012e826262e907209362b6b457ec4e45eb032f8"
    "c5d8abbc9683ddd057a74aa574170514e8e31d76bd8a353073761467671d5642e2cffa8000b2aef9ee65d4ddf37fdeaa"
)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_of_the_format(name: str) -> None:
    made = MADE[name]
    assert (made.hex() if len(made) <= 64 else hashlib.sha256(made).hexdigest()) == VALUES[name]
    assert MADE.keys() == VALUES.keys()


def test_the_comparison_number() -> None:
    assert comparison_number(JID, MASTER, OTHER) == comparison_number(JID, OTHER, MASTER) == COMPARED


@pytest.mark.parametrize(
    ("kind", "words", "strength", "sealed"),
    [
        (SlotKind.PASSPHRASE, WORDS, FLOOR, BY_PASSPHRASE),
        (SlotKind.INVITATION, " One two  THREE four five six ", FLOOR, BY_CODE),
        (SlotKind.RECOVERY, OTHER, KdfStrength(0, 0, 0), BY_RECOVERY),
    ],
)
def test_a_keyslot_of_each_kind(
    kind: SlotKind, words: str | bytes, strength: KdfStrength, sealed: str
) -> None:
    label = "Zoë" if kind is SlotKind.PASSPHRASE else ""
    slot = keyslot.stored(SLOT, kind, label, strength, SALT, h(sealed))
    assert keyslot.unlock(JID, slot, words) == HELD


def test_an_envelope() -> None:
    place = KEY.find(ID, SEALED)
    assert place is not None and place.slot == 3
    wrap = envelope.unwrap(envelope.ref_of(ID, SEALED), SEALED, place)
    assert wrap.key == OTHER and wrap.head == (b"repl", 7, SALT)
    assert envelope.open_body(ID, SEALED, OTHER) == "Said: é".encode()
    noise = envelope.slots_in(SEALED)
    assert [i for i in range(8) if noise[i] != (TAGS[i], WRAPS[i])] == [3]
