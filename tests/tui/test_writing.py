from collections.abc import Callable

import pytest
from textual import events

from kapjournal import text
from kapjournal.domain.notes import Draft, NoteKind
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal
from kapjournal.journal.drafts import Drafts
from kapjournal.tui import autosave
from kapjournal.tui.app import KapApp
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.widgets.field import Field
from kapjournal.tui.widgets.page import Page
from tests.tui.conftest import PASSPHRASES
from tests.tui.sight import Seat, enters, painted, sees, types, until

Open = Callable[[str], Journal]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save after a moment, so that no test has to wait."""
    monkeypatch.setattr(autosave, "SAVE_AFTER", 0.02)


async def begins(seat: Seat, app: KapApp) -> EditorScreen:
    await enters(seat, "Ana", PASSPHRASES["Ana"])
    await seat.press("ctrl+n")
    await until(seat, lambda: isinstance(app.screen, EditorScreen))
    assert isinstance(app.screen, EditorScreen)
    await sees(seat, "Write…")
    return app.screen


async def test_nothing_has_to_be_chosen_and_only_the_writer_reads_it(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await begins(seat, app)
        assert "Only you · Page" in painted(app)
        await types(seat, "a quiet morning")
        await seat.press("ctrl+s")
        await until(seat, lambda: isinstance(app.screen, CourseScreen))
        await sees(seat, "a quiet morning")
    with opened("Ana") as ana:
        (note,) = [note for note in ana.notes.all() if note.text.body == "a quiet morning"]
        assert note.is_private
        assert ana.drafts.all() == []


async def test_a_draft_is_kept_by_itself_and_waits_with_its_cursor(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await begins(seat, app)
        await types(seat, "first\nsecond")
        await seat.press("up", "home")
        await types(seat, "my ")
        await sees(seat, "Draft kept at")
        await seat.press("escape")
        await sees(seat, "A draft waits")
        await seat.press("d")
        await until(seat, lambda: isinstance(app.screen, EditorScreen))
        await sees(seat, "my first")
        assert app.screen.query_one(Page).cursor_location == (0, 3)
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["my first\nsecond"]


async def test_an_untouched_page_leaves_no_draft(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await begins(seat, app)
        await seat.press("escape")
        await until(seat, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        assert ana.drafts.all() == []


async def test_a_draft_can_be_thrown_away(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await begins(seat, app)
        await types(seat, "never mind")
        await sees(seat, "Draft kept at")
        await seat.press("f8")
        await sees(seat, "Throw this draft away?")
        await seat.press("tab", "enter")
        await until(seat, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        assert ana.drafts.all() == []


@pytest.mark.parametrize("error", [CannotSave("The disk is full."), OSError(28, "No space left on device")])
@pytest.mark.parametrize("key", ["ctrl+s", "escape"])
async def test_a_save_that_fails_keeps_the_page_and_says_so(
    app: KapApp, monkeypatch: pytest.MonkeyPatch, error: Exception, key: str
) -> None:
    def fails(self: Journal, draft: Draft) -> Draft:
        raise error

    monkeypatch.setattr(Drafts, "save", fails)
    monkeypatch.setattr(Drafts, "finish", fails)
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        await types(seat, "every word")
        await seat.press(key)
        await sees(seat, "Every word is still on the page.")
        assert app.screen is screen
        assert screen.query_one(Page).body == "every word"


async def test_after_a_failed_save_the_next_one_succeeds(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Drafts.save

    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    monkeypatch.setattr(Drafts, "save", full)
    async with app.run_test() as seat:
        await begins(seat, app)
        await types(seat, "on")
        await sees(seat, "could not be saved")
        monkeypatch.setattr(Drafts, "save", whole)
        await sees(seat, "Draft kept at")
        assert "could not be saved" not in painted(app)


async def test_a_note_too_long_is_refused_with_its_size_and_stays(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MAX_BODY_BYTES", 20)
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        screen.query_one(Page).insert("twenty-one characters")
        await seat.press("ctrl+s")
        await sees(seat, "21 bytes long")
        assert screen.query_one(Page).body == "twenty-one characters"


async def test_a_paste_drops_control_characters_and_says_how_many(app: KapApp) -> None:
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        app.post_message(events.Paste("one\x1b[31m\r\ntwo\x07\x9b three"))
        await sees(seat, "3 control characters were left out")
        assert screen.query_one(Page).body == "one[31m\ntwo three"
        screen.query_one("#title").focus()
        app.post_message(events.Paste("a\x1btitle\nof two lines"))
        await sees(seat, "One control character was left out")
        assert screen.snapshot().draft.text.title == "atitle of two lines"


async def test_the_page_keeps_every_character(app: KapApp, opened: Open) -> None:
    body = "a\u2028b\u2029c\ttab \u202eturned\u202c 👩‍👩‍👧 e\u0301\n\n  end "
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        app.post_message(events.Paste(body))
        await until(seat, lambda: screen.query_one(Page).body == body)
        await seat.press("ctrl+s")
        await until(seat, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        assert body in [note.text.body for note in ana.notes.all()]


async def test_changing_a_note_that_is_shared_shows_its_present_readers(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Ana", PASSPHRASES["Ana"])
        await sees(seat, "By the car")
        await seat.press("end", "enter")
        await sees(seat, "Wed 4 Mar 2026")
        await seat.press("e")
        await until(seat, lambda: isinstance(app.screen, EditorScreen))
        await sees(seat, "You and Ben · Appreciation")
        await types(seat, " Yes.")
        await seat.press("f2")
        await sees(seat, "What goes with it")
        assert "besides you" not in painted(app)
        await seat.press("escape", "ctrl+s")
        await sees(seat, "car. Yes.")
    with opened("Ben") as ben:
        assert "You waited by the car. Yes." in [note.text.body for note in ben.notes.all()]


async def test_details_choose_readers_kind_and_tags(app: KapApp, opened: Open) -> None:
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        await types(seat, "for the two of us")
        await seat.press("f2")
        await sees(seat, "What goes with it")
        app.screen.query_one("#tags", Field).value = "car, waiting"
        app.screen.query_one("SelectionList").focus()
        await seat.press("end", "space")
        await seat.click("#use")
        await until(seat, lambda: app.screen is screen)
        await sees(seat, "You and Ben · Page")
        assert "#car #waiting" in painted(app)
        await seat.press("ctrl+s")
        await until(seat, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ben") as ben:
        assert ("car", "waiting") in [note.text.tags for note in ben.notes.all()]


async def test_prompts_of_the_chosen_kind_are_written_only_when_taken(app: KapApp) -> None:
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        await seat.press("f3")
        await sees(seat, "What is this page?")
        await seat.press("home", "enter")
        await sees(seat, "Only you · Capture")
        await sees(seat, "No sentences needed")
        await sees(seat, "Single words, colours")
        await types(seat, "blue")
        await seat.press("f5")
        await sees(seat, "Where in your body")
        await seat.press("f4")
        await sees(seat, "Single words, colours")
        assert screen.query_one(Page).body == "blue"
        await seat.press("f5", "f5", "f9", *"again")
        assert screen.query_one(Page).body == "blue\n\n## A phrase that keeps repeating.\n\nagain"
        assert screen.snapshot().draft.text.kind is NoteKind.CAPTURE


async def test_the_page_as_it_reads_and_back_to_where_the_cursor_was(app: KapApp) -> None:
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        await types(seat, "one *soft* word")
        await seat.press("left", "left", "ctrl+r")
        await sees(seat, "one soft word")
        await types(seat, "lost")
        await seat.press("escape")
        await sees(seat, "one *soft* word")
        await types(seat, "h")
        assert screen.query_one(Page).body == "one *soft* wohrd"
        await seat.press("ctrl+r", "ctrl+l")
        await sees(seat, "Locked.")
        assert "soft" not in painted(app)


async def test_words_are_counted_and_a_therapist_among_the_readers_brings_the_crisis_line(
    app: KapApp,
) -> None:
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        await types(seat, "three small words")
        await sees(seat, "3 words · Draft kept at")
        at = screen.query_one(Page).region
        assert "not monitored" not in painted(app)
        await seat.press("f2")
        await sees(seat, "What goes with it")
        app.screen.query_one("SelectionList").focus()
        await seat.press("home", "space")
        await sees(seat, "988")
        await seat.click("#use")
        await sees(seat, "This journal is not monitored; in an emergency: 988")
        assert screen.query_one(Page).region == at


async def test_the_page_is_usable_in_a_small_window(app: KapApp) -> None:
    async with app.run_test(size=(40, 12)) as seat:
        screen = await begins(seat, app)
        await types(seat, "small")
        await sees(seat, "small")
        assert screen.query_one(Page).size.height >= 3


async def test_a_megabyte_can_be_pasted_and_no_word_is_lost(app: KapApp, opened: Open) -> None:
    words = "\n".join(f"paragraph {number} of **many**, “said” – and 漢字" * 40 for number in range(560))
    async with app.run_test() as seat:
        screen = await begins(seat, app)
        await types(seat, "before ")
        app.post_message(events.Paste(words))
        await until(seat, lambda: screen.query_one(Page).body == "before " + words)
        await seat.press("z")
        await sees(seat, "Draft kept at")
        await seat.press("ctrl+s")
        await until(seat, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        assert "before " + words + "z" in [note.text.body for note in ana.notes.all()]


async def test_one_kind_is_not_to_be_chosen(app: KapApp) -> None:
    async with app.run_test() as seat:
        await enters(seat, "Dr Lee", PASSPHRASES["Dr Lee"])
        await seat.press("ctrl+n")
        await until(seat, lambda: isinstance(app.screen, EditorScreen))
        await sees(seat, "Only you · Observation")
        screen = app.screen
        await seat.press("f3")
        assert app.screen is screen
