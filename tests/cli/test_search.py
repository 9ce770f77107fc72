"""Searching on the command line."""

import pytest

from .command_line import ANA, CommandLine


def test_search_marks_what_it_found_and_keeps_to_its_filters(cli: CommandLine) -> None:
    cli.write("Ana", "The hallway, with the light on", "--title", "A corridor", "--tag", "dream")
    cli.write("Ben", "No hallway at all", "--share", "Ana")
    cli.write("Ben", "My own hallway")
    lines = cli.done("Ana", "search", "hallw").lines
    assert len(lines) == 2
    assert all("«hallway»" in line for line in lines)
    [hit] = cli.done("Ana", "search", "hallway", "--by", "Ana", "--json").json
    assert "body" not in hit
    assert hit["title"] == "A corridor"
    assert "hallway" in hit["excerpt"]
    assert len(cli.done("Ana", "search", "hallway", "--tag", "dream").lines) == 1
    nothing = cli.done("Ana", "search", "nowhere")
    assert (nothing.out, nothing.err) == (b"", "Nothing you can read has these words.\n")
    assert cli.done("Ana", "search", "hallw").err == "2 places in 2 notes, the best first.\n"
    few = cli.done("Ana", "search", "hallway", "--limit", "1")
    assert len(few.lines) == 1
    assert few.err == "1 place in 1 note; there may be more.\n--limit N shows more.\n"


def test_what_is_searched_for_need_not_stand_on_the_command_line(cli: CommandLine) -> None:
    cli.write("Ana", "The hallway was bright.")
    options = ("-j", str(cli.file), "-a", "Ana", "--passphrase-file", "-")
    found = cli.run(*options, "search", "-", stdin=f"{ANA}\nhallway\n".encode())
    assert found.code == 0
    assert len(found.lines) == 1
    assert cli.as_("Ana", "search", "-", stdin=b"").code == 2


@pytest.mark.parametrize("query", ['"', "a AND", "*", "(", "-x", "NEAR(a b", "title:x", "' OR 1=1", ""])
def test_a_query_is_words_and_never_a_language(cli: CommandLine, query: str) -> None:
    cli.write("Ana", "words")
    outcome = cli.as_("Ana", "search", "--json", "--", query)
    assert outcome.code in (0, 2)
    assert "unexpected" not in outcome.err
