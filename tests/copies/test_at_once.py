"""One person writes on two computers at once: what each of them, and their readers, see when they meet."""

from pathlib import Path

import pytest

from kapjournal.domain.notes import draft_of
from kapjournal.errors import Refused
from kapjournal.journal import NewNote, NoteChange

from .computers import Computer
from .stories import another_computer, bring_together, edit_begun, kinds, texts, versions


def test_two_edits_are_both_kept_and_shown_until_the_author_saves(six: list[Computer]) -> None:
    ana, ana_too, ben = six[2], six[3], six[4]
    note = ana.program().notes.add(NewNote("first", share="Ben"))
    bring_together(ana, ana_too, ben)
    ana.program().notes.edit(note.id, NoteChange("home"))
    ana_too.program().notes.edit(note.id, NoteChange("clinic"))
    bring_together(ana, ana_too, ben)
    assert texts(ana) == texts(ana_too) == texts(ben) == {"home", "clinic"}
    ana_too.program().notes.edit(note.id, NoteChange("both"))
    bring_together(ana, ana_too, ben)
    assert texts(ana) == texts(ana_too) == texts(ben) == {"both"}
    assert versions(ana, note) == versions(ana_too, note) == {"first", "home", "clinic", "both"}
    assert not kinds(ana) | kinds(ana_too) | kinds(ben)


def test_withdrawn_on_one_computer_is_withdrawn_from_the_edit_on_the_other(six: list[Computer]) -> None:
    ana, ana_too, ben, ben_too = six[2:]
    note = ana.program().notes.add(NewNote("first", share="Ben"))
    bring_together(*six[2:])
    ana.program().notes.withdraw(note.id, "Ben")
    ana_too.program().notes.edit(note.id, NoteChange("still shared here"))
    bring_together(*six[2:])
    assert texts(ben) == texts(ben_too) == set()
    assert texts(ana) == texts(ana_too) == {"first", "still shared here"}
    assert not kinds(ana) | kinds(ben)


def test_deleted_on_one_computer_is_for_its_author_alone_as_edited_on_the_other(six: list[Computer]) -> None:
    ana, ana_too, ben, _ = six[2:]
    note = ana.program().notes.add(NewNote("first", share="Ben"))
    bring_together(*six[2:])
    ana.program().notes.delete(note.id)
    ana_too.program().notes.edit(note.id, NoteChange("second"))
    bring_together(*six[2:])
    assert texts(ben) == set()
    assert texts(ana) == texts(ana_too) == {"second"}
    ana.program().notes.delete(note.id)
    bring_together(*six[2:])
    assert texts(ana) == texts(ana_too) == set()
    assert not kinds(ana) | kinds(ben)


def test_a_deletion_holds_on_a_third_computer_after_the_note_was_saved_again(
    six: list[Computer], tmp_path: Path
) -> None:
    ana, ana_too, ben, _ = six[2:]
    note = ana.program().notes.add(NewNote("first", share="Ben"))
    bring_together(*six[2:])
    third = another_computer(ana, tmp_path / "third")
    ana.program().notes.delete(note.id)
    ana_too.program().notes.edit(note.id, NoteChange("second"))
    bring_together(ana, ana_too, ben)
    ana_too.program().notes.edit(note.id, NoteChange("saved again"))
    third.program().notes.edit(note.id, NoteChange("not having heard of it"))
    bring_together(third, ana, ana_too, ben)
    assert texts(ben) == set()
    assert texts(ana) == texts(third) == {"saved again", "not having heard of it"}
    assert not kinds(ana) | kinds(ben)
    third.shut_down()


def test_shared_with_one_here_and_with_another_there_is_shared_with_both(six: list[Computer]) -> None:
    ana, ana_too = six[2:4]
    note = ana.program().notes.add(NewNote("words"))
    bring_together(*six)
    ana.program().notes.share(note.id, "Ben")
    ana_too.program().notes.share(note.id, "Dr Lee")
    bring_together(*six)
    assert [texts(computer) for computer in six] == [{"words"}] * 6
    assert not ana.program().notes.get(note.id).beside


def test_a_save_that_takes_the_place_of_two_is_for_those_who_could_read_each(six: list[Computer]) -> None:
    ana, ana_too, ben, lee = six[2], six[3], six[4], six[0]
    note = ana.program().notes.add(NewNote("words", share="Dr Lee"))
    bring_together(*six)
    ana.program().notes.share(note.id, "Ben")
    ana_too.program().notes.edit(note.id, NoteChange("never meant for Ben"))
    bring_together(*six)
    assert texts(ben) == {"words"} and texts(lee) == {"words", "never meant for Ben"}
    ana.program().notes.edit(note.id, NoteChange("words, and what was never meant for Ben"))
    bring_together(*six)
    assert texts(ben) == set() and texts(lee) == {"words, and what was never meant for Ben"}
    assert not kinds(ana) | kinds(ben) | kinds(lee)


