"""A journal is started, and somebody joins at the same keyboard or with a code; the roads that lead there."""

from pathlib import Path

import pytest
from textual.widgets import Select

from kapjournal.config import Loaded, Settings
from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, unlock
from kapjournal.tui import theme
from kapjournal.tui.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.conftest import PASSPHRASES
from tests.tui.hands import (
    comes_to,
    fills,
    forgotten,
    goes_to_people,
    invites,
    opens,
    presses,
    writes_the_words_down,
)
from tests.tui.sight import enters, painted, sees, types, until

LEE, ANA = "two chairs and a window", "first light on the lake"


async def test_a_journal_is_started_and_somebody_joins_at_the_same_keyboard(
    nowhere: KapApp, tmp_path: Path, memory: Path
) -> None:
    app, file = nowhere, tmp_path / "ours.kap"
    async with app.run_test() as seat:
        await seat.press("enter")
        await comes_to(seat, "create")
        await fills(seat, label="Dr Lee", own=LEE, again=LEE, file=str(file))
        await presses(seat, "#do")
        await writes_the_words_down(seat)
        await comes_to(seat, "course")
        await goes_to_people(seat)
        assert "Therapist · you · keeper" in painted(app)
        code = await invites(seat, "Ana")
        assert len(code.split()) == 6
        keepers = app._journal
        assert keepers is not None

        await presses(seat, "#hand-over")
        await sees(seat, "Turn the screen to Ana")
        await until(seat, lambda: keepers.is_closed)
        assert code not in " ".join(painted(app).split())
        await seat.press("enter")
        await comes_to(seat, "join")
        await sees(seat, code)
        assert app.screen.query_one("#label", Field).value == "Ana"
        await fills(seat, own=ANA, again=ANA)
        await presses(seat, "#do")
        await writes_the_words_down(seat)
        await sees(seat, "Dr Lee, open your door once more, so that the keys meet")
        await forgotten(seat, code)

        await seat.press("enter")
        await comes_to(seat, "doors")
        await opens(seat, LEE)
        await sees(seat, "Ana and you can share now.")
        await goes_to_people(seat, "Ana")
        await sees(seat, "You and Ana have not compared the 60 digits yet.")
        await seat.press("v")
        await sees(seat, "Is this Ana?")
        with unlock(file, label="Ana", passphrase=ANA, record_folder=memory) as ana:
            groups = ana.members.comparison_number("Dr Lee").split()
            assert not ana.members.awaits_keeper
        await until(seat, lambda: groups[0] in painted(app))
        digits = [word for word in painted(app).split() if len(word) == 5 and word.isdecimal()]
        assert digits == groups
        await presses(seat, "#same")
        await sees(seat, "they are the same.")
        await sees(seat, "Partner · verified")
    with unlock(file, label="Dr Lee", passphrase=LEE, record_folder=memory) as lee:
        assert lee.members.get("Ana").verified


async def test_the_newcomer_may_go_on_to_their_own_course(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(seat)
        await invites(seat, "Roe", Role.SUPERVISOR)
        await presses(seat, "#hand-over")
        await comes_to(seat, "hand-over")
        await seat.press("enter")
        await comes_to(seat, "join")
        await fills(seat, own="what Roe knows", again="what Roe knows")
        await presses(seat, "#do")
        await writes_the_words_down(seat)
        await sees(seat, "Roe, you are in")
        await presses(seat, "#course")
        await comes_to(seat, "course")
        await goes_to_people(seat)
        await sees(seat, "Dr Lee has not opened the journal since you joined")


async def test_enter_goes_to_the_next_field_and_starts_nothing(nowhere: KapApp) -> None:
    async with nowhere.run_test() as seat:
        await seat.press("enter")
        await comes_to(seat, "create")
        await types(seat, "Lee")
        await seat.press("enter")
        await seat.pause()
        assert nowhere.room.ROOM == "create"
        assert not nowhere.screen.query_one("#do").disabled
        assert isinstance(nowhere.focused, Select)


async def test_a_synced_folder_is_warned_of_before_anything_is_typed(
    made: Path, tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "Dropbox"))
    app = KapApp(Loaded(Settings()), theme.load_all(), memory=memory, strength=FLOOR)
    async with app.run_test(size=(80, 30)) as seat:
        await seat.press("enter")
        await comes_to(seat, "create")
        await sees(seat, "This looks like a synced folder.")
        await fills(seat, file=str(tmp_path / "here.kap"))
        await until(seat, lambda: "This looks like" not in painted(app))
        await seat.press("escape")
        await seat.press("down", "enter")
        await comes_to(seat, "join")
        assert "This looks like" not in painted(app)
        await fills(seat, file="~/OneDrive/ours.kap")
        await sees(seat, "This looks like a synced folder.")
    synced = tmp_path / "Nextcloud" / "us.kap"
    synced.parent.mkdir()
    synced.write_bytes((made / "us.kap").read_bytes())
    app = KapApp(Loaded(Settings()), theme.load_all(), path=synced, memory=memory)
    async with app.run_test() as seat:
        await sees(seat, "This looks like a synced folder.")


async def test_from_several_journals_there_is_a_way_to_start_or_join_one(
    tmp_path: Path, nowhere: KapApp
) -> None:
    for name in ("one.kap", "two.kap"):
        (tmp_path / name).touch()
    async with nowhere.run_test() as seat:
        await sees(seat, "two.kap")
        await presses(seat, "#other-ways")
        await sees(seat, "Join with a code")
        await seat.press("down", "down", "enter")
        await sees(seat, "two.kap")
        assert "Start or join one" not in painted(nowhere)
        await seat.press("escape", "escape")
        await sees(seat, "Start or join one")
