"""A dialogue on the screens: two doors at one keyboard, a step at a time, and what both approved."""

import datetime as dt
from collections.abc import Callable

import pytest
from textual import events
from textual.widgets import Button

from kapjournal import clock
from kapjournal.domain.dialogue import Step
from kapjournal.domain.dialogue_page import KeptPage
from kapjournal.domain.joint import JointKind, Standing
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.journal import Journal
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.modals.put_off import PutOffModal
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.large_type import LargeType
from tests.tui.app_pilot import AppPilot, painted, sees, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.dialogue_steps import (
    FIRST_TURN,
    begins,
    decrypted,
    goes_on,
    goes_to_dialogues,
    kept_place,
    opens_beside,
    screen_of,
    speaks,
)
from tests.tui.people_steps import comes_to
from tests.tui.test_locking import Clocks

Open = Callable[[str], Journal]
SENTINEL = "xylophone"


async def types_the_page(pilot: AppPilot) -> None:
    await pilot.press(*"I miss slow mornings", "enter", *"I was afraid", "enter")
    await pilot.press(*"Tea in bed", "enter", *"Sundays", "enter", *"once a week", "enter")
    await goes_on(pilot, Step.APPROVE)


async def both_say_yes(pilot: AppPilot) -> None:
    await pilot.press("1")
    await sees(pilot, "Ben’s turn")
    await pilot.press("2")
    await until(pilot, lambda: screen_of(pilot)._dialogue.step is Step.THANKS)


