"""Text comes in to the letter or not at all, and goes out harmless."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.errors import Refused, UsageError
from kapjournal.text import (
    MAX_BODY_BYTES,
    MAX_LINE,
    excerpt,
    from_bytes,
    shown,
    shown_line,
    storable,
    storable_line,
    without_controls,
)

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

HARMLESS = [
    "plain",
    "two lines\nand a\ttab\n",
    "👩🏽‍❤️‍👨🏻 and 🏳️‍🌈 and 1️⃣",
    "שלום, אני כאן",
    "مرحبا (نعم)",
    "e\u0301 stays in two, é in one",
    "Z̵̢̛a̴l̷g̶o̷",
    "한국어 और हिन्दी ไทย",
    "\ufeffa mark at the start",
    "zero\u200bwidth and\u00adsoft",
]


def is_control(character: str) -> bool:
    """The characters a terminal may act on, and half characters, by Unicode's own word."""
    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"


any_text = st.text(st.characters())
"""Any string Python can hold, half characters too."""

wild_text = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x07\x1b\r\n\t\x7f\x85\x9b\ud800" + TURNING))
)
"""The same, with what hurts far more often."""

keepable_text = any_text.filter(lambda text: not any(map(is_control, text)))


@given(keepable_text)
def test_a_text_is_kept_to_the_letter(text: str) -> None:
    assert storable(text) is text


@pytest.mark.parametrize("text", HARMLESS)
def test_emoji_right_to_left_and_combining_marks_are_kept_and_shown_as_they_are(text: str) -> None:
    assert storable(text) == text
    assert from_bytes(storable(text).encode()) == text
    assert shown(text) == text


@given(wild_text)
def test_the_first_character_that_cannot_be_kept_is_named_with_its_place(text: str) -> None:
    line, column = 1, 1
    for character in text:
        if is_control(character):
            with pytest.raises(Refused, match=f"U\\+{ord(character):04X}.* line {line}, column {column},"):
                storable(text)
            return
        line, column = (line + 1, 1) if character == "\n" else (line, column + 1)
    assert storable(text) is text


def test_all_controls_but_newline_and_tab_are_refused_and_nothing_else() -> None:
    for code in range(0x110000):
        character = chr(code)
        if is_control(character):
            with pytest.raises(Refused):
                storable(character)
        else:
            storable(character)


def test_a_refusal_does_not_repeat_the_text() -> None:
    with pytest.raises(Refused) as refusal:
        storable("marzipan\x1bmarzipan")
    assert "marzipan" not in str(refusal.value)


@pytest.mark.parametrize("character", ["a", "é", "€", "🌊"])
def test_a_body_of_ten_mebibytes_is_taken_and_one_byte_more_refused_with_its_size(character: str) -> None:
    width = len(character.encode())
    largest = character * (MAX_BODY_BYTES // width) + "a" * (MAX_BODY_BYTES % width)
    assert storable(largest) is largest
    with pytest.raises(Refused, match="10,485,761 bytes"):
        storable(largest + "a")


@given(keepable_text)
def test_bytes_of_utf8_come_in_unchanged(text: str) -> None:
    assert from_bytes(text.encode()) == text


@given(st.binary())
def test_bytes_are_decoded_strictly(data: bytes) -> None:
    try:
        text = from_bytes(data)
    except Refused:
        assert data.decode("utf-8", "replace").encode() != data
    else:
        assert text.encode() == data


def test_the_first_bad_byte_is_named() -> None:
    with pytest.raises(Refused, match="byte 4 "):
        from_bytes(b"abc\xff\xfe")


@given(wild_text)
def test_a_paste_loses_what_cannot_be_kept_and_says_how_many(text: str) -> None:
    kept, dropped = without_controls(text)
    assert storable(kept) == kept
    assert dropped == sum(is_control(character) for character in text if character != "\r")
    assert without_controls(kept) == (kept, 0)


def test_foreign_line_ends_become_newlines_and_are_not_counted() -> None:
    assert without_controls("a\r\nb\rc\nd") == ("a\nb\nc\nd", 0)


@given(wild_text)
def test_a_line_is_one_line_and_storing_it_twice_changes_nothing(text: str) -> None:
    try:
        line = storable_line(text, "title")
    except UsageError:
        return
    assert len(line) <= MAX_LINE
    assert len(line.splitlines()) <= 1
    assert storable_line(line, "title") == line == storable(line)


@pytest.mark.parametrize("text", ["a\nb", "a\tb", "a\u2028b", "a\x1b[2Jb", "a\x9bb", "\ud800", "\x1bb"])
def test_a_line_has_no_line_ends_and_no_controls(text: str) -> None:
    with pytest.raises(UsageError, match="A label is one line"):
        storable_line(text, "label")


def test_a_line_is_measured_once_it_is_composed_and_trimmed() -> None:
    assert storable_line("  " + "e\u0301" * MAX_LINE + "\n", "title") == "é" * MAX_LINE
    with pytest.raises(UsageError, match="at most 200 characters; this one has 201"):
        storable_line("a" * (MAX_LINE + 1), "title")


@given(wild_text)
def test_nothing_shown_can_speak_to_the_terminal(text: str) -> None:
    safe = shown(text)
    assert not any(map(is_control, safe))
    assert not set(safe) & set(TURNING)
    assert len(safe) == len(text)
    assert shown(safe) == safe
    safe.encode()


@given(wild_text)
def test_a_shown_line_is_one_line_and_as_safe(text: str) -> None:
    line = shown_line(text)
    assert len(line.splitlines()) <= 1
    assert "\t" not in line
    assert shown(line) == line


@given(keepable_text)
def test_what_is_harmless_is_shown_unchanged(text: str) -> None:
    if not set(text) & {*TURNING, "\u2028", "\u2029"}:
        assert shown(text) == text


def test_escape_sequences_become_marks_one_can_see() -> None:
    assert shown("\x1b]0;owned\x07\x9b2J\x7f\x00") == "␛]0;owned␇\N{REPLACEMENT CHARACTER}2J␡␀"


@given(wild_text, st.integers(2, 200))
def test_an_excerpt_is_a_short_safe_line(body: str, length: int) -> None:
    line = excerpt(body, length)
    assert len(line) <= length
    assert len(line.splitlines()) <= 1
    assert shown_line(line) == line


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("# A heading\n\n> said\n\n- one\n2. two", "A heading said one two"),
        ("the *hallway* and `the` __light__", "the hallway and the light"),
        ("", ""),
        ("\n\n   \n", ""),
        ("1999 was long ago", "1999 was long ago"),
        ("-5 degrees", "-5 degrees"),
        ("word " * 100, "word " * 23 + "word…"),
    ],
)
def test_an_excerpt_leaves_out_the_marks_of_markdown(body: str, line: str) -> None:
    assert excerpt(body) == line
