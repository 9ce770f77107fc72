"""A demo that nobody gave a folder: it goes with the program, whichever way that ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kapjournal import staging
from kapjournal.demo import FILE_NAME, PRACTICE_NAME, temporary_folder

DEMO = [sys.executable, "-m", "kapjournal", "demo"]


def environment(home: Path) -> dict[str, str]:
    (home / "tmp").mkdir()
    return {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_STATE_HOME": str(home / "state"),
    }


def left(home: Path) -> list[Path]:
    return list((home / "tmp").iterdir())


@pytest.mark.parametrize("plain", [True, False])
def test_it_goes_when_the_person_leaves_or_cannot_come_in(tmp_path: Path, plain: bool) -> None:
    command = [*DEMO[:3], *(["--plain"] if plain else []), "demo"]
    done = subprocess.run(
        command,
        input="quit\n",
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ("This demo goes when you leave." in done.stdout) is plain, done.stderr
    assert left(tmp_path) == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_goes_with_a_signal(tmp_path: Path, sent: signal.Signals) -> None:
    running = subprocess.Popen(
        [*DEMO[:3], "--plain", "demo"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(tmp_path),
        text=True,
    )
    assert running.stdin and running.stdout
    for line in running.stdout:
        if "Whose door" in line:
            break
    assert [folder.name for folder in left(tmp_path)[0].iterdir()] == [FILE_NAME]
    running.send_signal(sent)
    running.communicate(timeout=60)
    assert left(tmp_path) == []


def test_it_goes_where_the_process_does_not_wait_for_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = temporary_folder()
    (folder / FILE_NAME).touch()
    staging.abandon()
    assert list(tmp_path.iterdir()) == []


def test_it_stays_where_a_script_asked_for_it(tmp_path: Path) -> None:
    subprocess.run(
        [*DEMO, "--no-open"], env=environment(tmp_path), capture_output=True, timeout=60, check=True
    )
    files = {file.name for folder in left(tmp_path) for file in folder.iterdir()}
    assert files == {FILE_NAME, PRACTICE_NAME, "journal-2.kap", "journal-3.kap"}
