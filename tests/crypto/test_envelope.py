"""Envelopes: what a reader finds, what nobody else finds, and every bit that can be flipped in one."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.crypto.envelope import (
    MAX_BODY_BYTES,
    SIZES,
    SLOTS,
    ChannelHead,
    ChannelKey,
    Envelope,
    fill,
    open_body,
    pad,
    prepare,
    ref_of,
    root_of,
    slots_in,
    unwrap,
)
from kapjournal.crypto.primitives import NotGenuine, mac, purpose, seal_once
from kapjournal.domain.ids import EnvelopeId
from kapjournal.errors import Refused

STAMP = ChannelHead(b"repl", 7, b"r" * 16)
SMALL = 4849


def key() -> ChannelKey:
    return ChannelKey(secrets.token_bytes(32))


ME, ANA, BEN, STRANGER = key(), key(), key(), key()


def seal(
    body: bytes, readers: list[ChannelKey], told: list[tuple[ChannelKey, EnvelopeId]] | None = None
) -> Envelope:
    notices = told or []
    stamps = [ChannelHead(b"repl", number, b"r" * 16) for number in range(len(readers) + len(notices))]
    return prepare(body, readers, notices, ME).with_heads(stamps)


def read(channel: ChannelKey, envelope_id: EnvelopeId, sealed: bytes) -> bytes | None:
    """The body as one reader opens it; None if nothing there is for them."""
    place = channel.find(envelope_id, sealed)
    if place is None:
        return None
    wrap = unwrap(ref_of(envelope_id, sealed), sealed, place)
    return open_body(envelope_id, sealed, wrap.key) if wrap.key else None


def is_told(channel: ChannelKey, envelope_id: EnvelopeId, sealed: bytes, body: bytes) -> bool:
    """Whether a reader who was sent `body` would notice that something is wrong."""
    try:
        return read(channel, envelope_id, sealed) != body
    except NotGenuine:
        return True


def author_is_told(envelope_id: EnvelopeId, sealed: bytes, used: list[ChannelKey]) -> bool:
    """Whether the author, who filled the slots nobody uses, would find one that is not as it was."""
    places = [channel.find(envelope_id, sealed) for channel in used]
    taken = {place.slot for place in places if place}
    tags, wraps = fill(ME, envelope_id)
    slots = slots_in(sealed)
    return any(slots[i] != (tags[i], wraps[i]) for i in range(SLOTS) if i not in taken)


@given(st.binary(max_size=20_000))
def test_any_body_round_trips_for_every_reader(body: bytes) -> None:
    envelope = seal(body, [ME, ANA, BEN])
    for channel in (ME, ANA, BEN):
        assert read(channel, *both(envelope)) == body
    assert read(STRANGER, *both(envelope)) is None


def both(envelope: Envelope) -> tuple[EnvelopeId, bytes]:
    return envelope.ref.id, envelope.sealed


@pytest.mark.parametrize("size", [4 << step for step in range(10, 23)])
@pytest.mark.parametrize("over", [-5, -4, -3])
def test_lengths_are_padded_to_thirteen_classes(size: int, over: int) -> None:
    body = b"\n" * (size + over)
    if len(body) > MAX_BODY_BYTES:
        with pytest.raises(Refused, match="more than can be sealed"):
            pad(body)
        return
    padded = len(pad(body))
    assert padded == (size if over <= -4 else size * 2)
    if size <= 1 << 20:
        envelope = seal(body, [ME])
        assert read(ME, *both(envelope)) == body
        assert len(envelope.sealed) == 33 + 8 * 16 + 8 * 72 + padded + 16


def test_there_are_thirteen_classes_and_an_empty_body_is_in_the_first() -> None:
    assert len(SIZES) == 13 and min(SIZES) == SMALL == len(seal(b"", [ME]).sealed)
    assert max(SIZES) == 33 + 8 * 88 + 16 * 2**20 + 16
    assert len(pad(bytes(MAX_BODY_BYTES))) == 16 * 2**20


@settings(max_examples=20)
@given(st.integers(1, SLOTS), st.data())
def test_as_many_readers_and_notices_as_there_are_slots(many: int, data: st.DataObject) -> None:
    told = data.draw(st.integers(0, SLOTS - many))
    readers, lost = (
        [key() for _ in range(many)],
        [(key(), EnvelopeId(secrets.token_bytes(16))) for _ in range(told)],
    )
    envelope = seal(b"words", readers, lost)
    mark = ref_of(*both(envelope))
    assert mark == envelope.ref and len(envelope.sealed) == SMALL
    places = set()
    for number, channel in enumerate([*readers, *(channel for channel, _ in lost)]):
        place = channel.find(*both(envelope))
        assert place is not None
        places.add(place.slot)
        wrap = unwrap(mark, envelope.sealed, place)
        assert wrap.head == ChannelHead(b"repl", number, b"r" * 16)
        if number < many:
            assert wrap.lost == b"" and wrap.key
            assert open_body(*both(envelope), wrap.key) == b"words"
        else:
            assert wrap.key is None and wrap.lost == lost[number - many][1]
    assert len(places) == many + told
    assert not author_is_told(*both(envelope), [*readers, *(channel for channel, _ in lost)])


def test_too_many_readers_do_not_fit() -> None:
    with pytest.raises(ValueError, match=r"longer|shorter"):
        prepare(b"words", [key() for _ in range(SLOTS + 1)], [], ME)


def test_one_body_twice_has_nothing_in_common() -> None:
    one, other = (seal(b"words", [ME, ANA]) for _ in range(2))
    assert one.ref.id != other.ref.id and one.ref.h != other.ref.h
    pieces = [{e.sealed[at : at + 16] for at in range(1, SMALL - 16, 16)} for e in (one, other)]
    assert not pieces[0] & pieces[1]


def test_the_places_of_readers_are_drawn_anew() -> None:
    places = set()
    for _ in range(80):
        place = ANA.find(*both(seal(b"", [ME, ANA])))
        assert place is not None
        places.add(place.slot)
    assert places == set(range(SLOTS))


def test_slots_nobody_uses_look_like_the_others() -> None:
    """Every byte of the slots takes many values, used or not."""
    values: list[set[int]] = [set() for _ in range(SLOTS * 88)]
    for _ in range(60):
        for at, value in enumerate(seal(b"words", [ME]).sealed[33 : 33 + SLOTS * 88]):
            values[at].add(value)
    assert min(map(len, values)) > 35


def test_every_single_flipped_bit_is_noticed_by_its_reader_or_its_author() -> None:
    body = b"words for Ana and Ben"
    envelope_id, sealed = both(seal(body, [ME, ANA, BEN]))
    used = [ME, ANA, BEN]
    silent = []
    for bit in range(SMALL * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        altered = bytes(flipped)
        noticed = [is_told(channel, envelope_id, altered, body) for channel in used]
        if not (any(noticed) or author_is_told(envelope_id, altered, used)):
            silent.append(bit)
        in_wraps = 33 + 8 * 16 <= bit // 8 < 33 + 8 * 88
        assert in_wraps or all(noticed), bit
    assert silent == []


def test_every_flipped_bit_of_the_id_is_noticed() -> None:
    envelope_id, sealed = both(seal(b"words", [ME, ANA]))
    for bit in range(128):
        flipped = bytearray(envelope_id)
        flipped[bit // 8] ^= 1 << bit % 8
        for channel in (ME, ANA):
            assert channel.find(EnvelopeId(bytes(flipped)), sealed) is None


@given(st.integers(0, SMALL))
def test_a_sealed_value_of_another_length_is_not_genuine(length: int) -> None:
    envelope = seal(b"words", [ME])
    cut = envelope.sealed[:length] if length < SMALL else envelope.sealed + b"\0"
    with pytest.raises(NotGenuine):
        ref_of(envelope.ref.id, cut)


def test_another_version_is_not_genuine() -> None:
    envelope = seal(b"words", [ME])
    with pytest.raises(NotGenuine):
        ref_of(envelope.ref.id, b"\x02" + envelope.sealed[1:])


def test_a_tag_copied_to_another_slot_gains_nothing() -> None:
    envelope_id, sealed = both(seal(b"words", [ME, ANA]))
    place = ANA.find(envelope_id, sealed)
    assert place is not None
    tag = sealed[33 + place.slot * 16 : 49 + place.slot * 16]
    for slot in range(SLOTS):
        if slot == place.slot:
            continue
        doubled = sealed[: 33 + slot * 16] + tag + sealed[49 + slot * 16 :]
        assert is_told(ANA, envelope_id, doubled, b"words") and is_told(ME, envelope_id, doubled, b"words")


def test_a_tag_across_two_slots_is_no_tag() -> None:
    envelope_id, sealed = both(seal(b"words", [ME]))
    tag, _ = ANA.slot(envelope_id)
    assert ANA.find(envelope_id, sealed[:41] + tag + sealed[57:]) is None
    assert ANA.find(envelope_id, sealed[:49] + tag + sealed[65:]) is not None


def test_slots_moved_within_or_between_envelopes_do_not_open() -> None:
    one, other = seal(b"one", [ME, ANA]), seal(b"other", [ME, ANA])
    start, end = 33, 33 + 8 * 88
    mixed = one.sealed[:start] + other.sealed[start:end] + one.sealed[end:]
    for envelope_id in (one.ref.id, other.ref.id):
        for channel in (ME, ANA):
            assert is_told(channel, envelope_id, mixed, b"one")
            assert is_told(channel, envelope_id, mixed, b"other")


def test_a_reader_cannot_seal_another_body_under_the_same_reference() -> None:
    envelope_id, sealed = both(seal(b"words for Ana and Ben", [ME, ANA, BEN]))
    place = ANA.find(envelope_id, sealed)
    assert place is not None
    note_key = unwrap(ref_of(envelope_id, sealed), sealed, place).key
    assert note_key is not None
    keys = mac(note_key, purpose("body") + envelope_id)
    enc, commitment = keys[:32], keys[32:]
    forged = sealed[: 33 + 8 * 88] + seal_once(enc, pad(b"words of Ana"), b"\x01" + envelope_id + commitment)
    assert open_body(envelope_id, forged, note_key) == b"words of Ana", "the control"
    assert is_told(BEN, envelope_id, forged, b"words for Ana and Ben")
    with pytest.raises(NotGenuine):
        read(BEN, envelope_id, forged)


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
    envelope = seal(b"words", [ME])
    with pytest.raises(NotGenuine):
        read(ME, *both(envelope))


def test_a_root_depends_on_all_that_stands() -> None:
    marks = [secrets.token_bytes(32) for _ in range(3)]
    roots = {root_of(b"".join(marks[:n])) for n in range(4)} | {root_of(b"".join(reversed(marks)))}
    assert len(roots) == 5 and {len(root) for root in roots} == {16}
