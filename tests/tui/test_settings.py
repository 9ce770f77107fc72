import re
from pathlib import Path

import pytest

from kapjournal import config, paths
from kapjournal.config import Loaded, Settings
from kapjournal.content.topics import topics
from kapjournal.presentation.crisis_notice import not_monitored
from kapjournal.tui import actions, custom_keys
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.screens.settings import SettingsScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, enters, painted, sees, until
from tests.tui.conftest import PASSPHRASES


async def at_the_settings(pilot: AppPilot, app: KapApp) -> SettingsScreen:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await pilot.press("comma")
    await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
    assert isinstance(app.screen, SettingsScreen)
    return app.screen


def kept() -> Settings:
    loaded = config.load()
    assert loaded.complaints == ()
    return loaded.settings


def below(app: KapApp, theme: str, by: int = 1) -> str:
    return list(app.themes)[list(app.themes).index(theme) + by]


async def test_colours_show_while_moving_and_escape_puts_the_old_ones_back(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_settings(pilot, app)
        await pilot.press("down")
        assert app.theme == below(app, "dusk")
        await pilot.press("escape")
        assert app.theme == "dusk"
        assert isinstance(app.screen, SettingsScreen)
        await pilot.press("escape")
        await until(pilot, lambda: app.front_screen.NAME == "course")
    assert not config.config_file().exists()


async def test_enter_keeps_the_colours(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_settings(pilot, app)
        await pilot.press("down", "enter")
        await sees(pilot, "from now on.")
        chosen = below(app, "dusk")
        assert kept().theme == chosen
        await pilot.press("down", "tab")
        assert app.theme == chosen


async def test_a_lock_puts_colours_that_were_only_looked_at_back(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_settings(pilot, app)
        await pilot.press("down", "ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, DoorsScreen))
        assert app.theme == "dusk"


async def test_colours_from_the_palette_are_kept(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("ctrl+p", *"candle")
        await sees(pilot, "Use the theme “candle” (dark).")
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "candle")
    assert kept().theme == "candle"


async def test_minutes_and_country_work_at_once_and_are_kept(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_settings(pilot, app)
        minutes = screen.query_one("#lock_minutes", Field)
        minutes.focus()
        minutes.value = "0"
        await pilot.press("enter")
        await sees(pilot, "a whole number of minutes from 1 to 120")
        minutes.value = "7"
        await pilot.press("enter")
        assert app._inactivity.limit == 7 * 60
        await pilot.press("tab")
        country = screen.query_one("#country", Field)
        country.value = "pt"
        await pilot.press("enter")
        await sees(pilot, "No crisis line for PT")
        country.value = "de"
        await pilot.press("enter")
        await sees(pilot, "Crisis lines: Germany")
        country.value = "gb"
        await pilot.press("tab")
        await until(pilot, lambda: app.settings.country == "GB")
        screen.query_one("#backup_days", Field).value = "30"
        await pilot.press("enter")
        await until(pilot, lambda: app.settings.backup_days == 30)
    assert kept() == Settings(lock_minutes=7, country="GB", backup_days=30)


@pytest.mark.parametrize("key", ["tab", "escape"])
@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("#lock_minutes", "500", "locks is a whole number of minutes from 1 to 120. It stays 5."),
        ("#country", "W1", 'The country is a country of two letters, in quotes, such as "US". It stays US.'),
        (
            "#backup_days",
            "366",
            "is due is a whole number of days from 1 to 365, or 0 for never. It stays 14.",
        ),
    ],
)
async def test_what_cannot_be_kept_goes_with_a_word(
    app: KapApp, field: str, typed: str, says: str, key: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_settings(pilot, app)
        entry = screen.query_one(field, Field)
        entry.focus()
        entry.value = typed
        await pilot.press(key)
        await sees(pilot, says)
        assert entry.value in ("5", "US", "14")
        assert app.screen is screen
        await pilot.press("escape")
        await sees(pilot, "The course")
    assert kept() == Settings()


async def choose(pilot: AppPilot, app: KapApp, action: str) -> None:
    listed = app.screen.query_one("#keys")
    listed.focus()
    of_a_couple = [one for one in actions.BY_ID if one not in actions.OF_A_PRACTICE]
    await pilot.press("home", *["down"] * of_a_couple.index(action), "enter")
    await sees(pilot, "Press the new key")


async def test_a_new_key_works_at_once_everywhere(app: KapApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await at_the_settings(pilot, app)
        await choose(pilot, app, "search")
        await pilot.press("n")
        await sees(pilot, "n is taken in the same room: Write a new note.")
        await pilot.press("down")
        await sees(pilot, "needed for moving")
        await pilot.press("z")
        await sees(pilot, "z: Search all you can read.")
        await pilot.press("escape")
        await sees(pilot, "z search")
        await pilot.press("f1")
        await sees(pilot, "z Search all you can read.")
        await pilot.press("escape", "z")
        await until(pilot, lambda: app.front_screen.NAME == "search")
    assert kept().keys == {"search": "z"}


async def test_every_key_goes_back_to_ours(journal_file: Path, memory: Path) -> None:
    config.save(Settings(keys={"search": "z", "from-the-future": "q"}))
    app = KapApp(config.load(), theme.load_all(), path=journal_file, record_folder=memory)
    async with app.run_test(size=(80, 40)) as pilot:
        await at_the_settings(pilot, app)
        await pilot.press("f8")
        await sees(pilot, "Every key is as it was at first.")
        await pilot.press("escape")
        await sees(pilot, "/ search")
    assert kept().keys == {"from-the-future": "q"}


async def test_a_key_that_is_pressed_again_is_as_it_came(app: KapApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await at_the_settings(pilot, app)
        await choose(pilot, app, "search")
        await pilot.press("z")
        await sees(pilot, "z: Search")
        await choose(pilot, app, "search")
        await pilot.press("slash")
        await sees(pilot, "/: Search")
    assert kept().keys == {}


async def test_a_file_that_cannot_be_saved_is_named_and_the_setting_works(app: KapApp) -> None:
    file = config.config_file()
    file.parent.mkdir(parents=True)
    file.write_text("theme = ", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_settings(pilot, app)
        await pilot.press("down", "enter")
        await sees(pilot, "The change holds until you leave.")
        assert app.theme == below(app, "dusk")


def test_no_two_actions_of_ours_want_one_key() -> None:
    wrong = {a.id: no for a in actions.ACTIONS if (no := custom_keys.why_not(a, a.keys, {}))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("action", "key", "why"),
    [
        ("done", "s", "is for writing there"),
        ("help", "h", "is for writing there"),
        ("search", "hyper", "There is no key"),
        ("search", "enter", "needed for moving"),
        ("search", "ctrl+l", "Lock the journal now."),
        ("back", "ctrl+s", "Put these words to the other."),
        ("search", "full_stop", ""),
        ("search", "f11", ""),
        ("search", "ctrl+t", ""),
        ("search", "alt+x", ""),
        ("done", "ctrl+w", ""),
    ],
)
def test_what_key_an_action_can_have(action: str, key: str, why: str) -> None:
    no = custom_keys.why_not(actions.BY_ID[action], key, {})
    assert why in no
    assert bool(why) == bool(no)


def test_keys_can_change_places() -> None:
    assert custom_keys.usable({"write": "d", "drafts": "n"}) == ({"write": "d", "drafts": "n"}, [])


async def test_a_settings_file_with_a_taken_key_is_told(journal_file: Path, memory: Path) -> None:
    app = KapApp(
        Loaded(Settings(keys={"search": "n"})), theme.load_all(), path=journal_file, record_folder=memory
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "The key of “search” stays as it was. n is taken in the same room")
    assert app.changed_keys == {}


async def test_a_clinics_own_line_and_prompts_show_and_what_is_wrong_in_them_is_told(app: KapApp) -> None:
    folder = paths.config_folder()
    folder.mkdir(parents=True)
    (folder / "crisis.toml").write_text('[US]\nline = "our desk or 911"\n[DE]\nline = 1\n', encoding="utf-8")
    (folder / "prompts.toml").write_text('[page]\nprompts = ["Ours today?"]\n[poem]\n', encoding="utf-8")
    async with app.run_test(size=(120, 36)) as pilot:
        await sees(pilot, "line 4: “line” is one line of text, in quotes. “DE” in it is left out.")
        await sees(pilot, "line 3: “poem” is not a kind of note.")
        await at_the_settings(pilot, app)
        await sees(pilot, "Crisis lines: US")
        assert "our desk or 911" in not_monitored("US")
        await pilot.press("escape", "n")
        await pilot.press("f3")
        await sees(pilot, "Page")
        await pilot.press("end", *["up"] * len(topics()), "enter")
        await sees(pilot, "Ours today?")


@pytest.mark.parametrize("size", [(40, 12), (60, 15), (140, 40)])
async def test_the_settings_fit(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await at_the_settings(pilot, app)
        screen.query_one("#keys").focus()
        await pilot.press("end")
        await sees(pilot, "Esc")
        screen.query_one("#body").scroll_end(animate=False)
        await until(pilot, lambda: "config.toml" in re.sub(r"[^\w.]", "", painted(app)))
