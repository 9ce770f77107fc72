"""Passphrase files, stdin shared between passphrase and text, and texts a note does not take."""

import os
import sys
import threading
from collections.abc import Iterator

import pytest

from kapjournal.errors import Refused, UsageError
from kapjournal.stdio import file_or_stdin
from kapjournal.text import MAX_BODY_BYTES

from .command_line import ANA, CommandLine, one_sentence


def with_secret(cli: CommandLine, data: bytes) -> object:
    secret = cli.folder / "secret"
    secret.write_bytes(data)
    return cli.run("-j", str(cli.file), "-a", "Ana", "--passphrase-file", str(secret), "note", "list").code


def test_only_the_first_line_counts_and_its_ending_does_not(cli: CommandLine) -> None:
    assert with_secret(cli, ANA.encode()) == 0
    assert with_secret(cli, ANA.encode() + b"\n") == 0
    assert with_secret(cli, ANA.encode() + b"\r\nmore\n") == 0
    assert with_secret(cli, ANA.encode() + b" \n") == 3
    assert with_secret(cli, b"\n" + ANA.encode()) == 2
    assert with_secret(cli, b"\xff\xfe") == 2
    assert with_secret(cli, b"x" * 100_000) == 2


@pytest.mark.parametrize("name", ["nowhere", ".", "a\0b"])
def test_a_passphrase_file_that_cannot_be_read_exits_2(cli: CommandLine, name: str) -> None:
    outcome = cli.run("-j", str(cli.file), "-a", "Ana", "--passphrase-file", name, "note", "list")
    assert (outcome.code, outcome.out) == (2, b"")
    assert one_sentence(outcome)


def test_without_a_file_or_a_terminal_the_passphrase_is_asked_for_in_words(cli: CommandLine) -> None:
    outcome = cli.run("-j", str(cli.file), "-a", "Ana", "note", "list")
    assert outcome.code == 2
    assert "--passphrase-file" in outcome.err


def test_at_a_terminal_the_passphrase_is_typed(cli: CommandLine) -> None:
    cli.secrets = [ANA]
    assert cli.run("-j", str(cli.file), "-a", "Ana", "note", "list", terminal=True).code == 0


def test_what_follows_the_passphrase_on_stdin_is_the_text_to_the_letter(cli: CommandLine) -> None:
    shared = ("-j", str(cli.file), "-a", "Ana", "--passphrase-file", "-", "note")
    body = "\n  two\tlines \n\nwith \u2028 and 🕯 and no end"
    added = cli.run(*shared, "add", "-", stdin=f"{ANA}\r\n{body}".encode())
    assert added.code == 0
    shown = cli.run(*shared, "show", added.text.strip(), "--raw", stdin=ANA.encode())
    assert shown.out == body.encode()


def test_a_pipe_needs_no_dash_and_a_terminal_needs_a_name(cli: CommandLine) -> None:
    assert cli.done("Ana", "note", "add", stdin=b"piped").code == 0
    outcome = cli.as_("Ana", "note", "add", terminal=True)
    assert outcome.code == 2
    assert "FILE" in outcome.err


def test_a_text_from_a_file(cli: CommandLine) -> None:
    page = cli.folder / "page.md"
    page.write_bytes("# a page\n\n🌿\n".encode())
    kept = cli.done("Ana", "note", "add", str(page)).text.strip()
    assert cli.done("Ana", "note", "show", kept, "--raw").out == page.read_bytes()
    assert cli.as_("Ana", "note", "add", "nowhere.md").code == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"one\ntwo \x1b[31m", "line 2, column 5"),
        (b"windows\r\n", "line 1, column 8"),
        (b"nul\x00", "line 1, column 4"),
        (b"del \x7f", "line 1, column 5"),
        ("c1 \x9b".encode(), "line 1, column 4"),
        (b"\xff", "byte 1"),
        (b"lone \xed\xa0\x80", "byte 6"),
    ],
)
def test_what_a_note_cannot_keep_is_refused_with_its_place(cli: CommandLine, data: bytes, said: str) -> None:
    outcome = cli.as_("Ana", "note", "add", "-", stdin=data)
    assert (outcome.code, outcome.out) == (6, b"")
    assert said in outcome.err
    assert one_sentence(outcome)
    assert cli.done("Ana", "note", "list", "--json").json == []


