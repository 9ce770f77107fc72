"""What a merge brings, whoever does it."""

import pytest

from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.presentation.copies import merged

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


def test_of_what_was_written_on_both_it_is_said_that_two_texts_stand(six: list[Computer]) -> None:
    one, other = six[2], six[3]
    note = one.program().notes.add(NewNote("by the ferry"))
    other.program().copies.merge(one.path)
    one.program().notes.edit(note.id, NoteChange(body="by the ferry, in March"))
    other.program().notes.edit(note.id, NoteChange(body="in the snow"))
    report = other.program().copies.merge(one.path)
    assert (report.changed, report.two_texts) == (1, 1)
    assert "Written on both: one note. Both texts stand there now, one below the other." in merged(report)
    assert other.program().copies.merge(one.path).two_texts == 0
