"""A therapist's first journal: a practice is offered once, and begins with that couple."""

from pathlib import Path

import pytest
from textual.widgets import Button, Select

from kapjournal.domain.members import JournalKind, Role
from kapjournal.journal import create, unlock
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, painted, sees
from tests.tui.people_steps import comes_to, fills, forgotten, presses, writes_the_words_down

LEE, MORNING = "two chairs and a window", "one door in the morning"


async def starts(pilot: AppPilot, file: Path, role: Role = Role.THERAPIST) -> None:
    """From the first screen through the recovery words of a new journal."""
    await comes_to(pilot, "file")
    await pilot.press("enter")
    await comes_to(pilot, "create")
    app_of(pilot).screen.query_one(Select).value = role
    await fills(pilot, label="Dr Lee", own=LEE, again=LEE, file=str(file))
    await presses(pilot, "#do")
    await writes_the_words_down(pilot)


async def test_the_practice_begins_with_the_couple_whose_journal_was_made(
    nowhere: KapApp, memory: Path, tmp_path: Path
) -> None:
    ours, practice = tmp_path / "ours.kap", tmp_path / "clinic.kap"
    async with nowhere.run_test(size=(80, 40)) as pilot:
        await starts(pilot, ours)
        await comes_to(pilot, "offer-practice")
        await presses(pilot, "#practice")
        await comes_to(pilot, "create")
        assert nowhere._journal is None, "the couple's journal stays open while a passphrase is chosen"
        assert nowhere.screen.query_one("#label", Field).value == "Dr Lee"
        await presses(pilot, "#do")
        await sees(pilot, "Say what you call them.")
        await fills(
            pilot, couple="Ana and Ben", theirs=MORNING, own=MORNING, again=MORNING, file=str(practice)
        )
        await presses(pilot, "#do")
        await sees(pilot, "That is not the passphrase of their journal.")
        assert not practice.exists(), "who only comes by makes no way in"
        await fills(pilot, theirs=LEE)
        await presses(pilot, "#do")
        await comes_to(pilot, "recovery-words")
        await sees(pilot, "for your practice")
        await writes_the_words_down(pilot)
        await comes_to(pilot, "couples")
        await sees(pilot, "Ana and Ben")
        await pilot.press("enter")
        await comes_to(pilot, "course")
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await forgotten(pilot, LEE, MORNING, "Ana and Ben")
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        [couple] = lee.couples.all()
        with lee.open_couple(couple.case) as theirs:
            assert theirs.path == ours


async def test_who_goes_back_has_their_journal_alone(nowhere: KapApp, tmp_path: Path) -> None:
    ours = tmp_path / "ours.kap"
    async with nowhere.run_test(size=(80, 24)) as pilot:
        await starts(pilot, ours)
        await comes_to(pilot, "offer-practice")
        await presses(pilot, "#practice")
        await comes_to(pilot, "create")
        await pilot.press("escape")
        await comes_to(pilot, "doors")
    assert list(tmp_path.glob("*.kap")) == [ours]


@pytest.mark.parametrize(("first", "comes"), [("practice", "create"), ("course", "course")])
async def test_of_two_buttons_in_one_moment_the_first_counts(
    nowhere: KapApp, tmp_path: Path, first: str, comes: str
) -> None:
    async with nowhere.run_test(size=(80, 24)) as pilot:
        await starts(pilot, tmp_path / "ours.kap")
        await comes_to(pilot, "offer-practice")
        buttons = {str(one.id): one for one in nowhere.screen.query(Button)}
        buttons.pop(first).press()
        for other in buttons.values():
            other.press()
        await comes_to(pilot, comes)


@pytest.mark.parametrize("has_one", [False, True])
async def test_a_partner_and_who_has_a_practice_are_not_asked(
    nowhere: KapApp, tmp_path: Path, memory: Path, has_one: bool
) -> None:
    if has_one:
        there = tmp_path / "practice.kap"
        made, _ = create(there, label="Dr Lee", role=Role.THERAPIST, passphrase=MORNING, record_folder=memory)
        made.close()
    async with nowhere.run_test(size=(80, 24)) as pilot:
        if has_one:
            await comes_to(pilot, "doors")
            await sees(pilot, "Another journal")
            await presses(pilot, "#another")
        await starts(pilot, tmp_path / "ours.kap", Role.THERAPIST if has_one else Role.PARTNER)
        await comes_to(pilot, "course")
        assert "practice" not in painted(nowhere)


async def test_a_couple_whose_journal_is_gone_meanwhile_is_told_before_anything_is_made(
    nowhere: KapApp, tmp_path: Path
) -> None:
    ours, practice = tmp_path / "ours.kap", tmp_path / "clinic.kap"
    async with nowhere.run_test(size=(80, 40)) as pilot:
        await starts(pilot, ours)
        await comes_to(pilot, "offer-practice")
        await presses(pilot, "#practice")
        await comes_to(pilot, "create")
        ours.rename(tmp_path / "moved.kap")
        await fills(pilot, couple="Us", theirs=LEE, own=MORNING, again=MORNING, file=str(practice))
        await presses(pilot, "#do")
        await sees(pilot, "There is no journal")
    assert not practice.exists()


async def test_a_journal_that_cannot_be_added_shows_its_words_all_the_same(
    nowhere: KapApp, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made by then; without its words a forgotten passphrase would close it for ever."""
    monkeypatch.setattr("kapjournal.journal.couples.MAX_COUPLES", 0)
    there = tmp_path / "practice.kap"
    made, _ = create(
        there,
        label="Lee",
        role=Role.THERAPIST,
        passphrase=MORNING,
        kind=JournalKind.PRACTICE,
        record_folder=memory,
    )
    async with nowhere.run_test(size=(80, 40)) as pilot:
        await comes_to(pilot, "doors")
        await nowhere.enter(made)
        await comes_to(pilot, "couples")
        await pilot.press("n")
        await comes_to(pilot, "create")
        await fills(pilot, couple="Us", label="Dr Lee", own=LEE, again=LEE, file=str(tmp_path / "ours.kap"))
        await presses(pilot, "#do")
        await writes_the_words_down(pilot)
        await comes_to(pilot, "course")
        await sees(pilot, "Us could not be added to your practice.")
    unlock(tmp_path / "ours.kap", label="Dr Lee", passphrase=LEE, record_folder=memory).close()
