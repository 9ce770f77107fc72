"""The clinical record on the screens: what a therapist writes after a session, reads, shares, finds again."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.containers import Vertical
from textual.widgets import Button, OptionList, Select

from kapjournal import clock, paths
from kapjournal.config import Loaded, Settings
from kapjournal.content import forms
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import Role
from kapjournal.domain.record_drafts import draft_of_record
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import CannotSave
from kapjournal.journal import FLOOR, Journal, NewNote, NewRecord, RecordChange, join, unlock
from kapjournal.journal.record_drafts import RecordDrafts
from kapjournal.presentation import days
from kapjournal.tui.editor.form_entry import FormEntry
from kapjournal.tui.editor.growing_area import GrowingArea
from kapjournal.tui.screens.record import RecordScreen
from kapjournal.tui.screens.record_page import RecordPageScreen
from kapjournal.tui.screens.records import RecordsScreen
from kapjournal.tui.shell import theme
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, app_of, enters, painted, sees, types, until
from tests.tui.conftest import MORNING, PASSPHRASES
from tests.tui.test_leaving import holders, let_go_of
from tests.tui.test_palette import hits_of

DAY = dt.date(2026, 3, 2)
KIM = "kim opens this door"


@pytest.fixture
def lee(practice: Path, memory: Path) -> Iterator[Journal]:
    """Dr Lee's practice without a screen; Hallway are Ana and Ben."""
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        lee.couples.name_partners(hallway(lee), "Ana", "Ben")
        yield lee


def hallway(journal: Journal) -> CaseId:
    return journal.couples.get("Hallway").case


def progress(lee: Journal, **fields: str) -> NewRecord:
    said = fields or {"subjective": "They slept badly.", "plan": "Meet on Monday."}
    return NewRecord(RecordKind.PROGRESS, hallway(lee), said, date=DAY, session=SessionNamed(3))


def kim_joins(lee: Journal, folder: Path) -> None:
    """A colleague, at another computer."""
    code = lee.members.invite("Kim", Role.CO_THERAPIST, strength=FLOOR)
    kim, _ = join(
        lee.path,
        code=code,
        label="Kim",
        passphrase=KIM,
        with_recovery=False,
        strength=FLOOR,
        record_folder=folder / "kim",
    )
    with kim:
        for journal in (lee, kim, lee):
            journal.refresh()


async def comes_in(pilot: AppPilot, passphrase: str = MORNING, *, steps: int = 0) -> None:
    """Open a door of the practice, so many below the first."""
    await sees(pilot, "practice.kap")
    await pilot.press("home", *["down"] * steps, "enter")
    app_of(pilot).screen.query_one(Field).value = passphrase
    await pilot.press("enter")
    await sees(pilot, "Couples")


async def opens_the_record(pilot: AppPilot) -> None:
    """From the door to the record of Hallway."""
    await comes_in(pilot)
    await sees(pilot, "Hallway")
    await pilot.press("home", "r")
    await comes_to(pilot, RecordsScreen)


async def comes_to(pilot: AppPilot, screen: type) -> None:
    await until(pilot, lambda: isinstance(app_of(pilot).screen, screen))


async def begins(pilot: AppPilot, title: str) -> None:
    """Choose a form from the record."""
    await pilot.press("n")
    await sees(pilot, "What do you want to write?")
    rows = app_of(pilot).screen.query_one(OptionList)
    rows.highlighted = next(at for at, one in enumerate(rows.options) if str(one.prompt).startswith(title))
    await pilot.press("enter")


def entry(app: KapApp, name: str) -> FormEntry:
    return next(one for one in app.screen.query(FormEntry) if one.name_of == name)


async def goes_to(pilot: AppPilot, name: str) -> None:
    entry(app_of(pilot), name).go_to()
    await pilot.pause()


async def chooses(pilot: AppPilot, name: str, value: str) -> None:
    entry(app_of(pilot), name).query_one(Select).value = value
    await pilot.pause()


