"""What came of a contact: a line in the mark, and a contact record in the practice about that partner."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal.domain.forms import About, RecordKind
from kapjournal.errors import CannotSave, NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewAnswers
from kapjournal.journal.records import Records
from kapjournal.presentation import contacts as saying
from tests.cast import PASSPHRASES
from tests.content.invented_packs import lay_packs
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

MARKED = (0, 0, 0, 0, 0, 0, 0, 0, 1)
NINE = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def words(own_places: Path) -> None:
    lay_packs("phq9")


@pytest.fixture
def practice(three: OpenJournals) -> Iterator[Practice]:
    """Dr Lee's practice, with the couple of the three in it; Ana's item 9 is at its mark."""
    three.ana.measures.answer(NewAnswers("phq9", MARKED, dt.date(2026, 3, 1), "Dr Lee"))
    practice = made(three.folder)
    lee = PASSPHRASES["Dr Lee"]
    case = practice.lee.couples.add("Hallway", three.path, label="Dr Lee", passphrase=lee).case
    practice.lee.couples.name_partners(case, "Ben", "ana")
    yield practice
    practice.close()


def inside(practice: Practice) -> Journal:
    return practice.lee.open_couple(practice.lee.couples.get("Hallway").case)


def test_the_line_closes_the_mark_and_is_in_the_record_of_that_partner(
    practice: Practice, three: OpenJournals
) -> None:
    with inside(practice) as theirs:
        [mark] = theirs.measures.marks()
        assert theirs.contacts.goes_into_record and theirs.contacts.about(mark) is About.SECOND
        assert "A contact note about Ana goes into your clinical record" in saying.before(theirs, mark)
        closed, said = saying.write(theirs, mark, NINE, "phone", "Safe.\nAgain on Friday.")
    assert not closed.is_open and said.endswith("A contact note about Ana is in your clinical record.")
    [record] = practice.lee.records.all()
    assert (record.kind, record.text.about, record.text.date) == (
        RecordKind.CONTACT,
        About.SECOND,
        NINE.date(),
    )
    fields = record.text.fields
    assert (fields["with-whom"], fields["medium"]) == ("Ana", "phone")
    assert fields["text"].startswith(
        "Safety mark: PHQ-9 of 1 March 2026, item 9 at 1.\nIn contact with Ana: "
    )
    assert fields["text"].endswith("phone.\nSafe.\nAgain on Friday.")
    three.look()
    for partner in (three.ana, three.ben):
        assert partner.measures.marks() == []
        assert not any("Friday" in note.words for note in partner.notes.all())


def test_a_way_that_the_form_does_not_have_stands_in_the_text(practice: Practice) -> None:
    with inside(practice) as theirs:
        saying.write(theirs, theirs.measures.marks()[0], NINE, "at the door", "Safe.")
    [record] = practice.lee.records.all()
    assert "medium" not in record.text.fields and "at the door." in record.text.fields["text"]


def test_where_the_names_do_not_tell_which_it_is_nothing_is_written_until_it_is_said(
    practice: Practice,
) -> None:
    case = practice.lee.couples.get("Hallway").case
    practice.lee.couples.name_partners(case, "River", "Lake")
    with inside(practice) as theirs:
        [mark] = theirs.measures.marks()
        assert theirs.contacts.about(mark) is None
        for wrong in (None, About.COUPLE):
            with pytest.raises(UsageError, match="first or the second partner"):
                saying.write(theirs, mark, NINE, "phone", "Safe.", wrong)
        assert theirs.measures.marks()[0].is_open and practice.lee.records.all() == []
        saying.write(theirs, mark, NINE, "phone", "Safe.", About.FIRST)
    assert practice.lee.records.all()[0].text.about is About.FIRST


def test_the_name_of_the_other_partner_tells_it_too_and_a_wrong_word_does_not_count(
    practice: Practice,
) -> None:
    case = practice.lee.couples.get("Hallway").case
    practice.lee.couples.name_partners(case, "Ben", "Lake")
    with inside(practice) as theirs:
        saying.write(theirs, theirs.measures.marks()[0], NINE, "phone", "Safe.", About.FIRST)
    assert practice.lee.records.all()[0].text.about is About.SECOND


def test_without_a_practice_the_line_is_in_the_mark_and_that_is_said(
    practice: Practice, three: OpenJournals
) -> None:
    three.look()
    [mark] = three.lee.measures.marks()
    assert not three.lee.contacts.goes_into_record and three.lee.contacts.about(mark) is None
    assert "nothing is written into your clinical record" in saying.before(three.lee, mark)
    closed, said = saying.write(three.lee, mark, NINE, "phone", "Safe.")
    assert not closed.is_open and "nothing is written into your clinical record" in said
    assert practice.lee.records.all() == []


def test_a_record_that_cannot_be_written_keeps_no_line_back(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CannotSave("The disk is full.")

    with inside(practice) as theirs:
        [mark] = theirs.measures.marks()
        monkeypatch.setattr(Records, "add", full)
        with pytest.raises(Refused, match=r"mark, which is closed. It could not .* The disk is full. Write"):
            saying.write(theirs, mark, NINE, "phone", "Safe.")
        assert [one.is_open for one in theirs.measures.marks()] == [False]


def test_a_line_that_lacks_something_and_a_mark_that_there_is_not_write_nothing(
    practice: Practice, three: OpenJournals
) -> None:
    with inside(practice) as theirs:
        [mark] = theirs.measures.marks()
        for how, outcome in (("", "Safe."), ("phone", " ")):
            with pytest.raises(UsageError):
                saying.write(theirs, mark, NINE, how, outcome)
        with pytest.raises(NotFound):
            theirs.contacts.write("ffff", NINE, "phone", "Safe.", lines=[])
        assert theirs.measures.marks()[0].is_open
    with pytest.raises(Refused, match="Marks are kept by therapists"):
        three.ana.contacts.write(mark.id, NINE, "phone", "Safe.", lines=[])
    assert practice.lee.records.all() == []
