"""`import`: what would come, what came, what could not and its exit code, and how it is taken out again."""

from pathlib import Path

from tests.exchange.imports.making import folder

from .command_line import CommandLine, one_sentence


def vault(cli: CommandLine) -> Path:
    return folder(
        cli.folder / "vault",
        {
            "2024-03-02 Kettle.md": "---\ntags: [lake]\n---\nIt hummed.\n\n![[a.bin]]",
            "2024-03-05.md": "Words",
            "a.bin": b"bytes",
            "latin.md": "héllo".encode("cp1252"),
        },
    )


def test_a_dry_run_says_what_would_come_and_writes_nothing(cli: CommandLine) -> None:
    outcome = cli.as_("Ana", "import", "markdown", str(vault(cli)), "--dry-run")
    assert outcome.code == 1
    assert outcome.lines == [
        "To come: 2 notes from 2 March 2024 to 5 March 2024 with 1 file (5 bytes).",
        "Tags: lake.",
    ]
    assert outcome.err.splitlines()[0].startswith("latin.md: It is not UTF-8")
    assert "with --encoding" in outcome.err.splitlines()[1]
    assert outcome.err.splitlines()[2] == "What cannot come: 1 entry."
    assert cli.done("Ana", "note", "list").lines == []
    assert cli.done("Ana", "import", "list").err.strip() == "Nothing was imported, or all of it was undone."


def test_what_came_is_listed_and_taken_out_as_one(cli: CommandLine) -> None:
    came = cli.as_("Ana", "import", "markdown", str(vault(cli)))
    assert came.code == 1 and "Imported: 2 notes" in came.err and "What cannot come: 1 entry." in came.err
    (import_id,) = came.lines
    again = cli.as_("Ana", "import", "markdown", str(vault(cli)), "--encoding", "cp1252", "--json")
    assert again.code == 0
    assert (again.json["notes"], again.json["duplicates"], again.json["lost"]) == (1, 2, [])
    rows = cli.done("Ana", "import", "list", "--json").json
    assert [(row["kind"], row["name"], row["notes"]) for row in rows] == [
        ("markdown", "vault", 1),
        ("markdown", "vault", 2),
    ]
    assert cli.done("Ana", "import", "undo", import_id[:5], "--json").json == {"removed": 2, "kept": 0}
    assert len(cli.done("Ana", "note", "list").lines) == 1
    assert cli.done("Ben", "note", "list").lines == []
    outcome = cli.as_("Ana", "import", "undo", import_id)
    assert outcome.code == 4 and one_sentence(outcome)


def test_what_is_not_there_is_said_and_nothing_comes(cli: CommandLine) -> None:
    outcome = cli.as_("Ana", "import", "text", str(cli.folder / "nowhere"))
    assert outcome.code == 4 and one_sentence(outcome)
    assert cli.as_("Ana", "import", "diary", "x").code == 2