def test_ten_mebibytes_are_taken_and_one_byte_more_is_refused_with_its_size(cli: CommandLine) -> None:
    page = cli.folder / "long.md"
    page.write_bytes(b"x" * MAX_BODY_BYTES)
    kept = cli.done("Ana", "note", "add", str(page)).text.strip()
    assert cli.done("Ana", "note", "show", kept, "--raw").out == page.read_bytes()
    with page.open("ab") as file:
        file.write(b"x")
    for outcome in (
        cli.as_("Ana", "note", "add", str(page)),
        cli.as_("Ana", "note", "add", "-", stdin=page.read_bytes()),
    ):
        assert (outcome.code, outcome.out) == (6, b"")
        assert f"{MAX_BODY_BYTES + 1:,}" in outcome.err
    assert page.stat().st_size == MAX_BODY_BYTES + 1


def test_a_file_that_is_too_long_is_not_read(cli: CommandLine) -> None:
    page = cli.folder / "sparse.md"
    with page.open("wb") as file:
        os.truncate(file.fileno(), 1 << 40)
    outcome = cli.as_("Ana", "note", "add", str(page))
    assert outcome.code == 6
    assert f"{1 << 40:,}" in outcome.err


BOM = b"\xef\xbb\xbf"


def test_the_mark_before_the_first_letter_of_a_file_is_no_part_of_a_passphrase(
    empty_cli: CommandLine,
) -> None:
    secret = empty_cli.folder / "secret"
    secret.write_bytes(BOM + b"lee opens this door\r\n")
    begin = ("new", "--label", "Lee", "--role", "therapist", "--no-recovery")
    shared = ("-j", str(empty_cli.file), "--passphrase-file", str(secret))
    assert empty_cli.run(*shared, *begin).code == 0
    assert empty_cli.run(*shared, "note", "list").code == 0
    empty_cli.secrets = ["lee opens this door"]
    assert empty_cli.run("-j", str(empty_cli.file), "note", "list", terminal=True).code == 0
    secret.write_bytes(BOM + b"\n")
    assert empty_cli.run(*shared, "passphrase", "--new-passphrase-file", str(secret)).code in (2, 3)


def test_a_new_passphrase_with_something_unseen_is_refused_by_its_name(cli: CommandLine) -> None:
    fresh = cli.folder / "fresh"
    fresh.write_bytes("a new passphrase\u200b of mine\n".encode())
    outcome = cli.as_("Ana", "passphrase", "--new-passphrase-file", str(fresh))
    assert outcome.code == 2
    assert "Character 17 of this passphrase is a zero width space (U+200B)" in outcome.err


def test_the_mark_is_no_part_of_a_note_or_of_what_is_searched(cli: CommandLine) -> None:
    page = cli.folder / "page.md"
    page.write_bytes(BOM + b"# a page\n")
    for kept in (
        cli.done("Ana", "note", "add", str(page)).text.strip(),
        cli.done("Ana", "note", "add", "-", stdin=page.read_bytes()).text.strip(),
    ):
        assert cli.done("Ana", "note", "show", kept, "--raw").out == b"# a page\n"
    assert len(cli.done("Ana", "search", "-", "--json", stdin=BOM + b"page\n").json) == 2


@pytest.fixture
def odd_places(cli: CommandLine) -> dict[str, str]:
    os.mkfifo(cli.folder / "pipe")
    (cli.folder / "link").symlink_to("/dev/zero")
    return {
        "pipe": str(cli.folder / "pipe"),
        "device": "/dev/zero",
        "link to a device": str(cli.folder / "link"),
        "folder": str(cli.folder),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="devices are elsewhere")
