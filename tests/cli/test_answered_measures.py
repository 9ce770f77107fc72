"""Measures in a couple's journal by commands: answered, entered, shared, asked for, and item 9."""

import json

import pytest

from kapjournal import paths
from tests.content.invented_packs import lay_packs

from .command_line import CommandLine, Outcome, one_sentence

CALL = "Whom to call: 988 (call or text) or 911."
OPEN = "A safety mark is open. See: kapjournal measure marks.\n"
CALM = "1,1,0,2,0,0,1,0,0"
MARKED = "0,0,0,0,0,0,0,0,1"
JUDGING = (
    "moderate",
    "minimal",
    "severe",
    "caseness",
    "cut",
    "reached",
    "safety",
    "flag",
    "dissatis",
    "band",
)


@pytest.fixture(autouse=True)
def words(cli: CommandLine) -> None:
    lay_packs("phq9", "gad7", "csi4")


def answer(cli: CommandLine, who: str, *arguments: str) -> str:
    return cli.done(who, "measure", "answer", *arguments).text.strip()


def told(outcome: Outcome) -> str:
    return outcome.text + outcome.err


def test_a_partner_answers_shares_and_withdraws(cli: CommandLine) -> None:
    saved = cli.done("Ana", "measure", "answer", "PHQ-9", CALM, "--date", "2026-03-02")
    mine = saved.text.strip()
    nothing = cli.done("Dr Lee", "measure", "results")
    assert saved.err == "" and nothing.out == b""
    assert nothing.err == "There are no answers here that you can read.\n"
    shown = cli.done("Ana", "measure", "show", mine[:6]).text
    assert "total: 5 of 27, lower is better" in shown and "item 1: 1 · pebble 1" in shown
    assert not any(word in shown for word in JUDGING)
    shared = cli.done("Ana", "measure", "share", mine, "--with", "Dr Lee")
    assert "You and Dr Lee (not compared yet) can read these answers." in shared.err
    assert "This journal is not monitored" in shared.err
    row = cli.done("Dr Lee", "measure", "results", "--of", "Ana").lines
    assert row == [f"{mine}\t2026-03-02\tPHQ-9\tAna\t5 of 27, lower is better\tYou and Ana"]
    assert "band: mild" in cli.done("Dr Lee", "measure", "show", mine).lines
    withdrawn = cli.done("Ana", "measure", "withdraw", mine, "--from", "Dr Lee")
    assert "Only you can read these answers now." in withdrawn.err
    assert cli.as_("Dr Lee", "measure", "show", mine).code == 4
    assert cli.as_("Ben", "measure", "show", mine).code == 4
    cli.done("Ana", "measure", "delete", mine)
    assert cli.done("Ana", "measure", "results").out == b""


def test_a_partner_is_given_no_judgement_as_json_either(cli: CommandLine) -> None:
    mine = answer(cli, "Ana", "csi4", "0,0,0,0", "--share", "Dr Lee")
    hers = cli.done("Ana", "measure", "show", mine, "--json")
    assert hers.json["score"] == {
        "direction": "higher-better",
        "range": [0, 21],
        "total": 0,
        "complete": True,
        "missing": [],
    }
    assert not any(word in told(hers) for word in JUDGING)
    his = cli.done("Dr Lee", "measure", "show", mine, "--json").json
    assert his["score"]["cut_off"]["side"] == "reached" and his["readers"] == ["Ana", "Dr Lee"]
    assert (
        "beyond the cut-off: notable relationship dissatisfaction"
        in cli.done("Dr Lee", "measure", "show", mine).lines
    )


def test_the_other_partner_is_never_told_of_anything(cli: CommandLine) -> None:
    before = [cli.done("Ben", "measure", what).text for what in ("results", "asked")]
    mine = answer(cli, "Ana", "csi4", "1,2,3,4", "--share", "Dr Lee")
    refused = cli.as_("Ana", "measure", "share", mine, "--with", "Ben")
    assert (
        refused.code == 6 and one_sentence(refused) and "never shared with the other partner" in refused.err
    )
    for who in ("all", "partner", "Ben,Dr Lee"):
        assert cli.as_("Ana", "measure", "share", mine, "--with", who).code == 6
    assert cli.as_("Ana", "measure", "answer", "csi4", "1,2,3,4", "--share", "all").code == 6
    cli.done("Dr Lee", "measure", "ask", "csi4", "Ana")
    assert [cli.done("Ben", "measure", what).text for what in ("results", "asked")] == before == ["", ""]
    assert cli.as_("Ben", "measure", "results", "--of", "Ana").out == b""


