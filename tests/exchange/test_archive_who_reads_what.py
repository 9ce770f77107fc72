"""In an archive is what its owner can read on the screens, and no more: measures, check-ins, records."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.content import forms
from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.incoming import Problem
from kapjournal.domain.members import Role
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.self_reports import CheckIn
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.journal import NewAnswers, NewRecord
from tests.journal.practices import NEEDED, Practice
from tests.journal.practices import practice as made
from tests.shared_journal import SharedJournal, meet

from .archived import DAY, MOMENT, read_archive

PROCESS, SAFETY, SUPERVISION, PROGRESS = "of a process", "told alone", "Whose lantern is it?", "=progress"


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    """Both partners answered on paper, and checked in; Ben shares his check-in with Ana."""
    shared = meet(tmp_path_factory.mktemp("answered"))
    with clock.at(MOMENT):
        with shared.open("Dr Lee") as lee:
            for partner, first in (("Ana", 3), ("Ben", 1)):
                lee.measures.enter(NewAnswers("gad7", (first, 0, 0, 0, 0, 0, 0), DAY), partner)
        for label, share in (("Ana", "Dr Lee"), ("Ben", "Ana, Dr Lee")):
            with shared.open(label) as journal:
                said = CheckIn(DAY, MOMENT, values=(("mood", 3),), line=f"a line of {label}")
                journal.check_ins.add(said, share, now=True)
    return shared


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_partner_has_tables_of_their_own_alone(answered: SharedJournal, tmp_path: Path) -> None:
    with clock.at(MOMENT), answered.copied(tmp_path / "copy").open("Ana") as ana:
        out = write_archive(ana, tmp_path / "out")
        found = json.loads(write_archive(ana, tmp_path / "out.json", Form.JSON).read_bytes())
    assert {path.name for path in out.glob("*.csv")} == {"measures.csv", "check-ins.csv"}
    assert [row["total"] for row in rows(out / "measures.csv")] == ["3"]
    assert [row["line"] for row in rows(out / "check-ins.csv")] == ["a line of Ana"]
    assert {one["of"] for one in (*found["measures"], *found["check_ins"])} == {"Ana"}
    assert sorted(path.stem for path in (out / "charts").iterdir()) == ["check-in-mood", "measure-gad7"]
    said = "".join(path.read_text() for path in (out / "check-ins").iterdir())
    assert "a line of Ben" in said, "what he shares is a page, beside nobody’s numbers"
    assert not [path for path in (out / "measures").iterdir() if "Ben" in path.read_text()]


def test_no_table_of_a_therapist_s_holds_both_partners(answered: SharedJournal, tmp_path: Path) -> None:
    with clock.at(MOMENT), answered.copied(tmp_path / "copy").open("Dr Lee") as lee:
        out = write_archive(lee, tmp_path / "out")
    assert [row["total"] for row in rows(out / "measures-ana.csv")] == ["3"]
    assert [row["total"] for row in rows(out / "measures-ben.csv")] == ["1"]
    assert [row["line"] for row in rows(out / "check-ins-ben.csv")] == ["a line of Ben"]
    assert (out / "charts" / "measure-gad7-ben.svg").read_text().startswith("<svg")


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """Dr Lee's, with a record of each kind that is kept back, one that is not, and a row of vitals."""
    found = made(tmp_path)
    case = found.couple()
    for kind, words in (
        (RecordKind.PROCESS, PROCESS),
        (RecordKind.SAFETY, SAFETY),
        (RecordKind.SUPERVISION, SUPERVISION),
        (RecordKind.PROGRESS, PROGRESS),
    ):
        field = next(one for one in forms.form_for(kind).fields if not one.answers)
        values = NEEDED.get(kind, {}) | {field.id: words}
        about = About.FIRST if kind is RecordKind.SAFETY else None
        found.lee.records.add(NewRecord(kind, case, values, about, DAY))
    vitals = new_row(RowKind.VITALS, MOMENT, {"systolic": "118", "diastolic": "76", "label": "=before"})
    session = SessionNamed(2, DAY)
    found.lee.records.add(NewRecord(RecordKind.DOSING, case, {}, About.FIRST, DAY, session, rows=(vitals,)))
    yield found
    found.close()


@pytest.mark.parametrize("form", [Form.FOLDER, Form.JSON])
@pytest.mark.parametrize("asked", [False, True])
def test_process_notes_go_along_only_if_asked_for_and_safety_notes_never(
    practice: Practice, tmp_path: Path, form: Form, asked: bool
) -> None:
    out = write_archive(practice.lee, tmp_path / "out", form, process_notes=asked)
    paths = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
    words = "".join(path.read_text() + path.name for path in paths)
    assert (PROCESS in words) is asked
    assert PROGRESS in words
    assert SAFETY not in words and SUPERVISION not in words
    assert "safety note ·" not in words.casefold() and "safety-note" not in words.casefold()
    assert [one for one in read_archive(out) if not isinstance(one, Problem)] == []


def test_a_colleague_s_process_note_never_goes_along(practice: Practice, tmp_path: Path) -> None:
    """Whoever read it for supervision is not its author."""
    [note] = [one for one in practice.lee.records.all() if one.kind is RecordKind.PROCESS]
    roe = practice.joins("Dr Roe", Role.THERAPIST)
    practice.lee.records.share(note.id, "Dr Roe")
    practice.look()
    assert PROCESS in str(roe.records.all())
    out = write_archive(roe, tmp_path / "out", process_notes=True)
    assert PROCESS not in "".join(path.read_text() for path in out.rglob("*.md"))


def test_vitals_are_a_table_that_no_spreadsheet_takes_for_formulas(
    practice: Practice, tmp_path: Path
) -> None:
    out = write_archive(practice.lee, tmp_path / "out")
    [row] = rows(out / "vitals.csv")
    assert (row["session"], row["systolic"], row["diastolic"], row["label"]) == ("2", "118", "76", "'=before")
