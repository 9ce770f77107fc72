"""What ties a sealed value to one key, one id and one set of readers."""

import hashlib
import secrets

import pytest

from kapjournal.crypto.envelope import UNNUMBERED, ChannelKey, draw, open_body, seal, unwrap
from kapjournal.crypto.primitives import NotGenuine, mac, open_once, purpose, seal_once
from kapjournal.crypto.row import STANDING, Row, pad, row_from
from kapjournal.domain.ids import EnvelopeId
from tests.crypto.key_commitment_attack import keystream, opened_by_both_keys

SLOTS_BYTES = 8 * 88
FULL = 4092
"""As many bytes as fill the smallest class, so that no zeros behind them can give a forgery away."""


def body_keys(note_key: bytes, envelope_id: EnvelopeId) -> tuple[bytes, bytes]:
    """`enc | commitment`, by the format's own words."""
    both = mac(note_key, purpose("body") + envelope_id)
    return both[:32], both[32:]


def assembled(envelope_id: EnvelopeId, commitment: bytes, ciphertext: bytes) -> Row:
    front = STANDING + envelope_id + secrets.token_bytes(16) + commitment
    return row_from(front + secrets.token_bytes(SLOTS_BYTES) + ciphertext)


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
    bounds = [STANDING + envelope_id + commitment for _, commitment in keys]
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
        row = assembled(envelope_id, commitment, ciphertext)
        assert len(open_body(row, mine)) == FULL
        with pytest.raises(NotGenuine, match="committed to"):
            open_body(row, not_mine)
    row = assembled(envelope_id, keys[0][1], ciphertext)
    assert open_body(row, one).startswith(b"words for Ana")


def test_an_author_commits_to_another_key_than_the_one_that_sealed() -> None:
    """The ciphertext is genuine under the reader's key and bound to that key's commitment; the one that
    everybody sees in front is another's."""
    envelope_id, note_key = EnvelopeId(secrets.token_bytes(16)), secrets.token_bytes(32)
    enc, commitment = body_keys(note_key, envelope_id)
    ciphertext = seal_once(enc, pad(b"words"), STANDING + envelope_id + commitment)
    row = assembled(envelope_id, commitment, ciphertext)
    assert open_body(row, note_key) == b"words", "the control"
    another = body_keys(secrets.token_bytes(32), envelope_id)[1]
    for forged in (another, bytes(32), commitment[:-1] + bytes([commitment[-1] ^ 1])):
        with pytest.raises(NotGenuine, match="committed to"):
            open_body(assembled(envelope_id, forged, ciphertext), note_key)


def test_the_keys_of_a_body_are_of_one_envelope_alone() -> None:
    """Whoever has the note's key cannot take the body to another id as it is."""
    key = ChannelKey(secrets.token_bytes(32))
    new = draw(key)
    row = row_from(seal(key, new, b"words", [(key, UNNUMBERED)]).sealed)
    assert open_body(row, new.key) == b"words"
    enc, commitment = body_keys(new.key, row.envelope)
    assert open_once(enc, row.ciphertext, STANDING + row.envelope + commitment) == pad(b"words")
    with pytest.raises(NotGenuine):
        open_body(row._replace(envelope=EnvelopeId(secrets.token_bytes(16))), new.key)


def test_what_every_wrap_is_bound_to_is_as_the_format_says() -> None:
    """The envelope id, every tag and the body are in it; the wraps, which it binds, are not."""
    key = ChannelKey(secrets.token_bytes(32))
    row = row_from(seal(key, draw(key), b"words", [(key, UNNUMBERED)]).sealed)
    place = key.find(row)
    assert place is not None
    sealed_body = b"kapjournal/2 sealed body\0" + row.commitment + row.ciphertext
    assert row.body_hash == hashlib.sha256(sealed_body).digest()
    said = b"".join((b"kapjournal/2 envelope\0", row.envelope, row.slots[:128], row.body_hash))
    wrap = row.slots[128 + 72 * place.slot :][:72]
    bound = b"kapjournal/2 wrap\0" + hashlib.sha256(said).digest()
    assert open_once(place.wrap_key, wrap, bound)[:32] == unwrap(row, place).key
    for changed in (
        row._replace(envelope=EnvelopeId(bytes(16))),
        row._replace(body_hash=bytes(32)),
        row._replace(
            slots=bytes(16) + row.slots[16:] if place.slot else row.slots[:112] + bytes(16) + row.slots[128:]
        ),
    ):
        with pytest.raises(NotGenuine):
            unwrap(changed, place)
