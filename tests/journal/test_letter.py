"""A letter to a prescriber: read from the practice and the couple's journal, and kept in the record."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock, paths
from kapjournal.content import forms
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.letter import BY_THERAPISTS
from kapjournal.domain.members import Role
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.signing import Signer
from kapjournal.errors import JournalLocked, KapjournalError
from kapjournal.journal import NewAnswers, NewRecord
from kapjournal.presentation.couple_journal import ASKS
from kapjournal.presentation.letter import NOT_OPENED, text
from kapjournal.presentation.letter_sessions import NO_RESPONSE_THERE
from kapjournal.presentation.letter_view import (
    ONE_RESPONSE,
    Asked,
    keep,
    read_letter,
    suggested_to,
    why_not,
)
from tests.cast import PASSPHRASES
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
QUESTION = "May the dose stay as it is?"
ANA = Asked(About.FIRST, QUESTION)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with clock.at(NOW):
        (tmp_path / "clinic").mkdir()
        practice = made(tmp_path / "clinic")
        yield practice
        practice.close()


@pytest.fixture
def couple(practice: Practice, three: OpenJournals) -> Couple:
    """Ana and Ben, whose journal opens with the practice."""
    couples = practice.lee.couples
    added = couples.add("Hallway", three.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    return couples.name_partners(added.case, "Ana", "Ben")


def day(back: int) -> dt.date:
    return NOW.date() - dt.timedelta(days=back)


def paper(three: OpenJournals, partner: str, back: int, low: int) -> None:
    three.lee.measures.enter(NewAnswers("gad7", (low, low, low, 0, 0, 0, 1), day(back)), partner)


def doses(practice: Practice, couple: Couple) -> None:
    """A dosing record of each, a progress note about Ana, and what never stands in a letter."""
    for about, amount in ((About.FIRST, "80"), (About.SECOND, "55")):
        dose = new_row(RowKind.DOSE, NOW - dt.timedelta(days=9), {"amount": amount, "unit": "mg"})
        session = SessionNamed(1, day(9))
        fields = {"prescriber": "Dr Ito", "adverse": "yes", "adverse-what": "Ben held Ana."}
        practice.lee.dosing.put(couple.case, about, session, [dose], fields)
    for kind in (RecordKind.PROCESS, RecordKind.SAFETY):
        practice.lee.records.add(NewRecord(kind, couple.case, {"text": "Qunsaid"}, About.FIRST))
    practice.lee.records.add(
        NewRecord(
            RecordKind.PROGRESS,
            couple.case,
            {"response": "Softer than before.", "subjective-second": "Qunsaid"},
            About.FIRST,
            session=SessionNamed(1),
        )
    )


def test_a_letter_of_one_partner_with_measures_is_kept_unsigned(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    doses(practice, couple)
    for back, low in ((30, 3), (2, 0)):
        paper(three, "Ana", back, low)
        paper(three, "Ben", back, 2)
    asked = replace(ANA, response="Slept well.", signer=Signer("Dr Mina Lee", "LMFT"))
    letter = read_letter(practice.lee, couple, asked)
    assert practice.lee.records.all(couple.case)[-1].kind is not RecordKind.CONTACT
    page = text(letter)
    for words in (
        "To: Dr Ito",
        "11 March 2026 · session 1 · dose 1",
        "09:00  80 mg",
        "Adverse event: yes. [name left out] held Ana",
        "GAD-7, lower is better: 10 on 18 February 2026, the first; 1 on 18 March",
        "2026, beyond chance: yes",
        f"{QUESTION}\n",
        "Dr Mina Lee, LMFT",
    ):
        assert words in page, words
    for words in ("Ben", "Hallway", "Qunsaid", "55", "7 on", "cut-off", "anxiety"):
        assert words not in page, words
    record = keep(practice.lee, couple, asked.about, letter)
    assert record.text.fields == {"with-whom": "Dr Ito, prescriber", "medium": "letter", "text": page}
    assert (record.kind, record.text.about, record.text.date) == (RecordKind.CONTACT, About.FIRST, day(0))
    assert record.readers == {practice.lee.me.id} and not record.is_signed
    assert practice.lee.signing.sign(record.id, Signer("Dr Mina Lee", "LMFT")).holds


def test_the_response_from_a_field_of_the_progress_notes(practice: Practice, couple: Couple) -> None:
    doses(practice, couple)
    page = text(read_letter(practice.lee, couple, replace(ANA, response_field="response")))
    assert "  Response: Softer than before." in page
    for asked, sentence in (
        (replace(ANA, response_field="assessment"), NO_RESPONSE_THERE),
        (Asked(About.SECOND, QUESTION, response_field="response"), NO_RESPONSE_THERE),
        (replace(ANA, response_field="response", response="Typed."), ONE_RESPONSE),
        (replace(ANA, response_field="subjective"), "is no field the response is taken from"),
        (replace(ANA, response="Softer with Ben."), "The response: “Ben” has no place in it."),
        (replace(ANA, question="Is the hallway quiet?"), "The question: “hallway” has no place in it."),
        (replace(ANA, to="ben"), "not for the other partner"),
    ):
        with pytest.raises(KapjournalError, match=sentence):
            read_letter(practice.lee, couple, asked)


def test_it_is_made_without_measures_where_their_journal_is_not_open(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    paper(three, "Ana", 3, 1)
    asks = practice.lee.couples.ask_each_time(couple.case)
    letter = read_letter(practice.lee, asks, ANA)
    assert letter.why_not == ASKS and NOT_OPENED in text(letter)
    assert "GAD-7" in text(read_letter(practice.lee, asks, ANA, three.lee))


def test_where_their_journal_lies_is_told_to_the_therapist_alone(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    moved = three.path.rename(three.path.with_name("hallway.kap"))
    letter = read_letter(practice.lee, couple, ANA)
    assert letter.measures is None and str(three.path) in letter.why_not and moved.exists()
    assert "ours.kap" not in text(letter)


def test_measures_are_those_of_the_partner_who_is_called_so_there_and_is_known(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    paper(three, "Ana", 3, 1)
    other = practice.lee.couples.name_partners(couple.case, "Anna", "Ben")
    letter = read_letter(practice.lee, other, ANA)
    assert letter.measures is None and "no partner called “Anna”" in letter.why_not
    other = practice.lee.couples.name_partners(couple.case, "Ana", "Benno")
    with pytest.raises(KapjournalError, match="“Ben” has no place in it"):
        read_letter(practice.lee, other, replace(ANA, question="Should Ben know?"))


def test_a_locked_practice_makes_none(practice: Practice, couple: Couple) -> None:
    practice.lee.close()
    with pytest.raises(JournalLocked):
        read_letter(practice.lee, couple, ANA)


def test_only_a_therapist_writes_one_and_of_a_couple_with_names(practice: Practice, couple: Couple) -> None:
    ito = practice.joins("Dr Ito", Role.PRESCRIBER)
    assert why_not(practice.lee, couple) == "" and why_not(ito, couple) == BY_THERAPISTS
    assert "call the two partners" in why_not(practice.lee, replace(couple, first="", second=""))
    with pytest.raises(KapjournalError, match=BY_THERAPISTS):
        read_letter(ito, couple, ANA)


def test_the_prescriber_of_the_last_dosing_record_is_whom_it_is_for(
    practice: Practice, couple: Couple
) -> None:
    assert suggested_to(practice.lee, couple, About.FIRST) == ""
    assert "To: the prescriber\n" in text(read_letter(practice.lee, couple, ANA))
    put = practice.lee.dosing.put
    put(couple.case, About.FIRST, SessionNamed(1), (), {"prescriber": "Dr Roe, Ben’s too"})
    assert suggested_to(practice.lee, couple, About.FIRST) == "Dr Roe, [name left out]’s too"


@pytest.fixture
def clinics_forms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    def lay(toml: str) -> None:
        monkeypatch.setattr(paths, "config_folder", lambda: tmp_path)
        (tmp_path / "forms").mkdir()
        (tmp_path / "forms" / "contact.toml").write_text(toml)
        forms._read.cache_clear()

    return lay


def test_a_clinic_whose_contact_form_has_other_ways_keeps_it_too(
    practice: Practice, couple: Couple, clinics_forms: Callable[[str], None]
) -> None:
    clinics_forms('[fields.medium]\nchoices = ["fax"]\n')
    record = keep(practice.lee, couple, About.FIRST, read_letter(practice.lee, couple, ANA))
    assert set(record.text.fields) == {"with-whom", "text"}
