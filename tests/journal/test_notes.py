"""Writing notes, changing them, finding one's way among them."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.notes import MAX_TAGS, NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import NewNote, NoteChange, SessionChange
from kapjournal.text import MAX_BODY_BYTES

from .room import Room

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
def test_a_body_comes_back_to_the_letter(room: Room, body: str) -> None:
    note = room.ana.notes.add(NewNote(body, share="all"))
    room.ben.refresh()
    assert room.ben.notes.get(note.id).text.body == body
    assert room.open("Ana").notes.get(note.id).text.body == body


@pytest.mark.parametrize("body", ["a\rb", "a\x00b", "\x1b[2J", "\x7f", "\x85", "half \ud83d", "\udc00"])
def test_what_no_note_can_keep_is_refused_with_its_place(room: Room, body: str) -> None:
    with pytest.raises(Refused, match=r"line 1, column \d"):
        room.ana.notes.add(NewNote(body))
    note = room.ana.notes.add(NewNote("whole"))
    with pytest.raises(Refused, match="Nothing was saved"):
        room.ana.notes.edit(note.id, NoteChange(body=body))
    assert [n.text.body for n in room.ana.notes.all()] == ["whole"]


def test_ten_mebibytes_of_newlines_are_taken_and_one_byte_more_is_refused(room: Room) -> None:
    note = room.ana.notes.add(NewNote("\n" * MAX_BODY_BYTES, share="Ben"))
    room.ben.refresh()
    assert room.ben.notes.get(note.id).text.body == "\n" * MAX_BODY_BYTES
    for body in ("\n" * (MAX_BODY_BYTES + 1), "é" * (MAX_BODY_BYTES // 2) + "x"):
        with pytest.raises(Refused, match="10,485,761 bytes"):
            room.ana.notes.add(NewNote(body))
    assert len(room.ana.notes.all()) == 1


def test_a_new_note_is_private_of_today_and_a_plain_page(room: Room) -> None:
    note = room.ana.notes.add(NewNote("words"))
    assert note.is_private and note.author == room.ana.me.id
    assert (note.text.kind, note.text.date, note.revised) == (NoteKind.PAGE, clock.today(), None)
    assert (note.text.title, note.text.tags, note.session) == ("", (), None)
    assert room.lee.notes.add(NewNote("seen")).text.kind is NoteKind.OBSERVATION


def test_every_field_is_kept_and_can_be_changed(room: Room) -> None:
    for day in (1, 8):
        room.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 2, day))
    note = room.ana.notes.add(NewNote("b", "A title", NoteKind.CAPTURE, DAY, ("calm", "night sky"), 1, "Ben"))
    assert note.text.title == "A title" and note.text.tags == ("calm", "night sky") and note.session == 1
    later = dt.date(2026, 3, 2)
    changed = room.ana.notes.edit(note.id, NoteChange("c", "", NoteKind.WEAVE, later, (), 2))
    text = changed.text
    assert (text.body, text.title, text.kind, text.date, text.tags) == ("c", "", NoteKind.WEAVE, later, ())
    assert changed.session == 2 and changed.id == note.id and changed.written == note.written
    assert changed.revised is not None and changed.readers == note.readers
    assert room.ana.notes.edit(note.id, NoteChange(session=0)).session is None
    assert room.ana.notes.get(note.id).text.body == "c"


def test_a_change_that_changes_nothing_makes_no_version(room: Room) -> None:
    note = room.ana.notes.add(NewNote("same", "title", tags=("calm",)))
    assert room.ana.notes.edit(note.id, NoteChange("same", "title", tags=("calm",))) == note
    assert room.ana.notes.edit(note.id, NoteChange()) == note
    assert len(room.ana.notes.history(note.id)) == 1


def test_the_most_tags_are_kept_and_one_more_is_refused(room: Room) -> None:
    tags = tuple(f"#tag {number} ünï" for number in range(MAX_TAGS))
    note = room.ana.notes.add(NewNote("b", tags=tags, share="all"))
    room.ben.refresh()
    assert room.ben.notes.get(note.id).text.tags == tuple(tag[1:] for tag in tags)
    with pytest.raises(UsageError):
        room.ana.notes.add(NewNote("b", tags=(*tags, "more")))


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
def test_what_cannot_be_is_refused_and_nothing_is_written(room: Room, new: NewNote, error: type) -> None:
    before = room.path.stat().st_size
    with pytest.raises(error):
        room.ana.notes.add(new)
    assert room.ana.notes.all() == [] and room.path.stat().st_size == before
    assert room.ana.check().is_clean


def test_the_clinic_writes_observations_only(room: Room) -> None:
    with pytest.raises(Refused, match="partners"):
        room.lee.notes.add(NewNote("b", kind=NoteKind.PAGE))
    note = room.ana.notes.add(NewNote("b"))
    with pytest.raises(Refused, match="clinic"):
        room.ana.notes.edit(note.id, NoteChange(kind=NoteKind.OBSERVATION))


def test_several_notes_are_all_written_or_none(room: Room) -> None:
    assert len(room.ana.notes.add_many([NewNote("1"), NewNote("2", share="Ben"), NewNote("3")])) == 3
    with pytest.raises(Refused):
        room.ana.notes.add_many([NewNote("4", share="Ben"), NewNote("\x00")])
    room.look()
    assert [len(journal.notes.all()) for journal in room.journals] == [0, 3, 1]
    assert [journal.check().is_clean for journal in room.journals] == [True] * 3


def test_an_id_may_be_shortened_while_it_is_the_only_one(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "kapjournal.journal.vault.note_repository.document_name",
        lambda _, document: "same" + document.hex()[:12],
    )
    one, other = room.ana.notes.add_many([NewNote("one"), NewNote("other")])
    assert room.ana.notes.get(one.id) == one
    assert room.ana.notes.get(f" {one.id[:8].upper()} ") == one
    with pytest.raises(UsageError, match="More than one"):
        room.ana.notes.get("same")
    for wanted in ("sam", "", "same%", "none"):
        with pytest.raises(NotFound):
            room.ana.notes.get(wanted)
    assert other.id != one.id


def test_an_id_that_is_not_yours_gets_the_answer_of_one_that_does_not_exist(room: Room) -> None:
    hidden = room.ana.notes.add(NewNote("hidden"))
    shared = room.ana.notes.add(NewNote("shared", share="Ben"))
    room.ben.refresh()
    nowhere = "a" * 16
    deeds = {
        "note": room.ben.notes.get,
        "edit": lambda i: room.ben.notes.edit(i, NoteChange("mine")),
        "share": lambda i: room.ben.notes.share(i, "Dr Lee"),
        "withdraw": lambda i: room.ben.notes.withdraw(i, "Dr Lee"),
        "delete": room.ben.notes.delete,
        "history": room.ben.notes.history,
    }
    for name, deed in deeds.items():
        answers = []
        for note_id in (nowhere, hidden.id, *([shared.id] if name != "note" else [])):
            with pytest.raises(NotFound) as caught:
                deed(note_id)
            answers.append((type(caught.value), str(caught.value).replace(note_id, "ID")))
        assert len(set(answers)) == 1, name
    assert room.ana.notes.get(hidden.id) == hidden


def test_notes_are_listed_by_day_and_narrowed_by_filters(room: Room) -> None:
    room.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    third = room.ana.notes.add(NewNote("3", date=dt.date(2026, 3, 3), kind=NoteKind.WEAVE, share="all"))
    first = room.ana.notes.add(NewNote("1", date=DAY, tags=("Calm",), session=1, share="all"))
    second = room.ben.notes.add(NewNote("2", date=dt.date(2026, 3, 2), tags=("calm",), share="all"))
    room.look()
    for journal in room.journals:
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


def test_a_note_names_its_session_by_the_number_it_has_now(room: Room) -> None:
    session = room.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    note = room.ana.notes.add(NewNote("b", session=1, share="all"))
    room.lee.sessions.edit(1, SessionChange(number=5))
    room.look()
    assert [journal.notes.get(note.id).session for journal in room.journals] == [5, 5, 5]
    assert room.ana.notes.get(note.id).text.session is not None
    assert room.ana.sessions.all()[0].id == session.id
    sue = room.join("Sue", room.lee.me.role.SUPERVISOR)
    room.ana.notes.share(note.id, "Sue")
    sue.refresh()
    assert sue.sessions.all() == [] and sue.notes.get(note.id).session == 1


def test_history_is_the_authors_alone_and_oldest_first(room: Room) -> None:
    note = room.ana.notes.add(NewNote("one"))
    room.ana.notes.edit(note.id, NoteChange("two", tags=("calm",)))
    room.ana.notes.share(note.id, "Ben")
    room.ana.notes.edit(note.id, NoteChange("three"))
    room.ana.notes.withdraw(note.id, "Ben")
    for program in (room.ana, room.open("Ana")):
        versions = program.notes.history(note.id)
        assert [v.number for v in versions] == [1, 2, 3, 4, 5]
        assert [v.text.body for v in versions] == ["one", "two", "two", "three", "three"]
        assert [len(v.readers) for v in versions] == [1, 1, 2, 2, 1]
        assert [v.saved for v in versions] == sorted(v.saved for v in versions)
        assert versions[1].text.tags == ("calm",)
    room.ben.refresh()
    with pytest.raises(NotFound):
        room.ben.notes.history(note.id)


def test_history_keeps_its_order_when_the_clock_is_put_back(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = room.ana.notes.add(NewNote("one"))
    for number, body in enumerate(("two", "three", "four")):
        moment = dt.datetime(2020, 1, 3 - number, tzinfo=dt.UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        room.ana.notes.edit(note.id, NoteChange(body))
    for program in (room.ana, room.open("Ana")):
        assert [v.text.body for v in program.notes.history(note.id)] == ["one", "two", "three", "four"]


def test_a_deleted_note_leaves_nothing_but_its_absence(room: Room) -> None:
    note = room.ana.notes.add(NewNote("gone", share="all"))
    room.ana.notes.edit(note.id, NoteChange("going"))
    room.look()
    room.ana.notes.delete(note.id)
    room.look()
    for journal in (*room.journals, room.open("Ana"), room.open("Ben")):
        assert journal.notes.all() == [] and journal.check().is_clean
        for deed in (journal.notes.get, journal.notes.history, journal.notes.delete):
            with pytest.raises(NotFound):
                deed(note.id)
