"""Who can read a note: sharing, withdrawing, and what removal does to both."""

import pytest

from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange
from kapjournal.presentation.readers import in_words

from .open_journals import OpenJournals


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
def test_a_note_reaches_those_it_names_and_nobody_else(
    three: OpenJournals, who: str, read_by: set[str]
) -> None:
    sue = three.join("Sue", Role.SUPERVISOR)
    one = three.ana.notes.add(NewNote("at once", share=who))
    later = three.ana.notes.share(three.ana.notes.add(NewNote("later")).id, who)
    assert readers(three.ana, one) == readers(three.ana, later) == read_by
    three.look()
    for journal in (*three.journals, sue):
        mine = journal.me.label in read_by
        assert sorted(bodies(journal)) == (["at once", "later"] if mine else [])
        assert journal.check().notes == (2 if mine else 0)


def test_readers_are_told_in_words(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("b"))
    said = [in_words(note.readers, three.ana.members.all(), three.ana.me.id)]
    for who in ("Ben", "all"):
        note = three.ana.notes.share(note.id, who)
        said.append(in_words(note.readers, three.ana.members.all(), three.ana.me.id))
    assert said == ["Only you", "You and Ben", "All of you"]
    three.look()
    withdrawn = three.ana.notes.withdraw(note.id, "Ben")
    three.look()
    assert in_words(withdrawn.readers, three.lee.members.all(), three.lee.me.id) == "You and Ana"
    assert three.ben.notes.all() == []


def test_sharing_again_changes_nothing(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("b", share="all"))
    assert three.ana.notes.share(note.id, "Ben") == note
    assert three.ana.notes.share(note.id, "all") == note
    assert len(three.ana.notes.history(note.id)) == 1


@pytest.mark.parametrize(
    ("who", "error"),
    [("Nobody", NotFound), ("prescriber", NotFound), ("Ana", Refused), ("", UsageError), (",", UsageError)],
)
def test_sharing_with_nobody_is_refused(three: OpenJournals, who: str, error: type[Exception]) -> None:
    note = three.ana.notes.add(NewNote("b"))
    for deed in (three.ana.notes.share, three.ana.notes.withdraw):
        with pytest.raises(error):
            deed(note.id, who)
    assert three.ana.notes.all() == [note]


def test_a_withdrawn_note_goes_at_once_and_later_words_stay_away(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("first words", share="all"))
    assert bodies(three.ben) == ["first words"]
    left = three.ana.notes.withdraw(note.id, "partner")
    assert readers(three.ana, left) == {"Ana", "Dr Lee"}
    three.ana.notes.edit(note.id, NoteChange("second words"))
    assert bodies(three.ben) == [] and bodies(three.lee) == ["second words"]
    assert three.ben.search("words") == [] and len(three.lee.search("words")) == 1
    for program in (three.ben, three.open("Ben")):
        assert program.check().is_clean
        with pytest.raises(NotFound):
            program.notes.get(note.id)
    with pytest.raises(Refused):
        three.ana.notes.withdraw(note.id, "Ben")
    three.ana.notes.share(note.id, "Ben")
    assert bodies(three.ben) == ["second words"]


def test_withdrawing_from_all_leaves_a_private_note(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("b", share="all"))
    assert three.ana.notes.withdraw(note.id, "all").is_private
    assert bodies(three.ben) == bodies(three.lee) == []
    with pytest.raises(Refused):
        three.ana.notes.withdraw(note.id, "all")


def test_notes_are_never_sealed_to_a_newcomer_by_themselves(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("before", share="all"))
    max_ = three.join("Dr Max", Role.CO_THERAPIST)
    assert bodies(max_) == []
    three.ana.notes.add(NewNote("after", share="all"))
    assert bodies(max_) == ["after"]
    three.ana.notes.share(note.id, "Dr Max")
    assert sorted(bodies(max_)) == ["after", "before"]


