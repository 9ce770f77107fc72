from collections.abc import Callable

import pytest

from kapjournal.journal import Journal, NoteChange
from kapjournal.tui.rendering.differences import differences
from kapjournal.tui.rendering.layout import lay_out
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.screens.history import HistoryScreen
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import SECRET, AppPilot, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]


def said(before: str, after: str) -> list[str]:
    """The lines shown for a change."""
    return [line.plain for line in lay_out(differences(before, after), 70)]


def test_a_change_is_shown_by_signs_with_a_line_around_it() -> None:
    lines = [f"line {number}" for number in range(9)]
    changed = [*lines[:4], "another line", *lines[5:]]
    assert said("\n".join(lines), "\n".join(changed)) == [
        "  … 3 lines as before …",
        "  line 3",
        "- line 4",
        "+ another line",
        "  line 5",
        "  … 3 lines as before …",
    ]


def test_the_words_that_differ_are_underlined() -> None:
    gone, come = differences("the light was on", "the light was off again")
    assert underlined(gone.words) == ["on"]
    assert underlined(come.words) == ["off again"]


def underlined(words: object) -> list[str]:
    spans = getattr(words, "spans", [])
    return [str(words)[span.start : span.end] for span in spans if "underline" in str(span.style)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "a"), ("a", ""), ("a\nb", "b\na"), ("x " * 5000, "y " * 5000), ("é\u202e", "é"), ("a", "a")],
)
def test_both_wordings_can_be_read_out_of_the_differences(before: str, after: str) -> None:
    blocks = differences(before, after)
    for sign, text in (("+ ", after), ("- ", before)):
        shown = "".join(block.words.plain for block in blocks if block.lead in (sign, "  "))
        assert len(shown) == len(text.replace("\n", ""))


async def looks_back(pilot: AppPilot, app: KapApp) -> None:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await sees(pilot, "Hallway")
    await pilot.press("home", "enter")
    await sees(pilot, "Tue 3 Mar 2026")
    await pilot.press("h")
    await until(pilot, lambda: isinstance(app.screen, HistoryScreen))


async def test_versions_say_when_and_who_and_what_changed(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        (note,) = [note for note in ana.notes.all() if note.text.title == "Hallway"]
        ana.notes.edit(note.id, NoteChange(body="The other light was off.", title="Corridor"))
        ana.notes.share(note.id, "Ben")
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Corridor")
        await pilot.press("home", "enter")
        await sees(pilot, "Tue 3 Mar 2026")
        await pilot.press("h")
        await sees(pilot, "Readers: Only you → You and Ben")
        await sees(pilot, "The words are the same.")
        assert "use again" not in painted(app)
        await pilot.press("down")
        await sees(pilot, f"- The {SECRET} light was on. + The other light was off.")
        await sees(pilot, "Title: Hallway → Corridor")
        await pilot.press("down")
        await sees(pilot, f"As it was first written The {SECRET} light was on.")
        await pilot.press("u")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, f"The {SECRET} light was on.")
        await sees(pilot, "You and Ben")
        await sees(pilot, "Draft kept at")
    with opened("Ana") as ana:
        (draft,) = ana.drafts.all()
        assert (draft.of, draft.text.title) == (note.id, "Hallway")
        assert ana.notes.get(note.id).text.body == "The other light was off."


async def test_an_earlier_wording_is_opened_once_however_often_it_is_asked_for(
    app: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        (note,) = [note for note in ana.notes.all() if note.text.title == "Hallway"]
        ana.notes.edit(note.id, NoteChange(body="The other light was off."))
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        await pilot.press("home", "enter")
        await sees(pilot, "Tue 3 Mar 2026")
        await pilot.press("h")
        await sees(pilot, "The other light was off.")
        await pilot.press("down")
        await sees(pilot, "As it was first written")
        before = len(app.screen_stack)
        await pilot.press("u", "u", "u")
        await sees(pilot, "Draft kept at")
        assert isinstance(app.screen, EditorScreen) and len(app.screen_stack) == before
    with opened("Ana") as ana:
        assert len(ana.drafts.all()) == 1


async def test_a_lock_leaves_nothing_of_the_history(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await looks_back(pilot, app)
        await sees(pilot, SECRET)
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert SECRET not in painted(app)


async def test_history_and_delete_are_the_authors(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "By the car")
        await pilot.press("enter")
        await sees(pilot, "by Ana")
        screen = app.screen
        await pilot.press("h", "delete")
        assert app.screen is screen


async def test_deleting_asks_first_and_is_honest_about_copies(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("end", "enter")
        await sees(pilot, "You waited")
        await pilot.press("delete")
        await sees(pilot, "Ben will no longer")
        assert "may have read it already" in painted(app)
        assert "Copies of the journal’s file" in painted(app)
        await pilot.press("enter")
        await sees(pilot, "You waited")
        await pilot.press("delete", "tab", "enter")
        await sees(pilot, "The note is deleted.")
        await until(pilot, lambda: "By the car" not in painted(app))
    with opened("Ben") as ben:
        assert ben.notes.all() == []
