"""A write-up on the command line: from the question to the file that leaves, and to the answer."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import CommandLine
from tests.cli.test_records import done, practice

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
        assert name.casefold() not in words.casefold(), name
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
    above, foot = whole.rsplit("\n---\n", 1)
    (entry,) = json.loads("\n".join(done(practice, "ledger", "--json")))
    assert hashlib.sha256(above.encode()).hexdigest() == entry["sha256"]
    assert entry["sha256"] in foot and "not anonymous" in foot and "the therapist" in foot
