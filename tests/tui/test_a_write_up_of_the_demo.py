"""The ten minutes of a write-up on the screens, with the demo's couple: from the question to the file on the
disk, which is the example that comes with the program, and on to the next brief."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events
from textual.widgets import Select

import kapjournal.demo
from kapjournal import clock
from kapjournal.config import Loaded, Settings
from kapjournal.content.forms import form_for
from kapjournal.deidentify import replacements
from kapjournal.demo import build, practice, practice_story, story
from kapjournal.demo.practice_story import PracticeStory, StoryCouple
from kapjournal.demo.supervision import StorySupervision
from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import RecordKind
from kapjournal.journal import FLOOR, Journal, unlock
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.modals.pull import PullModal
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.pick_list import PickList
from tests.tui.picture_story import PictureStory, story_at

pytestmark = pytest.mark.usefixtures("still")

SIZES = ((80, 24), (140, 40))
EVENING = dt.datetime(2026, 9, 8, 21, tzinfo=dt.UTC)
MOST = 150
"""So many things are found in it at most."""
LAYOUT = form_for(RecordKind.SUPERVISION).layouts["Two pages"]
EXAMPLE = Path(kapjournal.demo.__file__).with_name("write_up.md")


class Dice(random.Random):
    """In the place of `secrets`: the same words each time."""

    randbelow = random.Random.randrange


def told_without_a_write_up() -> tuple[PracticeStory, dict[str, str], StorySupervision]:
    """The demo's practice on the evening before it is written; what will be written; what is pulled in."""
    told = practice_story.load(story.load())
    first: StoryCouple = told.couples[0]
    supervision = first.supervision
    assert supervision is not None
    [record] = [one for one in first.records if one.kind is RecordKind.SUPERVISION]
    others = tuple(one for one in first.records if one.kind is not RecordKind.SUPERVISION)
    couples = (replace(first, records=others), *told.couples[1:])
    values = {field: str(said).strip() for field, said in record.fields.items()}
    return replace(told, couples=couples), values, supervision


def only_names(practice: Journal, couple: Couple, told: StorySupervision) -> None:
    """What is said once for all write-ups, in the place of all that the demo does."""
    practice.write_ups.set_names(None, told.names["practice"].strip())
    practice.write_ups.set_names(couple.case, told.names["couple"].strip())


async def goes_to(lee: PictureStory, app: KapApp, field: str) -> None:
    """Go to a field of the form by its id, with keys alone."""
    for _ in range(60):
        around = app.screen.focused.ancestors if app.screen.focused else ()
        entry = next((one for one in around if isinstance(one, FormEntry)), None)
        if entry is not None and entry.name_of == field:
            return
        await lee.presses("tab")
    raise AssertionError(field)


async def says(lee: PictureStory, app: KapApp, field: str, words: str) -> None:
    """Say something in a field: words as they come from a dictation, a choice with the keys."""
    await goes_to(lee, app, field)
    if isinstance(app.screen.focused, Select):
        await lee.presses("enter")
        await lee.goes_down_to(words)
        await lee.presses("enter")
    else:
        app.post_message(events.Paste(words))
        await lee.settles()


async def pulls(lee: PictureStory, app: KapApp, field: str, lines: Sequence[str], picture: str = "") -> None:
    """Tick lines of the record, and let them stand in the field below what was said there."""
    await goes_to(lee, app, field)
    assert app.screen.focused is not None
    await lee.presses("f4")
    await lee.sees("Pull in:")
    modal = app.screen
    assert isinstance(modal, PullModal)
    rows = modal.query_one(PickList)
    for line in lines:
        at = next(number for number, one in enumerate(modal._found) if one.line == line)
        for _ in modal._found:
            if rows.number == at:
                break
            await lee.presses("down" if (rows.number or 0) < at else "up")
        assert rows.number == at, line
        await lee.presses("space")
    await lee.sees(f"{len(lines)} ticked")
    if picture:
        await lee.looks_at(picture)
    await lee.presses("enter")
    await lee.loses("Pull in:")


