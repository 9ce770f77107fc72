"""Rows: their id is a hash of them, and their author alone drops them, keeping the front."""

import secrets
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.crypto.envelope import (
    ChannelKey,
    SealedRow,
    Stamp,
    draw,
    drop_token,
    is_whole,
    open_body,
    unwrap,
)
from kapjournal.crypto.primitives import NotGenuine, purpose, seal_once
from kapjournal.crypto.row import (
    DROPPED,
    DROPPED_BYTES,
    MAX_BODY_BYTES,
    SIZES,
    STANDING,
    WRAP_BYTES,
    dropped,
    envelope_of_token,
    front_of,
    pad,
    read_row,
    row_from,
)
from kapjournal.domain.ids import EnvelopeId, RowId
from kapjournal.errors import Refused

from .sample_rows import (
    ANA,
    BEN,
    CIPHERTEXT_AT,
    ME,
    SMALL,
    TAGS_AT,
    WRAPS_AT,
    key,
    place_of,
    read,
    sealed_for,
    stamp,
    wrap_of,
)

BODY = b"words that may have to go, one day, from every copy there is"
MADE = sealed_for(BODY, [ME, ANA], [(BEN, EnvelopeId(b"what Ben lost..."))])
NOTE_KEY = wrap_of(ME, MADE.sealed).key or b""


def token_of(made: SealedRow) -> bytes:
    """What its author alone can make of a row."""
    return drop_token(ME, wrap_of(ME, made.sealed).key or b"")


TOKEN = token_of(MADE)
GONE = dropped(row_from(MADE.sealed), TOKEN)


# --- the id -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [MADE.sealed, GONE], ids=["standing", "dropped"])
def test_every_flipped_bit_is_noticed_under_the_id_without_any_key(state: bytes) -> None:
    assert read_row(MADE.id, state).id == MADE.id, "the control"
    for bit in range(len(state) * 8):
        flipped = bytearray(state)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NotGenuine):
            read_row(MADE.id, bytes(flipped))


@pytest.mark.parametrize("state", [MADE.sealed, GONE], ids=["standing", "dropped"])
def test_no_row_lies_under_another_id(state: bytes) -> None:
    for bit in range(128):
        flipped = bytearray(MADE.id)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NotGenuine, match="does not fit its id"):
            read_row(RowId(bytes(flipped)), state)
    for wrong in (RowId(MADE.envelope), RowId(b""), RowId(MADE.id + b"\0"), RowId(MADE.id[:15])):
        with pytest.raises(NotGenuine):
            read_row(wrong, state)


@given(st.integers(0, SMALL + 40))
def test_bytes_of_another_length_are_no_row(length: int) -> None:
    for state in (MADE.sealed, GONE):
        cut = (state + bytes(SMALL))[:length]
        assert (front_of(cut) is None) is (length != len(state))
        if length == len(state):
            continue
        with pytest.raises(NotGenuine):
            read_row(MADE.id, cut)
        with pytest.raises(NotGenuine, match="impossible form"):
            row_from(cut)


def test_a_row_whose_first_byte_is_the_other_states_is_no_row() -> None:
    for forged in (DROPPED + MADE.sealed[1:], STANDING + GONE[1:]):
        assert front_of(forged) is None
        with pytest.raises(NotGenuine, match="impossible form"):
            row_from(forged)


# --- sizes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [4 << step for step in range(10, 23)])
@pytest.mark.parametrize("over", [-5, -4, -3])
def test_lengths_are_padded_to_thirteen_classes(size: int, over: int) -> None:
    body = b"\n" * (size + over)
    if len(body) > MAX_BODY_BYTES:
        with pytest.raises(Refused, match="more than can be sealed"):
            pad(body)
        with pytest.raises(Refused):
            sealed_for(body)
        return
    padded = len(pad(body))
    assert padded == (size if over <= -4 else size * 2)
    if size <= 1 << 20:
        made = sealed_for(body, [ME])
        assert read(ME, made.sealed) == body
        assert len(made.sealed) == 1 + 16 + 16 + 32 + 8 * 16 + 8 * 72 + padded + 16


