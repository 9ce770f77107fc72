"""Search: beginnings of words, marked, over what one can read; a query is words and never a language."""

import datetime as dt
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import JournalLocked, NotFound
from kapjournal.journal import Journal, NewNote, NoteChange, SearchHit
from kapjournal.journal.vault.search_index import Indexed, SearchIndex

from .open_journals import OpenJournals


def found(journal: Journal, query: str) -> list[str]:
    """What the index finds, which is what looking through the notes once finds."""
    hits = journal.search(query)
    assert {hit.note.id for hit in hits} == {hit.note.id for hit in journal.search.once(query, 50)}
    return sorted(hit.note.text.body for hit in hits)


def marked(runs: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, is_match in runs if is_match]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("wonder", True),
        ("WONDER", True),
        ("won", True),
        ("w", True),
        ("onder", False),
        ("wonderfully", False),
        ("rain wonder", True),
        ("rain snow", False),
        ("cafe", True),
        ("café", True),
        ("cafe\u0301", True),
        ("ünd", True),
        ("und", True),
        ("رحم", True),
        ("  rain\n\t", True),
        ("half-light", True),
        ("half light", True),
        ("it's", True),
    ],
)
def test_a_note_is_found_by_how_its_words_begin(three: OpenJournals, query: str, is_found: bool) -> None:
    body = "Wonderful rain at the café, ünder half-light; it's رحمة 👩🏽‍🤝‍👩🏻"
    three.ana.notes.add(NewNote(body))
    assert found(three.ana, query) == ([body] if is_found else [])


OPERATORS = [
    '"',
    '""',
    'rain"',
    '"rain',
    '"rain" OR "snow',
    "rain*",
    "rain)",
    "(rain",
    "^rain",
    "title:rain",
    "body : rain",
    "{title body} : rain",
    "NEAR(rain snow)",
    "rain + snow",
    "rain AND snow",
    "rain OR nothing",
    "NOT rain",
    "-rain",
    "'; DROP TABLE words; --",
    "' OR 1=1",
    "rain\x00",
    "\x00",
    "rain \ud83d",
    "rain\ud83d",
    "_ rain",
    "rain _",
    "%",
    "\\",
    "*",
    "👩🏽‍🤝‍👩🏻",
    "",
    "   ",
]


@pytest.mark.parametrize("query", OPERATORS)
def test_a_query_is_plain_words(three: OpenJournals, query: str) -> None:
    three.ana.notes.add_many(
        [NewNote("rain and snow"), NewNote("nothing"), NewNote("drop table words near or not")]
    )
    three.ana.search(query)
    assert found(three.ana, "rain") == ["rain and snow"] and len(three.ana.notes.all()) == 3


@pytest.mark.parametrize(
    ("query", "bodies"),
    [
        ("rain OR nothing", []),
        ("rain AND snow", ["rain and snow"]),
        ("NOT rain", []),
        ("title:rain", []),
        ('"rain', ["rain and snow"]),
        ("rain*", ["rain and snow"]),
        ("^rain -snow", ["rain and snow"]),
        ("_ rain", ["rain and snow"]),
        ("rain\x00", ["rain and snow"]),
        ("drop table;--", ["drop table words near or not"]),
        ("WORDS NEAR(or)", ["drop table words near or not"]),
        ("NEAR(words or)", []),
        ("*", []),
        ("", []),
    ],
)
def test_operators_mean_nothing(three: OpenJournals, query: str, bodies: list[str]) -> None:
    three.ana.notes.add_many(
        [NewNote("rain and snow"), NewNote("nothing"), NewNote("drop table words near or not")]
    )
    assert found(three.ana, query) == bodies


def test_any_query_at_all_is_answered(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("rain and snow"))

    @settings(max_examples=300)
    @given(st.text(st.characters(), max_size=30))
    def ask(query: str) -> None:
        hits = three.ana.search(query)
        for hit in (*hits, *three.ana.search.once(query, 50)):
            assert "".join(text for text, _ in hit.excerpt) == "rain and snow"
        assert len(hits) == len(three.ana.search.once(query, 50))

    ask()


