"""What two approve, on the screens: put to the other, said yes to, narrowed, and nothing kept half typed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.joint import Joint, JointKind, JointText, Standing
from kapjournal.journal import Journal, unlock
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.shell.app import KapApp
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES
from tests.tui.dialogue_steps import opens_beside
from tests.tui.people_steps import comes_to

Open = Callable[[str], Journal]
SIZES = [(80, 24), (140, 40)]


def put(opened: Open, kind: JointKind = JointKind.AGREEMENT, words: str = "Hands, if asked") -> Joint:
    with opened("Ana") as ana:
        return ana.joints.propose(JointText(kind, (("touch", words), ("stop", "Red")), clock.today()))


def held(opened: Open, words: str = "Hands, if asked") -> Joint:
    joint = put(opened, words=words)
    for who in ("Ben", "Dr Lee"):
        with opened(who) as one:
            one.joints.approve(joint.id)
    with opened("Ana") as ana:
        return ana.joints.get(joint.id)


def said_by(opened: Open, who: str) -> list[tuple[Standing, list[str]]]:
    with opened(who) as one:
        return [(joint.standing, [less.line for less in joint.narrowings]) for joint in one.joints.all()]


async def reads(pilot: AppPilot, who: str, count: int = 1) -> None:
    """Open the first of the list."""
    await enters(pilot, who, PASSPHRASES[who])
    await pilot.press("o")
    await comes_to(pilot, "together")
    await until(pilot, lambda: len(pilot.app.screen.query_one("NoteList").options) == count)  # type: ignore[attr-defined]
    await pilot.press("enter")
    await comes_to(pilot, "joint")


@pytest.mark.parametrize("size", SIZES)
async def test_ana_writes_an_agreement_down(app: KapApp, opened: Open, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("o")
        await sees(pilot, "Nothing is written down together yet. n writes something down for both")
        await pilot.press("n")
        await sees(pilot, "What do you write down for both of you?")
        await pilot.press("enter")
        await comes_to(pilot, "joint-form")
        await sees(pilot, "What you type here is kept nowhere until you put it to the other.")
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is said yet: fill in one of its fields.")
        await types(pilot, "Hands, if asked")
        await pilot.press("ctrl+s")
        await comes_to(pilot, "joint")
        await sees(pilot, "Ben and Dr Lee have still to say yes.")
    assert said_by(opened, "Dr Lee") == [(Standing.PROPOSED, [])]


@pytest.mark.parametrize("size", SIZES)
async def test_what_waits_for_a_yes_is_said_and_answered(
    app: KapApp, opened: Open, size: tuple[int, int]
) -> None:
    put(opened, JointKind.PRACTICE, "Tea at nine")
    async with app.run_test(size=size) as pilot:
        await enters(pilot, "Ben", PASSPHRASES["Ben"])
        await sees(pilot, "Ana put something to you: Practice.")
        await pilot.press("o")
        await sees(pilot, "waits for your yes")
        await pilot.press("enter")
        await comes_to(pilot, "joint")
        await sees(pilot, "You have still to say yes.")
        await sees(pilot, "Your yes is to these very words.")
        await pilot.press("l")
        await sees(pilot, "There is nothing to narrow: this is no agreement that holds.")
        await pilot.press("y")
        await sees(pilot, "This holds. The last yes was said on")
        await pilot.press("y")
        await sees(pilot, "You said yes to this.")
    assert said_by(opened, "Ana") == [(Standing.HOLDS, [])] and said_by(opened, "Dr Lee") == []


async def test_a_no_is_asked_for_once_more(app: KapApp, opened: Open) -> None:
    put(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Ben")
        await sees(pilot, "Say no")
        await pilot.press("x")
        await sees(pilot, "Say no to this?")
        await pilot.press("enter", "x")
        await sees(pilot, "The words stay for you two")
        await pilot.press("tab", "enter")
        await sees(pilot, "You said no. Nobody is bound to it.")
    assert said_by(opened, "Ana") == [(Standing.DECLINED, [])]


async def test_less_counts_at_once(app: KapApp, opened: Open) -> None:
    held(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Ben")
        await sees(pilot, "Ask for less")
        await pilot.press("l", "enter")
        await sees(pilot, "Say in one line what you ask for less of.")
        await types(pilot, "no hands today")
        await pilot.press("enter")
        await sees(pilot, "It counts from now on.")
        await sees(pilot, "no hands today")
    assert said_by(opened, "Dr Lee") == [(Standing.HOLDS, ["no hands today"])]


async def test_a_therapist_says_yes_and_narrows_nothing(app: KapApp, opened: Open) -> None:
    joint = put(opened)
    with opened("Ben") as ben:
        ben.joints.approve(joint.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await sees(pilot, "Ana put something to you: Agreement.")
        await pilot.press("o")
        await sees(pilot, "What the two agree on")
        await pilot.press("n")
        await sees(pilot, "What two approve together is written down by one of the partners.")
        await pilot.press("enter")
        await comes_to(pilot, "joint")
        await sees(pilot, "You have still to say yes.")
        await pilot.press("y")
        await sees(pilot, "This holds.")
        await sees(pilot, "Say no")
        await pilot.press("l")
        await sees(pilot, "What a partner asks less of is theirs to say.")
    assert said_by(opened, "Ben") == [(Standing.HOLDS, [])]


async def test_a_new_version_begins_with_what_holds(app: KapApp, opened: Open) -> None:
    held(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Ben")
        await sees(pilot, "New version")
        await pilot.press("n")
        await comes_to(pilot, "joint-form")
        await sees(pilot, "Hands, if asked")
        await pilot.press("ctrl+s")
        await sees(pilot, "Nothing is changed: these are the words from before.")
        await pilot.press("ctrl+end")
        await types(pilot, ", and no hair")
        await pilot.press("ctrl+s")
        await sees(pilot, "Ana and Dr Lee have still to say yes.")
        await sees(pilot, "Holds now: Hands, if asked")
    with opened("Ana") as ana:
        [_, new] = ana.joints.all()
        assert new.text.field("touch") == "Hands, if asked, and no hair"


async def test_leaving_a_form_with_words_asks_and_a_lock_drops_them(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("o", "n")
        await sees(pilot, "What do you write down for both of you?")
        await pilot.press("enter")
        await comes_to(pilot, "joint-form")
        await types(pilot, "Hands")
        await pilot.press("escape")
        await sees(pilot, "Leave without putting it to anybody?")
        await pilot.press("enter")
        await comes_to(pilot, "joint-form")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked. What you had typed for both of you was not kept.")
    with opened("Ana") as ana:
        assert ana.joints.all() == [] and ana.drafts.all() == []


async def test_nothing_is_written_while_a_form_is_filled_in(
    app: KapApp, opened: Open, journal_file: Path
) -> None:
    """Whenever the program is killed, nothing of it is in the file: no byte changes while somebody types."""

    def lies() -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in journal_file.parent.glob(f"{journal_file.name}*")}

    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("o", "n")
        await sees(pilot, "What do you write down for both of you?")
        await pilot.press("enter")
        await comes_to(pilot, "joint-form")
        before = lies()
        await types(pilot, "Hands, if asked")
        for size in ((140, 40), (60, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        form = app.front_screen
        assert next(iter(form.query(FormEntry))).value == "Hands, if asked"
        assert lies() == before
        await pilot.press("ctrl+q")
    with opened("Ana") as ana:
        assert ana.joints.all() == [] and ana.drafts.all() == []


async def test_that_a_partner_left_meanwhile_is_said_and_the_words_stay_to_be_read(
    app: KapApp, opened: Open
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("o", "n")
        await sees(pilot, "What do you write down for both of you?")
        await pilot.press("enter")
        await comes_to(pilot, "joint-form")
        await types(pilot, "Hands, if asked")
        with opened("Dr Lee") as lee:
            lee.members.remove("Ben")
        await pilot.press("ctrl+s")
        await sees(pilot, "This takes two partners, and there are not two in this journal.")
        await sees(pilot, "Hands, if asked")
    with opened("Ana") as ana:
        assert ana.joints.all() == []


async def test_a_partner_who_left_ends_what_held_and_that_is_said(app: KapApp, opened: Open) -> None:
    held(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Ana")
        await sees(pilot, "This holds.")
        with opened("Dr Lee") as lee:
            lee.members.remove("Ben")
        await pilot.press("escape")
        await comes_to(pilot, "together")
        await sees(pilot, "One of those who approved it has left. It held from")
        await pilot.press("enter")
        await comes_to(pilot, "joint")
        await pilot.press("n")
        await sees(pilot, "This takes two partners, and there are not two in this journal.")


async def test_two_programs_of_one_person_say_yes_at_once(app: KapApp, opened: Open) -> None:
    joint = put(opened, JointKind.PRACTICE, "Tea at nine")
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Ben")
        await sees(pilot, "You have still to say yes.")
        with opened("Ben") as other:
            other.joints.approve(joint.id)
        await pilot.press("y")
        await sees(pilot, "It holds.")
    assert said_by(opened, "Ana") == [(Standing.HOLDS, [])]


async def test_two_computers_say_yes_at_once_and_meet(
    app: KapApp, opened: Open, journal_file: Path, memory: Path
) -> None:
    joint = put(opened)
    copy = journal_file.with_name("ben.kap")
    with opened("Ben") as ben:
        ben.copies.for_own_computer(copy)
    away = memory.with_name("away")
    away.mkdir()
    with unlock(copy, label="Ben", passphrase=PASSPHRASES["Ben"], record_folder=away) as other:
        other.joints.approve(joint.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Ben")
        await sees(pilot, "You and Dr Lee have still to say yes.")
        await pilot.press("y")
        await sees(pilot, "Dr Lee has still to say yes.")
    with opened("Ben") as ben:
        ben.copies.merge(copy)
    with opened("Dr Lee") as lee:
        assert lee.joints.approve(joint.id).standing is Standing.HOLDS
    assert said_by(opened, "Ana") == [(Standing.HOLDS, [])]


async def test_what_its_author_took_back_meanwhile_is_said(app: KapApp, opened: Open) -> None:
    joint = put(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        await reads(pilot, "Ben")
        await sees(pilot, "You and Dr Lee have still to say yes.")
        with opened("Ana") as ana:
            ana.joints.take_back(joint.id)
        await pilot.press("y")
        await sees(pilot, "It is gone. Nobody reads it any more.")


@pytest.mark.parametrize("size", SIZES)
async def test_ben_says_yes_at_anas_keyboard(app: KapApp, opened: Open, size: tuple[int, int]) -> None:
    put(opened, JointKind.PRACTICE, "Tea at nine")
    async with app.run_test(size=size) as pilot:
        await reads(pilot, "Ana")
        await sees(pilot, "Ben has still to say yes.")
        await pilot.press("h")
        await opens_beside(pilot, "Ben")
        await sees(pilot, "Ben, do you say yes to these very words?")
        await pilot.press("escape")
        await comes_to(pilot, "joint")
        assert said_by(opened, "Ana") == [(Standing.PROPOSED, [])]
        await pilot.press("h")
        await opens_beside(pilot, "Ben")
        await sees(pilot, "Ben, do you say yes to these very words?")
        assert "Tea at nine" in painted(app), "the words, in the dialog"
        await pilot.press("tab", "enter")
        await sees(pilot, "It holds.")
        await until(pilot, lambda: not app._beside)
        await pilot.press("h")
        await sees(pilot, "Your partner has nothing to say to it.")
    assert said_by(opened, "Ben") == [(Standing.HOLDS, [])]
