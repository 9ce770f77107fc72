"""Files of a note on the screens: attached, saved and removed, and what is said on the way."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import OptionList

from kapjournal.domain.attachments import Attachment, Chosen
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import Signer
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.attachments import Attachments
from kapjournal.presentation import attachments as wording
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.file_list import FileList
from tests.attached import file_of, given_out
from tests.pictures.made_pictures import jpeg
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, slow, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import comes_to, forgotten, presses

Open = Callable[[str], Journal]
HEIC = b"\0\0\0\x18ftypheic" + bytes(100)


def only_note(journal: Journal) -> Note:
    (note,) = (note for note in journal.notes.all() if note.text.title == "By the car")
    return note


def with_files(opened: Open, folder: Path, *names: str) -> None:
    """Ana attached files to the note she shares with Ben; each holds its own name."""
    with opened("Ana") as ana:
        for name in names:
            ana.attachments.attach(only_note(ana).id, file_of(folder, name.encode(), name))


async def reads(pilot: AppPilot, label: str) -> None:
    """From the doors to the note."""
    await enters(pilot, label, PASSPHRASES[label])
    await sees(pilot, "By the car")
    await pilot.press("end", "enter")
    await comes_to(pilot, "reader")
    await sees(pilot, "You waited by the car.")


async def types_path(pilot: AppPilot, path: Path | str) -> None:
    app_of(pilot).screen.query_one("#file", Field).value = str(path)
    await pilot.press("enter")


async def attaches(pilot: AppPilot, path: Path | str) -> None:
    await pilot.press("f")
    await comes_to(pilot, "attach")
    await types_path(pilot, path)


def names(opened: Open) -> list[str]:
    with opened("Ana") as ana:
        return [file.name for file in ana.attachments.of(only_note(ana).id)]


async def test_a_picture_is_attached_and_it_is_said_what_was_taken_out(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    path = file_of(tmp_path, jpeg(), "drawing.jpg")
    async with app.run_test() as pilot:
        await reads(pilot, "Ana")
        await pilot.press("f")
        await sees(pilot, "Whoever can read this note can save it.")
        await sees(pilot, "That is taken out before it is sealed.")
        await types_path(pilot, path)
        await sees(pilot, "Attached: drawing.jpg, picture, ")
        await sees(pilot, "Taken out of the picture: where it was taken")
        await until(pilot, lambda: app.screen.query_one("#back").has_focus)
        await pilot.press("enter")
        await comes_to(pilot, "reader")
        await sees(pilot, "drawing.jpg · ")
    with opened("Ben") as ben:
        assert b"PhoneMaker" not in given_out(ben, only_note(ben))


async def test_a_picture_that_cannot_be_cleaned_goes_along_only_if_that_is_meant(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    async with app.run_test() as pilot:
        await reads(pilot, "Ana")
        await attaches(pilot, file_of(tmp_path, HEIC, "photo.heic"))
        await sees(pilot, wording.AS_IT_IS)
        await sees(pilot, "A HEIC or AVIF picture, as many phones make them, may")
        await pilot.press("enter")  # “Not now”
        await sees(pilot, wording.NOTHING_ATTACHED)
        assert names(opened) == []
        await until(pilot, lambda: app.screen.query_one("#file").has_focus)
        await pilot.press("enter")
        await sees(pilot, wording.AS_IT_IS)
        await presses(pilot, "#yes")
        await sees(pilot, "Attached: photo.heic, picture, 112 bytes.")
    assert names(opened) == ["photo.heic"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Say where the file is."),
        ("nowhere", "cannot be read"),
        ("folder", "is a folder."),
        ("link", "is a link to another file."),
        ("empty", "is empty: there is nothing to attach."),
        ("us.kap", "A journal cannot be attached to itself."),
    ],
)
async def test_what_cannot_be_attached_is_said_in_a_sentence(
    app: KapApp, opened: Open, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(file_of(tmp_path, b"1"))
    file_of(tmp_path, b"", "empty")
    async with app.run_test(size=(120, 36)) as pilot:
        await reads(pilot, "Ana")
        await attaches(pilot, name and tmp_path / name)
        await sees(pilot, sentence)
        await until(pilot, lambda: app.screen.query_one("#file").has_focus)
        await pilot.press("escape")
        await comes_to(pilot, "reader")
    assert names(opened) == []


async def test_a_large_file_says_how_far_it_is(
    app: KapApp, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    path = file_of(tmp_path, secrets.token_bytes(9_000_000), "film.mp4")
    async with app.run_test() as pilot:
        await reads(pilot, "Ana")
        await pilot.press("f")
        await comes_to(pilot, "attach")
        monkeypatch.setattr(app.screen, "_say_in_sight", said.append)
        await types_path(pilot, path)
        await sees(pilot, wording.FILMS_KEEP_THEIRS[:40])
        assert said == ["Attaching…", *(f"{part} % of 9.0 MB." for part in (25, 50, 75, 100))]
    assert names(opened) == ["film.mp4"]


async def test_the_form_stays_until_it_is_attached_and_a_lock_leaves_no_name(
    app: KapApp, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Attachments, "attach")
    async with app.run_test() as pilot:
        await reads(pilot, "Ana")
        await attaches(pilot, file_of(tmp_path, b"1", "quince.txt"))
        await sees(pilot, "Attaching…")
        await pilot.press("ctrl+n", "enter")
        assert app.front_screen.NAME == "attach"
        held.gate.set()
        await sees(pilot, "Attached: quince.txt")
        assert held.asked == 1
        await pilot.press("escape")
        await sees(pilot, "quince.txt · 1 byte")
        await pilot.press("o")
        await comes_to(pilot, "save-file")
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, "quince")


async def test_a_file_is_saved_where_one_says_and_never_over_another(
    app: KapApp, opened: Open, tmp_path: Path, own_places: Path
) -> None:
    with_files(opened, tmp_path, "walk.txt")
    file_of(own_places, b"precious", "walk.txt")
    async with app.run_test(size=(120, 36)) as pilot:
        await reads(pilot, "Ben")
        await pilot.press("o")
        await sees(pilot, "walk.txt · 8 bytes · document")
        await sees(pilot, "unless you seal it")
        field = app.screen.query_one("#file", Field)
        assert field.value == str(own_places / "walk-2.txt")
        await types_path(pilot, own_places / "walk.txt")
        await pilot.press("enter")
        await sees(pilot, "Nothing was changed.")
        await types_path(pilot, own_places / "walk-2.txt")
        await pilot.press("enter")
        await sees(pilot, "Saved as")
    assert (own_places / "walk.txt").read_bytes() == b"precious"
    assert (own_places / "walk-2.txt").read_bytes() == b"walk.txt"


async def test_of_several_files_the_chosen_one_is_saved_and_removed(
    app: KapApp, opened: Open, tmp_path: Path, own_places: Path
) -> None:
    with_files(opened, tmp_path, "one.txt", "1", "three.txt")
    async with app.run_test(size=(120, 36)) as pilot:
        await reads(pilot, "Ana")
        app.screen.query_one(FileList).focus()
        await sees(pilot, "o saves the chosen file, x removes it.")
        await pilot.press("down", "down", "enter")
        await comes_to(pilot, "save-file")
        await sees(pilot, "three.txt · 9 bytes")
        await pilot.press("escape", "home")
        await sees(pilot, "You waited")
        await pilot.press("x")
        await sees(pilot, "Remove this file for good?")
        await sees(pilot, "one.txt · 7 bytes")
        await sees(pilot, "Ben may have saved")
        await pilot.press("enter")  # “Keep”
        await until(pilot, lambda: app.screen is app.front_screen)
        await pilot.press("x")
        await presses(pilot, "#yes")
        await sees(pilot, wording.REMOVED)
        await until(pilot, lambda: "one.txt" not in painted(app))
    assert names(opened) == ["1", "three.txt"]


async def test_a_file_that_is_not_where_it_was_is_not_removed(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    with_files(opened, tmp_path, "one.txt", "two.txt")
    async with app.run_test(size=(120, 36)) as pilot:
        await reads(pilot, "Ana")
        await pilot.press("x")
        await sees(pilot, "Remove this file for good?")
        with opened("Ana") as ana:
            ana.attachments.remove(only_note(ana).id, Chosen(0, Attachment("one.txt", 7)))
        app._journal and app._journal.refresh()
        await presses(pilot, "#yes")
        await sees(pilot, "The files of this note have changed.")
    assert names(opened) == ["two.txt"]


async def test_a_reader_can_save_and_neither_attach_nor_remove(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    with_files(opened, tmp_path, "one.txt")
    async with app.run_test() as pilot:
        await reads(pilot, "Ben")
        offered = {action.id for action, _ in app.available_actions(app.screen)}
        assert "save-file" in offered and not {"attach", "remove-file"} & offered
        await pilot.press("f", "x")
        await pilot.pause()
        assert app.front_screen.NAME == "reader" and "for good" not in painted(app)


async def test_a_signed_note_keeps_its_files(app: KapApp, opened: Open, tmp_path: Path) -> None:
    with opened("Dr Lee") as lee:
        note = lee.notes.add(NewNote("They sat close.", title="Third hour"))
        lee.attachments.attach(note.id, file_of(tmp_path, b"1", "chart.txt"))
        lee.signing.sign(note.id, Signer("Dr Mina Lee", "LMFT"))
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Third hour")
        await pilot.press("end", "enter")
        await sees(pilot, "chart.txt")
        offered = {action.id for action, _ in app.available_actions(app.screen)}
        assert "save-file" in offered and not {"attach", "remove-file"} & offered


async def test_without_files_none_can_be_saved(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await reads(pilot, "Ana")
        offered = {action.id for action, _ in app.available_actions(app.screen)}
        assert "attach" in offered and not {"save-file", "remove-file"} & offered
        assert not app.screen.query_one(FileList).display
        assert app.screen.query_one(OptionList).option_count == 0
