"""Exit codes, one sentence on stderr, nothing but data on stdout, whatever happens."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kapjournal import __version__, paths
from kapjournal.cli.app import command
from kapjournal.cli.runner import run
from kapjournal.journal import Journal
from kapjournal.journal.notes import Notes
from kapjournal.presentation.launch_request import LaunchRequest

from .command_line import ANA, CommandLine, one_sentence

FINDERS = ("kapjournal.deidentify", "spellchecker", "phonenumbers", "stdnum", "rapidfuzz")
HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "textual",
    "cryptography",
    "mnemonic",
    "zxcvbn",
    "kapjournal.journal",
    *FINDERS,
)


@pytest.mark.parametrize(
    "line", ["--help", "note add --help", "invite --help", "demo --help", "deidentify --help", "nonsense"]
)
def test_help_imports_nothing_heavy(line: str) -> None:
    script = (
        "import sys\nfrom kapjournal.cli.runner import run\n"
        f"code = run({line.split()!r})\n"
        f"found = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(f'imported {found}' if found else code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == (2 if line == "nonsense" else 0), done.stderr


def test_version_is_answered_alone(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run("--version")
    assert (outcome.code, outcome.text, outcome.err) == (0, f"kapjournal {__version__}\n", "")


def test_help_goes_to_stdout(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run("note", "--help")
    assert outcome.code == 0
    assert outcome.err == ""
    assert "share" in outcome.text


def test_every_command_and_option_says_what_it_is() -> None:
    def walk(one: object, name: str) -> None:
        assert getattr(one, "help", None), name
        for parameter in getattr(one, "params", ()):
            assert parameter.help, f"{name} {parameter.name}"
        for sub, inner in getattr(one, "commands", {}).items():
            walk(inner, f"{name} {sub}")

    walk(command(), "kapjournal")


def test_every_command_of_the_manual_is_there(empty_cli: CommandLine) -> None:
    lines = (
        "demo,new,invite,invite list,invite cancel,join,people,people verify,people remove,passphrase,"
        "recover,check,backup,session add,session list,session show,session edit,note add,note list,"
        "note show,note edit,note share,note withdraw,note history,note delete,search,export"
    )
    for line in lines.split(","):
        assert empty_cli.run(*line.split(), "--help").code == 0, line


def test_no_command_asks_for_the_screens(empty_cli: CommandLine) -> None:
    assert empty_cli.run().code == LaunchRequest(None, None, "")
    assert empty_cli.run("-j", "x.kap", "-a", "Ana").code == LaunchRequest(Path("x.kap"), "Ana", "")


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "note",
        "note nonsense",
        "note show",
        "note list --nonsense",
        "note list --kind nonsense",
        "note list --session x",
        "session add --kind dosing --date 2024-13-01",
        "session add --kind dosing --date 20241101",
        "session add --kind dosing --date 2024-11-01 --time 24:00",
        "session add --kind nonsense --date 2024-11-01",
        "new --label Ana --role nonsense",
        "invite Ana",
        "export",
    ],
)
def test_a_line_that_is_none_exits_2(empty_cli: CommandLine, line: str) -> None:
    outcome = empty_cli.run(*line.split())
    assert outcome.code == 2
    assert outcome.out == b""
    assert one_sentence(outcome)


def test_what_is_typed_cannot_steer_the_terminal(empty_cli: CommandLine) -> None:
    for line in (["\x1b[2J"], ["note", "list", "--kind", "\x1b]0;x\x07"], ["note", "list", "--\x9b31m"]):
        outcome = empty_cli.run(*line)
        assert outcome.code == 2
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", outcome.err)


def test_a_journal_that_is_not_there_exits_4(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run("-j", "nowhere.kap", "note", "list")
    assert (outcome.code, outcome.out) == (4, b"")
    assert "nowhere.kap" in outcome.err
    assert empty_cli.run("note", "list").code == 4


def test_what_is_no_journal_exits_5_and_stays_as_it_is(empty_cli: CommandLine) -> None:
    empty_cli.file.write_bytes(b"a letter, not a journal\n" * 40)
    before = empty_cli.files()
    outcome = empty_cli.as_("Ana", "note", "list")
    assert (outcome.code, outcome.out) == (5, b"")
    assert one_sentence(outcome)
    assert empty_cli.files() == before


def test_a_wrong_passphrase_and_a_wrong_door_get_the_same_answer(cli: CommandLine) -> None:
    secret = cli.folder / "wrong"
    secret.write_text("not the passphrase")
    shared = ["-j", str(cli.file), "--passphrase-file", str(secret)]
    passphrase = cli.run(*shared, "-a", "Ana", "note", "list")
    door = cli.run(*shared, "-a", "Nobody", "note", "list")
    assert passphrase.code == door.code == 3
    assert passphrase.err == door.err
    assert passphrase.out == door.out == b""
    assert one_sentence(door)


def test_an_unexpected_error_is_one_calm_sentence_without_its_words(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(self: Journal, **_: object) -> None:
        raise RuntimeError("the secret words of a note")

    monkeypatch.setattr(Notes, "all", burst)
    outcome = cli.as_("Ana", "note", "list")
    assert outcome.code == 1
    assert one_sentence(outcome)
    assert "RuntimeError" in outcome.err
    assert "secret" not in outcome.err


@pytest.mark.parametrize(
    ("name", "code"), [("SIGINT", 130), ("SIGQUIT", 131), ("SIGTERM", 143), ("SIGHUP", 129)]
)
def test_a_signal_ends_the_command_and_keeps_the_old_state(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    commit = Notes.add

    def interrupted(self: Journal, note: object) -> object:
        signal.raise_signal(number)
        return commit(self, note)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Notes, "add", interrupted)
        outcome = cli.as_("Ana", "note", "add", "-", stdin=b"words")
    assert outcome.code == code
    assert outcome.out == b""
    assert one_sentence(outcome)
    assert signal.getsignal(number) is before
    assert cli.done("Ana", "note", "list", "--json").json == []


def test_an_ignored_signal_stays_ignored(empty_cli: CommandLine) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        empty_cli.run("--version")
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_reader_who_left_is_met_with_silence(cli: CommandLine) -> None:
    for number in range(3):
        cli.write("Ana", f"note {number}")
    secret = cli.folder / "secret"
    read, write = os.pipe()
    os.close(read)
    line = ["-j", str(cli.file), "-a", "Ana", "--passphrase-file", str(secret), "note", "list"]
    done = subprocess.run(
        [sys.executable, "-m", "kapjournal", *line],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_stdout_is_told(cli: CommandLine) -> None:
    kept = cli.write("Ana", "words")
    line = [
        "-j",
        str(cli.file),
        "-a",
        "Ana",
        "--passphrase-file",
        str(cli.folder / "secret"),
        "note",
        "list",
    ]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kapjournal", *line],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 7
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr
    assert cli.done("Ana", "note", "show", kept, "--raw").text == "words"


def test_the_environment_names_file_door_and_passphrase(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = cli.folder / "secret"
    secret.write_text(ANA)
    monkeypatch.setenv("KAPJOURNAL_FILE", str(cli.file))
    monkeypatch.setenv("KAPJOURNAL_AS", "Ana")
    monkeypatch.setenv("KAPJOURNAL_PASSPHRASE_FILE", str(secret))
    assert cli.run("note", "list").code == 0


def test_the_only_journal_here_is_meant_and_of_several_one_must_be_named(cli: CommandLine) -> None:
    secret = cli.folder / "secret"
    secret.write_text(ANA)
    line = ["-a", "Ana", "--passphrase-file", str(secret), "note", "list"]
    assert cli.run(*line).code == 0
    (cli.folder / "other.kap").write_bytes(b"")
    outcome = cli.run(*line)
    assert outcome.code == 2
    assert "other.kap" in outcome.err
    assert "ours.kap" in outcome.err


def test_a_backup_here_is_not_taken_for_the_journal_and_one_elsewhere_is_named_whole(
    cli: CommandLine,
) -> None:
    secret = cli.folder / "secret"
    secret.write_text(ANA)
    line = ["-a", "Ana", "--passphrase-file", str(secret), "note", "list"]
    (cli.folder / "journal-backup.kap").write_bytes(b"")
    assert cli.run(*line).code == 0
    kept = paths.private_folder(paths.data_folder()) / "journal.kap"
    kept.write_bytes(b"")
    outcome = cli.run(*line)
    assert outcome.code == 2
    assert str(kept) in " ".join(outcome.err.split())


def test_which_of_several_doors_must_be_said(cli: CommandLine) -> None:
    outcome = cli.run("-j", str(cli.file), "--passphrase-file", "-", "note", "list", stdin=ANA.encode())
    assert outcome.code == 2
    assert all(label in outcome.err for label in ("Ana", "Ben", "Dr Lee"))


def test_run_takes_any_sequence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("--version",)) == 0
    assert capsys.readouterr().out.startswith("kapjournal ")