def test_removal_ends_new_sharing_and_leaves_what_was_shared(three: OpenJournals) -> None:
    sue = three.join("Sue", Role.SUPERVISOR)
    old = three.ana.notes.add(NewNote("old", share="all,Sue"))
    three.look()
    three.lee.members.remove("Sue")
    three.look()
    with pytest.raises(Refused, match="removed"):
        three.ana.notes.share(old.id, "Sue")
    with pytest.raises(NotFound):
        three.ana.notes.add(NewNote("new", share="supervisor"))
    assert bodies(sue) == ["old"]
    three.ana.notes.edit(old.id, NoteChange("changed"))
    assert bodies(sue) == [] and bodies(three.ben) == ["changed"]
    assert readers(three.ana, three.ana.notes.get(old.id)) == {"Ana", "Ben", "Dr Lee"}
    assert all(journal.check().is_clean for journal in (*three.journals, sue))


def test_what_a_removed_member_reads_can_be_withdrawn_by_name(three: OpenJournals) -> None:
    sue = three.join("Sue", Role.SUPERVISOR)
    note = three.ana.notes.add(NewNote("b", share="Sue"))
    three.look()
    three.lee.members.remove("Sue")
    three.look()
    assert three.ana.notes.withdraw(note.id, "Sue").is_private
    assert bodies(sue) == []


def test_a_program_that_has_not_looked_yet_shares_nothing_with_somebody_removed(three: OpenJournals) -> None:
    max_ = three.join("Dr Max", Role.CO_THERAPIST)
    note = three.ana.notes.add(NewNote("private"))
    three.lee.members.remove("Dr Max")
    shared = three.ana.notes.add(NewNote("new", share="all"))
    assert readers(three.ana, shared) == {"Ana", "Ben", "Dr Lee"}
    with pytest.raises(Refused):
        three.ana.notes.share(note.id, "Dr Max")
    assert bodies(max_) == []


def test_a_newcomer_shares_nothing_with_somebody_removed_before(three: OpenJournals) -> None:
    max_ = three.join("Dr Max", Role.CO_THERAPIST)
    three.lee.members.remove("Dr Max")
    three.lee.members.remove("Ben")
    three.look()
    three.look()
    before = {member.label for member in three.lee.members.all() if not member.removed}
    cleo = three.join("Cleo", Role.PARTNER)
    note = cleo.notes.add(NewNote("new", share="all"))
    assert readers(cleo, note) == {"Cleo", "Ana", "Dr Lee"} == before | {"Cleo"}
    three.look()
    assert "new" not in bodies(max_) and "new" not in bodies(three.ben)
    assert bodies(three.ana) == ["new"]
    everybody = (*three.journals, max_, cleo)
    assert [journal.findings for journal in everybody] == [()] * 5


def test_a_newcomer_between_joining_and_being_greeted_shares_nothing_with_somebody_removed(
    three: OpenJournals,
) -> None:
    three.join("Dr Max", Role.CO_THERAPIST)
    three.lee.members.remove("Ben")
    behind = three.open("Dr Lee")
    three.look()
    code = three.lee.members.invite("Cleo", Role.PARTNER, strength=FLOOR)
    cleo = three.enter("Cleo", code)
    three.lee.members.remove("Dr Max")
    cleo.refresh()
    assert readers(cleo, cleo.notes.add(NewNote("new", share="all"))) == {"Cleo", "Ana", "Dr Lee"}
    sue = three.enter("Sue", behind.members.invite("Sue", Role.PRESCRIBER, strength=FLOOR))
    behind.refresh()  # brings her the journal keys of before, under which Ana's card lies until Ana looks
    sue.refresh()
    assert readers(sue, sue.notes.add(NewNote("new", share="all"))) == {"Sue", "Cleo", "Ana", "Dr Lee"}


def test_somebody_removed_while_an_invitation_was_open_is_not_met_with_it(three: OpenJournals) -> None:
    three.join("Dr Max", Role.CO_THERAPIST)
    behind = three.open("Dr Lee")
    sooner = three.lee.members.invite("Sue", Role.PRESCRIBER, strength=FLOOR)
    three.lee.members.remove("Dr Max")
    later = behind.members.invite("Pat", Role.PRESCRIBER, strength=FLOOR)
    for label, code in (("Sue", sooner), ("Pat", later)):
        newcomer = three.enter(label, code)
        assert "Dr Max" not in [member.label for member in newcomer.members.all()]
        behind.refresh()
        newcomer.refresh()
        assert "Dr Max" not in [member.label for member in newcomer.members.all()]
        note = newcomer.notes.add(NewNote("new", share="all"))
        assert readers(newcomer, note) >= {label, "Ana", "Ben", "Dr Lee"}
        assert "Dr Max" not in readers(newcomer, note)
