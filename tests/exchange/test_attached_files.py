"""Attached files in an export: beside the markdown, under harmless names, with links that lead to them."""

import io
import re
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

import pytest

from kapjournal.domain.attachments import Attachment, Chosen, is_safe
from kapjournal.errors import Damaged, NotFound, Refused
from kapjournal.exchange import export_document, export_folder
from kapjournal.exchange.attached_files import names_of
from kapjournal.journal import NewNote
from kapjournal.progress import Progress, in_silence
from tests.attached import file_of

from .archived import fresh
from .fake_journal import ANA, BEN, FakeJournal, note

LINK = re.compile(r"^- \[.*\]\((.*)\)$", re.MULTILINE)

HOSTILE = [
    "../../.bashrc",
    "/etc/passwd",
    "nul.txt",
    "a\u202egpj.exe",
    "ü](http://x).png",
    "<b>.jpg",
    ".",
    "ما.pdf",
]


@dataclass
class _Attachments:
    """Gives out what is attached, or fails as a journal does."""

    content: dict[tuple[str, str], bytes | Exception] = field(default_factory=dict)

    def write(self, note_id: str, which: Chosen, into: BinaryIO, progress: Progress = in_silence) -> None:
        found = self.content.get((note_id, str(which.place + 1)), b"words")
        into.write(b"a part of it")
        if isinstance(found, Exception):
            raise found
        into.seek(0)
        into.truncate()
        into.write(found)
        progress(len(found), len(found))


@dataclass
class JournalWithFiles(FakeJournal):
    attachments: _Attachments = field(default_factory=_Attachments)


def with_files(id: str, *names: str, author: object = ANA) -> JournalWithFiles:
    """A journal of one note with files of these names."""
    files = tuple(Attachment(name, 5) for name in names)
    hers = author is ANA
    made = note(id, "Mine.", title="What stayed") if hers else note(id, "His.", author=BEN, readers=[ANA])
    return JournalWithFiles([replace(made, files=files)])


def linked(page: Path) -> list[Path]:
    return [page.parent / unquote(target) for target in LINK.findall(page.read_text())]


def test_files_lie_beside_the_page_that_links_to_them(tmp_path: Path) -> None:
    journal = with_files("aaaa", "drawing.jpg", "memo.m4a")
    journal.attachments.content["aaaa", "2"] = b"a voice"
    written = export_folder(journal.journal, tmp_path / "out", journal.notes.all())
    assert set(written) == set((tmp_path / "out").iterdir())
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    page = tmp_path / "out" / "2024-11-12-what-stayed-aaaa.md"
    one, other = linked(page)
    assert (one.name, one.read_bytes()) == ("2024-11-12-what-stayed-aaaa-drawing.jpg", b"words")
    assert (other.name, other.read_bytes()) == ("2024-11-12-what-stayed-aaaa-memo.m4a", b"a voice")
    assert page.read_text().endswith("\n\nMine.\n"), "the words stay to the letter, to the end of the page"
    assert "drawing\\.jpg, picture, 5 bytes" in page.read_text()


def test_files_of_a_document_lie_in_a_folder_beside_it(tmp_path: Path) -> None:
    journal = with_files("aaaa", "drawing.jpg", "drawing.jpg")
    dest = export_document(journal.journal, tmp_path / "all of it (1).md", journal.notes.all())
    one, other = linked(dest)
    assert (one.name, other.name) == ("drawing.jpg", "drawing-2.jpg")
    assert one.parent == tmp_path / "all of it (1)-files"
    assert one.parent.stat().st_mode & 0o777 == 0o700
    assert other.read_bytes() == b"words"
    assert sorted(tmp_path.iterdir()) == sorted([dest, one.parent])


def test_without_files_nothing_lies_beside(tmp_path: Path) -> None:
    journal = with_files("aaaa")
    export_document(journal.journal, tmp_path / "all.md", journal.notes.all())
    assert [path.name for path in tmp_path.iterdir()] == ["all.md"]


