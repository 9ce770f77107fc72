"""The clinical record on the command line: forms, field by field and as JSON, couple by couple."""

import hashlib
import json

import pytest

from kapjournal import paths
from kapjournal.content import practice as rules
from tests.content.invented_packs import lay_packs
from tests.journal.test_records import SOAP

from .command_line import LEE, CommandLine, one_sentence

PRACTICE = "one door in the morning"


@pytest.fixture
def practice(cli: CommandLine) -> CommandLine:
    """A practice beside the journal of three, with that couple in it."""
    (cli.folder / "lee").write_text(LEE)
    (cli.folder / "new").write_text(PRACTICE)
    made = cli.run(
        *("-j", "practice.kap", "new", "--practice", "--label", "Dr Lee", "--role", "therapist"),
        *("--new-passphrase-file", "new", "--no-recovery"),
    )
    assert made.code == 0, made.err
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file", "lee")
    done(cli, "couple", "add", "Ana and Ben", "ours.kap", *as_lee)
    done(cli, "couple", "partners", "Ana and Ben", "Ana", "Ben")
    return cli


def done(cli: CommandLine, *argv: str, stdin: str = "") -> list[str]:
    said = cli.run("-j", "practice.kap", "--passphrase-file", "new", *argv, stdin=stdin.encode())
    assert said.code == 0, said.err
    return [*said.lines, *said.err.splitlines()]


def add(cli: CommandLine, kind: str, *argv: str, stdin: str = "") -> str:
    (written,) = done(cli, "record", "add", kind, "-c", "ana and ben", *argv, stdin=stdin)
    return written


def shown(cli: CommandLine, written: str) -> dict[str, object]:
    read: dict[str, object] = json.loads("\n".join(done(cli, "record", "show", written, "--json")))
    return read


def refused(cli: CommandLine, *argv: str, stdin: str = "") -> tuple[object, str]:
    said = cli.run("-j", "practice.kap", "--passphrase-file", "new", *argv, stdin=stdin.encode())
    assert one_sentence(said), said.err
    return said.code, said.err


def test_a_progress_note_field_by_field(practice: CommandLine) -> None:
    written = add(
        practice,
        "progress",
        *("--plan", "Meet again.", "--subjective", "- as said", "--assessment", "-", "--date", "2026-03-05"),
        *("--session", "3", "--session-date", "2026-03-02", "--layout", "soap", "--about", "ben"),
        stdin="Two lines\nto the letter \n",
    )
    read = shown(practice, written)
    assert read["fields"] == {
        "assessment": "Two lines\nto the letter \n",
        "plan": "Meet again.",
        "subjective": "- as said",
    }
    assert (read["about"], read["layout"], read["date"]) == ("second", "SOAP", "2026-03-05")
    assert read["session"] == {"number": 3, "date": "2026-03-02"} and read["couple"] == "Ana and Ben"
    assert done(practice, "record", "list", "--couple", "Ana and Ben") == [
        f"{written}\t2026-03-05\tprogress\t3\tAna and Ben\tBen\tOnly you\tas said"
    ]
    lines = done(practice, "record", "show", written)
    assert "about: Ben" in lines and "session: 3, 2026-03-02" in lines
    assert [lines.index(one) for one in ("Subjective: both", "Assessment", "Plan")] == sorted(
        lines.index(one) for one in ("Subjective: both", "Assessment", "Plan")
    )


@pytest.mark.parametrize("text", ["- calm, had slept", "-h", "--help", "--date=x", "-c Uma", "--", "a=b"])
def test_a_text_that_begins_with_a_hyphen_is_a_text(practice: CommandLine, text: str) -> None:
    (written,) = done(practice, "record", "add", "--plan", text, "progress", "-c", "Ana and Ben", "--risk=--")
    assert shown(practice, written)["fields"] == {"plan": text, "risk": "--"}
    done(practice, "record", "edit", "--homework", text, written)
    assert shown(practice, written)["fields"] == {"homework": text, "plan": text, "risk": "--"}


