"""Attachments on two computers: pieces come along, arrive later, are mended, and are not brought back."""

import secrets
import shutil
from pathlib import Path

import pytest

from kapjournal.domain import attachments
from kapjournal.domain.findings import FindingKind, Severity
from kapjournal.domain.notes import Note
from kapjournal.errors import Damaged, NotFound, Refused
from kapjournal.journal import Journal, NewNote, NoteChange
from tests.attached import file_of, given_out, part_rows, raw_files, rows_of_file, run
from tests.journal.open_journals import OpenJournals

LARGE = 2 * 1024 * 1024 + 5


@pytest.fixture
def note(three: OpenJournals) -> Note:
    return three.ana.notes.add(NewNote("the hallway", share="Ben"))


def elsewhere(three: OpenJournals, label: str, name: str = "laptop") -> Journal:
    """The same journal, as it is now, on another computer of a member's."""
    folder = three.folder / name
    folder.mkdir()
    three.ana.backup(folder / "ours.kap")
    return three.open(label, path=folder / "ours.kap", memory=folder / "memory")


def test_a_merge_brings_the_pieces(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    laptop = elsewhere(three, "Ana")
    data = secrets.token_bytes(LARGE)
    laptop.attachments.attach(note.id, file_of(tmp_path, data))
    three.ana.copies.merge(laptop.path)
    assert given_out(three.ana, note) == data
    three.ben.refresh()
    assert given_out(three.ben, note) == data
    for journal in (three.ana, three.ben):
        assert journal.check().is_clean


def test_a_piece_that_has_not_arrived_is_a_sentence_and_no_damage(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, secrets.token_bytes(LARGE)))
    whole = three.folder / "whole.kap"
    three.ana.backup(whole)
    run(three.path, "DELETE FROM part WHERE id = ?", rows_of_file(three.ana, note)[1])
    for journal in (three.ana, three.ben):
        journal.refresh()
        with pytest.raises(NotFound, match=r"has not all arrived in this copy.*piece 2 of 3"):
            journal.attachments.save(note.id, "1", tmp_path / "out.bin")
        assert not (tmp_path / "out.bin").exists()
        (found,) = journal.check().findings
        assert (found.kind, found.severity) == (FindingKind.ATTACHMENT_ABSENT, Severity.WARNING)
    three.ana.copies.merge(whole)
    assert len(given_out(three.ana, note)) == LARGE


@pytest.mark.parametrize("as_", ["BLOB", "TEXT"])
def test_a_damaged_piece_is_mended_by_a_whole_copy(
    three: OpenJournals, note: Note, tmp_path: Path, as_: str
) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, secrets.token_bytes(LARGE)))
    whole = three.folder / "whole.kap"
    three.ana.backup(whole)
    changed = "substr(sealed, 1, 3000) || x'41' || substr(sealed, 3002)"
    run(three.path, f"UPDATE part SET sealed = CAST({changed} AS {as_})")
    with pytest.raises(Damaged):
        given_out(three.ana, note)
    assert three.ana.copies.merge(whole).taken.mended == 3
    assert len(given_out(three.ana, note)) == LARGE


def test_a_removed_file_does_not_come_back(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    laptop = elsewhere(three, "Ana")
    three.ana.attachments.remove(note.id, "1")
    three.ana.copies.merge(laptop.path)
    laptop.refresh()
    assert three.ana.attachments.of(note.id) == laptop.attachments.of(note.id) == ()
    for path in (three.path, laptop.path):
        assert [sealed[0] for sealed in part_rows(path).values()] == [3]


def test_what_was_removed_before_it_had_arrived_is_dropped_when_it_comes(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, secrets.token_bytes(LARGE), "one.bin"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"two", "two.bin"))
    whole = three.folder / "whole.kap"
    three.ana.backup(whole)
    first, second, third = rows_of_file(three.ana, note)
    run(three.path, "DELETE FROM part WHERE id IN (?, ?)", first, second)
    three.ana.attachments.remove(note.id, "one.bin")
    three.ana.notes.edit(note.id, NoteChange(body="other words"))
    three.ana.copies.merge(whole)
    for path in (three.path, whole):
        assert [part_rows(path)[row][0] for row in (first, second, third)] == [3, 3, 3]
    three.ben.refresh()
    assert given_out(three.ben, note, "two.bin") == b"two"


