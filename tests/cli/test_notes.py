"""Notes on the command line: ids, columns, JSON, and who reads what."""

import re

import pytest

from kapjournal.domain.notes import draft_of
from kapjournal.journal import NoteChange, unlock
from kapjournal.presentation.drafts import NOTE_BESIDE, UNFINISHED
from kapjournal.stdio import file_or_stdin

from .command_line import ANA, CommandLine, one_sentence


def test_an_earlier_wording_is_printed_to_the_letter(cli: CommandLine) -> None:
    note = cli.write("Ana", "first\n words ")
    cli.done("Ana", "note", "edit", note, "-", stdin=b"second words")
    assert cli.done("Ana", "note", "history", note, "--version", "1").text == "first\n words "
    assert cli.done("Ana", "note", "history", note, "--version", "2").text == "second words"
    assert cli.as_("Ana", "note", "history", note, "--version", "3").code == 4


KEYS = [
    "id",
    "title",
    "kind",
    "session",
    "date",
    "author",
    "readers",
    "written",
    "revised",
    "tags",
    "body",
    "beside",
]


TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


NOT_MONITORED = "This journal is not monitored; in an emergency: 988 (call or text) or 911."


def test_who_reads_what_is_shared_is_said_one_by_one(cli: CommandLine) -> None:
    """A watcher who was added meanwhile is named; and whose digits were not compared, is said."""
    cli.done("Ana", "people", "verify", "Ben", "--confirm")
    kept = cli.write("Ana", "words")
    for said in (
        cli.done("Ana", "note", "add", "-", "--share", "all", stdin=b"words").err,
        cli.done("Ana", "note", "share", kept, "--with", "all").err,
    ):
        assert said.startswith("You, Ben and Dr Lee (not compared yet) can read this note.\n")


def test_what_goes_to_a_therapist_says_that_nobody_is_watching(cli: CommandLine) -> None:
    def said(label: str, who: str) -> str:
        return cli.done(label, "note", "add", "-", "--share", who, stdin=b"words").err

    assert f"\n{NOT_MONITORED}\n" in said("Ana", "all")
    assert NOT_MONITORED not in said("Ana", "Ben") + said("Dr Lee", "all")
    kept = cli.write("Ana", "words")
    assert one_sentence(cli.done("Ana", "note", "share", kept, "--with", "Ben"))


def test_add_prints_the_id_alone(cli: CommandLine) -> None:
    outcome = cli.done("Ana", "note", "add", "-", stdin=b"words")
    assert re.fullmatch(r"[^\s]+\n", outcome.text)
    assert outcome.err == ""


def test_an_empty_text_makes_no_note_and_a_title_alone_does(cli: CommandLine) -> None:
    for empty in (b"", b" \n\n"):
        refused = cli.as_("Ana", "note", "add", "-", stdin=empty)
        assert refused.code == 2 and "There is nothing in the text." in refused.err and refused.out == b""
    assert cli.done("Ana", "note", "list").out == b""
    cli.done("Ana", "note", "add", "-", "--title", "Hallway", stdin=b"")