def test_there_are_thirteen_classes_and_an_empty_body_is_in_the_first() -> None:
    assert len(SIZES) == 13 and min(SIZES) == SMALL == len(sealed_for(b"", [ME]).sealed)
    assert sorted(SIZES) == [65 + 704 + 16 + (4096 << step) for step in range(13)]
    assert len(pad(bytes(MAX_BODY_BYTES))) == 16 * 2**20 == max(SIZES) - 785
    assert SMALL == CIPHERTEXT_AT + 4096 + 16


def test_the_length_of_a_row_says_nothing_of_its_readers() -> None:
    lost = EnvelopeId(bytes(16))
    lengths = {len(sealed_for(BODY, [key() for _ in range(n)], [(BEN, lost)]).sealed) for n in range(8)}
    assert lengths == {SMALL}


# --- dropping -----------------------------------------------------------------------------------------


@given(st.binary(max_size=10_000))
def test_dropping_keeps_id_and_front_and_loses_the_words(body: bytes) -> None:
    made = sealed_for(body, [ME, ANA], [(BEN, EnvelopeId(bytes(range(16))))])
    standing = row_from(made.sealed)
    gone = bytes(dropped(standing, token_of(made)))
    row = read_row(made.id, gone)
    assert len(gone) == 785 == DROPPED_BYTES and gone[:1] == DROPPED
    kept = ("id", "envelope", "author_mac", "slots", "body_hash")
    assert [getattr(row, name) for name in kept] == [getattr(standing, name) for name in kept]
    assert front_of(gone) == front_of(made.sealed) == (made.envelope, standing.slots)
    assert standing.is_standing and not row.is_standing and not row.is_newer
    assert (row.ciphertext, row.commitment, row.token) == (b"", b"", token_of(made))
    assert is_whole(ME, row), "its author still knows it to the bit"
    for channel in (ME, ANA, BEN):
        assert unwrap(row, place_of(channel, row)) == wrap_of(channel, made.sealed)
    for at in range(0, len(standing.ciphertext) - 15, 16):
        assert standing.ciphertext[at : at + 16] not in gone
    assert standing.commitment not in gone
    note_key = unwrap(row, place_of(ANA, row)).key
    assert note_key is not None
    with pytest.raises(NotGenuine):
        open_body(row, note_key)


def test_dropping_what_was_dropped_changes_nothing() -> None:
    assert dropped(row_from(GONE), TOKEN) == GONE


def test_a_token_fits_one_envelope_and_teaches_no_other() -> None:
    others = [sealed_for(BODY) for _ in range(20)]
    tokens = [TOKEN, *map(token_of, others)]
    assert len(set(tokens)) == 21 and {len(token) for token in tokens} == {32}
    for made, token in zip([MADE, *others], tokens, strict=True):
        assert envelope_of_token(token) == made.envelope
        for another in set(tokens) - {token}:
            with pytest.raises(NotGenuine, match="by its author alone"):
                dropped(row_from(made.sealed), another)


def test_a_token_is_of_one_author_and_one_key() -> None:
    for member, note_key in ((ANA, NOTE_KEY), (key(), NOTE_KEY), (ME, secrets.token_bytes(32))):
        assert drop_token(member, note_key) != TOKEN


def what_a_reader_has(reader: ChannelKey, own: ChannelKey, made: SealedRow) -> dict[str, bytes]:
    """Everything of 32 bytes that somebody can make who reads a row and writes rows of their own."""
    row = row_from(made.sealed)
    place = place_of(reader, row)
    note_key = unwrap(row, place).key or b""
    return {
        "the key of the body": note_key,
        "the key of their wrap": place.wrap_key,
        "the key of the channel": reader.raw,
        "a token of their own": drop_token(own, note_key),
        "a token of the channel": drop_token(reader, note_key),
        "the token of another row of theirs": token_of_theirs(own),
        "the envelope's id": made.envelope + bytes(16),
        "the row's id": made.id + made.envelope,
        "the author's mark": row.author_mac + made.envelope,
        "the hash of the body": row.body_hash,
        "the commitment": row.commitment,
        "nothing": bytes(32),
        **{f"slot {slot}": row.slots[slot * 16 :][:32] for slot in range(42)},
    }


