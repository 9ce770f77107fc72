"""Measures over time and as files: one person at a time, and never the other partner's."""

import csv
import io
import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from fhir.resources.R4B.bundle import Bundle

from kapjournal.presentation import charts

from .command_line import CommandLine, Outcome, one_sentence

HERS, HIS = "3,0,1,2,0,0,1", "2,2,2,2,2,2,2"


@pytest.fixture(autouse=True)
def entered(cli: CommandLine) -> None:
    """What Ana and Ben answered on paper, two sessions, and Ana's dose."""
    cli.done("Dr Lee", "session", "add", "--kind", "preparation", "--date", "2026-01-05")
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2026-01-12", "--doses", "Ana")
    enter(cli, "gad7", "Ana", HERS, "2026-01-05")
    enter(cli, "gad7", "Ana", "0,0,1,1,0,-,1", "2026-01-14")
    enter(cli, "gad7", "Ana", "0,0,1,1,0,0,1", "2026-01-20")
    enter(cli, "csi4", "Ana", "3,4,3,4", "2026-01-06")
    enter(cli, "gad7", "Ben", HIS, "2026-01-06")


def enter(cli: CommandLine, measure: str, whose: str, answers: str, date: str) -> None:
    cli.done("Dr Lee", "measure", "paper", measure, whose, answers, "--date", date)


def told(outcome: Outcome) -> str:
    return outcome.text + outcome.err


def test_a_partner_sees_their_own_course(cli: CommandLine) -> None:
    assert cli.done("Ana", "measure", "chart", "gad7").lines == [
        "5 January 2026\t7\tfirst\t-",
        "14 January 2026\tincomplete\t-\t-",
        "20 January 2026\t3\t-4\tyes",
        "5 January 2026: session 1",
        "12 January 2026: session 2, dose 1",
    ]


def test_the_dose_of_one_partner_is_not_in_the_course_of_the_other(cli: CommandLine) -> None:
    course = cli.done("Ben", "measure", "chart", "gad7").text
    assert "session 2" in course and "dose" not in course


def test_nobody_sees_two_and_no_partner_the_other(cli: CommandLine) -> None:
    unsaid = cli.as_("Dr Lee", "measure", "chart", "gad7")
    assert unsaid.code == 2 and "Say whose answers" in unsaid.err and one_sentence(unsaid)
    assert (
        cli.done("Dr Lee", "measure", "chart", "gad7", "--of", "Ben")
        .lines[0]
        .startswith("6 January 2026\t14")
    )
    for command in (("chart", "gad7"), ("export", str(cli.folder / "out"))):
        refused = cli.as_("Ana", "measure", *command, "--of", "Ben")
        assert refused.code == 6 and refused.out == b"" and one_sentence(refused)
        assert cli.as_("Ana", "measure", *command, "--of", "Dr Lee").code == 6
        assert cli.as_("Ana", "measure", *command, "--of", "Nobody").code == 4
    assert not (cli.folder / "out").exists()


def test_json_has_the_numbers(cli: CommandLine) -> None:
    said = cli.done("Ana", "measure", "chart", "GAD-7", "--json").json
    assert (said["of"], said["measure"], said["range"], said["reliable_change"]) == (
        "Ana",
        "gad7",
        [0, 21],
        4,
    )
    assert said["points"][1] == {
        "date": "2026-01-14",
        "value": None,
        "since_first": None,
        "beyond_chance": None,
    }
    assert said["points"][2]["beyond_chance"] == "yes"
    assert said["marks"][1:] == [
        {"date": "2026-01-12", "kind": "dose", "number": 1},
        {"date": "2026-01-12", "kind": "session", "number": 2},
    ]


def test_the_picture_is_a_file_of_its_own(cli: CommandLine) -> None:
    dest = cli.folder / "gad.svg"
    outcome = cli.done("Ana", "measure", "chart", "gad7", "--svg", str(dest))
    assert "not sealed" in outcome.err and outcome.lines[0].startswith("5 January")
    assert fromstring(dest.read_text()).tag.endswith("svg")
    assert dest.stat().st_mode & 0o777 == 0o600
    again = cli.as_("Ana", "measure", "chart", "gad7", "--svg", str(dest))
    assert again.code == 6 and one_sentence(again)
    cli.done("Ana", "measure", "chart", "csi4", "--svg", str(dest), "--force")
    assert "CSI-4" in dest.read_text()


def test_before_anything_was_answered_it_says_so(cli: CommandLine) -> None:
    assert charts.NOTHING_YET in cli.done("Ana", "measure", "chart", "pcl5").err


def test_the_table_has_one_persons_answers(cli: CommandLine) -> None:
    dest = cli.folder / "hers.csv"
    outcome = cli.done("Dr Lee", "measure", "export", str(dest), "--of", "Ana")
    assert outcome.text == f"{dest}\n" and "not sealed" in outcome.err
    rows = list(csv.reader(io.StringIO(dest.read_bytes().decode(), newline="")))
    assert [row[:4] for row in rows[1:]] == [
        ["2026-01-05", "GAD-7", "yes", "7"],
        ["2026-01-06", "CSI-4", "yes", "14"],
        ["2026-01-14", "GAD-7", "no", ""],
        ["2026-01-20", "GAD-7", "yes", "3"],
    ]
    assert not any(name in dest.read_text() for name in ("Ana", "Ben", "Lee"))


def test_the_bundle_is_read_by_the_models_of_fhir_and_names_nobody(cli: CommandLine) -> None:
    made = []
    for name in ("one.json", "two.json"):
        dest = cli.folder / name
        cli.done("Ana", "measure", "export", str(dest), "--format", "fhir", "--measure", "gad7")
        made.append(dest.read_text())
        bundle = json.loads(made[-1])
        Bundle.model_validate(bundle)
        kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
        assert kinds.count("QuestionnaireResponse") == 3 and kinds.count("Observation") == 2
    assert not any(name in made[0] for name in ("Ana", "Ben", "Lee"))
    subjects = {json.loads(one)["entry"][0]["resource"]["subject"]["identifier"]["value"] for one in made}
    assert len(subjects) == 2


@pytest.mark.parametrize("name", ["us.kap", "folder"])
def test_nothing_is_written_over_a_journal_or_a_folder(cli: CommandLine, name: str) -> None:
    (cli.folder / "folder").mkdir(exist_ok=True)
    refused = cli.as_("Ana", "measure", "export", str(cli.folder / name), "--force")
    assert refused.code == 6 and one_sentence(refused)


def test_a_disk_that_cannot_be_written_is_said(cli: CommandLine) -> None:
    lost = cli.as_("Ana", "measure", "export", str(Path("/nowhere") / "x.csv"))
    assert lost.code == 7 and one_sentence(lost)
