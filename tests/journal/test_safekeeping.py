"""Backups, a file that can only be read, an older copy put in its place, and what close leaves behind."""

import os
import shutil
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kapjournal.domain.notes import Draft
from kapjournal.errors import CannotSave, Refused
from kapjournal.journal import NewNote, NoteChange, housekeep, unlock
from tests.cast import PASSPHRASES
from tests.internals import finding_sentences

from .open_journals import OpenJournals

NOBODY = 65534


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Let permissions count, which they do not for root; an ordinary user stays who they are."""
    if os.getuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that every user can reach, in which nobody can write once the test says so."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_backup_made_in_use_is_whole_and_opens(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("words", share="all"))
    copy = three.folder / "backup.kap"
    three.ana.backup(copy)
    three.ana.notes.add(NewNote("later"))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not [path for path in three.folder.iterdir() if ".part" in path.name]
    for label, bodies in (("Ana", ["words"]), ("Ben", ["words"]), ("Dr Lee", ["words"])):
        with three.open(label, path=copy, memory=three.folder / "another computer") as opened:
            assert [note.text.body for note in opened.notes.all()] == bodies
            assert opened.check().is_clean
    with unlock(
        copy, label="Ben", passphrase=PASSPHRASES["Ben"], record_folder=three.folder / "third"
    ) as opened:
        opened.notes.add(NewNote("in the copy"))
        assert opened.check().is_clean
    assert len(three.ana.notes.all()) == 2


def test_a_backup_goes_over_nothing(three: OpenJournals) -> None:
    for dest in (three.folder / "there.kap", three.path):
        if dest != three.path:
            dest.write_bytes(b"something")
        before = dest.read_bytes()
        with pytest.raises(Refused):
            three.ana.backup(dest)
        assert dest.read_bytes() == before
    with pytest.raises(CannotSave):
        three.ana.backup(three.folder / "nowhere" / "backup.kap")


def test_backups_taken_while_somebody_writes_are_all_whole(three: OpenJournals) -> None:
    done = threading.Event()

    def write() -> None:
        for number in range(40):
            three.ana.notes.add(NewNote(str(number), share="all"))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    copies: list[Path] = []
    while not done.is_set() or not copies:
        copies.append(three.folder / f"copy {len(copies)}.kap")
        three.ben.backup(copies[-1])
    writer.join()
    counts = []
    for number, copy in enumerate(copies):
        with three.open("Dr Lee", path=copy, memory=three.folder / f"computer {number}") as opened:
            assert opened.check().is_clean
            counts.append(len(opened.notes.all()))
    assert counts == sorted(counts)


def test_an_older_copy_in_the_place_of_the_file_is_noticed(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("one", share="Ben"))
    three.look()
    older = three.folder / "older.kap"
    three.ana.backup(older)
    three.ana.notes.add(NewNote("two", share="Ben"))
    three.look()
    for journal in three.journals:
        journal.close()
    shutil.copy(older, three.path)
    ana, ben, lee = three.open("Ana"), three.open("Ben"), three.open("Dr Lee")
    assert lee.findings == ()
    for journal, whats in ((ana, ("your own notes", "share with Ben")), (ben, ("Ana shares with you",))):
        sentences = sorted(finding_sentences(journal))
        assert all("older state" in sentence for sentence in sentences)
        assert [what for what in whats if not any(what in sentence for sentence in sentences)] == []
        assert len(sentences) == len(whats)
        assert not journal.check().is_clean
    elsewhere = three.open("Ben", memory=three.folder / "another computer")
    assert elsewhere.findings == ()


def test_after_an_older_copy_writing_goes_on_and_is_counted_on_from_what_was_seen(
    three: OpenJournals,
) -> None:
    older = three.folder / "older.kap"
    three.ana.backup(older)
    for body in ("one", "two", "three"):
        three.ana.notes.add(NewNote(body, share="Ben"))
    three.look()
    for journal in three.journals:
        journal.close()
    shutil.copy(older, three.path)
    ana = three.open("Ana")
    assert ana.findings != ()
    ana.notes.add(NewNote("four", share="Ben"))
    ben = three.open("Ben")
    assert [note.text.body for note in ben.notes.all()] == ["four"]


def test_a_file_that_cannot_be_written_is_read(three: OpenJournals, open_place: Path) -> None:
    note = three.ana.notes.add(NewNote("words", share="all"))
    for journal in three.journals:
        journal.close()
    path, memory = open_place / "ours.kap", open_place / "memory"
    shutil.copy(three.path, path)
    path.chmod(0o444)
    open_place.chmod(0o555)
    before = path.read_bytes()
    with as_an_ordinary_user(), three.open("Ben", path=path, memory=memory) as ben:
        assert [n.text.body for n in ben.notes.all()] == ["words"]
        assert len(ben.search("words")) == 1 and ben.refresh() is False
        deeds: list[Callable[[], object]] = [
            lambda: ben.notes.add(NewNote("more")),
            lambda: ben.drafts.save(Draft("", None, note.text)),
            lambda: ben.members.mark_verified("Ana"),
        ]
        for deed in deeds:
            with pytest.raises(CannotSave, match="read-only"):
                deed()
    assert path.read_bytes() == before and list(open_place.iterdir()) == [path]


def test_reading_alone_changes_no_byte(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("words", share="all"))
    for journal in three.journals:
        journal.close()
    before = three.path.read_bytes()
    for label in three.held:
        with three.open(label) as journal:
            journal.notes.all()
            journal.search("words")
            journal.check()
            journal.refresh()
    assert three.path.read_bytes() == before


def test_closing_leaves_one_file_and_no_trace_of_the_order_of_writing(three: OpenJournals) -> None:
    for number in range(30):
        three.ana.notes.add(NewNote(str(number)))
    for journal in three.journals:
        journal.close()
    assert sorted(path.name for path in three.folder.iterdir()) == ["memory", "ours.kap"]
    with closing(sqlite3.connect(three.path)) as database:
        assert database.execute("PRAGMA schema_version").fetchone() == (1,)
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_what_a_killed_program_left_is_tidied_without_a_passphrase(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("words"))
    left = three.folder / "left" / "ours.kap"
    left.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(three.path.with_name("ours.kap" + ending), left.with_name("ours.kap" + ending))
    housekeep(left)
    assert list(left.parent.iterdir()) == [left]
    with three.open("Ana", path=left, memory=three.folder / "another computer") as ana:
        assert ana.notes.get(note.id).text.body == "words" and ana.check().is_clean
    housekeep(left)
    housekeep(three.folder / "none.kap")
    (three.folder / "letter.kap").write_text("dear")
    housekeep(three.folder / "letter.kap")
    assert (three.folder / "letter.kap").read_text() == "dear"


def test_a_save_that_finds_no_file_leaves_the_old_state(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("words"))
    shutil.move(three.path, three.folder / "moved.kap")
    with pytest.raises(CannotSave, match="no longer there"):
        three.ana.notes.edit(note.id, NoteChange("lost"))
    assert three.ana.notes.get(note.id).text.body == "words"
    shutil.move(three.folder / "moved.kap", three.path)
    assert three.ana.notes.edit(note.id, NoteChange("kept")).text.body == "kept"
    assert three.ana.check().is_clean
