"""Packs on the screens: a request is noted, each thing is read, one is withheld, and the file is made."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, OptionList

from kapjournal import clock
from kapjournal.domain.access_requests import Ground
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.packs import Withheld
from kapjournal.domain.records import SessionNamed
from kapjournal.exchange import age
from kapjournal.exchange.pack import export_pack
from kapjournal.journal import Journal, NewRecord, unlock
from kapjournal.presentation import access_requests as asking
from kapjournal.presentation import packs as saying
from kapjournal.presentation.write_up_leaving import NOT_THE_SAME
from kapjournal.tui.screens.make_pack import MakePackScreen
from kapjournal.tui.screens.pack import PackScreen
from kapjournal.tui.screens.packs import PacksScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.note_list import NoteList
from tests.tui.app_pilot import AppPilot, app_of, at_rest, painted, sees, types, until
from tests.tui.conftest import MORNING
from tests.tui.test_records import hallway

Compare = Callable[..., bool]
MOMENT = dt.datetime(2026, 3, 5, 19, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 4)


@pytest.fixture
def lee(practice: Path, memory: Path) -> Iterator[Journal]:
    """Dr Lee's practice without a screen: a note about each of Ana and Ben, and a safety note."""
    with clock.at(MOMENT), unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        case = hallway(lee)
        lee.couples.name_partners(case, "Ana", "Ben")
        words = {About.FIRST: "She slept well, after all.", About.SECOND: "He did not."}
        for about, said in words.items():
            fields = {"subjective": said, "plan": "Alone on Monday."}
            lee.records.add(NewRecord(RecordKind.PROGRESS, case, fields, about, DAY, SessionNamed(2)))
            lee.records.add(NewRecord(RecordKind.SAFETY, case, {"text": "hush"}, about, DAY))
        fields = {"goals-first": "To sleep.", "goals-second": "To run."}
        lee.records.add(NewRecord(RecordKind.INTAKE, case, fields, date=DAY - dt.timedelta(30)))
        yield lee


async def comes_to(pilot: AppPilot, says: str = asking.NOT_ASKED_YET) -> None:
    """From the door to the packs of Hallway, where something stands."""
    await sees(pilot, "Dr Lee’s door")
    await types(pilot, MORNING)
    await pilot.press("enter")
    await sees(pilot, "Hallway")
    await until(pilot, lambda: app_of(pilot).screen.query_one(OptionList).highlighted is not None)
    await pilot.press("k")
    await until(pilot, lambda: isinstance(app_of(pilot).screen, PacksScreen))
    await sees(pilot, says)


async def looks_through(pilot: AppPilot) -> None:
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app_of(pilot).screen, PackScreen))
    await until(pilot, lambda: app_of(pilot).screen.query_one(NoteList).option_count)


async def test_from_the_request_to_the_file(desk: KapApp, lee: Journal, tmp_path: Path) -> None:
    dest = tmp_path / "own.md"
    async with desk.run_test(size=(80, 24)) as pilot:
        await comes_to(pilot)
        await pilot.press("enter")
        await sees(pilot, "Note who asked, and when, first")
        await pilot.press("d")
        await sees(pilot, asking.NO_OPEN_REQUEST)
        await pilot.press("a")
        await sees(pilot, asking.WHICH_DAY)
        await pilot.press("enter")
        await sees(pilot, "Ana asked on")
        await looks_through(pilot)
        await pilot.press("w")
        await sees(pilot, saying.WITHHELD_ALREADY[:40])
        await pilot.press("down")
        await sees(pilot, "To sleep.")
        await pilot.press("down")
        await sees(pilot, "She slept well")
        await pilot.press("w")
        await sees(pilot, saying.WHICH_GROUND)
        await pilot.press("down", "enter")
        await sees(pilot, "withheld: danger")
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app_of(pilot).screen, MakePackScreen))
        await sees(pilot, "you withhold 1")
        app_of(pilot).screen.query_one("#file", Field).value = str(dest)
        app_of(pilot).screen.query_one("#do", Button).press()
        await sees(pilot, "It stands in the ledger.")
        await pilot.press("escape", "escape")
        await sees(pilot, "answered")
    page = dest.read_text()
    assert "To sleep" in page and "could endanger somebody" in page
    assert not any(words in page for words in ("She slept", "To run", "He did", "hush", "Ben"))
    lee.refresh()
    [request] = lee.packs.requests(hallway(lee))
    assert [ground for _, ground in request.packs[0].withheld] == [Ground.DANGER]