def test_a_finished_draft_is_for_those_who_could_read_each_and_leaves_what_it_did_not_see(
    six: list[Computer],
) -> None:
    ana, ana_too, ben, lee = six[2], six[3], six[4], six[0]
    note = ana.program().notes.add(NewNote("words", share="Ben,Dr Lee"))
    bring_together(*six)
    draft = edit_begun(ana, note, "begun before")
    ana_too.program().notes.withdraw(note.id, "Ben")
    ana_too.program().notes.edit(note.id, NoteChange("written meanwhile"))
    bring_together(ana, ana_too)
    ana.program().drafts.finish(draft)
    bring_together(*six)
    assert texts(ana) == texts(ana_too) == texts(lee) == {"begun before", "written meanwhile"}
    assert texts(ben) == set()
    assert not kinds(ana) | kinds(ben) | kinds(lee)


@pytest.mark.parametrize("_", range(6))
def test_what_both_settle_at_once_in_the_same_way_ends_as_one(six: list[Computer], _: int) -> None:
    ana, ana_too, ben, lee = six[2], six[3], six[4], six[0]
    note = ana.program().notes.add(NewNote("first", share="Ben,Dr Lee"))
    bring_together(*six)
    ana.program().notes.withdraw(note.id, "Ben")
    ana_too.program().notes.edit(note.id, NoteChange("second"))
    aside = [as_of(computer) for computer in (ana, ana_too)]
    ana.program().copies.merge(aside[1])
    ana_too.program().copies.merge(aside[0])
    aside = [as_of(computer) for computer in (ana, ana_too)]
    ana.program().copies.merge(aside[1])
    ana_too.program().copies.merge(aside[0])
    bring_together(*six)
    assert texts(ana) == texts(ana_too) == texts(lee) == {"first", "second"}
    assert len(ana.program().notes.get(note.id).versions) == 2
    assert texts(ben) == set()
    assert not kinds(ana) | kinds(ana_too) | kinds(lee) | kinds(ben)


def as_of(computer: Computer) -> Path:
    """What is given to the other computer on a stick: a copy of the file as it is now."""
    stick = computer.folder / f"stick {len(list(computer.folder.iterdir()))}.kap"
    computer.program().backup(stick)
    return stick


def test_who_reads_one_of_two_texts_is_named_as_a_reader_and_can_be_withdrawn_from(
    six: list[Computer],
) -> None:
    ana, ana_too, ben, lee = six[2], six[3], six[4], six[0]
    note = ana.program().notes.add(NewNote("words", share="Dr Lee"))
    bring_together(*six)
    ana.program().notes.share(note.id, "Ben")
    ana_too.program().notes.edit(note.id, NoteChange("never meant for Ben"))
    bring_together(*six)
    shown = ana.program().notes.get(note.id)
    label_of = ana.program().members.label_of
    assert {label_of(reader) for reader in shown.readers} == {"Ana", "Dr Lee", "Ben"}
    assert {label_of(reader) for reader in draft_of(shown).readers} == {"Ana", "Dr Lee"}
    with pytest.raises(Refused, match="both texts stand"):
        ana.program().notes.share(note.id, "Ben")
    withdrawn = ana.program().notes.withdraw(note.id, "Ben")
    assert {label_of(reader) for reader in withdrawn.readers} == {"Ana", "Dr Lee"}
    bring_together(*six)
    assert texts(ben) == set()
    assert texts(lee) == texts(ana) == {"words", "never meant for Ben"}


def test_withdrawing_from_one_reader_of_two_texts_leaves_the_others_theirs(six: list[Computer]) -> None:
    ana, ana_too, ben, lee = six[2], six[3], six[4], six[0]
    note = ana.program().notes.add(NewNote("words", share="Dr Lee"))
    bring_together(*six)
    ana.program().notes.share(note.id, "Ben")
    ana_too.program().notes.edit(note.id, NoteChange("never meant for Ben"))
    bring_together(*six)
    ana_too.program().notes.withdraw(note.id, "Dr Lee")
    bring_together(*six)
    assert texts(lee) == set() and texts(ben) == {"words"}
    assert not kinds(ana) | kinds(ben) | kinds(lee)
