"""`deidentify`: a text in, a text or the findings out, and no journal."""

import pytest

from .command_line import CommandLine, one_sentence

NAMES = b"person: Ana Rossi, Annie\nplace: Bristol\n"
TEXT = "\ufeffAna left Bristol on 3 March 2026.\r\nCall +44 117 496 0123, said Án\u00e4’s sister. 😀 Ana!\r\n"


@pytest.fixture
def here(empty_cli: CommandLine) -> CommandLine:
    (empty_cli.folder / "names.txt").write_bytes(NAMES)
    (empty_cli.folder / "text.md").write_bytes(TEXT.encode())
    return empty_cli


def test_other_words_stand_in_the_text_and_nothing_else_changes(here: CommandLine) -> None:
    said = here.run("deidentify", "text.md", "--names", "names.txt", "--session", "1=2026-03-01")
    assert said.code == 0
    word = said.text.removeprefix("\ufeff").split(" ", 1)[0]
    place = said.text.split("[", 1)[1].split("]", 1)[0]
    assert said.text == (
        f"\ufeff{word} left [{place}] on two days after session 1.\r\n"
        f"Call [phone number], said {word}’s sister. 😀 {word}!\r\n"
    )
    assert word.isalpha() and word != "Ana" and place.startswith("place ")
    assert said.err.startswith("6 findings were replaced. This is a help for somebody who reads every line")
    assert "safe" not in said.err and "anonymous" not in said.err


def test_the_findings_as_json_are_slices_of_the_text_as_given(here: CommandLine) -> None:
    said = here.run("deidentify", "--names", "names.txt", "--json", stdin=TEXT.encode())
    assert said.code == 0 and said.err.startswith("6 findings were listed.")
    assert [set(one) for one in said.json] == [{"start", "end", "type", "text", "replacement"}] * 6
    assert [one["type"] for one in said.json] == ["person", "place", "date", "phone", "person", "person"]
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in said.json)
    assert said.json[2]["replacement"] == "[date]"
    assert len({one["replacement"] for one in said.json if one["type"] == "person"}) == 1


def test_the_words_are_new_each_time(here: CommandLine) -> None:
    assert len({here.run("deidentify", "text.md", "--names", "names.txt").out for _ in range(6)}) > 1


def test_names_may_come_by_stdin(here: CommandLine) -> None:
    said = here.run("deidentify", "text.md", "--names", "-", stdin=NAMES)
    assert said.code == 0 and "Ana" not in said.text


def test_without_names_the_rest_is_found(here: CommandLine) -> None:
    said = here.run("deidentify", stdin=b"Ana: ana@mail.example")
    assert (said.code, said.text) == (0, "Ana: [e-mail]") and said.err.startswith("1 finding was replaced.")
    assert here.run("deidentify", stdin=b"").out == b""


def test_a_terminal_is_written_to_safely(here: CommandLine) -> None:
    said = here.run("deidentify", "-", stdin="a\u202eb".encode())
    assert said.text == "a\u202eb"


@pytest.mark.parametrize(
    ("argv", "stdin", "code", "says"),
    [
        (("deidentify",), b"caf\xe9", 6, "The text cannot be read: byte 4 is not UTF-8."),
        (("deidentify",), b"one\r\nt\x1bwo", 6, "The text holds an escape (U+001B) at line 2, column 2."),
        (("deidentify", "nowhere.md"), b"", 2, "nowhere.md cannot be read as the text"),
        (("deidentify", "--names", "nowhere.txt"), b"", 2, "nowhere.txt cannot be read as the names"),
        (("deidentify", "text.md", "--names", "-"), b"Ana\nB", 2, "Line 2 of the names has an entry of one"),
        (("deidentify", "text.md", "--names", "-"), b"Ana,,", 2, "Line 1 of the names has an empty entry"),
        (("deidentify", "text.md", "--names", "-"), b"\xff", 6, "The names cannot be read: byte 1"),
        (("deidentify", "text.md", "--names", "-"), b"A\x00na", 2, "Line 1 of the names holds a NUL"),
        (("deidentify", "--names", "-"), b"Ana", 2, "Standard input is the text or the names, and not both."),
        (("deidentify", "--session", "1"), b"", 2, "“1” is not N=YYYY-MM-DD"),
        (("deidentify", "--session", "1=2026-02-30"), b"", 2, ""),
        (("deidentify", "--session", "x=2026-02-03"), b"", 2, "“x” is not a whole number"),
        (
            ("deidentify", "--session", "1=2026-02-03", "--session", "1=2026-02-04"),
            *(b"", 2, "A session has one day"),
        ),
    ],
)
def test_bad_input_gets_one_sentence(
    here: CommandLine, argv: tuple[str, ...], stdin: bytes, code: int, says: str
) -> None:
    said = here.run(*argv, stdin=stdin)
    assert (said.code, said.out) == (code, b"")
    assert one_sentence(said) and says in said.err