async def comes_in_again(pilot: AppPilot) -> None:
    await sees(pilot, "practice.kap")
    await app_of(pilot).workers.wait_for_complete()
    app_of(pilot).screen.query_one(Field).value = MORNING
    await pilot.press("enter")


async def test_a_progress_note_is_written_read_changed_and_looked_back_at(desk: KapApp, lee: Journal) -> None:
    lee.close()
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await sees(pilot, "There is nothing in the record of this couple yet. Press n to write.")
        assert "Hallway" in painted(desk).splitlines()[0]
        assert "reviewed" not in painted(desk)
        await begins(pilot, "Progress note")
        await sees(pilot, "Only you can read this.")
        await sees(pilot, "First partner: Ana. Second partner: Ben.")
        await types(pilot, "They slept badly.")
        await goes_to(pilot, "plan")
        await types(pilot, "Meet on Monday.")
        await goes_to(pilot, "session")
        await types(pilot, "3")
        await chooses(pilot, "about", "second")
        await pilot.press("ctrl+s")
        await sees(pilot, "It is a record now. Only you can read it.")
        await sees(pilot, "Progress note · session 3 · Ben")
        await sees(pilot, f"May be reviewed from {days.long_day(clock.years_later(clock.today(), 7))}")
        await pilot.press("enter")
        await comes_to(pilot, RecordScreen)
        await sees(pilot, "Subjective: both They slept badly. Plan Meet on Monday.")
        await pilot.press("e")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "Again. ")
        await pilot.press("ctrl+s")
        await sees(pilot, "It is changed.")
        await sees(pilot, "Again. They slept badly.")
        await pilot.press("h")
        await sees(pilot, "The versions of “Progress note · session 3 · Ben”")
        await sees(pilot, "Subjective: both - They slept badly. + Again. They slept badly.")


async def test_a_form_about_one_partner_asks_which_by_their_names(desk: KapApp, lee: Journal) -> None:
    lee.close()
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Individual safety note")
        await sees(pilot, "Individual safety note: about whom?")
        await pilot.press("down", "enter")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "Asked alone.")
        await pilot.press("ctrl+s")
        await sees(pilot, "Individual safety note · Ben")
        assert "Asked" not in painted(desk), "no list shows words of a safety note"


async def test_what_is_wrong_is_named_at_its_field_and_stays_as_typed(desk: KapApp, lee: Journal) -> None:
    async with desk.run_test(size=(80, 80)) as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Progress note")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "They slept.")
        await goes_to(pilot, "next-date")
        await types(pilot, "soon")
        await goes_to(pilot, "session")
        await types(pilot, "third")
        await pilot.press("ctrl+s")
        await sees(pilot, "2 fields are not right yet")
        await sees(pilot, "Session: a number between 1 and 9999, or none.")
        await sees(pilot, "soon")
        await sees(pilot, "Next date: not a day. Write it as YYYY-MM-DD.")
        assert entry(desk, "session").query_one(Field).has_focus
        assert lee.records.all() == []
        await pilot.press("home", "shift+end", "4")
        await until(pilot, lambda: "Session: a number" not in painted(desk))
        await goes_to(pilot, "next-date")
        await pilot.press("home", "shift+end")
        await types(pilot, "2026-03-09")
        await pilot.press("ctrl+s")
        await comes_to(pilot, RecordsScreen)
    lee.refresh()
    (written,) = lee.records.all()
    assert written.text.fields == {"subjective": "They slept.", "next-date": "2026-03-09"}
    assert written.text.session == SessionNamed(4) and written.readers == {lee.me.id}


