"""Identities: derived from one key, letters only their receiver opens, signing keys that prove something."""

import os
import secrets
import signal
import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal import signals
from kapjournal.crypto.identity import (
    KEY_MESSAGE_BYTES,
    PUBLIC_BYTES,
    Identity,
    PublicIdentity,
    check_signing_key,
    comparison_number,
    forget_identities,
    verify,
)
from kapjournal.crypto.keyring import Keyring, shared_channel
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import JournalId

JOURNAL, ELSEWHERE = JournalId(bytes(range(16))), JournalId(bytes(16))
ANA, BEN, EVE = (Identity(bytes([n]) * 32, JOURNAL) for n in range(3))
P = 2**255 - 19

SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]
"""The y of every point whose order divides eight, each once (its sign bit makes the other)."""

NOT_CANONICAL = [(P + n).to_bytes(32, "little").hex() for n in (0, 1, 18)]


def test_an_identity_is_the_same_for_one_key_and_journal_alone() -> None:
    again = Identity(bytes(32), JOURNAL)
    assert again.public == ANA.public and again.hash == ANA.hash == ANA.public.hash
    elsewhere = Identity(bytes(32), ELSEWHERE)
    for one, other in ((ANA, BEN), (ANA, elsewhere)):
        assert one.hash != other.hash and one.public.signing != other.public.signing
        assert one.public.mlkem != other.public.mlkem and one.public.x25519 != other.public.x25519


def test_public_keys_round_trip_and_their_hash_covers_each_byte() -> None:
    data = ANA.public.to_bytes()
    assert len(data) == PUBLIC_BYTES == 1248 and PublicIdentity.from_bytes(data) == ANA.public
    hashes = set()
    for at in range(0, PUBLIC_BYTES, 7):
        flipped = bytearray(data)
        flipped[at] ^= 1
        hashes.add(PublicIdentity(bytes(flipped[:32]), bytes(flipped[32:1216]), bytes(flipped[1216:])).hash)
    assert len(hashes) == len(range(0, PUBLIC_BYTES, 7)) and ANA.hash not in hashes
    for wrong in (b"", data[:-1], data + b"\0"):
        with pytest.raises(NotGenuine):
            PublicIdentity.from_bytes(wrong)


def test_keys_that_were_met_are_one_object_until_they_are_forgotten() -> None:
    data = ANA.public.to_bytes()
    met = PublicIdentity.from_bytes(data)
    assert PublicIdentity.from_bytes(bytes(bytearray(data))) is met
    forget_identities()
    assert PublicIdentity.from_bytes(data) is not met


@pytest.mark.parametrize("key", SMALL_ORDER + NOT_CANONICAL)
@pytest.mark.parametrize("sign", [0, 0x80])
def test_a_key_that_proves_nothing_is_refused(key: str, sign: int) -> None:
    raw = bytearray.fromhex(key)
    raw[31] |= sign
    with pytest.raises(NotGenuine):
        check_signing_key(bytes(raw))
    with pytest.raises(NotGenuine):
        PublicIdentity.from_bytes(bytes(raw) + ANA.public.to_bytes()[32:])
    forged = bytes(raw) + bytes(32)
    with pytest.raises(NotGenuine):
        verify(bytes(raw), forged, b"any message at all")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_signing_key_has_32_bytes(length: int) -> None:
    with pytest.raises(NotGenuine):
        check_signing_key(b"\x05" * length)


def test_signatures_hold_for_their_message_and_key_alone() -> None:
    signature = ANA.sign(b"message")
    ANA.public.verify(signature, b"message")
    for key, sign, message in (
        (BEN, signature, b"message"),
        (ANA, signature, b"massage"),
        (ANA, signature[:-1] + bytes([signature[-1] ^ 1]), b"message"),
        (ANA, b"", b"message"),
        (ANA, bytes(64), b"message"),
    ):
        with pytest.raises(NotGenuine):
            key.public.verify(sign, message)


def test_a_letter_is_opened_by_its_receiver_and_nobody_else() -> None:
    secret = secrets.token_bytes(32)
    letter = ANA.write_key_message(JOURNAL, BEN.public, secret)
    assert len(letter) == KEY_MESSAGE_BYTES
    assert BEN.open_key_message(JOURNAL, ANA.public, letter) == secret
    assert ANA.write_key_message(JOURNAL, BEN.public, secret) != letter
    for receiver, journal, sender in ((EVE, JOURNAL, ANA), (BEN, ELSEWHERE, ANA), (BEN, JOURNAL, EVE)):
        with pytest.raises(NotGenuine):
            receiver.open_key_message(journal, sender.public, letter)
    with pytest.raises(NotGenuine):
        ANA.open_key_message(JOURNAL, ANA.public, letter)


