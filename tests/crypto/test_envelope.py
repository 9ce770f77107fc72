"""Envelopes: what a reader finds, what nobody else finds, and who notices what was changed in one."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.crypto.envelope import UNNUMBERED, Stamp, Wrap, draw, open_body, seal, unwrap
from kapjournal.crypto.primitives import NotGenuine, mac, purpose, seal_once
from kapjournal.crypto.row import SLOTS, WRAP_BYTES, front_of, pad, row_from
from kapjournal.domain.ids import EnvelopeId, ReplicaId

from .sample_rows import (
    ANA,
    BEN,
    CIPHERTEXT_AT,
    COMMITMENT_AT,
    MAC_AT,
    ME,
    SMALL,
    STRANGER,
    TAGS_AT,
    WRAPS_AT,
    author_is_told,
    is_told,
    key,
    place_of,
    read,
    sealed_for,
    stamp,
    wrap_of,
)

BODY = b"words for Ana and Ben"
counts = st.integers(0, 2**32 - 1)


@given(st.binary(max_size=20_000))
def test_any_body_round_trips_for_every_reader(body: bytes) -> None:
    sealed = sealed_for(body).sealed
    for channel in (ME, ANA, BEN):
        assert read(channel, sealed) == body
    assert read(STRANGER, sealed) is None


@given(st.binary(min_size=8, max_size=8), counts, counts, counts)
def test_any_stamp_round_trips(replica: bytes, number: int, rows: int, drops: int) -> None:
    said, lost = Stamp(replica, number, rows, drops), EnvelopeId(secrets.token_bytes(16))
    sealed = seal(ME, draw(ME), BODY, [(ME, said)], [(ANA, said, lost)]).sealed
    assert wrap_of(ME, sealed).stamp == said
    assert wrap_of(ANA, sealed) == Wrap(None, lost, said)


@settings(max_examples=20)
@given(st.integers(0, SLOTS), st.data())
def test_as_many_readers_and_notices_as_there_are_slots(many: int, data: st.DataObject) -> None:
    readers = [key() for _ in range(many)]
    notices = [
        (key(), EnvelopeId(secrets.token_bytes(16))) for _ in range(data.draw(st.integers(0, 8 - many)))
    ]
    made = sealed_for(BODY, readers, notices)
    row = row_from(made.sealed)
    assert (row.id, row.envelope, len(made.sealed)) == (made.id, made.envelope, SMALL)
    places = set()
    for number, channel in enumerate([*readers, *(channel for channel, _ in notices)]):
        place = place_of(channel, row)
        places.add(place.slot)
        assert place == channel.find(front_of(made.sealed) or row)
        wrap = unwrap(row, place)
        assert wrap.stamp == stamp(number)
        if number < many:
            assert wrap.lost == b"" and wrap.key
            assert open_body(row, wrap.key) == BODY
        else:
            assert wrap.key is None and wrap.lost == notices[number - many][1]
    assert len(places) == many + len(notices)


def test_too_many_readers_do_not_fit() -> None:
    with pytest.raises(ValueError, match="eight slots"):
        sealed_for(BODY, [key() for _ in range(SLOTS + 1)])
    with pytest.raises(ValueError, match="eight slots"):
        sealed_for(BODY, [key() for _ in range(SLOTS)], [(key(), EnvelopeId(bytes(16)))])


def test_one_body_twice_has_nothing_in_common() -> None:
    one, other = sealed_for(BODY), sealed_for(BODY)
    assert one.id != other.id and one.envelope != other.envelope
    pieces = [{e.sealed[at : at + 16] for at in range(1, SMALL - 16, 16)} for e in (one, other)]
    assert not pieces[0] & pieces[1]


def test_the_places_of_readers_are_drawn_anew() -> None:
    places = {place_of(ANA, row_from(sealed_for(b"", [ME, ANA]).sealed)).slot for _ in range(80)}
    assert places == set(range(SLOTS))


def test_slots_nobody_uses_look_like_the_others() -> None:
    """Every byte of the slots takes many values, used or not."""
    values: list[set[int]] = [set() for _ in range(SLOTS * 88)]
    for _ in range(60):
        for at, value in enumerate(sealed_for(BODY, [ME]).sealed[TAGS_AT:CIPHERTEXT_AT]):
            values[at].add(value)
    assert min(map(len, values)) > 35


def test_two_readers_cannot_tell_that_one_computer_wrote_to_both() -> None:
    """A computer has another pseudonym on each channel, and another one each time it counts anew."""
    one, other = ReplicaId(secrets.token_bytes(16)), ReplicaId(secrets.token_bytes(16))
    names = [channel.pseudonym(replica) for channel in (ME, ANA, BEN) for replica in (one, other)]
    assert len(set(names)) == 6 and {len(name) for name in names} == {8}
    assert ANA.pseudonym(one) == names[2] and bytes(8) == UNNUMBERED.replica not in names


def test_every_flipped_bit_is_noticed_by_its_readers_and_its_author_even_under_a_fitting_id() -> None:
    """Whoever changes a row can name it by the hash of what it became. The author misses nothing; a reader
    all but what happens in the wraps of others and in the author's own mark."""
    sealed = sealed_for(BODY).sealed
    for bit in range(8, SMALL * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        altered, at = bytes(flipped), bit // 8
        assert author_is_told(altered, BODY), bit
        noticed = [is_told(channel, altered, BODY) for channel in (ANA, BEN)]
        in_wraps = WRAPS_AT <= at < CIPHERTEXT_AT
        assert in_wraps or MAC_AT <= at < COMMITMENT_AT or all(noticed), bit
        assert not (in_wraps and all(noticed)), "nobody loses a row by what is done to another's wrap"


def test_a_row_with_another_envelope_id_is_for_nobody() -> None:
    sealed = sealed_for(BODY).sealed
    for bit in range(8, 8 + 128):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        assert all(channel.find(row_from(bytes(flipped))) is None for channel in (ME, ANA, BEN))


def test_a_tag_copied_to_another_slot_gains_nothing() -> None:
    sealed = sealed_for(BODY).sealed
    slot = place_of(ANA, row_from(sealed)).slot
    tag = sealed[TAGS_AT + slot * 16 :][:16]
    for other in set(range(SLOTS)) - {slot}:
        doubled = sealed[: TAGS_AT + other * 16] + tag + sealed[TAGS_AT + other * 16 + 16 :]
        assert all(is_told(channel, doubled, BODY) for channel in (ME, ANA, BEN))


def test_a_tag_across_two_slots_is_no_tag() -> None:
    made = sealed_for(BODY, [ME])
    tag, _ = ANA.slot(made.envelope)

    def with_tag_at(at: int) -> bytes:
        return made.sealed[: TAGS_AT + at] + tag + made.sealed[TAGS_AT + at + 16 :]

    for at in range(1, 16):
        assert ANA.find(row_from(with_tag_at(at))) is None
    assert place_of(ANA, row_from(with_tag_at(16))).slot == 1
    assert place_of(ANA, row_from(with_tag_at(112))).slot == 7
    across_and_right = with_tag_at(3)[: TAGS_AT + 32] + tag + with_tag_at(3)[TAGS_AT + 48 :]
    assert place_of(ANA, row_from(across_and_right)).slot == 2


def test_what_looks_like_a_tag_among_the_wraps_is_none() -> None:
    made = sealed_for(BODY, [ME])
    tag, _ = ANA.slot(made.envelope)
    for at in (WRAPS_AT, WRAPS_AT + WRAP_BYTES, CIPHERTEXT_AT - 16):
        assert ANA.find(row_from(made.sealed[:at] + tag + made.sealed[at + 16 :])) is None


def test_slots_moved_within_or_between_envelopes_do_not_open() -> None:
    one, other = sealed_for(b"one"), sealed_for(b"other")
    mixed = one.sealed[:TAGS_AT] + other.sealed[TAGS_AT:CIPHERTEXT_AT] + one.sealed[CIPHERTEXT_AT:]
    front = other.sealed[:CIPHERTEXT_AT] + one.sealed[CIPHERTEXT_AT:]
    for altered in (mixed, front):
        for channel in (ME, ANA, BEN):
            assert is_told(channel, altered, b"one") and is_told(channel, altered, b"other")
    wraps = [one.sealed[WRAPS_AT + slot * WRAP_BYTES :][:WRAP_BYTES] for slot in range(SLOTS)]
    turned = one.sealed[:WRAPS_AT] + b"".join(wraps[1:] + wraps[:1]) + one.sealed[CIPHERTEXT_AT:]
    assert all(is_told(channel, turned, b"one") for channel in (ME, ANA, BEN))


def body_replaced(sealed: bytes, note_key: bytes, body: bytes) -> bytes:
    """What a reader, who has the key of the body, can put in its place; all is as the format says."""
    keys = mac(note_key, purpose("body") + sealed[1:17])
    ciphertext = seal_once(keys[:32], pad(body), sealed[:17] + keys[32:])
    return sealed[:CIPHERTEXT_AT] + ciphertext


def test_a_reader_cannot_give_another_reader_other_words() -> None:
    sealed = sealed_for(BODY).sealed
    note_key = wrap_of(ANA, sealed).key
    assert note_key is not None
    forged = body_replaced(sealed, note_key, b"words of Ana")
    assert open_body(row_from(forged), note_key) == b"words of Ana", "the control"
    for reader in (ME, BEN):
        with pytest.raises(NotGenuine):
            read(reader, forged)


def test_a_reader_who_strikes_the_tag_of_another_is_noticed_by_all() -> None:
    sealed = sealed_for(BODY).sealed
    at = TAGS_AT + place_of(BEN, row_from(sealed)).slot * 16
    struck = sealed[:at] + secrets.token_bytes(16) + sealed[at + 16 :]
    assert BEN.find(row_from(struck)) is None
    assert is_told(ANA, struck, BODY) and is_told(ME, struck, BODY)


@pytest.mark.parametrize(
    "padded",
    [
        (5).to_bytes(4, "big") + b"words" + b"\x01" + bytes(4086),
        (4).to_bytes(4, "big") + b"words" + bytes(4087),
        (4093).to_bytes(4, "big") + bytes(4092),
        b"\xff" * 4096,
    ],
)
def test_wrong_padding_is_not_genuine(padded: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kapjournal.crypto.envelope.pad", lambda body: padded)
    sealed = sealed_for(b"words").sealed
    with pytest.raises(NotGenuine):
        read(ME, sealed)


def test_a_key_that_is_all_but_zeros_is_never_taken_for_a_notice() -> None:
    """Sixteen zeros in front make a notice; fifteen are a key like any other."""
    new = draw(ME)._replace(key=bytes(15) + b"\x01" + bytes(16))
    sealed = seal(ME, new, BODY, [(ANA, UNNUMBERED)]).sealed
    assert read(ANA, sealed) == BODY
    assert wrap_of(ANA, sealed) == Wrap(new.key, EnvelopeId(b""), UNNUMBERED)


def test_a_part_of_an_attachment_is_for_nobody_and_opens_with_its_key() -> None:
    new = draw(ME)
    made = seal(ME, new, BODY)
    row = row_from(made.sealed)
    assert all(channel.find(row) is None for channel in (ME, ANA, BEN))
    assert open_body(row, new.key) == BODY and made.envelope == new.id
