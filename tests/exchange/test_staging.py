"""What an unfinished export leaves: nothing, however it ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kapjournal import exchange, signals, staging
from kapjournal.errors import CannotSave
from kapjournal.exchange import export_document, export_folder

from .fake_journal import FakeJournal, note


def words_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "words" in path.read_text()]


def test_the_place_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with staging.folder_beside(tmp_path / "out") as folder:
        (folder / "page").write_text("words")
        assert folder.parent == tmp_path
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [export_document, export_folder])
def test_a_program_that_ends_in_the_middle_takes_along_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., object]
) -> None:
    """And the thread that wrote, which lives a moment longer, cannot finish."""
    fake = FakeJournal([note("aaaa"), note("bbbb")])
    name = "write_private" if write is export_document else "write_new"
    module = write.__module__
    original = getattr(sys.modules[module], name)

    def writes_and_is_left(path: Path, *rest: object, **options: object) -> None:
        original(path, *rest, **options)
        assert path.exists()
        exchange.abandon()

    monkeypatch.setattr(f"{module}.{name}", writes_and_is_left)
    with pytest.raises(CannotSave):
        write(fake.journal, tmp_path / "out", fake.notes.all(), force=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", ["write", "clean"])
def test_a_second_signal_does_not_stop_the_tidying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    removed = staging._remove

    def signalled(folder: Path) -> None:
        signal.raise_signal(signal.SIGTERM)
        removed(folder)

    monkeypatch.setattr(staging, "_remove", signalled)
    with (
        pytest.raises(signals.StopRequested),
        signals.handled(),
        staging.folder_beside(tmp_path / "out") as folder,
    ):
        (folder / "page").write_text("words")
        if moment == "write":
            signal.raise_signal(signal.SIGHUP)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [export_document, export_folder])
def test_what_a_killed_program_left_goes_at_the_next_export(
    tmp_path: Path, write: Callable[..., object]
) -> None:
    code = (
        "import os, pathlib, sys\n"
        "from kapjournal import staging\n"
        "with staging.folder_beside(pathlib.Path(sys.argv[1])) as folder:\n"
        "    (folder / 'page').write_text('words')\n"
        "    os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "yesterday")], check=True)
    assert words_in(tmp_path)
    download = tmp_path / ".film.part"
    download.mkdir()
    fake = FakeJournal([note("aaaa", "today")])
    write(fake.journal, tmp_path / "out", fake.notes.all())
    assert not words_in(tmp_path)
    assert download.exists()


_WRITES_AND_WAITS = (
    "import pathlib, sys\n"
    "from kapjournal import staging\n"
    "with staging.folder_beside(pathlib.Path(sys.argv[1])) as folder:\n"
    "    (folder / 'page').write_text('words')\n"
    "    print(folder, flush=True)\n"
    "    sys.stdin.readline()\n"
)


@contextmanager
def another_program(place: Path) -> Iterator["subprocess.Popen[str]"]:
    """A program in the middle of an export."""
    command = [sys.executable, "-c", _WRITES_AND_WAITS, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        yield process
        process.kill()


def test_what_another_program_is_writing_stays_until_it_is_killed(tmp_path: Path) -> None:
    with another_program(tmp_path / "theirs") as process:
        with staging.folder_beside(tmp_path / "out") as mine, staging.folder_beside(tmp_path / "other"):
            assert mine.exists()
            assert len(words_in(tmp_path)) == 1
        assert not staging.sweep(tmp_path) and words_in(tmp_path)
        process.kill()
        process.wait()
        assert staging.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_this_very_program_is_writing_stays(tmp_path: Path) -> None:
    with staging.folder_beside(tmp_path / "out") as folder:
        assert not staging.sweep(tmp_path)
        assert folder.exists()
    assert staging.sweep(tmp_path)


def test_where_no_folder_can_be_locked_a_day_is_waited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_locked", lambda _: None)
    left = tmp_path / ".kapjournal-export-abcdefgh.part"
    left.mkdir()
    assert not staging.sweep(tmp_path)
    os.utime(left, (0, 0))
    assert staging.sweep(tmp_path) and not left.exists()


def test_a_link_of_that_name_leads_nowhere(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis").write_text("years")
    (tmp_path / ".kapjournal-export-abcdefgh.part").symlink_to(precious)
    staging.sweep(tmp_path)
    assert (precious / "thesis").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no folder can be opened there")
@pytest.mark.parametrize("is_there", [False, True], ids=["new", "there"])
def test_all_of_a_folder_is_on_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    """And its name is there before it is said to be written."""
    fake, waited, sync = FakeJournal([note("aaaa"), note("bbbb")]), list[tuple[int, bool]](), os.fsync
    out = tmp_path / "out"
    if is_there:
        out.mkdir()

    def counted(descriptor: int) -> None:
        waited.append((os.fstat(descriptor).st_ino, any(out.glob("*"))))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    export_folder(fake.journal, out, fake.notes.all())
    before = {inode for inode, has_name in waited if not has_name}
    assert {path.stat().st_ino for path in out.iterdir()} <= before
    assert waited[-1] == ((out if is_there else tmp_path).stat().st_ino, True)


def test_a_file_that_cannot_be_brought_to_the_disk_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    fake = FakeJournal([note("aaaa")])
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotSave, match="No space left"):
        export_folder(fake.journal, tmp_path / "out", fake.notes.all())
    assert list(tmp_path.iterdir()) == []
