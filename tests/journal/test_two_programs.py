"""Two programs on one file, of one person or of several: every save survives."""

import threading
from collections.abc import Callable

from kapjournal.journal import Journal, NewNote, NoteChange

from .room import Room


def at_once(*deeds: Callable[[], object]) -> None:
    """Do everything at the same time; whatever goes wrong in one of them goes wrong here."""
    wrong: list[BaseException] = []

    def guarded(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=guarded, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def writing(journal: Journal, name: str, many: int) -> Callable[[], None]:
    def deed() -> None:
        for number in range(many):
            note = journal.notes.add(NewNote(f"{name} {number}", share="all"))
            journal.notes.edit(note.id, NoteChange(f"{name} {number}, changed"))

    return deed


def test_all_saves_of_two_programs_and_three_people_survive(room: Room) -> None:
    other = room.open("Ana")
    at_once(
        writing(room.ana, "first", 10),
        writing(other, "second", 10),
        writing(room.ben, "ben", 10),
        writing(room.lee, "lee", 10),
    )
    room.look()
    expected = {f"{name} {n}, changed" for name in ("first", "second", "ben", "lee") for n in range(10)}
    for journal in (*room.journals, other, room.open("Ana"), room.open("Ben")):
        assert {note.text.body for note in journal.notes.all()} == expected
        assert journal.findings == () and journal.check().is_clean


def test_both_saves_of_one_note_survive_in_its_history(room: Room) -> None:
    note = room.ana.notes.add(NewNote("one", share="Ben"))
    other = room.open("Ana")
    room.ana.notes.edit(note.id, NoteChange("two"))
    other.notes.edit(note.id, NoteChange(title="A title"))
    room.look()
    for program in (room.ana, other, room.open("Ana")):
        assert [(v.text.body, v.text.title) for v in program.notes.history(note.id)] == [
            ("one", ""),
            ("two", ""),
            ("two", "A title"),
        ]
        assert program.check().is_clean
    assert room.ben.notes.get(note.id).text.body == "two"


def test_refresh_says_whether_there_is_anything_new(room: Room) -> None:
    assert room.ben.refresh() is False
    room.ana.notes.add(NewNote("private"))
    room.ben.refresh()
    assert room.ben.refresh() is False
    room.ana.notes.add(NewNote("shared", share="Ben"))
    assert room.ben.refresh() is True
    assert room.ben.refresh() is False


def test_one_program_is_safe_to_use_from_several_threads(room: Room) -> None:
    at_once(
        writing(room.ana, "a", 10),
        writing(room.ana, "b", 10),
        lambda: [room.ana.search("chang") for _ in range(20)],
        lambda: [room.ana.check() for _ in range(5)],
        lambda: [room.ana.notes.all() for _ in range(50)],
    )
    assert len(room.ana.notes.all()) == 20 and room.ana.check().is_clean


def test_a_program_goes_on_while_the_other_one_closes_and_tidies(room: Room) -> None:
    for number in range(5):
        other = room.open("Ben")
        other.notes.add(NewNote(f"ben {number}", share="all"))
        room.ana.notes.add(NewNote(f"ana {number}", share="all"))
        other.close()
        room.ana.notes.add(NewNote(f"again {number}", share="all"))
    room.look()
    assert [len(journal.notes.all()) for journal in room.journals] == [15] * 3
    assert all(journal.check().is_clean for journal in room.journals)


def test_looking_at_something_else_first_hides_no_change(room: Room) -> None:
    note = room.ana.notes.add(NewNote("one"))
    looks: list[Callable[[], object]] = [
        lambda: room.ana.notes.history(note.id),
        room.lee.members.invitations,
        lambda: room.ben.backup(room.folder / "backup.kap"),
    ]
    for number, look in enumerate(looks):
        room.ben.notes.add(NewNote(f"ben {number}", share="all"))
        room.ana.notes.add(NewNote(f"ana {number}", share="Ben"))
        look()
        for journal in room.journals:
            journal.refresh()
        assert [len(journal.notes.all(by="Ben")) for journal in room.journals] == [number + 1] * 3
        assert len(room.ben.notes.all(by="Ana")) == number + 1
