"""Signing on the screens of a practice: records of several couples, late ones, a colleague's, at the pad."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.signing import SIGNED_IS_LOCKED, Signer
from kapjournal.journal import Journal, NewRecord, unlock
from kapjournal.presentation import record_view, signing
from kapjournal.tui.screens.record import RecordScreen
from kapjournal.tui.screens.unsigned import UnsignedScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, painted, sees, types, until
from tests.tui.conftest import MORNING
from tests.tui.dose_pad_steps import Clock, made_practice, opened
from tests.tui.people_steps import fills, presses
from tests.tui.test_dose_pad import at_the_pad
from tests.tui.test_records import KIM, comes_in, hallway, kim_joins, lee

__all__ = ["lee"]

NAMED = {"name": "Dr Mina Lee", "credentials": "LMFT"}


def wrote(lee: Journal, day: dt.date, **fields: str) -> str:
    return lee.records.add(NewRecord(RecordKind.PROGRESS, hallway(lee), fields, date=day)).id


async def signs(pilot: AppPilot, **fields: str) -> None:
    await fills(pilot, **{**NAMED, **fields})
    await presses(pilot, "#sign")


async def test_what_waits_is_seen_beside_the_couple_listed_and_signed(lee: Journal, desk: KapApp) -> None:
    today = clock.today()
    wrote(lee, today, plan="Walk in the park.")
    lee.close()
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await until(
            pilot, lambda: "unsigned" in next(x for x in painted(desk).splitlines() if "Hallway" in x)
        )
        await pilot.press("u")
        await until(pilot, lambda: isinstance(desk.screen, UnsignedScreen))
        await sees(pilot, "Walk in the park.")
        await sees(pilot, "Hallway")
        await pilot.press("enter")
        await sees(pilot, "Not signed yet. Press g to sign and lock it.")
        await pilot.press("g")
        await sees(pilot, "Sign this")
        assert not desk.screen.query("#late")
        await signs(pilot)
        await sees(pilot, signing.SIGNED)
        await sees(pilot, "Signed by Dr Mina Lee, LMFT, as author, ")
        await sees(pilot, SIGNED_IS_LOCKED)
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(desk.screen, RecordScreen)
        await pilot.press("escape")
        await sees(pilot, "No record waits for your signature.")
        await pilot.press("escape")
        await sees(pilot, "The two from Graz")
        await until(pilot, lambda: "unsigned" not in painted(desk).split("The two from Graz")[0])


async def test_a_late_entry_asks_why_and_shows_both_days(lee: Journal, desk: KapApp) -> None:
    wrote(lee, dt.date(2026, 3, 2), plan="Walk.")
    lee.close()
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await pilot.press("u")
        await sees(pilot, "Walk.")
        await pilot.press("enter")
        await sees(pilot, "Press g to sign")
        await pilot.press("g")
        await sees(pilot, "This is a late entry.")
        await signs(pilot)
        await sees(pilot, signing.NO_REASON_FOR_LATE)
        await until(pilot, lambda: not desk.screen.query_one("#sign").has_class("-active"))
        await signs(pilot, late="the server was down")
        await sees(pilot, "LATE ENTRY. Service on Mon 2 Mar 2026, written ")
        await sees(pilot, "Reason: the server was down.")


async def test_what_is_added_comes_back_after_a_lock_and_is_signed(lee: Journal, desk: KapApp) -> None:
    record = wrote(lee, clock.today(), plan="Walk.")
    lee.signing.sign(record, signing_as_lee())
    lee.close()
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await pilot.press("home", "r")
        await sees(pilot, "signed")
        await pilot.press("enter")
        await sees(pilot, "Press a for that.")
        await pilot.press("a")
        await sees(pilot, "Addendum, amendment or late entry to “Progress note · both”")
        await types(pilot, "She rang on ")
        await pilot.press("ctrl+l")
        await sees(pilot, "practice.kap")
        desk.screen.query_one(Field).value = MORNING
        await pilot.press("enter")
        await sees(pilot, "She rang on")
        await sees(pilot, " · Addendum, amendment or late entry")
        assert "Observation" not in painted(desk)
        await pilot.press("escape")
        await sees(pilot, "The two from Graz")
        await pilot.press("home", "r")
        await sees(pilot, "Draft: Addition to “Progress note")
        await sees(pilot, "She rang on")
        await pilot.press("home", "enter")
        await sees(pilot, "Addendum, amendment or late entry to “Progress note · both”")
        await pilot.press("escape")
        await sees(pilot, "Draft: Addition to “Progress note")
        await pilot.press("end", "enter")
        await sees(pilot, "What you began to add to this waits. Press a to go on.")
        await pilot.press("a")
        await sees(pilot, "She rang on")
        await types(pilot, "Friday.")
        await pilot.press("ctrl+s")
        await sees(pilot, "Add this to what is signed")
        await signs(pilot, reason="not known then")
        await sees(pilot, signing.ADDED)
        await sees(pilot, "Reason: not known then.")
        await sees(pilot, "She rang on Friday.")


async def test_an_unfinished_addition_is_thrown_away_from_the_list_and_a_process_note_keeps_its_words(
    lee: Journal, desk: KapApp
) -> None:
    process = lee.records.add(NewRecord(RecordKind.PROCESS, hallway(lee), {"text": "mine"}))
    lee.signing.sign(process.id, signing_as_lee())
    page = record_view.addendum_to_write(lee, lee.records.get(process.id))
    lee.drafts.save(replace(page, text=replace(page.text, body="A secret.")))
    lee.close()
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await pilot.press("home", "r")
        await sees(pilot, "Draft: Addition to “Process note")
        assert "secret" not in painted(desk)
        await pilot.press("home", "x")
        await sees(pilot, "The record stays as it was")
        await presses(pilot, "#yes")
        await until(pilot, lambda: "Addition" not in painted(desk))


def signing_as_lee() -> Signer:
    return Signer(NAMED["name"], NAMED["credentials"])


async def test_a_colleague_puts_a_name_under_it_once(
    lee: Journal, desk: KapApp, practice: Path, memory: Path, tmp_path: Path
) -> None:
    record = wrote(lee, clock.today(), plan="Walk.")
    lee.signing.sign(record, signing_as_lee())
    kim_joins(lee, tmp_path)
    lee.records.share(record, "Kim")
    lee.close()
    async with desk.run_test() as pilot:
        await comes_in(pilot, KIM, steps=1)
        await pilot.press("R")
        await sees(pilot, "signed")
        await pilot.press("enter")
        await sees(pilot, "Press c to put your name under it too")
        await pilot.press("g")
        await pilot.pause()
        assert isinstance(desk.screen, RecordScreen), "only its author signs it"
        await pilot.press("c")
        await sees(pilot, "Co-sign this")
        await fills(pilot, name="Kim Roe", credentials="MD")
        await presses(pilot, "#sign")
        await sees(pilot, "Signed by Kim Roe, MD, as co-signer, ")
        await sees(pilot, "Press a to add to it.")
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as again:
        signed = again.signing.of(record)
        assert signed is not None and len(signed.signatures) == 2 and signed.holds


@pytest.fixture
def ten(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def test_a_person_is_cleared_at_the_pad_and_the_other_goes_on(
    journal_file: Path, memory: Path, ten: Clock
) -> None:
    practice = made_practice(journal_file, memory)
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        await types(pilot, "steady on her feet")
        await pilot.press("enter", "c")
        await sees(pilot, "Sign the dosing record of Ana?")
        await sees(pilot, "Not noted of the discharge list: oriented, steady on")
        await signs(pilot)
        await sees(pilot, "The dosing record of Ana is signed")
        await pilot.press("t")
        await pilot.pause()
        assert not painted(app_of(pilot)).count("Tab: another"), "no more rows for Ana"
        await pilot.press("2", "t")
        await sees(pilot, "Ben · said")
        await types(pilot, "still far away")
        await pilot.press("enter", "ctrl+s")
        await sees(pilot, "The dosing record is written.")
    with opened(practice, memory) as lee:
        first, second = sorted(lee.dosing.all(), key=lambda one: one.text.about)
        assert first.is_signed and not second.is_signed
        assert [len(one.text.rows) for one in (first, second)] == [1, 1]