def test_item_nine_from_end_to_end(cli: CommandLine) -> None:
    saved = cli.done("Ana", "measure", "answer", "phq9", MARKED, "--share", "Dr Lee")
    mine = saved.text.strip()
    assert saved.err.splitlines()[0].endswith("nobody is alerted.") and CALL in saved.err
    assert CALL in cli.done("Ana", "measure", "show", mine).err
    for command in (("note", "list"), ("measure", "results"), ("people",), ("check",)):
        for who in ("Ana", "Ben"):
            assert not any(word in cli.done(who, *command).err for word in ("mark", "PHQ", "988"))
        assert OPEN in cli.done("Dr Lee", *command).err
    assert CALL not in cli.done("Dr Lee", "measure", "show", mine).err, "it is for who wrote it"
    cli.done("Ana", "measure", "withdraw", mine, "--from", "Dr Lee")
    [row] = cli.done("Dr Lee", "measure", "marks").lines
    mark, state, what = row.split("\t")
    assert state == "open" and what.startswith("Ana · PHQ-9 of ") and "item 9 at 1" in what
    assert what.endswith("withdrawn or deleted since")
    assert cli.as_("Dr Lee", "measure", "contact", mark, "--how", "by phone").code == 2
    assert cli.as_("Dr Lee", "measure", "contact", mark, "--how", "", "--outcome", "x").code == 2
    assert cli.as_("Ana", "measure", "contact", mark, "--how", "x", "--outcome", "x").code == 6
    assert (
        cli.as_(
            "Dr Lee", "measure", "contact", mark, "--how", "x", "--outcome", "x", "--date", "2026-03-02"
        ).code
        == 2
    )
    ahead = ("--how", "x", "--outcome", "x", "--date", "2126-03-02", "--time", "9:30")
    said = cli.as_("Dr Lee", "measure", "contact", mark, *ahead)
    assert said.code == 2 and "2126-03-02 has not come yet: today is " in said.err
    when = ("--date", "2026-03-02", "--time", "9:30")
    closed = cli.done(
        "Dr Lee",
        "measure",
        "contact",
        mark,
        "--how",
        "by phone",
        "--outcome",
        "-",
        *when,
        stdin=b"Safe.\nFriday.",
    )
    assert closed.text.strip() == mark and "and the mark is closed." in closed.err
    contact = ("measure", "contact", mark, "--how", "in person", "--outcome", "Still safe.")
    again = cli.done("Dr Lee", *contact)
    assert "The contact line is added. The mark was closed already." in again.err
    after = cli.done("Dr Lee", "measure", "marks")
    assert after.out == b"" and after.err == "There is no safety mark.\n"
    said = cli.done("Dr Lee", "measure", "marks", "--all", "--json").json
    assert [one["open"] for one in said] == [False] and said[0]["contacts"][0]["outcome"] == "Safe.\nFriday."
    kept = cli.done("Dr Lee", "measure", "marks", "--all").lines
    assert kept[1].endswith("by phone · Safe. Friday.")
    assert cli.done("Ana", "measure", "marks").out == cli.done("Ben", "measure", "marks").out == b""


def test_whom_to_call_is_said_even_if_nothing_can_be_saved(cli: CommandLine) -> None:
    outcome = cli.as_("Ana", "measure", "answer", "phq9", MARKED, "--share", "Ben")
    assert outcome.code == 6 and CALL in outcome.err and outcome.out == b""


@pytest.mark.parametrize(
    ("who", "line"), [("Dr Lee", ("paper", "phq9", "Ana", CALM)), ("Ana", ("answer", "phq9", CALM))]
)
def test_answers_are_of_no_day_that_is_ahead(cli: CommandLine, who: str, line: tuple[str, ...]) -> None:
    said = cli.as_(who, "measure", *line, "--date", "2126-03-02")
    assert said.code == 2 and "2126-03-02 has not come yet: today is " in said.err
    mine = cli.done(who, "measure", *line).text.strip()
    said = cli.as_(who, "measure", "edit", mine, CALM, "--date", "2126-03-02")
    assert said.code == 2 and "has not come yet" in said.err


def test_a_therapist_enters_from_paper(cli: CommandLine) -> None:
    saved = cli.done("Dr Lee", "measure", "paper", "phq9", "Ben", "-,0,0,0,0,0,0,0,2")
    assert CALL in saved.err and "You and Ben (not compared yet) can read these answers." in saved.err
    bens = cli.done("Ben", "measure", "show", saved.text.strip())
    assert "words: from paper" in bens.lines and "total: not scored: item 1 left out" in bens.lines
    assert "item 9: 2" in bens.lines and "death" not in bens.text and CALL not in bens.err
    assert cli.as_("Ana", "measure", "show", saved.text.strip()).code == 4
    assert cli.as_("Ana", "measure", "paper", "phq9", "Ana", CALM).code == 6
    assert cli.as_("Dr Lee", "measure", "paper", "phq9", "Dr Lee", CALM).code == 6
    assert cli.as_("Dr Lee", "measure", "paper", "phq9", "Eve", CALM).code == 4
    assert OPEN in cli.done("Dr Lee", "note", "list").err


def test_without_official_words_it_is_paper(cli: CommandLine) -> None:
    outcome = cli.as_("Ana", "measure", "answer", "pcl5", ",".join("0" * 20))
    assert outcome.code == 6 and "the therapist enters it" in outcome.err and one_sentence(outcome)
    assert cli.as_("Dr Lee", "measure", "answer", "phq9", CALM).code == 6
    (paths.config_folder() / "packs" / "phq9.json").unlink()


