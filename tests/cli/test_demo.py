"""The demo on the command line."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kapjournal.presentation.launch_request import LaunchRequest

from .command_line import CommandLine


@dataclass(frozen=True)
class Door:
    label: str
    role: str
    passphrase: str


@dataclass(frozen=True)
class Made:
    path: Path
    doors: Sequence[Door]


@pytest.fixture
def fiction(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int | None]]:
    """The demo builder, replaced by one that only remembers what it was asked for."""
    asked: list[tuple[Path, int | None]] = []

    def build(folder: Path, *, notes: int | None, record_folder: Path | None) -> Made:
        assert record_folder is not None
        asked.append((folder, notes))
        return Made(folder / "demo.kap", (Door("Ana", "partner", "six words"),))

    monkeypatch.setattr("kapjournal.demo.build", build)
    return asked


def test_demo_opens_unless_told_not_to(
    empty_cli: CommandLine, fiction: list[tuple[Path, int | None]]
) -> None:
    where = empty_cli.folder / "demo"
    launch = empty_cli.run("demo", str(where)).code
    assert isinstance(launch, LaunchRequest)
    assert launch.path == where / "demo.kap"
    assert "Ana (partner): six words" in launch.notice
    plain = empty_cli.run("demo", str(where), "--no-open", "--notes", "40")
    assert plain.lines == [f"file: {where / 'demo.kap'}", "Ana\tpartner\tsix words"]
    listed = empty_cli.run("demo", "--json")
    assert listed.code == 0
    doors = [{"label": "Ana", "role": "partner", "passphrase": "six words"}]
    assert json.loads(listed.out) == {"file": str(fiction[-1][0] / "demo.kap"), "doors": doors}
    assert [notes for _, notes in fiction] == [None, 40, None]
    fiction[-1][0].rmdir()


def test_the_demo_is_real_and_never_built_over(empty_cli: CommandLine) -> None:
    where = empty_cli.folder / "demo"
    made = empty_cli.run("demo", str(where), "--json")
    assert made.code == 0, made.err
    for door in made.json["doors"]:
        shared = ("-j", made.json["file"], "-a", door["label"], "--passphrase-file", "-")
        assert empty_cli.run(*shared, "note", "list", stdin=door["passphrase"].encode()).lines
    again = empty_cli.run("demo", str(where), "--no-open")
    assert (again.code, again.out) == (6, b"")
    (empty_cli.folder / "file").write_text("")
    assert empty_cli.run("demo", str(empty_cli.folder / "file"), "--no-open").code == 7
