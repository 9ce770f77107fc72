"""Where words of a query are: marks around them and nothing else, and a short excerpt, in time that grows as
the text does."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kapjournal.domain import matching
from kapjournal.domain.folding import PIECE, composed, folded
from kapjournal.domain.matching import EXCERPT, Marker, Runs, opening, query_words


def marks(query: str, text: str) -> list[str]:
    return [words for words, found in Marker(query_words(query)).marked(text) if found]


def whole(runs: Runs) -> str:
    return "".join(words for words, _ in runs)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("rain", "A rainy day, Rain; terrain", ["rainy", "Rain"]),
        ("cafe", "Cafe\u0301 CAFÉ", ["Cafe\u0301", "CAFÉ"]),
        ("straße", "die STRASSEN", ["STRASSEN"]),
        ("half-light", "half — light half light halflight", ["half — light", "half light"]),
        ("友達", "今日は友達と", ["友達"]),
        ("今今", "今今今。", ["今今今"]),
        ("が", "か か\u3099が", ["か\u3099が"]),
        ("か", "か か\u3099が", ["か"]),
        ("하나", "하나 \u1112\u1161\u1102\u1161 한나", ["하나", "\u1112\u1161\u1102\u1161"]),
        ("하", "하 한 \u1112\u1161\u11ab", ["하"]),
        ("ท", "ที่นี่", ["ที่"]),
        ("हिन्", "हिन्दी", ["हिन्दी"]),
        ("iphoneを", "私はiPhoneを使う iphone を", ["iPhoneを", "iphone を"]),
        ("👩", "a👩🏽\u200d🤝\u200d👩🏻b", ["👩🏽\u200d🤝\u200d👩🏻"]),
        ("❤", "❤\ufe0f", ["❤\ufe0f"]),
        ("rain ain", "rain", ["rain"]),
        ("…", "…", []),
    ],
)
def test_what_was_found_is_marked_and_nothing_else(query: str, text: str, marked: list[str]) -> None:
    assert marks(query, text) == marked
    assert whole(Marker(query_words(query)).marked(text)) == text


@pytest.mark.parametrize(
    ("query", "text", "places"),
    [("rain", "A rainy day, Rain; terrain", 2), ("a rain", "a rainy day", 2), ("友", "友達と友", 2)],
)
def test_places_are_counted(query: str, text: str, places: int) -> None:
    assert Marker(query_words(query)).count(text) == places


ANY = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
SPACELESS = "今日は友達と公園でหน้าที่ສະບາຍມြန်မာភាសាខ្មែ한국어공부"


@given(ANY)
@example("a\u0301b")
@example("ß")
def test_every_word_of_a_text_is_marked_by_itself(text: str) -> None:
    for word in text.split():
        if query_words(word):
            assert (
                "".join(folded("".join(marks(word, text))).split()).find("".join(folded(word).split())) >= 0
            )


@given(st.text(alphabet=SPACELESS, min_size=2, max_size=40), st.data())
def test_any_part_of_a_text_without_spaces_is_marked(text: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", text)
    begin = data.draw(st.integers(0, max(len(text) - 2, 0)))
    part = text[begin : data.draw(st.integers(min(begin + 2, len(text)), len(text)))]
    typed = unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), text)
    assert composed(folded(part)).strip() in composed(folded("".join(marks(part, typed))))


def test_an_excerpt_is_where_most_of_the_words_are() -> None:
    text = "rain " * 40 + "filler " * 100 + "It ended. Then rain fell on the snow at last. " + "after " * 100
    shown = Marker(query_words("rain snow")).excerpt(text)
    assert shown is not None
    assert [words for words, found in shown if found] == ["rain", "snow"]
    assert whole(shown).startswith("…Then rain fell on the snow") and whole(shown).endswith("…")
    assert len(whole(shown)) <= EXCERPT + 2


@given(
    st.text(alphabet="ab今👩é\u0301\u200d .\n", max_size=900),
    st.sampled_from(["a", "ab", "今", "今今", "👩", "e", "b a", "a-b"]),
)
def test_an_excerpt_is_a_short_part_of_the_text_with_a_mark(text: str, query: str) -> None:
    marker = Marker(query_words(query))
    shown = marker.excerpt(text)
    if shown is None:
        assert not any(found for _, found in marker.marked(text))
        shown = opening(text)
    else:
        assert any(found for _, found in shown)
    assert whole(shown).strip("…") in text and len(whole(shown)) <= EXCERPT + 100


def test_a_match_at_the_end_of_a_long_note_is_shown() -> None:
    for filler in ("before ", "今日は", "a", "é"):
        text = filler * (3 * PIECE // len(filler)) + " needle"
        shown = Marker(query_words("needle")).excerpt(text)
        assert shown is not None and shown[-1] == ("needle", True) and whole(shown).startswith("…")


def test_what_is_looked_at_grows_no_faster_than_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = [0]

    def counted(text: str) -> str:
        looked_at[0] += len(text)
        return folded(text)

    monkeypatch.setattr(matching, "folded", counted)
    for unit in ("rain ", "rain", "r", "今", "rain\u0301 ", "👩\u200d"):
        for query in ("rain", "r", "今", "👩", "rainx"):
            text = unit * (1_000_000 // len(unit))
            words = query_words(query)
            looked_at[0] = 0
            Marker(words).excerpt(text)
            assert looked_at[0] <= 1.1 * len(text) + 2 * EXCERPT, (unit, query)


def test_a_search_looks_through_no_more_than_it_may() -> None:
    marker = Marker(query_words("needle"), budget=3 * PIECE)
    long = "before " * PIECE + "needle"
    assert marker.excerpt(long) is None
    assert marker.excerpt("a needle") is None


def test_between_the_pieces_of_a_long_text_it_is_asked_whether_to_go_on() -> None:
    class Enough(Exception):
        """It was asked."""

    def enough() -> None:
        raise Enough

    with pytest.raises(Enough):
        Marker(query_words("needle"), enough).excerpt("needle")


def test_a_word_of_a_query_counts_once() -> None:
    assert len(query_words("rain RAIN  rain; … snow")) == 2