def token_of_theirs(own: ChannelKey) -> bytes:
    return drop_token(own, draw(own).key)


def test_a_reader_cannot_make_a_drop_token() -> None:
    row = row_from(MADE.sealed)
    for name, guess in what_a_reader_has(ANA, key(), MADE).items():
        with pytest.raises(NotGenuine, match="by its author alone"):
            dropped(row, guess)
        forged = b"".join((DROPPED, guess, row.author_mac, row.body_hash, row.slots))
        with pytest.raises(NotGenuine):
            read_row(MADE.id, forged)
        elsewhere = row_from(forged)
        assert elsewhere.id != MADE.id and elsewhere.envelope != MADE.envelope, name
        assert not any(channel.find(elsewhere) for channel in (ME, ANA, BEN)), name


def test_nobody_drops_a_row_with_a_token_of_another_length() -> None:
    row = row_from(MADE.sealed)
    for token in (b"", TOKEN[:-1], TOKEN + b"\0", TOKEN[1:]):
        with pytest.raises(NotGenuine):
            dropped(row, token)
    newer = row_from(b"\x04 and whatever a newer program made of it")
    for token in (b"", TOKEN):
        with pytest.raises(NotGenuine):
            dropped(newer, token)


# --- a wrap made anew ---------------------------------------------------------------------------------


def rewritten(made: SealedRow, reader: ChannelKey, said: Stamp) -> bytes:
    """What a reader can make of the wrap that was made for them: the same key, and another stamp."""
    row = row_from(made.sealed)
    place = place_of(reader, row)
    content = (unwrap(row, place).key or b"") + b"".join(
        (said.replica, *(count.to_bytes(4, "big") for count in said[1:]), bytes(4))
    )
    h = sha256(purpose("envelope") + row.envelope + row.slots[:128] + row.body_hash).digest()
    at = WRAPS_AT + place.slot * WRAP_BYTES
    wrap = seal_once(place.wrap_key, content, purpose("wrap") + h)
    return made.sealed[:at] + wrap + made.sealed[at + WRAP_BYTES :]


def test_a_reader_who_rewrites_their_wrap_is_seen_and_the_row_still_opens_for_the_author() -> None:
    assert rewritten(MADE, ANA, stamp(1)) == MADE.sealed, "the control"
    twin = rewritten(MADE, ANA, Stamp(b"another!", 4_000_000_000, 0, 0))
    row = row_from(twin)
    assert row.id != MADE.id and row.envelope == MADE.envelope
    with pytest.raises(NotGenuine):
        read_row(MADE.id, twin)
    assert read(ANA, twin) == BODY and wrap_of(ANA, twin).stamp.number == 4_000_000_000, (
        "it is a good forgery"
    )
    assert not is_whole(ME, row) and is_whole(ME, row_from(MADE.sealed))
    assert read(ME, twin) == BODY
    gone = row_from(dropped(row, drop_token(ME, wrap_of(ME, twin).key or b"")))
    assert gone.id == row.id, "the author can drop the twin too"
    assert gone.envelope == row_from(GONE).envelope and gone.token == TOKEN


def test_only_who_has_the_authors_own_key_can_make_a_row_whole() -> None:
    row = row_from(MADE.sealed)
    for somebody in (ANA, BEN, key()):
        assert not is_whole(somebody, row)
    for at in (*range(16), *range(TAGS_AT, CIPHERTEXT_AT, 11)):
        flipped = bytearray(row.author_mac + bytes(TAGS_AT - 16) + row.slots)
        flipped[at] ^= 1
        altered = row._replace(author_mac=bytes(flipped[:16]), slots=bytes(flipped[TAGS_AT:]))
        assert not is_whole(ME, altered)
    assert not is_whole(ME, row._replace(envelope=EnvelopeId(bytes(16))))