def test_json_goes_in_as_it_came_out(practice: CommandLine) -> None:
    said = {"fields": SOAP, "layout": "SOAP", "about": "couple", "date": "2026-03-05", "session": None}
    written = add(practice, "progress", "--json", "-", stdin=json.dumps(said))
    read = shown(practice, written)
    assert {name: read[name] for name in said} == said
    (practice.folder / "again.json").write_text(json.dumps({**said, "session": {"number": 2, "date": None}}))
    again = add(practice, "progress", "--json", "again.json", "--plan", "Another.")
    assert shown(practice, again)["fields"] == {**SOAP, "plan": "Another."}
    assert shown(practice, again)["session"] == {"number": 2, "date": None}


def test_a_process_note_comes_from_standard_input_and_no_list_says_its_words(practice: CommandLine) -> None:
    written = add(practice, "process", stdin="my own thoughts")
    safety = add(practice, "safety", "--about", "Ana", "--violence", "asked alone", "--text", "-", stdin="x")
    assert shown(practice, written)["fields"] == {"text": "my own thoughts"}
    assert shown(practice, safety)["about"] == "first"
    assert [line.split("\t")[-1] for line in done(practice, "record", "list")] == ["-", "-"]


def test_an_edit_changes_what_it_names(practice: CommandLine) -> None:
    written = add(practice, "progress", "--plan", "a", "--risk", "b", "--session", "3")
    change = ("--plan=", "--homework", "c", "--layout", "DAP", "--session", "0")
    done(practice, "record", "edit", written, *change)
    read = shown(practice, written)
    assert read["fields"] == {"risk": "b", "homework": "c"} and read["layout"] == "DAP"
    assert read["session"] is None
    for said, session in (
        (("--session", "4", "--session-date", "2026-03-09"), {"number": 4, "date": "2026-03-09"}),
        (("--session-date", "2026-03-10"), {"number": 4, "date": "2026-03-10"}),
        (("--session", "5"), {"number": 5, "date": None}),
        (("--session", "0"), None),
    ):
        done(practice, "record", "edit", written, *said)
        assert shown(practice, written)["session"] == session
    assert refused(practice, "record", "edit", written, "--session-date", "2026-03-10")[0] == 2
    edit = ("record", "edit", written, "--json", "-")
    done(practice, *edit, stdin='{"fields": {"risk": null, "data": "d"}, "about": "first"}')
    assert shown(practice, written)["fields"] == {"homework": "c", "data": "d"}
    history = [line.split("\t") for line in done(practice, "record", "history", written)]
    assert [line[0] for line in history] == [*"1234567"] and history[0][3] == "Only you"
    first = done(practice, "record", "history", written, "--version", "1")
    assert first == ["", "Plan", "a", "", "Risk statement", "b"]


def test_forms_are_listed_without_a_door(practice: CommandLine) -> None:
    listed = practice.run("record", "forms", "safety")
    assert listed.code == 0 and listed.lines[0] == "safety\ttext\ttext\tNote\t-"
    forms = practice.run("record", "forms", "--json").json
    assert len(forms) == 13 and {"kind", "title", "about", "readers", "layouts", "fields"} == set(forms[0])


def test_sharing_is_with_one_colleague(practice: CommandLine) -> None:
    code = done(practice, "invite", "Kim", "--role", "supervisor")[0]
    (practice.folder / "kim").write_text("kim opens this door")
    joined = practice.run(
        *("-j", "practice.kap", "join", "--code", code, "--label", "Kim", "--no-recovery"),
        *("--new-passphrase-file", "kim"),
    )
    assert joined.code == 0, joined.err
    practice.monkeypatch.setenv("KAPJOURNAL_AS", "Dr Lee")
    kim = ("-j", "practice.kap", "-a", "Kim", "--passphrase-file", "kim", "record")
    written = done(practice, "record", "add", "progress", "-c", "Ana and Ben", "--plan", "a")[0]
    assert practice.run(*kim, "show", written).code == 4
    lee = ("-j", "practice.kap", "--passphrase-file", "new", "record")
    for who in ("all", "supervisor", "Kim,Noor"):
        said = practice.run(*lee, "share", written, who)
        assert said.code == 6 and "one colleague at a time" in said.err
    assert (
        "You and Kim (not compared yet) can read this record."
        in practice.run(*lee, "share", written, "kim").err
    )
    read = practice.run(*kim, "show", written, "--json").json
    assert read["fields"] == {"plan": "a"} and read["couple"] is None
    assert practice.run(*lee, "withdraw", written, "Kim").code == 0
    assert practice.run(*kim, "list").lines == []
    said = practice.run(*kim, "add", "contact", "-c", "Ana and Ben", "--text", "x")
    assert said.code == 6 and "writes no “contact”" in said.err


