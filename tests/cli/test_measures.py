"""Measures on the command line without a journal: scores, what there is, and packs."""

import json

import pytest

from kapjournal import paths
from kapjournal.content.measure_packs import FOLDER
from tests.domain.worked_scores import WORKED, Worked

from .command_line import CommandLine, one_sentence


@pytest.mark.parametrize("worked", WORKED, ids=lambda one: f"{one.measure} {one.total}")
def test_a_score_needs_no_journal(empty_cli: CommandLine, worked: Worked) -> None:
    typed = ",".join(map(str, worked.answers))
    outcome = empty_cli.run("measure", "score", worked.measure, typed, "--json")
    said = outcome.json
    assert outcome.code == 0 and said["total"] == worked.total and said["band"] == worked.band
    assert said["flags"] == (["safety-item"] if worked.safety else [])
    assert (said["cut_off"] or {}).get("side") == {True: "reached", False: "not-reached", None: None}[
        worked.reached
    ]
    assert said["provisional"] is worked.provisional
    assert {one["id"]: (one["total"], one["positive"]) for one in said["subscales"]} == worked.subscales


def test_item_nine_shows_whom_to_call_at_once_whatever_the_total(empty_cli: CommandLine) -> None:
    calm = empty_cli.run("measure", "score", "phq9", "3,3,3,3,3,3,3,3,0")
    assert calm.code == 0 and calm.err == ""
    for typed in ("0,0,0,0,0,0,0,0,1", "-,-,-,-,-,-,-,-,3"):
        marked = empty_cli.run("measure", "score", "phq9", typed)
        assert marked.code == 0 and "flag: item 9 is 1 or more" in marked.lines
        assert "Whom to call: 988 (call or text) or 911." in marked.err and one_sentence(marked)


def test_what_was_left_out_is_named_and_nothing_is_scored(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run("measure", "score", "csi4", "-,5,-,5")
    assert outcome.labelled() == {"measure": "CSI-4", "total": "not scored: items 1, 3 left out"}
    said = empty_cli.run("measure", "score", "csi4", "6,5,-,5", "--json").json
    assert (said["total"], said["complete"], said["missing"]) == (None, False, [3])


def test_the_word_for_the_far_side_is_not_said_where_a_partner_may_look(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run("measure", "score", "csi4", "0,0,0,0")
    assert "cut-off: below 13.5: reached" in outcome.lines
    assert "satisf" not in outcome.text + empty_cli.run("measure", "score", "csi4", "0,0,0,0", "--json").text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("phq9", "3,0"), 2, "PHQ-9, item 3: no answer. There are 9 items and 2 answers"),
        (("phq9", "0,0,0,0,0,0,0,0,4"), 2, "PHQ-9, item 9: 4 is none of 0, 1, 2, 3."),
        (("phq9", "0,0,0,0,0,0,0,0,0,0"), 2, "PHQ-9 has 9 items: there is no item 10"),
        (("csi16", ",".join("6" * 16)), 2, "CSI-16, item 2: 6 is none of 0, 1, 2, 3, 4, 5."),
        (("gad7", "0,a,0,0,0,0,0"), 2, "GAD-7, item 2: “a” is not a whole number"),
        (("das", "0"), 4, "There is no measure “das”"),
    ],
)
def test_answers_that_do_not_fit_end_with_the_item(
    empty_cli: CommandLine, arguments: tuple[str, ...], code: int, said: str
) -> None:
    outcome = empty_cli.run("measure", "score", *arguments)
    assert outcome.code == code and outcome.err.startswith(said) and one_sentence(outcome)
    assert outcome.out == b""


def test_answers_come_from_standard_input_too(empty_cli: CommandLine) -> None:
    assert (
        "total: 5 of 12, lower is better"
        in empty_cli.run("measure", "score", "phq4", "-", stdin=b"0,1,3,1\n").lines
    )


def test_the_list_has_the_six_and_then_the_example(empty_cli: CommandLine) -> None:
    rows = [line.split("\t") for line in empty_cli.run("measure", "list").lines]
    assert [row[0] for row in rows] == ["phq9", "gad7", "phq4", "csi4", "csi16", "pcl5", "example"]
    assert rows[3] == ["csi4", "CSI-4", "4", "0", "21", "higher-better", "-"] and rows[-1][-1] == "en"
    said = empty_cli.run("measure", "list", "--json").json
    assert [one["example"] for one in said] == [False] * 6 + [True]
    assert said[5]["reliable_change"]["points"] == 15 and said[3]["reliable_change"] is None


def test_packs_that_are_used_and_that_are_not(empty_cli: CommandLine) -> None:
    folder = paths.config_folder() / "packs"
    folder.mkdir(parents=True)
    good = json.loads((FOLDER / "example.json").read_text(encoding="utf-8"))
    (folder / "fr.json").write_text(json.dumps(good | {"language": "fr"}))
    good["item"][2]["answerOption"].pop()
    (folder / "odd.json").write_text(json.dumps(good))
    outcome = empty_cli.run("measure", "packs")
    assert [line.split("\t")[:3] for line in outcome.lines] == [
        ["example", "fr", "1"],
        ["example", "en", "1"],
    ]
    why = "item 2: its answers have the values 3, 2, 1; they should be 3, 2, 1, 0."
    refused = f"{folder / 'odd.json'} is not used: {why}"
    assert outcome.code == 0 and outcome.err == refused + "\n"
    said = empty_cli.run("measure", "packs", "--json").json
    assert said["refused"] == [refused] and len(said["packs"]) == 2