async def test_an_evening_from_the_topic_to_thanks(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        assert "Hallway" not in painted(app) and "course" not in painted(app)
        await pilot.press(*"Sundays")
        await goes_on(pilot, *FIRST_TURN[:6])
        await goes_on(pilot, Step.SENDER, key="o")
        await goes_on(pilot, Step.MIRROR, Step.MORE, *FIRST_TURN[6:])
        await goes_on(pilot, Step.WISH, key="o")
        await goes_on(pilot, Step.GIFT, Step.KEEP)
        await types_the_page(pilot)
        await sees(pilot, "A line from Ana: I miss slow mornings")
        with opened("Ben") as ben:
            assert ben.joints.all() == []
        await pilot.press("2")
        assert screen_of(pilot)._page.approved == frozenset(), "the first is asked first"
        await pilot.press("1")
        await sees(pilot, "Ben’s turn")
        await pilot.press("1", "enter")
        assert screen_of(pilot)._dialogue.step is Step.APPROVE, "one key is not the yes of both"
        await pilot.press("2")
        await until(pilot, lambda: screen_of(pilot)._dialogue.step is Step.THANKS)
        await sees(pilot, "It is kept for both of you.")
        await pilot.press("enter")
        await comes_to(pilot, "dialogues")
        await sees(pilot, "A line from Ben: I was afraid")
        await until(pilot, lambda: app._beside == [])
    for label in ("Ana", "Ben"):
        with opened(label) as journal:
            [one] = journal.joints.all(JointKind.DIALOGUE)
            assert one.standing is Standing.HOLDS
            assert one.text.fields == (
                ("topic", "Sundays"),
                ("sender", "Ana"),
                ("summary-first", "I miss slow mornings"),
                ("summary-second", "I was afraid"),
                ("request", "Tea in bed"),
                ("request-when", "Sundays"),
                ("request-how-often", "once a week"),
            )
            assert one.text.review == one.text.date + dt.timedelta(days=7)
            assert journal.dialogue_drafts.current() is None and not journal.findings
    with opened("Dr Lee") as lee:
        assert lee.joints.all() == []


async def test_who_stops_half_way_keeps_nothing(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press(*SENTINEL)
        await goes_on(pilot, *FIRST_TURN[:5])
        await kept_place(pilot)
        await pilot.press("escape")
        await sees(pilot, "Nothing of this is kept")
        await pilot.press("enter")
        assert screen_of(pilot)._dialogue.step is Step.MIRROR
        await pilot.press("escape")
        await sees(pilot, "Stop here?")
        app.screen.query_one("#yes", Button).press()
        await comes_to(pilot, "dialogues")
        await sees(pilot, "Nothing of it was kept.")
    for label in ("Ana", "Ben"):
        with opened(label) as journal:
            assert SENTINEL.encode() not in decrypted(journal)
            assert journal.dialogue_drafts.current() is None and journal.joints.all() == []


@pytest.mark.parametrize("steps", [1, 4, 5, 6, 10, 16, 18, 19])
async def test_a_lock_at_a_step_goes_on_there_and_no_word_is_left(
    app: KapApp, opened: Open, steps: int
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press(*SENTINEL, "enter", "f2")
        for _ in range(steps - 1):
            if screen_of(pilot)._dialogue.may_be_typed:
                await pilot.press(*SENTINEL)
            await pilot.press("enter")
        if screen_of(pilot)._dialogue.step is Step.KEEP:
            await pilot.press(*SENTINEL)
        await kept_place(pilot)
        there, second = screen_of(pilot)._dialogue, app._beside[0]
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        await app.workers.wait_for_complete()
        assert SENTINEL not in painted(app) and app._beside == []
        assert second.is_closed
        for label in ("Ana", "Ben"):
            with opened(label) as journal:
                assert SENTINEL.encode() not in decrypted(journal)
                assert (journal.dialogue_drafts.current() is None) == (label == "Ben")
        await app.enter(opened("Ana"))
        await comes_to(pilot, "course")
        await sees(pilot, "stopped on its way")
        await pilot.press("D")
        await comes_to(pilot, "dialogues")
        await until(pilot, lambda: app.screen._found is not None)  # type: ignore[attr-defined]
        await pilot.press("n")
        await opens_beside(pilot, "Ben")
        await comes_to(pilot, "dialogue")
        await until(pilot, lambda: not screen_of(pilot)._busy)
        assert screen_of(pilot)._dialogue == there
        assert SENTINEL not in painted(app)


async def test_a_quiet_half_hour_closes_both_doors(app: KapApp) -> None:
    clocks = Clocks()
    app._inactivity = clocks.inactivity()
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        first, second = app._journal, app._beside[0]
        clocks.wall += 25 * 60
        clocks.steady += 25 * 60
        await app.lock_if_nobody_is_there()
        assert first is not None and not first.is_closed, "people speak"
        clocks.wall += 10 * 60
        clocks.steady += 10 * 60
        await app.lock_if_nobody_is_there()
        await comes_to(pilot, "doors")
        await app.workers.wait_for_complete()
        assert [one.is_closed for one in (first, second)] == [True, True]


async def test_a_change_asks_both_again_and_a_line_is_left_out(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await speaks(pilot)
        await types_the_page(pilot)
        await pilot.press("1")
        await sees(pilot, "Ben’s turn")
        await pilot.press("down", "down", "x")
        await sees(pilot, "Ana’s turn")
        assert "I was afraid" not in painted(app)
        await pilot.press("1")
        await sees(pilot, "Ben’s turn")
        await pilot.press("t")
        await sees(pilot, "Ana’s turn")
        await sees(pilot, "Your therapists read it, too.")
        await pilot.press("1")
        await sees(pilot, "Ben’s turn")
        await pilot.press("c")
        await sees(pilot, "Only what you type here")
        app.screen.query_one("#request-until", Field).focus()
        await goes_on(pilot, Step.APPROVE)
        await sees(pilot, "Ben’s turn")
        await pilot.press("2")
        await until(pilot, lambda: screen_of(pilot)._dialogue.step is Step.THANKS)
    with opened("Ana") as ana:
        [one] = ana.joints.all()
        assert not one.text.field("summary-second") and one.text.for_therapists
    with opened("Dr Lee") as lee:
        assert [found.id for found in lee.joints.all()] == [one.id]


async def test_who_was_removed_in_between_is_said_and_nothing_is_kept(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await speaks(pilot)
        await types_the_page(pilot)
        await pilot.press("1")
        await sees(pilot, "Ben’s turn")
        with opened("Dr Lee") as lee:
            lee.members.remove("Ben")
        await pilot.press("2")
        await sees(pilot, "Nothing of it was kept.")
        assert screen_of(pilot)._dialogue.step is Step.APPROVE
        assert "there are not two in this journal" in " ".join(painted(app).split())
    with opened("Ana") as ana:
        assert ana.joints.all() == [] and b"slow mornings" not in decrypted(ana)


async def test_nothing_of_a_journal_is_shown_or_begun_from_the_page(app: KapApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await begins(pilot)
        await goes_on(pilot, Step.NOW)
        await pilot.press("ctrl+n")
        await comes_to(pilot, "dialogue")
        await pilot.press("ctrl+p")
        await sees(pilot, "Go on with the next step.")
        said = painted(app)
        for word in ("Search all you can read", "Take notes out", "See who is in this journal", "Hallway"):
            assert word not in said
        await pilot.press("escape", "f1")
        await sees(pilot, "You two speak face to face")


async def test_put_off_it_is_named_to_both_when_they_open_the_journal(app: KapApp, opened: Open) -> None:
    hour = (clock.local(clock.now()) + dt.timedelta(hours=2)).strftime("%H:%M")
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await goes_on(pilot, Step.NOW)
        await pilot.press("o")
        await until(pilot, lambda: isinstance(app.screen, PutOffModal))
        await pilot.press(*"25:00", "enter")
        await sees(pilot, "is not a time")
        app.screen.query_one(Field).value = hour
        await pilot.press("enter")
        await comes_to(pilot, "dialogues")
        await sees(pilot, "Put off until")
        await until(pilot, lambda: app._beside == [])
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        for label in ("Ana", "Ben"):
            await app.enter(opened(label))
            await comes_to(pilot, "course")
            await sees(pilot, f"at {hour}.")
            await pilot.press("ctrl+l")
            await comes_to(pilot, "doors")


async def test_a_request_comes_back_to_both_and_they_look_at_it_together(app: KapApp, opened: Open) -> None:
    now = clock.now()
    async with app.run_test(size=(140, 40)) as pilot:
        await begins(pilot)
        await speaks(pilot)
        await types_the_page(pilot)
        await both_say_yes(pilot)
        await pilot.press("enter", "ctrl+l")
        await comes_to(pilot, "doors")
        with clock.at(now + dt.timedelta(days=7)):
            await app.enter(opened("Ben"))
            await comes_to(pilot, "course")
            await sees(pilot, "You two asked: Tea in bed, Sundays, once a week.")
            await pilot.press("D")
            await comes_to(pilot, "dialogues")
            await until(pilot, lambda: app.screen._found is not None)  # type: ignore[attr-defined]
            await pilot.press("o")
            await opens_beside(pilot, "Ana")
            await comes_to(pilot, "dialogue")
            await until(pilot, lambda: not screen_of(pilot)._busy)
            assert screen_of(pilot)._dialogue.step is Step.KEEP
            assert app.screen.query_one("#request", Field).value == "Tea in bed"
            app.screen.query_one("#request-until", Field).focus()
            await goes_on(pilot, Step.APPROVE)
            await pilot.press("1")
            await sees(pilot, "Ben’s turn")
            await pilot.press("2")
            await until(pilot, lambda: screen_of(pilot)._dialogue.step is Step.THANKS)
    with opened("Ana") as ana:
        before, after = ana.joints.all(JointKind.DIALOGUE)
        assert (before.standing, after.standing) == (Standing.ENDED, Standing.HOLDS)
        assert after.text.field("request") == "Tea in bed"
        assert after.text.review == after.text.date + dt.timedelta(days=7)


# kept for the room


async def test_kept_for_the_room_neither_partner_begins_at_home(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.policies.write(None, DEFAULT_HOUR, dialogue_in_the_room=True)
    said = []
    async with app.run_test(size=(80, 24)) as pilot:
        for label in ("Ana", "Ben"):
            await goes_to_dialogues(pilot, label)
            await sees(pilot, "Dr Lee keeps dialogue for the room for now.")
            await pilot.press("n")
            await comes_to(pilot, "dialogues")
            said.append(painted(app).replace(label, ""))
            await pilot.press("ctrl+l")
            await comes_to(pilot, "doors")
            await until(pilot, lambda: not app.screen.query_one(Field).disabled)
    assert said[0].split() == said[1].split()


async def test_through_the_therapists_door_both_open_theirs(app: KapApp, opened: Open) -> None:
    with opened("Dr Lee") as lee:
        lee.policies.write(None, DEFAULT_HOUR, dialogue_in_the_room=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await goes_to_dialogues(pilot, "Dr Lee")
        await pilot.press("n")
        await opens_beside(pilot, "Ana")
        await sees(pilot, "Turn the keyboard to Ben")
        await pilot.press("escape")
        await comes_to(pilot, "dialogues")
        await until(pilot, lambda: app._beside == [])
        await pilot.press("n")
        await opens_beside(pilot, "Ana")
        await opens_beside(pilot, "Ben")
        await comes_to(pilot, "dialogue")
        await until(pilot, lambda: not screen_of(pilot)._busy)
        await speaks(pilot)
        await types_the_page(pilot)
        await both_say_yes(pilot)
    with opened("Ana") as ana, opened("Dr Lee") as again:
        assert len(ana.joints.all()) == 1 and again.joints.all() == []


# the second door


async def test_another_passphrase_opens_nothing_and_a_lock_closes_what_is_being_opened(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await goes_to_dialogues(pilot)
        await pilot.press("n")
        await sees(pilot, "Turn the keyboard to Ben")
        await sees(pilot, "your passphrase opens your own door beside Ana’s")
        await pilot.press(*PASSPHRASES["Ana"], "enter")
        await sees(pilot, "That did not open a door")
        assert app.screen.query_one(Field).value == ""
        await pilot.press(*PASSPHRASES["Ben"], "enter", "ctrl+l")
        await comes_to(pilot, "doors")
        await app.workers.wait_for_complete()
        assert app._beside == [] or all(one.is_closed for one in app._beside)


# words and windows


@pytest.mark.parametrize("topic", ["x" * 200, "🕯️ tea", "השעה שלנו", "二人で", "{sender} [b]{x}[/b]"])
async def test_a_topic_in_any_script_is_shown_and_kept_as_typed(
    app: KapApp, opened: Open, topic: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        app.screen.query_one("#about", Field).value = topic
        await goes_on(pilot, Step.NOW)
        await goes_on(pilot, *FIRST_TURN[1:])
        await goes_on(pilot, Step.WISH, key="o")
        await goes_on(pilot, Step.KEEP, key="o")
        app.screen.query_one("#request-until", Field).focus()
        await goes_on(pilot, Step.APPROVE)
        await both_say_yes(pilot)
    with opened("Ben") as ben:
        [one] = ben.joints.all()
        assert one.text.field("topic") == topic


async def test_control_characters_are_left_out_of_what_is_pasted(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        app.screen.query_one("#about").post_message(events.Paste("Sun\x1b[31mdays\x07"))
        await until(pilot, lambda: app.screen.query_one("#about", Field).value == "Sun[31mdays")
        await pilot.press("enter", "f2", "enter")
        await until(pilot, lambda: screen_of(pilot)._dialogue.step is Step.ARRIVE)
        app.screen.query_one("#typed").post_message(events.Paste("a\x1b]0;x\x07b"))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: screen_of(pilot)._said == "a]0;xb")
        assert "\x1b" not in painted(app)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20), (40, 16)])
async def test_each_step_fits_at_each_size_and_after_another(app: KapApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await begins(pilot)
        await pilot.press(*"Sundays")
        await pilot.resize_terminal(*size)
        for step in (*FIRST_TURN, Step.SENDER, Step.MIRROR):
            await goes_on(pilot, step)
            await pilot.pause()
            page = screen_of(pilot)
            lines = page.query_one("#lines")
            assert lines.region.bottom <= page.query_one("KeyFooter").region.y, (size, step)
            assert lines.region.height and page.query_one(LargeType).region.height
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "What I’m hearing is" in painted(app)


async def test_a_name_that_cannot_be_drawn_stands_there_in_plain_for_both(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        page = screen_of(pilot)
        page._labels[page._dialogue.second] = "חנה"
        page._is_plain = True
        await goes_on(pilot, *FIRST_TURN[:4])
        await sees(pilot, "A n a s p e a k s")
        await goes_on(pilot, Step.MIRROR)
        await sees(pilot, "חנה mirrors")


async def test_after_it_no_word_stays_in_memory(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await speaks(pilot, SENTINEL)
        page = screen_of(pilot)
        await pilot.press("ctrl+l")
        await comes_to(pilot, "doors")
        assert (page._page, page._topic, page._said) == (KeptPage(), "", "")


async def test_what_the_other_copied_goes_with_their_door(app: KapApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await begins(pilot)
        await pilot.press(*"Sundays")
        await goes_on(pilot, *FIRST_TURN[:4])
        await pilot.press("f2")
        await pilot.press(*SENTINEL)
        page = screen_of(pilot)
        typed = page.query_one("#typed", WritingArea)
        app.copy_to_clipboard(typed.body)
        await pilot.press("f2")
        assert typed.body == "", "typed no more, and not kept behind the page"
        await pilot.press("escape")
        await sees(pilot, "Stop here?")
        app.screen.query_one("#yes", Button).press()
        await comes_to(pilot, "dialogues")
        await until(pilot, lambda: app.clipboard == "")
