"""Attached files on the command line: what is printed, what is said, and what is left untouched."""

import os
import secrets
from pathlib import Path

import pytest

from tests.attached import file_of, part_rows, run
from tests.pictures.made_pictures import jpeg

from .command_line import CommandLine, one_sentence


@pytest.fixture
def outside(cli: CommandLine) -> Path:
    folder = cli.folder / "outside"
    folder.mkdir()
    return folder


def test_attached_listed_saved_removed(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words", "--share", "Ben")
    path = file_of(outside, b"a memo", "memo of May.txt")
    attached = cli.done("Ana", "note", "attach", note[:6], str(path))
    assert (attached.text, attached.err) == (f"{note}\n", "Attached: memo of May.txt, document, 6 bytes.\n")
    for label in ("Ana", "Ben"):
        assert cli.done(label, "note", "files", note).text == "1\tmemo of May.txt\t6\tdocument\n"
    saved = cli.done("Ben", "note", "save-file", note, "1", str(outside / "his.txt"))
    assert saved.text == f"{outside / 'his.txt'}\n"
    assert (outside / "his.txt").read_bytes() == b"a memo"
    assert cli.as_("Ben", "note", "remove-file", note, "1").code == 4
    assert cli.done("Ana", "note", "remove-file", note, "memo of May.txt").err == "The file is removed.\n"
    assert cli.done("Ben", "note", "files", note).text == ""
    assert cli.as_("Ben", "note", "save-file", note, "1", str(outside / "again.txt")).code == 4


def test_as_json(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words")
    photo = {"number": 1, "name": "photo.jpg", "kind": "picture"}
    attached = cli.done(
        "Ana", "note", "attach", note, str(file_of(outside, jpeg(), "photo.jpg")), "--json"
    ).json
    assert attached == {
        "note": note,
        **photo,
        "size": attached["size"],
        "taken_out": ["device", "other", "place", "time"],
    }
    listed = {**photo, "size": attached["size"]}
    assert cli.done("Ana", "note", "files", note, "--json").json == [listed]
    assert cli.done("Ana", "note", "show", note, "--json").json["files"] == [listed]
    assert "files: photo.jpg" in cli.done("Ana", "note", "show", note).lines
    history = cli.done("Ana", "note", "history", note, "--json").json
    assert [version.get("files") for version in history] == [None, [listed]]
    saved = cli.done("Ana", "note", "save-file", note, "photo.jpg", str(outside / "out.jpg"), "--json").json
    assert saved == {"path": str(outside / "out.jpg"), "size": attached["size"]}
    assert "files" not in cli.done("Ana", "note", "show", cli.write("Ana", "none"), "--json").json


def test_what_was_taken_out_of_a_picture_is_said(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words")
    path = str(file_of(outside, jpeg(), "photo.jpg"))
    said = cli.done("Ana", "note", "attach", note, path).err
    assert said.endswith(
        "Taken out of the picture: where it was taken, the device, the time and what else was written beside "
        "it. What it shows is as it was.\n"
    )
    assert "Taken out" not in cli.done("Ana", "note", "attach", note, path, "--keep-metadata").err
    cli.done("Ana", "note", "save-file", note, "1", str(outside / "clean.jpg"))
    cli.done("Ana", "note", "save-file", note, "2", str(outside / "kept.jpg"))
    assert b"PhoneMaker" not in (outside / "clean.jpg").read_bytes()
    assert (outside / "kept.jpg").read_bytes() == jpeg()


def test_a_film_is_attached_with_a_word_about_what_it_says(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words")
    film = file_of(outside, b"\0\0\0\x18ftypmp42" + bytes(50), "film.mp4")
    assert "only pictures are cleaned" in cli.done("Ana", "note", "attach", note, str(film)).err


def test_a_large_file_says_how_far_it_is(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words")
    path = file_of(outside, secrets.token_bytes(20_000_000))
    said = cli.as_("Ana", "note", "attach", note, str(path), terminal=True).err.splitlines()
    assert [line.split(" %")[0] for line in said[:-1]] == ["25", "50", "75", "100"]
    assert said[0] == "25 % of 20.0 MB." and said[-1] == "Attached: memo.bin, file, 20.0 MB."
    save = ("note", "save-file", note, "1")
    assert len(cli.as_("Ana", *save, str(outside / "out.bin"), terminal=True).err.splitlines()) == 4
    assert not cli.done("Ana", *save, str(outside / "for a script.bin")).err
    assert (outside / "out.bin").read_bytes() == path.read_bytes()


REFUSED = {"nothing.txt": 2, "folder": 2, "link": 2, "pipe": 2, "empty": 6, "nul.txt": 6}


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_what_cannot_be_attached(cli: CommandLine, outside: Path, name: str, code: int) -> None:
    (outside / "folder").mkdir()
    (outside / "link").symlink_to(file_of(outside, b"1"))
    os.mkfifo(outside / "pipe")
    file_of(outside, b"", "empty")
    file_of(outside, b"1", "nul.txt")
    note = cli.write("Ana", "words")
    refused = cli.as_("Ana", "note", "attach", note, str(outside / name))
    assert refused.code == code
    assert one_sentence(refused)
    assert part_rows(cli.file) == {}


def test_nothing_is_written_over(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words")
    cli.done("Ana", "note", "attach", note, str(file_of(outside, b"hers", "memo.txt")))
    file_of(outside, b"mine", "memo.txt")
    for dest in (outside, outside / "memo.txt", cli.file, cli.folder / "new.kap"):
        refused = cli.as_("Ana", "note", "save-file", note, "1", str(dest))
        assert refused.code == 6
        assert one_sentence(refused)
    assert (outside / "memo.txt").read_bytes() == b"mine"


def test_removing_is_asked_for_where_somebody_can_answer(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words", "--share", "Ben")
    cli.done("Ana", "note", "attach", note, str(file_of(outside, b"hers")))
    asked = cli.as_("Ana", "note", "remove-file", note, "1", stdin=b"no\n", terminal=True)
    assert "Ben may have saved it already." in asked.err and "Nothing was removed." in asked.err
    assert cli.done("Ana", "note", "files", note).lines
    cli.as_("Ana", "note", "remove-file", note, "1", stdin=b"yes\n", terminal=True)
    assert not cli.done("Ana", "note", "files", note).lines


def test_an_altered_piece_ends_with_a_code_of_its_own(cli: CommandLine, outside: Path) -> None:
    note = cli.write("Ana", "words", "--share", "Ben")
    cli.done("Ana", "note", "attach", note, str(file_of(outside, b"hers")))
    run(
        cli.file,
        "UPDATE part SET sealed = CAST(substr(sealed, 1, 900) || 'x' || substr(sealed, 902) AS BLOB)",
    )
    for label in ("Ana", "Ben"):
        assert cli.as_(label, "note", "save-file", note, "1", str(outside / "out")).code == 5
        checked = cli.as_(label, "check")
        assert checked.code == 5
        assert "damaged or was altered, and is not given out" in checked.text + checked.err
    run(cli.file, "DELETE FROM part")
    missing = cli.as_("Ben", "note", "save-file", note, "1", str(outside / "out"))
    assert missing.code == 4 and "has not all arrived" in missing.err
    assert cli.as_("Ben", "check").code == 5
