"""Write-ups on the screens: the review key by key, what may not leave, names, the ledger, and locks."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import OptionList, Select

from kapjournal import clock
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.review import Decision
from kapjournal.domain.supervision import QUESTION, RECIPIENT, WANTED, Basis
from kapjournal.domain.write_up_work import Choice
from kapjournal.journal import Journal, NewRecord, RecordChange, unlock
from kapjournal.journal.write_ups import WriteUps
from kapjournal.presentation import write_up_answer, write_up_ledger, write_up_standing, write_up_walk
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.screens.answer import AnswerScreen
from kapjournal.tui.screens.doors import DoorsScreen
from kapjournal.tui.screens.leave import LeaveScreen
from kapjournal.tui.screens.ledger import LedgerScreen
from kapjournal.tui.screens.names import NamesScreen
from kapjournal.tui.screens.record_page import RecordPageScreen
from kapjournal.tui.screens.review import ReviewScreen
from kapjournal.tui.screens.supervision import SupervisionScreen
from kapjournal.tui.screens.write_up import WriteUpScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.note_list import NoteList
from tests.tui.app_pilot import AppPilot, app_of, painted, sees, slow, types, until
from tests.tui.conftest import MORNING
from tests.tui.test_records import comes_in_again, hallway

KERN = "Dr Kern"
LOOP = "Ana asks, Ben leaves.\nThen Ana follows, and calls 555-010-7788 from the workshop."


@pytest.fixture
def lee(practice: Path, memory: Path) -> Iterator[Journal]:
    """Dr Lee's practice without a screen, with a write-up of Hallway, who are Ana and Ben."""
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        lee.couples.name_partners(hallway(lee), "Ana", "Ben")
        yield lee


def now(lee: Journal) -> WriteUps:
    """Her write-ups as another program finds them in the file this moment."""
    lee.refresh()
    return lee.write_ups


def written(lee: Journal, loop: str = LOOP) -> str:
    fields = {QUESTION: "How do I stay with both?", WANTED: "challenge me", RECIPIENT: KERN, "loop": loop}
    return lee.records.add(NewRecord(RecordKind.SUPERVISION, hallway(lee), fields, layout="Two pages")).id


def all_decided(lee: Journal, one: str, recipient: str = KERN) -> None:
    review = lee.write_ups.review(one, recipient)
    decisions = [Decision(Choice.ACCEPT, it.id) for it in review.items]
    decisions += [Decision(Choice.NOBODY, it.id) for it in review.words]
    decisions += [Decision(Choice.STORY, it.id, "No.") for it in review.questions]
    assert lee.write_ups.decide(one, recipient, decisions).is_complete


async def opens(pilot: AppPilot, *keys: str) -> None:
    """From the door to the couples, the write-ups of the first, and on by these keys."""
    await sees(pilot, "Dr Lee’s door")
    await types(pilot, MORNING)
    await pilot.press("enter")
    await sees(pilot, "Hallway")
    await until(pilot, lambda: app_of(pilot).screen.query_one(OptionList).highlighted is not None)
    await pilot.press("s")
    await until(pilot, lambda: isinstance(app_of(pilot).screen, SupervisionScreen))
    if keys:
        await until(pilot, lambda: app_of(pilot).screen.query_one(NoteList).option_count)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app_of(pilot).screen, WriteUpScreen))
        await sees(pilot, "▸")
        await pilot.press(*keys)


async def reviews(pilot: AppPilot) -> ReviewScreen:
    await opens(pilot, "v")
    await sees(pilot, write_up_standing.WHO_READS_IT)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app_of(pilot).screen, ReviewScreen))
    await sees(pilot, f"For {KERN}")
    screen = app_of(pilot).screen
    assert isinstance(screen, ReviewScreen)
    return screen


async def is_sealed(pilot: AppPilot, screen: ReviewScreen) -> None:
    await until(pilot, lambda: not screen._is_sealing and not screen._waiting)


def decided(lee: Journal, one: str) -> dict[str, Choice]:
    items = now(lee).review(one, KERN).items
    return {it.text: it.decided.choice for it in items if it.decided}


async def test_each_finding_stands_in_its_text_and_a_key_decides_it(desk: KapApp, lee: Journal) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        screen = await reviews(pilot)
        await sees(pilot, "[Ana] asks, Ben leaves.")
        await sees(pilot, f"{write_up_walk.IN_ITS_PLACE}: ")
        await sees(pilot, "1 of 4")
        await pilot.press("a")
        await sees(pilot, "Ana asks, [Ben] leaves.")
        await pilot.press("left")
        await sees(pilot, "Person · accepted")
        await pilot.press("right", "right")
        await sees(pilot, "3 of 4")
        await is_sealed(pilot, screen)
        await pilot.press("escape")
        await sees(pilot, f"1 of {4 + 5 + len(lee.write_ups.review(one, KERN).words)} looked at for {KERN}")
    assert decided(lee, one) == {"Ana": Choice.ACCEPT}


