"""What the system does not give: memory, room, rights and open files are told as themselves, with code 7."""

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kapjournal.crypto import kdf
from kapjournal.errors import CannotSave, OutOfMemory, of_the_system
from kapjournal.journal.notes import Notes

from .command_line import ANA, CommandLine, one_sentence

CODE = 7


class NoRoom:
    """Argon2id on a computer that has no memory for it."""

    def __init__(self, **_: object) -> None:
        pass

    def derive(self, _: bytes) -> bytes:
        raise MemoryError("Not enough memory to derive key.")


def test_a_passphrase_that_there_is_no_memory_for_is_neither_wrong_nor_the_file_damaged(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.done("Ana", "backup", str(cli.folder / "kept.kap"))
    monkeypatch.setattr(kdf, "Argon2id", NoRoom)
    fresh = cli.folder / "fresh"
    fresh.write_text("seven calm boats at noon")
    begin = ("new", "--label", "Lee", "--role", "therapist", "--new-passphrase-file", str(fresh))
    for outcome in (
        cli.as_("Ana", "note", "list"),
        cli.as_("Ben", "check"),
        cli.run("-j", str(cli.folder / "new.kap"), *begin),
        cli.as_("Ana", "restore", str(cli.folder / "kept.kap")),
    ):
        assert (outcome.code, outcome.out) == (CODE, b"")
        assert "64 MiB of memory" in outcome.err or "256 MiB of memory" in outcome.err
        assert one_sentence(outcome)
    assert sorted(path.name for path in cli.folder.iterdir()) == ["fresh", "kept.kap", "ours.kap", "secret"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError("words"), "memory"),
        (OSError(errno.ENOMEM, "words"), "memory"),
        (OSError(errno.ENOSPC, "words"), "no room left on the disk"),
        (OSError(errno.EDQUOT, "words"), "no room left for you"),
        (OSError(errno.EROFS, "words"), "can only be read"),
        (OSError(errno.EACCES, "words"), "You may not"),
        (OSError(errno.EMFILE, "words"), "Too many files"),
        (OSError(errno.ENFILE, "words"), "Too many files"),
        (OSError(errno.EIO, "words"), "disk"),
        (FileNotFoundError(errno.ENOENT, "words"), "is not there"),
        (OSError(errno.ENOTDIR, "words"), "no folder"),
        (OSError(errno.ENAMETOOLONG, "words"), "longer than a path can be"),
        (OSError(errno.ELOOP, "words"), "round in a circle"),
        (RuntimeError("can't start new thread"), "memory"),
        (ImportError("words.so: failed to map segment from shared object"), "memory"),
    ],
)
def test_what_the_system_does_not_give_is_told_as_itself(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Notes, "all", fail)
    outcome = cli.as_("Ana", "note", "list")
    assert (outcome.code, outcome.out) == (CODE, b"")
    assert words in outcome.err and "What was saved before stands." in outcome.err
    assert "unexpected" not in outcome.err and "words" not in outcome.err
    assert one_sentence(outcome)


def test_other_errors_are_not_the_systems() -> None:
    assert of_the_system(ValueError("memory")) is None
    assert of_the_system(OSError(errno.EINVAL, "odd")) is None
    assert of_the_system(OSError("no number")) is None
    assert isinstance(of_the_system(MemoryError()), OutOfMemory)
    assert isinstance(of_the_system(OSError(errno.ENOSPC, "")), CannotSave)


def in_a_program(cli: CommandLine, *line: str, limit: Callable[[], None]) -> tuple[int, str]:
    """Exit code and words of a command in a process of its own, in which a limit of the system holds."""
    (cli.folder / "secret").write_text(ANA)
    shared = ("-j", str(cli.file), "-a", "Ana", "--passphrase-file", str(cli.folder / "secret"))
    done = subprocess.run(
        [sys.executable, "-m", "kapjournal", *shared, *line],
        capture_output=True,
        preexec_fn=limit,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def limited(kind: int, to: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (to, to))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory holds on Linux")
@pytest.mark.parametrize("mebibytes", [100, 160])
def test_a_program_that_gets_little_memory_says_so(cli: CommandLine, mebibytes: int) -> None:
    code, said = in_a_program(cli, "note", "list", limit=limited(resource.RLIMIT_AS, mebibytes << 20))
    assert code == CODE, said
    assert "memory" in said and "damaged" not in said and said.count("\n") == 1


@pytest.mark.parametrize("files", [5, 6, 7, 9])
def test_a_program_that_may_not_open_another_file_says_so(cli: CommandLine, files: int) -> None:
    code, said = in_a_program(cli, "note", "list", limit=limited(resource.RLIMIT_NOFILE, files))
    assert code in (0, CODE, 2), said
    assert said.count("\n") <= 1 and "Traceback" not in said


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_and_one_that_is_read_only_are_told(cli: CommandLine, small_disk: Path) -> None:
    kept = cli.write("Ana", "a note", "--title", "t")
    (cli.folder / "picture").write_bytes(os.urandom(90_000))
    cli.done("Ana", "note", "attach", kept, str(cli.folder / "picture"))

    def all_that_write() -> Iterator[tuple[str, ...]]:
        yield "backup", str(small_disk / "copy.kap")
        yield "copy", str(small_disk / "mine.kap")
        yield "note", "save-file", kept, "picture", str(small_disk)
        yield "export", str(small_disk / "out")
        yield "export", str(small_disk / "out.md"), "--one-document"

    def assert_told() -> None:
        for line in all_that_write():
            outcome = cli.as_("Ana", *line)
            assert (outcome.code, outcome.out) == (CODE, b""), (line, outcome.err)
            assert one_sentence(outcome) and "unexpected" not in outcome.err
        begin = ("-j", str(small_disk / "new.kap"), "new", "--label", "Lee", "--role", "therapist")
        outcome = cli.run(*begin)
        assert (outcome.code, outcome.out) == (CODE, b""), outcome.err
        demo = cli.run("demo", str(small_disk / "demo"), "--json")
        assert (demo.code, demo.out) == (CODE, b""), demo.err

    (small_disk / "filler").write_bytes(bytes(40_000))
    assert_told()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert_told()
    assert cli.done("Ana", "note", "show", kept, "--raw").text == "a note"


def test_of_a_small_file_nothing_stays_where_there_is_no_room_at_all(
    cli: CommandLine, small_disk: Path
) -> None:
    with suppress(OSError):
        (small_disk / "filler").write_bytes(bytes(100_000))
    before = sorted(small_disk.iterdir())
    for line in (
        ("export", str(small_disk / "out.csv")),
        ("chart", "gad7", "--svg", str(small_disk / "a.svg")),
    ):
        outcome = cli.as_("Ana", "measure", *line)
        assert (outcome.code, outcome.out) == (CODE, b""), (line, outcome.err)
        assert one_sentence(outcome) and sorted(small_disk.iterdir()) == before


def test_a_record_that_the_system_does_not_give_is_not_written_over(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.write("Ana", "a note")
    [record] = cli.memory.iterdir()
    before = record.read_bytes()

    def fail(_: Path) -> bytes:
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr("kapjournal.journal.vault.rollback_file.read_plain", fail)
        outcome = cli.as_("Ana", "note", "add", "-", stdin=b"another")
    assert outcome.code == 0 and outcome.err
    assert record.read_bytes() == before
