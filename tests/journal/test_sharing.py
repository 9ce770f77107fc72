"""Who can read a note: sharing, withdrawing, and what removal does to both."""

import pytest

from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange
from kapjournal.presentation.readers import in_words

from .room import Room


def readers(journal: Journal, note: Note) -> set[str]:
    return {journal.members.label_of(reader) for reader in note.readers}


def bodies(journal: Journal) -> list[str]:
    journal.refresh()
    return [note.text.body for note in journal.notes.all()]


@pytest.mark.parametrize(
    ("who", "read_by"),
    [
        ("Ben", {"Ana", "Ben"}),
        ("ben", {"Ana", "Ben"}),
        ("partner", {"Ana", "Ben"}),
        ("therapists", {"Ana", "Dr Lee"}),
        ("Dr Lee, Ben", {"Ana", "Ben", "Dr Lee"}),
        ("all", {"Ana", "Ben", "Dr Lee"}),
        ("supervisor", {"Ana", "Sue"}),
        ("all,Sue", {"Ana", "Ben", "Dr Lee", "Sue"}),
        ("Ana, Ben", {"Ana", "Ben"}),
    ],
)
def test_a_note_reaches_those_it_names_and_nobody_else(room: Room, who: str, read_by: set[str]) -> None:
    sue = room.join("Sue", Role.SUPERVISOR)
    one = room.ana.notes.add(NewNote("at once", share=who))
    later = room.ana.notes.share(room.ana.notes.add(NewNote("later")).id, who)
    assert readers(room.ana, one) == readers(room.ana, later) == read_by
    room.look()
    for journal in (*room.journals, sue):
        mine = journal.me.label in read_by
        assert sorted(bodies(journal)) == (["at once", "later"] if mine else [])
        assert journal.check().notes == (2 if mine else 0)


def test_readers_are_told_in_words(room: Room) -> None:
    note = room.ana.notes.add(NewNote("b"))
    said = [in_words(note.readers, room.ana.members.all(), room.ana.me.id)]
    for who in ("Ben", "all"):
        note = room.ana.notes.share(note.id, who)
        said.append(in_words(note.readers, room.ana.members.all(), room.ana.me.id))
    assert said == ["Only you", "You and Ben", "All of you"]
    room.look()
    withdrawn = room.ana.notes.withdraw(note.id, "Ben")
    room.look()
    assert in_words(withdrawn.readers, room.lee.members.all(), room.lee.me.id) == "You and Ana"
    assert room.ben.notes.all() == []


def test_sharing_again_changes_nothing(room: Room) -> None:
    note = room.ana.notes.add(NewNote("b", share="all"))
    assert room.ana.notes.share(note.id, "Ben") == note
    assert room.ana.notes.share(note.id, "all") == note
    assert len(room.ana.notes.history(note.id)) == 1


@pytest.mark.parametrize(
    ("who", "error"),
    [("Nobody", NotFound), ("prescriber", NotFound), ("Ana", Refused), ("", UsageError), (",", UsageError)],
)
def test_sharing_with_nobody_is_refused(room: Room, who: str, error: type[Exception]) -> None:
    note = room.ana.notes.add(NewNote("b"))
    for deed in (room.ana.notes.share, room.ana.notes.withdraw):
        with pytest.raises(error):
            deed(note.id, who)
    assert room.ana.notes.all() == [note]


def test_a_withdrawn_note_goes_at_once_and_later_words_stay_away(room: Room) -> None:
    note = room.ana.notes.add(NewNote("first words", share="all"))
    assert bodies(room.ben) == ["first words"]
    left = room.ana.notes.withdraw(note.id, "partner")
    assert readers(room.ana, left) == {"Ana", "Dr Lee"}
    room.ana.notes.edit(note.id, NoteChange("second words"))
    assert bodies(room.ben) == [] and bodies(room.lee) == ["second words"]
    assert room.ben.search("words") == [] and len(room.lee.search("words")) == 1
    for program in (room.ben, room.open("Ben")):
        assert program.check().is_clean
        with pytest.raises(NotFound):
            program.notes.get(note.id)
    with pytest.raises(Refused):
        room.ana.notes.withdraw(note.id, "Ben")
    room.ana.notes.share(note.id, "Ben")
    assert bodies(room.ben) == ["second words"]


def test_withdrawing_from_all_leaves_a_private_note(room: Room) -> None:
    note = room.ana.notes.add(NewNote("b", share="all"))
    assert room.ana.notes.withdraw(note.id, "all").is_private
    assert bodies(room.ben) == bodies(room.lee) == []
    with pytest.raises(Refused):
        room.ana.notes.withdraw(note.id, "all")


