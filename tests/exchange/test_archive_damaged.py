"""An archive of which a part is damaged: each entry that is wrong is named, and all the rest comes."""

import datetime as dt
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.incoming import Problem
from kapjournal.errors import Refused
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.exchange.imports.sources import source
from kapjournal.journal import NewNote

from .archived import DAY, MOMENT, fresh, read_archive

A, B = b"the first voice", b"the other voice"


@pytest.fixture
def written(tmp_path: Path) -> dict[Form, Path]:
    """Two notes with a file each, as a folder and as JSON."""
    with clock.at(MOMENT), fresh(tmp_path / "first") as journal:
        for before, name, data in ((2, "a.bin", A), (1, "b.bin", B)):
            (tmp_path / name).write_bytes(data)
            with clock.at(MOMENT - dt.timedelta(minutes=before)):
                made = journal.notes.add(NewNote(f"words of {name}", title=name, date=DAY))
            journal.attachments.attach(made.id, tmp_path / name)
        return {
            form: write_archive(journal, tmp_path / f"out.{form}", form) for form in (Form.FOLDER, Form.JSON)
        }


def brought(archive: Path, folder: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The files of each note that came, and where everything lies that could not come."""
    with clock.at(MOMENT), fresh(folder / "again") as journal:
        with source("", archive) as found:
            looked = journal.imports.look(found)
            done = journal.imports.bring(found)
            assert looked == done.plan
            assert journal.imports.bring(found).plan.notes == 0, "it is known for what is here already"
        notes = {note.text.title: [file.name for file in note.files] for note in journal.notes.all()}
    return notes, [one.where for one in done.plan.lost]


def page_of(folder: Path, name: str) -> str:
    [page] = [one for one in (folder / "notes").iterdir() if name in one.read_text()]
    return f"notes/{page.name}"


def test_of_a_folder_a_file_of_another_size_is_named(written: dict[Form, Path], tmp_path: Path) -> None:
    out = written[Form.FOLDER]
    [file] = [one for one in (out / "files").iterdir() if one.read_bytes() == A]
    file.write_bytes(A + b" and more")
    notes, lost = brought(out, tmp_path)
    assert notes == {"a.bin": [], "b.bin": ["b.bin"]}
    assert lost == [f"{page_of(out, 'a.bin')}: a.bin"]


def test_of_a_folder_a_file_that_is_gone_is_named(written: dict[Form, Path], tmp_path: Path) -> None:
    out = written[Form.FOLDER]
    [file] = [one for one in (out / "files").iterdir() if one.read_bytes() == A]
    file.unlink()
    notes, lost = brought(out, tmp_path)
    assert notes == {"a.bin": [], "b.bin": ["b.bin"]}
    assert lost == [f"{page_of(out, 'a.bin')}: a.bin"]


def test_of_a_zip_a_file_with_another_sum_is_named(written: dict[Form, Path], tmp_path: Path) -> None:
    out = written[Form.FOLDER]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for one in (one for one in sorted(out.rglob("*")) if one.is_file()):
            packed.write(one, one.relative_to(out.parent))
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole.replace(A, A.upper()))
    notes, lost = brought(tmp_path / "a.zip", tmp_path)
    assert notes == {"a.bin": [], "b.bin": ["b.bin"]}
    assert lost == [f"{out.name}/{page_of(out, 'a.bin')}: a.bin".removeprefix(f"{out.name}/")]


def lines(text: str, old: str, new: str) -> str:
    """The first line that has something in it, with something else instead."""
    found = next(line for line in text.split("\n") if old in line)
    return text.replace(found, found.replace(old, new), 1)


@pytest.mark.parametrize(
    ("change", "notes", "lost"),
    [
        (
            lambda text: lines(text, "dGhlIGZpcnN0", "dGhlIGZp!!!!"),
            {"a.bin": [], "b.bin": ["b.bin"]},
            ["note 1: a.bin"],
        ),
        (
            lambda text: lines(text, "dGhlIGZpcnN0", "dGhl"),
            {"a.bin": [], "b.bin": ["b.bin"]},
            ["note 1: a.bin"],
        ),
        (
            lambda text: lines(text, '{"path": ', '{path": '),
            {"a.bin": [], "b.bin": ["b.bin"]},
            ["files, entry 1", "note 1: a.bin"],
        ),
        (
            lambda text: text.replace('"sessions": [\n{', '"sessions": [\n'),
            {"a.bin": ["a.bin"], "b.bin": ["b.bin"]},
            ["sessions, entry 1"],
        ),
        (
            lambda text: text.replace('\n],\n"sessions": [', '\n"sessions": ['),
            {"a.bin": ["a.bin"], "b.bin": ["b.bin"]},
            [],
        ),
        (
            lambda text: text.replace('"title": "a.bin", "kind"', '"title": "a.bin" "kind"'),
            {"b.bin": ["b.bin"]},
            ["note 1"],
        ),
        (
            lambda text: re.sub(r'\n\{("id": "\w+", "title": "a.bin")', r"\n\1", text),
            {"b.bin": ["b.bin"]},
            ["note 1"],
        ),
        (
            lambda text: text[: text.index('"shared": [') - 30],
            {"a.bin": ["a.bin"]},
            ["notes, entry 1", "notes"],
        ),
    ],
    ids=[
        *("bytes that are none", "bytes that are missing", "the head of a file", "a session"),
        *("the end of a list", "within a note", "a note", "cut off"),
    ],
)
def test_of_json_what_is_damaged_is_named(
    written: dict[Form, Path],
    tmp_path: Path,
    change: Callable[[str], str],
    notes: dict[str, list[str]],
    lost: list[str],
) -> None:
    text = written[Form.JSON].read_text()
    assert change(text) != text
    written[Form.JSON].write_text(change(text))
    assert brought(written[Form.JSON], tmp_path) == (notes, lost)


def test_of_json_two_files_of_one_path_are_nobody_s(written: dict[Form, Path], tmp_path: Path) -> None:
    """A path that was damaged may be another's: of two of one size, the wrong one would come."""
    text = written[Form.JSON].read_text()
    first, second = re.findall(r'^\{"path": "([^"]+)", "size": 15', text, re.MULTILINE)
    for wrong, right in ((first, second), (second, first)):
        written[Form.JSON].write_text(text.replace(f'{{"path": "{wrong}"', f'{{"path": "{right}"', 1))
        notes, lost = brought(written[Form.JSON], tmp_path / wrong.replace("/", "-"))
        assert notes == {"a.bin": [], "b.bin": []} and lost == ["note 1: a.bin", "note 2: b.bin"]


def test_of_json_that_was_laid_out_anew_what_is_wrong_is_named(
    written: dict[Form, Path], tmp_path: Path
) -> None:
    value = json.loads(written[Form.JSON].read_text())
    value["files"][0]["data"] = ["!"]
    value["notes"].append(3)
    value["sessions"] = "none"
    written[Form.JSON].write_text(json.dumps(value, indent=2))
    notes, lost = brought(written[Form.JSON], tmp_path)
    assert notes == {"a.bin": [], "b.bin": ["b.bin"]} and lost == ["note 1: a.bin", "note 3"]


def test_wherever_json_is_cut_off_nothing_comes_that_was_not_there(
    written: dict[Form, Path], tmp_path: Path
) -> None:
    data = written[Form.JSON].read_bytes()
    whole = [getattr(one, "body", "") for one in read_archive(written[Form.JSON])]
    for length in range(0, len(data) - 1, 97):
        written[Form.JSON].write_bytes(data[:length])
        try:
            found = list(read_archive(written[Form.JSON]))
        except Refused:
            continue
        bodies = [one.body for one in found if not isinstance(one, Problem)]
        assert bodies == whole[: len(bodies)]
        assert any(one.is_lost for one in found if isinstance(one, Problem))