def test_a_letter_signed_by_another_hand_is_refused() -> None:
    letter = ANA.write_key_message(JOURNAL, BEN.public, bytes(32))
    stolen = letter[:-64] + EVE.sign(letter[:-64])
    with pytest.raises(NotGenuine):
        BEN.open_key_message(JOURNAL, EVE.public, stolen)


@settings(max_examples=150)
@given(st.integers(0, KEY_MESSAGE_BYTES * 8 - 1))
def test_any_flipped_bit_of_a_letter_is_refused(bit: int) -> None:
    flipped = bytearray(LETTER)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(NotGenuine):
        BEN.open_key_message(JOURNAL, ANA.public, bytes(flipped))
    assert not ANA.wrote_key_message(JOURNAL, BEN.hash, bytes(flipped))


LETTER = ANA.write_key_message(JOURNAL, BEN.public, bytes(32))


def test_one_knows_ones_own_letters() -> None:
    assert ANA.wrote_key_message(JOURNAL, BEN.hash, LETTER)
    assert not ANA.wrote_key_message(JOURNAL, EVE.hash, LETTER) and not BEN.wrote_key_message(
        JOURNAL, BEN.hash, LETTER
    )
    for length in (0, 63, 64, KEY_MESSAGE_BYTES - 1):
        assert not ANA.wrote_key_message(JOURNAL, BEN.hash, LETTER[:length])
        with pytest.raises(NotGenuine):
            BEN.open_key_message(JOURNAL, ANA.public, LETTER[:length])


@pytest.mark.parametrize(
    ("mlkem", "x25519"),
    [
        (b"\xff" * 1184, BEN.public.x25519),
        (BEN.public.mlkem, bytes(32)),
        (BEN.public.mlkem, b"\x01" + bytes(31)),
    ],
    ids=["no ML-KEM key", "the zero of X25519", "a small order of X25519"],
)
def test_keys_to_which_no_letter_can_be_sent_are_refused(mlkem: bytes, x25519: bytes) -> None:
    public = PublicIdentity(BEN.public.signing, mlkem, x25519)
    with pytest.raises(NotGenuine):
        ANA.write_key_message(JOURNAL, public, bytes(32))
    with pytest.raises(NotGenuine):
        PublicIdentity.from_bytes(public.to_bytes())


def test_comparison_numbers_are_twelve_groups_of_five_whoever_asks() -> None:
    number = comparison_number(JOURNAL, ANA.hash, BEN.hash)
    assert number == comparison_number(JOURNAL, BEN.hash, ANA.hash)
    groups = number.split(" ")
    assert len(groups) == 12 and all(len(group) == 5 and group.isdecimal() for group in groups)
    others = [
        comparison_number(JOURNAL, ANA.hash, EVE.hash),
        comparison_number(JOURNAL, EVE.hash, BEN.hash),
        comparison_number(ELSEWHERE, ANA.hash, BEN.hash),
    ]
    assert len({number, *others}) == 4
    for other in others:
        assert sum(a == b for a, b in zip(groups, other.split(" "), strict=True)) <= 1


def test_channels_are_directed_and_both_ends_make_the_same_key() -> None:
    ana = Keyring(b"a" * 32, JOURNAL, ANA.hash)
    ben = Keyring(b"b" * 32, JOURNAL, BEN.hash)
    to_ben = ana.channel_to(BEN.hash).raw
    assert ben.channel_from(ANA.hash, ana.secret_for(BEN.hash)).raw == to_ben
    keys = {
        to_ben,
        ana.secret_for(BEN.hash),
        ana.channel_to(ANA.hash).raw,
        ana.channel_to(EVE.hash).raw,
        ana.drafts_channel().raw,
        ana.rollback_record_key(),
        ben.channel_to(ANA.hash).raw,
        ben.channel_from(EVE.hash, ana.secret_for(BEN.hash)).raw,
        Keyring(b"a" * 32, ELSEWHERE, ANA.hash).channel_to(BEN.hash).raw,
        shared_channel(b"a" * 32, JOURNAL).raw,
    }
    assert len(keys) == 10 and {len(key) for key in keys} == {32}


def test_a_signal_inside_the_library_is_no_letter_that_does_not_open() -> None:
    """HPKE calls Python in between, where a signal is delivered, and takes what is raised for a wrong tag."""
    ana, ben = (Identity(secrets.token_bytes(32), JOURNAL) for _ in range(2))
    letter = ana.write_key_message(JOURNAL, ben.public, bytes(32))
    ben.open_key_message(JOURNAL, ana.public, letter)  # everything is warm
    inside = 0

    def at_each_call(frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal inside
        if frame.f_code.co_name == "__instancecheck__":
            inside += 1
            os.kill(os.getpid(), signal.SIGTERM)

    with signals.handled(), pytest.raises(signals.StopRequested):
        sys.settrace(at_each_call)
        try:
            ben.open_key_message(JOURNAL, ana.public, letter)
        finally:
            sys.settrace(None)
    assert inside