async def test_a_name_is_never_kept_and_it_is_said_why_and_a_number_is_kept_for_a_reason(
    desk: KapApp, lee: Journal
) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await reviews(pilot)
        await sees(pilot, write_up_walk.MAY_NOT_STAY)
        await pilot.press("k")
        await sees(pilot, "That stays in no write-up")
        await pilot.press("right", "right", "right")
        await sees(pilot, "[555-010-7788]")
        await pilot.press("k")
        await sees(pilot, write_up_walk.KEEP_WHAT[:30])
        await pilot.press("enter")
        await sees(pilot, "stays with a reason")
        await types(pilot, "made up")
        await pilot.press("enter")
        await sees(pilot, "Story check, 1 of 5")
    assert decided(lee, one) == {"555-010-7788": Choice.KEEP}


async def test_other_words_that_say_a_name_are_refused_in_the_dialog(desk: KapApp, lee: Journal) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await reviews(pilot)
        await pilot.press("c")
        await sees(pilot, "Which words stand in its place?")
        await types(pilot, "Ben")
        await pilot.press("enter")
        await sees(pilot, "That stays in no write-up")
        await pilot.press("ctrl+u")
        await types(pilot, "The one")
        await pilot.press("enter")
        await sees(pilot, "[Ben] leaves")
    assert decided(lee, one) == {"Ana": Choice.CHANGE}


async def test_all_like_this_and_more_that_is_marked(desk: KapApp, lee: Journal) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        screen = await reviews(pilot)
        await pilot.press("A")
        await sees(pilot, "Accepted 2 times: “Ana”.")
        await is_sealed(pilot, screen)
        await pilot.press("m")
        await sees(pilot, "Mark more")
        await types(pilot, "nowhere in it")
        await pilot.press("enter")
        await sees(pilot, "does not stand in the text")
        await pilot.press("ctrl+u")
        await types(pilot, "workshop")
        await pilot.press("enter")
        await sees(pilot, "of 5")
        await pilot.press("m")
        await sees(pilot, "Mark more")
        await types(pilot, "follows")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(desk.screen, ReviewScreen))
        await until(pilot, lambda: "follows" in {it.text for it in now(lee).review(one, KERN).items})
    assert {"workshop", "follows"} <= {it.text for it in now(lee).review(one, KERN).items}


async def test_words_are_ticked_and_the_story_is_answered_and_that_is_all(desk: KapApp, lee: Journal) -> None:
    one = written(lee, "They hum Brahms and Vivaldi. They laugh.")
    async with desk.run_test(size=(80, 24)) as pilot:
        await reviews(pilot)
        await sees(pilot, "Words in no dictionary")
        await pilot.press("space", "enter")
        await sees(pilot, "Story check, 1 of 5")
        await pilot.press("enter")
        await sees(pilot, "Answer in a few words")
        await pilot.press("pageup")
        await sees(pilot, "[ ] Vivaldi · They hum Brahms and [Vivaldi]. They laugh.")
        assert "[ ] Brahms" not in painted(desk)
        await pilot.press("space", "enter")
        for number in range(1, 6):
            await sees(pilot, f"Story check, {number} of 5")
            await types(pilot, "yes, they would" if number == 5 else "no")
            await pilot.press("enter")
        await sees(pilot, "A colleague would know them")
        await sees(pilot, write_up_walk.WOULD_BE_KNOWN)
        assert "nothing open" not in painted(desk)
        await pilot.press("ctrl+u")
        await types(pilot, "no, I changed it")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(desk.screen, WriteUpScreen))
        await sees(pilot, "The review is complete")
        await sees(pilot, f"reviewed for {KERN}")
    assert now(lee).review(one, KERN).is_complete


async def test_what_changed_underneath_is_asked_again_and_said_so(desk: KapApp, lee: Journal) -> None:
    one = written(lee)
    all_decided(lee, one)
    record = lee.write_ups.get(one)
    fields = {**record.text.fields, "loop": f"{LOOP}\nBen waits at the car."}
    lee.records.edit(one, RecordChange(fields=fields, seen=record.versions))
    async with desk.run_test(size=(80, 24)) as pilot:
        await reviews(pilot)
        await sees(pilot, "[Ben] waits at the car.")
        await sees(pilot, write_up_walk.CHANGED)


