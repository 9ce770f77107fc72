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

from .room import Room

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


def test_a_backup_made_in_use_is_whole_and_opens(room: Room) -> None:
    room.ana.notes.add(NewNote("words", share="all"))
    copy = room.folder / "backup.kap"
    room.ana.backup(copy)
    room.ana.notes.add(NewNote("later"))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not [path for path in room.folder.iterdir() if ".part" in path.name]
    for label, bodies in (("Ana", ["words"]), ("Ben", ["words"]), ("Dr Lee", ["words"])):
        with room.open(label, path=copy, memory=room.folder / "another computer") as opened:
            assert [note.text.body for note in opened.notes.all()] == bodies
            assert opened.check().is_clean
    with unlock(
        copy, label="Ben", passphrase=PASSPHRASES["Ben"], record_folder=room.folder / "third"
    ) as opened:
        opened.notes.add(NewNote("in the copy"))
        assert opened.check().is_clean
    assert len(room.ana.notes.all()) == 2


def test_a_backup_goes_over_nothing(room: Room) -> None:
    for dest in (room.folder / "there.kap", room.path):
        if dest != room.path:
            dest.write_bytes(b"something")
        before = dest.read_bytes()
        with pytest.raises(Refused):
            room.ana.backup(dest)
        assert dest.read_bytes() == before
    with pytest.raises(CannotSave):
        room.ana.backup(room.folder / "nowhere" / "backup.kap")


def test_backups_taken_while_somebody_writes_are_all_whole(room: Room) -> None:
    done = threading.Event()

    def write() -> None:
        for number in range(40):
            room.ana.notes.add(NewNote(str(number), share="all"))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    copies: list[Path] = []
    while not done.is_set() or not copies:
        copies.append(room.folder / f"copy {len(copies)}.kap")
        room.ben.backup(copies[-1])
    writer.join()
    counts = []
    for number, copy in enumerate(copies):
        with room.open("Dr Lee", path=copy, memory=room.folder / f"computer {number}") as opened:
            assert opened.check().is_clean
            counts.append(len(opened.notes.all()))
    assert counts == sorted(counts)


def test_an_older_copy_in_the_place_of_the_file_is_noticed(room: Room) -> None:
    room.ana.notes.add(NewNote("one", share="Ben"))
    room.look()
    older = room.folder / "older.kap"
    room.ana.backup(older)
    room.ana.notes.add(NewNote("two", share="Ben"))
    room.look()
    for journal in room.journals:
        journal.close()
    shutil.copy(older, room.path)
    ana, ben, lee = room.open("Ana"), room.open("Ben"), room.open("Dr Lee")
    assert lee.findings == ()
    for journal, whats in ((ana, ("your own notes", "share with Ben")), (ben, ("Ana shares with you",))):
        sentences = sorted(finding_sentences(journal))
        assert all("older state" in sentence for sentence in sentences)
        assert [what for what in whats if not any(what in sentence for sentence in sentences)] == []
        assert len(sentences) == len(whats)
        assert not journal.check().is_clean
    elsewhere = room.open("Ben", memory=room.folder / "another computer")
    assert elsewhere.findings == ()


def test_after_an_older_copy_writing_goes_on_and_is_counted_on_from_what_was_seen(room: Room) -> None:
    older = room.folder / "older.kap"
    room.ana.backup(older)
    for body in ("one", "two", "three"):
        room.ana.notes.add(NewNote(body, share="Ben"))
    room.look()
    for journal in room.journals:
        journal.close()
    shutil.copy(older, room.path)
    ana = room.open("Ana")
    assert ana.findings != ()
    ana.notes.add(NewNote("four", share="Ben"))
    ben = room.open("Ben")
    assert [note.text.body for note in ben.notes.all()] == ["four"]


def test_a_file_that_cannot_be_written_is_read(room: Room, open_place: Path) -> None:
    note = room.ana.notes.add(NewNote("words", share="all"))
    for journal in room.journals:
        journal.close()
    path, memory = open_place / "ours.kap", open_place / "memory"
    shutil.copy(room.path, path)
    path.chmod(0o444)
    open_place.chmod(0o555)
    before = path.read_bytes()
    with as_an_ordinary_user(), room.open("Ben", path=path, memory=memory) as ben:
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


def test_reading_alone_changes_no_byte(room: Room) -> None:
    room.ana.notes.add(NewNote("words", share="all"))
    for journal in room.journals:
        journal.close()
    before = room.path.read_bytes()
    for label in room.held:
        with room.open(label) as journal:
            journal.notes.all()
            journal.search("words")
            journal.check()
            journal.refresh()
    assert room.path.read_bytes() == before


def test_closing_leaves_one_file_and_no_trace_of_the_order_of_writing(room: Room) -> None:
    for number in range(30):
        room.ana.notes.add(NewNote(str(number)))
    for journal in room.journals:
        journal.close()
    assert sorted(path.name for path in room.folder.iterdir()) == ["memory", "ours.kap"]
    with closing(sqlite3.connect(room.path)) as database:
        assert database.execute("PRAGMA schema_version").fetchone() == (1,)
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_what_a_killed_program_left_is_tidied_without_a_passphrase(room: Room) -> None:
    note = room.ana.notes.add(NewNote("words"))
    left = room.folder / "left" / "ours.kap"
    left.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(room.path.with_name("ours.kap" + ending), left.with_name("ours.kap" + ending))
    housekeep(left)
    assert list(left.parent.iterdir()) == [left]
    with room.open("Ana", path=left, memory=room.folder / "another computer") as ana:
        assert ana.notes.get(note.id).text.body == "words" and ana.check().is_clean
    housekeep(left)
    housekeep(room.folder / "none.kap")
    (room.folder / "letter.kap").write_text("dear")
    housekeep(room.folder / "letter.kap")
    assert (room.folder / "letter.kap").read_text() == "dear"


def test_a_save_that_finds_no_file_leaves_the_old_state(room: Room) -> None:
    note = room.ana.notes.add(NewNote("words"))
    shutil.move(room.path, room.folder / "moved.kap")
    with pytest.raises(CannotSave, match="no longer there"):
        room.ana.notes.edit(note.id, NoteChange("lost"))
    assert room.ana.notes.get(note.id).text.body == "words"
    shutil.move(room.folder / "moved.kap", room.path)
    assert room.ana.notes.edit(note.id, NoteChange("kept")).text.body == "kept"
    assert room.ana.check().is_clean
