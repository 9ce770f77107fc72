"""Writing line by line: prompts, lines changed, drafts, locks, and files."""

import datetime as dt
from typing import Any

import pytest

from kapjournal import clock
from kapjournal.domain.notes import Draft, NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote
from kapjournal.journal.drafts import Drafts
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def test_a_text_from_a_file(plain: PlainConversation) -> None:
    (plain.folder / "page.md").write_text("first\n\nsecond\n")
    said = plain.enters("Ana", ANA, "write", "", "", ".file nowhere", ".file page.md", ".", "done", "quit")
    assert "nowhere cannot be read" in said
    with opened(plain, "Ana", ANA) as ana:
        assert ana.notes.all()[0].text.body == "first\n\nsecond"


def test_a_path_that_is_typed_is_never_taken_for_stdin(plain: PlainConversation) -> None:
    said = plain.enters(
        "Ana", ANA, "write", "", "", ".file -", ".file /dev/stdin", "a line", ".", "done", "quit"
    )
    assert "- cannot be read as the text: No such file or directory." in said
    assert "/dev/stdin cannot be read as the text: it is no plain file." in said
    with opened(plain, "Ana", ANA) as ana:
        assert ana.notes.all()[0].text.body == "a line"


@pytest.mark.parametrize("how", ["quit", "end"])
def test_what_is_on_the_page_is_a_draft_however_one_leaves(plain: PlainConversation, how: str) -> None:
    plain.enters("Ana", ANA, "write", "", "", "one", "two", *([".", "quit"] if how == "quit" else []))
    with opened(plain, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["one\ntwo"]


def test_a_save_that_fails_keeps_the_words_and_is_tried_again(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([False, False, True, True, True]), Drafts.save

    def failing(drafts: Drafts, draft: Any) -> Any:
        if not next(saves):
            raise OSError(28, "No space left on device")
        return save(drafts, draft)

    monkeypatch.setattr(Drafts, "save", failing)
    said = plain.enters("Ana", ANA, "write", "", "", "one", "two", "three")
    assert said.count("Every word is still on the page.") == 2
    with opened(plain, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["one\ntwo\nthree"]


def test_a_prompt_is_offered_and_never_forced(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "write", "parts", "", ".take", ".prompt", "A small one.", ".prompt", ".take"),
        *("Of being late.", ".", "done", "quit"),
    )
    assert "If something very young or very painful appears, stop here" in said
    assert said.index("stop here and take it to your therapist") < said.index("Write now")
    assert "Hear a prompt first" in said
    assert said.count("Nothing of it is on the page") == 1
    with opened(plain, "Ana", ANA) as ana:
        (note,) = ana.notes.all(by="Ana")
    heading = "How do I feel towards it? Annoyed or afraid is another part: ask it for a little room."
    assert note.text.body == f"A small one.\n\n## {heading}\n\nOf being late."


def test_any_line_can_be_changed_by_its_number(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "write", "", "", "one", "tow", "three", ".numbers", ".change 2 two", ".drop 1"),
        *(".drop 9", ".change x", ".undo", "..undo", ".", "done", "quit"),
    )
    assert "1. one\n2. tow\n3. three\n" in said
    assert "Line 2 was: tow\nNow: two\n" in said
    assert "There is no line 9." in said
    with opened(plain, "Ana", ANA) as ana:
        assert ana.notes.all(by="Ana")[0].text.body == "two\n.undo"


def test_help_says_what_each_kind_is_for(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "write", "help", "cycle", "", "x", ".", "discard", "yes", "quit")
    assert "4. cycle: the loop the two of you fall into." in said


def test_lock_locks_from_everywhere_and_the_page_waits(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "write", "", "", "half a", ".lock", "Ana", ANA, "sentence", ".", "keep"),
        *("people", "lock", "quit"),
    )
    assert said.count("Locked.") == 2
    assert "This is the page you were writing." in said
    with opened(plain, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["half a\nsentence"]


def test_a_changed_line_that_could_not_be_saved_survives_a_lock(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([True, True, False, False, True, True]), Drafts.save

    def failing(drafts: Drafts, draft: Draft) -> Draft:
        if not next(saves):
            raise OSError(28, "No space left on device")
        return save(drafts, draft)

    monkeypatch.setattr(Drafts, "save", failing)
    said = plain.enters(
        *(
            "Ana",
            ANA,
            "write",
            "",
            "",
            "one",
            "two",
            ".change 1 uno",
            ".lock",
            "Ana",
            ANA,
            ".",
            "keep",
            "quit",
        )
    )
    assert said.count("Every word is still on the page.") == 2
    with opened(plain, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["uno\ntwo"]


def test_of_two_authors_at_one_keyboard_neither_page_is_lost(
    plain: PlainConversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([True, False, False]), Drafts.save

    def failing(drafts: Drafts, draft: Draft) -> Draft:
        if not next(saves, True):
            raise OSError(28, "No space left on device")
        return save(drafts, draft)

    monkeypatch.setattr(Drafts, "save", failing)
    plain.enters(
        *("Ana", ANA, "write", "", "", "kept", "not kept yet", ".lock"),
        *("Ben", BEN, "write", "", "", "of Ben", ".lock", "Ana", ANA, ".", "keep", "quit"),
    )
    with opened(plain, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["kept\nnot kept yet"]
    with opened(plain, "Ben", BEN) as ben:
        assert [draft.text.body for draft in ben.drafts.all()] == ["of Ben"]


def test_a_change_of_a_shared_note_says_who_gets_it(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", share="Dr Lee"))
    said = plain.enters("Ana", ANA, "search", "lantern", "1", "edit", "More.", ".", "done", "quit")
    start = said.index("They get the change, once it is done.")
    assert start < said.index("This journal is not monitored", start) < said.index("Write now", start)
    assert "The note is changed. Readers: You and Dr Lee." in said


def test_a_heading_says_so_and_a_draft_says_whom_it_is_for(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "write", "", "", "## The hall", "#not one", ".", "readers", "Ben", "hear", "keep"),
        *("drafts", "back", "quit"),
    )
    assert "Heading: The hall\n#not one\nEnd of the page.\n" in said
    assert "For you and Ben." in said


def test_titles_and_tags_can_be_taken_away(plain: PlainConversation) -> None:
    plain.enters(
        *("Ana", ANA, "write", "", "A title", "x", ".", "details", "tags", "a, b", "tags", "", "title", "-"),
        *("back", "done", "quit"),
    )
    with opened(plain, "Ana", ANA) as ana:
        text = ana.notes.all(by="Ana")[0].text
        assert (text.title, text.tags) == ("", ("a", "b"))


def test_the_kind_that_fits_now_is_the_one_that_enter_takes(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=clock.today() + dt.timedelta(2))
    said = plain.enters(
        *("Ana", ANA, "write", "", "", "Slowly.", ".", "done"),
        *("write", "page", "", "x", ".", "done", "quit"),
    )
    assert ": an intention." in said and "Enter means intention:" in said
    with opened(plain, "Ana", ANA) as ana:
        kinds = {note.text.body: note.text.kind for note in ana.notes.all()}
    assert kinds == {"Slowly.": NoteKind.INTENTION, "x": NoteKind.PAGE}


def test_own_prompts_come_after_ours_and_say_that_they_are_ones_own(plain: PlainConversation) -> None:
    said = plain.enters(
        *(
            "Ana",
            ANA,
            "write",
            "values",
            "",
            "x",
            ".",
            "details",
            "prompts",
            "What would the lake do?",
            "back",
        ),
        *("more", ".prompt", ".prompt", ".prompt", ".prompt", ".take", "Lie there.", ".", "done", "quit"),
    )
    assert "Yours: What would the lake do?" in said
    with opened(plain, "Ana", ANA) as ana:
        assert ana.notes.all()[0].text.body == "x\n\n## What would the lake do?\n\nLie there."
    said = plain.enters(
        "Ana", ANA, "write", "values", "", "x", ".", "details", "prompts", "1", "back", "discard"
    )
    assert "1. What would the lake do?" in said and "It is taken away." in said
