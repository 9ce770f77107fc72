"""Folding: what people take for the same word is the same, however it is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain import folding
from kapjournal.domain.folding import composed, folded, pieces, starts, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("café", "CAFE"),
        ("cafe\u0301", "caf\u00e9"),
        ("Straße", "STRASSE"),
        ("STRA\u1e9eE", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
        ("ᾳ", "α"),
        ("İstanbul", "istanbul"),
        ("ISPARTA", "ısparta"),
        ("Łódź", "lodz"),
        ("søster", "soster"),
        ("Œuvre", "oeuvre"),
        ("ё", "е"),
        ("رَحْمَة", "رحمة"),
        ("شָׁלום", "شלום"),
        ("Schiff\u00adfahrt", "Schifffahrt"),
        ("ＡＢＣ１", "abc1"),
        ("ﬁne", "fine"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("か\u3099", "が"),
        ("\u1112\u1161\u11ab", "한"),
        ("하\u11ab", "한"),
        ("❤\ufe0f", "❤"),
        ("👍🏽", "👍"),
    ],
)
def test_forms_of_one_word_are_the_same(one: str, other: str) -> None:
    assert composed(folded(one)).strip() == composed(folded(other)).strip() != ""


@pytest.mark.parametrize(
    ("one", "other"), [("か", "が"), ("ハ", "パ"), ("하", "한"), ("हिन्दी", "हनद"), ("ที่", "ทา"), ("今", "令")]
)
def test_marks_that_make_another_word_count(one: str, other: str) -> None:
    assert composed(folded(one)) != composed(folded(other))


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("It's half-light_x", "it s half light x"),
        ("今日は友達", "今 日 は 友 達"),
        ("iPhoneを2台", "iphone を 2 台"),
        ("한국어 공부", "한 국 어 공 부"),
        ("ไป", "ไ ป"),
        ("हिन्दी", "हिन्दी"),
        ("love❤\ufe0f👩🏽\u200d🤝\u200d👩🏻", "love ❤ 👩 🤝 👩"),
        ("می\u200cخواهم", "می خواهم"),
        ("100€", "100 €"),
        ("… — «»", ""),
    ],
)
def test_words_and_single_characters_go_into_the_index(text: str, indexed: str) -> None:
    assert " ".join(tokens(text).split()) == indexed


@given(st.text(), st.text())
def test_a_part_of_a_text_is_folded_as_the_whole_is(one: str, other: str) -> None:
    assert folded(one) + folded(other) == folded(one + other)
    lengths = starts(one + other)
    assert lengths[len(one)] == len(folded(one)) and lengths[-1] == len(folded(one + other))


@given(st.text())
def test_folding_again_changes_nothing_and_case_and_form_do_not_matter(text: str) -> None:
    words = composed(folded(text))
    assert composed(folded(words)) == words
    for form in ("NFC", "NFD"):
        assert composed(folded(unicodedata.normalize(form, text))).split() == words.split()


@given(st.text(alphabet="a é今が한ก👩\u3099\u11ab.", max_size=80), st.integers(1, 9))
def test_long_texts_are_indexed_as_short_ones_are(text: str, size: int) -> None:
    whole = tokens(text).split()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "PIECE", size)
        assert "".join(pieces(text)) == text
        assert tokens(text).split() == whole


def test_between_the_pieces_of_a_long_text_it_is_asked_whether_to_go_on() -> None:
    asked: list[None] = []
    tokens("今" * (3 * folding.PIECE), lambda: asked.append(None))
    assert len(asked) >= 6
