"""What is typed in one burst with the key that opens a form reaches the field that is meant."""

import asyncio
from time import monotonic

import pytest
from textual.events import Key, Paste
from textual.widgets import Input, TextArea

from kapjournal.tui.modals.invite import InviteModal
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.textual_internals import keys_in_turn
from tests.tui.app_pilot import AppPilot, app_of, enters, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.people_steps import goes_to_people

WORDS = "kettle"


async def bursts(pilot: AppPilot, *keys: str) -> None:
    """Press a key or several, and type a word before the screen has answered any of it."""
    driver = app_of(pilot)._driver
    assert driver is not None
    for key in keys:
        driver.send_message(Key(key, key if len(key) == 1 else {"slash": "/", "enter": "\r"}.get(key)))
    await types(pilot, WORDS)


def in_field(app: KapApp) -> dict[str | None, str]:
    """What stands in the fields of the screen that is shown, by their names; empty ones are left out."""
    typed = {field.id: field.value for field in app.screen.query(Input)}
    typed |= {area.id: area.text for area in app.screen.query(TextArea)}
    return {name: text for name, text in typed.items() if text}


@pytest.mark.parametrize(("key", "field"), [("f3", "words"), ("f4", "code"), ("f6", "file")])
async def test_at_the_doors(app: KapApp, key: str, field: str) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        await bursts(pilot, key)
        await until(pilot, lambda: in_field(app) == {field: WORDS})


async def test_by_a_button_and_on_to_the_passphrase(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        app.screen.query_one("#restore").focus()
        await pilot.pause()
        await bursts(pilot, "enter", "tab", "tab")
        await until(pilot, lambda: in_field(app) == {"passphrase": WORDS})


async def test_what_is_pasted_takes_its_turn(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await sees(pilot, "Go back to a backup")
        driver = app._driver
        assert driver is not None
        for event in (Key("f4", None), Paste("six "), Key("w", "w"), Paste("ords")):
            driver.send_message(event)
        await until(pilot, lambda: in_field(app) == {"code": "six words"})


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        (["p", "i"], "name"),
        (["m"], "file"),
        (["slash"], None),
        (["f9"], "now"),
        (["f6"], "now"),
        (["f7"], "passphrase"),
        (["n"], "page"),
    ],
)
async def test_on_the_course(app: KapApp, keys: list[str], field: str | None) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await bursts(pilot, *keys)
        await until(pilot, lambda: in_field(app) == {field: WORDS})


async def test_what_is_stuck_keeps_no_key_for_ever(app: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys_in_turn, "PATIENCE", 0.05)
    monkeypatch.setattr(KapApp, "_is_at_work", lambda _: True)
    async with app.run_test() as pilot:
        await sees(pilot, "Another journal")
        await types(pilot, WORDS)
        await until(pilot, lambda: in_field(app) == {"passphrase": WORDS})


async def test_on_a_slow_computer_the_end_of_a_burst_is_not_lost(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of two steps takes less than the keys wait for, and both together take longer."""
    shown, at_work, began = InviteModal.on_mount, KapApp._is_at_work, 0.0

    async def late(self: InviteModal) -> None:
        await asyncio.sleep(2)
        shown(self)

    def is_at_work(self: KapApp) -> bool:
        waits_for_its_field = isinstance(self.screen, InviteModal) and self.screen.focused is None
        return at_work(self) or 0 < monotonic() - began < 2 or waits_for_its_field

    monkeypatch.setattr(keys_in_turn, "PATIENCE", 3.0)
    monkeypatch.setattr(InviteModal, "on_mount", late)
    monkeypatch.setattr(InviteModal, "AUTO_FOCUS", "")
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await goes_to_people(pilot)
        began = monotonic()
        monkeypatch.setattr(KapApp, "_is_at_work", is_at_work)
        await types(pilot, f"i{WORDS}")
        await until(pilot, lambda: in_field(app) == {"name": WORDS})
