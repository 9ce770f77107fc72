"""A dosing session of two people on the dose pad, with a picture of every screen on the way."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kapjournal.content import pad
from kapjournal.domain.forms import About, RecordKind
from tests.tui.dose_pad_steps import MORNING, Clock, made_practice, opened, program
from tests.tui.picture_story import PictureStory, story_at

pytestmark = pytest.mark.usefixtures("still")

SIZES = ((80, 24), (140, 40))


async def line(lee: PictureStory, words: str, *tabs: str) -> None:
    await lee.presses("t", *tabs)
    await lee.types(words)
    await lee.presses("enter")
    await lee.sees(words)


async def vitals(lee: PictureStory, words: str) -> None:
    await lee.presses("v")
    await lee.types(words)
    await lee.presses("enter")
    await lee.sees(words.split(maxsplit=1)[0])


async def test_a_dosing_session(
    snapshot: SnapshotAssertion, memory: Path, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch)
    practice = made_practice(journal_file, memory, line=True)
    async with story_at(program(practice, memory), snapshot, SIZES) as lee:
        # One door in the morning, the couple, the session of today, and the pad in candle light.
        await lee.sees("Dr Lee’s door")
        await lee.types(MORNING)
        await lee.presses("enter")
        await lee.sees("Hallway")
        await lee.presses("enter")
        await lee.sees("The course")
        await lee.presses("left", "end")
        await lee.sees("Dosing · Mon 9 Mar 2026")
        await lee.presses("t")
        await lee.sees("Stop signal (preparation note): A palm held up.")
        await lee.sees("no ready card yet")
        await lee.looks_at("the pad")
        lee.keystrokes = 0

        # Before: vitals of both.
        await vitals(lee, "124/80 72 98")
        await lee.presses("2")
        await vitals(lee, "131/84 66 97")
        await lee.looks_at("vitals of both")

        # Ana's dose, then Ben's: nothing of hers is taken for his.
        clock.goes_on(5)
        await lee.presses("1", "d")
        await lee.sees("Ana, dose at 10:05")
        await lee.types("80")
        await lee.presses("enter")
        await lee.types("mg")
        await lee.presses("enter")
        await lee.types("sublingual")
        await lee.presses("enter")
        await lee.types("lozenge")
        await lee.presses("enter", "enter")
        await lee.types("Dr Ito")
        await lee.looks_at("a dose")
        await lee.presses("ctrl+s")
        await lee.sees("80 mg, sublingual, lozenge, ordered by Dr Ito")
        clock.goes_on(2)
        await lee.presses("2", "d")
        await lee.sees("Ben, dose at 10:07")
        await lee.types("60")
        await lee.presses("enter")
        await lee.types("mg")
        await lee.presses("enter")
        await lee.types("sublingual")
        await lee.presses("enter")
        await lee.types("lozenge")
        await lee.presses("enter", "enter")
        await lee.types("Dr Ito")
        await lee.presses("ctrl+s")
        await lee.sees("60 mg, sublingual, lozenge, ordered by Dr Ito")

        # It is spat out; the first words come.
        clock.goes_on(13)
        await lee.presses("1", "s", "2", "s")
        await lee.sees("+15 min Ana spat out")
        await line(lee, "It is warm in here.")
        await lee.presses("1")
        await line(lee, "Hands open on her knees", "tab")
        clock.goes_on(6)
        await lee.presses("f", "3")
        await lee.sees("dizziness")
        await lee.presses("2")
        await line(lee, "May I look at her?", "tab", "tab", "tab")
        await lee.looks_at("a while in")

        # The clinic's half hour: one of the two is above its line, and somebody is told.
        clock.goes_on(9)
        await lee.sees("30 min vitals now")
        await vitals(lee, "156/92 88 97")
        await lee.sees("Above your clinic’s line. Tell the provider.")
        await lee.presses("enter")
        await lee.sees("Who was told")
        await lee.types("Dr Ito, by phone")
        await lee.presses("ctrl+s")
        await lee.sees("told Dr Ito, by phone")
        await lee.looks_at("above the line")
        await lee.presses("1")
        await vitals(lee, "126/78 70 98")
        await line(lee, "Hallway. The light was on.")
        await lee.presses("f", "3")
        await lee.sees("dizziness, until 10:35")

        # A booster for one; a line that was a mistake goes; the hour passes.
        clock.goes_on(10)
        await lee.presses("d")
        await lee.sees("Ana, booster at 10:45")
        await lee.types("20")
        await lee.presses("enter", "enter", "enter", "enter", "enter")
        await lee.types("Dr Ito")
        await lee.presses("ctrl+s")
        await lee.sees("booster, 20 mg")
        await line(lee, "Wrong person")
        await lee.presses("x")
        await lee.sees("Take this row out?")
        await lee.presses("tab", "enter")
        await lee.loses("Wrong person")
        await lee.presses("2")
        await line(lee, "I thought it was me you were angry with.")
        clock.goes_on(22)
        await vitals(lee, "138/86 74 98")
        await lee.presses("1")
        await vitals(lee, "122/78 68 98")
        await line(lee, "Took his hand, asked first", "shift+tab")
        clock.goes_on(33)
        await lee.presses("f", "1")
        await lee.sees("nausea")
        await vitals(lee, "118/76 66 99")
        await lee.presses("2")
        await vitals(lee, "130/82 70 98")
        await line(lee, "Water, both.", "shift+tab")
        clock.goes_on(25)
        await lee.presses("1", "f", "1")
        await lee.sees("nausea, until 12:05")
        await vitals(lee, "120/78 66 98")
        await lee.presses("2")
        await vitals(lee, "128/82 70 98")
        await lee.looks_at("two hours in")

        # The pad becomes a record of each.
        await lee.presses("ctrl+s")
        await lee.sees("The dosing record is written.")
        used = lee.keystrokes
    pad._read.cache_clear()
    print(f"{used} keystrokes beyond the words")
    assert used < 120, used
    with opened(practice, memory) as lees:
        assert lees.record_drafts.all() == []
        first, second = lees.records.own(RecordKind.DOSING, lees.couples.all()[0].case)
        if first.text.about is About.SECOND:
            first, second = second, first
        assert [row.kind for row in first.text.rows].count("dose") == 2
        assert [row.fields["systolic"] for row in second.text.rows if row.kind == "vitals"] == [
            *("131", "156", "138", "130", "128")
        ]
        said = [row.fields["words"] for row in second.text.rows if row.kind == "line"]
        assert said[-1] == "Water, both." and len(first.text.rows) + len(second.text.rows) == 24