def test_notes_are_never_sealed_to_a_newcomer_by_themselves(room: Room) -> None:
    note = room.ana.notes.add(NewNote("before", share="all"))
    max_ = room.join("Dr Max", Role.CO_THERAPIST)
    assert bodies(max_) == []
    room.ana.notes.add(NewNote("after", share="all"))
    assert bodies(max_) == ["after"]
    room.ana.notes.share(note.id, "Dr Max")
    assert sorted(bodies(max_)) == ["after", "before"]


def test_removal_ends_new_sharing_and_leaves_what_was_shared(room: Room) -> None:
    sue = room.join("Sue", Role.SUPERVISOR)
    old = room.ana.notes.add(NewNote("old", share="all,Sue"))
    room.look()
    room.lee.members.remove("Sue")
    room.look()
    with pytest.raises(Refused, match="removed"):
        room.ana.notes.share(old.id, "Sue")
    with pytest.raises(NotFound):
        room.ana.notes.add(NewNote("new", share="supervisor"))
    assert bodies(sue) == ["old"]
    room.ana.notes.edit(old.id, NoteChange("changed"))
    assert bodies(sue) == [] and bodies(room.ben) == ["changed"]
    assert readers(room.ana, room.ana.notes.get(old.id)) == {"Ana", "Ben", "Dr Lee"}
    assert all(journal.check().is_clean for journal in (*room.journals, sue))


def test_what_a_removed_member_reads_can_be_withdrawn_by_name(room: Room) -> None:
    sue = room.join("Sue", Role.SUPERVISOR)
    note = room.ana.notes.add(NewNote("b", share="Sue"))
    room.look()
    room.lee.members.remove("Sue")
    room.look()
    assert room.ana.notes.withdraw(note.id, "Sue").is_private
    assert bodies(sue) == []


def test_a_program_that_has_not_looked_yet_shares_nothing_with_somebody_removed(room: Room) -> None:
    max_ = room.join("Dr Max", Role.CO_THERAPIST)
    note = room.ana.notes.add(NewNote("private"))
    room.lee.members.remove("Dr Max")
    shared = room.ana.notes.add(NewNote("new", share="all"))
    assert readers(room.ana, shared) == {"Ana", "Ben", "Dr Lee"}
    with pytest.raises(Refused):
        room.ana.notes.share(note.id, "Dr Max")
    assert bodies(max_) == []


def test_a_newcomer_shares_nothing_with_somebody_removed_before(room: Room) -> None:
    max_ = room.join("Dr Max", Role.CO_THERAPIST)
    room.lee.members.remove("Dr Max")
    room.lee.members.remove("Ben")
    room.look()
    room.look()
    before = {member.label for member in room.lee.members.all() if not member.removed}
    cleo = room.join("Cleo", Role.PARTNER)
    note = cleo.notes.add(NewNote("new", share="all"))
    assert readers(cleo, note) == {"Cleo", "Ana", "Dr Lee"} == before | {"Cleo"}
    room.look()
    assert "new" not in bodies(max_) and "new" not in bodies(room.ben)
    assert bodies(room.ana) == ["new"]
    everybody = (*room.journals, max_, cleo)
    assert [journal.findings for journal in everybody] == [()] * 5


def test_a_newcomer_between_joining_and_being_greeted_shares_nothing_with_somebody_removed(
    room: Room,
) -> None:
    room.join("Dr Max", Role.CO_THERAPIST)
    room.lee.members.remove("Ben")
    behind = room.open("Dr Lee")
    room.look()
    code = room.lee.members.invite("Cleo", Role.PARTNER, strength=FLOOR)
    cleo = room.enter("Cleo", code)
    room.lee.members.remove("Dr Max")
    cleo.refresh()
    assert readers(cleo, cleo.notes.add(NewNote("new", share="all"))) == {"Cleo", "Ana", "Dr Lee"}
    sue = room.enter("Sue", behind.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR))
    assert readers(sue, sue.notes.add(NewNote("new", share="all"))) == {"Sue", "Cleo", "Ana", "Dr Lee"}


def test_somebody_removed_while_an_invitation_was_open_is_not_met_with_it(room: Room) -> None:
    room.join("Dr Max", Role.CO_THERAPIST)
    behind = room.open("Dr Lee")
    sooner = room.lee.members.invite("Sue", Role.SUPERVISOR, strength=FLOOR)
    room.lee.members.remove("Dr Max")
    later = behind.members.invite("Pat", Role.PRESCRIBER, strength=FLOOR)
    for label, code in (("Sue", sooner), ("Pat", later)):
        newcomer = room.enter(label, code)
        assert "Dr Max" not in [member.label for member in newcomer.members.all()]
        note = newcomer.notes.add(NewNote("new", share="all"))
        assert readers(newcomer, note) == {label, "Ana", "Ben", "Dr Lee"}
