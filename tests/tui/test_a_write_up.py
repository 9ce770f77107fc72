"""A write-up on the screens: from the question to the file on the disk, the answer and the next brief."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Select

from kapjournal.domain.forms import RecordKind
from kapjournal.domain.supervision import Basis
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.dose_pad_steps import MORNING, Clock, made_practice, opened, program
from tests.tui.picture_story import PictureStory, story_at

pytestmark = pytest.mark.usefixtures("still")

SIZES = ((80, 24), (140, 40))
QUESTION = "How do I stay with both when one of them leaves the room?"
LOOP = "Ana asks for more, Ben goes to the workshop in Northgate, and Ana follows."
MOMENT = "10 min: Ben laughs. 40 min: Ana cries, and Ben looks at the door of Hillside, humming Brahms."
ANSWER = "You follow the one who cries. Ask the one who is silent first."


def drawn_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the words that stand for names be the first of the list; they are drawn by lot as a rule."""
    monkeypatch.setattr(
        "kapjournal.deidentify.replacements._drawn", lambda free, taken: free.pop(0).capitalize()
    )


async def fills(story: PictureStory, app: KapApp, field: str, words: str) -> None:
    """Go to a field of the form by its id, with keys alone."""
    for _ in range(60):
        around = app.screen.focused.ancestors if app.screen.focused else ()
        entry = next((one for one in around if isinstance(one, FormEntry)), None)
        if entry is not None and entry.name_of == field:
            break
        await story.presses("tab")
    if isinstance(app.screen.focused, Select):
        await story.presses("enter")
        await story.goes_down_to(words)
        await story.presses("enter")
    else:
        await story.types(words)


async def test_a_write_up(
    snapshot: SnapshotAssertion,
    memory: Path,
    journal_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kapjournal.paths.free_in_home", lambda name: Path("~") / name)
    drawn_in_turn(monkeypatch)
    Clock(monkeypatch)
    practice = made_practice(journal_file, memory)
    app = program(practice, memory)
    async with story_at(app, snapshot, SIZES) as lee:
        await lee.sees("Dr Lee’s door")
        await lee.types(MORNING)
        await lee.presses("enter")
        await lee.sees("Hallway")
        lee.keystrokes = 0

        # The names that never leave, once for this couple and once for the practice.
        await lee.presses("s")
        await lee.sees("No write-up yet.")
        await lee.presses("N")
        await lee.sees("Of the whole practice")
        await lee.types("Benjamin, Benji")
        await lee.presses("tab")
        await lee.types("place: Northgate")
        await lee.presses("enter")
        await lee.types("employer: Hillside")
        await lee.looks_at("names")
        await lee.presses("ctrl+s")
        await lee.sees("The names are kept.")

        # The question first, then the form.
        await lee.presses("n")
        await lee.sees("A new write-up")
        await lee.types(QUESTION)
        await lee.looks_at("the question")
        await lee.presses("enter")
        await lee.sees("Supervision write-up")
        await fills(lee, app, "minutes", "20")
        await fills(lee, app, "basis", Basis.DEIDENTIFIED.value)
        await fills(lee, app, "recipient", "Dr Kern")
        await fills(lee, app, "loop", LOOP)
        await fills(lee, app, "moment", MOMENT)
        await lee.presses("ctrl+s")
        await lee.sees("next: review")
        await lee.presses("enter")
        await lee.sees("reviewed for nobody yet")
        await lee.looks_at("the stages")

        # The review for Dr Kern: each name in its line, a word in no dictionary, the story.
        await lee.presses("enter")
        await lee.sees("For whom do you review it?")
        await lee.presses("enter")
        await lee.sees("In its place")
        await lee.looks_at("something found")
        await lee.presses("A")
        await lee.sees("Accepted")
        await lee.presses("c")
        await lee.sees("Which words stand in its place?")
        await lee.types("The other")
        await lee.presses("enter")
        await lee.loses("Which words stand in its place?")
        while "Words in no dictionary" not in lee.painted:
            await lee.presses("a")
        await lee.sees("Brahms")
        await lee.looks_at("words")
        await lee.presses("space", "enter")
        await lee.sees("Story check")
        await lee.looks_at("the story")
        for number in range(1, 6):
            await lee.sees(f"Story check, {number} of 5")
            if number == 5:
                await lee.looks_at("the last question")
            await lee.types("no")
            await lee.presses("enter")
        await lee.sees("reviewed for Dr Kern")
        await lee.looks_at("reviewed")

        # It leaves: the page is looked at first.
        await lee.presses("enter")
        await lee.sees("On which basis")
        await lee.looks_at("the form")
        app.screen.query_one("#file", Field).value = str(tmp_path / "case.md")
        await lee.presses("f4")
        await lee.sees("Nothing is written yet.")
        await lee.looks_at("the page")
        await lee.presses("escape")
        assert not (tmp_path / "case.md").exists()
        await lee.presses("ctrl+s")
        await lee.sees("It stands in the ledger")
        await lee.presses("escape")
        await lee.sees("left on 9 March 2026 for Dr Kern")

        # The answer, and what was agreed.
        await lee.presses("enter")
        await lee.sees("What was answered")
        await lee.types(ANSWER)
        await lee.presses("tab")
        await lee.types("Dr Lee; ask each of them alone; 2026-03-20")
        await lee.looks_at("the answer")
        await lee.presses("ctrl+s")
        await lee.sees("You follow the one who cries.")
        await lee.looks_at("answered")

        # The ledger, then the next brief.
        await lee.presses("escape", "L")
        await lee.sees("SHA-256")
        await lee.presses("escape", "escape", "b")
        await lee.sees("ask each of them alone")
        await lee.sees("ask each of them alone")
        used = lee.keystrokes
    print(f"{used} keystrokes beyond the words")
    assert used < 100, used
    words = (tmp_path / "case.md").read_text()
    assert QUESTION in words
    assert not any(name in words for name in ("Ana", "Ben", "Northgate", "Hillside", "Hallway"))
    with opened(practice, memory) as lees:
        (left,) = lees.write_ups.departures()
        assert (left.recipient, left.basis, left.format) == ("Dr Kern", Basis.DEIDENTIFIED, "markdown")
        assert left.sha256 in words
        (record,) = lees.records.own(RecordKind.SUPERVISION, lees.couples.all()[0].case)
        (reply,) = lees.write_ups.replies(record.id)
        assert reply.words == ANSWER
        assert [act.when for act in reply.acts] == [dt.date(2026, 3, 20)]
