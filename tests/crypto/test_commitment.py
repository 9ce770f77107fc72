"""What ties a sealed value to one key, one id and one set of readers."""

import hashlib
import secrets

import pytest

from kapjournal.crypto.envelope import VERSION, ChannelKey, open_body, pad, prepare, ref_of
from kapjournal.crypto.envelope import ChannelHead as State
from kapjournal.crypto.primitives import NotGenuine, mac, open_once, purpose, seal_once
from kapjournal.domain.ids import EnvelopeId
from tests.crypto.key_commitment_attack import keystream, opened_by_both_keys

SLOTS_BYTES = 8 * 88
FULL = 4092
"""As many bytes as fill the smallest class, so that no zeros behind them can give a forgery away."""


def body_keys(note_key: bytes, envelope_id: EnvelopeId) -> tuple[bytes, bytes]:
    """`enc | commitment`, by the format's own words."""
    both = mac(note_key, purpose("body") + envelope_id)
    return both[:32], both[32:]


def assembled(commitment: bytes, ciphertext: bytes) -> bytes:
    return VERSION + commitment + secrets.token_bytes(SLOTS_BYTES) + ciphertext


def two_note_keys(envelope_id: EnvelopeId) -> tuple[bytes, bytes]:
    """Two note keys under which one ciphertext begins with the same length: by the birthday paradox, some
    eighty thousand tries."""
    seen: dict[bytes, bytes] = {}
    for number in range(2**20):
        note_key = number.to_bytes(32, "big")
        begins = keystream(body_keys(note_key, envelope_id)[0], 4)
        if begins in seen:
            return seen[begins], note_key
        seen[begins] = note_key
    raise AssertionError("no two alike")


def test_an_author_makes_one_ciphertext_that_two_readers_would_open_differently() -> None:
    """Everything but the commitment holds under both keys: the authentication, the length, the padding."""
    envelope_id = EnvelopeId(secrets.token_bytes(16))
    one, other = two_note_keys(envelope_id)
    keys = [body_keys(note_key, envelope_id) for note_key in (one, other)]
    bounds = [VERSION + envelope_id + commitment for _, commitment in keys]
    ciphertext = b""
    while not ciphertext:
        body = b"words for Ana".ljust(FULL - 16) + secrets.token_bytes(16)
        sealed = bytes(a ^ b for a, b in zip(pad(body), keystream(keys[0][0], FULL + 4), strict=True))
        ciphertext = opened_by_both_keys(
            (keys[0][0], keys[1][0]), (bounds[0], bounds[1]), sealed[:1024], sealed[1040:]
        )
    for (enc, _), bound in zip(keys, bounds, strict=True):
        assert open_once(enc, ciphertext, bound)[:4] == FULL.to_bytes(4, "big"), "the control"
    for mine, not_mine, (_, commitment) in ((one, other, keys[0]), (other, one, keys[1])):
        envelope = assembled(commitment, ciphertext)
        ref_of(envelope_id, envelope)
        assert len(open_body(envelope_id, envelope, mine)) == FULL
        with pytest.raises(NotGenuine, match="committed to"):
            open_body(envelope_id, envelope, not_mine)
    assert open_body(envelope_id, assembled(keys[0][1], ciphertext), one).startswith(b"words for Ana")


def test_an_author_commits_to_another_key_than_the_one_that_sealed() -> None:
    """The ciphertext is genuine under the reader's key and bound to that key's commitment; the one that
    everybody sees in front is another's."""
    envelope_id, note_key = EnvelopeId(secrets.token_bytes(16)), secrets.token_bytes(32)
    enc, commitment = body_keys(note_key, envelope_id)
    ciphertext = seal_once(enc, pad(b"words"), VERSION + envelope_id + commitment)
    assert open_body(envelope_id, assembled(commitment, ciphertext), note_key) == b"words", "the control"
    another = body_keys(secrets.token_bytes(32), envelope_id)[1]
    for forged in (another, bytes(32), commitment[:-1] + bytes([commitment[-1] ^ 1])):
        with pytest.raises(NotGenuine, match="committed to"):
            open_body(envelope_id, assembled(forged, ciphertext), note_key)


def test_the_keys_of_a_body_are_of_one_envelope_alone() -> None:
    """Whoever has the note's key cannot take the body to another id as it is."""
    key = ChannelKey(secrets.token_bytes(32))
    unstamped = prepare(b"words", [key], [], key)
    envelope = unstamped.with_heads([State(bytes(4), 1, bytes(16))])
    note_key = unstamped._contents[0]
    assert open_body(envelope.ref.id, envelope.sealed, note_key) == b"words"
    enc, commitment = body_keys(note_key, envelope.ref.id)
    bound = VERSION + envelope.ref.id + commitment
    assert open_once(enc, envelope.sealed[737:], bound) == pad(b"words")
    with pytest.raises(NotGenuine):
        open_body(EnvelopeId(secrets.token_bytes(16)), envelope.sealed, note_key)


def test_what_every_wrap_is_bound_to_is_as_the_format_says() -> None:
    """The id, the commitment, every tag and the ciphertext are in it; the wraps, which it binds, are not."""
    key = ChannelKey(secrets.token_bytes(32))
    envelope = prepare(b"words", [key], [], key).with_heads([State(bytes(4), 1, bytes(16))])
    envelope_id, sealed = envelope.ref.id, envelope.sealed
    said = b"".join((b"kapjournal/1 mark\0", b"\x01", envelope_id, sealed[1:161], sealed[737:]))
    assert ref_of(envelope_id, sealed) == envelope.ref == (envelope_id, hashlib.sha256(said).digest())
    other_id = EnvelopeId(bytes([envelope_id[0] ^ 1]) + envelope_id[1:])
    assert ref_of(other_id, sealed).h != envelope.ref.h
    for at in (1, 32, 33, 160, 161, 736, 737, len(sealed) - 1):
        flipped = bytearray(sealed)
        flipped[at] ^= 1
        in_a_wrap = 161 <= at < 737
        assert (ref_of(envelope_id, bytes(flipped)).h == envelope.ref.h) is in_a_wrap
