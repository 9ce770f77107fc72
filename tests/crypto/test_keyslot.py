"""A keyslot opens with its secret alone, and with everything beside it as it was written."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.crypto import kdf, keyslot
from kapjournal.crypto.kdf import DEFAULT, FLOOR, KdfStrength
from kapjournal.crypto.keyslot import SEALED_BYTES, Keyslot, Secrets, SlotKind, lock, unlock
from kapjournal.crypto.primitives import NotGenuine, open_once
from kapjournal.domain.ids import JournalId, MemberId
from kapjournal.errors import Damaged
from kapjournal.sealed import Sealed
from tests.crypto.key_commitment_attack import opened_by_both_keys

JOURNAL = JournalId(bytes(range(16)))
HELD = Secrets(b"m" * 32, b"j" * 32, MemberId(b"k" * 32), MemberId(b"a" * 32))
WORDS = "six words of a passphrase here"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stretch that costs nothing and depends on everything."""

    def stretch(passphrase: str, salt: bytes, strength: KdfStrength) -> bytes:
        return hashlib.sha256(repr((passphrase, salt, strength)).encode()).digest()

    monkeypatch.setattr(kdf, "stretch", stretch)


def a_slot(kind: SlotKind) -> tuple[Keyslot, str]:
    return lock(JOURNAL, kind, "Ana" if kind is SlotKind.PASSPHRASE else "", WORDS, HELD, FLOOR), WORDS


@pytest.mark.parametrize("kind", list(SlotKind))
def test_a_slot_opens_with_its_secret_and_no_other(kind: SlotKind) -> None:
    slot, secret = a_slot(kind)
    assert unlock(JOURNAL, slot, secret) == HELD
    assert len(slot.sealed_secret) == SEALED_BYTES and (len(slot.id), len(slot.salt)) == (16, 16)
    wrong = secret[:-1] + "?"
    with pytest.raises(NotGenuine):
        unlock(JOURNAL, slot, wrong)


def test_a_slot_opens_under_the_real_argon2id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    slot, secret = a_slot(SlotKind.PASSPHRASE)
    assert unlock(JOURNAL, slot, secret) == HELD
    for weaker in (KdfStrength(1024, 1, 1), KdfStrength(2**22, 3, 1)):
        with pytest.raises(Damaged):
            unlock(JOURNAL, replace(slot, strength=weaker), secret)


def test_two_slots_of_one_secret_have_nothing_in_common() -> None:
    one, other = (a_slot(SlotKind.PASSPHRASE)[0] for _ in range(2))
    assert one.id != other.id and one.salt != other.salt
    assert not set(blocks(one.sealed_secret)) & set(blocks(other.sealed_secret))


def blocks(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 16] for at in range(0, len(data), 16))


@pytest.mark.parametrize("kind", list(SlotKind))
def test_everything_beside_the_secret_is_bound_to_it(kind: SlotKind) -> None:
    slot, secret = a_slot(kind)
    other_kind = SlotKind.PASSPHRASE if kind is not SlotKind.PASSPHRASE else SlotKind.INVITATION
    changes = [
        {"id": secrets.token_bytes(16)},
        {"kind": other_kind},
        {"label": "Ben"},
        {"label": slot.label + " "},
        {"salt": secrets.token_bytes(16)},
        {"strength": DEFAULT},
        {"strength": KdfStrength(FLOOR.memory_kib, FLOOR.time, 2)},
        {"strength": KdfStrength(FLOOR.memory_kib, 4, FLOOR.lanes)},
        {"strength": KdfStrength(FLOOR.memory_kib + 1, FLOOR.time, FLOOR.lanes)},
    ]
    for change in changes:
        with pytest.raises(NotGenuine):
            unlock(JOURNAL, replace(slot, **change), secret)
    with pytest.raises(NotGenuine):
        unlock(JournalId(bytes(16)), slot, secret)


@pytest.mark.parametrize("kind", list(SlotKind))
def test_every_flipped_bit_of_a_sealed_secret_is_refused(kind: SlotKind) -> None:
    slot, secret = a_slot(kind)
    for bit in range(SEALED_BYTES * 8):
        flipped = bytearray(slot.sealed_secret)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NotGenuine):
            unlock(JOURNAL, replace(slot, sealed_secret=Sealed(bytes(flipped))), secret)


@pytest.mark.parametrize(
    "change",
    [
        {"sealed_secret": b""},
        {"sealed_secret": bytes(SEALED_BYTES - 1)},
        {"sealed_secret": bytes(SEALED_BYTES + 1)},
        {"salt": bytes(15)},
        {"id": bytes(17)},
    ],
)
def test_a_slot_of_impossible_form_is_damaged(change: dict[str, bytes]) -> None:
    slot, secret = a_slot(SlotKind.PASSPHRASE)
    with pytest.raises(Damaged):
        unlock(JOURNAL, replace(slot, **change), secret)  # type: ignore[arg-type]


def test_the_words_of_an_invitation_may_be_typed_carelessly_and_a_passphrase_may_not() -> None:
    careless = "  SIX words\tof a   Passphrase here\n"
    assert unlock(JOURNAL, a_slot(SlotKind.INVITATION)[0], careless) == HELD
    with pytest.raises(NotGenuine):
        unlock(JOURNAL, a_slot(SlotKind.PASSPHRASE)[0], careless)


@given(st.text(max_size=40), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_passphrase_and_label_round_trip(passphrase: str, label: str) -> None:
    slot = lock(JOURNAL, SlotKind.PASSPHRASE, label, passphrase, HELD, FLOOR)
    assert unlock(JOURNAL, slot, passphrase) == HELD


def test_a_ciphertext_made_for_two_passphrases_opens_for_at_most_one() -> None:
    """ChaCha20-Poly1305 does not commit to its key, so such a ciphertext can be made. The slot commits."""
    slot, _ = a_slot(SlotKind.PASSPHRASE)
    passphrases = ("the passphrase of one", "the passphrase of another")
    keys = [keyslot._keys(JOURNAL, slot, passphrase) for passphrase in passphrases]
    bound = keyslot._bound(JOURNAL, slot)
    sealed = b""
    while not sealed:
        sealed = opened_by_both_keys((keys[0][0], keys[1][0]), (bound, bound), b"", secrets.token_bytes(112))
    assert all(len(open_once(key, sealed, bound)) == 128 for key, _ in keys), "the control"
    for _, commitment in keys:
        made = replace(slot, sealed_secret=Sealed(commitment + sealed))
        opened = 0
        for passphrase in passphrases:
            try:
                unlock(JOURNAL, made, passphrase)
            except NotGenuine:
                continue
            opened += 1
        assert opened == 1
