"""Files of a note, line by line: told with the note, attached, saved and removed."""

import re

import pytest

from kapjournal.journal import NewNote
from kapjournal.presentation import attachments as wording
from tests.attached import file_of
from tests.cli.command_line import ANA, BEN
from tests.pictures.made_pictures import jpeg

from .plain_conversation import PlainConversation, opened


@pytest.fixture(autouse=True)
def lantern(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", share="Ben"))


def test_a_file_is_attached_told_saved_and_removed(plain: PlainConversation) -> None:
    path = file_of(plain.folder, jpeg(), "photo.jpg")
    out = plain.folder / "out"
    out.mkdir()
    said = plain.enters(
        *("Ana", ANA, "search", "lantern", "1", "attach", "", str(plain.folder), "attach", str(path)),
        *("hear", "save file", str(out), "", "back", "quit"),
    )
    assert "Say where it is, or type back." in said
    assert f"{plain.folder} is a folder." in said
    assert "Attached: photo.jpg, picture, 3 KB." in said or re.search(
        r"Attached: photo\.jpg, picture, \d", said
    )
    assert "Taken out of the picture: where it was taken" in said
    assert re.search(r"Files: photo\.jpg, picture, .*\.\nThe text:", said)
    assert f"Saved as {out / 'photo.jpg'}. It is not sealed there." in said
    assert b"PhoneMaker" not in (out / "photo.jpg").read_bytes()
    said = plain.enters(
        *(
            "Ben",
            BEN,
            "search",
            "lantern",
            "1",
            "save file",
            str(out),
            "",
            "save file",
            str(out / "his.jpg"),
            "",
        ),
        *("back", "quit"),
    )
    assert "There is something at" in said
    assert (out / "his.jpg").read_bytes() == (out / "photo.jpg").read_bytes()
    assert "attach: " not in said and "remove file: " not in said
    said = plain.enters(
        *("Ana", ANA, "search", "lantern", "1", "remove file", "no", "remove file", "yes", "hear"),
        *("back", "quit"),
    )
    assert "Nothing was removed." in said and wording.REMOVED in said
    assert "Ben may have saved it already." in said
    assert said.count("Files: photo.jpg") == 1


def test_of_several_files_one_is_chosen(plain: PlainConversation) -> None:
    one, two = file_of(plain.folder, b"1", "one.txt"), file_of(plain.folder, b"22", "two.txt")
    said = plain.enters(
        *("Ana", ANA, "search", "lantern", "1", "attach", str(one), "attach", str(two)),
        *(
            "save file",
            "three.txt",
            "two.txt",
            str(plain.folder / "out.txt"),
            "",
            "history",
            "back",
            "back",
            "quit",
        ),
    )
    assert "1. one.txt, document, 1 byte" in said and "2. two.txt, document, 2 bytes" in said
    assert "This note has no file “three.txt”." in said
    assert (plain.folder / "out.txt").read_bytes() == b"22"


def test_a_picture_that_cannot_be_cleaned_is_attached_only_if_it_is_wanted(plain: PlainConversation) -> None:
    path = str(file_of(plain.folder, b"\0\0\0\x18ftypheic" + bytes(90), "photo.heic"))
    said = plain.enters("Ana", ANA, "search", "lantern", "1", "attach", path, "no", "back", "quit")
    assert "HEIC or AVIF" in said and wording.AS_IT_IS in said and "Nothing was attached." in said
    said = plain.enters("Ana", ANA, "search", "lantern", "1", "attach", path, "yes", "back", "quit")
    assert "Attached: photo.heic, picture, 102 bytes." in said


def test_the_history_says_what_was_attached(plain: PlainConversation) -> None:
    path = file_of(plain.folder, b"1", "one.txt")
    said = plain.enters(
        *(
            "Ana",
            ANA,
            "search",
            "lantern",
            "1",
            "attach",
            str(path),
            "history",
            "1",
            "back",
            "back",
            "back",
            "quit",
        )
    )
    assert "Files: none became one.txt." in said