async def test_another_program_changes_it_during_the_review(desk: KapApp, lee: Journal) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        screen = await reviews(pilot)
        record = lee.write_ups.get(one)
        fields = {**record.text.fields, "loop": "Ana asks, Ben stays."}
        lee.records.edit(one, RecordChange(fields=fields, seen=record.versions))
        await pilot.press("a")
        await is_sealed(pilot, screen)
        assert screen._review is not None
        await sees(pilot, "[Ana] asks, Ben stays.")
        await sees(pilot, write_up_walk.CHANGED)


async def test_leaving_waits_until_what_was_decided_is_sealed(
    desk: KapApp, lee: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await reviews(pilot)
        held = slow(monkeypatch, WriteUps, "decide")
        await pilot.press("a", "a", "a", "escape")
        await sees(pilot, write_up_walk.SEALING)
        held.gate.set()
        await until(pilot, lambda: isinstance(desk.screen, WriteUpScreen))
    assert decided(lee, one) == {"Ana": Choice.ACCEPT, "Ben": Choice.ACCEPT}


async def test_a_lock_in_the_review_shows_nothing_and_loses_nothing(desk: KapApp, lee: Journal) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await reviews(pilot)
        await pilot.press("a", "ctrl+l")
        await until(pilot, lambda: isinstance(desk.screen, DoorsScreen))
        await desk.workers.wait_for_complete()
        assert "Ben" not in painted(desk)
    assert decided(lee, one) == {"Ana": Choice.ACCEPT}


async def unlocks(pilot: AppPilot) -> None:
    await until(pilot, lambda: isinstance(app_of(pilot).screen, DoorsScreen))
    await comes_in_again(pilot)


async def test_after_a_lock_one_is_in_the_review_again(desk: KapApp, lee: Journal) -> None:
    written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        screen = await reviews(pilot)
        await pilot.press("a")
        await is_sealed(pilot, screen)
        await pilot.press("c")
        await sees(pilot, "Which words stand in its place?")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(desk.screen, DoorsScreen))
        assert all(KERN not in place for place in desk._places.values()), "no name waits in memory"
        await unlocks(pilot)
        await until(pilot, lambda: isinstance(desk.screen, ReviewScreen))
        await sees(pilot, "Ana asks, [Ben] leaves.")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(desk.screen, WriteUpScreen))
        await pilot.press("ctrl+l")
        await unlocks(pilot)
        await sees(pilot, "Hallway")
        assert not isinstance(desk.screen, ReviewScreen), "it was left before"


async def test_after_a_lock_in_the_form_it_is_left_for_the_stages(desk: KapApp, lee: Journal) -> None:
    written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot, "w")
        await until(pilot, lambda: isinstance(desk.screen, RecordPageScreen))
        await types(pilot, "And ")
        await pilot.press("ctrl+l")
        await unlocks(pilot)
        await until(pilot, lambda: isinstance(desk.screen, RecordPageScreen))
        await sees(pilot, "Hallway")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(desk.screen, WriteUpScreen))
        await sees(pilot, "And ")


async def test_enter_goes_on_and_accepts_nothing(desk: KapApp, lee: Journal) -> None:
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        screen = await reviews(pilot)
        await sees(pilot, "finding 1 of 4 · open: 4 findings")
        await pilot.press("enter")
        await sees(pilot, "finding 2 of 4 · open: 4 findings")
        await is_sealed(pilot, screen)
    assert decided(lee, one) == {}


async def test_every_place_that_is_decided_together_is_shown(desk: KapApp, lee: Journal) -> None:
    written(lee, "Ana asks, Ben leaves, and Ana follows.")
    async with desk.run_test(size=(80, 24)) as pilot:
        await reviews(pilot)
        await sees(pilot, "[Ana] asks, Ben leaves, and [Ana] follows.")
        await sees(pilot, "Person · open · 2 places, decided together")


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (140, 40)])
async def test_a_review_of_odd_text_in_any_window(desk: KapApp, lee: Journal, size: tuple[int, int]) -> None:
    written(lee, "אנה אמרה לבן 👩‍👩‍👧 Ana\u202e asks.\t" + "long " * 200 + "Ben" + " tail" * 500)
    async with desk.run_test(size=size) as pilot:
        await reviews(pilot)
        await sees(pilot, "[Ana")
        await pilot.press("a")
        await sees(pilot, "[Ben]")
        assert "\u202e" not in painted(desk)


