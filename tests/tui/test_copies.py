"""Another copy brought in, one made for another computer, and what is missing from this one."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, create, join, unlock
from kapjournal.journal.copies import Copies
from kapjournal.presentation import copies, sentences
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, slow, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.copies_steps import OpenElsewhere, elsewhere
from tests.tui.people_steps import comes_to, goes_to_people, presses

__all__ = ["elsewhere"]
Open = Callable[[str], Journal]


async def goes_to(pilot: AppPilot, key: str, room: str, path: Path | str) -> None:
    """From the course to a form, with a path in its field."""
    await sees(pilot, "By the car")
    await pilot.press(key)
    await comes_to(pilot, room)
    types_path(pilot, path)


def types_path(pilot: AppPilot, path: Path | str) -> None:
    app_of(pilot).screen.query_one("#file", Field).value = str(path)


async def test_what_was_written_elsewhere_is_here_afterwards(
    app: KapApp, elsewhere: OpenElsewhere, opened: Open, tmp_path: Path
) -> None:
    with elsewhere("Ben") as ben:
        ben.notes.add(NewNote("I saw the lights, too.", title="From the road", share="Ana"))
    with opened("Ana") as ana:
        ana.notes.add(NewNote("For later.", title="At home", share="Ben"))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "At home")
        await pilot.press("m")
        await sees(pilot, "nothing is lost, whichever is older")
        types_path(pilot, tmp_path / "elsewhere" / "us.kap")
        await pilot.press("enter")
        await sees(pilot, "New here: one note.")
        await sees(pilot, "Both copies hold the same now.")
        await pilot.press("enter")
        await sees(pilot, "From the road")
    with elsewhere("Ben") as ben:
        assert "At home" in [note.text.title for note in ben.notes.all()]


async def test_two_copies_that_are_the_same_are_said_to_be(
    app: KapApp, elsewhere: OpenElsewhere, tmp_path: Path
) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to(pilot, "m", "merge", tmp_path / "elsewhere" / "us.kap")
        for _ in range(2):
            await presses(pilot, "#do")
            await until(pilot, lambda: app.screen.query_one("#back").has_focus)
        await sees(pilot, "Nothing in the other copy was new to you.")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "Say where the file is."),
        ("nowhere.kap", "There is no journal"),
        ("us.kap", "is the journal that is open"),
        ("other.kap", "is another journal"),
        ("words.kap", "is damaged or is no journal."),
    ],
)
async def test_what_cannot_be_brought_in_is_said_in_a_sentence(
    app: KapApp, journal_file: Path, memory: Path, tmp_path: Path, path: str, sentence: str
) -> None:
    create(
        tmp_path / "other.kap",
        label="Max",
        role=Role.THERAPIST,
        passphrase="somebody else's door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=memory,
    )[0].close()
    (tmp_path / "words.kap").write_text("not sealed " * 200)
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to(pilot, "m", "merge", path and tmp_path / path)
        await pilot.press("enter")
        await sees(pilot, sentence)
        await until(pilot, lambda: not app.screen.query_one("#do").disabled)
        await pilot.press("escape")
        await comes_to(pilot, "course")


async def test_the_form_stays_until_it_is_done(
    app: KapApp, elsewhere: OpenElsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = slow(monkeypatch, Copies, "merge")
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to(pilot, "m", "merge", tmp_path / "elsewhere" / "us.kap")
        await pilot.press("enter")
        await sees(pilot, "Bringing the two together…")
        await pilot.press("ctrl+n", "enter")
        await pilot.pause()
        assert app.front_screen.NAME == "merge"
        held.gate.set()
        await until(pilot, lambda: app.screen.query_one("#back").has_focus)
        assert held.asked == 1
        await pilot.press("escape")
        await comes_to(pilot, "course")


async def test_a_copy_for_another_computer_opens_there(app: KapApp, tmp_path: Path) -> None:
    there = tmp_path / "stick" / "mine.kap"
    there.parent.mkdir()
    async with app.run_test(size=(90, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await goes_to(pilot, "c", "copy", there.with_suffix(""))
        await sees(pilot, "A copy for another computer of yours")
        await sees(pilot, "nothing that others wrote for themselves")
        await presses(pilot, "#do")
        await sees(pilot, "The copy is written:")
        await presses(pilot, "#do")
        await sees(pilot, "already")
    with unlock(there, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=tmp_path / "there") as ana:
        assert {note.text.title for note in ana.notes.all()} == {"Hallway", "By the car"}


async def test_a_copy_for_somebody_who_is_invited_lets_them_join(
    app: KapApp, opened: Open, tmp_path: Path
) -> None:
    there = tmp_path / "roes.kap"
    with opened("Dr Lee") as lee:
        code = lee.members.invite("Dr Roe", Role.SUPERVISOR, strength=FLOOR)
    async with app.run_test(size=(90, 30)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot, "Dr Roe")
        await sees(pilot, "A copy for them")
        await pilot.press("y")
        await comes_to(pilot, "copy")
        await sees(pilot, "A copy for Dr Roe")
        await sees(pilot, "by one road and the six words by another.")
        types_path(pilot, there)
        await presses(pilot, "#do")
        await sees(pilot, "The copy is written:")
        await sees(pilot, "On their computer Dr Roe starts kapjournal, chooses “Join with a code”")
        await sees(pilot, "choose “Bring in another copy”, or type kapjournal merge")
        await pilot.press("escape")
        await comes_to(pilot, "people")
    join(
        there,
        code=code,
        label="Dr Roe",
        passphrase="a lamp by the ferry",
        with_recovery=False,
        strength=FLOOR,
        record_folder=tmp_path / "there",
    )[0].close()


async def test_no_copy_is_offered_for_somebody_who_has_joined(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot, "Ana")
        await pilot.press("y")
        await pilot.pause()
        assert app.front_screen.NAME == "people"
        assert "A copy for them" not in painted(app)


# what is missing


@pytest.fixture
def missing(opened: Open, journal_file: Path) -> None:
    """Something that Ben shared with Ana is taken out of the file."""
    with opened("Ben") as ben, sqlite3.connect(journal_file) as raw:
        before = {row for (row,) in raw.execute("SELECT id FROM envelope")}
        ben.notes.add(NewNote("I waited.", title="Ferry", share="Ana"))
        new = {row for (row,) in raw.execute("SELECT id FROM envelope")} - before
    opened("Ana").close()
    with sqlite3.connect(journal_file) as raw:
        raw.executemany("DELETE FROM envelope WHERE id = ?", [(row,) for row in new])


@pytest.mark.usefixtures("missing")
async def test_what_is_missing_is_let_go_once_it_is_meant(app: KapApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Something is not as its author left it.")
        await pilot.press("f")
        await sees(pilot, "older state of what Ben shares")
        await presses(pilot, "#let-go")
        await sees(pilot, "should it come back")
        await pilot.press("enter")  # “Not now”
        await sees(pilot, "older state of what Ben shares")
        await presses(pilot, "#let-go")
        await presses(pilot, "#yes")
        await sees(pilot, copies.LET_GO)
        await until(pilot, lambda: "Something is not as" not in painted(app))


@pytest.mark.usefixtures("missing")
async def test_where_something_is_missing_another_copy_is_asked_for(app: KapApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Something is not as its author left it.")
        await pilot.press("f")
        await sees(pilot, "what is missing may be in it.")
        await pilot.press("enter")
        await comes_to(pilot, "merge")


# two texts


@pytest.fixture
def two_texts(opened: Open, elsewhere: OpenElsewhere, tmp_path: Path) -> None:
    """A note that Ana shared with Ben and changed on two computers at once."""
    for door, body in ((opened, "You waited by the ferry."), (elsewhere, "You waited in the snow.")):
        with door("Ana") as ana:
            (note,) = (note for note in ana.notes.all() if note.text.title == "By the car")
            ana.notes.edit(note.id, NoteChange(body=body))
    with opened("Ana") as ana:
        ana.copies.merge(tmp_path / "elsewhere" / "us.kap")


@pytest.mark.usefixtures("two_texts")
async def test_two_texts_are_told_and_saving_joins_them(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "two texts")
        await pilot.press("end", "enter")
        await sees(pilot, sentences.TWO_TEXTS)
        await sees(pilot, sentences.BOTH_STAND)
        await sees(pilot, "saving joins them into one. Press e for that.")
        await pilot.press("e")
        await comes_to(pilot, "editor")
        for words in ("by the ferry.", "in the snow.", "Written at the same time"):
            await sees(pilot, words)
        await pilot.press("ctrl+s")
        await comes_to(pilot, "reader")
        await until(pilot, lambda: "two texts" not in painted(app))
        await sees(pilot, "in the snow.")
    with opened("Ana") as ana:
        (note,) = (note for note in ana.notes.all() if note.text.title == "By the car")
        assert note.beside == () and "ferry" in note.text.body and "snow" in note.text.body


@pytest.mark.usefixtures("two_texts")
async def test_a_reader_of_two_texts_is_told_and_asked_for_nothing(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "two texts")
        await pilot.press("end", "enter")
        await sees(pilot, sentences.BOTH_STAND)
        assert "Press" not in painted(app)