async def test_another_layout_keeps_every_text_while_one_writes_and_afterwards(
    desk: KapApp, lee: Journal
) -> None:
    async with desk.run_test(size=(80, 100)) as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Progress note")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "They slept.")
        await chooses(pilot, "layout", "DAP")
        await sees(pilot, "What was reported and what was observed.")
        await sees(pilot, "They slept.")
        await goes_to(pilot, "data")
        await types(pilot, "So they say.")
        await chooses(pilot, "layout", "GIRP")
        await sees(pilot, "Goal")
        assert "Objective" not in painted(desk), "an empty field of another layout"
        await pilot.press("ctrl+s")
        await comes_to(pilot, RecordsScreen)
        await pilot.press("enter")
        await comes_to(pilot, RecordScreen)
        await sees(pilot, "GIRP")
        await pilot.press("l")
        await sees(pilot, "In which layout?")
        await pilot.press("home", "enter")
        await sees(pilot, "SOAP")
    lee.refresh()
    (written,) = lee.records.all()
    assert written.text.fields == {"subjective": "They slept.", "data": "So they say."}
    assert written.text.layout == "SOAP"


async def test_no_field_is_painted_once_it_is_gone(desk: KapApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk.run_test(size=(80, 100)) as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Progress note")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "They slept.")
        monkeypatch.setattr(Vertical, "remove_children", painting_after(Vertical.remove_children))
        await chooses(pilot, "layout", "DAP")
        await sees(pilot, "What was reported and what was observed.")
        await sees(pilot, "They slept.")


def painting_after(remove: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[None]]:
    """Take widgets away, and then let the screen do what it does at any moment: paint itself."""

    async def removed(widget: Vertical) -> None:
        await remove(widget)
        widget.screen._repaint_required = True
        widget.screen._on_timer_update()

    return removed


async def test_yes_and_no_and_choices_are_taken_by_keyboard(desk: KapApp, lee: Journal) -> None:
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Intake summary")
        await comes_to(pilot, RecordPageScreen)
        await goes_to(pilot, "violence-asked-first")
        await sees(pilot, "not answered")
        await pilot.press("enter", "home", "down", "enter")
        await until(pilot, lambda: entry(desk, "violence-asked-first").value == "yes")
        await pilot.press("ctrl+s")
        await comes_to(pilot, RecordsScreen)
    lee.refresh()
    assert [one.text.fields for one in lee.records.all()] == [{"violence-asked-first": "yes"}]


# no word is lost


async def test_what_is_typed_is_kept_and_comes_back_after_a_lock(
    desk: KapApp, lee: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kapjournal.tui.editor.autosave.SAVE_AFTER", 0.05)
    lee.close()
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Progress note")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "They slept")
        await sees(pilot, "Draft kept at")
        await pilot.press("tab")
        await types(pilot, "She did")
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        assert "slept" not in painted(desk) and "Hallway" not in painted(desk)
        await comes_in_again(pilot)
        await comes_to(pilot, RecordPageScreen)
        await sees(pilot, "They slept")
        await sees(pilot, "She did")
        await sees(pilot, "Hallway")
        await types(pilot, " not")
        assert entry(desk, "subjective-first").value == "She did not", "where the cursor was"


async def test_a_draft_stands_first_and_is_gone_on_with_or_thrown_away(desk: KapApp, lee: Journal) -> None:
    lee.records.add(progress(lee))
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Progress note")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "Half a thought")
        await pilot.press("escape")
        await sees(pilot, "Draft: Progress note · both")
        shown = painted(desk)
        assert shown.index("Half a thought") < shown.index("They slept badly.")
        await pilot.press("home", "enter")
        await comes_to(pilot, RecordPageScreen)
        await sees(pilot, "A draft, where you left it.")
        await pilot.press("escape", "home", "x")
        await sees(pilot, "Throw this draft away?")
        desk.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: "Draft" not in painted(desk))
        await pilot.press("x")
        await sees(pilot, "Only drafts are thrown away: a record stays.")
    lee.refresh()
    assert lee.record_drafts.all() == [] and len(lee.records.all()) == 1


async def test_from_within_their_course_a_page_is_kept_by_lock_and_by_the_way_back(
    desk: KapApp, lee: Journal
) -> None:
    async with desk.run_test() as pilot:
        await comes_in(pilot)
        await sees(pilot, "Hallway")
        await pilot.press("home", "enter")
        await sees(pilot, "The course")
        await pilot.press("r")
        await comes_to(pilot, RecordsScreen)
        await pilot.press("ctrl+n")
        assert isinstance(desk.screen, RecordsScreen), "a note would go into the couple's own file"
        await begins(pilot, "Contact note")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "Called ")
        await pilot.press("f10")
        await sees(pilot, "Couples")
        await until(pilot, lambda: desk._practice is None and not desk._unsaved_pages)
        await pilot.press("home", "enter")
        await sees(pilot, "The course")
        await pilot.press("r")
        await sees(pilot, "Draft: Contact note")
        await pilot.press("home", "enter")
        await comes_to(pilot, RecordPageScreen)
        practice, journal = desk._practice, desk._journal
        await pilot.press("ctrl+l")
        await sees(pilot, "Locked.")
        await until(pilot, lambda: practice and practice.is_closed and journal and journal.is_closed)
        await comes_in_again(pilot)
        await comes_to(pilot, RecordPageScreen)
        await sees(pilot, "Hallway")
    lee.refresh()
    assert [one.case for one in lee.record_drafts.all()] == [hallway(lee)]