async def test_who_has_no_key_gets_it_sealed_with_a_passphrase(
    desk: KapApp, lee: Journal, tmp_path: Path
) -> None:
    """It is typed twice, and nothing is written unless both are the same."""
    lee.packs.ask(hallway(lee), About.FIRST)
    dest = tmp_path / "own.md.age"
    async with desk.run_test(size=(80, 24)) as pilot:
        await comes_to(pilot)
        await looks_through(pilot)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app_of(pilot).screen, MakePackScreen))
        screen = app_of(pilot).screen
        screen.query_one("#file", Field).value = str(dest)
        screen.query_one("#passphrase", Field).value = "one kettle"
        screen.query_one("#again", Field).value = "two kettles"
        screen.query_one("#do", Button).press()
        await sees(pilot, NOT_THE_SAME)
        await until(pilot, lambda: app_of(pilot).focused is screen.query_one("#again"))
        assert not dest.exists()
        screen.query_one("#again", Field).value = "one kettle"
        screen.query_one("#do", Button).press()
        await sees(pilot, "It stands in the ledger.")
    assert b"To sleep." in age.opened(dest.read_bytes(), passphrase="one kettle")


async def test_a_request_that_was_answered_is_due_no_more(desk: KapApp, lee: Journal, tmp_path: Path) -> None:
    """The list and the pack say the day on which it was answered, and the list how many packs left and,
    with the ledger's key, which."""
    case = hallway(lee)
    lee.packs.ask(case, About.FIRST)
    for name in ("own.md", "own.html"):
        export_pack(lee, lee.packs.gather(case, About.FIRST), [], tmp_path / name)
    with clock.at(MOMENT):
        async with desk.run_test(size=(80, 24)) as pilot:
            await comes_to(pilot)
            await sees(pilot, "answered Thu 5 Mar 2026")
            await sees(pilot, "Asked for on 5 March 2026. 2 packs, the last made on")
            await looks_through(pilot)
            await sees(pilot, "answered Thu 5 Mar 2026")
            assert "due" not in painted(app_of(pilot))
            await pilot.press("escape", "L")
            await sees(pilot, "Own pack, for Ana")
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app_of(pilot).screen, PacksScreen))


async def test_what_was_withheld_stays_so_and_can_go_in_after_all(desk: KapApp, lee: Journal) -> None:
    lee.packs.ask(hallway(lee), About.FIRST)
    async with desk.run_test(size=(140, 40)) as pilot:
        await comes_to(pilot)
        await looks_through(pilot)
        await pilot.press("end", "space")
        await sees(pilot, saying.WHICH_GROUND)
        await pilot.press("enter")
        await sees(pilot, "withheld: confidence")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app_of(pilot).screen, PacksScreen))
        await pilot.press("enter")
        await sees(pilot, "withheld: confidence")
        await pilot.press("end", "w")
        await sees(pilot, saying.WHICH_GROUND)
        await pilot.press("end", "enter")
        await sees(pilot, saying.LEAVE_IT_IN)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app_of(pilot).screen, PacksScreen))
        await pilot.press("d")
        await sees(pilot, asking.NOTING_ANSWERED)
        await pilot.click("#yes")
        await sees(pilot, "It stays in the list.")
    lee.refresh()
    assert lee.packs.open_requests() == []


async def test_what_was_withheld_outlives_a_lock(desk: KapApp, lee: Journal, tmp_path: Path) -> None:
    """To read through a pack takes longer than the lock waits: nothing that was withheld goes in again."""
    lee.packs.ask(hallway(lee), About.FIRST)
    dest = tmp_path / "own.md"
    async with desk.run_test(size=(140, 40)) as pilot:
        await comes_to(pilot)
        await looks_through(pilot)
        await pilot.press("end", "w")
        await sees(pilot, saying.WHICH_GROUND)
        await pilot.press("enter")
        await sees(pilot, "withheld: confidence")
        await pilot.press("ctrl+l")
        await comes_to(pilot, "Asked for on")
        await looks_through(pilot)
        await sees(pilot, "withheld: confidence")
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app_of(pilot).screen, MakePackScreen))
        await sees(pilot, "you withhold 1")
        app_of(pilot).screen.query_one("#file", Field).value = str(dest)
        await pilot.click("#do")
        await sees(pilot, "It stands in the ledger.")
    lee.refresh()
    [request] = lee.packs.requests(hallway(lee))
    assert [ground for _, ground in request.packs[0].withheld] == [Ground.CONFIDENCE]


