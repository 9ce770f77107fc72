"""An archive of which a part is damaged: whatever it is, no note that another shared comes as one's own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.incoming import Problem
from kapjournal.errors import KapjournalError
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.journal import NewNote
from tests.shared_journal import meet

from .archived import MOMENT, read_archive

SECTOR = 512
BENS = "~"
"""Stands in his words alone, and in every part of them."""
WHOSE = "It is not clear whose this is, and it does not come."


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[Form, Path]:
    """Three notes of Ana's, and four that Ben shared with her."""
    folder = tmp_path_factory.mktemp("written")
    shared = meet(folder)
    with clock.at(MOMENT):
        for label, count, words, share in (("Ana", 3, "a", ""), ("Ben", 4, BENS, "Ana")):
            with shared.open(label) as journal:
                for number in range(count):
                    journal.notes.add(NewNote(words * (300 + number), share=share))
        with shared.open("Ana") as ana:
            return {
                form: write_archive(ana, folder / f"out.{form}", form) for form in (Form.FOLDER, Form.JSON)
            }


def brought(path: Path) -> tuple[list[str], list[str]]:
    """The words that come as one's own, and what is said of what does not come."""
    found = list(read_archive(path))
    own = [one.body for one in found if not isinstance(one, Problem)]
    return own, [one.sentence for one in found if isinstance(one, Problem) and one.is_lost]


def damaged(data: bytes) -> Iterator[bytes]:
    """It with each line end, each sector, and each stretch where others' notes begin, wrong or gone."""
    at = data.index(b'"shared": [')
    ends = [(place, 1) for place, byte in enumerate(data) if byte == 0x0A]
    around = [(place, 1) for place in range(at - 8, at + 14)]
    sectors = [(place, SECTOR) for place in range(0, len(data), SECTOR)]
    stretches = [(place, SECTOR) for place in range(at - 3 * SECTOR, at + SECTOR, 13)]
    gaps = [(at - before, before + behind) for before in range(0, 900, 90) for behind in range(0, 2400, 150)]
    for place, length in (*ends, *around, *sectors, *stretches, *gaps):
        for byte in (b"\0", b"?", b"\n", b" ", b'"', b""):
            yield data[:place] + byte * length + data[place + length :]


def test_wherever_json_is_damaged_no_note_that_was_shared_comes(
    written: dict[Form, Path], tmp_path: Path
) -> None:
    data = written[Form.JSON].read_bytes()
    own, lost = brought(written[Form.JSON])
    assert len(own) >= 3 and not any(BENS in words for words in own) and not lost
    assert data.count(BENS.encode() * 300) == 4
    path, said = tmp_path / "a.json", False
    for changed in damaged(data):
        path.write_bytes(changed)
        try:
            found, lost = brought(path)
        except KapjournalError:
            continue
        assert not any(BENS in words for words in found)
        said |= WHOSE in lost
    assert said


def test_where_the_beginning_of_others_notes_is_seen_but_damaged_all_of_one_s_own_comes(
    written: dict[Form, Path], tmp_path: Path
) -> None:
    data, (own, _) = written[Form.JSON].read_bytes(), brought(written[Form.JSON])
    path, at = tmp_path / "a.json", data.index(b'"shared": [')
    for place in range(at, at + len(b'"shared": [')):
        path.write_bytes(data[:place] + b"?" + data[place + 1 :])
        assert brought(path)[0] == own


@pytest.mark.parametrize("by", [b"", b'"by": "Ben",\n', b'"by": 1,\n', b'"by": null,\n'])
def test_of_an_archive_that_does_not_say_whose_it_is_nothing_comes(
    written: dict[Form, Path], tmp_path: Path, by: bytes
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(written[Form.JSON].read_bytes().replace(b'"by": "Ana",\n', by))
    own, lost = brought(path)
    assert not own and WHOSE in lost


def test_of_a_folder_another_s_page_among_one_s_own_does_not_come(
    written: dict[Form, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(written[Form.FOLDER], out)
    own, _ = brought(out)
    for page in (out / "shared").iterdir():
        page.rename(out / "notes" / f"{page.stem}-too.md")
    found, lost = brought(out)
    assert found == own and lost.count(WHOSE) >= 4
