"""The data of a document is JSON of one strict kind, and values in it have one spelling."""

import datetime as dt
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.clock import now
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.strict_encoding import (
    MAX_LISTED_IDS,
    from_hex,
    from_hex_list,
    from_json,
    moment_from_text,
    moment_to_text,
    to_hex_list,
    to_json,
    within_limit,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(2**53), 2**53)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(texts, values, max_size=6)


def fields_of(data: bytes) -> dict[str, Any]:
    """What a document says whose data are these bytes; the bytes themselves are kept whatever they are."""
    me = MemberId(bytes(32))
    sent = DocumentVersion(DocumentId(bytes(16)), "note", me, (me,), now(), data, "Words.")
    version = DocumentVersion.from_bytes(sent.to_bytes())
    assert version.data == data
    return version.fields()


@given(objects)
def test_an_object_goes_there_and_back_and_keeps_its_order(value: dict[str, Any]) -> None:
    data = to_json(value)
    again = from_json(data)
    assert again == value == fields_of(data) and to_json(again) == data
    assert list(again) == list(value)
    assert data == json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@given(objects, st.data())
def test_what_is_cut_or_has_something_around_it_is_refused(
    value: dict[str, Any], data: st.DataObject
) -> None:
    whole = to_json(value)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    for odd in (
        cut,
        whole + b" ",
        b" " + whole,
        whole + b"\n",
        whole + whole,
        whole + b"\0",
        b"[" + whole + b"]",
    ):
        with pytest.raises(NotGenuine):
            fields_of(odd)


@given(st.binary(max_size=60))
def test_any_bytes_are_an_object_or_are_refused(data: bytes) -> None:
    with suppress(NotGenuine):
        assert isinstance(from_json(data), dict)


ODD_VALUES = {
    "a fraction": "1.5",
    "a fraction that is none": "1.0",
    "an exponent": "1e2",
    "a negative zero": "-0",
    "a number beyond what every language reads": str(2**53 + 1),
    "one below it": str(-(2**53) - 1),
    "a number of five thousand digits": "9" * 5000,
    "a number that begins with zero": "01",
    "a sign": "+1",
    "not a number": "NaN",
    "infinity": "Infinity",
    "less than infinity": "-Infinity",
    "a key twice": '{"k":1,"k":1}',
    "a key twice, spelled in two ways": '{"k":1,"\\u006b":1}',
    "half a character": '"\\ud800"',
    "half a character as a key": '{"\\udfff":1}',
    "the halves the wrong way round": '"\\udc00\\ud800"',
    "single quotes": "'k'",
    "a comma too many": "[1,]",
    "a remark": "1/**/",
    "a raw newline in a text": '"\n"',
    "nothing": "",
    "a word": "nothing",
}


@pytest.mark.parametrize("odd", ODD_VALUES)
def test_a_value_that_no_program_writes_is_refused_however_deep_it_lies(odd: str) -> None:
    value = ODD_VALUES[odd]
    for data in (f'{{"a":{value}}}', f'{{"a":[{{"b":{value}}}]}}', f'{{"z":0,"a":[1,{value}],"b":2}}'):
        with pytest.raises(NotGenuine):
            fields_of(data.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"1",
        b"{",
        b"}",
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":"\xff"}',
        b'{"a":1}{"a":1}',
    ],
)
def test_what_is_no_object_is_refused(data: bytes) -> None:
    with pytest.raises(NotGenuine):
        fields_of(data)


def test_a_key_twice_at_the_top_is_refused_whatever_stands_between() -> None:
    assert fields_of(b'{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}')["a"] == 1
    for doubled in (b'{"a":1,"a":2}', b'{"a":1,"b":{"a":2},"a":1}', b'{"":0,"":0}'):
        with pytest.raises(NotGenuine):
            fields_of(doubled)


def test_the_largest_numbers_are_read() -> None:
    assert fields_of(b'{"a":[9007199254740992,-9007199254740992,0]}')["a"] == [2**53, -(2**53), 0]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"k":', "}")])
@pytest.mark.parametrize("innermost", ["", "1", '"[[[[[[[[[[[[[[[["'])
@pytest.mark.parametrize("beside", ["", ',"b":[],"c":{},"d":[[],[]]'], ids=["alone", "beside others"])
def test_sixteen_levels_are_read_and_one_more_is_refused(
    opening: str, closing: str, innermost: str, beside: str
) -> None:
    def data(levels: int) -> bytes:
        between = levels - 2
        return f'{{"a":{opening * between}[{innermost}]{closing * between}{beside}}}'.encode()

    assert fields_of(data(16)) and fields_of(data(2))
    for levels in (17, 18, 100, 100_000):
        with pytest.raises(NotGenuine):
            fields_of(data(levels))


def test_many_brackets_are_no_depth() -> None:
    flat = {"a": [[] for _ in range(1000)], "b": "[[[[{{{{" * 100}
    assert fields_of(to_json(flat)) == flat


# --- spellings ----------------------------------------------------------------------------------------

MOMENT = "2026-03-02T09:00:00.007Z"


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2199, 12, 31, 23, 59, 59)))
def test_a_moment_goes_there_and_back_to_the_millisecond(moment: dt.datetime) -> None:
    told = moment_to_text(moment.replace(tzinfo=dt.UTC))
    again = moment_from_text(told)
    assert again == moment.replace(tzinfo=dt.UTC, microsecond=moment.microsecond // 1000 * 1000)
    assert moment_to_text(again) == told and len(told) == 24


@pytest.mark.parametrize(
    "odd",
    [
        "2026-03-02 09:00:00.007Z",
        "2026-03-02x09:00:00.007Z",
        "2026-03-02T09:00:00,007Z",
        "20260302T090000.0070000Z",
        "2026-03-02T09:00:00.007z",
        "2026-03-02T09:00:00.07Z0",
        "2026-03-02T09:00:00.0070Z",
        "2026-03-02T09:00:00Z",
        "2026-03-02T25:00:00.007Z",
        "2026-02-30T09:00:00.007Z",
        "1969-12-31T23:59:59.999Z",
        "2200-01-01T00:00:00.000Z",
        "２026-03-02T09:00:00.007Z",
        "",
    ],
)
def test_a_moment_has_one_spelling(odd: str) -> None:
    assert moment_to_text(moment_from_text(MOMENT)) == MOMENT
    with pytest.raises(ValueError):
        moment_from_text(odd)


@pytest.mark.parametrize(
    "odd", ["AB", "a", "abc", "ab ", " ab", "ab\n", "a b", "", "abab", 7, None, ["ab"], b"ab"]
)
def test_bytes_have_one_spelling_and_their_length(odd: object) -> None:
    assert from_hex("ab", 1) == b"\xab"
    with pytest.raises((ValueError, TypeError)):
        from_hex(odd, 1)


@given(st.frozensets(st.binary(min_size=32, max_size=32).map(MemberId), max_size=20))
def test_lists_of_ids_go_there_and_back_and_their_order_says_nothing(ids: frozenset[MemberId]) -> None:
    assert from_hex_list(to_hex_list(ids)) == ids and to_hex_list(ids) == sorted(to_hex_list(ids))
    assert within_limit(ids) == ids


def test_no_list_of_ids_is_longer_than_people_there_can_have_been() -> None:
    many = frozenset(MemberId(number.to_bytes(32, "big")) for number in range(MAX_LISTED_IDS + 1))
    assert len(within_limit(many)) == MAX_LISTED_IDS == len(from_hex_list(to_hex_list(within_limit(many))))
    with pytest.raises(ValueError):
        from_hex_list(to_hex_list(many))