@pytest.mark.parametrize(
    ("argv", "stdin", "code", "said"),
    [
        (("progress", "--dose", "80"), "", 2, "“dose” is no field of “Progress note”"),
        (("progress", "--next-date", "Friday"), "", 2, "Next date: not a day"),
        (("progress", "--date", "Friday", "--plan", "x"), "", 2, "Date: not a day"),
        (("progress", "--session", "x", "--plan", "x"), "", 2, "Session: “x” is not a number"),
        (("progress", "--session-date", "2026-03-02", "--plan", "x"), "", 2, "Session date: say the number"),
        (("progress", "--about", "Cleo", "--plan", "x"), "", 2, "About: “Cleo” is none of couple, first"),
        (("progress", "--layout", "PIE", "--plan", "x"), "", 2, "Layout: “Progress note” has no “PIE”"),
        (("progress", "--session", "0", "--session-date", "2026-03-02"), "", 2, "Say what stands in it"),
        (("progress", "--session", "9" * 9, "--plan", "x"), "", 2, "Session: a number between"),
        (("progress",), "", 2, "Say what stands in it"),
        (("progress", "--plan"), "", 2, "--plan: its text is missing"),
        (("progress", "--plan", "a", "b"), "", 2, "unexpected extra argument"),
        (("progress", "--plan", "-", "--risk", "-"), "x", 2, "Standard input can be taken once"),
        (("progress", "--plan", "\x1b"), "", 6, "Plan: The text holds an escape"),
        (("dose", "--dose", "80"), "", 2, "There is no form “dose”"),
        (("dosing", "--about", "ana", "--session", "3", "--dose", "8"), "", 2, "“dose” is no field of"),
        (("process", "--dose", "80"), "", 2, "“dose” is no field of “Process note”"),
        (("process", "--layout", "SOAP", "--text", "x"), "", 2, "it has no layouts"),
        (("safety", "--text", "x"), "", 2, "About: “Individual safety note” is about one partner"),
        (("progress", "--json", "-"), "{", 2, "The JSON cannot be read: line 1"),
        (("progress", "--json", "-"), '{"fields": {"plan": 3}}', 2, "“plan” is a text in quotes"),
        (("progress", "--json", "-"), '{"couple": "x"}', 2, "“couple” is not for a record to be given"),
        (("progress", "--json", "-"), '{"session": 3}', 2, "“session” is null, or an object"),
        (("progress", "--json", "-"), '{"date": "a", "date": "b"}', 2, "says one thing twice"),
        (("progress", "--json", "no.json"), "", 2, "no.json cannot be read"),
        (("progress", "--json", "-"), "[" * 100_000, 2, "The JSON cannot be read"),
        (("progress", "--json", "-"), '{"fields": {"plan": "\\ud800"}}', 6, "Plan: The text holds half"),
    ],
)
def test_what_bad_input_gets(
    practice: CommandLine, argv: tuple[str, ...], stdin: str, code: int, said: str
) -> None:
    kind, *rest = argv
    got, sentence = refused(practice, "record", "add", kind, "-c", "Ana and Ben", *rest, stdin=stdin)
    assert (got, said in sentence) == (code, True), sentence
    assert done(practice, "record", "list") == []


def test_what_is_not_there(practice: CommandLine) -> None:
    assert refused(practice, "record", "add", "contact", "-c", "Nobody", "--text", "x")[0] == 4
    assert refused(practice, "record", "list", "-c", "Nobody")[0] == 4
    assert refused(practice, "record", "add", "contact", "--text", "x")[0] == 2
    assert refused(practice, "record", "show", "abcdef")[0] == 4
    written = add(practice, "contact", "--text", "x")
    assert refused(practice, "record", "edit", written)[0] == 2
    assert refused(practice, "record", "history", written, "--version", "9")[0] == 4
    assert refused(practice, "record", "share", written, "Nobody")[0] == 4
    assert shown(practice, written)["fields"] == {"text": "x"}


