"""The talk line by line: a page with help, what was written before, and finding it again."""

import pytest

from kapjournal.cli.plain.differences import differences
from kapjournal.domain import sentences
from kapjournal.domain.notes import Draft, NoteKind
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.journal.drafts import Drafts

from .desk import ANA, BEN
from .talker import Talker, opened

# writing


def test_a_prompt_is_offered_and_never_forced(talker: Talker) -> None:
    said = talker.enters(
        *("Ana", ANA, "write", "parts", "", ".take", ".prompt", "A small one.", ".prompt", ".take"),
        *("Of being late.", ".", "done", "quit"),
    )
    assert "If something very young or very painful appears, stop here" in said
    assert said.index("stop here and take it to your therapist") < said.index("Write now")
    assert "Hear a prompt first" in said
    assert said.count("Nothing of it is on the page") == 1
    with opened(talker, "Ana", ANA) as ana:
        (note,) = ana.notes.all(by="Ana")
    heading = "How do I feel towards it? Annoyed or afraid is another part: ask it for a little room."
    assert note.text.body == f"A small one.\n\n## {heading}\n\nOf being late."


def test_any_line_can_be_changed_by_its_number(talker: Talker) -> None:
    said = talker.enters(
        *("Ana", ANA, "write", "", "", "one", "tow", "three", ".numbers", ".change 2 two", ".drop 1"),
        *(".drop 9", ".change x", ".undo", "..undo", ".", "done", "quit"),
    )
    assert "1. one\n2. tow\n3. three\n" in said
    assert "Line 2 was: tow\nNow: two\n" in said
    assert "There is no line 9." in said
    with opened(talker, "Ana", ANA) as ana:
        assert ana.notes.all(by="Ana")[0].text.body == "two\n.undo"


def test_help_says_what_each_kind_is_for(talker: Talker) -> None:
    said = talker.enters("Ana", ANA, "write", "help", "cycle", "", "x", ".", "discard", "yes", "quit")
    assert "4. cycle: the loop the two of you fall into." in said


def test_lock_locks_from_everywhere_and_the_page_waits(talker: Talker) -> None:
    said = talker.enters(
        *("Ana", ANA, "write", "", "", "half a", ".lock", "Ana", ANA, "sentence", ".", "keep"),
        *("people", "lock", "quit"),
    )
    assert said.count("Locked.") == 2
    assert "This is the page you were writing." in said
    with opened(talker, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["half a\nsentence"]


def test_a_changed_line_that_could_not_be_saved_survives_a_lock(
    talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([True, True, False, False, True, True]), Drafts.save

    def failing(journal: Journal, draft: Draft) -> Draft:
        if not next(saves):
            raise OSError(28, "No space left on device")
        return save(journal, draft)

    monkeypatch.setattr(Drafts, "save", failing)
    said = talker.enters(
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
    with opened(talker, "Ana", ANA) as ana:
        assert [draft.text.body for draft in ana.drafts.all()] == ["uno\ntwo"]


def test_a_change_of_a_shared_note_says_who_gets_it(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", share="Dr Lee"))
    said = talker.enters("Ana", ANA, "search", "lantern", "1", "edit", "More.", ".", "done", "quit")
    start = said.index("They get the change, once it is done.")
    assert start < said.index("This journal is not monitored", start) < said.index("Write now", start)
    assert "The note is changed. Readers: You and Dr Lee." in said


def test_a_heading_says_so_and_a_draft_says_whom_it_is_for(talker: Talker) -> None:
    said = talker.enters(
        *("Ana", ANA, "write", "", "", "## The hall", "#not one", ".", "readers", "Ben", "hear", "keep"),
        *("drafts", "back", "quit"),
    )
    assert "Heading: The hall\n#not one\nEnd of the page.\n" in said
    assert "For you and Ben." in said


def test_titles_and_tags_can_be_taken_away(talker: Talker) -> None:
    talker.enters(
        *("Ana", ANA, "write", "", "A title", "x", ".", "details", "tags", "a, b", "tags", "", "title", "-"),
        *("back", "done", "quit"),
    )
    with opened(talker, "Ana", ANA) as ana:
        text = ana.notes.all(by="Ana")[0].text
        assert (text.title, text.tags) == ("", ("a", "b"))


# what was


def test_history_says_what_changed_and_a_wording_can_be_used_again(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        note = ana.notes.add(NewNote("It was dark in the hall.\nStay.", title="Hall"))
        ana.notes.edit(note.id, NoteChange(body="It was bright in the hall.\nStay.\nPlease."))
    said = talker.enters(
        *("Ana", ANA, "search", "hall", "1", "history", "1", "back", "2", "use again", ".", "done"),
        *("back", "back", "back", "quit"),
    )
    assert talker.not_typed == []
    assert "In line 1, “dark” became “bright”." in said
    assert "Line 3 is new: Please." in said
    assert "As it was first written:" in said
    with opened(talker, "Ana", ANA) as ana:
        assert ana.notes.all(by="Ana")[0].text.body == "It was dark in the hall.\nStay."
        assert len(ana.notes.history(note.id)) == 3


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("a b c d", "a b c d", []),
        ("a b c d", "a b x c d", ["In line 1, “x” was put in after “a b”."]),
        ("a b c d", "b c d", ["In line 1, “a” was taken out at the beginning."]),
        ("a b c", "a  b c", ["In line 1, only the spaces changed."]),
        ("all of it", "quite another", ["Line 1 was: all of it", "Line 1 is now: quite another"]),
        ("a\nb\nc", "a\nc", ["Before line 2, this was taken out: b"]),
        ("a", "a\n\nb", ["Line 2 is new, and empty.", "Line 3 is new: b"]),
    ],
)
def test_differences_are_sentences(before: str, after: str, said: list[str]) -> None:
    assert list(differences(before, after)) == said


def test_deleting_names_who_may_have_read_it(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", share="Ben"))
    said = talker.enters("Ana", ANA, "search", "lantern", "1", "delete", "yes", "quit")
    assert sentences.deleting("Ben") in said
    assert sentences.DELETED in said


# finding


def found(talker: Talker, *answers: str) -> str:
    with opened(talker, "Ben", BEN) as ben:
        ben.notes.add(NewNote("Lantern by the door.", share="Ana", kind=NoteKind.GRATITUDE))
    with opened(talker, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern on the stairs.", tags=("light",)))
        ana.notes.add(NewNote("Rain."))
    return talker.enters("Ana", ANA, *answers)


def test_a_search_is_narrowed_by_person_kind_and_tag(talker: Talker) -> None:
    said = found(
        talker,
        *("search", "lantern", "narrow", "person", "Ben", "back", "narrow", "person", "", "tag", "light"),
        *("back", "1", "back", "narrow", "kind", "gratitude", "back", "quit"),
    )
    assert talker.not_typed == []
    assert "«" not in said
    lists = said.split("Found. Choose by number or word.\n")
    assert "door" in lists[1] and "stairs" in lists[1]
    assert "door" in lists[2].split("Narrow by.")[0]
    assert "stairs" not in lists[2].split("narrow: By person")[0]
    assert "narrow: By person, session, kind or tag. Now: light." in said
    assert "Nothing you can read fits all of this." in said


def test_without_words_a_choice_alone_finds(talker: Talker) -> None:
    said = found(talker, "search", "", "person", "Ana", "session", "back", "quit")
    assert "No note you can read has a session to choose." in said
    first = said.split("Found. Choose by number or word.\n")[1]
    assert first.index("Rain.") < first.index("Lantern on the stairs.")
    assert "door" not in first
