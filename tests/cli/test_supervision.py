"""A write-up on the command line: from the question to the file that leaves, and to the answer."""

import errno
import hashlib
import io
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pyrage
import pytest

from kapjournal.journal.write_ups import WriteUps
from kapjournal.presentation.write_up_answer import NO_NAMES
from tests.cli.command_line import LEE, CommandLine
from tests.cli.test_records import done, practice, refused

__all__ = ["practice"]

NAMES = "Benjamin, Benji\nplace: Northgate\nTilda"
FIELDS = {
    "--minutes": "20",
    "--recipient": "Dr Roe",
    "--why-now": "Ana's sister Tilda moved in at Northgate.",
    "--loop": "Ana asks, Benji leaves for Hillside.",
    "--moment": "0 min: Ana looks at Ben.\n30 min: BEN says yes, as on 3 March 2031.",
    "--safety-self": "asked, nothing open",
}
TOLD = ("Ana", "Ben", "Benji", "Tilda", "Northgate", "Hillside", "March 2031", "Lee")
"""What must not be told by anything that leaves."""


def write_up(cli: CommandLine, *extra: str) -> str:
    names = cli.folder / "names.txt"
    names.write_text(NAMES)
    done(cli, "supervision", "names", "-c", "ana and ben", "--file", "names.txt")
    done(cli, "supervision", "names", "--file", "-", stdin="employer: Hillside")
    asked = ("--question", "Whose fear do I follow with Ana?", "--want", "challenge me", "-c", "ana and ben")
    fields = [word for pair in FIELDS.items() for word in pair]
    (one,) = done(cli, "supervision", "new", *asked, *fields, *extra)
    return one


def review(cli: CommandLine, one: str, *argv: str, to: str = "Dr Roe") -> dict[str, Any]:
    said = cli.run(
        *("-j", "practice.kap", "--passphrase-file", "new"),
        *("supervision", "review", one, "--to", to, "--json", *argv),
    )
    assert said.code == 0, said.err
    read: dict[str, Any] = json.loads(said.out)
    return read


def reviewed(cli: CommandLine, one: str, to: str = "Dr Roe") -> dict[str, Any]:
    found = review(cli, one, "--accept", "all", to=to)
    words = [part for it in found["words"] for part in ("--word", it["id"])]
    answers = [part for it in found["story"] for part in ("--story", f"{it['id']}=no")]
    return review(cli, one, *words, *answers, to=to)


def consented(cli: CommandLine) -> str:
    told = ("--what", "supervision in our programme", "--given", "2020-01-01")
    (one,) = done(cli, "record", "add", "consent", "-c", "ana and ben", *told)
    return one


def text_of(file: Path) -> str:
    """All that can be read in a file, its metadata too."""
    data = file.read_bytes()
    if file.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(
                f"{part.filename} {part.date_time} {parts.read(part).decode()}" for part in parts.infolist()
            )
    if file.suffix == ".pdf":
        from pypdf import PdfReader  # noqa: PLC0415

        read = PdfReader(io.BytesIO(data))
        return "\n".join([str(read.metadata), *(page.extract_text() for page in read.pages)])
    return data.decode()


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_it_leaves_in_every_form_and_tells_nobody(practice: CommandLine, ending: str) -> None:
    one = write_up(practice)
    consented(practice)
    case_word = reviewed(practice, one)["case_word"]
    said = done(
        practice, "supervision", "export", one, f"out.{ending}", "--basis", "A", "--reviewer", "the reader"
    )
    file = practice.folder / f"out.{ending}"
    assert (said[0] == f"out.{ending}" and said[-1].startswith("What is written there is not sealed")) or said
    words = text_of(file)
    for name in TOLD:
        assert not re.search(rf"(?<![a-z]){name}(?![a-z])", words, re.IGNORECASE), name
    assert case_word in words and "reader" in words and "asked, nothing open" in words
    assert file.stat().st_mtime % 86400 == 12 * 3600
    (entry,) = json.loads("\n".join(done(practice, "ledger", "--json")))
    assert entry["sha256"] in words.replace("\n", "") and entry["case_word"] == case_word
    assert (entry["basis"], entry["recipient"], entry["destroyed"]) == ("own programme", "Dr Roe", None)
    assert "Ana" not in entry["question"] and entry["question"].endswith("?")


def test_the_hash_is_that_of_what_stands_above_the_foot(practice: CommandLine) -> None:

    one = write_up(practice)
    consented(practice)
    reviewed(practice, one)
    done(practice, "supervision", "export", one, "out.md", "--basis", "a")
    whole = (practice.folder / "out.md").read_text()
    above, foot = re.split("^---\n", whole, flags=re.MULTILINE)
    (entry,) = json.loads("\n".join(done(practice, "ledger", "--json")))
    assert hashlib.sha256(above.encode()).hexdigest() == entry["sha256"]
    assert entry["sha256"] in foot and "not anonymous" in foot and "the therapist" in foot


