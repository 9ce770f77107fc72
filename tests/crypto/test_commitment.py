"""What ties a sealed value to one key, one envelope and one set of readers."""

import hashlib
import secrets

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kapjournal.crypto.envelope import draw, open_body, seal
from kapjournal.crypto.primitives import NotGenuine, mac, open_once, purpose, seal_once
from kapjournal.crypto.row import SLOT_BYTES, STANDING, WRAP_BYTES, Row, pad, row_from
from kapjournal.domain.ids import EnvelopeId
from tests.crypto.key_commitment_attack import keystream, opened_by_both_keys

from .sample_rows import (
    CIPHERTEXT_AT,
    COMMITMENT_AT,
    MAC_AT,
    ME,
    TAGS_AT,
    WRAPS_AT,
    key,
    place_of,
    sealed_for,
    stamp,
    wrap_of,
)

FULL = 4092
"""As many bytes as fill the smallest class, so that no zeros behind them can give a forgery away."""


def body_keys(note_key: bytes, envelope_id: EnvelopeId) -> tuple[bytes, bytes]:
    """`enc | commitment`, by the format's own words."""
    both = mac(note_key, purpose("body") + envelope_id)
    return both[:32], both[32:]


def assembled(envelope_id: EnvelopeId, commitment: bytes, ciphertext: bytes) -> Row:
    """A row of just this, with noise for the author's mark and every slot; its id fits."""
    noise = secrets.token_bytes(16 + SLOT_BYTES)
    return row_from(b"".join((STANDING, envelope_id, noise[:16], commitment, noise[16:], ciphertext)))


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
    rows = [assembled(envelope_id, commitment, ciphertext) for _, commitment in keys]
    for row, mine, not_mine in ((rows[0], one, other), (rows[1], other, one)):
        assert len(open_body(row, mine)) == FULL
        with pytest.raises(NotGenuine, match="committed to"):
            open_body(row, not_mine)
    assert open_body(rows[0], one).startswith(b"words for Ana")
    assert rows[0].body_hash != rows[1].body_hash and rows[0].id != rows[1].id


def test_an_author_commits_to_another_key_than_the_one_that_sealed() -> None:
    """The ciphertext is genuine under the reader's key and bound to that key's commitment; the one that
    everybody sees in front is another's."""
    envelope_id, note_key = EnvelopeId(secrets.token_bytes(16)), secrets.token_bytes(32)
    enc, commitment = body_keys(note_key, envelope_id)
    ciphertext = seal_once(enc, pad(b"words"), STANDING + envelope_id + commitment)
    assert open_body(assembled(envelope_id, commitment, ciphertext), note_key) == b"words", "the control"
    another = body_keys(secrets.token_bytes(32), envelope_id)[1]
    for forged in (another, bytes(32), commitment[:-1] + bytes([commitment[-1] ^ 1])):
        with pytest.raises(NotGenuine, match="committed to"):
            open_body(assembled(envelope_id, forged, ciphertext), note_key)


def test_the_keys_of_a_body_are_of_one_envelope_alone() -> None:
    """Whoever has the note's key cannot take the body to another envelope as it is."""
    new = draw(ME)
    made = seal(ME, new, b"words", [(ME, stamp(1))])
    row = row_from(made.sealed)
    assert open_body(row, new.key) == b"words" and wrap_of(ME, made.sealed).key == new.key
    enc, commitment = body_keys(new.key, made.envelope)
    assert row.commitment == commitment
    assert open_once(enc, row.ciphertext, STANDING + made.envelope + commitment) == pad(b"words")
    elsewhere = EnvelopeId(secrets.token_bytes(16))
    with pytest.raises(NotGenuine):
        open_body(assembled(elsewhere, row.commitment, row.ciphertext), new.key)
    with pytest.raises(NotGenuine):
        open_body(assembled(elsewhere, body_keys(new.key, elsewhere)[1], row.ciphertext), new.key)


def what_wraps_are_bound_to(sealed: bytes) -> bytes:
    """`purpose("wrap") | h`, by the format's own words."""
    hashed = b"kapjournal/2 sealed body\0" + sealed[COMMITMENT_AT:TAGS_AT] + sealed[CIPHERTEXT_AT:]
    body_hash = hashlib.sha256(hashed).digest()
    said = b"kapjournal/2 envelope\0" + sealed[1:MAC_AT] + sealed[TAGS_AT:WRAPS_AT] + body_hash
    return b"kapjournal/2 wrap\0" + hashlib.sha256(said).digest()


def test_what_every_wrap_is_bound_to_is_as_the_format_says() -> None:
    """The envelope id, the commitment, every tag and the ciphertext are in it. The wraps, which it binds, are
    not, and the author's mark, which covers the wraps, is not."""
    reader = key()
    new = draw(ME)
    sealed = seal(ME, new, b"words", [(reader, stamp(7))]).sealed
    place = place_of(reader, row_from(sealed))
    at = WRAPS_AT + place.slot * WRAP_BYTES
    wrap, cipher = sealed[at : at + WRAP_BYTES], ChaCha20Poly1305(place.wrap_key)
    opened = cipher.decrypt(bytes(12), wrap, what_wraps_are_bound_to(sealed))
    assert opened == new.key + b"replica!" + bytes.fromhex("00000007 00000009 00000004 00000000")
    every_edge = (1, 16, 17, 32, 33, 64, 65, 192, 193, 768, 769, len(sealed) - 1)
    for flip in every_edge:
        flipped = bytearray(sealed)
        flipped[flip] ^= 1
        bound = what_wraps_are_bound_to(bytes(flipped))
        if MAC_AT <= flip < COMMITMENT_AT or WRAPS_AT <= flip < CIPHERTEXT_AT:
            assert cipher.decrypt(bytes(12), wrap, bound) == opened
        else:
            with pytest.raises(InvalidTag):
                cipher.decrypt(bytes(12), wrap, bound)


def test_the_same_words_for_other_readers_are_another_row() -> None:
    """One envelope twice, as only its author can seal it: who reads it is part of what a row is."""
    new = draw(ME)
    one, other = (sealed_for(b"words", [ME, key()], new=new) for _ in range(2))
    assert one.envelope == other.envelope and one.id != other.id
    assert row_from(one.sealed).body_hash == row_from(other.sealed).body_hash