async def test_the_joint_pack_is_for_whom_the_two_authorise(desk: KapApp, lee: Journal) -> None:
    lee.packs.ask(hallway(lee), About.COUPLE)
    async with desk.run_test(size=(80, 24)) as pilot:
        await comes_to(pilot)
        await pilot.press("end", "enter")
        await sees(pilot, "Nobody is authorised to receive a joint pack yet")


async def test_what_is_due_within_a_week_is_said_where_the_day_begins(desk: KapApp, lee: Journal) -> None:
    with clock.at(MOMENT):
        lee.packs.ask(hallway(lee), About.SECOND, DAY - dt.timedelta(24))
        async with desk.run_test(size=(80, 24)) as pilot:
            await sees(pilot, "Dr Lee’s door")
            await types(pilot, MORNING)
            await pilot.press("enter")
            await sees(pilot, "A pack of Hallway is due on Tue 10 Mar. Press k on them.")


async def test_each_pack_that_left_stands_in_the_ledger_with_what_was_withheld(
    desk: KapApp, lee: Journal, tmp_path: Path
) -> None:
    """However much that is: Tab goes into it. Nobody notes of a pack that it was destroyed."""
    case = hallway(lee)
    for day in range(1, 16):
        date = dt.date(2026, 2, day)
        lee.records.add(NewRecord(RecordKind.CONTACT, case, {"text": "Called."}, About.FIRST, date))
    lee.packs.ask(case, About.FIRST)
    pack = lee.packs.gather(case, About.FIRST)
    withheld = [Withheld(item.id, Ground.DANGER) for item in pack.items if item.kind is RecordKind.CONTACT]
    for name in ("own.md", "own.html"):
        export_pack(lee, lee.packs.gather(case, About.FIRST), withheld, tmp_path / name)
    async with desk.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "Dr Lee’s door")
        await types(pilot, MORNING)
        await pilot.press("enter")
        await sees(pilot, "Hallway")
        await until(pilot, lambda: app_of(pilot).screen.query_one(OptionList).highlighted is not None)
        await pilot.press("L")
        await sees(pilot, "html · right of access · 15 withheld")
        await sees(pilot, "markdown · right of access · 15 withheld")
        await sees(pilot, "Withheld: Contact note, 1 February 2026.")
        await pilot.press("d")
        await sees(pilot, asking.KEEPS_IT[:40])
        await pilot.press("tab", "end")
        await sees(pilot, "SHA-256")


async def test_a_small_window_shows_many_things_at_once_and_the_chosen_one(
    desk: KapApp, lee: Journal
) -> None:
    """Also when what is said below them takes a line more."""
    case = hallway(lee)
    for day in range(1, 16):
        date = dt.date(2026, 2, day)
        lee.records.add(NewRecord(RecordKind.CONTACT, case, {"text": "Called."}, About.FIRST, date))
    lee.packs.ask(case, About.FIRST)
    async with desk.run_test(size=(80, 24)) as pilot:
        await comes_to(pilot)
        await looks_through(pilot)
        await sees(pilot, saying.NEVER)
        assert painted(app_of(pilot)).count(saying.GOES_IN) == 8
        await pilot.press("end", "up", "w")
        await sees(pilot, saying.WHICH_GROUND)
        await pilot.press("enter")
        await sees(pilot, "Withheld: Contact note, 15 February 2026.")
        await sees(pilot, "withheld: confidence")


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_goes_into_a_pack(
    desk: KapApp, lee: Journal, snap_compare: Compare, size: tuple[int, int]
) -> None:
    lee.packs.ask(hallway(lee), About.FIRST)

    async def look(pilot: Pilot[Any]) -> None:
        await comes_to(pilot)
        await looks_through(pilot)
        await pilot.press("end")
        await sees(pilot, "She slept well")
        await pilot.press("w", "enter")
        await sees(pilot, "withheld: confidence")
        await at_rest(pilot)

    with clock.at(MOMENT):
        assert snap_compare(desk, terminal_size=size, run_before=look)


@pytest.mark.usefixtures("still")
def test_the_packs_of_a_couple(desk: KapApp, lee: Journal, snap_compare: Compare) -> None:
    lee.packs.ask(hallway(lee), About.FIRST, DAY - dt.timedelta(40))

    async def look(pilot: Pilot[Any]) -> None:
        await comes_to(pilot)
        await sees(pilot, "due")
        await at_rest(pilot)

    with clock.at(MOMENT):
        assert snap_compare(desk, terminal_size=(80, 24), run_before=look)
