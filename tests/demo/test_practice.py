"""The practice of the demo is a real one: one door opens it, and it has of each couple what the story has."""

from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.demo import FILE_NAME, PRACTICE_NAME, Demo, DemoPractice, build, practice_story, story
from kapjournal.domain.consents import ConsentState, consent_state
from kapjournal.domain.dosing import doubts
from kapjournal.domain.forms import RecordKind
from kapjournal.errors import Refused
from kapjournal.journal import Journal, unlock
from kapjournal.journal.records import Records
from kapjournal.presentation.glances import glance

PRACTICE = practice_story.load(story.load())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(place: Path) -> Demo:
    return build(place / "demo", practice=True, record_folder=place / "memory")


@pytest.fixture(scope="module")
def made(demo: Demo) -> DemoPractice:
    assert demo.practice is not None
    return demo.practice


def opened(made: DemoPractice, place: Path) -> Journal:
    return unlock(made.path, label=None, passphrase=made.door.passphrase, record_folder=place / "memory")


def test_it_lies_beside_the_demo_with_a_journal_for_each_couple(demo: Demo, made: DemoPractice) -> None:
    assert made.path == demo.path.parent / PRACTICE_NAME
    assert made.couples[0].path == demo.path
    assert made.couples[0].doors == demo.doors
    files = {couple.path for couple in made.couples} | {made.path}
    assert {file for file in demo.path.parent.iterdir() if file.suffix == ".kap"} == files


def test_only_who_asks_for_a_practice_has_one(tmp_path: Path) -> None:
    alone = build(tmp_path / "demo", record_folder=tmp_path / "memory")
    assert alone.practice is None
    assert [file.name for file in alone.path.parent.iterdir()] == [FILE_NAME]


def test_the_first_screen_of_a_morning(made: DemoPractice, place: Path) -> None:
    """Each couple's next session; a note of Iris's is new; one journal asks for its passphrase."""
    with opened(made, place) as practice:
        couples = practice.couples.all()
        seen = [glance(practice, couple) for couple in couples]
        assert [couple.name for couple in couples] == [couple.name for couple in PRACTICE.couples]
        assert [one.has_new for one in seen] == [False, True, False]
        assert [one.next_session is not None for one in seen] == [True, True, False]
        assert [one.dose for one in seen] == ["", "dose 1 of 6", ""]
        with practice.open_couple(couples[1].case) as journal:
            new = [note for note in journal.notes.all() if journal.notes.is_new(note)]
            assert [journal.members.label_of(note.author) for note in new] == ["Iris"]
        passphrase = made.couples[2].doors[0].passphrase
        with practice.unlock_couple(couples[2].case, label=None, passphrase=passphrase) as journal:
            assert any(session.date > clock.today() for session in journal.sessions.all())


def test_every_record_of_the_story_is_there_as_of_its_day(made: DemoPractice, place: Path) -> None:
    with opened(made, place) as practice:
        for couple, told in zip(practice.couples.all(), PRACTICE.couples, strict=True):
            assert (couple.first, couple.second) == (told.first, told.second)
            records = practice.records.all(couple.case)
            assert len(records) == len(told.records)
            for record, entry in zip(records, told.records, strict=True):
                assert record.kind is entry.kind
                assert record.text.date == story.date_of(entry.day)
                assert record.readers == {practice.me.id}
                assert set(record.text.fields) >= set(entry.fields)
                assert len(record.text.rows) == len(entry.rows)
                assert doubts(record.text.rows) == ()
                pulled_into = entry.kind is RecordKind.SUPERVISION
                assert len(practice.records.history(record.id)) == 1 + len(entry.changes) + pulled_into


def test_the_ledger_has_consents_that_stand_and_one_that_was_taken_back(
    made: DemoPractice, place: Path
) -> None:
    with opened(made, place) as practice:
        consents = [record for record in practice.records.all() if record.kind is RecordKind.CONSENT]
    states = {consent_state(record.text.fields, clock.today()) for record in consents}
    assert states == {ConsentState.STANDS, ConsentState.TAKEN_BACK}


def test_all_is_well_in_every_file(made: DemoPractice, place: Path) -> None:
    with opened(made, place) as practice:
        assert practice.findings == ()
        assert practice.check().is_clean
    for couple in made.couples:
        for door in couple.doors:
            with unlock(
                couple.path, label=door.label, passphrase=door.passphrase, record_folder=place / "memory"
            ) as journal:
                assert journal.findings == ()
                assert journal.check().is_clean


@pytest.mark.parametrize("name", [PRACTICE_NAME, "journal-2.kap", "journal-3.kap"])
def test_no_file_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(Refused, match=name):
        build(tmp_path, practice=True, record_folder=tmp_path / "memory")
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_practice_that_fails_leaves_nothing(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Records, "add", full)
    with pytest.raises(OSError, match="No space left"):
        build(tmp_path / "demo", practice=True, record_folder=memory)
    assert list((tmp_path / "demo").iterdir()) == []
