"""new, join, passphrase and recover: which secrets are made, where they go, what opens afterwards."""

import re
import sys
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.cli.runner import run
from kapjournal.journal import FLOOR

from .command_line import ANA, LEE, CommandLine, Pipe, one_sentence

OWN = "a passphrase of one's own"


def opens(cli: CommandLine, label: str, passphrase: str) -> bool:
    line = ("-j", str(cli.file), "-a", label, "--passphrase-file", "-", "note", "list")
    code = cli.run(*line, stdin=passphrase.encode()).code
    assert code in (0, 3)
    return code == 0


def test_new_prints_a_passphrase_and_recovery_words_that_open(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run("-j", str(empty_cli.file), "new", "--label", "Lee", "--role", "therapist")
    assert outcome.code == 0
    words = outcome.labelled()
    assert list(words) == ["passphrase", "recovery"]
    assert len(words["passphrase"].split(" ")) == 6
    assert len(words["recovery"].split(" ")) == 24
    assert one_sentence(outcome)
    assert str(empty_cli.file) in outcome.err
    assert opens(empty_cli, "Lee", words["passphrase"])
    again = empty_cli.run("-j", str(empty_cli.file), "recover", stdin=words["recovery"].encode())
    assert again.code == 0
    assert list(again.labelled()) == ["passphrase"]
    assert opens(empty_cli, "Lee", again.labelled()["passphrase"])
    assert not opens(empty_cli, "Lee", words["passphrase"])


def test_new_with_one_s_own_passphrase_prints_no_passphrase(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run(
        *("-j", str(empty_cli.file), "new", "--label", "Lee", "--role", "therapist", "--no-recovery"),
        *("--new-passphrase-file", "-"),
        stdin=f"{OWN}\r\nnot this".encode(),
    )
    assert (outcome.code, outcome.out) == (0, b"")
    assert opens(empty_cli, "Lee", OWN)


def test_new_without_a_place_goes_to_the_data_folder(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run("new", "--label", "Ana", "--role", "partner")
    made = paths.data_folder() / "journal.kap"
    assert outcome.code == 0
    assert str(made) in outcome.err
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700


def test_new_touches_nothing_that_is_there(cli: CommandLine) -> None:
    before = cli.files()
    outcome = cli.run("-j", str(cli.file), "new", "--label", "Eve", "--role", "partner")
    assert (outcome.code, outcome.out) == (6, b"")
    assert cli.files() == before


@pytest.mark.parametrize("label", ["all", "Partner", "", "a,b"])
def test_new_refuses_labels_that_mean_something(empty_cli: CommandLine, label: str) -> None:
    outcome = empty_cli.run("-j", str(empty_cli.file), "new", "--label", label, "--role", "partner")
    assert outcome.code in (2, 6)
    assert outcome.out == b""
    assert not empty_cli.file.exists()


def test_a_short_passphrase_is_a_usage_error_before_anything_is_made(empty_cli: CommandLine) -> None:
    outcome = empty_cli.run(
        *("-j", str(empty_cli.file), "new", "--label", "Lee", "--role", "therapist"),
        *("--new-passphrase-file", "-"),
        stdin=b"elevenchars\n",
    )
    assert (outcome.code, outcome.out) == (2, b"")
    assert not empty_cli.file.exists()


def test_at_a_terminal_one_can_take_the_six_words_and_is_asked_one_back(empty_cli: CommandLine) -> None:
    empty_cli.secrets = [""]
    outcome = empty_cli.run(
        *("-j", str(empty_cli.file), "new", "--label", "Lee", "--role", "therapist"),
        stdin=b"wrong\nwrong\nwrong\n",
        terminal=True,
    )
    assert outcome.code == 0
    assert outcome.err.count("Which one is word") == 3
    assert "The words are drawn by lot and mean nothing." in outcome.err
    assert list(outcome.labelled()) == ["passphrase", "recovery"]


def test_a_passphrase_that_would_be_guessed_is_refused_with_the_reason(empty_cli: CommandLine) -> None:
    line = ("-j", str(empty_cli.file), "new", "--label", "Lee", "--role", "therapist", "--title", "Ana & Ben")
    outcome = empty_cli.run(*line, "--new-passphrase-file", "-", stdin=b"Ana loves Ben\n")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "a name or a word of this journal" in outcome.err and one_sentence(outcome)
    assert not empty_cli.file.exists()
    empty_cli.secrets = ["aaaaaaaaaaaa", "Ana loves Ben", OWN, OWN]
    outcome = empty_cli.run(*line, "--no-recovery", terminal=True)
    assert (outcome.code, outcome.out) == (0, b"")
    assert outcome.err.count("press Enter for six random words") == 3
    assert opens(empty_cli, "Lee", OWN)


def test_at_a_terminal_one_s_own_passphrase_is_typed_twice(empty_cli: CommandLine) -> None:
    line = ("-j", str(empty_cli.file), "new", "--label", "Lee", "--role", "therapist", "--no-recovery")
    empty_cli.secrets = [OWN, OWN + " or so"]
    assert empty_cli.run(*line, terminal=True).code == 2
    assert not empty_cli.file.exists()
    empty_cli.secrets = [OWN, OWN]
    outcome = empty_cli.run(*line, terminal=True)
    assert (outcome.code, outcome.out) == (0, b"")
    assert opens(empty_cli, "Lee", OWN)


def test_an_invitation_is_taken_up_once(empty_cli: CommandLine) -> None:
    made = empty_cli.run("-j", str(empty_cli.file), "new", "--label", "Lee", "--role", "therapist")
    secret = made.labelled()["passphrase"].encode()
    lee = ("-j", str(empty_cli.file), "-a", "Lee", "--passphrase-file", "-")
    invited = empty_cli.run(*lee, "invite", "--role", "partner", "Ana", stdin=secret)
    assert invited.code == 0
    assert len(invited.lines) == 1
    assert len(invited.lines[0].split(" ")) == 6

    join = ("-j", str(empty_cli.file), "join", "--label", "Ana", "--no-recovery")
    wrong = empty_cli.run(*join, "--code", "six words that were never made")
    assert (wrong.code, wrong.out) == (3, b"")
    both = invited.out + b"ana's own passphrase\n"
    joined = empty_cli.run(*join, "--code-file", "-", "--new-passphrase-file", "-", stdin=both)
    assert (joined.code, joined.out) == (0, b"")
    assert opens(empty_cli, "Ana", "ana's own passphrase")
    again = empty_cli.run(*join, "--code", invited.lines[0])
    assert (again.code, again.out) == (3, b"")


def test_join_takes_exactly_one_code(cli: CommandLine) -> None:
    join = ("-j", str(cli.file), "join", "--label", "Eve")
    assert cli.run(*join).code == 2
    assert cli.run(*join, "--code", "a", "--code-file", "b").code == 2


def test_a_changed_passphrase_opens_and_the_old_one_does_not(cli: CommandLine) -> None:
    outcome = cli.run(
        *("-j", str(cli.file), "-a", "Ana", "--passphrase-file", "-"),
        *("passphrase", "--new-passphrase-file", "-"),
        stdin=f"{ANA}\n{OWN}\n".encode(),
    )
    assert (outcome.code, outcome.out) == (0, b"")
    assert opens(cli, "Ana", OWN)
    assert not opens(cli, "Ana", ANA)
    assert opens(cli, "Dr Lee", LEE)


def test_a_generated_passphrase_is_printed_when_it_is_in_force(cli: CommandLine) -> None:
    outcome = cli.done("Ana", "passphrase")
    assert opens(cli, "Ana", outcome.labelled()["passphrase"])


def recovers(cli: CommandLine, words: str) -> bool:
    """Whether the words open a door; the file stays as it was."""
    before = cli.file.read_bytes()
    code = cli.run("-j", str(cli.file), "recover", stdin=words.encode()).code
    assert code in (0, 3)
    cli.file.write_bytes(before)
    return code == 0


def test_new_recovery_words_for_a_script_go_to_stdout_and_the_old_ones_open_nothing(cli: CommandLine) -> None:
    first, second = (cli.done("Ana", "recovery-words", "--stdout") for _ in range(2))
    assert [list(one.labelled()) for one in (first, second)] == [["recovery"], ["recovery"]]
    assert one_sentence(second)
    assert "open nothing but an older copy of the file" in second.err
    assert not recovers(cli, first.labelled()["recovery"])
    assert recovers(cli, second.labelled()["recovery"])
    assert opens(cli, "Ana", ANA)


def test_new_recovery_words_are_not_printed_unasked(cli: CommandLine) -> None:
    before = cli.files()
    outcome = cli.as_("Ana", "recovery-words")
    assert (outcome.code, outcome.out) == (2, b"")
    assert one_sentence(outcome) and "--stdout" in outcome.err
    assert cli.files() == before


def seen(said: str) -> list[str]:
    """The words shown at the terminal, by their numbers."""
    found = {int(number): word for number, word in re.findall(r"(\d+) ([a-z]+)", said)}
    return [found[number] for number in range(1, 25)]


def from_paper(said: str) -> str:
    """The answer of a person who wrote them down."""
    return seen(said)[int(said.rpartition("is word ")[2].partition("?")[0]) - 1].upper()


def test_new_recovery_words_hold_once_one_was_asked_back(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = cli.done("Ana", "recovery-words", "--stdout").labelled()["recovery"]
    outcome = cli.as_("Ana", "recovery-words", stdin=b"wrong\n" * 3, terminal=True)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "nothing was changed" in outcome.err
    shown = " ".join(seen(outcome.err))
    assert all(len(line) < 80 for line in outcome.err.splitlines()[:6])
    assert recovers(cli, old) and not recovers(cli, shown)

    outcome = cli.as_("Ana", "recovery-words", terminal=True)
    assert (outcome.code, outcome.out) == (2, b""), "the input ended: nothing changes either"
    assert recovers(cli, old)

    stdin, out, err = Pipe(terminal=True), Pipe(), Pipe(terminal=True)
    monkeypatch.setattr(stdin, "readline", lambda: from_paper(err.raw_bytes.getvalue().decode()) + "\n")
    line = ["-j", str(cli.file), "-a", "Ana", "--passphrase-file", str(cli.folder / "secret")]
    with monkeypatch.context() as patch:
        for name, stream in (("stdin", stdin), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        assert run([*line, "recovery-words"], strength=FLOOR, record_folder=cli.memory) == 0
    said = err.raw_bytes.getvalue().decode()
    assert out.raw_bytes.getvalue() == b""
    assert "That is right." in said
    assert not recovers(cli, old)
    assert recovers(cli, " ".join(seen(said)))


def test_words_that_stdout_cannot_take_are_not_sealed(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = cli.done("Ana", "recovery-words", "--stdout").labelled()["recovery"]

    def gone(_name: str, _value: object) -> None:
        raise BrokenPipeError

    with monkeypatch.context() as patch:
        patch.setattr("kapjournal.stdio.stdout.field", gone)
        assert cli.as_("Ana", "recovery-words", "--stdout").code == 141
    assert recovers(cli, old)


def test_wrong_recovery_words_open_nothing(cli: CommandLine) -> None:
    words = cli.folder / "words"
    words.write_text(" ".join(["abandon"] * 23 + ["art"]))
    outcome = cli.run("-j", str(cli.file), "recover", "--words-file", str(words))
    assert (outcome.code, outcome.out) == (3, b"")
    assert one_sentence(outcome)


def test_words_that_stdout_cannot_take_go_to_stderr(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_name: str, _value: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("kapjournal.stdio.stdout.field", gone)
    outcome = cli.as_("Ana", "passphrase")
    assert (outcome.code, outcome.out) == (0, b"")
    [line] = [line for line in outcome.err.splitlines() if line.startswith("passphrase: ")]
    assert opens(cli, "Ana", line.removeprefix("passphrase: "))


def test_a_lost_folder_is_told(empty_cli: CommandLine) -> None:
    lost = Path("gone/away/ours.kap")
    outcome = empty_cli.run("-j", str(lost), "new", "--label", "Ana", "--role", "partner")
    assert outcome.code == 7
    assert outcome.out == b""
    assert one_sentence(outcome)
    assert "unexpected" not in outcome.err