def test_a_note_as_json_has_just_these_fields(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2024-11-17", "--number", "3")
    options = ("--title", "What stayed", "--kind", "reflect", "--date", "2024-11-18", "--session", "3")
    kept = cli.write("Ana", "The hallway.", *options, "--tag", "light", "--tag", "hall", "--share", "Ben")
    note = cli.done("Ana", "note", "show", kept, "--json").json
    assert list(note) == KEYS
    assert TIME.fullmatch(note.pop("written"))
    assert note == {
        "id": kept,
        "title": "What stayed",
        "kind": "reflect",
        "session": 3,
        "date": "2024-11-18",
        "author": "Ana",
        "readers": ["Ana", "Ben"],
        "revised": None,
        "tags": ["light", "hall"],
        "body": "The hallway.",
        "beside": [],
    }
    assert [list(one) for one in cli.done("Ben", "note", "list", "--json").json] == [KEYS]
    assert cli.done("Ben", "note", "show", kept, "--json").json["readers"] == ["Ana", "Ben"]


def test_the_plain_list_has_tabs_between_its_columns(cli: CommandLine) -> None:
    first = cli.write("Ana", "# Some words\n\nand more", "--date", "2024-11-18")
    second = cli.write("Ana", "x", "--date", "2024-11-19", "--title", "A title", "--share", "all")
    rows = [line.split("\t") for line in cli.done("Ana", "note", "list").lines]
    assert rows == [
        [first, "2024-11-18", "page", "-", "Only you", "Some words and more"],
        [second, "2024-11-19", "page", "-", "All of you", "A title"],
    ]


def test_the_list_is_filtered(cli: CommandLine) -> None:
    one = cli.write("Ana", "a", "--kind", "body", "--share", "Ben")
    two = cli.write("Ben", "b", "--tag", "walk")

    def listed(*options: str) -> list[str]:
        return [note["id"] for note in cli.done("Ben", "note", "list", "--json", *options).json]

    assert set(listed()) == {one, two}
    assert listed("--by", "Ana") == [one]
    assert listed("--kind", "body") == [one]
    assert listed("--tag", "walk") == [two]
    assert cli.as_("Ben", "note", "list", "--by", "Nobody").code == 4


def test_a_note_that_is_not_yours_is_a_note_that_is_not_there(cli: CommandLine) -> None:
    kept = cli.write("Ana", "mine")
    for command in ("show", "history", "delete"):
        hers = cli.as_("Ben", "note", command, kept)
        other = kept[::-1]
        nobodys = cli.as_("Ben", "note", command, other)
        assert hers.code == nobodys.code == 4
        assert hers.err.replace(kept, other) == nobodys.err
        assert hers.out == b""
    assert cli.as_("Ben", "note", "share", kept, "--with", "Dr Lee").code == 4
    assert cli.as_("Ben", "note", "edit", kept, "--title", "x").code == 4


def test_the_beginning_of_an_id_is_enough(cli: CommandLine) -> None:
    kept = cli.write("Ana", "words")
    assert cli.done("Ana", "note", "show", kept[:8], "--raw").text == "words"


def test_what_was_written_while_the_text_of_an_edit_came_stands_beside(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = cli.write("Ana", "as it was")

    def typed_slowly(_: str) -> str:
        with unlock(cli.file, label="Ana", passphrase=ANA, record_folder=cli.memory) as ana:
            ana.notes.edit(kept, NoteChange("meanwhile"))
        return "by command"

    with monkeypatch.context() as patch:
        patch.setattr(file_or_stdin, "body", typed_slowly)
        outcome = cli.done("Ana", "note", "edit", kept, "-")
    assert outcome.err == f"{NOTE_BESIDE}\n"
    shown = cli.done("Ana", "note", "show", kept).text
    assert "by command" in shown and "meanwhile" in shown


def test_an_edit_says_that_a_page_of_the_note_is_unfinished(cli: CommandLine) -> None:
    kept = cli.write("Ana", "as it was")
    with unlock(cli.file, label="Ana", passphrase=ANA, record_folder=cli.memory) as ana:
        ana.drafts.save(draft_of(ana.notes.get(kept)))
    assert cli.done("Ana", "note", "edit", kept, "--title", "t").err == f"{UNFINISHED}\n"


def test_edit_changes_only_what_is_named(cli: CommandLine) -> None:
    kept = cli.write("Ana", "old words", "--title", "Old", "--kind", "body", "--tag", "a")
    before = cli.done("Ana", "note", "show", kept, "--json").json
    edited = cli.done("Ana", "note", "edit", kept, "--title", "New", "--date", "2024-01-05")
    assert edited.text == f"{kept}\n"
    after = cli.done("Ana", "note", "show", kept, "--json").json
    assert TIME.fullmatch(after["revised"])
    assert after == before | {"title": "New", "date": "2024-01-05", "revised": after["revised"]}
    cli.done("Ana", "note", "edit", kept, "-", "--tag", "", stdin=b"new words")
    last = cli.done("Ana", "note", "show", kept, "--json").json
    assert (last["body"], last["tags"], last["title"]) == ("new words", [], "New")
    assert cli.as_("Ana", "note", "edit", kept).code == 2


def test_a_note_is_taken_out_of_its_session_by_zero(cli: CommandLine) -> None:
    cli.done("Dr Lee", "session", "add", "--kind", "intake", "--date", "2024-11-01")
    kept = cli.write("Ana", "x", "--session", "1")
    cli.done("Ana", "note", "edit", kept, "--session", "0")
    assert cli.done("Ana", "note", "show", kept, "--json").json["session"] is None
    assert cli.as_("Ana", "note", "add", "-", "--session", "7", stdin=b"x").code == 4


def test_share_and_withdraw(cli: CommandLine) -> None:
    kept = cli.write("Ana", "words")
    shared = cli.done("Ana", "note", "share", kept, "--with", "Ben,therapist")
    assert shared.out == b""
    assert shared.err.splitlines()[1:] == [NOT_MONITORED, "Dr Lee may keep a copy in the record."]
    assert cli.done("Ben", "note", "show", kept, "--raw").text == "words"
    withdrawn = cli.done("Ana", "note", "withdraw", kept, "--from", "Ben")
    assert "may have been read" in withdrawn.err
    assert cli.as_("Ben", "note", "show", kept).code == 4
    assert cli.done("Ana", "note", "show", kept, "--json").json["readers"] == ["Ana", "Dr Lee"]
    assert cli.as_("Ana", "note", "share", kept, "--with", "Nobody").code == 4
    assert cli.as_("Ana", "note", "share", kept, "--with", "Ana").code == 6


def test_history_is_the_authors_and_delete_is_for_all(cli: CommandLine) -> None:
    kept = cli.write("Ana", "one", "--share", "Ben")
    cli.done("Ana", "note", "edit", kept, "-", stdin=b"two")
    versions = cli.done("Ana", "note", "history", kept, "--json").json
    assert [version["body"] for version in versions] == ["one", "two"]
    assert list(versions[0]) == [
        *("number", "saved", "title", "kind", "session", "date", "readers", "tags", "body"),
    ]
    assert len(cli.done("Ana", "note", "history", kept).lines) == 2
    assert cli.as_("Ben", "note", "history", kept).code == 4
    assert cli.as_("Ben", "note", "delete", kept).code == 4
    cli.done("Ana", "note", "delete", kept)
    assert cli.done("Ben", "note", "list", "--json").json == []
    assert cli.as_("Ana", "note", "show", kept).code == 4


def test_deleting_at_a_terminal_is_asked_about(cli: CommandLine) -> None:
    kept = cli.write("Ana", "one")
    assert cli.as_("Ana", "note", "delete", kept, stdin=b"n\n", terminal=True).code == 0
    assert len(cli.done("Ana", "note", "list").lines) == 1
    assert cli.as_("Ana", "note", "delete", kept, stdin=b"y\n", terminal=True).code == 0
    assert cli.done("Ana", "note", "list").out == b""


def test_show_has_labels_then_the_text(cli: CommandLine) -> None:
    kept = cli.write("Ana", "line one\n\nline two\n", "--title", "A title", "--tag", "x", "--tag", "y")
    head, _, body = cli.done("Ana", "note", "show", kept).text.partition("\n\n")
    assert body == "line one\n\nline two\n"
    assert "title: A title" in head
    assert "readers: Only you" in head
    assert "tags: x, y" in head
    assert cli.as_("Ana", "note", "show", kept, "--raw", "--json").code == 2


def test_a_partner_cannot_write_the_clinics_kind(cli: CommandLine) -> None:
    assert cli.as_("Ana", "note", "add", "-", "--kind", "observation", stdin=b"x").code == 6


def test_text_that_turns_directions_is_marked_on_screen_and_escaped_in_json(cli: CommandLine) -> None:
    body = "safe \u202e esrever \u2066x"
    kept = cli.write("Ana", body, "--title", "t \u202e t")
    for line in (("note", "show", kept), ("note", "list"), ("search", "esrever")):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", cli.done("Ana", *line).text)
    printed = cli.done("Ana", "note", "show", kept, "--json")
    assert "\u202e" not in printed.text
    assert printed.json["body"] == body
    assert cli.done("Ana", "note", "show", kept, "--raw").text == body


@pytest.mark.parametrize("kind", ["page", "capture", "dialogue"])
def test_bodies_in_every_script_come_back(cli: CommandLine, kind: str) -> None:
    body = "שלום עולם\n\n日本語 🕯️\u200d e\u0301 \ufeff"
    kept = cli.write("Ana", body, "--kind", kind)
    assert cli.done("Ana", "note", "show", kept, "--raw").text == body
    assert cli.done("Ana", "note", "show", kept, "--json").json["body"] == body
