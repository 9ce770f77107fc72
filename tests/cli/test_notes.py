"""Notes on the command line: ids, columns, JSON, and who reads what."""

import re

import pytest

from .desk import Desk, one_sentence

KEYS = ["id", "title", "kind", "session", "date", "author", "readers", "written", "revised", "tags", "body"]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


NOT_MONITORED = "This journal is not monitored; in an emergency: 988 (call or text) or 911."


def test_what_goes_to_a_therapist_says_that_nobody_is_watching(desk: Desk) -> None:
    assert desk.done("Ana", "note", "add", "-", "--share", "all", stdin=b"words").err == f"{NOT_MONITORED}\n"
    assert desk.done("Ana", "note", "add", "-", "--share", "Ben", stdin=b"words").err == ""
    assert desk.done("Dr Lee", "note", "add", "-", "--share", "all", stdin=b"words").err == ""
    kept = desk.write("Ana", "words")
    assert one_sentence(desk.done("Ana", "note", "share", kept, "--with", "Ben"))


def test_add_prints_the_id_alone(desk: Desk) -> None:
    outcome = desk.done("Ana", "note", "add", "-", stdin=b"words")
    assert re.fullmatch(r"[^\s]+\n", outcome.text)
    assert outcome.err == ""


def test_a_note_as_json_has_just_these_fields(desk: Desk) -> None:
    desk.done("Dr Lee", "session", "add", "--kind", "dosing", "--date", "2024-11-17", "--number", "3")
    options = ("--title", "What stayed", "--kind", "reflect", "--date", "2024-11-18", "--session", "3")
    kept = desk.write("Ana", "The hallway.", *options, "--tag", "light", "--tag", "hall", "--share", "Ben")
    note = desk.done("Ana", "note", "show", kept, "--json").json
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
    }
    assert [list(one) for one in desk.done("Ben", "note", "list", "--json").json] == [KEYS]
    assert desk.done("Ben", "note", "show", kept, "--json").json["readers"] == ["Ana", "Ben"]


def test_the_plain_list_has_tabs_between_its_columns(desk: Desk) -> None:
    first = desk.write("Ana", "# Some words\n\nand more", "--date", "2024-11-18")
    second = desk.write("Ana", "x", "--date", "2024-11-19", "--title", "A title", "--share", "all")
    rows = [line.split("\t") for line in desk.done("Ana", "note", "list").lines]
    assert rows == [
        [first, "2024-11-18", "page", "-", "Only you", "Some words and more"],
        [second, "2024-11-19", "page", "-", "All of you", "A title"],
    ]


def test_the_list_is_filtered(desk: Desk) -> None:
    one = desk.write("Ana", "a", "--kind", "body", "--share", "Ben")
    two = desk.write("Ben", "b", "--tag", "walk")

    def listed(*options: str) -> list[str]:
        return [note["id"] for note in desk.done("Ben", "note", "list", "--json", *options).json]

    assert set(listed()) == {one, two}
    assert listed("--by", "Ana") == [one]
    assert listed("--kind", "body") == [one]
    assert listed("--tag", "walk") == [two]
    assert desk.as_("Ben", "note", "list", "--by", "Nobody").code == 4


def test_a_note_that_is_not_yours_is_a_note_that_is_not_there(desk: Desk) -> None:
    kept = desk.write("Ana", "mine")
    for command in ("show", "history", "delete"):
        hers = desk.as_("Ben", "note", command, kept)
        other = kept[::-1]
        nobodys = desk.as_("Ben", "note", command, other)
        assert hers.code == nobodys.code == 4
        assert hers.err.replace(kept, other) == nobodys.err
        assert hers.out == b""
    assert desk.as_("Ben", "note", "share", kept, "--with", "Dr Lee").code == 4
    assert desk.as_("Ben", "note", "edit", kept, "--title", "x").code == 4


def test_the_beginning_of_an_id_is_enough(desk: Desk) -> None:
    kept = desk.write("Ana", "words")
    assert desk.done("Ana", "note", "show", kept[:8], "--raw").text == "words"


def test_edit_changes_only_what_is_named(desk: Desk) -> None:
    kept = desk.write("Ana", "old words", "--title", "Old", "--kind", "body", "--tag", "a")
    before = desk.done("Ana", "note", "show", kept, "--json").json
    edited = desk.done("Ana", "note", "edit", kept, "--title", "New", "--date", "2024-01-05")
    assert edited.text == f"{kept}\n"
    after = desk.done("Ana", "note", "show", kept, "--json").json
    assert TIME.fullmatch(after["revised"])
    assert after == before | {"title": "New", "date": "2024-01-05", "revised": after["revised"]}
    desk.done("Ana", "note", "edit", kept, "-", "--tag", "", stdin=b"new words")
    last = desk.done("Ana", "note", "show", kept, "--json").json
    assert (last["body"], last["tags"], last["title"]) == ("new words", [], "New")
    assert desk.as_("Ana", "note", "edit", kept).code == 2