async def test_ten_minutes(
    snapshot: SnapshotAssertion, memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.paths.free_in_home", lambda name: Path("~") / name)
    monkeypatch.setattr(replacements, "secrets", Dice("supervised"))
    told, values, supervision = told_without_a_write_up()
    monkeypatch.setattr(practice_story, "load", lambda _: told)
    monkeypatch.setattr(practice, "take_to_supervision", only_names)
    with clock.at(EVENING):
        demo = build(tmp_path / "demo", practice=True, record_folder=memory)
        assert demo.practice is not None
        path, door = demo.practice.path, demo.practice.door.passphrase
        app = KapApp(Loaded(Settings()), theme.load_all(), path=path, record_folder=memory, strength=FLOOR)
        async with story_at(app, snapshot, SIZES) as lee:
            await lee.sees("door")
            await lee.types(door)
            await lee.presses("enter")
            await lee.sees("unsigned")
            lee.keystrokes = 0
            await writes(lee, app, values, supervision)
            await reviews(lee, supervision)
            await leaves(lee, app, tmp_path / "write_up.md")
            await is_answered(lee, app, supervision)
        print(f"{lee.keystrokes} keystrokes beyond the words")
        assert lee.keystrokes < 250, lee.keystrokes
        assert (tmp_path / "write_up.md").read_text() == EXAMPLE.read_text()
        with unlock(path, label=None, passphrase=door, record_folder=memory) as lees:
            [left] = lees.write_ups.departures()
            assert left.recipient == values["recipient"] and left.sha256 in EXAMPLE.read_text()
            [reply] = lees.write_ups.replies(left.write_up)
            assert [act.what for act in reply.acts] == [what for _, what, _ in supervision.acts]


async def writes(
    lee: PictureStory, app: KapApp, values: dict[str, str], supervision: StorySupervision
) -> None:
    """The question first, then what somebody needs to think along."""
    await lee.presses("home", "s")
    await lee.sees("No write-up yet.")
    await lee.looks_at("no write-up yet")
    await lee.presses("n")
    await lee.sees("A new write-up")
    await lee.types(values["question"])
    await lee.looks_at("the question")
    await lee.presses("enter")
    await lee.sees("Supervision write-up")
    fields = [field for field in values if field != "question"]
    for field in sorted({*fields, *supervision.pulled}, key=list(LAYOUT).index):
        if field in values:
            await says(lee, app, field, values[field])
        if lines := supervision.pulled.get(field):
            await pulls(lee, app, field, lines, "lines of the dose" if field == "moment" else "")
        if field == "moment":
            await lee.looks_at("one moment")
    await lee.presses("ctrl+s")
    await lee.sees("next: review")


async def reviews(lee: PictureStory, supervision: StorySupervision) -> None:
    """Every name in its line, then the story: no word of it is in no dictionary."""
    await lee.presses("enter")
    await lee.sees("reviewed for nobody yet")
    await lee.looks_at("the stages")
    await lee.presses("enter")
    await lee.sees("For whom do you review it?")
    await lee.presses("enter")
    await lee.sees("In its place")
    await lee.looks_at("something found")
    for _ in range(MOST):
        if "Story check" in lee.painted:
            break
        await lee.presses("a")
    for number, said in enumerate(supervision.story.values(), 1):
        await lee.sees(f"Story check, {number} of 5")
        await lee.types(said)
        if number == 1:
            await lee.looks_at("the story")
        await lee.presses("enter")
    await lee.sees("reviewed for Dr Quist")
    await lee.looks_at("reviewed")


async def leaves(lee: PictureStory, app: KapApp, file: Path) -> None:
    """The page is looked at, then it is written."""
    await lee.presses("enter")
    await lee.sees("On which basis")
    app.screen.query_one("#file", Field).value = str(file)
    await lee.presses("f4")
    await lee.sees("Nothing is written yet.")
    await lee.looks_at("the page")
    await lee.presses("escape", "ctrl+s")
    await lee.sees("It stands in the ledger")
    await lee.presses("escape")
    await lee.sees("for Dr Quist")


async def is_answered(lee: PictureStory, app: KapApp, supervision: StorySupervision) -> None:
    """The answer, what was agreed, and the next brief."""
    await lee.presses("enter")
    await lee.sees("What was answered")
    app.post_message(events.Paste(supervision.words))
    await lee.settles()
    await lee.presses("tab")
    acts = [f"{who}; {what}; {story.date_of(day).isoformat()}" for who, what, day in supervision.acts]
    app.post_message(events.Paste("\n".join(acts)))
    await lee.settles()
    await lee.looks_at("the answer")
    await lee.presses("ctrl+s")
    await lee.sees("You ask whom you help.")
    await lee.looks_at("answered")
    await lee.presses("escape", "escape", "b")
    await lee.sees("Beyond chance")
    await lee.presses("pagedown")
    await lee.sees("ask each of them alone")
    await lee.looks_at("the brief")
