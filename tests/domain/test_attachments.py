"""What a file that is attached may be called, what kind it seems to be, and which of several is meant."""

import pytest

from kapjournal.domain.attachments import (
    MAX_FILES,
    MAX_FILES_NAMED,
    Attachment,
    AttachmentKind,
    Chosen,
    check_named,
    check_room,
    is_safe,
    name_from,
    place_of,
)
from kapjournal.errors import NotFound, Refused, UsageError

HOSTILE = {
    "nothing": "",
    "blanks": "   ",
    "this folder": ".",
    "the folder above": "..",
    "a path": "../../.bashrc",
    "a whole path": "/etc/passwd",
    "a path of Windows": "..\\start.bat",
    "a control": "a\x07b.jpg",
    "an escape": "a\x1b]0;owned\x07.jpg",
    "a newline": "a\nb.jpg",
    "a zero": "a\0b.jpg",
    "half a character": "a\ud800.jpg",
    "an ending turned around": "photo\u202egpj.exe",
    "a mark of direction": "photo\u200f.jpg",
    "a tag nobody sees": "photo\U000e0041.jpg",
    "a device": "CON",
    "a device with an ending": "nul.txt",
    "a numbered device": "Com1.jpg",
    "a device with a blank": "aux .jpg",
    "a dot at the end": "photo.jpg.",
    "too long": "a" * 256,
    "too long in UTF-8": "ä" * 128,
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_name_that_could_do_harm_is_no_name(name: str) -> None:
    assert not is_safe(name)
    if name.strip() == name:
        with pytest.raises(Refused):
            name_from(name)


@pytest.mark.parametrize(
    "name", ["photo.jpg", "ما.pdf", "👩‍👧.png", ".hidden", "12:30.m4a", "console.txt", "a" * 255]
)
def test_any_other_name_is_kept(name: str) -> None:
    assert name_from(name) == name


def test_a_name_is_kept_as_most_computers_spell_it() -> None:
    assert name_from("Mu\u0308ller.pdf") == "Müller.pdf"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.JPG", AttachmentKind.PICTURE),
        ("a.m4a", AttachmentKind.SOUND),
        ("a.mov", AttachmentKind.FILM),
        ("a.tar.pdf", AttachmentKind.DOCUMENT),
        ("jpg", AttachmentKind.FILE),
        (".jpg", AttachmentKind.FILE),
        ("a.exe", AttachmentKind.FILE),
    ],
)
def test_the_ending_says_the_kind(name: str, kind: AttachmentKind) -> None:
    assert Attachment(name, 1).kind is kind


def test_a_file_is_meant_by_its_name_or_its_number() -> None:
    files = [Attachment(name, 1) for name in ("a.jpg", "2", "b.jpg", "b.jpg")]
    assert place_of(files, "a.jpg") == 0
    assert place_of(files, "2") == 1, "a name comes before a number"
    assert place_of(files, "3") == 2
    with pytest.raises(UsageError, match="Say which: 3, 4"):
        place_of(files, "b.jpg")
    for unknown in ("0", "5", "-1", "c.jpg", "", "²"):
        with pytest.raises(NotFound):
            place_of(files, unknown)


def test_a_note_holds_so_many_files() -> None:
    check_room([0] * (MAX_FILES - 1))
    with pytest.raises(Refused, match="another note"):
        check_room([0] * MAX_FILES)


def test_no_note_is_written_that_names_more_files_than_are_read() -> None:
    check_named([0] * MAX_FILES_NAMED)
    with pytest.raises(Refused, match="Remove some of them first"):
        check_named([0] * (MAX_FILES_NAMED + 1))


def test_what_was_picked_from_a_list_is_meant_only_while_it_stands_there() -> None:
    one, two = Attachment("1", 5), Attachment("two.txt", 5)
    assert place_of([two, one], Chosen(0, two)) == 0  # whatever the other one is called
    for files in ([one], [one, two], []):
        with pytest.raises(NotFound, match="have changed"):
            place_of(files, Chosen(0, two))
