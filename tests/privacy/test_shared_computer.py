"""A couple at the computer of their therapist: no file there says whom she sees, nor what she calls them."""

import shutil
from pathlib import Path

import pytest

from kapjournal import config, paths
from kapjournal.config import Settings
from kapjournal.errors import UnlockFailed
from kapjournal.journal import doors, unlock
from tests.cast import LABELS, PASSPHRASES
from tests.cli.command_line import CommandLine
from tests.journal.practices import LEE
from tests.privacy.canary import assert_none_under, canary
from tests.shared_journal import SharedJournal

COUPLE, ANOTHER = canary("couple"), canary("another")


class Therapist:
    """Her computer, with everything at the places the program takes by itself; passphrases lie elsewhere."""

    def __init__(self, ours: Path, secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        data = paths.private_folder(paths.data_folder())
        self.practice, self.journal = data / "practice.kap", data / "journal.kap"
        self._door, self._door_there = secrets / "practice", secrets / "journal"
        self._door.write_text(f"{LEE}\n")
        self._door_there.write_text(f"{PASSPHRASES['Dr Lee']}\n")
        shutil.copy(ours, self.journal)
        self._computer = CommandLine(data, paths.private_folder(paths.state_folder()), monkeypatch)

    def morning(self) -> None:
        """Begin a practice; add a couple, name them, look into their journal, write about them."""
        new = ("new", "--practice", "--label", "Dr Lee", "--role", "therapist", "--no-recovery")
        self._run(*new, "--new-passphrase-file", str(self._door))
        there = ("--journal-as", "Dr Lee", "--journal-passphrase-file", str(self._door_there))
        self._run("couple", "add", COUPLE, str(self.journal), *there)
        self._run("couple", "rename", COUPLE, ANOTHER)
        self._run("couple", "partners", ANOTHER, f"{ANOTHER} one", f"{ANOTHER} two")
        assert ANOTHER.encode() in self._run("couple", "list")
        self._run("record", "add", "process", "-c", ANOTHER, "--text", "-", stdin=b"words")
        dose = ("dose", "add", "first", "--session", "1", "-c", ANOTHER)
        self._run(*dose, "--amount", "80", "--unit", "mg")
        self._run("-c", ANOTHER, "note", "add", "-", stdin=b"words in their journal")
        self._run("-c", ANOTHER, "session", "add", "--kind", "dosing", "--date", "2026-11-01")
        self._run("backup", str(self.practice.with_name("practice-backup.kap")))
        config.save(Settings(theme="sage"))

    def _run(self, *command: str, stdin: bytes = b"") -> bytes:
        where = ("-j", str(self.practice), "--passphrase-file", str(self._door))
        done = self._computer.run(*where, *command, stdin=stdin)
        assert done.code == 0, done.err
        return done.out


@pytest.fixture
def therapist(met: SharedJournal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Therapist:
    her = Therapist(met.path, tmp_path, monkeypatch)
    her.morning()
    return her


def test_no_file_names_a_couple(therapist: Therapist, own_places: Path) -> None:
    kept = {path.name for path in own_places.rglob("*") if path.is_file()}
    assert {therapist.practice.name, therapist.journal.name, "config.toml"} <= kept
    assert [path for path in paths.state_folder().iterdir() if path.is_file()]
    assert_none_under(own_places)


@pytest.mark.parametrize("label", LABELS[1:])
def test_nothing_in_the_couples_journal_says_that_there_is_a_practice(
    therapist: Therapist, own_places: Path, label: str
) -> None:
    """The partner's own program, at the same computer, with the same folders."""
    passphrase, state = PASSPHRASES[label], paths.state_folder()
    with unlock(therapist.journal, label=label, passphrase=passphrase, record_folder=state) as journal:
        assert journal.couples.all() == []
        said = repr((journal.members.all(), journal.sessions.all(), journal.notes.all(), journal.findings))
        assert not [word for word in (COUPLE, ANOTHER, "practice.kap") if word in said]
        assert journal.search(COUPLE) == journal.search(ANOTHER) == []
    assert_none_under(own_places)


@pytest.mark.parametrize("label", LABELS)
def test_what_opens_the_couples_journal_opens_no_practice(therapist: Therapist, label: str) -> None:
    assert doors(therapist.practice) == ["Dr Lee"]
    with pytest.raises(UnlockFailed):
        unlock(therapist.practice, label=label, passphrase=PASSPHRASES[label])
