"""A letter to a prescriber on the command line: printed, written to a file, and always in the record."""

import json

import pyrage
import pytest

from kapjournal.errors import Refused
from kapjournal.exchange import age
from kapjournal.journal.records import Records
from tests.cli.command_line import LEE, CommandLine
from tests.cli.test_records import add, done, practice, refused, shown
from tests.exchange.watched import watched

__all__ = ["practice"]

LETTER = ("letter", "-c", "ana and ben")
ASKS = ("--question", "May the dose stay as it is?")


def contacts(cli: CommandLine) -> list[str]:
    rows = (line.split("\t") for line in done(cli, "record", "list"))
    return [row[0] for row in rows if row[2] == "contact"]


@pytest.fixture
def dosed(practice: CommandLine) -> CommandLine:
    """A dosing session of each, and answers of each."""
    session = ("--session", "1", "-c", "ana and ben", "--date", "2026-03-02")
    amounts = ("--unit", "mg", "--route", "sublingual", "--form", "lozenge", "--time", "10:06")
    done(practice, "dose", "add", "Ana", *session, *amounts, "--amount", "80", "--ordered-by", "Dr Ito")
    done(practice, "dose", "add", "Ben", *session, *amounts, "--amount", "55")
    done(practice, "vitals", "add", "Ana", "131/84", *session, "--time", "10:36")
    for partner in ("Ana", "Ben"):
        paper = ("measure", "paper", "gad7", partner, "1,1,1,0,0,0,0")
        assert practice.as_("Dr Lee", *paper).code == 0
    return practice


def test_it_is_printed_and_stands_in_the_record(dosed: CommandLine) -> None:
    said = done(dosed, *LETTER, "ana", *ASKS, "--response", "-", "--to", "Dr Ito", stdin="Slept\nwell.\n")
    page = "\n".join(said)
    for words in (
        "To: Dr Ito",
        "About: Ana",
        "2 March 2026 · session 1 · dose 1",
        "10:06  80 mg, sublingual, lozenge, ordered by Dr Ito",
        "Blood pressure: highest and last 131/84 at +30 min",
        "Slept well.",
        "GAD-7, lower is better: 3 on",
        "May the dose stay as it is?",
    ):
        assert words in page, words
    letter = page[: page.index("The letter stands")]  # the line after it ends in an id of any digits
    assert "Ben" not in letter and "55" not in letter
    [written] = contacts(dosed)
    assert said[-1].endswith(f"Its id: {written}.")
    read = shown(dosed, written)
    assert read["about"] == "first" and read["signed"] is False
    assert read["fields"] == {
        "medium": "letter",
        "with-whom": "Dr Ito, prescriber",
        "text": letter,
    }
    assert written in [line.split("\t")[0] for line in done(dosed, "record", "list", "--unsigned")]


def test_a_preview_says_so_and_keeps_nothing(dosed: CommandLine) -> None:
    said = done(dosed, *LETTER, "ana", *ASKS, "--preview")
    assert said[0] == "Only to look at: this is no letter yet, and nothing of it is in the record."
    assert "May the dose stay as it is?" in "\n".join(said)
    assert json.loads("".join(done(dosed, *LETTER, "ana", *ASKS, "--preview", "--json")))["record"] is None
    assert not contacts(dosed)
    assert "not both" in refused(dosed, *LETTER, "ana", *ASKS, "--preview", "--out", "letter.txt")[1]


def test_as_json_it_says_what_it_was_made_of(dosed: CommandLine) -> None:
    signed = ("--name", "Dr Mina Lee", "--credentials", "LMFT")
    said = "\n".join(done(dosed, *LETTER, "first", *ASKS, *signed, "--json"))
    read = json.loads(said[: said.index("The letter stands")])
    assert [read["record"]] == contacts(dosed)
    assert (read["about"], read["to"], read["name"], read["credentials"]) == (
        "Ana",
        None,
        "Dr Mina Lee",
        "LMFT",
    )
    [session] = read["sessions"]
    assert session["dose"] == 1 and session["adverse_event"] == "not noted"
    assert [one["title"] for one in read["measures"]] == ["GAD-7"] and read["not_opened"] is None
    assert read["text"].endswith("Dr Mina Lee, LMFT\n")