def test_the_day_from_which_a_record_may_be_reviewed(practice: CommandLine) -> None:
    assert done(practice, "record", "review") == ["Ana and Ben\t-\t-"]
    add(practice, "contact", "--text", "x", "--date", "2026-03-05")
    add(practice, "contact", "--text", "x", "--date", "2024-02-29")
    assert done(practice, "record", "review") == ["Ana and Ben\t2026-03-05\t2033-03-05"]
    said = done(practice, "-c", "ana and ben", "record", "review", "--json")
    row = {"couple": "Ana and Ben", "last_service": "2026-03-05", "review_from": "2033-03-05"}
    assert json.loads("\n".join(said)) == [row]
    assert refused(practice, "record", "review", "-c", "Nobody")[0] == 4
    assert practice.as_("Dr Lee", "record", "review").code == 6


def test_a_clinics_own_years_and_a_file_that_is_wrong(practice: CommandLine) -> None:
    add(practice, "contact", "--text", "x", "--date", "2026-03-05")
    own = paths.config_folder() / "practice.toml"
    for text, day, complained in (("retention_years = 10", 2036, 0), ("retention_years = 0", 2033, 1)):
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(text)
        rules._read.cache_clear()
        said = done(practice, "record", "review")
        assert said[0] == f"Ana and Ben\t2026-03-05\t{day}-03-05" and len(said) == 1 + complained
    rules._read.cache_clear()


def test_the_couple_can_be_named_before_the_command_too(practice: CommandLine) -> None:
    (written,) = done(practice, "-c", "Ana and Ben", "record", "add", "contact", "--text", "x")
    assert done(practice, "-c", "Ana and Ben", "record", "list")[0].startswith(written)
    assert done(practice, "-c", "Ana and Ben", "record", "show", written)


def test_a_couples_journal_has_no_record(practice: CommandLine) -> None:
    for argv in (("list",), ("show", "abcd"), ("edit", "abcd", "--plan", "x"), ("share", "abcd", "Ana")):
        said = practice.as_("Dr Lee", "record", *argv)
        assert said.code == 6 and "kept in a practice" in said.err, said.err
    said = practice.as_("Ana", "record", "add", "contact", "-c", "Ana and Ben", "--text", "x")
    assert said.code == 6 and "kept in a practice" in said.err, said.err


def test_a_partners_page_is_kept_and_outlives_its_withdrawal(practice: CommandLine) -> None:
    sharing = ("note", "add", "--share")
    added = practice.as_("Ana", *sharing, "Dr Lee", "--title", "The hallway", stdin=b"It was on.")
    (note,) = added.lines
    assert "Dr Lee may keep a copy in the record." in added.err
    copy, said = done(practice, "record", "keep", note[:8], "-c", "ana and ben")
    assert said.startswith("A copy of this page is kept in your record. You alone can read it")
    assert done(practice, "-c", "ana and ben", "record", "keep", note)[0] == copy
    assert practice.done("Ana", "note", "withdraw", note, "--from", "Dr Lee")
    (other,) = practice.as_("Ben", *sharing, "all", "--title", "Mine", stdin=b"Another.").lines
    done(practice, "-c", "ana and ben", "note", "list")
    practice.done("Ben", "note", "delete", other)
    done(practice, "-c", "ana and ben", "note", "list")
    withdrawn = [line.split("\t") for line in done(practice, "record", "withdrawn", "-c", "Ana and Ben")]
    assert [(line[0], *line[3:]) for line in sorted(withdrawn, key=lambda line: line[3])] == [
        ("Ana and Ben", "kept", "The hallway"),
        ("Ana and Ben", "not kept", "-"),
    ]
    said = "\n".join(done(practice, "record", "withdrawn", "--json"))
    assert "Mine" not in said and other not in said and json.loads(said)[0]["couple"] == "Ana and Ben"
    (line,) = done(practice, "record", "kept")
    assert line.split("\t")[2:4] == ["Ana and Ben", "Ana"] and "\tgone by 20" in line
    shown = json.loads("\n".join(done(practice, "record", "kept", copy, "--json")))
    as_lee = ("-j", "practice.kap", "--passphrase-file", "new")
    form = practice.run(*as_lee, "record", "kept", note, "--canonical")
    assert shown["sha256"] == hashlib.sha256(form.out).hexdigest()
    assert (shown["body"], shown["note"], shown["author"]) == ("It was on.", note, "Ana")
    assert shown["typed_by"] is None
    assert done(practice, "record", "kept", copy)[-1] == "It was on."
    assert refused(practice, "record", "keep", note)[0] == 2
    assert refused(practice, "record", "keep", other, "-c", "Ana and Ben")[0] == 4
    assert refused(practice, "record", "kept", "zzzz")[0] == 4
    assert refused(practice, "record", "kept", "--canonical")[0] == 2