@pytest.mark.parametrize("place", ["pipe", "device", "link to a device", "folder"])
def test_nothing_waits_for_what_is_no_file(cli: CommandLine, odd_places: dict[str, str], place: str) -> None:
    odd = odd_places[place]
    shared = ("-j", str(cli.file), "-a", "Ana", "--passphrase-file")
    kept = cli.write("Ana", "a note")
    for outcome in (
        cli.as_("Ana", "note", "add", odd),
        cli.as_("Ana", "note", "edit", kept, odd),
        cli.as_("Ana", "note", "attach", kept, odd),
        cli.as_("Ana", "passphrase", "--new-passphrase-file", odd),
        cli.as_("Ana", "take-over", odd, "--old-passphrase-file", odd),
        cli.run(*shared, odd, "note", "list"),
        cli.run("-j", str(cli.file), "join", "--label", "Kim", "--code-file", odd),
        cli.run("-j", str(cli.file), "recover", "--words-file", odd),
    ):
        assert (outcome.code, outcome.out) == (2, b""), outcome.err
        assert one_sentence(outcome)


@pytest.mark.skipif(sys.platform != "linux", reason="devices are elsewhere")
@pytest.mark.parametrize("place", ["pipe", "device", "link to a device", "folder"])
def test_what_is_no_file_is_no_journal_either(
    cli: CommandLine, odd_places: dict[str, str], place: str
) -> None:
    odd = odd_places[place]
    secret = cli.folder / "secret"
    secret.write_text(ANA)
    for outcome in (
        cli.run("-j", odd, "-a", "Ana", "--passphrase-file", str(secret), "note", "list"),
        cli.as_("Ana", "merge", odd),
        cli.as_("Ana", "restore", odd),
        cli.as_("Ana", "take-over", odd, "--old-passphrase-file", str(secret)),
    ):
        assert (outcome.code, outcome.out) == (4, b""), outcome.err
        assert one_sentence(outcome)


def test_what_a_shell_hands_in_by_the_number_of_a_pipe_is_read(cli: CommandLine) -> None:
    reading, writing = os.pipe()

    def send() -> None:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(BOM + b"from a command")

    sender = threading.Thread(target=send)
    sender.start()
    try:
        kept = cli.done("Ana", "note", "add", f"/dev/fd/{reading}").text.strip()
    finally:
        sender.join()
        os.close(reading)
    assert cli.done("Ana", "note", "show", kept, "--raw").out == b"from a command"


def test_stdin_by_its_other_names_is_stdin(cli: CommandLine) -> None:
    shared = ("-j", str(cli.file), "-a", "Ana", "--passphrase-file", "/dev/stdin", "note")
    kept = cli.run(*shared, "add", "/dev/fd/0", stdin=f"{ANA}\nthe rest".encode()).text.strip()
    assert cli.done("Ana", "note", "show", kept, "--raw").out == b"the rest"


class Endless:
    """A pipe into which something writes for ever; counts what was taken."""

    def __init__(self) -> None:
        self.taken = 0
        self.closed = False
        self.buffer = self

    def isatty(self) -> bool:
        return False

    def readline(self, size: int) -> bytes:
        self.taken += size
        return b"y" * size

    def read(self, size: int) -> bytes:
        self.taken += size
        return b"y\n" * (size // 2)

    def fileno(self) -> int:
        raise OSError


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endless]:
    stream = Endless()
    monkeypatch.setattr(sys, "stdin", stream)
    yield stream


def test_what_never_ends_is_left_soon_after_the_limit(endless: Endless) -> None:
    with pytest.raises(Refused, match="longer than 11,534,336 bytes; a note holds at most 10,485,760"):
        file_or_stdin.body("-")
    assert endless.taken <= MAX_BODY_BYTES + 3 * 1024 * 1024
    with pytest.raises(UsageError, match="too long"):
        file_or_stdin.first_line("-", "the passphrase file")


def test_a_stdin_that_fails_is_said(endless: Endless, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(size: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(endless, "read", fail)
    with pytest.raises(UsageError, match="Standard input cannot be read as the text: Input/output error"):
        file_or_stdin.body("-")
