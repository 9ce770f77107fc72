"""A therapist's first morning with a practice: her couples, into a journal and back, and what locks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Static

from kapjournal.config import Loaded, Settings
from kapjournal.domain.couples import Couple
from kapjournal.journal import Journal, NewNote, unlock
from kapjournal.journal.search import Search
from kapjournal.presentation import glances as glances_module
from kapjournal.presentation.couples import Glance
from kapjournal.tui.screens.couples import CouplesScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.cast import meet
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, slow, types, until
from tests.tui.conftest import MORNING, PASSPHRASES
from tests.tui.people_steps import fills, offered_words

LEE = PASSPHRASES["Dr Lee"]
Open = Callable[[str], Journal]


async def comes_in(pilot: AppPilot) -> None:
    await sees(pilot, "Dr Lee’s door")
    app_of(pilot).screen.query_one(Field).value = MORNING
    await pilot.press("enter")
    await sees(pilot, "Couples")


async def test_the_practice_of_the_demo_opens_on_its_couples_without_the_tour_of_a_course(
    practice: Path, memory: Path, own_places: Path
) -> None:
    demo = KapApp(Loaded(Settings()), theme.load_all(), path=practice, notice="A demo.", record_folder=memory)
    async with demo.run_test() as pilot:
        await comes_in(pilot)
        await sees(pilot, "Hallway")
        assert isinstance(demo.screen, CouplesScreen)
        await pilot.press("ctrl+l")
        await sees(pilot, "A demo.")
    assert not list(own_places.rglob("toured"))


async def test_one_door_leads_to_every_couple_and_one_key_back(desk: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("For Thursday.", share="Dr Lee"))
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await until(pilot, lambda: "new" in painted(desk) and "no session ahead" in painted(desk))
        await pilot.press("enter")
        await sees(pilot, "The course")
        await sees(pilot, "Hallway Dr Lee")
        for wander in (["slash"], ["p"], ["n"]):
            await pilot.press(*wander, "f10")
            await sees(pilot, "The two from Graz")
            assert isinstance(desk.screen, CouplesScreen) and "Hallway" in painted(desk)
            await pilot.press("home", "enter")
            await sees(pilot, "The course")


async def test_a_journal_that_asks_is_asked_for_and_let_in(desk: KapApp) -> None:
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await sees(pilot, "asks for its own passphrase")
        await pilot.press("end", "enter")
        await sees(pilot, "Your passphrase there")
        await types(pilot, "not this one")
        await pilot.press("enter")
        await sees(pilot, "That did not open a door")
        await pilot.press("enter")
        await sees(pilot, "Your passphrase there")
        desk.screen.query_one("#passphrase", Field).value = LEE
        await pilot.press("enter")
        await sees(pilot, "The two from Graz Dr Lee")
        await pilot.press("f10", "end", "o")
        await sees(pilot, "Let the journal of The two from Graz")
        await fills(pilot, passphrase=LEE)
        await pilot.press("enter")
        await until(pilot, lambda: "asks for its own" not in painted(desk))
        await pilot.press("end", "enter")
        await sees(pilot, "The course")


async def test_a_page_is_kept_when_one_goes_back_or_locks(
    desk: KapApp, journal_file: Path, memory: Path
) -> None:
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await pilot.press("home", "enter")
        await sees(pilot, "The course")
        await pilot.press("ctrl+n")
        await types(pilot, "half a thought")
        await pilot.press("f10")
        await sees(pilot, "The two from Graz")
        assert "half" not in painted(desk)
        await pilot.press("home", "enter")
        await sees(pilot, "half a thought")  # the page, where it was left
        await types(pilot, " and the rest")
        await pilot.press("ctrl+l")
        await sees(pilot, "practice.kap")
        assert "Hallway" not in painted(desk) and desk.sub_title == ""
    with unlock(journal_file, label="Dr Lee", passphrase=LEE, record_folder=memory) as lee:
        assert [draft.text.body for draft in lee.drafts.all()] == ["half a thought and the rest"]


async def test_locking_closes_the_practice_and_the_journal(desk: KapApp) -> None:
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await sees(pilot, "no session ahead")
        practice = desk._journal
        await pilot.press("enter")
        await sees(pilot, "The course")
        journal = desk._journal
        assert practice is not None and journal is not None and journal is not practice
        await pilot.press("ctrl+l")
        await until(pilot, lambda: practice.is_closed and journal.is_closed)
        await sees(pilot, "Locked.")


async def test_a_couple_is_added_and_another_started(
    desk: KapApp, journal_file: Path, memory: Path, tmp_path: Path
) -> None:
    meet(third := tmp_path / "third.kap", memory, PASSPHRASES, title="")
    async with desk.run_test(size=(100, 50)) as pilot:
        await comes_in(pilot)
        await pilot.press("a")
        await sees(pilot, "Add a couple")
        await fills(pilot, name="Hallway", file=str(third), passphrase=LEE)
        desk.screen.query_one("#do", Button).press()
        await sees(pilot, "There is a couple called “Hallway” already.")
        await fills(pilot, name="The third")
        desk.screen.query_one("#do", Button).press()
        await sees(pilot, "The third is in your practice.")
        await pilot.press("n")
        await sees(pilot, "What you call the couple")
        words = await offered_words(pilot)
        await fills(pilot, couple="The fourth", label="Dr Lee", own=words, file=str(tmp_path / "fourth.kap"))
        desk.screen.query_one("#do", Button).press()
        await sees(pilot, "recovery words")
        assert desk._practice is not None
        names = [one.name for one in desk._practice.couples.all()]
        assert names == ["Hallway", "The two from Graz", "The third", "The fourth"]


async def test_names_and_order_are_changed(desk: KapApp) -> None:
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await sees(pilot, "The two from Graz")
        await pilot.press("home", "shift+down")
        await until(pilot, lambda: painted(desk).index("Graz") < painted(desk).index("Hallway"))
        await pilot.press("e")
        await sees(pilot, "What do you call them?")
        desk.screen.query_one(Field).value = "Corridor"
        await pilot.press("enter")
        await until(pilot, lambda: "Corridor" in painted(desk) and "Hallway" not in painted(desk))


async def test_a_journal_that_moved_is_said_and_found(desk: KapApp, journal_file: Path) -> None:
    moved = journal_file.rename(journal_file.with_name("elsewhere.kap"))
    async with desk.run_test(size=(140, 30)) as pilot:
        await comes_in(pilot)
        await sees(pilot, "is not at")
        await pilot.press("home", "l")
        await sees(pilot, "Where is the journal of Hallway?")
        desk.screen.query_one(Field).value = str(moved)
        await pilot.press("enter")
        await sees(pilot, "no session ahead")
        await pilot.press("enter")
        await sees(pilot, "The course")


async def test_a_practice_is_begun_and_is_empty(nowhere: KapApp, tmp_path: Path) -> None:
    async with nowhere.run_test(size=(100, 50)) as pilot:
        await sees(pilot, "Start a practice")
        await pilot.press("down", "enter")
        await sees(pilot, "What you are there")
        assert "partner" not in painted(nowhere).casefold().replace("no partner", "")
        words = await offered_words(pilot)
        await fills(pilot, label="Dr Lee", own=words, file=str(tmp_path / "practice.kap"))
        nowhere.screen.query_one("#do", Button).press()
        await sees(pilot, "recovery words")


async def test_in_a_couples_journal_of_ones_own_nothing_leads_back(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Dr Lee")
        await pilot.press("f10")
        assert "Couples" not in painted(app)


async def test_a_search_across_goes_into_the_journal_where_the_words_are(desk: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("The lighthouse was on.", title="At last", share="Dr Lee"))
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await sees(pilot, "r record")
        await pilot.press("slash")
        await types(pilot, "lightH")
        await sees(pilot, "1 note or record.")
        await sees(pilot, "Not searched: The two from Graz.")
        assert "At last" in painted(desk) and "Hallway" in painted(desk)
        await pilot.press("down", "enter")
        await sees(pilot, "This is the only place.")
        assert "Hallway Dr Lee" in " ".join(painted(desk).split()) and desk.front_screen.NAME == "reader"
        await pilot.press("f10")
        await until(pilot, lambda: desk.front_screen.NAME == "couples")
        await pilot.press("slash")
        await types(pilot, "nowhere")
        await sees(pilot, "Nothing you can read has these words.")
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing you can" not in painted(desk))
        await pilot.press("escape")
        await until(pilot, lambda: desk.front_screen.NAME == "couples")


async def test_a_search_across_is_given_up_when_it_is_locked(
    desk: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("The lighthouse was on.", share="Dr Lee"))
    held = slow(monkeypatch, Search, "once")
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await pilot.press("slash")
        await types(pilot, "lightH")
        await until(pilot, lambda: held.asked)
        await sees(pilot, "Searching…")
        await pilot.press("ctrl+l")
        await sees(pilot, "Dr Lee’s door")
        held.gate.set()
        await pilot.pause(0.2)
        assert "lighthouse" not in painted(desk) and "Hallway" not in painted(desk)


async def explained(pilot: AppPilot) -> str:
    """All that help says of the screen; it is closed again."""
    await pilot.press("f1")
    await sees(pilot, "What this is")
    said = " ".join(str(one.content) for one in app_of(pilot).screen.query(Static))
    await pilot.press("escape")
    return said


async def test_a_page_is_kept_in_the_record_and_named_once_it_is_withdrawn(
    desk: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        kept, other = ana.notes.add_many(
            [
                NewNote("The lighthouse was on.", title="At last", share="Dr Lee"),
                NewNote("Not this.", title="Another", share="Dr Lee"),
            ]
        )
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await pilot.press("home", "w")
        await sees(pilot, "No page that you could read was withdrawn or deleted")
        await pilot.press("enter", "slash")
        await types(pilot, "lightH")
        await sees(pilot, "1 note or record.")
        await pilot.press("down", "enter")
        await sees(pilot, "This is the only place.")
        await pilot.press("k")
        await sees(pilot, "A copy of this page is kept in your record.")
        assert "opened from your practice, k keeps a copy" in await explained(pilot)
        await pilot.press("k")
        await sees(pilot, "This version is kept in your record already.")
        with opened("Ana") as ana:
            ana.notes.withdraw(kept.id, "Dr Lee")
            ana.notes.delete(other.id)
        await pilot.press("f10")
        await until(pilot, lambda: desk.front_screen.NAME == "couples")
        await until(pilot, lambda: "no session ahead" in painted(desk))
        await pilot.press("home", "w")
        await sees(pilot, "kept: At last")
        await sees(pilot, "kept: no")
        assert "Another" not in painted(desk)


async def test_outside_a_practice_nothing_is_kept(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.notes.add(NewNote("The lighthouse was on.", share="Dr Lee"))
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", LEE)
        await sees(pilot, "lighthouse")
        await pilot.press("right", "end", "enter")
        await until(pilot, lambda: app.front_screen.NAME == "reader")
        await pilot.press("k")
        assert "keep-in-record" not in [action.id for action, _ in app.available_actions(app.screen)]
        assert "practice" not in await explained(pilot)


async def test_enter_closes_a_dialog_and_chooses_nothing_under_it(desk: KapApp) -> None:
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        for key, words in (("f1", "Your couples, by the names"), ("w", "Withdrawn: Hallway")):
            await pilot.press("home", key)
            await sees(pilot, words)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(desk.screen, CouplesScreen))
            await pilot.pause(0.2)
            assert isinstance(desk.screen, CouplesScreen)


async def test_back_among_the_couples_only_where_one_was_is_looked_into_again(
    desk: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counted(practice: Journal, couple: Couple) -> Glance:
        looked.append(couple.name)
        return Glance(has_new=not looked[1:])

    monkeypatch.setattr(glances_module, "glance", counted)
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await until(pilot, lambda: "no session ahead" in painted(desk) and len(looked) == 2)
        await pilot.press("p")
        await pilot.press("escape")
        await until(pilot, lambda: desk.front_screen.NAME == "couples")
        await pilot.press("home", "enter")
        await sees(pilot, "The course")
        await pilot.press("f10")
        await until(pilot, lambda: looked == ["Hallway", "The two from Graz", "Hallway"])
        await pilot.press("ctrl+l")
        await sees(pilot, "Dr Lee’s door")
        assert not desk.seen_couples
