"""Signing from the command line: what `note show` says of a signed note, and unsigned words beside one."""

import shutil

from .command_line import CommandLine, one_sentence

HERSELF = ("--name", "Dr Mina Lee", "--credentials", "LMFT")


def in_order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_a_signed_note_is_shown_with_who_signed_and_what_was_added(cli: CommandLine) -> None:
    note = cli.write("Dr Lee", "They sat close.", "--share", "Ana")
    cli.done("Dr Lee", "sign", note, *HERSELF)
    late = ("--what", "late-entry", "--reason", "left out", *HERSELF)
    cli.done("Dr Lee", "addendum", note, *late, stdin=b"Ben held her hand.")
    for label in ("Dr Lee", "Ana"):
        shown = cli.done(label, "note", "show", note).text
        assert in_order(shown, "They sat close.", "Signed by Dr Mina", "LATE ENTRY", "Ben held")
        fields = cli.done(label, "note", "show", note, "--json").json
        assert fields["signed"] and fields["signatures"]["holds"]
        assert fields["signatures"]["addenda"][0]["body"] == "Ben held her hand."
    again = cli.as_("Dr Lee", "sign", note, *HERSELF)
    assert again.code == 6 and one_sentence(again) and "signed already" in again.err


def test_unsigned_words_beside_a_signed_note_become_a_note_of_their_own(cli: CommandLine) -> None:
    note = cli.write("Dr Lee", "They sat close.")
    here, there = cli.file, cli.folder / "there.kap"
    cli.done("Dr Lee", "backup", str(there))
    shutil.copytree(cli.memory, cli.folder / "memory there")
    cli.done("Dr Lee", "sign", note, *HERSELF)
    cli.file, memory = there, cli.memory
    cli.memory = cli.folder / "memory there"
    cli.done("Dr Lee", "note", "edit", note, "-", stdin=b"They sat apart.")
    cli.file, cli.memory = here, memory
    cli.done("Dr Lee", "merge", str(there))
    shown = cli.done("Dr Lee", "note", "show", note).text
    assert in_order(shown, "sat close.", "Signed by", "Not part of what is signed", "sat apart.")
    [apart] = cli.done("Dr Lee", "note", "set-apart", note).lines
    assert "apart" not in cli.done("Dr Lee", "note", "show", note).text
    assert cli.done("Dr Lee", "note", "show", apart, "--raw").text == "They sat apart."
    refused = cli.as_("Dr Lee", "note", "set-apart", note)
    assert refused.code == 6 and one_sentence(refused)
    assert cli.done("Dr Lee", "check").code == 0