def test_it_is_sealed_for_the_supervisor_and_the_answer_comes_back_sealed(practice: CommandLine) -> None:
    one = write_up(practice)
    consented(practice)
    reviewed(practice, one)
    key = pyrage.x25519.Identity.generate()
    said = done(
        practice,
        *("supervision", "export", one, "heron.docx", "--basis", "A", "--age", str(key.to_public())),
    )
    assert said[0] == "heron.docx.age"
    sealed = (practice.folder / "heron.docx.age").read_bytes()
    assert pyrage.decrypt(sealed, [key])[:2] == b"PK" and not (practice.folder / "heron.docx").exists()
    (entry,) = json.loads("\n".join(done(practice, "ledger", "--json")))
    assert entry["format"] == "docx, sealed with age"
    answer = pyrage.encrypt(b"Slow down.\r\nAsk each alone.", [key.to_public()])
    (practice.folder / "answer.age").write_bytes(answer)
    (practice.folder / "key.txt").write_text(str(key))
    assert "sealed" in refused(practice, "supervision", "reply", one, "--file", "answer.age")[1]
    acts = ("--act", "I; ask each alone; 2031-03-09", "--act", "Dr Roe;send the paper")
    lines = done(
        practice,
        *("supervision", "reply", one, "--file", "answer.age", "--identity", "key.txt", *acts),
    )
    assert [line.split("\t")[1:] for line in lines] == [
        ["2031-03-09", "I", "ask each alone"],
        ["-", "Dr Roe", "send the paper"],
    ]
    read = json.loads("\n".join(done(practice, "supervision", "show", one, "--json")))
    assert [it["text"] for it in read["replies"]] == ["Slow down.\nAsk each alone."]


def test_what_came_of_it_is_asked_once(practice: CommandLine) -> None:
    one = write_up(practice)
    done(
        practice, "supervision", "reply", one, "--text", "-", "--act", "I;ask;2031-03-09", stdin="Slow down."
    )
    (said,) = done(practice, "supervision", "happened", "-c", "ana and ben")
    id_ = said.split("\t")[0]
    assert refused(practice, "supervision", "happened", id_)[0] == 2
    done(practice, "supervision", "happened", id_[:6], "--text", "Both are safe.")
    assert done(practice, "supervision", "happened") == []
    assert refused(practice, "supervision", "happened", id_, "--put-aside")[0] == 6
    read = json.loads("\n".join(done(practice, "supervision", "show", one, "--json")))
    assert read["replies"][0]["acts"][0]["happened"] == "Both are safe."


def test_the_ledger_asks_what_was_destroyed_and_keeps_the_rest(practice: CommandLine) -> None:
    one = write_up(practice)
    consented(practice)
    reviewed(practice, one)
    done(practice, "supervision", "export", one, "out.md", "--basis", "A", "--destroy-by", "2900-01-01")
    (line,) = done(practice, "ledger")
    assert line.split("\t")[2:7] == ["Dr Roe", "own programme", "markdown", "2900-01-01", "-"]
    assert done(practice, "ledger", "--due") == []
    (said,) = done(practice, "ledger", "destroyed", line.split("\t")[0][:8])
    assert "The entry stays." in said
    (entry,) = json.loads("\n".join(done(practice, "ledger", "-c", "ana and ben", "--json")))
    assert entry["destroyed"] and entry["sha256"] and entry["question"]


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("out.txt", "--basis", "A"), 2, "ends in .md"),
        (("out.md", "--basis", "D"), 2, "on which basis"),
        (("out.md",), 2, "on which basis"),
        (("out.md", "--basis", "A", "--to", " "), 2, "who is to read it"),
        (("out.md", "--basis", "A", "--destroy-by", "2020-01-01"), 2, "later day"),
        (("out.md", "--basis", "A", "--age", "age1nonsense"), 2, "not the public key"),
        (("out.md", "--basis", "C"), 6, "not complete"),
        (("out.md", "--basis", "A"), 6, "none that stands"),
        (("out.md", "--basis", "B"), 6, "authorised nobody"),
        (("practice.kap.md", "--basis", "C", "--to", "Dr Kern"), 6, "not complete"),
    ],
)
def test_what_keeps_it_from_leaving_is_one_sentence_and_no_file(
    practice: CommandLine, argv: tuple[str, ...], code: int, words: str
) -> None:
    one = write_up(practice)
    before = sorted(practice.folder.iterdir())
    found = refused(practice, "supervision", "export", one, *argv)
    assert found[0] == code and words in found[1]
    assert sorted(practice.folder.iterdir()) == before and done(practice, "ledger") == []


def test_without_room_for_the_file_or_for_its_entry_there_is_neither(
    practice: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write_up(practice)
    consented(practice)
    reviewed(practice, one)
    full = OSError(errno.ENOSPC, "No space left on device")

    def no_room(*_: object, **__: object) -> None:
        raise full

    for owner, name in ((Path, "write_bytes"), (WriteUps, "leave"), (os, "fsync"), (os, "link")):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, no_room)
            if name == "link":
                patch.setattr(Path, "replace", no_room)
            code, _ = refused(practice, "supervision", "export", one, "out.md", "--basis", "A")
        assert code == 7, name
        assert not (practice.folder / "out.md").exists() and done(practice, "ledger") == [], name
    assert not list(practice.folder.glob(".kapjournal-*"))
    done(practice, "supervision", "export", one, "out.md", "--basis", "A")


