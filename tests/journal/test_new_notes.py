"""What is new since a member was here: known to this computer alone, and told to nobody."""

from kapjournal.journal import Journal, NewNote, NoteChange
from tests.journal.open_journals import OpenJournals


def new_to(journal: Journal) -> set[str]:
    return {note.text.title for note in journal.notes.all() if journal.notes.is_new(note)}


def look_at(journal: Journal, title: str) -> None:
    journal.notes.looked_at(next(note for note in journal.notes.all() if note.text.title == title))


def test_what_came_since_is_new_until_it_was_looked_at_and_the_journal_closed(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("You waited.", title="By the car", share="Ben"))
    three.ana.notes.add(NewNote("For me.", title="Alone"))
    three.ana.notes.add(NewNote("For all.", title="To all", share="all"))
    three.ben.refresh()
    assert new_to(three.ben) == {"By the car", "To all"}
    assert new_to(three.ana) == set()
    look_at(three.ben, "By the car")
    assert new_to(three.ben) == {"By the car", "To all"}
    three.ben.close()
    assert new_to(three.open("Ben")) == {"To all"}


def test_a_change_by_another_is_new_and_one_of_your_own_is_not(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("You waited.", title="By the car", share="Ben"))
    three.ben.refresh()
    look_at(three.ben, "By the car")
    three.ben.close()
    ben = three.open("Ben")
    assert new_to(ben) == set()
    three.ana.notes.edit(note.id, NoteChange(body="You waited, in the rain."))
    assert new_to(three.ana) == set()
    ben.refresh()
    assert new_to(ben) == {"By the car"}


def test_on_a_computer_that_sees_the_journal_for_the_first_time_nothing_is_new(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("You waited.", title="By the car", share="Ben"))
    elsewhere = three.open("Ben", memory=three.folder / "elsewhere")
    assert new_to(elsewhere) == set()
    three.ana.notes.add(NewNote("And then?", title="Later", share="Ben"))
    elsewhere.refresh()
    assert new_to(elsewhere) == {"Later"}


def test_looking_writes_nothing_into_the_journal_and_says_nothing_by_its_size(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("You waited.", title="By the car", share="Ben"))
    three.ben.refresh()
    rows = three.path.read_bytes()
    (record,) = three.memory.iterdir()
    size = record.stat().st_size
    look_at(three.ben, "By the car")
    three.ben.close()
    assert three.path.read_bytes() == rows
    assert record.stat().st_size == size
    assert b"By the car" not in record.read_bytes()


def test_one_program_of_a_person_does_not_make_new_again_what_another_looked_at(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("You waited.", title="By the car", share="Ben"))
    with three.open("Ben") as second:
        assert new_to(second) == {"By the car"}
        look_at(second, "By the car")
    with three.open("Ben") as third:
        assert new_to(third) == set()


def test_of_very_many_new_notes_the_latest_are_marked(three: OpenJournals) -> None:
    three.ana.notes.add_many([NewNote(str(at), title=f"note {at}", share="Ben") for at in range(200)])
    three.ben.refresh()
    assert len(new_to(three.ben)) == 128