async def test_a_page_that_could_not_be_saved_is_kept_until_the_door_opens_again(
    desk: KapApp, lee: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    lee.close()
    whole = RecordDrafts.save

    def full(*_: object) -> object:
        raise CannotSave("The disk is full.")

    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Progress note")
        await comes_to(pilot, RecordPageScreen)
        monkeypatch.setattr(RecordDrafts, "save", full)
        await types(pilot, "They slept")
        await pilot.press("ctrl+l")
        await sees(pilot, "Your last words could not be saved.")
        monkeypatch.setattr(RecordDrafts, "save", whole)
        await comes_in_again(pilot)
        await comes_to(pilot, RecordPageScreen)
        await sees(pilot, "They slept")
        await sees(pilot, "Draft kept at")


async def test_an_empty_page_leaves_no_draft(desk: KapApp, lee: Journal) -> None:
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await begins(pilot, "Contact note")
        await comes_to(pilot, RecordPageScreen)
        await pilot.press("ctrl+s")
        await sees(pilot, "There is nothing on the page yet.")
        await types(pilot, "x")
        await pilot.press("backspace", "escape")
        await comes_to(pilot, RecordsScreen)
    lee.refresh()
    assert lee.record_drafts.all() == []


async def test_a_page_takes_a_very_long_text_and_follows_the_cursor(desk: KapApp, lee: Journal) -> None:
    long = "\n".join(f"line {number} of what was said" for number in range(20_000))
    written = lee.records.add(progress(lee, subjective=long))
    lee.record_drafts.save(draft_of_record(written))
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await pilot.press("home", "enter")
        await comes_to(pilot, RecordPageScreen)
        await sees(pilot, "line 3 of what was said")
        assert entry(desk, "subjective").query_one(GrowingArea).max_scroll_y == 0
        await pilot.press("ctrl+end")
        await sees(pilot, "line 19999 of what was said")
        await types(pilot, "!\nand this")
        await sees(pilot, "and this")
        await pilot.press("pageup")
        await sees(pilot, "line 19985 of what was said")
        await pilot.press("ctrl+s")
        await comes_to(pilot, RecordsScreen)
    lee.refresh()
    assert lee.records.get(written.id).text.fields["subjective"] == f"{long}!\nand this"


async def test_after_a_lock_no_text_of_a_record_is_left_in_memory(desk: KapApp, lee: Journal) -> None:
    lee.records.add(progress(lee, plan="quinces", subjective="medlars"))
    lee.couples.name_partners(hallway(lee), "Wendeline", "Ben")
    lee.close()
    words = ("quinces", "medlars", "xylophone", "Wendeline")
    async with desk.run_test(size=(140, 40)) as pilot:
        await opens_the_record(pilot)
        await sees(pilot, "quinces")  # beside the list
        others = [thing for thing, _ in holders(("xylophone",))]
        await pilot.press("enter")
        await comes_to(pilot, RecordScreen)
        await pilot.press("h")
        await sees(pilot, "As it was first written")
        await pilot.press("escape", "s", "escape", "e")
        await comes_to(pilot, RecordPageScreen)
        await types(pilot, "xylophone")
        await chooses(pilot, "layout", "DAP")
        await pilot.press("escape")
        await sees(pilot, "Draft" if isinstance(desk.screen, RecordsScreen) else "quinces")
        await pilot.press("e", "ctrl+l")
        await sees(pilot, "Locked.")
        await desk.workers.wait_for_complete()
        await let_go_of(pilot, words, others)


# readers


async def test_a_record_is_shared_with_one_colleague_who_reads_it(
    desk: KapApp, lee: Journal, practice: Path, tmp_path: Path
) -> None:
    kim_joins(lee, tmp_path)
    written = lee.records.add(progress(lee))
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        await pilot.press("enter")
        await comes_to(pilot, RecordScreen)
        await pilot.press("w")
        await sees(pilot, "there is nobody to stop sharing it with.")
        await pilot.press("s")
        await sees(pilot, "Let one colleague read this")
        await sees(pilot, "Now: Only you.")
        await pilot.press("enter", "enter")
        await sees(pilot, "You and Kim (not compared yet) can read this record now.")
    kims = KapApp(
        Loaded(Settings()), theme.load_all(), path=practice, record_folder=tmp_path / "kim", strength=FLOOR
    )
    async with kims.run_test() as pilot:
        await comes_in(pilot, KIM, steps=1)
        await pilot.press("R")
        await sees(pilot, "Shared with you")
        await sees(pilot, "Progress note · session 3 · both")
        assert "Hallway" not in painted(kims)
        await pilot.press("n")
        await sees(pilot, "Open the record of a couple first")
        await pilot.press("enter")
        await sees(pilot, "by Dr Lee")
        await sees(pilot, "They slept badly.")
        await pilot.press("e")
        await sees(pilot, "Dr Lee wrote this record; only Dr Lee can change it.")
    lee.refresh()
    lee.records.withdraw(written.id, "Kim")


@pytest.mark.parametrize(
    ("kind", "care"),
    [(RecordKind.PROCESS, "a psychotherapy note in the"), (RecordKind.SAFETY, "about one partner")],
)
async def test_what_is_for_one_alone_is_asked_once_more(
    desk: KapApp, lee: Journal, tmp_path: Path, kind: RecordKind, care: str
) -> None:
    kim_joins(lee, tmp_path)
    written = lee.records.add(NewRecord(kind, hallway(lee), {"text": "Mine."}, About.FIRST, DAY))
    async with desk.run_test(size=(80, 40)) as pilot:
        await opens_the_record(pilot)
        assert "Mine." not in painted(desk)
        await pilot.press("enter")
        await comes_to(pilot, RecordScreen)
        await pilot.press("s")
        await sees(pilot, care)
        await sees(pilot, "Kim, co-therapist")
        await pilot.press("enter")
        await until(pilot, lambda: desk.screen.query("#do") and desk.screen.query_one("#do").has_focus)
        await pilot.press("enter")
        await sees(pilot, "Let Kim read this? You cannot make them forget it.")
        await pilot.press("enter")  # which keeps it
        await until(pilot, lambda: "You cannot make them" not in painted(desk))
        lee.refresh()
        assert lee.records.get(written.id).readers == {lee.me.id}
        await until(pilot, lambda: desk.screen.query("#do") and desk.screen.query_one("#do").has_focus)
        button = desk.screen.query_one("#do")
        await until(pilot, lambda: not button.has_class("-active"))  # a button takes no second press at once
        await pilot.press("enter")
        await sees(pilot, "Let Kim read this? You cannot make them forget it.")
        desk.screen.query_one("#yes", Button).press()
        await sees(pilot, "can read this record now.")
        await sees(pilot, "◍ You and Kim")
        await pilot.press("w")
        await sees(pilot, "Stop sharing this")
        await pilot.press("enter", "enter")
        await sees(pilot, "Stopped sharing. It may have been read already. Now: Only you.")
    lee.refresh()
    assert lee.records.get(written.id).readers == {lee.me.id}


async def test_two_texts_that_stand_are_both_shown_and_joined(desk: KapApp, lee: Journal) -> None:
    written = lee.records.add(progress(lee, plan="Meet."))
    draft = draft_of_record(written)
    lee.records.edit(written.id, RecordChange({"plan": "Meet on Monday."}))
    lee.record_drafts.finish(replace(draft, values=(("plan", "Meet on Friday."),)))
    async with desk.run_test(size=(80, 40)) as pilot:
        await opens_the_record(pilot)
        await sees(pilot, "two texts")
        await pilot.press("enter")
        await sees(pilot, "Meet on Monday.")
        await sees(pilot, "Meet on Friday.")
        await sees(pilot, "both texts stand")
        await pilot.press("e")
        await comes_to(pilot, RecordPageScreen)
        await goes_to(pilot, "plan")
        await types(pilot, "So: ")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "both texts stand" not in painted(desk))
    lee.refresh()
    assert lee.records.get(written.id).beside == ()


