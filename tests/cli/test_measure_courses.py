"""The course of a measure and its files on the command line."""

import csv
import json
from pathlib import Path

import pytest

from tests.content.invented_packs import lay_packs

from .command_line import CommandLine


@pytest.fixture(autouse=True)
def course(own_places: Path, cli: CommandLine) -> None:
    lay_packs("phq9")
    for day, answers in (
        ("01", "2,2,2,2,2,2,2,2,2"),
        ("08", "1,-,1,1,1,1,1,1,1"),
        ("20", "1,1,1,1,1,1,1,1,0"),
    ):
        cli.done("Ana", "measure", "answer", "phq9", answers, "--date", f"2026-03-{day}", "--share", "Dr Lee")
    cli.done("Ben", "measure", "answer", "phq9", "3,3,3,3,3,3,3,3,3", "--share", "Dr Lee")


def test_the_clinic_is_shown_a_table_and_a_partner_plain_words(cli: CommandLine) -> None:
    lee = cli.done("Dr Lee", "measure", "chart", "phq9", "--of", "Ana").text
    assert lee.startswith("PHQ-9\nLower is better.\n") and "Beyond chance" in lee
    assert any(line.split() == ["20", "March", "2026", "8", "-10", "yes"] for line in lee.splitlines())
    mine = cli.done("Ana", "measure", "chart", "phq9").text
    assert "8 of 27, 10 lower than the first time. That is more than chance alone would make." in mine
    assert "something was left out" in mine and "cut-off" not in mine
    fields = cli.done("Ana", "measure", "chart", "phq9", "--of", "Ana", "--json").json
    assert [point["total"] for point in fields["points"]] == [18, None, 8]


def test_a_partner_has_their_own_alone_and_the_clinic_says_whose(cli: CommandLine) -> None:
    for command in (("chart", "phq9"), ("export", "--csv", "-")):
        refused = cli.as_("Ana", "measure", *command, "--of", "Ben")
        assert refused.code == 6 and "Your own measures are all" in refused.err
        assert cli.as_("Dr Lee", "measure", *command).code == 2
        assert cli.as_("Dr Lee", "measure", *command, "--of", "Dr Lee").code == 6


def test_the_picture_and_the_files_are_new_and_named_as_not_sealed(cli: CommandLine, tmp_path: Path) -> None:
    picture, table = tmp_path / "chart.svg", tmp_path / "all.csv"
    said = cli.done("Dr Lee", "measure", "chart", "phq9", "--of", "Ana", "--svg", str(picture))
    assert "not sealed" in said.err and picture.read_text("utf-8").startswith("<svg")
    again = cli.as_("Dr Lee", "measure", "chart", "phq9", "--of", "Ana", "--svg", str(picture))
    assert again.code == 6 and "already" in again.err
    said = cli.done("Dr Lee", "measure", "export", "--csv", "--of", "Ana", str(table))
    assert said.text.strip() == str(table) and "not sealed" in said.err
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [row["total"] for row in rows] == ["18", "", "8"]
    bundle = json.loads(cli.done("Ana", "measure", "export", "--fhir", "-").out)
    assert bundle["type"] == "collection" and "Ana" not in json.dumps(bundle)
    for wrong in ((), ("--csv", "--fhir")):
        assert cli.as_("Ana", "measure", "export", *wrong, "-").code == 2
    assert cli.as_("Ana", "measure", "export", "--csv", str(tmp_path / "x.kap")).code == 6
    assert cli.as_("Ana", "measure", "export", "--csv", str(tmp_path / "no" / "x.csv")).code != 0