def test_the_review_by_json_and_by_options(practice: CommandLine) -> None:
    one = write_up(practice, "--tried", "We rang 020 7946 0018 about the regatta.")
    found = review(practice, one)
    phone = next(it["id"] for it in found["items"] if it["type"] == "phone")
    decisions = {
        "accept": ["all"],
        "keep": {phone: "nobody's"},
        "mark": ["regatta"],
        "story": {"event": "no"},
    }
    (practice.folder / "said.json").write_text(json.dumps(decisions))
    found = review(practice, one, "--decisions", "said.json")
    by_text = {it["text"]: it["decided"] for it in found["items"]}
    assert by_text["020 7946 0018"] == {"choice": "keep", "words": "nobody's"}
    assert by_text["regatta"] == {"choice": "accept", "words": ""} and by_text["Ana"]["choice"] == "accept"
    assert next(it["decided"] for it in found["story"] if it["id"] == "event")["words"] == "no"
    name = next(it["id"] for it in found["items"] if it["text"] == "Ana")
    for argv, code in (
        (("--keep", f"{name}=they agree"), 6),
        (("--change", f"{name}=Benji"), 6),
        (("--keep", name), 2),
        (("--accept", "0000"), 4),
        (("--decisions", "-", "--accept", "all"), 2),
    ):
        assert refused(practice, "supervision", "review", one, "--to", "Dr Roe", *argv)[0] == code, argv
    for bad in ('{"accept": "all"}', "[]", "{", '{"keep": ["a"]}', '{"wave": {}}'):
        by_json = ("supervision", "review", one, "--to", "Dr Roe", "--decisions", "-")
        assert refused(practice, *by_json, stdin=bad)[0] == 2, bad
    lines = done(practice, "supervision", "review", one, "--to", "Dr Roe")
    assert lines[-1].startswith("The review for Dr Roe is not complete. Still open:")
    assert all(line.split("\t")[1] == "open" for line in lines[:-1])


def test_it_is_listed_shown_and_changed(practice: CommandLine) -> None:
    one = write_up(practice, "--layout", "one page")
    (line,) = done(practice, "supervision", "list")
    assert line.split("\t")[2:] == ["Ana and Ben", "One page", "Whose fear do I follow with Ana?"]
    assert done(practice, "supervision", "edit", one[:6], "--loop", "Another.") == [one]
    assert "Another." in done(practice, "supervision", "show", one)
    assert done(practice, "supervision", "names", "-c", "ana and ben") == NAMES.split("\n")
    assert refused(practice, "supervision", "edit", one)[0] == 2
    assert refused(practice, "supervision", "edit", one, "--question", "No question.")[0] == 2
    other = consented(practice)
    assert refused(practice, "supervision", "show", other)[0] == 6


def test_short_words_are_taken_for_the_answers_that_begin_so(practice: CommandLine) -> None:
    asked = ("supervision", "new", "-c", "ana and ben", "--question", "Whose pace?", "--recipient", "Dr Roe")
    (one,) = done(practice, *asked, "--want", "challenge", "--basis", "C")
    shown = done(practice, "supervision", "show", one)
    assert {"challenge me", "de-identified and reviewed"} <= set(shown)
    done(practice, "supervision", "edit", one, "--wanted", "Think", "--basis", "a")
    shown = done(practice, "supervision", "show", one)
    assert {"think with me", "own programme"} <= set(shown)
    code, said = refused(practice, *asked, "--want", "nothing")
    assert (code, "one of think with me" in said) == (2, True)


def test_the_review_is_for_the_recipient_in_the_write_up_if_nobody_else_is_named(
    practice: CommandLine,
) -> None:
    one = write_up(practice)
    assert done(practice, "supervision", "review", one)[-1].startswith("The review for Dr Roe ")
    done(practice, "supervision", "edit", one, "--recipient", "")
    code, said = refused(practice, "supervision", "review", one)
    assert (code, "who is to read it" in said) == (2, True)


def test_what_was_agreed_is_shown_with_what_was_answered(practice: CommandLine) -> None:
    one = write_up(practice)
    acts = done(
        practice, "supervision", "reply", one, "--text", "Slow down.", "--act", "Dr Lee;ask each alone"
    )
    assert done(practice, "supervision", "show", one)[-2:] == ["Slow down.", "– Dr Lee: ask each alone"]
    done(practice, "supervision", "happened", acts[0].split("\t")[0], "--text", "Both said yes.")
    assert done(practice, "supervision", "show", one)[-1] == "– Dr Lee: ask each alone · Both said yes."


def test_it_is_said_that_there_are_no_names(practice: CommandLine) -> None:
    assert done(practice, "supervision", "names") == [NO_NAMES]


def test_in_a_couples_journal_there_is_none(cli: CommandLine) -> None:
    (cli.folder / "lee").write_text(LEE)
    said = cli.as_("Dr Lee", "ledger")
    assert said.code == 6 and "practice" in said.err