# who sees it


async def test_in_a_couples_own_journal_nothing_is_said_of_a_record(app: KapApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await sees(pilot, "Dr Lee")
        said = [hit for word in ("record", "clinical", "couples", "soap") for hit in await hits_of(app, word)]
        for who in ("Ana", "Dr Lee"):
            await enters(pilot, who, PASSPHRASES[who])
            await pilot.pause()
            screen = app.screen
            await pilot.press("r", "R", "f10")
            assert app.screen is screen and "record" not in painted(app)
            for keys in ([], ["comma"], ["escape", "n"]):
                await pilot.press(*keys)
                for keys_listed in app.screen.query("#keys").results(OptionList):
                    said += [str(option.prompt) for option in keys_listed.options]
                for word in ("record", "clinical", "couples", "soap"):
                    said += await hits_of(app, word)
            await pilot.press("ctrl+l")
            await sees(pilot, "Locked.")
            await app.workers.wait_for_complete()
        assert [hit for hit in said if "record" in hit.replace("recorder", "") or "couples" in hit] == []


async def test_the_palette_of_the_record_says_where_notes_are_written(desk: KapApp, lee: Journal) -> None:
    lee.close()
    async with desk.run_test() as pilot:
        await opens_the_record(pilot)
        hits = await hits_of(desk, "write")
        assert hits[0] == "n       Write a new record."
        assert "Open your door first." not in "".join(hits)
        assert "Open the journal of a couple first." in "".join(hits)


async def test_who_writes_no_record_is_told_so(desk: KapApp, lee: Journal, tmp_path: Path) -> None:
    code = lee.members.invite("Max", Role.PRACTICE_MANAGER, strength=FLOOR)
    folder = tmp_path / "max"
    with join(
        lee.path, code=code, label="Max", passphrase=KIM, with_recovery=False, strength=FLOOR,
        record_folder=folder,
    )[0]:  # fmt: skip
        lee.refresh()
    maxs = KapApp(Loaded(Settings()), theme.load_all(), path=lee.path, record_folder=folder, strength=FLOOR)
    async with maxs.run_test() as pilot:
        await comes_in(pilot, KIM, steps=1)
        await pilot.press("r")
        await sees(pilot, "Choose a couple first.")
        await pilot.press("R")
        await sees(pilot, "No colleague has shared a record with you.")


async def test_a_file_of_the_clinics_that_is_not_used_is_told_at_the_start(desk: KapApp) -> None:
    folder = paths.config_folder() / "forms"
    folder.mkdir(parents=True)
    (folder / "intake.toml").write_text('title = ""\n', encoding="utf-8")
    forms._read.cache_clear()
    async with desk.run_test() as pilot:
        await sees(pilot, "Ours is used.")


@pytest.mark.parametrize("size", [(40, 12), (60, 15), (140, 40)])
async def test_list_reader_and_page_are_of_use_in_each_window(
    desk: KapApp, lee: Journal, size: tuple[int, int]
) -> None:
    lee.records.add(progress(lee))
    async with desk.run_test(size=size) as pilot:
        await sees(pilot, "Dr Lee’s")
        desk.screen.query_one(Field).value = MORNING
        await pilot.press("enter")
        await sees(pilot, "Hallway")
        await pilot.press("home", "r")
        await sees(pilot, "Progress")
        await pilot.press("enter")
        await sees(pilot, "They slept badly.")
        await sees(pilot, "e edit")
        await pilot.press("e")
        await comes_to(pilot, RecordPageScreen)
        await sees(pilot, "They slept badly.")
        await sees(pilot, "^S done")


async def test_a_page_that_was_kept_stands_in_the_record_and_is_read_there(
    practice: Path, memory: Path, desk: KapApp, opened: Callable[[str], Journal]
) -> None:
    with opened("Ana") as ana:
        note = ana.notes.add(NewNote("A **lighthouse** of a day.", title="For Thursday", share="Dr Lee"))
    with (
        unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee,
        lee.open_couple(lee.couples.get("Hallway").case) as theirs,
    ):
        theirs.keeping.keep(note.id)
    async with desk.run_test(size=(140, 40)) as pilot:
        await comes_in(pilot)
        await pilot.press("home", "r")
        await sees(pilot, "Kept: For Thursday")
        await sees(pilot, "A lighthouse of a day.")
        await pilot.press("enter")
        await sees(pilot, "by Ana")
        assert desk.front_screen.NAME == "kept-page" and "kept" in painted(desk)
        await pilot.press("escape")
        await sees(pilot, "The record")
        await pilot.press("f10")
        await sees(pilot, "The two from Graz")
        await pilot.press("slash")
        await types(pilot, "lighthouse")
        await sees(pilot, "kept: For Thursday")
        await pilot.press("down", "home", "enter")
        await until(pilot, lambda: desk.front_screen.NAME == "kept-page")


async def test_a_partner_is_given_a_copy_of_their_own_record(
    practice: Path, memory: Path, desk: KapApp, opened: Callable[[str], Journal]
) -> None:
    with unlock(practice, label="Dr Lee", passphrase=MORNING, record_folder=memory) as lee:
        case = lee.couples.get("Hallway").case
        new = NewRecord(RecordKind.DOSING, case, {"escort": "a friend"}, About.FIRST, session=SessionNamed(1))
        lee.records.add(new)
    async with desk.run_test(size=(100, 30)) as pilot:
        await comes_in(pilot)
        await pilot.press("home", "r")
        await sees(pilot, "Dosing record")
        await pilot.press("enter")
        await sees(pilot, "a friend")
        await pilot.press("p")
        await sees(pilot, "Who gets a copy of it?")
        await pilot.press("home", "enter")
        await sees(pilot, "Is Ana the first partner?")
        await pilot.press("tab", "enter")
        await sees(pilot, "Ana and you can read this copy")
    with opened("Ana") as ana, opened("Ben") as ben:
        assert [note.text.title for note in ana.notes.all() if "copy for you" in note.text.title]
        assert not [note for note in ben.notes.all() if "copy for you" in note.text.title]