def test_a_note_is_taken_out_of_its_session_by_zero(desk: Desk) -> None:
    desk.done("Dr Lee", "session", "add", "--kind", "intake", "--date", "2024-11-01")
    kept = desk.write("Ana", "x", "--session", "1")
    desk.done("Ana", "note", "edit", kept, "--session", "0")
    assert desk.done("Ana", "note", "show", kept, "--json").json["session"] is None
    assert desk.as_("Ana", "note", "add", "-", "--session", "7", stdin=b"x").code == 4


def test_share_and_withdraw(desk: Desk) -> None:
    kept = desk.write("Ana", "words")
    shared = desk.done("Ana", "note", "share", kept, "--with", "Ben,therapist")
    assert shared.out == b""
    assert shared.err.splitlines()[1:] == [NOT_MONITORED]
    assert desk.done("Ben", "note", "show", kept, "--raw").text == "words"
    withdrawn = desk.done("Ana", "note", "withdraw", kept, "--from", "Ben")
    assert "may have been read" in withdrawn.err
    assert desk.as_("Ben", "note", "show", kept).code == 4
    assert desk.done("Ana", "note", "show", kept, "--json").json["readers"] == ["Ana", "Dr Lee"]
    assert desk.as_("Ana", "note", "share", kept, "--with", "Nobody").code == 4
    assert desk.as_("Ana", "note", "share", kept, "--with", "Ana").code == 6


def test_history_is_the_authors_and_delete_is_for_all(desk: Desk) -> None:
    kept = desk.write("Ana", "one", "--share", "Ben")
    desk.done("Ana", "note", "edit", kept, "-", stdin=b"two")
    versions = desk.done("Ana", "note", "history", kept, "--json").json
    assert [version["body"] for version in versions] == ["one", "two"]
    assert list(versions[0]) == [
        *("number", "saved", "title", "kind", "session", "date", "readers", "tags", "body"),
    ]
    assert len(desk.done("Ana", "note", "history", kept).lines) == 2
    assert desk.as_("Ben", "note", "history", kept).code == 4
    assert desk.as_("Ben", "note", "delete", kept).code == 4
    desk.done("Ana", "note", "delete", kept)
    assert desk.done("Ben", "note", "list", "--json").json == []
    assert desk.as_("Ana", "note", "show", kept).code == 4


def test_deleting_at_a_terminal_is_asked_about(desk: Desk) -> None:
    kept = desk.write("Ana", "one")
    assert desk.as_("Ana", "note", "delete", kept, stdin=b"n\n", terminal=True).code == 0
    assert len(desk.done("Ana", "note", "list").lines) == 1
    assert desk.as_("Ana", "note", "delete", kept, stdin=b"y\n", terminal=True).code == 0
    assert desk.done("Ana", "note", "list").out == b""


def test_show_has_labels_then_the_text(desk: Desk) -> None:
    kept = desk.write("Ana", "line one\n\nline two\n", "--title", "A title", "--tag", "x", "--tag", "y")
    head, _, body = desk.done("Ana", "note", "show", kept).text.partition("\n\n")
    assert body == "line one\n\nline two\n"
    assert "title: A title" in head
    assert "readers: Only you" in head
    assert "tags: x, y" in head
    assert desk.as_("Ana", "note", "show", kept, "--raw", "--json").code == 2


def test_a_partner_cannot_write_the_clinics_kind(desk: Desk) -> None:
    assert desk.as_("Ana", "note", "add", "-", "--kind", "observation", stdin=b"x").code == 6


def test_text_that_turns_directions_is_marked_on_screen_and_escaped_in_json(desk: Desk) -> None:
    body = "safe \u202e esrever \u2066x"
    kept = desk.write("Ana", body, "--title", "t \u202e t")
    for line in (("note", "show", kept), ("note", "list"), ("search", "esrever")):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", desk.done("Ana", *line).text)
    printed = desk.done("Ana", "note", "show", kept, "--json")
    assert "\u202e" not in printed.text
    assert printed.json["body"] == body
    assert desk.done("Ana", "note", "show", kept, "--raw").text == body


@pytest.mark.parametrize("kind", ["page", "capture", "dialogue"])
def test_bodies_in_every_script_come_back(desk: Desk, kind: str) -> None:
    body = "שלום עולם\n\n日本語 🕯️\u200d e\u0301 \ufeff"
    kept = desk.write("Ana", body, "--kind", kind)
    assert desk.done("Ana", "note", "show", kept, "--raw").text == body
    assert desk.done("Ana", "note", "show", kept, "--json").json["body"] == body
