"""What a merge brings, whoever does it."""

import pytest

from kapjournal.journal import Journal, NewNote, NoteChange

from .computers import Computer


def bodies(program: Journal) -> set[str]:
    return {note.text.body for note in program.notes.all()}


@pytest.mark.parametrize("does_it", ["the author", "the reader"])
def test_what_another_withdrew_is_gone_from_the_copy_whoever_merges(
    six: list[Computer], does_it: str
) -> None:
    ana, ben = six[2], six[4]
    note = ana.program().notes.add(NewNote("for Ben", share="Ben"))
    ben.program().copies.merge(ana.path)
    assert bodies(ben.program()) == {"for Ben"}
    ana.program().notes.withdraw(note.id, "Ben")
    if does_it == "the author":
        ana.program().copies.merge(ben.path)
        ben.program().refresh()
    else:
        ben.program().copies.merge(ana.path)
    assert bodies(ben.program()) == set()
    assert ben.program().findings == ()
    assert ben.rows() == ana.rows()


def test_what_another_changed_is_changed_in_the_copy_of_the_reader_who_merges(six: list[Computer]) -> None:
    ana, ben = six[2], six[4]
    note = ana.program().notes.add(NewNote("first", share="Ben"))
    ben.program().copies.merge(ana.path)
    ana.program().notes.edit(note.id, NoteChange("second"))
    ben.program().copies.merge(ana.path)
    assert bodies(ben.program()) == {"second"}
    assert ben.program().findings == ()
