"""Passphrase files, stdin shared between passphrase and text, and texts a note does not take."""

import os

import pytest

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
