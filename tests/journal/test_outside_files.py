"""What cannot be attached, and where nothing is given out: each in a sentence, and nothing is changed."""

import os
import socket
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.domain.notes import Note
from kapjournal.errors import CannotSave, KapjournalError, Refused, UsageError
from kapjournal.journal import NewNote
from tests.attached import file_of, part_rows
from tests.journal.open_journals import OpenJournals


@pytest.fixture
def note(three: OpenJournals) -> Note:
    return three.ana.notes.add(NewNote("the hallway"))


def a_link(folder: Path) -> Path:
    (folder / "link").symlink_to(file_of(folder, b"one"))
    return folder / "link"


def a_link_to_nothing(folder: Path) -> Path:
    (folder / "link").symlink_to(folder / "nothing")
    return folder / "link"


def a_folder(folder: Path) -> Path:
    (folder / "folder").mkdir()
    return folder / "folder"


def a_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def a_socket(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(folder)
        try:
            listening.bind("socket")
        finally:
            os.chdir(before)
    return folder / "socket"


NO_FILES: dict[str, tuple[Callable[[Path], Path], type[KapjournalError], str]] = {
    "a link": (a_link, UsageError, "is a link to another file"),
    "a link to nothing": (a_link_to_nothing, UsageError, "is a link to another file"),
    "a folder": (a_folder, UsageError, "is a folder"),
    "a pipe": (a_pipe, UsageError, "is a pipe or a device"),
    "a socket": (a_socket, UsageError, "is a pipe or a device"),
    "a device": (lambda _: Path("/dev/zero"), UsageError, "is a pipe or a device"),
    "nothing": (lambda folder: folder / "nothing", UsageError, "cannot be read: No such file"),
    "nowhere": (lambda folder: folder / "no" / "way", UsageError, "cannot be read"),
    "a name no path has": (lambda folder: Path(f"{folder}/a\0b"), UsageError, "cannot be read"),
    "an empty file": (lambda folder: file_of(folder, b""), Refused, "is empty"),
    "a bad name": (lambda folder: file_of(folder, b"1", "a\x1b[31m.jpg"), Refused, "control characters"),
    "a device's name": (lambda folder: file_of(folder, b"1", "nul.jpg"), Refused, "it means a device"),
    "a turned name": (lambda folder: file_of(folder, b"1", "a\u202egpj.exe"), Refused, "control|turn it"),
}


@pytest.mark.parametrize(("make", "error", "says"), NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_refused_in_a_sentence(
    three: OpenJournals,
    note: Note,
    tmp_path: Path,
    make: Callable[[Path], Path],
    error: type[KapjournalError],
    says: str,
) -> None:
    path = make(tmp_path)
    with pytest.raises(error, match=says) as told:
        three.ana.attachments.attach(note.id, path)
    assert "\x1b" not in str(told.value).replace(str(path), "")
    assert part_rows(three.path) == {}
    assert three.ana.notes.get(note.id) == note


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is of letters")
def test_a_name_that_is_not_of_letters_is_refused(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.jpg"))
    path.write_bytes(b"one")
    with pytest.raises(Refused, match="is not UTF-8"):
        three.ana.attachments.attach(note.id, path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = file_of(tmp_path, b"one")
    path.chmod(0)
    with pytest.raises(UsageError, match="Permission denied"):
        three.ana.attachments.attach(note.id, path)


def test_a_file_that_the_system_does_not_open(
    three: OpenJournals, note: Note, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, also where the tests run as root."""
    path, opening = file_of(tmp_path, b"one"), os.open

    def not_this(what: Path, *how: int, **where: int) -> int:
        if what == path:
            raise PermissionError(13, "Permission denied")
        return opening(what, *how, **where)

    monkeypatch.setattr(os, "open", not_this)
    with pytest.raises(UsageError, match=r"memo\.bin cannot be read: Permission denied\."):
        three.ana.attachments.attach(note.id, path)
    assert part_rows(three.path) == {}


def test_a_file_that_fails_in_the_middle(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    def broken(done: int, whole: int) -> None:
        raise OSError(5, "Input/output error")

    path = file_of(tmp_path, bytes(3_000_000))
    with pytest.raises(UsageError, match="cannot be read to its end: Input/output error"):
        three.ana.attachments.attach(note.id, path, broken)
    assert part_rows(three.path) == {}


def test_a_file_that_grows_while_it_is_read(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = file_of(tmp_path, bytes(2_000_000))

    def growing(done: int, whole: int) -> None:
        with path.open("ab") as file:
            file.write(b"more")

    with pytest.raises(Refused, match="was changed while it was read"):
        three.ana.attachments.attach(note.id, path, growing)
    assert part_rows(three.path) == {}


def test_a_journal_is_not_attached_to_itself(three: OpenJournals, note: Note) -> None:
    with pytest.raises(Refused, match="to itself"):
        three.ana.attachments.attach(note.id, three.path)


def test_nothing_is_written_over(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    places = [file_of(tmp_path, b"mine", "there"), a_link_to_nothing(tmp_path)]
    for place in places:
        with pytest.raises(Refused, match="There is something at"):
            three.ana.attachments.save(note.id, "1", place)
    assert places[0].read_bytes() == b"mine"
    assert not (tmp_path / "nothing").exists()
    with pytest.raises(Refused, match="There is something at"):
        three.ana.attachments.save(note.id, "1", tmp_path)  # where the file came from


def test_it_appears_whole_for_its_reader_alone(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    out = a_folder(tmp_path)
    assert three.ana.attachments.save(note.id, "1", out) == out / "memo.bin"
    assert three.ana.attachments.save(note.id, "1", out / "other.bin") == out / "other.bin"
    for name in ("memo.bin", "other.bin"):
        assert (out / name).read_bytes() == b"one"
        assert stat.S_IMODE((out / name).stat().st_mode) == 0o600
    assert sorted(path.name for path in out.iterdir()) == ["memo.bin", "other.bin"]


def test_somebody_who_takes_the_place_meanwhile_keeps_it(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    place = tmp_path / "place"

    def taking(done: int, whole: int) -> None:
        place.write_bytes(b"theirs")

    with pytest.raises(Refused, match="There is something at"):
        three.ana.attachments.save(note.id, "1", place, taking)
    assert place.read_bytes() == b"theirs"


def test_a_disk_without_hard_links(
    three: OpenJournals, note: Note, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    monkeypatch.setattr(os, "link", no_link)
    place = three.ana.attachments.save(note.id, "1", tmp_path / "place")
    assert place.read_bytes() == b"one"
    with pytest.raises(Refused):
        three.ana.attachments.save(note.id, "1", place)


@pytest.mark.parametrize("name", ["other.kap", "ours.kap-wal", "ours.kap-journal", "OURS.KAP-SHM"])
def test_nothing_is_given_the_name_of_a_journals_files(
    three: OpenJournals, note: Note, tmp_path: Path, name: str
) -> None:
    three.ana.attachments.attach(note.id, file_of(a_folder(tmp_path), b"planted", name))
    for dest in (three.folder / name, three.folder):
        with pytest.raises(Refused, match="the name of a journal’s own files"):
            three.ana.attachments.save(note.id, "1", dest)


def test_a_folder_that_is_not_there(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    with pytest.raises(CannotSave, match="No such file"):
        three.ana.attachments.save(note.id, "1", tmp_path / "no" / "way")
