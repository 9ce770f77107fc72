"""A journal is started, and somebody joins at the same keyboard or with a code; the roads that lead there."""

from pathlib import Path

import pytest
from textual.widgets import Select

from kapjournal.config import Loaded, Settings
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, unlock
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import (
    comes_to,
    fills,
    forgotten,
    goes_to_people,
    invites,
    opens,
    presses,
    writes_the_words_down,
)

LEE, ANA = "two chairs and a window", "first light on the lake"


async def test_a_journal_is_started_and_somebody_joins_at_the_same_keyboard(
    nowhere: KapApp, tmp_path: Path, memory: Path
) -> None:
    app, file = nowhere, tmp_path / "ours.kap"
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await comes_to(pilot, "create")
        await fills(pilot, label="Dr Lee", own=LEE, again=LEE, file=str(file))
        await presses(pilot, "#do")
        await writes_the_words_down(pilot)
        await comes_to(pilot, "offer-practice")
        await presses(pilot, "#course")
        await comes_to(pilot, "course")
        await goes_to_people(pilot)
        assert "Therapist · you · keeper" in painted(app)
        code = await invites(pilot, "Ana")
        assert len(code.split()) == 6
        keepers = app._journal
        assert keepers is not None

        await presses(pilot, "#hand-over")
        await sees(pilot, "Turn the screen to Ana")
        await until(pilot, lambda: keepers.is_closed)
        assert code not in " ".join(painted(app).split())
        await pilot.press("enter")
        await comes_to(pilot, "join")
        await sees(pilot, code)
        assert app.screen.query_one("#label", Field).value == "Ana"
        for back in (pilot.press("escape"), presses(pilot, "#back")):  # too early: the code is not lost
            await back
            await sees(pilot, "Turn the screen to Ana")
            assert code not in " ".join(painted(app).split())
            await pilot.press("enter")
            await sees(pilot, code)
        await fills(pilot, own=ANA, again=ANA)
        await presses(pilot, "#do")
        await writes_the_words_down(pilot)
        await sees(pilot, "Dr Lee, open your door once more, so that the keys meet")
        await forgotten(pilot, code)

        await pilot.press("enter")
        await comes_to(pilot, "doors")
        await opens(pilot, LEE)
        await sees(pilot, "Ana and you can share now.")
        await goes_to_people(pilot, "Ana")
        await sees(pilot, "You and Ana have not compared the 60 digits yet.")
        await pilot.press("v")
        await sees(pilot, "Is this Ana?")
        with unlock(file, label="Ana", passphrase=ANA, record_folder=memory) as ana:
            groups = ana.members.comparison_number("Dr Lee").split()
            assert not ana.members.awaits_keeper
        await until(pilot, lambda: groups[0] in painted(app))
        digits = [word for word in painted(app).split() if len(word) == 5 and word.isdecimal()]
        assert digits == groups
        await presses(pilot, "#same")
        await sees(pilot, "they are the same.")
        await sees(pilot, "Partner · verified")
    with unlock(file, label="Dr Lee", passphrase=LEE, record_folder=memory) as lee:
        assert lee.members.get("Ana").verified


async def test_the_newcomer_may_go_on_to_their_own_course(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot)
        await invites(pilot, "Roe", Role.SUPERVISOR)
        await presses(pilot, "#hand-over")
        await comes_to(pilot, "hand-over")
        await pilot.press("enter")
        await comes_to(pilot, "join")
        await fills(pilot, own="only Roe knows this much", again="only Roe knows this much")
        await presses(pilot, "#do")
        await writes_the_words_down(pilot)
        await sees(pilot, "Roe, you are in")
        await presses(pilot, "#course")
        await comes_to(pilot, "course")
        await goes_to_people(pilot)
        await sees(pilot, "Dr Lee has not opened the journal since you joined")


async def test_enter_goes_to_the_next_field_and_starts_nothing(nowhere: KapApp) -> None:
    async with nowhere.run_test() as pilot:
        await pilot.press("enter")
        await comes_to(pilot, "create")
        await types(pilot, "Lee")
        await pilot.press("enter")
        await pilot.pause()
        assert nowhere.front_screen.NAME == "create"
        assert not nowhere.screen.query_one("#do").disabled
        assert isinstance(nowhere.focused, Select)


async def test_a_synced_folder_is_warned_of_before_anything_is_typed(
    made: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "Dropbox"))
    app = KapApp(Loaded(Settings()), theme.load_all(), record_folder=memory, strength=FLOOR)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("enter")
        await comes_to(pilot, "create")
        await sees(pilot, "This looks like a synced folder.")
        await fills(pilot, file=str(tmp_path / "here.kap"))
        await until(pilot, lambda: "This looks like" not in painted(app))
        await pilot.press("escape")
        await pilot.press("down", "down", "enter")
        await comes_to(pilot, "join")
        assert "This looks like" not in painted(app)
        await fills(pilot, file="~/OneDrive/ours.kap")
        await sees(pilot, "This looks like a synced folder.")
    synced = tmp_path / "Nextcloud" / "us.kap"
    synced.parent.mkdir()
    synced.write_bytes((made / "us.kap").read_bytes())
    app = KapApp(Loaded(Settings()), theme.load_all(), path=synced, record_folder=memory)
    async with app.run_test() as pilot:
        await sees(pilot, "This looks like a synced folder.")


async def test_from_several_journals_there_is_a_way_to_start_or_join_one(
    tmp_path: Path, nowhere: KapApp
) -> None:
    for name in ("one.kap", "two.kap"):
        (tmp_path / name).touch()
    async with nowhere.run_test() as pilot:
        await sees(pilot, "two.kap")
        await presses(pilot, "#other-ways")
        await sees(pilot, "Join with a code")
        await pilot.press("down", "down", "down", "enter")
        await sees(pilot, "two.kap")
        assert "Start or join one" not in painted(nowhere)
        await pilot.press("escape", "escape")
        await sees(pilot, "Start or join one")
