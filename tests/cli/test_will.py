"""The practice will on the command line: made on three papers, tried, revoked, opened with."""

import datetime as dt
import json
import re
import sys

import pytest

from kapjournal import clock
from kapjournal.cli.runner import run
from kapjournal.domain.will import NO_WILL
from kapjournal.journal import FLOOR, unlock
from kapjournal.presentation import will as saying

from .command_line import CommandLine, Outcome, Pipe, one_sentence
from .test_records import PRACTICE, done, practice

__all__ = ["practice"]

KIM = ("--custodian", "Kim", "--beside", "her office, 555 0100")
AFTER = "a custodian opens this door"


def as_lee(cli: CommandLine, *argv: str, stdin: str = "", terminal: bool = False) -> Outcome:
    given = ("-j", "practice.kap", "--passphrase-file", "new", *argv)
    return cli.run(*given, stdin=stdin.encode(), terminal=terminal)


def made(cli: CommandLine) -> list[str]:
    """The shares of a new will, printed for a script."""
    said = as_lee(cli, "will", "make", *KIM, "--stdout")
    assert said.code == 0, said.err
    assert list(said.labelled()) == ["share 1", "share 2", "share 3"]
    return list(said.labelled().values())


def test_a_will_is_made_shown_tried_and_revoked(practice: CommandLine) -> None:
    assert as_lee(practice, "will", "status").err.strip() == NO_WILL
    assert json.loads(as_lee(practice, "will", "status", "--json").text) is None
    shares = made(practice)
    lines = done(practice, "will", "status")
    assert lines[:2] == ["custodian: Kim", "beside: her office, 555 0100"]
    assert lines[3:] == ["rehearsed: -", "due: no"]
    said = as_lee(practice, "will", "rehearse", stdin=f"{shares[1]}\n{shares[0]}\n")
    assert said.code == 0 and said.out == b"" and "Nothing was opened" in said.err
    read = as_lee(practice, "will", "status", "--json").json
    assert list(read) == ["custodian", "beside", "made", "rehearsed", "due"]
    assert read["rehearsed"] == clock.today().isoformat() and read["due"] is False
    again = made(practice)
    said = as_lee(practice, "will", "rehearse", stdin="\n".join(shares[:2]))
    assert said.code == 3 and one_sentence(said) and "opened nothing here" in said.err
    said = as_lee(practice, "will", "revoke")
    assert said.code == 0 and "Your will for Kim is revoked." in said.err
    for argv in (("rehearse",), ("revoke",)):
        said = as_lee(practice, "will", *argv, stdin="\n".join(again[:2]))
        assert (said.code, said.err.strip()) == (6, NO_WILL)


def test_two_shares_open_the_practice_with_a_new_passphrase(practice: CommandLine) -> None:
    shares = made(practice)
    (practice.folder / "shares").write_text("\n".join(shares[1:]) + "\n")
    (practice.folder / "after").write_text(AFTER)
    said = practice.run(
        *("-j", "practice.kap", "recover", "--will", "--words-file", "shares"),
        *("--new-passphrase-file", "after"),
    )
    assert said.code == 0 and "The shares stay as they are." in said.err
    opened = unlock(
        practice.folder / "practice.kap", label="Dr Lee", passphrase=AFTER, record_folder=practice.memory
    )
    with opened:
        assert opened.will.standing()
    assert as_lee(practice, "will", "status").code == 3


def test_a_custodian_tries_the_shares_without_a_passphrase(practice: CommandLine) -> None:
    shares = made(practice)
    before = {name: data for name, data in practice.files().items() if name.endswith(".kap")}
    closed = ("-j", "practice.kap", "will", "rehearse", "--closed")
    said = practice.run(*closed, stdin="\n".join(shares[::2]).encode())
    assert (said.code, said.out, said.err.strip()) == (0, b"", saying.WOULD_OPEN)
    assert practice.run(*closed, stdin=shares[0].encode()).code == 3
    assert {name: data for name, data in practice.files().items() if name.endswith(".kap")} == before
    assert as_lee(practice, "will", "status", "--json").json["rehearsed"] is None
    said = practice.run(
        "-j", "ours.kap", "will", "rehearse", "--closed", stdin="\n".join(shares[:2]).encode()
    )
    assert said.code == 3 and "opened nothing here" in said.err


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        ("{0}\n", "Two shares are needed, and this is one."),
        ("", "Two shares are needed, and there is none."),
        ("{0}\n{0}\n", "That is one share twice."),
        ("{0}\nacademic acid\n", "A share has 33 words, and the second has 2."),
        ("{0}\n{0} wrod\n", "word 34 is not on the list"),
    ],
)
def test_bad_shares_get_a_sentence(practice: CommandLine, stdin: str, said: str) -> None:
    share = made(practice)[0]
    for argv in (("will", "rehearse"), ("will", "rehearse", "--closed"), ("recover", "--will")):
        outcome = as_lee(practice, *argv, stdin=stdin.format(share))
        assert (outcome.code, outcome.out) == (3, b"") and said in outcome.err and one_sentence(outcome)
        assert share.split()[4] not in outcome.err.split()


