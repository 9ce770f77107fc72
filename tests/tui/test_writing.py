import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual import events

from kapjournal import clock, text
from kapjournal.domain.notes import Draft, NoteKind, NoteText, new_draft
from kapjournal.errors import CannotSave
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.journal.drafts import Drafts
from kapjournal.presentation.drafts import DRAFT_BESIDE, NOTE_BESIDE
from kapjournal.tui.editor import autosave
from kapjournal.tui.editor.writing_area import WritingArea
from kapjournal.tui.screens.course import CourseScreen
from kapjournal.tui.screens.editor import EditorScreen
from kapjournal.tui.shell.app import KapApp
from kapjournal.tui.widgets.field import Field
from tests.tui.app_pilot import AppPilot, enters, painted, sees, types, until
from tests.tui.conftest import PASSPHRASES

Open = Callable[[str], Journal]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save after a moment, so that no test has to wait."""
    monkeypatch.setattr(autosave, "SAVE_AFTER", 0.02)


async def begins(pilot: AppPilot, app: KapApp) -> EditorScreen:
    await enters(pilot, "Ana", PASSPHRASES["Ana"])
    await pilot.press("ctrl+n")
    await until(pilot, lambda: isinstance(app.screen, EditorScreen))
    assert isinstance(app.screen, EditorScreen)
    await sees(pilot, "Write…")
    return app.screen


async def test_nothing_has_to_be_chosen_and_only_the_writer_reads_it(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot, app)
        assert "Only you · Page" in painted(app)
        await types(pilot, "a quiet morning")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
        await sees(pilot, "a quiet morning")
    with opened("Ana") as ana:
        (note,) = [note for note in ana.notes.all() if note.text.body == "a quiet morning"]
        assert note.is_private
        assert ana.drafts.all() == []


async def test_a_draft_is_kept_by_itself_and_waits_with_its_cursor(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot, app)
        await types(pilot, "first\nsecond")
        await pilot.press("up", "home")
        await types(pilot, "my ")
        await sees(pilot, "Draft kept at")
        await pilot.press("escape")
        await sees(pilot, "A draft waits")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, "my first")
        assert app.screen.query_one(WritingArea).cursor_location == (0, 3)
    with opened("Ana") as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["my first\nsecond"]


async def test_an_untouched_page_leaves_no_draft(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot, app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        assert ana.drafts.all() == []


async def test_a_draft_can_be_thrown_away(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await begins(pilot, app)
        await types(pilot, "never mind")
        await sees(pilot, "Draft kept at")
        await pilot.press("f8")
        await sees(pilot, "Throw this draft away?")
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
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
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        await types(pilot, "every word")
        await pilot.press(key)
        await sees(pilot, "Every word is still on the page.")
        assert app.screen is screen
        assert screen.query_one(WritingArea).body == "every word"


async def test_after_a_failed_save_the_next_one_succeeds(
    app: KapApp, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Drafts.save

    def full(self: Journal, draft: Draft) -> Draft:
        raise CannotSave("The disk is full.")

    monkeypatch.setattr(Drafts, "save", full)
    async with app.run_test() as pilot:
        await begins(pilot, app)
        await types(pilot, "on")
        await sees(pilot, "could not be saved")
        monkeypatch.setattr(Drafts, "save", whole)
        await sees(pilot, "Draft kept at")
        assert "could not be saved" not in painted(app)


async def test_a_note_too_long_is_refused_with_its_size_and_stays(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MAX_BODY_BYTES", 20)
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        screen.query_one(WritingArea).insert("twenty-one characters")
        await pilot.press("ctrl+s")
        await sees(pilot, "21 bytes long")
        assert screen.query_one(WritingArea).body == "twenty-one characters"


async def test_a_paste_drops_control_characters_and_says_how_many(app: KapApp) -> None:
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        app.post_message(events.Paste("one\x1b[31m\r\ntwo\x07\x9b three"))
        await sees(pilot, "3 control characters were left out")
        assert screen.query_one(WritingArea).body == "one[31m\ntwo three"
        screen.query_one("#title").focus()
        app.post_message(events.Paste("a\x1btitle\nof two lines"))
        await sees(pilot, "One control character was left out")
        assert screen.snapshot().draft.text.title == "atitle of two lines"


async def test_the_page_keeps_every_character(app: KapApp, opened: Open) -> None:
    body = "a\u2028b\u2029c\ttab \u202eturned\u202c 👩‍👩‍👧 e\u0301\n\n  end "
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        app.post_message(events.Paste(body))
        await until(pilot, lambda: screen.query_one(WritingArea).body == body)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        assert body in [note.text.body for note in ana.notes.all()]


async def test_changing_a_note_that_is_shared_shows_its_present_readers(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "By the car")
        await pilot.press("end", "enter")
        await sees(pilot, "Wed 4 Mar 2026")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, "You and Ben · Appreciation")
        await types(pilot, " Yes.")
        await pilot.press("f2")
        await sees(pilot, "What goes with it")
        assert "besides you" not in painted(app)
        await pilot.press("escape", "ctrl+s")
        await sees(pilot, "car. Yes.")
    with opened("Ben") as ben:
        assert "You waited by the car. Yes." in [note.text.body for note in ben.notes.all()]


async def test_an_edit_from_elsewhere_stands_beside_the_page_and_one_is_told(
    app: KapApp, opened: Open
) -> None:
    with opened("Ana") as ana:
        kept = ana.notes.add(NewNote("as it was", date=clock.today()))
    async with app.run_test(size=(100, 30)) as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "as it was")
        await pilot.press("end", "enter", "e")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await types(pilot, "mine ")
        await sees(pilot, "Draft kept at")
        with opened("Ana") as ana:
            ana.notes.edit(kept.id, NoteChange("by command"))
        await types(pilot, "and more ")
        await pilot.press("ctrl+s")
        await sees(pilot, NOTE_BESIDE)
    with opened("Ana") as ana:
        note = ana.notes.get(kept.id)
        assert note.text.body.endswith("mine and more ") and "by command" in note.words


async def test_two_programs_on_one_draft_keep_both_pages_and_one_is_told(app: KapApp, opened: Open) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await begins(pilot, app)
        await types(pilot, "begun here")
        await sees(pilot, "Draft kept at")
        with opened("Ana") as ana:
            [begun] = ana.drafts.all()
            ana.drafts.save(replace(begun, text=replace(begun.text, body="gone on with there")))
        await types(pilot, " and gone on with")
        await sees(pilot, DRAFT_BESIDE)
        await pilot.press("ctrl+l")
        await sees(pilot, "Dr Lee")
        await pilot.press("home", "enter")
        app.screen.query_one(Field).value = PASSPHRASES["Ana"]
        await pilot.press("enter")
        await sees(pilot, "A draft, where you left it.")
        await types(pilot, ".")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        bodies = sorted(draft.text.body for draft in ana.drafts.all())
        assert bodies == ["begun here and gone on with.", "gone on with there"]


async def test_details_choose_readers_kind_and_tags(app: KapApp, opened: Open) -> None:
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        await types(pilot, "for the two of us")
        await pilot.press("f2")
        await sees(pilot, "What goes with it")
        app.screen.query_one("#tags", Field).value = "car, waiting"
        app.screen.query_one("SelectionList").focus()
        await pilot.press("end", "space")
        await pilot.click("#use")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "You and Ben · Page")
        assert "#car #waiting" in painted(app)
        await pilot.press("ctrl+s")
        await sees(pilot, "Let Ben (not compared yet) read this?")
        await pilot.click("#yes")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ben") as ben:
        assert ("car", "waiting") in [note.text.tags for note in ben.notes.all()]


async def test_details_begin_at_the_first_field_and_are_used_with_the_key_that_finishes(app: KapApp) -> None:
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        await pilot.press("f2")
        await sees(pilot, "What goes with it")
        assert app.focused is app.screen.query_one("#kind")
        app.screen.query_one("#tags", Field).value = "waiting"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await sees(pilot, "#waiting")


async def test_prompts_of_the_chosen_kind_are_written_only_when_taken(app: KapApp) -> None:
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        await pilot.press("f3")
        await sees(pilot, "What is this page?")
        await pilot.press("home", "enter")
        await sees(pilot, "Only you · Capture")
        await sees(pilot, "No sentences needed")
        await sees(pilot, "Single words, colours")
        await types(pilot, "blue")
        await pilot.press("f5")
        await sees(pilot, "Where in your body")
        await pilot.press("f4")
        await sees(pilot, "Single words, colours")
        assert screen.query_one(WritingArea).body == "blue"
        await pilot.press("f5", "f5", "f9", *"again")
        assert screen.query_one(WritingArea).body == "blue\n\n## A phrase that keeps repeating.\n\nagain"
        assert screen.snapshot().draft.text.kind is NoteKind.CAPTURE


async def test_the_page_as_it_reads_and_back_to_where_the_cursor_was(app: KapApp) -> None:
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        await types(pilot, "one *soft* word")
        await pilot.press("left", "left", "ctrl+r")
        await sees(pilot, "one soft word")
        await types(pilot, "lost")
        await pilot.press("escape")
        await sees(pilot, "one *soft* word")
        await types(pilot, "h")
        assert screen.query_one(WritingArea).body == "one *soft* wohrd"
        await pilot.press("ctrl+r", "ctrl+l")
        await sees(pilot, "Locked.")
        assert "soft" not in painted(app)


async def test_words_are_counted_and_a_therapist_among_the_readers_brings_the_crisis_line(
    app: KapApp,
) -> None:
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        await types(pilot, "three small words")
        await sees(pilot, "3 words · Draft kept at")
        at = screen.query_one(WritingArea).region
        assert "not monitored" not in painted(app)
        await pilot.press("f2")
        await sees(pilot, "What goes with it")
        app.screen.query_one("SelectionList").focus()
        await pilot.press("home", "space")
        await sees(pilot, "988")
        await pilot.click("#use")
        await sees(pilot, "This journal is not monitored; in an emergency: 988")
        assert screen.query_one(WritingArea).region == at


async def test_the_page_is_usable_in_a_small_window(app: KapApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await begins(pilot, app)
        await types(pilot, "small")
        await sees(pilot, "small")
        assert screen.query_one(WritingArea).size.height >= 3


async def test_a_megabyte_can_be_pasted_and_no_word_is_lost(app: KapApp, opened: Open) -> None:
    words = "\n".join(f"paragraph {number} of **many**, “said” – and 漢字" * 40 for number in range(560))
    async with app.run_test() as pilot:
        screen = await begins(pilot, app)
        await types(pilot, "before ")
        app.post_message(events.Paste(words))
        await until(pilot, lambda: screen.query_one(WritingArea).body == "before " + words)
        await pilot.press("z")
        await sees(pilot, "Draft kept at")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CourseScreen))
    with opened("Ana") as ana:
        assert "before " + words + "z" in [note.text.body for note in ana.notes.all()]


async def test_one_kind_is_not_to_be_chosen(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Dr Lee", PASSPHRASES["Dr Lee"])
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, "Only you · Observation")
        screen = app.screen
        await pilot.press("f3")
        assert app.screen is screen


async def test_of_two_drafts_the_newest_is_chosen(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        for body in ("begun first", "begun last"):
            ana.drafts.save(replace(new_draft(ana.me.id, ana.me.role, dt.date(2026, 3, 5)), text=page(body)))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("d")
        await sees(pilot, "begun first")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        assert app.screen.query_one(WritingArea).body == "begun last"


async def test_a_page_for_others_says_whose_it_will_be_before_it_goes(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        readers = frozenset(member.id for member in ana.members.all())
        begun = new_draft(ana.me.id, ana.me.role, dt.date(2026, 3, 5))
        ana.drafts.save(replace(begun, text=page("for the two of them"), readers=readers))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, "for the two of them")
        await pilot.press("ctrl+s")
        await sees(pilot, "Let Ben (not compared yet) and Dr Lee (not compared yet)")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        with opened("Ben") as ben:
            assert "for the two of them" not in [note.text.body for note in ben.notes.all()]
        await pilot.press("ctrl+s")
        await sees(pilot, "Let them read it")
        await pilot.click("#yes")
        await sees(pilot, "It is a note now. All of you can read it.")
    with opened("Ben") as ben:
        assert "for the two of them" in [note.text.body for note in ben.notes.all()]


async def test_an_emptied_page_leaves_no_draft(app: KapApp, opened: Open) -> None:
    with opened("Ana") as ana:
        begun = new_draft(ana.me.id, ana.me.role, dt.date(2026, 3, 5))
        ana.drafts.save(replace(begun, text=page("never mind")))
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, EditorScreen))
        await sees(pilot, "never mind")
        app.screen.query_one(WritingArea).load_text("")
        await pilot.press("escape")
        await sees(pilot, "no draft was kept")
    with opened("Ana") as ana:
        assert ana.drafts.all() == []


def page(body: str) -> NoteText:
    return NoteText(body, NoteKind.PAGE, dt.date(2026, 3, 5))


async def test_the_cursor_is_never_in_the_title_before_one_goes_there(
    app: KapApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    focused: list[Field] = []
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await sees(pilot, "Hallway")
        monkeypatch.setattr(Field, "_on_focus", lambda field, _: focused.append(field), raising=False)
        await pilot.press("n", *"lantern")
        await sees(pilot, "lantern")
        assert focused == []
        await sees(pilot, "Title (optional; the words go below)")


async def test_enter_goes_from_the_title_to_the_words(app: KapApp) -> None:
    async with app.run_test() as pilot:
        await enters(pilot, "Ana", PASSPHRASES["Ana"])
        await pilot.press("n", "shift+tab", *"Door", "enter", *"open")
        await sees(pilot, "open")
        screen = app.screen
        assert isinstance(screen, EditorScreen)
        text = screen.snapshot().draft.text
        assert (text.title, text.body) == ("Door", "open")
