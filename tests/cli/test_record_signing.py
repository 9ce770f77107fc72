"""Signed records on the command line: signed, added to, late, verified, and what is said of damage."""

import json
import sqlite3
from contextlib import closing

from tests.cli.command_line import CommandLine
from tests.cli.test_records import add, done, practice, refused, shown

__all__ = ["practice"]

HERSELF = ("--name", "Dr Mina Lee", "--credentials", "LMFT")


def unsigned(cli: CommandLine) -> list[str]:
    return [line.split("\t")[0] for line in done(cli, "record", "list", "--unsigned")]


def test_a_record_is_signed_and_added_to_and_says_so_everywhere(practice: CommandLine) -> None:
    written, other = add(practice, "progress", "--plan", "Walk."), add(practice, "contact", "--text", "x")
    assert unsigned(practice) == [written, other]
    said = done(practice, "sign", written, *HERSELF)
    assert said[0].startswith("Signed by Dr Mina Lee, LMFT, as author, ") and said[1].startswith("Digest ")
    assert unsigned(practice) == [other] and shown(practice, written)["signed"] is True
    late = ("--what", "late-entry", "--reason", "left out")
    said = done(practice, "addendum", written, *late, *HERSELF, stdin="She wept.")
    assert any(line.startswith("LATE ENTRY. Service on ") for line in said) and "She wept." in said
    text = "\n".join(done(practice, "record", "show", written))
    assert text.index("Walk.") < text.index("Signed by Dr Mina Lee") < text.index("She wept.")
    signatures = shown(practice, written)["signatures"]
    assert isinstance(signatures, dict) and signatures["holds"] is True
    assert [one["what"] for one in signatures["addenda"]] == ["late entry"]
    assert done(practice, "verify", written)[-1] == "Every signature holds."
    assert refused(practice, "sign", written, *HERSELF)[0] == 6
    code, said_ = refused(practice, "record", "edit", written, "--plan", "Run.")
    assert code == 6 and "Add an addendum" in said_
    assert (
        refused(practice, "verify", other)[0] == 4 and refused(practice, "sign", "abcdef", *HERSELF)[0] == 4
    )


def test_what_is_not_there_is_said_with_where_else_it_may_be(practice: CommandLine) -> None:
    """Notes are in the journal of a couple, records in the practice: an id is looked for in one of them."""
    written = add(practice, "progress", "--plan", "Walk.")
    observed = practice.done(
        "Dr Lee", "note", "add", "-", "--kind", "observation", stdin=b"Calm."
    ).text.strip()
    added = ("--what", "addendum", "--reason", "left out", *HERSELF)
    for argv in (("sign", written, *HERSELF), ("cosign", written, *HERSELF), ("verify", written)):
        code, said = refused(practice, "-c", "Ana and Ben", *argv)
        assert code == 4 and said.endswith("the notes of Ana and Ben; for a record leave out -c.\n"), said
    code, said = refused(practice, "-c", "Ana and Ben", "addendum", written, *added, stdin="More.")
    assert code == 4 and "for a record leave out -c." in said
    for argv in (("sign", observed, *HERSELF), ("verify", observed)):
        code, said = refused(practice, *argv)
        assert code == 4 and said.endswith("for a note name its couple: -c NAME.\n"), said
        here = practice.as_("Dr Lee", argv[0], written, *argv[2:])
        assert here.code == 4 and here.err.endswith("for a record open your practice: -j FILE.\n")
    assert practice.as_("Ana", "verify", written).err == f"There is no note “{written}”.\n"
    done(practice, "-c", "Ana and Ben", "sign", observed, *HERSELF)
    assert refused(practice, "verify", written) == (4, "This is not signed.\n")


def test_where_nothing_waits_for_a_signature_it_says_so(practice: CommandLine) -> None:
    assert done(practice, "record", "list", "--unsigned") == ["No record waits for your signature."]


def test_a_late_entry_needs_its_reason(practice: CommandLine) -> None:
    written = add(practice, "progress", "--plan", "Walk.", "--date", "2026-03-02")
    code, said = refused(practice, "sign", written, *HERSELF)
    assert (
        code == 2
        and "late entry" in said
        and "The option is --late TEXT." in said
        and unsigned(practice) == [written]
    )
    lines = done(practice, "sign", written, "--late", "the server was down", *HERSELF)
    assert lines[0].startswith("LATE ENTRY. Service on Mon 2 Mar 2026, written ")
    assert lines[0].endswith("Reason: the server was down.")
    signatures = json.loads(
        "\n".join(done(practice, "verify", written, "--json"))[: -len("Every signature holds.")]
    )
    assert signatures["signatures"][0]["late_entry"] == "the server was down"


def test_a_signed_record_whose_bytes_changed_is_not_genuine(practice: CommandLine) -> None:
    written = add(practice, "progress", "--plan", "Walk.")
    done(practice, "sign", written, *HERSELF)
    with closing(sqlite3.connect(practice.folder / "practice.kap")) as database:
        rows = database.execute("SELECT id, sealed FROM envelope").fetchall()
        for row_id, sealed in rows:
            if sealed[0] == 2:
                database.execute("UPDATE envelope SET sealed = ? WHERE id = ?", (sealed[:-1] + b"\0", row_id))
        database.commit()
    said = practice.run("-j", "practice.kap", "--passphrase-file", "new", "check")
    assert said.code == 5


def test_a_signed_plan_is_followed_by_a_new_one(practice: CommandLine) -> None:
    name = ("-c", "ana and ben")
    [first] = done(practice, "plan", "set", *name, "--goals-joint", "To talk again.")
    done(practice, "sign", first, *HERSELF)
    [second] = done(practice, "plan", "set", *name, "--goals-first", "To sleep.")
    assert second != first and shown(practice, first)["fields"] == {"goals-joint": "To talk again."}
    assert shown(practice, second)["fields"] == {"goals-joint": "To talk again.", "goals-first": "To sleep."}
    assert shown(practice, second)["signed"] is False
