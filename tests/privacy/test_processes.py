"""Whole programs, watched from outside: what they write, where to, and what they say when they break."""

import os
import pty
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kapjournal.journal import NewNote
from tests.cast import PASSPHRASES
from tests.privacy.canary import assert_none_under, canary, found_in
from tests.privacy.conftest import Room

ROOT = Path(__file__).parents[2]
TRACED = (
    "open openat openat2 creat memfd_create write pwrite64 writev pwritev pwritev2 sendto sendmsg sendmmsg "
    "connect rename renameat renameat2 link linkat symlink symlinkat truncate mkdir mkdirat setxattr prctl"
)

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")

BROKEN = """
import sys
from kapjournal.{module} import {owner}

def broken(self, *arguments, **named):
    words = {words!r}
    raise RuntimeError(words)

{owner}.{method} = broken
from kapjournal.__main__ import main
main()
"""
"""A program with a defect that has a person's words in a local variable and in the error's message."""


@dataclass(frozen=True)
class Watched:
    """What a program said, and each system call by which it could have written."""

    code: int
    out: bytes
    err: bytes
    calls: tuple[str, ...]

    @property
    def created(self) -> set[str]:
        """Names of files that were made or could have been, and of the kind no folder lists."""
        named = (re.search(r'"((?:[^"\\]|\\.)*)"', call) for call in self.calls if "O_CREAT" in call)
        unnamed = {call for call in self.calls if "O_TMPFILE" in call or "memfd_create(" in call}
        return {Path(match.group(1)).name for match in named if match} | unnamed


def _as_ana(room: Room, *command: str) -> list[str]:
    secret = room.home / "passphrase"
    secret.write_text(PASSPHRASES["Ana"])
    return ["-j", str(room.shared.path), "-a", "Ana", "--passphrase-file", str(secret), *command]


def _watch(room: Room, *command: str, stdin: str = "") -> Watched:
    log = room.shared.path.parent.parent / "calls.log"
    which = ",".join(f"?{name}" for name in TRACED.split())
    strace = ["strace", "-f", "-y", "-s", "4000000", "-o", str(log), "-e", f"trace={which}"]
    program = [sys.executable, "-B", "-m", "kapjournal", *_as_ana(room, *command)]
    done = subprocess.run(
        [*strace, *program], input=stdin.encode(), capture_output=True, cwd=ROOT, check=False
    )
    calls = log.read_text(errors="surrogateescape").splitlines()
    if not any("openat(" in call for call in calls):
        pytest.skip("strace may not trace here")
    log.unlink()
    return Watched(done.returncode, done.stdout, done.stderr, tuple(calls))


def _assert_discreet(watched: Watched, room: Room) -> None:
    assert watched.code == 0, watched.err
    assert not found_in(watched.err)
    for call in watched.calls:
        if found_in(call.encode(errors="surrogateescape")):
            assert re.match(r"\d+ +write\(1[<,]", call), call[:200]
        assert "AF_INET" not in call
    ours = {"ours.kap", "ours.kap-wal", "ours.kap-shm", "null"}
    assert {name for name in watched.created if not name.endswith((".memory", ".part"))} <= ours
    assert not any(room.temp.iterdir())
    (room.home / "passphrase").unlink()
    assert_none_under(*room.places)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such word")
def test_no_other_program_can_look_into_a_running_one() -> None:
    code = (
        "import ctypes, sys; from contextlib import suppress; from kapjournal.__main__ import main\n"
        "sys.argv = ['kapjournal', '--help']\n"
        "with suppress(SystemExit): main()\n"
        "print('may be read:', ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert asked.stdout.splitlines()[-1] == b"may be read: 0"


@needs_strace
def test_no_write_but_to_stdout_carries_a_word(room: Room) -> None:
    body = f"the hallway, and {canary('body')} in it\n" * 50
    added = _watch(room, "note", "add", "-", "--title", canary("title"), "--tag", canary("tag"), stdin=body)
    _assert_discreet(added, room)
    assert not found_in(added.out)
    note_id = added.out.decode().strip()
    listed = _watch(room, "note", "list")
    _assert_discreet(listed, room)
    assert canary("title").encode() in listed.out
    edited = _watch(room, "note", "edit", note_id, "-", stdin=f"now {canary('edited')}")
    _assert_discreet(edited, room)
    deleted = _watch(room, "note", "delete", note_id)
    _assert_discreet(deleted, room)
    assert not found_in(edited.out + deleted.out)


@needs_strace
def test_a_search_that_sorts_much_makes_no_temporary_file(room: Room) -> None:
    words = " ".join(f"{canary('body')} word{number:04}" for number in range(150))
    with room.shared.open("Ana") as ana:
        ana.notes.add_many(NewNote(f"{number} {words}", title=canary("title")) for number in range(1500))
    searched = _watch(room, "search", f"{canary('body')} wor")
    _assert_discreet(searched, room)
    assert canary("body").encode() in searched.out


@pytest.mark.parametrize(
    ("owner", "method", "command"),
    [
        ("notes.Notes", "all", ["note", "list"]),
        ("notes.Notes", "add", ["note", "add", "-", "--title", canary("title")]),
        ("search.Search", "__call__", ["search", canary("query")]),
        ("journal.Journal", "close", ["note", "list"]),
    ],
    ids=["list", "add", "search", "close"],
)
def test_a_command_that_breaks_repeats_no_word(
    room: Room, owner: str, method: str, command: list[str]
) -> None:
    module, owner = owner.split(".")
    driver = BROKEN.format(module=f"journal.{module}", owner=owner, method=method, words=canary("body"))
    done = subprocess.run(
        [sys.executable, "-B", "-c", driver, *_as_ana(room, *command)],
        input=canary("body").encode(),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"RuntimeError" in done.stderr
    assert not found_in(done.stdout + done.stderr)
    assert_none_under(*room.places)


@pytest.mark.parametrize("method", ["_first_route", "get_key_display"])
def test_screens_that_break_repeat_no_word(room: Room, method: str) -> None:
    """In a real terminal: neither what is painted nor what is printed at the end holds a local variable."""
    driver = BROKEN.format(module="tui.shell.app", owner="KapApp", method=method, words=canary("body"))
    command = [sys.executable, "-B", "-c", driver, "-j", str(room.shared.path)]
    code, painted = _in_a_terminal(command)
    assert code == 1
    assert b"RuntimeError" in painted
    assert not found_in(painted)
    assert_none_under(*room.places)


def _in_a_terminal(command: list[str]) -> tuple[int, bytes]:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment, start_new_session=True
    ) as process:
        os.close(theirs)
        painted = b""
        with suppress(OSError):
            while data := os.read(ours, 65536):
                painted += data
        os.close(ours)
        return process.wait(timeout=60), painted