def test_a_partner_is_given_a_copy_of_their_own_record(practice: CommandLine) -> None:
    written = add(practice, "progress", "--about", "ben", "--plan", "A walk.", "--date", "2026-03-05")
    note, said = done(practice, "record", "give", written[:6], "--to", "Ben")
    assert said.startswith("Ben and you can read this copy, in their journal.")
    assert "A walk." in practice.done("Ben", "note", "show", note, "--raw").text
    assert practice.as_("Ana", "note", "show", note).code == 4
    assert refused(practice, "record", "give", written, "--to", "Ana")[0] == 6
    assert refused(practice, "record", "give", written, "--to", "Ben", "--is", "first")[0] == 6
    assert refused(practice, "record", "give", written, "--to", "Ben", "--is", "both")[0] == 2
    assert refused(practice, "record", "give", "zzzz", "--to", "Ben")[0] == 4
    process = add(practice, "process", stdin="mine alone")
    assert refused(practice, "record", "give", process, "--to", "Ben", "--is", "second")[0] == 6
    again = done(practice, "-c", "ana and ben", "record", "give", written, "--to", "ben", "--json")
    read = json.loads("\n".join(again[:-1]))
    assert read["readers"] == ["Dr Lee", "Ben"] and read["kind"] == "observation"


def test_what_is_needed_now_and_then_is_named_with_its_option(practice: CommandLine) -> None:
    """Where the names in the practice do not tell which of the two somebody is."""
    lay_packs("phq9")
    practice.done("Ana", "measure", "answer", "phq9", "0,0,0,0,0,0,0,0,1", "--share", "Dr Lee")
    written = add(practice, "progress", "--about", "first", "--plan", "A walk.")
    done(practice, "couple", "partners", "Ana and Ben", "The baker", "The smith")
    code, said = refused(practice, "record", "give", written, "--to", "Ana")
    assert code == 2 and said.endswith("The option is --is first or --is second.\n")
    hers = ("-c", "Ana and Ben", "measure")
    mark = done(practice, *hers, "marks")[0].split("\t")[0]
    line = ("contact", mark, "--how", "phone", "--outcome", "Safe.")
    outcome = practice.run("-j", "practice.kap", "--passphrase-file", "new", *hers, *line)
    assert outcome.code == 2 and outcome.err.endswith("The option is --about first or --about second.\n")
    assert mark in done(practice, *hers, *line, "--about", "first")


def test_a_letter_names_the_command_that_gives_the_two_a_name(practice: CommandLine) -> None:
    other = ("-j", "other.kap", "--passphrase-file", "new")
    role = ("--label", "Dr Lee", "--role", "therapist", "--new-passphrase-file", "new", "--no-recovery")
    as_lee = ("--journal-as", "Dr Lee", "--journal-passphrase-file", "lee")
    asks = ("letter", "first", "-c", "Ours", "--question", "May it stay?")
    assert practice.run("-j", "other.kap", "new", "--practice", *role).code == 0
    assert practice.run(*other, "couple", "add", "Ours", "ours.kap", *as_lee).code == 0
    said = practice.run(*other, *asks)
    assert said.code == 2 and said.err.endswith("The command is: couple partners NAME FIRST SECOND.\n")


def test_what_needs_the_therapist_stands_beside_the_couple(practice: CommandLine) -> None:
    add(practice, "progress", "--plan", "Meet again.")
    session = ("session", "add", "--kind", "dosing", "--date", "2126-03-02")
    done(practice, "-c", "ana and ben", *session)
    [row] = done(practice, "couple", "list")
    assert row.split("\t")[3] == "Dose 1 · Sat 2 Mar 2126; unsigned"
    [fields] = json.loads("".join(done(practice, "couple", "list", "--json")))
    assert fields["next_session"] == {"number": 1, "date": "2126-03-02"}
    assert fields["unsigned"] is True and fields["safety"] is fields["new"] is False
    assert fields["why_not"] is None
    done(practice, "couple", "ask-each-time", "ana and ben")
    [fields] = json.loads("".join(done(practice, "couple", "list", "--json")))
    assert fields["safety"] is None and fields["why_not"] == "asks for its own passphrase"
