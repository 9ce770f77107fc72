"""A partner allows one page of theirs to be used for supervision, in these words, and takes that back."""

from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.errors import NotFound, Refused
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange
from tests.internals import vault_of
from tests.journal.practices import practice

from .open_journals import OpenJournals


def page_of_ana(three: OpenJournals, share: str = "Dr Lee") -> Note:
    note = three.ana.notes.add(NewNote("What I saw in the hallway", share=share))
    three.look()
    return note


def usable(journal: Journal) -> frozenset[str]:
    journal.refresh()
    return journal.page_consents.of_pages()


def test_its_author_allows_it_and_the_therapist_finds_it_and_the_other_partner_nothing(
    three: OpenJournals,
) -> None:
    note = page_of_ana(three, "all")
    given = three.ana.page_consents.give(note.id[:6])
    assert (given.author, given.note) == (three.ana.me.id, note.id)
    for one in (three.ana, three.lee):
        assert usable(one) == {note.id}
        assert one.page_consents.all() == [given]
        assert one.page_consents.is_given(one.notes.get(note.id))
        assert one.check().is_clean
    assert usable(three.ben) == frozenset()
    assert not three.ben.page_consents.is_given(three.ben.notes.get(note.id))


def test_again_changes_nothing_and_once_taken_back_it_may_be_used_no_longer(three: OpenJournals) -> None:
    note = page_of_ana(three)
    assert three.ana.page_consents.give(note.id) == three.ana.page_consents.give(note.id)
    assert usable(three.lee) == {note.id}
    three.ana.page_consents.withdraw(note.id)
    for one in (three.ana, three.lee):
        assert usable(one) == frozenset()
        assert not one.page_consents.is_given(note)
        assert one.check().is_clean
    with pytest.raises(Refused, match="You did not allow"):
        three.ana.page_consents.withdraw(note.id)
    three.ana.page_consents.give(note.id)
    assert usable(three.lee) == {note.id}


def test_it_is_for_these_very_words(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    three.ana.notes.edit(note.id, NoteChange(body="Something else"))
    assert usable(three.lee) == usable(three.ana) == frozenset()
    three.ana.notes.edit(note.id, NoteChange(body="What I saw in the hallway"))
    assert usable(three.lee) == frozenset()  # it was changed since, to whatever
    three.ana.page_consents.give(note.id)
    assert usable(three.lee) == {note.id}
    assert len(list(vault_of(three.ana).page_consents.stored())) == 1


def test_sharing_the_page_with_more_people_changes_nothing(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    three.ana.notes.share(note.id, "Ben")
    assert usable(three.lee) == {note.id}
    three.ana.notes.withdraw(note.id, "Ben")
    assert usable(three.lee) == {note.id}


def test_what_is_taken_from_the_therapist_is_allowed_no_longer(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    three.ana.notes.withdraw(note.id, "Dr Lee")
    three.ana.notes.share(note.id, "Dr Lee")
    assert usable(three.lee) == usable(three.ana) == frozenset()


def test_a_deleted_page_leaves_nothing(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    three.ana.notes.delete(note.id)
    assert usable(three.lee) == frozenset()
    assert list(vault_of(three.lee).page_consents.stored()) == []
    assert three.lee.check().is_clean


def test_a_page_that_no_therapist_reads_is_to_be_shared_first(three: OpenJournals) -> None:
    for share in ("", "Ben"):
        note = page_of_ana(three, share)
        with pytest.raises(Refused, match="Share it first"):
            three.ana.page_consents.give(note.id)


def test_nobody_allows_what_another_wrote(three: OpenJournals) -> None:
    note = page_of_ana(three, "all")
    for one in (three.ben, three.lee):
        with pytest.raises((Refused, NotFound)):
            one.page_consents.give(note.id)
        with pytest.raises((Refused, NotFound)):
            one.page_consents.withdraw(note.id)
    own = three.lee.notes.add(NewNote("An observation", share="Ana"))
    with pytest.raises(Refused, match="Partners say which pages"):
        three.lee.page_consents.give(own.id)


def test_of_two_texts_of_one_page_none_is_allowed(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    seen = three.ana.notes.get(note.id).versions
    three.ana.notes.edit(note.id, NoteChange(body="first", seen=seen))
    three.ana.notes.edit(note.id, NoteChange(body="second", seen=seen))
    three.look()
    assert three.ana.notes.get(note.id).beside
    with pytest.raises(Refused, match="Two texts"):
        three.ana.page_consents.give(note.id)
    assert usable(three.lee) == frozenset()


def test_of_two_texts_none_is_allowed_by_what_was_said_of_the_one(three: OpenJournals) -> None:
    note = page_of_ana(three)
    seen = three.ana.notes.get(note.id).versions
    three.ana.notes.edit(note.id, NoteChange(body="first", seen=seen))
    three.ana.page_consents.give(note.id)
    assert usable(three.lee) == {note.id}
    three.ana.notes.edit(note.id, NoteChange(body="second", seen=seen))
    assert three.ana.notes.get(note.id).beside
    assert usable(three.lee) == usable(three.ana) == frozenset()
    assert not three.lee.page_consents.is_given(three.lee.notes.get(note.id))


def test_each_page_is_allowed_and_taken_back_by_itself(three: OpenJournals) -> None:
    first, second, third = (page_of_ana(three) for _ in range(3))
    for one in (first, second):
        assert three.ana.page_consents.give(one.id).note == one.id
    assert usable(three.lee) == {first.id, second.id}
    assert not three.ana.page_consents.is_given(third)
    with pytest.raises(Refused, match="You did not allow"):
        three.ana.page_consents.withdraw(third.id)
    three.ana.page_consents.withdraw(first.id)
    assert usable(three.lee) == usable(three.ana) == {second.id}
    assert not three.ana.page_consents.is_given(first)


def test_the_therapists_who_read_the_page_are_told_and_nobody_else(three: OpenJournals) -> None:
    note = page_of_ana(three, "all")
    three.join("Dr May", Role.CO_THERAPIST)
    three.ana.page_consents.give(note.id)
    [one] = vault_of(three.ana).page_consents.stored()
    assert set(one.stored.version.readers) == {three.ana.me.id, three.lee.me.id}


def test_in_a_practice_there_is_none(tmp_path: Path) -> None:
    clinic = practice(tmp_path)
    assert clinic.lee.page_consents.all() == []
    with pytest.raises(Refused, match="this is a practice"):
        clinic.lee.page_consents.give("0000")
    clinic.close()


def test_new_keys_allow_what_was_allowed(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    three.ana.keys.replace("quite another passphrase", None, strength=FLOOR)
    three.look()
    assert usable(three.lee) == usable(three.ana) == {note.id}


def test_who_left_allows_nothing_any_more(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    three.lee.members.remove("Ana")
    assert usable(three.lee) == frozenset()


def test_a_therapist_who_comes_later_is_told_once_it_is_said_again(three: OpenJournals) -> None:
    note = page_of_ana(three)
    three.ana.page_consents.give(note.id)
    may = three.join("Dr May", Role.CO_THERAPIST)
    three.ana.notes.share(note.id, "Dr May")
    assert usable(may) == frozenset()
    three.ana.page_consents.give(note.id)
    assert usable(may) == usable(three.lee) == {note.id}
