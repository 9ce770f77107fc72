"""Search in every script, and searches that must not keep anybody waiting."""

import threading
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapjournal.domain import folding, matching
from kapjournal.domain.matching import Marker, query_words
from kapjournal.domain.notes import Note
from kapjournal.errors import JournalLocked, SearchDropped
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.vault import search_index
from kapjournal.journal.vault.standing_versions import StoredVersion
from tests.internals import vault_of

from .open_journals import OpenJournals
from .test_search import found, marked


@pytest.mark.parametrize(
    ("body", "queries", "others"),
    [
        (
            "今日は友達と公園で会った。",
            ["今日", "友達", "公園で", "達と公", "園", "。友達"],
            ["友公", "達友"],
        ),
        ("我们昨天在公园散步", ["昨天", "公园", "步"], ["天昨"]),
        ("오늘은 공원에서 산책했다", ["공원", "원에서", "책했", "오늘은"], ["늘오"]),
        ("วันนี้เราไปเดินเล่นที่สวน", ["เรา", "เดินเล่น", "สวน", "ที่"], ["สวนที่"]),
        (
            "yes 👩🏽\u200d🤝\u200d👩🏻 love❤\ufe0f",
            ["👩", "🤝", "❤", "love", "👩🏽\u200d🤝\u200d👩🏻"],
            ["👨"],
        ),
        ("私はiPhone15を買った", ["iphone", "iPhone15を", "を買", "買った"], ["phone"]),
        ("हिन्दी में लिखा", ["हिन्दी", "हिन्", "लिखा"], ["न्दी"]),
        ("STRASSE ΣΊΣΥΦΟΣ Łódź İzmir ﬁn", ["straße", "σίσυφος", "lodz", "izmir", "fin"], ["izmit"]),
    ],
)
def test_every_script_is_found(three: OpenJournals, body: str, queries: list[str], others: list[str]) -> None:
    three.ana.notes.add(NewNote(body))
    for query in queries:
        (hit,) = three.ana.search(query)
        assert marked(hit.excerpt), query
        assert "".join(text for text, _ in hit.excerpt) == body
    for query in others:
        assert found(three.ana, query) == []


SCRIPTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029"), min_size=1, max_size=40
)
SPACELESS = st.text("今日は友達がวันนี้ສະບາຍမြန်ខ្មែ한국어공원👩❤🌧", min_size=2, max_size=40)


def test_whatever_was_written_is_found_by_its_words_and_marked(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("x"))

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(SCRIPTS | SPACELESS, st.data())
    def ask(body: str, data: st.DataObject) -> None:
        three.ana.notes.edit(note.id, NoteChange(body))
        words = [word for word in body.split() if query_words(word)]
        if not words:
            return
        word = data.draw(st.sampled_from(words))
        (hit,) = three.ana.search(word)
        assert marked(hit.excerpt)
        assert "".join(text for text, _ in hit.excerpt) == body

    ask()


def test_any_part_of_what_is_written_without_spaces_is_found(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("x"))

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(SPACELESS, st.data())
    def ask(body: str, data: st.DataObject) -> None:
        three.ana.notes.edit(note.id, NoteChange(body))
        begin = data.draw(st.integers(0, len(body) - 2))
        part = body[begin : data.draw(st.integers(begin + 2, len(body)))]
        (hit,) = three.ana.search(part)
        assert marked(hit.excerpt)

    ask()


def test_what_the_index_finds_is_what_is_marked(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("x"))
    alphabet = "ab-. 今はが\u3099か한하\u11ab👩é\u0301\u200d"

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(alphabet, max_size=25), st.text(alphabet.replace(" ", ""), min_size=1, max_size=4))
    def ask(body: str, query: str) -> None:
        three.ana.notes.edit(note.id, NoteChange(body))
        hits = three.ana.search(query)
        runs = Marker(query_words(query)).marked(body)
        assert bool(hits) == any(is_match for _, is_match in runs)

    ask()


def test_one_note_of_one_word_is_looked_at_once(three: OpenJournals, monkeypatch: pytest.MonkeyPatch) -> None:
    three.ana.notes.add_many([NewNote("rain " * 200_000), NewNote("a" * 1_000_000), NewNote("今" * 300_000)])
    three.ana.search.build_index()
    looked_at = [0]

    def counted(text: str) -> str:
        looked_at[0] += len(text)
        return folding.folded(text)

    monkeypatch.setattr(matching, "folded", counted)
    for query in ("rain", "a", "今", "r", "rain rain rain", "今今今"):
        (hit,) = three.ana.search(query)
        assert marked(hit.excerpt) and len("".join(text for text, _ in hit.excerpt)) < 400
    assert looked_at[0] < 50_000


