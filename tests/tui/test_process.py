"""The real program on a real (pseudo) terminal: killed, stopped, hung up, left."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kapjournal.journal import Journal, unlock
from kapjournal.tui.shell import terminal
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import enters, sees
from tests.tui.conftest import PASSPHRASES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
PATIENCE = 40.0


def _fork_beside() -> tuple[int, int]:
    """Like `pty.fork`, but the terminal does not control the child."""
    ours, theirs = pty.openpty()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        for stream in range(3):
            os.dup2(theirs, stream)
        os.closerange(3, 256)
    else:
        os.close(theirs)
    return pid, ours


class Terminal:
    """A window of 80x24 with the program in it."""

    def __init__(self, *arguments: str, controlled: bool = True) -> None:
        self.seen = b""
        self.pid, self._fd = pty.fork() if controlled else _fork_beside()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(sys.executable, [sys.executable, "-m", "kapjournal", *arguments])
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def until(self, words: str) -> None:
        """Read until the words have been painted."""
        end = time.monotonic() + PATIENCE
        while words.encode() not in self.seen:
            if time.monotonic() > end or not self._read(1.0):
                assert time.monotonic() < end, self.seen[-3000:]

    def _read(self, wait: float) -> bool:
        if not select.select([self._fd], [], [], wait)[0]:
            return False
        try:
            chunk = os.read(self._fd, 65536)
        except OSError:  # the other side is gone
            return False
        self.seen += chunk
        return bool(chunk)

    def types(self, keys: str) -> None:
        self.seen = b""
        os.write(self._fd, keys.encode())

    def kill(self, number: int) -> int:
        os.kill(self.pid, number)
        return self.ends()

    def hang_up(self) -> int:
        os.close(self._fd)
        return self.ends(reading=False)

    def ends(self, *, reading: bool = True) -> int:
        """Wait for the end; what it painted last is in `seen`."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if reading:
                self._read(0.05)
            else:
                time.sleep(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while reading and self._read(0.1):
                    pass
                return status
        raise AssertionError("The program did not end.")


@pytest.fixture
def window(journal_file: Path, made: Path) -> Iterator[Terminal]:
    window = Terminal("-j", str(journal_file), "-a", "Ana")
    yield window
    try:
        os.kill(window.pid, signal.SIGKILL)
        os.waitpid(window.pid, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def writes(window: Terminal) -> None:
    window.until("Passphrase")
    window.until("door")
    window.types(PASSPHRASES["Ana"] + "\r")
    window.until("Hallway")
    window.types("n")
    window.until("Title (optional")
    window.types("the last words")


def drafts(journal_file: Path) -> list[tuple[str, tuple[int, int]]]:
    with unlock(journal_file, label="Ana", passphrase=PASSPHRASES["Ana"]) as ana:
        return [(draft.text.body, draft.cursor) for draft in ana.drafts.all()]


def test_a_draft_survives_kill_9(window: Terminal, journal_file: Path) -> None:
    writes(window)
    window.until("Draft kept at")
    window.kill(signal.SIGKILL)
    assert drafts(journal_file) == [("the last words", (0, 14))]


@pytest.mark.parametrize("how", ["TERM", "QUIT", "ABRT", "USR1", "USR2", "HUP"])
def test_a_stop_or_a_lost_terminal_seals_the_draft(window: Terminal, journal_file: Path, how: str) -> None:
    writes(window)
    window.until("3 words")
    status = window.hang_up() if how == "HUP" else window.kill(getattr(signal, f"SIG{how}"))
    assert how == "HUP" or b"\x1b[2J\x1b[3J" in window.seen.rpartition(b"\x1b[?1049l")[2]
    assert os.waitstatus_to_exitcode(status) == 128 + getattr(signal, f"SIG{how}")
    assert [body for body, _ in drafts(journal_file)] == ["the last words"]


def test_a_terminal_that_goes_without_a_word_seals_the_draft(journal_file: Path, made: Path) -> None:
    """As one does that the program runs in but does not control: nobody sends it HUP."""
    window = Terminal("-j", str(journal_file), "-a", "Ana", controlled=False)
    writes(window)
    window.until("3 words")
    assert os.waitstatus_to_exitcode(window.hang_up()) == 128 + signal.SIGHUP
    assert [body for body, _ in drafts(journal_file)] == ["the last words"]


def test_a_paste_full_of_escapes_is_kept_in_order_without_them(window: Terminal, journal_file: Path) -> None:
    writes(window)
    window.until("3 words")
    window.types("\x1b[200~ A\tB \x1b[31mC\x07D\r\nE \u0645\u06cc\u200c\u062e\x1b[201~")
    window.until("2 control characters were left out")
    window.types("\U0001f468\u200d\U0001f469")
    window.until("\U0001f469")
    window.types("\x11")
    window.ends()
    assert [body for body, _ in drafts(journal_file)] == [
        "the last words A\tB [31mCD\nE \u0645\u06cc\u200c\u062e\U0001f468\u200d\U0001f469"
    ]


@pytest.mark.parametrize("arguments", [(), ("-j", "us.kap"), ("demo",)])
def test_without_a_terminal_the_screens_say_so_and_end(
    journal_file: Path, arguments: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kapjournal", *arguments],
        cwd=journal_file.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("The screens need a terminal.")


def test_quick_exit_seals_clears_and_says_nothing(window: Terminal, journal_file: Path) -> None:
    writes(window)
    window.until("3 words")
    window.types("\x11")
    assert os.waitstatus_to_exitcode(window.ends()) == 0
    left = window.seen.rpartition(b"\x1b[?1049l")[2]
    assert b"\x1b[2J\x1b[3J" in left
    assert f"\x1b]2;{terminal.NEUTRAL_TITLE}\x07".encode() in left
    assert b"words" not in left
    assert [body for body, _ in drafts(journal_file)] == ["the last words"]


def test_a_running_program_has_a_neutral_title_and_drops_no_core(window: Terminal) -> None:
    window.until("Passphrase")
    titles = re.findall(rb"\x1b\][012];(.*?)(?:\x07|\x1b\\\\)", window.seen)
    assert set(titles) == {terminal.NEUTRAL_TITLE.encode()}
    limits = Path(f"/proc/{window.pid}/limits")
    if limits.exists():
        assert re.search(r"Max core file size +[01] +[01] ", limits.read_text(encoding="ascii"))


def test_textuals_own_variables_write_nothing_down(
    journal_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "every-key.log"
    monkeypatch.setenv("TEXTUAL_LOG", str(log))
    monkeypatch.setenv("TEXTUAL_PRESS", "ctrl+q")
    monkeypatch.setenv("TEXTUAL_SCREENSHOT", "0")
    monkeypatch.setenv("TEXTUAL_SCREENSHOT_LOCATION", str(tmp_path))
    before = set(tmp_path.iterdir())
    window = Terminal("-j", str(journal_file), "-a", "Ana")
    writes(window)
    window.kill(signal.SIGTERM)
    assert not log.exists()
    assert not [file for file in set(tmp_path.iterdir()) - before if file.suffix in (".svg", ".log")]


def test_a_crash_report_holds_neither_values_nor_messages() -> None:
    def falls() -> None:
        body = "a secret sentence"
        raise ValueError(f"cannot read {body}")

    with pytest.raises(ValueError, match="cannot") as caught:
        falls()
    report = terminal.crash_report(caught.value)
    assert "secret" not in report
    assert "ValueError" in report
    assert "test_process.py" in report


async def test_a_crash_seals_the_draft_and_prints_no_local(
    app: KapApp, opened: Callable[[str], Journal], capsys: pytest.CaptureFixture[str]
) -> None:
    async def crashes() -> None:
        async with app.run_test() as pilot:
            await enters(pilot, "Ana", PASSPHRASES["Ana"])
            await pilot.press("n")
            await sees(pilot, "Write…")
            await pilot.press(*"words")

            def falls() -> None:
                secret_local = "marzipan"
                raise RuntimeError(secret_local)

            app.call_later(falls)
            while not app.crash:
                await pilot.pause(0.01)

    with pytest.raises(RuntimeError):
        await crashes()
    assert "marzipan" not in app.crash
    assert "marzipan" not in "".join(capsys.readouterr())
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["words"]
