"""A practice will on the screens: three papers, a rehearsal, and whoever opens it with two of them."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.widgets import Static

from kapjournal import clock
from kapjournal.errors import CannotSave, UnlockFailed
from kapjournal.journal import Journal, check_shares, generated_shares, unlock
from kapjournal.journal.will import PracticeWill
from kapjournal.presentation import days
from kapjournal.presentation import will as saying
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.will import NewWillScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, until
from tests.tui.conftest import MORNING, PASSPHRASES
from tests.tui.people_steps import comes_to, fills, forgotten, goes_to_people, presses
from tests.tui.test_couples import comes_in

AFTER = "a custodian opens this door"


@pytest.fixture
def lee(practice: Path, memory: Path) -> Iterator[Journal]:
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        yield lee


def would_open(path: Path, shares: list[str]) -> bool:
    """Whether two of these open a copy of the file."""
    copy = path.with_name("copy.kap")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    try:
        check_shares(copy, shares[1:])
    except UnlockFailed:
        return False
    return True


async def begins_a_will(pilot: AppPilot, custodian: str = "Kim") -> None:
    """From the couples to the page of the first share."""
    await pilot.press("f8")
    await comes_to(pilot, "will")
    await pilot.press("n")
    await sees(pilot, "A new will")
    await fills(pilot, custodian=custodian, beside="her office", passphrase=MORNING)
    await presses(pilot, "#do")
    await comes_to(pilot, "new-will")


async def writes_a_share_down(pilot: AppPilot, number: int) -> str:
    """Read the share of a page, write it down, give the word back that is asked for."""
    app = app_of(pilot)
    await sees(pilot, f"Share {number} of 3")
    screen = app.screen
    assert isinstance(screen, NewWillScreen)
    words = list(screen._words)
    shown = painted(app)
    assert all(f" {word}" in shown for word in words[:8])
    await presses(pilot, "#written")
    await sees(pilot, f"of share {number}?")
    assert f" {words[0]} " not in painted(app)
    screen.query_one(Field).value = words[screen._asked]
    await pilot.press("enter")
    return " ".join(words)


async def test_a_will_is_made_on_three_papers_rehearsed_and_revoked(desk: KapApp, practice: Path) -> None:
    async with desk.run_test(size=(80, 40)) as pilot:
        await comes_in(pilot)
        await begins_a_will(pilot)
        assert saying.for_whom(1, "Kim") in " ".join(painted(desk).split())
        shares = [await writes_a_share_down(pilot, number) for number in (1, 2, 3)]
        await sees(pilot, "Your will holds, for Kim.")
        await sees(pilot, "Your will is for Kim (her office).")
        assert desk.front_screen.NAME == "will"
        await forgotten(pilot, f"{shares[0][:40]}", "', '".join(shares[1].split()[:2]))
        await pilot.press("h")
        await sees(pilot, "Rehearse your will")
        await fills(pilot, first=shares[0], second=shares[0])
        await presses(pilot, "#do")
        await sees(pilot, "That is one share twice.")
        await fills(pilot, second=shares[2].upper())
        await presses(pilot, "#do")
        await sees(pilot, "Nothing was opened; today is noted")
        await sees(pilot, f"rehearsed on {days.long_day(clock.today())}")
        assert would_open(practice, shares)
        await pilot.press("x")
        await sees(pilot, "Revoke your will?")
        await presses(pilot, "#yes")
        await sees(pilot, "There is no will of yours in this practice.")
        assert not would_open(practice, shares)
        await pilot.press("x")
        await sees(pilot, "There is no will of yours in this practice.")


@pytest.mark.parametrize("way", ["escape", "ctrl+l", "ctrl+q"])
async def test_who_stops_before_the_third_paper_keeps_the_will_before(
    desk: KapApp, lee: Journal, way: str
) -> None:
    old = generated_shares()
    lee.will.make(old, "Noor")
    path = lee.path
    lee.close()
    async with desk.run_test(size=(80, 24)) as pilot:
        await comes_in(pilot)
        await begins_a_will(pilot)
        shares = [await writes_a_share_down(pilot, number) for number in (1, 2)]
        await sees(pilot, "Share 3 of 3")
        await presses(pilot, "#written")
        desk.screen.query_one(Field).value = "wrongly"
        await pilot.press("enter")
        await sees(pilot, "Look at your paper")
        await pilot.press(way)
        if way == "escape":
            await sees(pilot, "No will was made. The shares just shown are worth nothing")
        if way == "ctrl+l":
            await sees(pilot, "Locked. No will was made. The shares just shown are worth nothing")
        if way != "ctrl+q":
            await forgotten(pilot, shares[0][:40], "', '".join(shares[1].split()[:2]))
    assert would_open(path, list(old)) and not would_open(path, [*shares, shares[0]])


async def test_a_will_that_could_not_be_sealed_stays_on_the_screen(
    desk: KapApp, practice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise CannotSave("There is no room left.")

    async with desk.run_test(size=(80, 40)) as pilot:
        await comes_in(pilot)
        await begins_a_will(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(PracticeWill, "make", full)
            shares = [await writes_a_share_down(pilot, number) for number in (1, 2, 3)]
            await sees(pilot, "There is no room left. Until the new will is sealed, the one before holds.")
        assert not would_open(practice, shares)
        await presses(pilot, "#again")
        assert await writes_a_share_down(pilot, 3) == shares[2]
        await sees(pilot, "Your will holds, for Kim.")
    assert would_open(practice, shares)


async def test_a_wrong_passphrase_or_no_custodian_shows_no_share(desk: KapApp, practice: Path) -> None:
    async with desk.run_test(size=(80, 40)) as pilot:
        await comes_in(pilot)
        await pilot.press("f8")
        await comes_to(pilot, "will")
        await presses(pilot, "#make_will")
        await sees(pilot, "A new will")
        await presses(pilot, "#do")
        await sees(pilot, saying.CUSTODIAN)
        await fills(pilot, custodian="Kim", passphrase="not hers at all")
        await presses(pilot, "#do")
        await sees(pilot, "That is not the passphrase of your door.")
        assert desk.screen.query_one("#passphrase", Field).value == ""
        await pilot.press("escape")
        assert desk.front_screen.NAME == "will"


async def test_a_custodian_tries_two_shares_and_opens_the_practice(
    desk: KapApp, lee: Journal, memory: Path
) -> None:
    shares = generated_shares()
    lee.will.make(shares, "Kim")
    path = lee.path
    lee.close()
    async with desk.run_test(size=(80, 50)) as pilot:
        await presses(pilot, "#forgot")
        await comes_to(pilot, "recover")
        await pilot.press("f4")
        await comes_to(pilot, "shares")
        await presses(pilot, "#try_shares")
        await sees(pilot, "Type two shares from their papers first.")
        first, second = desk.screen.query(WritingArea)
        first.load_text(shares[0])
        second.load_text(generated_shares()[1])
        await presses(pilot, "#try_shares")
        await sees(pilot, "These two shares do not belong together")
        second.load_text("\n".join(f"{n}. {word}" for n, word in enumerate(shares[1].split(), 1)))
        await presses(pilot, "#try_shares")
        await sees(pilot, "These two shares open this practice. Nothing was opened")
        assert desk._journal is None and shares[0] not in str(
            desk.screen.query_one("StatusLine", Static).render()
        )
        await presses(pilot, "#do")
        await fills(pilot, own=AFTER, again=AFTER)
        await presses(pilot, "#do")
        await sees(pilot, "The door has a new passphrase. The shares stay as they are.")
        await sees(pilot, "Hallway")
    unlock(path, label="Dr Lee", passphrase=AFTER, record_folder=memory).close()


async def test_after_a_year_a_quiet_line_says_so(desk: KapApp, lee: Journal) -> None:
    lee.will.make(generated_shares(), "Kim {lock}")
    lee.close()
    with clock.at(clock.now() + dt.timedelta(days=370)):
        async with desk.run_test(size=(140, 40)) as pilot:
            await comes_in(pilot)
            await sees(pilot, "rehearse it when you meet Kim {lock}. Press F8 for that.")
            await sees(pilot, "Hallway")
            await pilot.press("f8")
            await sees(pilot, "Your will is for Kim {lock}.")


async def test_a_couples_journal_knows_no_will(app: KapApp, desk: KapApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot, "Dr Lee")
        await until(pilot, lambda: app.screen.query_one("#new_keys").display)
        assert not app.screen.query_one("#will").display
        await pilot.press("f8")
        assert app.front_screen.NAME == "people"
    async with desk.run_test(size=(140, 40)) as pilot:
        await comes_in(pilot)
        await goes_to_people(pilot, "Dr Lee")
        await presses(pilot, "#will")
        await comes_to(pilot, "will")