def test_it_is_dropped_whoever_brought_it_once_its_author_opens(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    whole = three.folder / "whole.kap"
    three.ana.backup(whole)
    run(three.path, "DELETE FROM part")
    three.ana.attachments.remove(note.id, "1")
    three.ana.close()
    three.ben.copies.merge(whole)
    assert [sealed[0] for sealed in part_rows(three.path).values()] == [2]
    with three.open("Ana") as ana:
        assert [sealed[0] for sealed in part_rows(three.path).values()] == [3]
        assert ana.check().is_clean


def test_so_is_what_a_deleted_note_had(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    whole = three.folder / "whole.kap"
    three.ana.backup(whole)
    run(three.path, "DELETE FROM part")
    three.ana.notes.delete(note.id)
    three.ana.copies.merge(whole)
    assert [sealed[0] for sealed in part_rows(three.path).values()] == [3]
    assert [sealed[0] for sealed in part_rows(whole).values()] == [3]


def test_files_attached_on_two_computers_at_once_are_both_there(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    laptop = elsewhere(three, "Ana")
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"here", "here.bin"))
    laptop.attachments.attach(note.id, file_of(tmp_path, b"there", "there.bin"))
    three.ana.copies.merge(laptop.path)
    laptop.refresh()
    for journal in (three.ana, laptop):
        both = journal.notes.get(note.id)
        assert {file.name for file in both.files} == {"here.bin", "there.bin"}
        assert both.beside == (), "the words are the same, and stand once"
        assert given_out(journal, note, "here.bin") == b"here"
        assert given_out(journal, note, "there.bin") == b"there"
    three.ana.notes.edit(note.id, NoteChange(title="One again"))
    assert {named["name"] for named in raw_files(three.ana, note)} == {"here.bin", "there.bin"}
    three.ana.attachments.remove(note.id, "there.bin")
    assert [file.name for file in three.ana.attachments.of(note.id)] == ["here.bin"]
    assert three.ana.check().is_clean


def test_one_text_in_the_place_of_several_never_names_more_files_than_are_read(
    three: OpenJournals, note: Note, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = elsewhere(three, "Ana")
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"here", "here.bin"))
    laptop.attachments.attach(note.id, file_of(tmp_path, b"there", "there.bin"))
    three.ana.copies.merge(laptop.path)
    monkeypatch.setattr(attachments, "MAX_FILES_NAMED", 1)
    with pytest.raises(Refused, match="have 2 files together, and one can have 1"):
        three.ana.notes.edit(note.id, NoteChange(title="One again"))
    three.ana.attachments.remove(note.id, "there.bin")
    three.ana.notes.edit(note.id, NoteChange(title="One again"))
    assert [file.name for file in three.ana.attachments.of(note.id)] == ["here.bin"]


def test_removed_here_and_written_on_there(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    laptop = elsewhere(three, "Ana")
    three.ana.attachments.remove(note.id, "1")
    laptop.notes.edit(note.id, NoteChange(body="other words"))
    three.ana.copies.merge(laptop.path)
    with pytest.raises(NotFound, match="was removed by whoever attached it"):
        given_out(three.ana, note, "1")
    assert three.ana.check().is_clean
    three.ana.notes.edit(note.id, NoteChange(body="settled"))
    assert three.ana.attachments.of(note.id) == ()


def test_removing_reaches_every_text_that_stands(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    laptop = elsewhere(three, "Ana")
    three.ana.notes.edit(note.id, NoteChange(body="here"))
    laptop.notes.edit(note.id, NoteChange(body="there"))
    three.ana.copies.merge(laptop.path)
    left = three.ana.attachments.remove(note.id, "1")
    assert left.files == ()
    assert {left.text.body, *(text.body for text in left.beside)} == {"here", "there"}


def test_a_copy_for_ones_own_computer_has_the_pieces_of_what_one_reads(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    data = secrets.token_bytes(LARGE)
    three.ana.attachments.attach(note.id, file_of(tmp_path, data))
    private = three.ana.notes.add(NewNote("mine alone"))
    three.ana.attachments.attach(private.id, file_of(tmp_path, b"hers", "hers.bin"))
    three.ben.refresh()
    three.ben.copies.for_own_computer(tmp_path / "bens.kap")
    assert len(part_rows(three.path)) == 4
    assert set(part_rows(tmp_path / "bens.kap")) == set(rows_of_file(three.ana, note))
    with three.open("Ben", path=tmp_path / "bens.kap", memory=tmp_path / "other") as ben:
        assert given_out(ben, note) == data
        assert ben.check().is_clean
    three.ana.copies.for_own_computer(tmp_path / "anas.kap")
    assert set(part_rows(tmp_path / "anas.kap")) == set(part_rows(three.path))


def test_a_backup_is_whole(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    three.ana.backup(tmp_path / "backup.kap")
    shutil.copytree(three.memory, tmp_path / "remembered")
    with three.open("Ben", path=tmp_path / "backup.kap", memory=tmp_path / "remembered") as ben:
        assert given_out(ben, note) == b"one"