async def test_five_hundred_findings(desk: KapApp, lee: Journal) -> None:
    one = written(lee, "\n".join(f"{number}: Ana asks, Ben leaves." for number in range(250)))
    async with desk.run_test(size=(80, 24)) as pilot:
        screen = await reviews(pilot)
        await sees(pilot, "1 of 500")
        await pilot.press("A")
        await sees(pilot, "Accepted 250 times")
        await is_sealed(pilot, screen)
    assert len(decided(lee, one)) == 1
    assert sum(it.decided is not None for it in now(lee).review(one, KERN).items) == 250


async def test_a_write_up_that_is_not_reviewed_does_not_leave(
    desk: KapApp, lee: Journal, tmp_path: Path
) -> None:
    written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot, "l")
        await until(pilot, lambda: isinstance(desk.screen, LeaveScreen))
        desk.screen.query_one("#file", Field).value = str(tmp_path / "case.md")
        await pilot.press("f4")
        await sees(pilot, "is not complete")
        await pilot.press("ctrl+s")
        await sees(pilot, "is not complete")
    assert not (tmp_path / "case.md").exists()
    assert now(lee).departures() == []


async def test_it_leaves_sealed_and_the_basis_says_what_it_needs(
    desk: KapApp, lee: Journal, tmp_path: Path
) -> None:
    one = written(lee)
    all_decided(lee, one)
    async with desk.run_test(size=(140, 40)) as pilot:
        await opens(pilot, "l")
        await until(pilot, lambda: isinstance(desk.screen, LeaveScreen))
        screen = desk.screen
        screen.query_one("#basis", Select).value = Basis.OWN_PROGRAMME.value
        await sees(pilot, "told of it at intake")
        screen.query_one("#file", Field).value = str(tmp_path / "case.html")
        screen.query_one("#passphrase", Field).value = "a long enough one"
        await pilot.press("ctrl+s")
        await sees(pilot, "not the same")
        screen.query_one("#again", Field).value = "a long enough one"
        await pilot.press("ctrl+s")
        await sees(pilot, "There is none that stands for")
        screen.query_one("#basis", Select).value = Basis.DEIDENTIFIED.value
        await pilot.pause()
        await pilot.press("ctrl+s")
        await sees(pilot, "It stands in the ledger")
        await sees(pilot, "It is sealed with a passphrase")
    (left,) = now(lee).departures()
    assert left.format == "html, sealed with age"
    assert (tmp_path / "case.html.age").read_bytes().startswith(b"age-encryption.org/")


async def test_names_are_kept_as_they_are_typed_and_a_lock_keeps_them(desk: KapApp, lee: Journal) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot)
        await sees(pilot, "No write-up yet.")
        await pilot.press("N")
        await until(pilot, lambda: isinstance(desk.screen, NamesScreen))
        await until(pilot, lambda: desk.screen.query(FormEntry))
        await types(pilot, "Benjamin, Benji")
        await until(pilot, lambda: now(lee).names(hallway(lee)) == "Benjamin, Benji")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(desk.screen, DoorsScreen))
        assert "Benj" not in painted(desk)


async def test_a_line_that_is_no_name_is_told_of_and_stays(desk: KapApp, lee: Journal) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot)
        await pilot.press("N")
        await until(pilot, lambda: desk.screen.query(FormEntry))
        await types(pilot, "place: ")
        await pilot.press("escape")
        await sees(pilot, "Line 1 of the names")
        assert isinstance(desk.screen, NamesScreen)


async def test_an_answer_outlives_a_lock_and_is_left_and_taken_up_again(desk: KapApp, lee: Journal) -> None:
    """It is a draft until it is kept: nothing that was typed is lost, what is wrong stays as it was typed."""
    one = written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot, "a")
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))
        await types(pilot, "Ask the silent one.")
        await pilot.press("tab", *"nonsense", "ctrl+s")
        await sees(pilot, "WHO;WHAT")
        await pilot.press("ctrl+l")
        await sees(pilot, "Dr Lee’s door")
        assert "silent" not in painted(desk)
        await types(pilot, MORNING)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))
        await sees(pilot, "nonsense")
        assert "Ask the silent one." in painted(desk)
        await pilot.press("escape")
        await sees(pilot, write_up_standing.BEGUN)
        assert now(lee).replies(one) == []
        await pilot.press("a")
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))
        await pilot.press("tab", "end", *"; ask again", "ctrl+s")
        await sees(pilot, f"The answer of {KERN} is kept.")
    (reply,) = now(lee).replies(one)
    assert (reply.words, [(act.who, act.what) for act in reply.acts]) == (
        "Ask the silent one.",
        [("nonsense", "ask again")],
    )
    assert lee.reply_drafts.all() == []