def test_one_question_at_a_time(cli: CommandLine) -> None:
    typed = b"4\n\n9\nno\n2\n"  # hot, left out, two that are none, a little
    outcome = cli.as_("Ana", "measure", "answer", "example", stdin=typed, terminal=True)
    assert outcome.code == 0, outcome.err
    lines = outcome.err.splitlines()
    assert "Example: a cup of tea" in lines and "How warm was the cup in your hands?" in outcome.err
    assert "1 of 3" in outcome.err and "  4  Hot" in lines and "  1  Not long" in lines
    assert outcome.err.count("Choose a number from 1 to 4, or leave it out.") == 2
    assert cli.done("Ana", "measure", "show", outcome.text.strip(), "--json").json["answers"] == [3, None, 1]
    piped = cli.as_("Ana", "measure", "answer", "example", stdin=typed)
    assert piped.code == 2 and one_sentence(piped)
    assert answer(cli, "Ana", "example", "-,-,-")
    from_pipe = cli.as_("Ana", "measure", "answer", "example", "-", stdin=b"1,2,3\n")
    assert from_pipe.code == 0


def test_changing_and_looking_back(cli: CommandLine) -> None:
    mine = answer(cli, "Ana", "gad7", "0,-,0,0,0,0,0")
    assert cli.done("Ana", "measure", "edit", mine, "0,1,0,0,0,0,0", "--json").json["answers"][1] == 1
    rows = [line.split("\t") for line in cli.done("Ana", "measure", "history", mine).lines]
    assert [row[2] for row in rows] == ["0,-,0,0,0,0,0", "0,1,0,0,0,0,0"]
    assert [one["number"] for one in cli.done("Ana", "measure", "history", mine, "--json").json] == [1, 2]
    assert cli.as_("Ana", "measure", "edit", mine, "0,4,0,0,0,0,0").code == 2


def test_a_therapist_asks_and_is_told_what_nobody_sees(cli: CommandLine) -> None:
    asked = cli.done(
        "Dr Lee", "measure", "ask", "phq9", "Ana", "--by", "2026-03-06", "--line", "Before we meet."
    )
    request = asked.text.strip()
    assert asked.err.startswith("Nobody sees the answers before you open this journal again")
    [row] = cli.done("Ana", "measure", "asked").lines
    assert row.split("\t") == [request, "PHQ-9", "Ana", "2026-03-06", "-", "Before we meet."]
    mine = answer(cli, "Ana", "phq9", CALM, "--share", "Dr Lee")
    assert cli.done("Dr Lee", "measure", "asked", "--json").json[0]["answered"] == mine
    assert cli.as_("Ana", "measure", "take-back", request).code == 4
    cli.done("Dr Lee", "measure", "take-back", request)
    for who in ("Ana", "Dr Lee"):
        nothing = cli.done(who, "measure", "asked")
        assert nothing.out == b"" and nothing.err == "Nothing is asked for.\n"
    assert cli.as_("Ana", "measure", "ask", "phq9", "Ben").code == 6


def test_an_export_of_notes_brings_no_answers(cli: CommandLine) -> None:
    cli.write("Ana", "The hallway.")
    answer(cli, "Ana", "phq9", MARKED)
    cli.done("Ana", "export", str(cli.folder / "out"))
    written = b"".join(file.read_bytes() for file in (cli.folder / "out").rglob("*") if file.is_file())
    assert b"hallway" in written and b"PHQ" not in written and b"phq9" not in written
    assert "notes 1." in cli.done("Ana", "check").err


def test_every_command_that_lists_or_writes_gives_json(cli: CommandLine) -> None:
    said = json.loads(cli.done("Ana", "measure", "answer", "phq9", CALM, "--json").out)
    mine = said["id"]
    assert cli.done("Ana", "measure", "share", mine, "--with", "Dr Lee", "--json").json["id"] == mine
    assert cli.done("Ana", "measure", "results", "--json").json[0]["id"] == mine
    assert cli.done("Ana", "measure", "withdraw", mine, "--from", "Dr Lee", "--json").json["readers"] == [
        "Ana"
    ]
    assert cli.done("Ana", "measure", "delete", mine, "--json").json == {"deleted": mine}
    paper = cli.done("Dr Lee", "measure", "paper", "phq9", "Ana", MARKED, "--json").json
    assert paper["pack"] is None and paper["of"] == "Ana"
    asked = cli.done("Dr Lee", "measure", "ask", "phq9", "Ana", "--json").json
    assert asked["by"] is None and asked["answered"] is None
    assert cli.done("Dr Lee", "measure", "take-back", asked["id"], "--json").json == {
        "taken_back": asked["id"]
    }
    [mark] = cli.done("Dr Lee", "measure", "marks", "--json").json
    contact = ("--how", "in person", "--outcome", "Safe.")
    assert cli.done("Dr Lee", "measure", "contact", mark["id"], *contact, "--json").json["open"] is False
