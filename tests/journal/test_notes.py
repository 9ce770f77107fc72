"""Writing notes, changing them, finding one's way among them."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.notes import MAX_TAGS, NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import NewNote, NoteChange, SessionChange
from kapjournal.text import MAX_BODY_BYTES

from .open_journals import OpenJournals

DAY = dt.date(2026, 3, 1)
FAMILY = "👩🏽‍🤝‍👩🏻 👨‍👩‍👧‍👦 🏳️‍🌈"
ODD_TEXTS = [
    FAMILY,
    "رحمة الله، and back שלום",
    "e\u0301 is not \u00e9 here, and ﬁ stays a ligature",
    "tab\there,  two spaces, trailing \n\n\n",
    "\u202eturned\u202c \u200bunseen\ufeff",
    "  \u2028 \u2029 \u00a0",
    "[/x] [bold]no markup[/] $HOME `rm` <b>&amp;",
    "",
]


@pytest.mark.parametrize("body", ODD_TEXTS)
def test_a_body_comes_back_to_the_letter(three: OpenJournals, body: str) -> None:
    note = three.ana.notes.add(NewNote(body, share="all"))
    three.ben.refresh()
    assert three.ben.notes.get(note.id).text.body == body
    assert three.open("Ana").notes.get(note.id).text.body == body


@pytest.mark.parametrize("body", ["a\rb", "a\x00b", "\x1b[2J", "\x7f", "\x85", "half \ud83d", "\udc00"])
def test_what_no_note_can_keep_is_refused_with_its_place(three: OpenJournals, body: str) -> None:
    with pytest.raises(Refused, match=r"line 1, column \d"):
        three.ana.notes.add(NewNote(body))
    note = three.ana.notes.add(NewNote("whole"))
    with pytest.raises(Refused, match="Nothing was saved"):
        three.ana.notes.edit(note.id, NoteChange(body=body))
    assert [n.text.body for n in three.ana.notes.all()] == ["whole"]


def test_ten_mebibytes_of_newlines_are_taken_and_one_byte_more_is_refused(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("\n" * MAX_BODY_BYTES, share="Ben"))
    three.ben.refresh()
    assert three.ben.notes.get(note.id).text.body == "\n" * MAX_BODY_BYTES
    for body in ("\n" * (MAX_BODY_BYTES + 1), "é" * (MAX_BODY_BYTES // 2) + "x"):
        with pytest.raises(Refused, match="10,485,761 bytes"):
            three.ana.notes.add(NewNote(body))
    assert len(three.ana.notes.all()) == 1


def test_a_new_note_is_private_of_today_and_a_plain_page(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("words"))
    assert note.is_private and note.author == three.ana.me.id
    assert (note.text.kind, note.text.date, note.revised) == (NoteKind.PAGE, clock.today(), None)
    assert (note.text.title, note.text.tags, note.session) == ("", (), None)
    assert three.lee.notes.add(NewNote("seen")).text.kind is NoteKind.OBSERVATION


def test_every_field_is_kept_and_can_be_changed(three: OpenJournals) -> None:
    for day in (1, 8):
        three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 2, day))
    note = three.ana.notes.add(
        NewNote("b", "A title", NoteKind.CAPTURE, DAY, ("calm", "night sky"), 1, "Ben")
    )
    assert note.text.title == "A title" and note.text.tags == ("calm", "night sky") and note.session == 1
    later = dt.date(2026, 3, 2)
    changed = three.ana.notes.edit(note.id, NoteChange("c", "", NoteKind.WEAVE, later, (), 2))
    text = changed.text
    assert (text.body, text.title, text.kind, text.date, text.tags) == ("c", "", NoteKind.WEAVE, later, ())
    assert changed.session == 2 and changed.id == note.id and changed.written == note.written
    assert changed.revised is not None and changed.readers == note.readers
    assert three.ana.notes.edit(note.id, NoteChange(session=0)).session is None
    assert three.ana.notes.get(note.id).text.body == "c"


def test_a_change_that_changes_nothing_makes_no_version(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("same", "title", tags=("calm",)))
    assert three.ana.notes.edit(note.id, NoteChange("same", "title", tags=("calm",))) == note
    assert three.ana.notes.edit(note.id, NoteChange()) == note
    assert len(three.ana.notes.history(note.id)) == 1


def test_the_most_tags_are_kept_and_one_more_is_refused(three: OpenJournals) -> None:
    tags = tuple(f"#tag {number} ünï" for number in range(MAX_TAGS))
    note = three.ana.notes.add(NewNote("b", tags=tags, share="all"))
    three.ben.refresh()
    assert three.ben.notes.get(note.id).text.tags == tuple(tag[1:] for tag in tags)
    with pytest.raises(UsageError):
        three.ana.notes.add(NewNote("b", tags=(*tags, "more")))


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewNote("b", "two\nlines"), UsageError),
        (NewNote("b", "x" * 201), UsageError),
        (NewNote("b", tags=("a,b",)), UsageError),
        (NewNote("b", tags=("",)), UsageError),
        (NewNote("b", kind=NoteKind.OBSERVATION), Refused),
        (NewNote("b", session=7), NotFound),
        (NewNote("b", share="Nobody"), NotFound),
        (NewNote("b", share="supervisor"), NotFound),
        (NewNote("b", share="Ana"), Refused),
        (NewNote("b", share=" , "), UsageError),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    three: OpenJournals, new: NewNote, error: type
) -> None:
    before = three.path.stat().st_size
    with pytest.raises(error):
        three.ana.notes.add(new)
    assert three.ana.notes.all() == [] and three.path.stat().st_size == before
    assert three.ana.check().is_clean


def test_the_clinic_writes_observations_only(three: OpenJournals) -> None:
    with pytest.raises(Refused, match="partners"):
        three.lee.notes.add(NewNote("b", kind=NoteKind.PAGE))
    note = three.ana.notes.add(NewNote("b"))
    with pytest.raises(Refused, match="clinic"):
        three.ana.notes.edit(note.id, NoteChange(kind=NoteKind.OBSERVATION))


def test_several_notes_are_all_written_or_none(three: OpenJournals) -> None:
    assert len(three.ana.notes.add_many([NewNote("1"), NewNote("2", share="Ben"), NewNote("3")])) == 3
    with pytest.raises(Refused):
        three.ana.notes.add_many([NewNote("4", share="Ben"), NewNote("\x00")])
    three.look()
    assert [len(journal.notes.all()) for journal in three.journals] == [0, 3, 1]
    assert [journal.check().is_clean for journal in three.journals] == [True] * 3


def test_an_id_may_be_shortened_while_it_is_the_only_one(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kapjournal.journal.vault.note_repository.document_name",
        lambda _, document: "same" + document.hex()[:12],
    )
    one, other = three.ana.notes.add_many([NewNote("one"), NewNote("other")])
    assert three.ana.notes.get(one.id) == one
    assert three.ana.notes.get(f" {one.id[:8].upper()} ") == one
    with pytest.raises(UsageError, match="More than one"):
        three.ana.notes.get("same")
    for wanted in ("sam", "", "same%", "none"):
        with pytest.raises(NotFound):
            three.ana.notes.get(wanted)
    assert other.id != one.id


def test_an_id_that_is_not_yours_gets_the_answer_of_one_that_does_not_exist(three: OpenJournals) -> None:
    hidden = three.ana.notes.add(NewNote("hidden"))
    shared = three.ana.notes.add(NewNote("shared", share="Ben"))
    three.ben.refresh()
    nowhere = "a" * 16
    deeds = {
        "note": three.ben.notes.get,
        "edit": lambda i: three.ben.notes.edit(i, NoteChange("mine")),
        "share": lambda i: three.ben.notes.share(i, "Dr Lee"),
        "withdraw": lambda i: three.ben.notes.withdraw(i, "Dr Lee"),
        "delete": lambda i: three.ben.notes.delete(i, now=False),
        "history": three.ben.notes.history,
    }
    for name, deed in deeds.items():
        answers = []
        for note_id in (nowhere, hidden.id, *([shared.id] if name != "note" else [])):
            with pytest.raises(NotFound) as caught:
                deed(note_id)
            answers.append((type(caught.value), str(caught.value).replace(note_id, "ID")))
        assert len(set(answers)) == 1, name
    assert three.ana.notes.get(hidden.id) == hidden


def test_notes_are_listed_by_day_and_narrowed_by_filters(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    third = three.ana.notes.add(NewNote("3", date=dt.date(2026, 3, 3), kind=NoteKind.WEAVE, share="all"))
    first = three.ana.notes.add(NewNote("1", date=DAY, tags=("Calm",), session=1, share="all"))
    second = three.ben.notes.add(NewNote("2", date=dt.date(2026, 3, 2), tags=("calm",), share="all"))
    three.look()
    for journal in three.journals:
        ids = [note.id for note in journal.notes.all()]
        assert ids == [first.id, second.id, third.id]
        assert [n.id for n in journal.notes.all(by="ana")] == [first.id, third.id]
        assert [n.id for n in journal.notes.all(session=1)] == [first.id]
        assert [n.id for n in journal.notes.all(kind=NoteKind.WEAVE)] == [third.id]
        assert [n.id for n in journal.notes.all(tag="#CALM")] == [first.id, second.id]
        assert [n.id for n in journal.notes.all(tag="calm", by="Ben")] == [second.id]
        assert journal.notes.all(by="Dr Lee") == journal.notes.all(tag="none") == []
        with pytest.raises(NotFound):
            journal.notes.all(by="Nobody")
        with pytest.raises(NotFound):
            journal.notes.all(session=9)


def test_a_note_names_its_session_by_the_number_it_has_now(three: OpenJournals) -> None:
    session = three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    note = three.ana.notes.add(NewNote("b", session=1, share="all"))
    three.lee.sessions.edit(1, SessionChange(number=5))
    three.look()
    assert [journal.notes.get(note.id).session for journal in three.journals] == [5, 5, 5]
    assert three.ana.notes.get(note.id).text.session is not None
    assert three.ana.sessions.all()[0].id == session.id
    sue = three.join("Sue", three.lee.me.role.SUPERVISOR)
    three.ana.notes.share(note.id, "Sue")
    sue.refresh()
    assert sue.sessions.all() == [] and sue.notes.get(note.id).session == 1


def test_history_is_the_authors_alone_and_oldest_first(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("one"))
    three.ana.notes.edit(note.id, NoteChange("two", tags=("calm",)))
    three.ana.notes.share(note.id, "Ben")
    three.ana.notes.edit(note.id, NoteChange("three"))
    three.ana.notes.withdraw(note.id, "Ben")
    for program in (three.ana, three.open("Ana")):
        versions = program.notes.history(note.id)
        assert [v.number for v in versions] == [1, 2, 3, 4, 5]
        assert [v.text.body for v in versions] == ["one", "two", "two", "three", "three"]
        assert [len(v.readers) for v in versions] == [1, 1, 2, 2, 1]
        assert [v.saved for v in versions] == sorted(v.saved for v in versions)
        assert versions[1].text.tags == ("calm",)
    three.ben.refresh()
    with pytest.raises(NotFound):
        three.ben.notes.history(note.id)


def test_history_keeps_its_order_when_the_clock_is_put_back(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = three.ana.notes.add(NewNote("one"))
    for number, body in enumerate(("two", "three", "four")):
        moment = dt.datetime(2020, 1, 3 - number, tzinfo=dt.UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        three.ana.notes.edit(note.id, NoteChange(body))
    for program in (three.ana, three.open("Ana")):
        assert [v.text.body for v in program.notes.history(note.id)] == ["one", "two", "three", "four"]


def test_a_deleted_note_leaves_nothing_but_its_absence(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("gone", share="all"))
    three.ana.notes.edit(note.id, NoteChange("going"))
    three.look()
    three.ana.notes.delete(note.id)
    three.look()
    for journal in (*three.journals, three.open("Ana"), three.open("Ben")):
        assert journal.notes.all() == [] and journal.check().is_clean
        for deed in (journal.notes.get, journal.notes.history, journal.notes.delete):
            with pytest.raises(NotFound):
                deed(note.id)