async def test_a_question_that_a_lock_took_is_told_of(desk: KapApp, lee: Journal) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot)
        await pilot.press("n")
        await sees(pilot, "A new write-up")
        await types(pilot, "Whose fear am I following?")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked. What you had typed was kept nowhere, and is gone.")
        assert "fear" not in painted(desk)


async def test_an_answer_is_thrown_away_after_a_question(desk: KapApp, lee: Journal) -> None:
    written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot, "a")
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))
        await types(pilot, "Ask the silent one.")
        await pilot.press("f8")
        await sees(pilot, write_up_answer.THROW_AWAY)
        await pilot.press("tab", "enter")
        await sees(pilot, write_up_answer.THROWN_AWAY)
    assert lee.reply_drafts.all() == []


async def test_an_answer_comes_from_a_file(desk: KapApp, lee: Journal, tmp_path: Path) -> None:
    one = written(lee)
    (tmp_path / "answer.txt").write_text("Ask the silent one.\n")
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot, "a")
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))
        await pilot.press("f4")
        await sees(pilot, "The file")
        desk.screen.query_one("#file", Field).value = str(tmp_path / "answer.txt")
        await pilot.press("enter", "enter", "enter")
        await sees(pilot, "Ask the silent one.")
        await pilot.press("ctrl+s")
        await sees(pilot, f"The answer of {KERN} is kept.")
    (reply,) = now(lee).replies(one)
    assert reply.words == "Ask the silent one."


async def test_what_is_to_be_destroyed_stands_on_the_couples_screen_and_first_in_the_ledger(
    desk: KapApp, lee: Journal
) -> None:
    one = written(lee)
    all_decided(lee, one)
    leaving = lee.write_ups.leaving(one, KERN, Basis.DEIDENTIFIED)
    with clock.at(clock.now() - dt.timedelta(days=100)):
        lee.write_ups.leave(leaving, "docx", "ab" * 32)
    lee.write_ups.leave(leaving, "markdown", "cd" * 32)
    async with desk.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "Dr Lee’s door")
        await types(pilot, MORNING)
        await pilot.press("enter")
        await sees(pilot, "to be destroyed by now. Press L")
        await pilot.press("L")
        await until(pilot, lambda: isinstance(desk.screen, LedgerScreen))
        await sees(pilot, f"SHA-256 {'ab' * 20}"[:40])
        await pilot.press("d")
        await sees(pilot, write_up_ledger.NOT_TAKEN_BACK[:20])
        await pilot.press("tab", "enter")
        await sees(pilot, "The entry stays.")
        await pilot.press("escape")
        await until(pilot, lambda: "to be destroyed by now" not in painted(desk))
    assert now(lee).destroy_due() == []
    assert [one.destroyed is None for one in now(lee).departures()] == [False, True]


async def test_an_answer_that_is_there_is_read_to_its_end(desk: KapApp, lee: Journal) -> None:
    """Page Down goes on in it under the stages, Enter shows it whole, and the key of the stage adds one."""
    one = written(lee)
    all_decided(lee, one)
    lee.write_ups.leave(lee.write_ups.leaving(one, KERN, Basis.DEIDENTIFIED), "docx", "ab" * 32)
    lee.write_ups.reply(one, "\n".join(f"Line {number}." for number in range(1, 15)), recipient=KERN)
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot, "pagedown")
        await sees(pilot, f"{KERN} as docx")
        await until(pilot, lambda: "Line 1." not in painted(desk) and "Line 6." in painted(desk))
        await pilot.press("enter")
        await until(pilot, lambda: "Line 14." in painted(desk) and "has not left" not in painted(desk))
        [words] = lee.write_ups.words_for(one).values()
        await sees(pilot, f"{words['Ana']} is Ana")
        await pilot.press("escape")
        await sees(pilot, "▸")
        await pilot.press("a")
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))


async def test_the_stages_by_mouse(desk: KapApp, lee: Journal) -> None:
    written(lee)
    async with desk.run_test(size=(80, 24)) as pilot:
        await opens(pilot)
        await until(pilot, lambda: desk.screen.query_one(NoteList).option_count)
        await pilot.click(NoteList, offset=(20, 1))
        await until(pilot, lambda: isinstance(desk.screen, WriteUpScreen))
        await sees(pilot, "▸")
        await pilot.click("#stages", offset=(12, 7))
        await until(pilot, lambda: isinstance(desk.screen, AnswerScreen))