def test_it_is_written_to_a_new_file_for_this_user_alone(dosed: CommandLine) -> None:
    dest = dosed.folder / "letter.txt"
    said = done(dosed, *LETTER, "Ana", *ASKS, "--out", str(dest))
    assert said[0] == str(dest) and any("not sealed" in line for line in said)
    [written] = contacts(dosed)
    fields = shown(dosed, written)["fields"]
    assert isinstance(fields, dict) and dest.read_text() == fields["text"]
    assert dest.stat().st_mode & 0o777 == 0o600
    code, _ = refused(dosed, *LETTER, "Ana", *ASKS, "--out", str(dest))
    assert code == Refused.exit_code and contacts(dosed) == [written]


def test_it_is_sealed_and_the_record_is_what_it_was(dosed: CommandLine) -> None:
    identity = pyrage.x25519.Identity.generate()
    dest = dosed.folder / "letter.txt"
    to = ("--age", str(identity.to_public()))
    with watched(dosed.folder) as seen:
        said = done(dosed, *LETTER, "Ana", *ASKS, "--out", str(dest), *to)
    assert not seen.holds(ASKS[1].encode()) and not dest.exists()
    assert said[0] == f"{dest}.age" and not any("not sealed" in line for line in said)
    [written] = contacts(dosed)
    sealed = dest.with_name("letter.txt.age").read_bytes()
    fields = shown(dosed, written)["fields"]
    assert isinstance(fields, dict)
    assert age.opened(sealed, identity=str(identity)).decode() == fields["text"]


def test_no_sealed_file_leaves_without_its_record(
    dosed: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Refused("Not now.")

    monkeypatch.setattr(Records, "add", fail)
    to = ("--age", str(pyrage.x25519.Identity.generate().to_public()))
    code, _ = refused(dosed, *LETTER, "Ana", *ASKS, "--out", str(dosed.folder / "letter.txt"), *to)
    assert code == Refused.exit_code and not list(dosed.folder.glob("letter*"))


def test_no_file_leaves_without_its_record(dosed: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Refused("Not now.")

    monkeypatch.setattr(Records, "add", fail)
    dest = dosed.folder / "letter.txt"
    assert refused(dosed, *LETTER, "Ana", *ASKS, "--out", str(dest)) == (Refused.exit_code, "Not now.\n")
    assert not dest.exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("Ana", "--question", "It may stay."), 2, "ends with a question mark"),
        (("Ana", "--question", "Should ben come?"), 2, "“ben” has no place in it"),
        (("Ana", *ASKS, "--response", "Ana and Ben slept."), 2, "has no place in it"),
        (("couple", *ASKS), 2, "about one partner"),
        (("Uma", *ASKS), 2, "is none of"),
        (("Ana", *ASKS, "--response-from", "risk"), 2, "is no field the response is taken from"),
        (("Ana", *ASKS, "--response-from", "response"), 6, "Type the response instead."),
        (("Ana", *ASKS, "--credentials", "LMFT"), 2, "say --name too"),
    ],
)
def test_what_is_no_letter_is_refused_and_nothing_is_written(
    practice: CommandLine, words: tuple[str, ...], code: int, sentence: str
) -> None:
    said = refused(practice, *LETTER, *words)
    assert said[0] == code and sentence in said[1]
    assert contacts(practice) == []


def test_the_response_of_a_session_from_the_progress_note(dosed: CommandLine) -> None:
    add(dosed, "progress", "--about", "Ana", "--session", "1", "--response", "Softer, Ben says.")
    said = done(dosed, *LETTER, "Ana", *ASKS, "--response-from", "response")
    assert "  Response: Softer, [name left out] says." in said


def test_where_their_journal_asks_for_its_passphrase_there_are_no_measures(dosed: CommandLine) -> None:
    done(dosed, "couple", "ask-each-time", "ana and ben")
    said = done(dosed, *LETTER, "Ana", *ASKS)
    assert "None are in this letter: the journal they stand in was not open." in said
    assert "The letter is without measures: Their journal asks for its own passphrase." in said


def test_in_a_couples_own_journal_there_is_none(cli: CommandLine) -> None:
    (cli.folder / "lee").write_text(LEE)
    said = cli.run("-j", "ours.kap", "-a", "Dr Lee", "--passphrase-file", "lee", *LETTER, "Ana", *ASKS)
    assert said.code == 4 and said.out == b""