def test_what_is_refused(practice: CommandLine) -> None:
    for argv, code, said in (
        (("make", *KIM), 2, "--stdout"),
        (("make", "--custodian", "", "--stdout"), 2, "Say who the custodian is"),
        (("make", "--custodian", "K" * 61, "--stdout"), 2, "at most 60"),
        (("make", "--stdout"), 2, "--custodian"),
        (("rehearse", "--shares-file", "no"), 2, "cannot be read"),
    ):
        outcome = as_lee(practice, "will", *argv)
        assert outcome.code == code and said in outcome.err, outcome.err
    for use in (["make", *KIM, "--stdout"], ["status"], ["revoke"]):
        outcome = practice.as_("Dr Lee", "will", *use)
        assert (outcome.code, outcome.out) == (6, b"") and "made in a practice" in outcome.err
    assert json.loads(as_lee(practice, "will", "status", "--json").text) is None


def shown(said: str) -> list[list[str]]:
    """The words of each share shown so far at the terminal, by their numbers."""
    shares = []
    for page in said.split("Share ")[1:]:
        found = {int(number): word for number, word in re.findall(r"(\d+) ([a-z]+)\b", page)}
        shares.append([found[number] for number in range(1, 34) if number in found])
    return shares


def test_at_a_terminal_each_share_is_shown_alone_and_asked_back(
    practice: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = made(practice)
    outcome = as_lee(practice, "will", "make", *KIM, stdin="wrong\n" * 3, terminal=True)
    assert (outcome.code, outcome.out) == (2, b"") and saying.LEFT in outcome.err
    assert "Share 1 of 3." in outcome.err and "Share 2 of 3." not in outcome.err
    assert as_lee(practice, "will", "rehearse", stdin="\n".join(old[:2])).code == 0

    stdin, out, err = Pipe(terminal=True), Pipe(), Pipe(terminal=True)

    def heard() -> str:
        return err.raw_bytes.getvalue().decode()

    def from_paper() -> str:
        number = int(heard().rpartition("is word ")[2].partition("?")[0])
        return shown(heard())[-1][number - 1].upper() + "\n"

    monkeypatch.setattr(stdin, "readline", from_paper)
    line = ["-j", "practice.kap", "--passphrase-file", "new", "will", "make", *KIM]
    with monkeypatch.context() as patch:
        for name, stream in (("stdin", stdin), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        assert run(line, strength=FLOOR, record_folder=practice.memory) == 0
    said, shares = heard(), [" ".join(words) for words in shown(heard())]
    assert out.raw_bytes.getvalue() == b"" and said.count("That is right.") == 3
    for number in (1, 2, 3):
        assert f"Share {number} of 3. {saying.on_paper(number, 'Kim')}" in said
    assert as_lee(practice, "will", "rehearse", stdin="\n".join(shares[1:])).code == 0
    assert as_lee(practice, "will", "rehearse", stdin="\n".join(old[:2])).code == 3


def test_after_a_year_a_quiet_line_and_never_a_block(practice: CommandLine) -> None:
    made(practice)
    assert "rehearse" not in as_lee(practice, "couple", "list").err
    with clock.at(clock.now() + dt.timedelta(days=370)):
        said = as_lee(practice, "couple", "list")
        assert said.code == 0 and said.lines and "rehearse it when you meet Kim" in said.err
        assert as_lee(practice, "will", "status", "--json").json["due"] is True


def test_new_keys_say_that_they_closed_the_will(practice: CommandLine) -> None:
    shares = made(practice)
    (practice.folder / "after").write_text(AFTER)
    said = as_lee(practice, "new-keys", "--new-passphrase-file", "after", "--no-recovery")
    assert said.code == 0 and saying.CLOSED_BY_KEYS in said.err
    (practice.folder / "new").write_text(AFTER)
    assert as_lee(practice, "will", "rehearse", stdin="\n".join(shares[:2])).code == 6
    (practice.folder / "new").write_text(PRACTICE)
    again = as_lee(practice, "will", "make", *KIM, "--stdout")
    assert again.code in (3, 6)