def test_matches_are_marked_and_the_rest_is_kept(three: OpenJournals) -> None:
    three.ana.notes.add(
        NewNote("a rainy day of rain, [b]rain[/b]", "Rain & sun", tags=("rainbow", "sun dog"))
    )
    (hit,) = three.ana.search("rain")
    assert marked(hit.excerpt) == ["rainy", "rain", "rain"]
    assert "".join(text for text, _ in hit.excerpt) == "a rainy day of rain, [b]rain[/b]"
    assert hit.title == (("Rain", True), (" & sun", False))
    (by_tag,) = three.ana.search("rainbow")
    assert "rainbow" in marked(by_tag.excerpt) and by_tag.title == (("Rain & sun", False),)
    assert len(three.ana.search("dog")) == 1


def test_an_excerpt_of_a_long_note_is_short_and_around_the_match(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("before " * 5000 + "needle " + "after " * 5000))
    (hit,) = three.ana.search("needle")
    text = "".join(text for text, _ in hit.excerpt)
    assert marked(hit.excerpt) == ["needle"] and len(text) < 400 and text.startswith("…")


def test_one_finds_what_one_can_read_and_nothing_else(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("private rain"))
    note = three.ana.notes.add(NewNote("shared rain", share="Ben"))
    for journal in three.journals:
        journal.search.build_index()
        journal.refresh()
    assert found(three.ana, "rain") == ["private rain", "shared rain"]
    assert found(three.ben, "rain") == ["shared rain"] and found(three.lee, "rain") == []
    three.ana.notes.edit(note.id, NoteChange("shared snow"))
    three.ben.refresh()
    assert found(three.ben, "rain") == [] and found(three.ben, "snow") == ["shared snow"]
    three.ana.notes.delete(note.id)
    three.ben.refresh()
    assert found(three.ben, "snow") == found(three.ana, "snow") == []


def test_filters_narrow_a_search(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 1))
    a = three.ana.notes.add(NewNote("rain a", kind=NoteKind.WEAVE, tags=("calm",), session=1, share="all"))
    b = three.ben.notes.add(NewNote("rain b", tags=("Calm",), share="all"))
    three.look()

    def ids(hits: list[SearchHit]) -> set[str]:
        return {hit.note.id for hit in hits}

    for journal in three.journals:
        assert ids(journal.search("rain")) == {a.id, b.id}
        assert ids(journal.search("rain", by="ana")) == {a.id}
        assert ids(journal.search("rain", session=1)) == {a.id}
        assert ids(journal.search("rain", kind=NoteKind.WEAVE)) == {a.id}
        assert ids(journal.search("rain", tag="#calm")) == {a.id, b.id}
        assert ids(journal.search("rain", tag="calm", by="Ben")) == {b.id}
        assert journal.search("rain", tag="none") == []
        with pytest.raises(NotFound):
            journal.search("rain", by="Nobody")
        with pytest.raises(NotFound):
            journal.search("rain", session=9)


def test_a_search_stops_at_its_limit_also_when_filtered(three: OpenJournals) -> None:
    three.ana.notes.add_many(
        [NewNote(f"rain {number}", tags=("even",) * (1 - number % 2)) for number in range(70)]
    )
    assert len(three.ana.search("rain")) == 50
    assert len(three.ana.search("rain", limit=7)) == 7
    assert len(three.ana.search("rain", tag="even", limit=99)) == 35
    assert len({hit.note.id for hit in three.ana.search("rain", limit=99)}) == 70


def test_the_index_is_built_beside_other_work(three: OpenJournals) -> None:
    three.ana.notes.add_many([NewNote(f"rain {number}") for number in range(300)])
    workers = [threading.Thread(target=three.ana.search.build_index) for _ in range(3)]
    for worker in workers:
        worker.start()
    assert len(three.ana.notes.all()) == 300
    three.ana.notes.add(NewNote("rain 300"))
    for worker in workers:
        worker.join()
    assert len(three.ana.search("rain", limit=999)) == 301


def test_closed_while_it_is_built_it_says_that_the_journal_is_locked(three: OpenJournals) -> None:
    """SQLite itself has rolled back what it was interrupted in."""
    notes = [three.ana.notes.add(NewNote(f"rain {number}")) for number in range(3)]
    index = SearchIndex()
    index.expect({note.id: Indexed(note) for note in notes}, are_all=True)

    def closing() -> bool:
        index._closed = True
        return True

    def follow(_done: int, _whole: int) -> None:
        index._database.set_progress_handler(closing, 1)

    with pytest.raises(JournalLocked):
        index.catch_up(follow)
    index.close()
