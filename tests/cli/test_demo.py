"""The demo on the command line."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.presentation.launch_request import LaunchRequest

from .command_line import CommandLine


@dataclass(frozen=True)
class Door:
    label: str
    role: Role
    passphrase: str


@dataclass(frozen=True)
class Made:
    path: Path
    doors: Sequence[Door]
    practice: "MadePractice | None" = None


@dataclass(frozen=True)
class MadeCouple:
    name: str
    path: Path
    doors: Sequence[Door]
    opens: bool


@dataclass(frozen=True)
class MadePractice:
    path: Path
    door: Door
    couples: Sequence[MadeCouple]


ANA, LEE = Door("Ana", Role.PARTNER, "six words"), Door("Dr Lee", Role.THERAPIST, "seven words")


def practice_in(folder: Path) -> MadePractice:
    asks = MadeCouple("Ruth and Elin", folder / "journal-3.kap", (LEE,), opens=False)
    return MadePractice(folder / "practice.kap", LEE, (asks,))


@pytest.fixture
def fiction(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int | None]]:
    """The demo builder, replaced by one that only remembers what it was asked for."""
    asked: list[tuple[Path, int | None]] = []

    def build(folder: Path, *, notes: int | None, practice: bool, record_folder: Path | None) -> Made:
        assert record_folder is not None
        asked.append((folder, notes))
        return Made(folder / "demo.kap", (ANA,), practice_in(folder) if practice else None)

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
    assert "lies beside it, in practice.kap: seven words" in launch.notice
    plain = empty_cli.run("demo", str(where), "--no-open", "--notes", "40")
    assert plain.lines == [
        f"file: {where / 'demo.kap'}",
        "Ana\tpartner\tsix words",
        f"practice: {where / 'practice.kap'}",
        "Dr Lee\ttherapist\tseven words",
    ]
    listed = empty_cli.run("demo", "--json")
    assert listed.code == 0
    ana = {"label": "Ana", "role": "partner", "passphrase": "six words"}
    lee = {"label": "Dr Lee", "role": "therapist", "passphrase": "seven words"}
    folder = fiction[-1][0]
    assert json.loads(listed.out) == {
        "file": str(folder / "demo.kap"),
        "doors": [ana],
        "practice": {
            "file": str(folder / "practice.kap"),
            "doors": [lee],
            "couples": [
                {
                    "name": "Ruth and Elin",
                    "file": str(folder / "journal-3.kap"),
                    "doors": [lee],
                    "opens": False,
                }
            ],
        },
    }
    assert [notes for _, notes in fiction] == [None, 40, None]
    fiction[-1][0].rmdir()


def test_the_practice_is_opened_first_where_that_is_asked(
    empty_cli: CommandLine, fiction: list[tuple[Path, int | None]]
) -> None:
    launch = empty_cli.run("demo", str(empty_cli.folder / "demo"), "--practice").code
    assert isinstance(launch, LaunchRequest)
    assert launch.path == empty_cli.folder / "demo" / "practice.kap"
    assert launch.notice.split("\n")[1:] == [
        "Dr Lee (therapist): seven words",
        "Ruth and Elin ask for: seven words",
    ]


def test_a_demo_that_goes_makes_a_practice_only_for_whoever_looks_at_it(
    empty_cli: CommandLine, fiction: list[tuple[Path, int | None]]
) -> None:
    launch = empty_cli.run("demo").code
    assert isinstance(launch, LaunchRequest)
    assert launch.notice.endswith("Dr Lee’s practice: kapjournal demo --practice")
    launch = empty_cli.run("demo", "--practice").code
    assert isinstance(launch, LaunchRequest)
    assert launch.path == fiction[-1][0] / "practice.kap"


def test_the_demo_is_real_and_never_built_over(empty_cli: CommandLine) -> None:
    where = empty_cli.folder / "demo"
    made = empty_cli.run("demo", str(where), "--json")
    assert made.code == 0, made.err
    for door in made.json["doors"]:
        shared = ("-j", made.json["file"], "-a", door["label"], "--passphrase-file", "-")
        assert empty_cli.run(*shared, "note", "list", stdin=door["passphrase"].encode()).lines
    practice = made.json["practice"]
    inside = ("-j", practice["file"], "--passphrase-file", "-")
    of_the_practice = practice["doors"][0]["passphrase"].encode()
    couples = [couple["name"] for couple in practice["couples"]]
    assert len(empty_cli.run(*inside, "couple", "list", stdin=of_the_practice).lines) == len(couples) == 3
    for couple in couples:
        assert empty_cli.run(*inside, "record", "list", "-c", couple, stdin=of_the_practice).lines
    again = empty_cli.run("demo", str(where), "--no-open")
    assert (again.code, again.out) == (6, b"")
    (empty_cli.folder / "file").write_text("")
    assert empty_cli.run("demo", str(empty_cli.folder / "file"), "--no-open").code == 7