@pytest.mark.parametrize("one_document", [True, False])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_leads_out_or_breaks_the_page(tmp_path: Path, name: str, one_document: bool) -> None:
    journal = with_files("aaaa", name, author=BEN)
    out = tmp_path / "out"
    out.mkdir()
    if one_document:
        page = export_document(journal.journal, out / "all.md", journal.notes.all())
    else:
        page = export_folder(journal.journal, out / "notes", journal.notes.all())[1]
    (file,) = linked(page)
    assert file.resolve().is_relative_to(out.resolve())
    assert file.is_file() and is_safe(file.name) and file.name.isascii()
    assert "\u202e" not in page.read_text()
    shown = page.read_text().rpartition("---\n")[2]
    assert shown.count("](") == shown.count("\\](") + 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_no_two_files_get_one_name() -> None:
    files = tuple(Attachment(name, 1) for name in ("a.jpg", "A.JPG", "ä.jpg", "a .jpg", "ما.jpg"))
    named = names_of([replace(note("aaaa"), files=files)], lambda _: "", ["a.jpg"])
    names = [file.name.casefold() for file in named["aaaa"]]
    assert len(set(names)) == 5 and "a.jpg" not in names


def test_however_many_have_one_name_each_gets_its_own_soon() -> None:
    """Twenty thousand files of one name, and a few that are called as the numbered ones would be."""
    files = tuple(Attachment(name, 1) for name in ["a-2.jpg", "a-3-2.jpg", *["a.jpg"] * 20_000, "a-3.jpg"])
    begun = time.process_time()
    named = names_of([replace(note("aaaa"), files=files)], lambda _: "")["aaaa"]
    assert time.process_time() - begun < 5
    assert len({file.name.casefold() for file in named}) == len(files)
    assert [file.name for file in named[:5]] == ["a-2.jpg", "a-3-2.jpg", "a.jpg", "a-3.jpg", "a-4.jpg"]
    assert named[-1].name == "a-3-3.jpg"


@pytest.mark.parametrize("one_document", [True, False])
@pytest.mark.parametrize("error", [NotFound("It has not all arrived."), Damaged("It is damaged.")])
def test_what_is_not_to_be_had_is_said_and_the_rest_goes_along(
    tmp_path: Path, error: Exception, one_document: bool
) -> None:
    journal = with_files("aaaa", "whole.jpg", "broken.jpg")
    journal.attachments.content["aaaa", "2"] = error
    told: list[str] = []
    notes = journal.notes.all()
    if one_document:
        page = export_document(journal.journal, tmp_path / "all.md", notes, tell=told.append)
    else:
        page = export_folder(journal.journal, tmp_path / "out", notes, tell=told.append)[1]
    assert told == [str(error)]
    (file,) = linked(page)
    assert file.name.endswith("whole.jpg")
    assert "broken\\.jpg, picture, 5 bytes (not taken along: It " in page.read_text()
    assert not list(tmp_path.rglob("*broken*"))


def test_a_folder_that_is_there_is_not_written_into(tmp_path: Path) -> None:
    journal = with_files("aaaa", "drawing.jpg")
    (tmp_path / "all-files").mkdir()
    mine = tmp_path / "all-files" / "drawing.jpg"
    mine.write_bytes(b"mine")
    with pytest.raises(Refused):
        export_document(journal.journal, tmp_path / "all.md", journal.notes.all())
    assert mine.read_bytes() == b"mine"
    assert not (tmp_path / "all.md").exists()
    export_document(journal.journal, tmp_path / "all.md", journal.notes.all(), force=True)
    assert mine.read_bytes() == b"words"


def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    journal = with_files("aaaa", "drawing.jpg")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "all-files").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused):
        export_document(journal.journal, tmp_path / "all.md", journal.notes.all(), force=True)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_a_folder_that_exists_is_replaced_only_if_it_may(tmp_path: Path) -> None:
    journal = with_files("aaaa", "drawing.jpg")
    notes = journal.notes.all()
    export_folder(journal.journal, tmp_path / "out", notes)
    for page in (tmp_path / "out").glob("*.md"):
        page.unlink()
    with pytest.raises(Refused):
        export_folder(journal.journal, tmp_path / "out", notes)
    export_folder(journal.journal, tmp_path / "out", notes, force=True)
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_the_fake_journal_writes_as_a_journal_does() -> None:
    into = io.BytesIO()
    _Attachments().write("aaaa", Chosen(0, Attachment("a.jpg", 5)), into)
    assert into.getvalue() == b"words"


def test_a_file_whose_name_is_the_number_of_another_is_not_taken_for_it(tmp_path: Path) -> None:
    with fresh(tmp_path) as journal:
        made = journal.notes.add(NewNote("words"))
        for name in ("2", "1"):
            journal.attachments.attach(made.id, file_of(tmp_path, f"this is {name}".encode(), name))
        export_folder(journal, tmp_path / "out", journal.notes.all())
    assert {path.name[-1]: path.read_bytes() for path in (tmp_path / "out").glob("*-[12]")} == {
        "1": b"this is 1",
        "2": b"this is 2",
    }
