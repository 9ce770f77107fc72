"""The dose pad when things go wrong: locks, kills, clocks, odd input; and what is on nobody else's screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste

from kapjournal import paths
from kapjournal.content import pad
from kapjournal.domain.dosing import Row, RowKind, new_row
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.pad import PERSONS
from kapjournal.domain.records import SessionNamed
from kapjournal.journal import OpenPad
from kapjournal.tui.screens.dose_pad import DosePadScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.key_footer import KeyFooter
from kapjournal.tui.widgets.pad_entry import PadEntry
from kapjournal.tui.widgets.pad_lines import PadLines
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.dose_pad_steps import MORNING, TEN, Clock, made_practice, opened, program


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def practice(journal_file: Path, memory: Path, clock: Clock) -> Path:
    return made_practice(journal_file, memory)


async def comes_in(pilot: AppPilot) -> None:
    await types(pilot, MORNING)
    await pilot.press("enter")


async def to_the_pad(pilot: AppPilot) -> None:
    await sees(pilot, "Dr Lee’s door")
    await comes_in(pilot)
    await sees(pilot, "Hallway")
    await pilot.press("enter")
    await sees(pilot, "The course")
    await pilot.press("left", "end")
    await sees(pilot, "Dosing · Mon 9 Mar 2026")
    await pilot.press("t")
    await sees(pilot, "Stop signal")


@asynccontextmanager
async def at_the_pad(
    practice: Path, memory: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[AppPilot]:
    async with program(practice, memory).run_test(size=size) as pilot:
        await to_the_pad(pilot)
        yield pilot


def in_the_file(practice: Path, memory: Path) -> list[Row]:
    """The rows that another program finds this moment, as after a kill."""
    with opened(practice, memory) as lee:
        case = lee.couples.all()[0].case
        found = lee.pads.open(case, SessionNamed(2, TEN.date()), TEN.date()).pad
    return [row for _, row in found.lines]


def words(rows: list[Row]) -> list[str]:
    return [row.fields.get("words", "") for row in rows]


async def test_a_stamp_is_sealed_before_a_word_is_typed_and_words_within_two_seconds(
    practice: Path, memory: Path
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        await until(pilot, lambda: len(in_the_file(practice, memory)) == 1)
        await types(pilot, "the hallway")
        await until(pilot, lambda: words(in_the_file(practice, memory)) == ["the hallway"], 4.0)
        assert pilot.app.screen.query_one(PadEntry).is_open, "she is typing still"
        assert practice.read_bytes().find(b"hallway") == -1


async def test_a_lock_in_the_middle_of_a_line_loses_nothing_and_comes_back_to_the_pad(
    practice: Path, memory: Path
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("2", "t")
        await types(pilot, "one river")
        screen = pilot.app.screen
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert "river" not in painted(app_of(pilot)) and app_of(pilot).theme == "dusk"
        assert isinstance(screen, DosePadScreen) and not screen._page.pad.lines
        await comes_in(pilot)
        await sees(pilot, "said: one river")
        assert isinstance(pilot.app.screen, DosePadScreen) and app_of(pilot).theme == "candle"
        await sees(pilot, "Hallway Session 2")


async def test_words_that_could_not_be_saved_are_on_the_pad_again(
    practice: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(OpenPad, "save", lambda *_: 1 / 0)
            await pilot.press("t")
            await types(pilot, "one river")
            await sees(pilot, "could not be saved")
            await pilot.press("ctrl+l")
            await sees(pilot, "They are kept until you open your door")
        await comes_in(pilot)
        await sees(pilot, "said: one river")
        await until(pilot, lambda: words(in_the_file(practice, memory)) == ["one river"])


async def test_a_pad_that_is_being_taken_away_is_asked_nothing_more(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        pad, footer = pilot.app.screen, pilot.app.screen.query_one(KeyFooter)
        taken_away = pilot.app.pop_screen()
        await pad.query_one(PadLines).remove()
        footer.bindings_changed(pad)
        await taken_away


async def test_a_pad_that_loses_its_lines_as_the_program_ends_is_asked_nothing_more(
    practice: Path, memory: Path
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        pad, footer = pilot.app.screen, pilot.app.screen.query_one(KeyFooter)
        await pad.query_one(PadLines).remove()
        footer.bindings_changed(pad)


async def test_leaving_keeps_the_pad_and_finishing_makes_records(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        await types(pilot, "a")
        await pilot.press("enter", "escape")
        await sees(pilot, "The pad is kept as it is")
        assert app_of(pilot).theme == "dusk"
        await pilot.press("t")
        await sees(pilot, "said: a")
        await pilot.press("ctrl+s")
        await sees(pilot, "The dosing record is written.")
    with opened(practice, memory) as lee:
        [record] = lee.records.own(RecordKind.DOSING, lee.couples.all()[0].case)
        assert words(list(record.text.rows)) == ["a"] and lee.record_drafts.all() == []


async def test_a_pad_on_which_nothing_was_written_leaves_nothing(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing was written on the pad.")
    with opened(practice, memory) as lee:
        assert lee.records.own(RecordKind.DOSING, lee.couples.all()[0].case) == []
        assert lee.record_drafts.all() == []


async def test_a_clock_that_is_set_back_is_told_and_both_times_stand(
    practice: Path, memory: Path, clock: Clock
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("d")
        await sees(pilot, "Ana, dose at 10:00")
        await types(pilot, "80")
        await pilot.press("ctrl+s")
        clock.goes_on(20)
        clock.is_set(-60)
        await sees(pilot, "The clock of this computer was set")
        await pilot.press("t")
        await types(pilot, "after")
        await pilot.press("enter")
        await sees(pilot, "09:20, by a steady clock 10:20")
        await sees(pilot, "+20 min")
        await pilot.press("escape")
        await sees(pilot, "The pad is kept")
        await pilot.press("t")
        await sees(pilot, "by a steady clock 10:20")
        await pilot.press("t")
        await until(pilot, lambda: len(in_the_file(practice, memory)) == 3)
        last = in_the_file(practice, memory)[-1]
        assert f"{last.at:%H:%M} {last.steady:%H:%M}" == "09:20 10:20", "as it was when the pad was left"


async def test_vitals_that_cannot_be_are_named_at_the_row_and_kept(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("v")
        await types(pilot, "1420/84 7x left arm")
        await pilot.press("enter")
        await sees(pilot, "Systolic: “1420” cannot be. It is kept as typed.")
        await until(pilot, lambda: in_the_file(practice, memory))
        await until(pilot, lambda: in_the_file(practice, memory)[0].fields.get("systolic") == "1420")
        assert in_the_file(practice, memory)[0].fields["words"] == "7x left arm"


async def test_back_from_a_dose_takes_its_stamp_away(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("d")
        await sees(pilot, "Ana, dose at 10:00")
        await until(pilot, lambda: len(in_the_file(practice, memory)) == 1)
        await pilot.press("escape")
        await until(pilot, lambda: in_the_file(practice, memory) == [])
        await sees(pilot, "Press t for a line")


async def test_an_unknown_unit_is_kept_and_named_and_a_wrong_time_refused_at_the_field(
    practice: Path, memory: Path
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("d")
        await sees(pilot, "Ana, dose at 10:00")
        await types(pilot, "80")
        await pilot.press("enter")
        await types(pilot, "miligrams")
        pilot.app.screen.query_one("#at").focus()
        await pilot.pause()
        await types(pilot, "25:00")
        await pilot.press("ctrl+s")
        await sees(pilot, "“25:00” is not a time")
        await pilot.press("home", "shift+end")
        await types(pilot, "09:58")
        await pilot.press("ctrl+s")
        await sees(pilot, "09:58")
        await sees(pilot, "Unit: “miligrams” is none of mg")


@pytest.mark.parametrize(
    "typed", ["\x1b[2J\x07bell", "👩‍👩‍👧 שלום עולם", "x" * 40_000, "[/b] [red]not markup"], ids=range(4)
)
async def test_odd_words(practice: Path, memory: Path, typed: str) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        pilot.app.screen.query_one(PadEntry).post_message(Paste(typed))
        await pilot.press("enter")
        wanted = typed.replace("\x1b", "").replace("\x07", "")
        await until(pilot, lambda: words(in_the_file(practice, memory)) == [wanted])
        assert "\x1b" not in painted(app_of(pilot)) and isinstance(pilot.app.screen, DosePadScreen)


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (12, 4)], ids=str)
async def test_in_a_small_window_every_stamp_works(
    practice: Path, memory: Path, size: tuple[int, int]
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.resize_terminal(*size)
        await pilot.press("v")
        await types(pilot, "124/80")
        await pilot.press("enter", "t")
        await types(pilot, "a")
        await pilot.press("enter")
        await until(pilot, lambda: words(in_the_file(practice, memory)) == ["", "a"])


async def test_the_ready_card_says_what_is_open_and_no_verdict(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await sees(pilot, "no ready card yet")
        await pilot.press("2", "t")
        await types(pilot, "before it")
        await pilot.press("enter", "k")
        await sees(pilot, "Medical clearance seen")
        await types(pilot, "cleared 2 March")
        await pilot.press("ctrl+s")
        await sees(pilot, "open: Last food and drink")
        await sees(pilot, "said: before it")
        await pilot.press("t")
        await types(pilot, "after it")
        await pilot.press("enter", "ctrl+s")
        await sees(pilot, "The dosing record is written.")
    with opened(practice, memory) as lee:
        case = lee.couples.all()[0].case
        [card] = lee.records.own(RecordKind.READY, case)
        [record] = lee.records.own(RecordKind.DOSING, case)
        assert card.text.about is PERSONS[1] is record.text.about
        assert words(list(record.text.rows)) == ["before it", "after it"]


async def test_the_rest_of_the_record_and_the_pad_are_one(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        await types(pilot, "one")
        await pilot.press("enter", "r")
        await sees(pilot, "Dosing record")
        await pilot.press("tab")
        await types(pilot, "09:45")
        await pilot.press("ctrl+s")
        await sees(pilot, "said: one")
        await pilot.press("t")
        await types(pilot, "two")
        await pilot.press("enter", "ctrl+s")
        await sees(pilot, "The dosing record is written.")
    with opened(practice, memory) as lee:
        [record] = lee.records.own(RecordKind.DOSING, lee.couples.all()[0].case)
        assert words(list(record.text.rows)) == ["one", "two"] and "09:45" in record.text.fields.values()
        assert not record.beside


async def test_a_lock_on_a_page_over_the_pad_keeps_both(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        await types(pilot, "on the pad")
        await pilot.press("enter", "k")
        await sees(pilot, "Medical clearance seen")
        await types(pilot, "on the card")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
    assert words(in_the_file(practice, memory)) == ["on the pad"]
    with opened(practice, memory) as lee:
        kinds = {draft.kind: draft.fields for draft in lee.record_drafts.all()}
        assert kinds[RecordKind.READY] == {"clearance": "on the card"}


async def test_the_pad_belongs_to_dosing_sessions(practice: Path, memory: Path) -> None:
    async with program(practice, memory).run_test() as pilot:
        await sees(pilot, "Dr Lee’s door")
        await comes_in(pilot)
        await sees(pilot, "Hallway")
        await pilot.press("enter")
        await sees(pilot, "The course")
        await pilot.press("left", "home", "t")
        await sees(pilot, "Choose a dosing session first.")


@pytest.mark.parametrize("label", ["Ana", "Dr Lee"])
async def test_in_a_couples_own_journal_there_is_no_pad(app: KapApp, label: str) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, label, PASSPHRASES[label])
        await pilot.press("left", "end", "t")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, DosePadScreen)
        await pilot.press("f1")
        await sees(pilot, "What this is")
        assert "dose pad" not in painted(app_of(pilot))


def test_the_clinics_file_is_read_once() -> None:
    assert pad.pad() is pad.pad()


@pytest.mark.parametrize("name", ["Ana [A]", "Ana [/]", "[b]Ana", "[@click=app.quit]Ana[/]", "Ana ["])
async def test_a_name_is_words_and_no_markup(practice: Path, memory: Path, name: str) -> None:
    with opened(practice, memory) as lee:
        lee.couples.name_partners(lee.couples.all()[0].case, name, "Ben")
    async with at_the_pad(practice, memory, (140, 40)) as pilot:
        await sees(pilot, f"1 {name}")
        await pilot.press("t")
        await sees(pilot, f"· {name} · said")


async def test_two_people_may_have_rows_of_one_id(practice: Path, memory: Path) -> None:
    with opened(practice, memory) as lee:
        case, session = lee.couples.all()[0].case, SessionNamed(2, TEN.date())
        row = new_row(RowKind.LINE, TEN, {"words": "the same"})
        for about in PERSONS:
            lee.dosing.put(case, about, session, [row])
    async with at_the_pad(practice, memory) as pilot:
        await until(pilot, lambda: painted(app_of(pilot)).count("the same") == 2)
        await pilot.press("end", "x")
        await sees(pilot, "Take this row out?")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: painted(app_of(pilot)).count("the same") == 1)


async def test_the_key_of_the_pad_pressed_twice_opens_one_pad(practice: Path, memory: Path) -> None:
    async with program(practice, memory).run_test() as pilot:
        await sees(pilot, "Dr Lee’s door")
        await comes_in(pilot)
        await sees(pilot, "Hallway")
        await pilot.press("enter")
        await sees(pilot, "The course")
        await pilot.press("left", "end")
        await sees(pilot, "Dosing · Mon 9 Mar 2026")
        for _ in range(2):
            app_of(pilot).open_pad_of(SessionNamed(2, TEN.date()))
        await sees(pilot, "Stop signal")
        await app_of(pilot).workers.wait_for_complete()
        await pilot.pause()
        assert sum(isinstance(screen, DosePadScreen) for screen in pilot.app.screen_stack) == 1


async def test_a_pad_file_that_is_not_used_is_told_at_start(practice: Path, memory: Path) -> None:
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    (paths.config_folder() / "pad.toml").write_text('systolic-line = "150"\n')
    pad._read.cache_clear()
    async with program(practice, memory).run_test(size=(120, 36)) as pilot:
        await sees(pilot, "“systolic-line”: whole numbers between 1 and 400.")
    pad._read.cache_clear()


async def test_a_lock_in_the_middle_of_a_dose_keeps_what_was_typed_of_it(
    practice: Path, memory: Path
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("2", "d")
        await sees(pilot, "Ben, dose at 10:00")
        await types(pilot, "100")
        await pilot.press("tab")
        await types(pilot, "mg")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await comes_in(pilot)
        await sees(pilot, "100 mg")
        turns = [face.has_class("-turn") for face in pilot.app.screen.query("DoseClock")]
        assert turns == [False, True], "whose row was last"


async def test_leaving_a_row_as_it_was_takes_back_what_was_typed(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        await types(pilot, "as it was")
        await pilot.press("enter", "enter")
        await sees(pilot, "Ana, line")
        await types(pilot, "changed")
        await pilot.press("escape")
        await sees(pilot, "said: as it was")
        await until(pilot, lambda: words(in_the_file(practice, memory)) == ["as it was"])


async def test_a_digit_that_chooses_an_effect_chooses_no_person_and_other_asks_what(
    practice: Path, memory: Path
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("2", "f")
        await sees(pilot, "Effect: Ben")
        await pilot.press("1")
        await sees(pilot, "Ben nausea")
        await pilot.press("f")
        await sees(pilot, "ends now")
        await pilot.press("end", "enter")
        await types(pilot, "humming")
        await pilot.press("enter")
        await sees(pilot, "Ben other: humming")


async def test_finishing_says_what_effect_goes_on(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("f")
        await sees(pilot, "Effect: Ana")
        await pilot.press("1")
        await sees(pilot, "Ana nausea")
        await pilot.press("ctrl+s")
        await sees(pilot, "No end is noted of Ana’s nausea.")
        await pilot.press("tab", "enter")
        await sees(pilot, "The dosing record is written.")


async def test_the_rest_of_the_record_is_not_thrown_away_with_what_was_stamped(
    practice: Path, memory: Path
) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("t")
        await types(pilot, "one")
        await pilot.press("enter", "r")
        await sees(pilot, "Dosing record")
        await pilot.press("f8")
        await sees(pilot, "is not thrown away with it")
        await pilot.press("escape")
        await sees(pilot, "said: one")


async def test_a_pad_on_which_nothing_was_typed_is_there_after_a_lock(practice: Path, memory: Path) -> None:
    async with at_the_pad(practice, memory) as pilot:
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await comes_in(pilot)
        await sees(pilot, "Stop signal")
        assert isinstance(pilot.app.screen, DosePadScreen)