def test_a_search_that_is_not_wanted_any_more_is_dropped(three: OpenJournals) -> None:
    three.ana.notes.add_many([NewNote(f"rain {number}") for number in range(200)])
    three.ana.search.build_index()
    with pytest.raises(SearchDropped):
        three.ana.search("rain", is_dropped=lambda: True)
    asked: list[None] = []

    def after_some() -> bool:
        asked.append(None)
        return len(asked) > 20

    with pytest.raises(SearchDropped):
        three.ana.search("rain", is_dropped=after_some)
    assert len(asked) == 21
    assert len(three.ana.search("rain", limit=300)) == 200


def test_a_lock_does_not_wait_for_a_search(three: OpenJournals) -> None:
    """The search asks whether it is still wanted; by then the journal is being locked, in another thread."""
    three.ana.notes.add_many([NewNote(f"rain {number}") for number in range(200)])
    three.ana.search.build_index()
    searching, closing = threading.Event(), threading.Event()
    ended: list[BaseException] = []
    index = vault_of(three.ana).index

    def is_dropped() -> bool:
        searching.set()
        assert closing.wait(30)
        return False

    def search() -> None:
        try:
            three.ana.search("rain", is_dropped=is_dropped)
        except BaseException as error:  # noqa: BLE001 - it is looked at below
            ended.append(error)

    worker, closer = threading.Thread(target=search), threading.Thread(target=three.ana.close)
    worker.start()
    assert searching.wait(30)
    closer.start()
    while not index._closed:
        closer.join(0.01)
    closing.set()
    worker.join(30)
    closer.join(30)
    assert [type(error) for error in ended] == [JournalLocked]


def test_a_lock_does_not_wait_until_the_index_is_built(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.ana.notes.add_many([NewNote(f"rain {number}") for number in range(50)])
    index, indexed = vault_of(three.ana).index, [0]

    def counted(text: str, check: Callable[[], object]) -> str:
        indexed[0] += 1
        index._closed = indexed[0] > 4
        return folding.tokens(text, check)

    monkeypatch.setattr(search_index, "tokens", counted)
    with pytest.raises(JournalLocked):
        three.ana.search.build_index()
    assert indexed[0] <= 7


def test_a_search_looks_at_those_notes_alone_that_changed(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = three.ana.notes.add_many([NewNote(f"rain {number}") for number in range(100)])
    three.ana.search.build_index()
    repository, built = vault_of(three.ana).notes, [0]
    once = repository._note_or_none

    def counted(stored: StoredVersion) -> Note | None:
        built[0] += 1
        return once(stored)

    monkeypatch.setattr(repository, "_note_or_none", counted)
    assert len(three.ana.search("rain", limit=200)) == 100 and built == [0]
    three.ana.notes.edit(notes[0].id, NoteChange("snow"))
    three.ana.notes.delete(notes[1].id)
    new = three.ana.notes.add(NewNote("snow and rain"))
    three.ana.notes.share(notes[2].id, "Ben")
    built[0] = 0
    assert len(three.ana.search("rain", limit=200)) == 99 and built[0] <= 6
    assert {hit.note.id for hit in three.ana.search("snow")} == {notes[0].id, new.id}
    shared = [hit.note for hit in three.ana.search("rain 2") if hit.note.id == notes[2].id]
    assert len(shared) == 1 and not shared[0].is_private


def test_an_index_that_could_not_be_written_is_made_anew(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = three.ana.notes.add_many([NewNote(f"rain {number}") for number in range(9)])
    assert len(three.ana.search("rain")) == 9

    def full(text: str, check: Callable[[], object]) -> str:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(search_index, "tokens", full)
        three.ana.notes.edit(notes[0].id, NoteChange("snow"))
        three.ana.notes.delete(notes[1].id)
        with pytest.raises(MemoryError):
            three.ana.search("rain")
    three.ana.notes.add(NewNote("rain again"))
    assert len(three.ana.search("rain")) == 8 and found(three.ana, "snow") == ["snow"]


def test_threads_that_search_and_write_at_once_leave_the_index_level(three: OpenJournals) -> None:
    notes = three.ana.notes.add_many([NewNote(f"rain {number}") for number in range(20)])

    def search() -> None:
        for _ in range(20):
            three.ana.search("rain")

    workers = [threading.Thread(target=search) for _ in range(3)]
    for worker in workers:
        worker.start()
    for number, note in enumerate(notes):
        three.ana.notes.edit(note.id, NoteChange(f"snow {number}"))
    for worker in workers:
        worker.join()
    assert len(three.ana.search("snow")) == 20 and three.ana.search("rain") == []
