"""Two programs on one file, of one person or of several: every save survives."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kapjournal.errors import Refused
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.store import Snapshot
from tests.internals import vault_of

from .open_journals import OpenJournals


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


def test_all_saves_of_two_programs_and_three_people_survive(three: OpenJournals) -> None:
    other = three.open("Ana")
    at_once(
        writing(three.ana, "first", 10),
        writing(other, "second", 10),
        writing(three.ben, "ben", 10),
        writing(three.lee, "lee", 10),
    )
    three.look()
    expected = {f"{name} {n}, changed" for name in ("first", "second", "ben", "lee") for n in range(10)}
    for journal in (*three.journals, other, three.open("Ana"), three.open("Ben")):
        assert {note.text.body for note in journal.notes.all()} == expected
        assert journal.findings == () and journal.check().is_clean


def test_both_saves_of_one_note_survive_in_its_history(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("one", share="Ben"))
    other = three.open("Ana")
    three.ana.notes.edit(note.id, NoteChange("two"))
    other.notes.edit(note.id, NoteChange(title="A title"))
    three.look()
    for program in (three.ana, other, three.open("Ana")):
        assert [(v.text.body, v.text.title) for v in program.notes.history(note.id)] == [
            ("one", ""),
            ("two", ""),
            ("two", "A title"),
        ]
        assert program.check().is_clean
    assert three.ben.notes.get(note.id).text.body == "two"


def test_refresh_says_whether_there_is_anything_new(three: OpenJournals) -> None:
    assert three.ben.refresh() is False
    three.ana.notes.add(NewNote("private"))
    three.ben.refresh()
    assert three.ben.refresh() is False
    three.ana.notes.add(NewNote("shared", share="Ben"))
    assert three.ben.refresh() is True
    assert three.ben.refresh() is False


def test_one_program_is_safe_to_use_from_several_threads(three: OpenJournals) -> None:
    at_once(
        writing(three.ana, "a", 10),
        writing(three.ana, "b", 10),
        lambda: [three.ana.search("chang") for _ in range(20)],
        lambda: [three.ana.check() for _ in range(5)],
        lambda: [three.ana.notes.all() for _ in range(50)],
    )
    assert len(three.ana.notes.all()) == 20 and three.ana.check().is_clean


def test_a_program_goes_on_while_the_other_one_closes_and_tidies(three: OpenJournals) -> None:
    for number in range(5):
        other = three.open("Ben")
        other.notes.add(NewNote(f"ben {number}", share="all"))
        three.ana.notes.add(NewNote(f"ana {number}", share="all"))
        other.close()
        three.ana.notes.add(NewNote(f"again {number}", share="all"))
    three.look()
    assert [len(journal.notes.all()) for journal in three.journals] == [15] * 3
    assert all(journal.check().is_clean for journal in three.journals)


def test_looking_at_something_else_first_hides_no_change(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("one"))
    looks: list[Callable[[], object]] = [
        lambda: three.ana.notes.history(note.id),
        three.lee.members.invitations,
        lambda: three.ben.backup(three.folder / "backup.kap"),
    ]
    for number, look in enumerate(looks):
        three.ben.notes.add(NewNote(f"ben {number}", share="all"))
        three.ana.notes.add(NewNote(f"ana {number}", share="Ben"))
        look()
        for journal in three.journals:
            journal.refresh()
        assert [len(journal.notes.all(by="Ben")) for journal in three.journals] == [number + 1] * 3
        assert len(three.ben.notes.all(by="Ana")) == number + 1


def test_whom_another_program_removed_is_not_removed_again(three: OpenJournals) -> None:
    other = three.open("Dr Lee")
    three.lee.members.remove("Ben")
    with pytest.raises(Refused):
        other.members.remove("Ben")


def test_what_another_program_noted_meanwhile_accuses_nobody(three: OpenJournals) -> None:
    """Another program writes the file and the record between the moments at which this one looks at the file
    and at the record: the record is ahead of what this one has seen, not of the file."""
    other = three.open("Ana")
    other.notes.add(NewNote("later", share="all"))
    with vault_of(three.ana).file.reading():
        vault_of(three.ana).remember()
        assert three.ana.findings == ()
    file = vault_of(three.ana).file
    read = file.reading

    @contextmanager
    def reading_late() -> Iterator[Snapshot]:
        with read() as snapshot:
            other.notes.add(NewNote("still later", share="all"))
            yield snapshot

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "reading", reading_late)
        three.ana.refresh()
        assert three.ana.findings == ()
    three.ana.refresh()
    assert three.ana.findings == ()
    assert {note.text.body for note in three.ana.notes.all()} >= {"later", "still later"}
