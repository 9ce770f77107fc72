"""Check-ins and after-effects cards at the screens: moved, half done, shared, told to the clinic."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button

from kapjournal import clock
from kapjournal.domain.self_reports import AfterEffects, CheckIn
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal
from kapjournal.tui.screens.check_in import CheckInScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.checklist import Checklist
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.scale import ChoiceRow, Slider, WordRow
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.measure_steps import CALL, comes_back
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]


async def to_the_check_ins(pilot: AppPilot, who: str = "Ana") -> None:
    await enters(pilot, who, PASSPHRASES[who])
    await pilot.press("u")
    await comes_to(pilot, "check-ins")


async def begins(pilot: AppPilot) -> None:
    await to_the_check_ins(pilot)
    await sees(pilot, "There is no check-in yet. n begins one")
    await pilot.press("n")
    await comes_to(pilot, "check-in")
    await sees(pilot, "Feeling understood")


async def begins_a_card(pilot: AppPilot) -> None:
    await to_the_check_ins(pilot)
    await sees(pilot, "There is no check-in yet.")
    await pilot.press("a")
    await comes_to(pilot, "after-effects")
    await sees(pilot, "Slept badly")


def value_of(row: ChoiceRow) -> int | None:
    return row.chosen


def on_the_way(opened: Open, who: str = "Ana") -> list[object]:
    """What another program of hers finds this moment, as after a kill."""
    with opened(who) as journal:
        return [one.said for one in journal.self_report_drafts.all()]


# a check-in


async def test_a_partner_moves_sliders_by_the_keyboard_and_only_they_read_it(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("right", "right", "down", "0", "down", "1", "0", "up", "down", "left")
        await sees(pilot, "Mood 6")
        await pilot.press("down", "a", "tab", *"fine")
        await pilot.press("ctrl+s")
        await sees(pilot, "It is kept. Only you can read it.")
        await sees(pilot, "Mood 6 · Fear 0 · Feeling understood 9 · fine")
    with opened("Ana") as ana, opened("Ben") as ben, opened("Dr Lee") as lee:
        [made] = ana.check_ins.all()
        assert made.said.values == (("fear", 0), ("mood", 6), ("understood", 9))
        assert made.said.line == "fine" and str(made.said.moment) == "after"
        assert ana.self_report_drafts.all() == [] == ben.check_ins.all() == lee.check_ins.all()


async def test_the_mouse_moves_a_slider_and_a_click_on_its_name_leaves_it_out(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        mood = app.screen.query(Slider).first()
        left = mood.gutter.left + 16
        await pilot.mouse_down(mood, offset=(left + 4 * 3, 1))
        await pilot.hover(mood, offset=(left + 4 * 8, 1))
        await pilot.mouse_up(mood, offset=(left + 4 * 8, 1))
        assert value_of(mood) == 8
        await pilot.click(mood, offset=(left + 4 * 2 + 1, 1))
        assert value_of(mood) == 2, "the nearest stop"
        await pilot.click(mood, offset=(mood.size.width, 1))
        assert value_of(mood) == 10
        await pilot.click(mood, offset=(4, 0))
        assert value_of(mood) is None
        when = app.screen.query_one(WordRow)
        when.scroll_visible(animate=False)
        await pilot.pause()
        await pilot.click(
            when,
            offset=(2, 1)
            if when.size.height == 2
            else (2 + len("Before or after a session, if you like") + 4, 0),
        )
        assert value_of(when) == 0
        await pilot.press("escape")
        await sees(pilot, "What you said so far is kept")


@pytest.mark.parametrize("key", ["delete", "backspace", "minus"])
async def test_what_was_moved_is_left_out_again(app: KapApp, opened: Open, key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("7", key, "home", "end", key)
        await sees(pilot, "Mood ·")
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is said yet")


async def test_more_sliders_are_shown_on_demand_and_stay_once_moved(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        assert "Closeness" not in painted(app)
        await sees(pilot, "F4 shows 4 more.")
        await pilot.press("f4")
        await sees(pilot, "Closeness")
        await pilot.press("5", "escape")
        await sees(pilot, "Check-in · not finished")
        await pilot.press("enter")
        await comes_to(pilot, "check-in")
        await sees(pilot, "Calm 5")
        assert "F4" not in painted(app)


async def test_every_value_is_in_the_file_and_a_lock_comes_back_to_it(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("7")
        await until(
            pilot, lambda: [getattr(one, "values", None) for one in on_the_way(opened)] == [(("mood", 7),)]
        )
        await pilot.press("down", "3")
        screen = app.screen
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert isinstance(screen, CheckInScreen) and screen._draft.said.is_empty
        assert [one.chosen for one in screen.query(Slider)] == [None] * len(screen.query(Slider))
        await comes_back(pilot, "Ana")
        await sees(pilot, "Mood 7")
        await sees(pilot, "Fear 3")
        await pilot.press("f8")
        await sees(pilot, "Throw this away?")
        app.screen.query_one("#yes", Button).press()
        await sees(pilot, "It is thrown away.")
    assert on_the_way(opened) == []


async def test_values_that_could_not_be_saved_are_on_the_page_again(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        with monkeypatch.context() as broken:
            broken.setattr("kapjournal.journal.self_report_drafts.SelfReportDrafts.save", lambda *_: 1 / 0)
            await pilot.press("7")
            await sees(pilot, "could not be saved")
            await pilot.press("ctrl+l")
            await sees(pilot, "They are kept until you open your door")
        await comes_back(pilot, "Ana")
        await sees(pilot, "Mood 7")
        await until(pilot, lambda: len(on_the_way(opened)) == 1)


async def test_a_page_on_which_nothing_was_said_leaves_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press("down", "escape")
        await comes_to(pilot, "check-ins")
        assert on_the_way(opened) == []


async def test_one_is_opened_shared_withdrawn_and_deleted(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.check_ins.add(CheckIn(clock.today(), clock.now(), values=(("mood", 4),), line="The lake."))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot)
        await sees(pilot, "Mood 4 · The lake.")
        await pilot.press("enter")
        await comes_to(pilot, "self-report")
        await sees(pilot, "Mood: 4 (0 heavy, 10 light)")
        await pilot.press("w")
        await sees(pilot, "Only you can read it: there is nobody")
        await pilot.press("s")
        await sees(pilot, "Let somebody read this")
        app.screen.query_one(Checklist).select_all()
        await sees(pilot, "This journal is not monitored")
        app.screen.query_one("#share", Button).press()
        await sees(pilot, "can read it now. w stops that.")
        await sees(pilot, "All of you")
        await pilot.press("w")
        await sees(pilot, "Stop sharing this")
        app.screen.query_one(Checklist).select_all()
        app.screen.query_one("#stop", Button).press()
        await sees(pilot, "Stopped sharing.")
        await pilot.press("delete")
        await sees(pilot, "Delete this?")
        app.screen.query_one("#yes", Button).press()
        await sees(pilot, "There is no check-in yet.")


async def test_the_buttons_and_the_readers_of_a_card_stay_in_sight_when_lines_are_open(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot)
        await pilot.press("a")
        await sees(pilot, "Slept badly")
        await pilot.press("y", "down", "down", "y", "down", "down", "y")
        await sees(pilot, "more about it, if you like")
        assert "Done" in painted(app) and "◍ You and Dr Lee" in painted(app)
        await pilot.press("escape")
        await sees(pilot, "n check in")
        await pilot.press("n")
        await sees(pilot, "Before or after a session, if you like")
        assert "Keep it" in painted(app)


async def test_from_when_on_the_partner_can_have_it_is_said_on_the_day_of_a_dose_and_one_step_sends_it(
    app: KapApp, opened: Open
) -> None:
    with opened("Dr Lee") as lee, opened("Ana") as ana:
        lee.sessions.add(kind=SessionKind.DOSING, date=clock.today())
        ana.check_ins.add(CheckIn(clock.today(), clock.now(), values=(("mood", 4),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot)
        await sees(pilot, "Mood 4")
        await pilot.press("enter", "s")
        await sees(pilot, "Let somebody read this")
        app.screen.query_one(Checklist).select_all()
        await sees(pilot, "You can share this with Ben from 10:00 tomorrow. Until")
        await sees(pilot, "Send it now")
        app.screen.query_one("#share", Button).press()
        await sees(pilot, "can read it now.")
    with opened("Ben") as ben:
        assert len(ben.check_ins.all()) == 1


async def test_somebody_elses_numbers_stand_on_their_page_and_in_no_list(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.check_ins.add(CheckIn(clock.today(), clock.now(), values=(("mood", 4),)), "Ben, Dr Lee", now=True)
        ana.check_ins.add(CheckIn(clock.today(), clock.now(), line="quiet"))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot, "Ben")
        await sees(pilot, "Ana shares it with you.")
        assert "Mood" not in painted(app) and "quiet" not in painted(app)
        await pilot.press("enter")
        await sees(pilot, "Mood: 4")
        await pilot.press("s")
        await sees(pilot, "Ana said this; only Ana can share it or take it back.")


async def test_the_clinic_begins_none(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot, "Dr Lee")
        await sees(pilot, "There is nothing here that you can read.")
        await pilot.press("n", "a")
        assert app.front_screen.NAME == "check-ins"


# a card


async def test_a_card_goes_to_the_clinic_and_says_at_once_whom_to_tell(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await begins_a_card(pilot)
        assert "Ben" not in painted(app), "the other partner is not in the list"
        await pilot.press("n", "down", "y", "tab", *"low", "tab")
        assert "Tell the clinic" not in painted(app)
        pain = next(one for one in app.screen.query(WordRow) if one.name == "water-pain")
        pain.focus()
        await pilot.press("y")
        await sees(pilot, "Tell the clinic today.")
        await sees(pilot, CALL)
        await pilot.press("delete")
        await until(pilot, lambda: "Tell the clinic" not in painted(app))
        await pilot.press("right")
        await sees(pilot, "Tell the clinic today.")
        await pilot.press("ctrl+s")
        await sees(pilot, "You and Dr Lee can read it. Tell the clinic today.")
        await sees(pilot, "A drop in mood: low; Pain when passing water")
        await pilot.press("enter")
        await comes_to(pilot, "self-report")
        await sees(pilot, "Tell the clinic today.")
    with opened("Ana") as ana, opened("Ben") as ben, opened("Dr Lee") as lee:
        [card] = lee.after_effects.all()
        assert card.said.answers == (("mood-drop", True), ("sleep", False), ("water-pain", True))
        assert card.said.lines == (("mood-drop", "low"),)
        assert ben.after_effects.all() == [] and ana.self_report_drafts.all() == []


async def test_words_typed_on_a_row_that_is_answered_yes_go_into_its_line(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await begins_a_card(pilot)
        await pilot.press(*"sly")  # before an answer only a first letter means something
        await sees(pilot, "more about it, if you like")
        await types(pilot, "since Monday, only in the morning")
        await pilot.press("ctrl+s")
        await sees(pilot, "Slept badly: since Monday, only in the morning")
    with opened("Ana") as ana:
        [card] = ana.after_effects.all()
        assert card.said.answers == (("sleep", True),)


async def test_a_tab_after_an_answer_goes_into_its_line_before_the_styles_come(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await begins_a_card(pilot)
        row = app.screen.query(WordRow).first()
        row.focus()
        await until(pilot, lambda: row.has_focus)
        monkeypatch.setattr(KapApp, "update_styles", lambda *_, **__: None)
        await pilot.press("y", "tab")
        monkeypatch.undo()
        await until(pilot, lambda: app.focused is not None and str(app.focused.id).endswith(str(row.name)))


async def test_a_card_nobody_is_ticked_on_is_its_authors_alone(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await begins_a_card(pilot)
        await sees(pilot, "This journal is not monitored")
        await pilot.press("y")
        app.screen.query_one(Checklist).deselect_all()
        await until(pilot, lambda: "not monitored" not in painted(app))
        await pilot.press("escape")
        await sees(pilot, "After-effects · not finished")
        await pilot.press("enter")
        await comes_to(pilot, "after-effects")
        assert app.screen.query_one(Checklist).selected == []
        await pilot.press("ctrl+s")
        await sees(pilot, "Only you can read it.")
    with opened("Dr Lee") as lee:
        assert lee.after_effects.all() == []


async def test_a_lines_words_come_back_after_a_lock(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins_a_card(pilot)
        await pilot.press("y", "tab", *"two hours")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await comes_back(pilot, "Ana")
        await comes_to(pilot, "after-effects")
        assert app.screen.query_one("#line-sleep", Field).value == "two hours"


async def test_on_a_due_day_the_course_says_so_quietly_and_the_card_stands_first(
    app: KapApp, opened: Open
) -> None:
    with opened("Dr Lee") as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=clock.today() - dt.timedelta(days=3))
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Day 3 after your dose")
        await pilot.press("u")
        await comes_to(pilot, "check-ins")
        await sees(pilot, "A short card for the clinic. Enter begins.")
        await pilot.press("enter")
        await comes_to(pilot, "after-effects")
        await sees(pilot, "day 3 after your dose")
        await pilot.press("y", "ctrl+s")
        await sees(pilot, "After-effects · day 3")
        await pilot.press("escape")
        await comes_to(pilot, "course")
        await until(pilot, lambda: "after your dose" not in painted(app))


async def test_the_clinic_is_reminded_of_a_card_without_a_name(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        ana.after_effects.add(AfterEffects(clock.today(), clock.now(), answers=(("outside-plan", True),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "something the clinic is to know today.")
        await pilot.press("u")
        await comes_to(pilot, "check-ins")
        await sees(pilot, "Took some outside the plan")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (24, 7)])
async def test_in_a_small_window_a_slider_can_be_moved(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.resize_terminal(*size)
        slider = app.screen.query(Slider).first()
        await pilot.press("4")
        assert slider.chosen == 4
        _, _, has_ends = slider._layout(slider.size.width)
        assert has_ends == (size[0] == 80)
        for line in str(slider.render()).split("\n"):
            assert len(line) <= slider.size.width


# trends


def several(opened: Open) -> None:
    with opened("Ana") as ana:
        for day, mood in ((2, 3), (9, 6)):
            values = (("calm", 5), ("fear", 4), ("mood", mood))
            ana.check_ins.add(CheckIn(dt.date(2026, 3, day), clock.now(), values=values), "Dr Lee", now=True)


async def test_trends_show_as_many_sliders_as_there_is_room_for(app: KapApp, opened: Open) -> None:
    several(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot)
        await sees(pilot, "Mood 6")
        await pilot.press("c")
        await comes_to(pilot, "trends")
        await sees(pilot, "Mood 0 heavy, 10 light")
        await sees(pilot, "session")
        assert "Fear" not in painted(app)
        await pilot.press("right")
        await sees(pilot, "Fear 0 none")
        await pilot.press("left", "left")
        await sees(pilot, "Calm 0 stirred up")
        await pilot.resize_terminal(140, 40)
        await sees(pilot, "Mood 0 heavy")
        await sees(pilot, "Calm 0 stirred up")
        await pilot.press("t")
        await sees(pilot, "9 March 2026: 6")
        await sees(pilot, "2 March 2026: session 1, dose 1")
        assert "change" not in painted(app)


async def test_trends_are_saved_as_a_picture_or_a_table(app: KapApp, opened: Open, tmp_path: Path) -> None:
    several(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot)
        await sees(pilot, "Mood 6")
        await pilot.press("c")
        for presses, name, begins_with in (
            (["enter"], "mood.svg", "<svg"),
            (["end", "enter"], "all.csv", "date,when,session,mood,fear,calm,line"),
        ):
            await sees(pilot, "t table")
            await pilot.press("x")
            await sees(pilot, "Save what?")
            await pilot.press(*presses)
            await comes_to(pilot, "save-trends")
            app.screen.query_one("#file", Field).value = str(tmp_path / name)
            await pilot.press("enter", "enter")  # the second leaves the field of whom to seal it to empty
            await sees(pilot, "Saved as")
            assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins_with)
            await pilot.press("escape")
            await comes_to(pilot, "trends")


async def test_the_clinic_sees_the_trends_of_whose_check_in_it_chose(app: KapApp, opened: Open) -> None:
    several(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_the_check_ins(pilot, "Dr Lee")
        await sees(pilot, "Ana shares it with you.")
        await pilot.press("c")
        await comes_to(pilot, "trends")
        await sees(pilot, "Check-ins of Ana")
        await sees(pilot, "Mood 0 heavy")
