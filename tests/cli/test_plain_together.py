"""The talk line by line as people live it: one keyboard for two, a page with help, a course, a search."""

import datetime as dt
import re

import pytest

from kapjournal import config
from kapjournal.cli.plain.differences import differences
from kapjournal.cli.plain.new_door import ask_back
from kapjournal.cli.plain.talk import WORDS
from kapjournal.domain import sentences
from kapjournal.domain.notes import Draft, NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import Journal, NewNote, NoteChange

from .desk import ANA, BEN, LEE
from .talker import Talker, opened, word_asked_back

# one keyboard


def test_a_therapist_hands_the_keyboard_over_and_the_keys_meet(alone: Talker) -> None:
    said = alone.says(
        *("start", "Dr Lee", "therapist", LEE, LEE, str(alone.file), word_asked_back),
        *("people", "invite", "Ana", "partner", "yes"),
        # Ana sits down
        *("", "and sees nothing of", "", ANA, ANA, ""),
        *(word_asked_back, "yes"),
        # Dr Lee again
        *(LEE, "people", "list", "quit"),
    )
    assert alone.code == 0
    turned = said.index("Turn the screen to Ana.")
    assert said.index("Locked.") < turned < said.index("Ana, you are in.")
    assert sentences.hand_back("Dr Lee", "Ana") in said
    assert "The passphrase of Dr Lee:" in said
    assert sentences.met("Ana") in said
    assert said.endswith("You have left kapjournal.\n")
    with opened(alone, "Dr Lee", LEE) as lee:
        assert lee.can_share_with("Ana")
        assert lee.invitations() == []


def test_the_six_words_are_never_asked_of_whom_the_keyboard_is_handed_to(alone: Talker) -> None:
    said = alone.says(
        *("start", "Dr Lee", "therapist", LEE, LEE, str(alone.file), word_asked_back),
        *("people", "invite", "Ana", "partner", "yes", "", ANA, ANA, "dr lee", "Anna"),
        *(word_asked_back, "no", "quit"),
    )
    assert "The code, six words:" not in said
    assert "There is a “dr lee” in this journal already." in said
    assert "The door of Anna is open." in said


def test_who_goes_back_before_joining_comes_to_the_doors(talker: Talker) -> None:
    said = talker.enters(
        *("Dr Lee", LEE, "people", "invite", "Max", "supervisor", "yes", "back", "Dr Lee", LEE),
        *("people", "invitations", "1", "yes", "list", "quit"),
    )
    assert said.index("Turn the screen to Max.") < said.rindex("Whose door. Choose")
    assert sentences.CANCELLING in said
    assert sentences.cancelled("Max") in said


def test_digits_that_differ_say_what_to_do(talker: Talker) -> None:
    said = talker.enters("Ana", ANA, "people", "compare", "Dr Lee", "different", "list", "quit")
    assert sentences.comparing("Dr Lee") in said
    assert sentences.not_the_same("Dr Lee") in said
    assert "Dr Lee, therapist, keeper, digits not compared yet." in said


def test_no_word_that_leaves_is_asked_back(alone: Talker) -> None:
    class Paper:
        asked: list[str] = []  # noqa: RUF012

        def say(self, *_: str) -> None: ...

        def ask(self, question: str, _: str) -> str:
            self.asked.append(question)
            return "zoo"

    for _ in range(20):
        ask_back(Paper(), " ".join(["quit", "lock", "help", "zoo"]))  # type: ignore[arg-type]
    assert set(Paper.asked) == {"What is word 4?"}
    assert {"quit", "lock", "help"} <= WORDS


# the course


def test_a_therapist_plans_the_course_and_puts_a_session_right(talker: Talker) -> None:
    said = talker.enters(
        *("Dr Lee", LEE, "sessions", "plan", "many", "100", "4"),
        *("add", "dosing", "2026-11-20", "10:00", "", "First"),
        *("change", "1", "", "2026-11-21", "-", "3", "-", "list", "back"),
        *("read", "quit"),
    )
    assert talker.not_typed == []
    assert "“many” is not a whole number" in said
    assert "The number of planned sessions is between 0 and 99." in said
    assert sentences.planned(4) in said
    assert "Added: Session 1: First. Dosing, Friday, 20 November 2026 at 10:00." in said
    assert "Changed: Session 3. Dosing, Saturday, 21 November 2026." in said
    assert "Session 4 is planned and not in the course yet." in said
    said = talker.enters("Ana", ANA, "sessions", "list", "quit")
    assert sentences.planned(4) in said
    assert "add: Put a session" not in said
    assert "plan: Say how many" not in said


def test_the_course_says_where_today_is(talker: Talker) -> None:
    with opened(talker, "Dr Lee", LEE) as lee:
        today = dt.datetime.now().astimezone().date()
        lee.add_session(kind=SessionKind.DOSING, date=today - dt.timedelta(days=3))
    assert "Today is in this stretch: After session 1." in talker.enters("Ana", ANA, "read", "quit")


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
        (note,) = ana.notes(by="Ana")
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
        assert ana.notes(by="Ana")[0].text.body == "two\n.undo"


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
        assert [draft.text.body for draft in ana.drafts()] == ["half a\nsentence"]


def test_a_changed_line_that_could_not_be_saved_survives_a_lock(
    talker: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves, save = iter([True, True, False, False, True, True]), Journal.save_draft

    def failing(journal: Journal, draft: Draft) -> Draft:
        if not next(saves):
            raise OSError(28, "No space left on device")
        return save(journal, draft)

    monkeypatch.setattr(Journal, "save_draft", failing)
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
        assert [draft.text.body for draft in ana.drafts()] == ["uno\ntwo"]


def test_a_change_of_a_shared_note_says_who_gets_it(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        ana.add_note(NewNote("Lantern.", share="Dr Lee"))
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
        text = ana.notes(by="Ana")[0].text
        assert (text.title, text.tags) == ("", ("a", "b"))


# what was


def test_history_says_what_changed_and_a_wording_can_be_used_again(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        note = ana.add_note(NewNote("It was dark in the hall.\nStay.", title="Hall"))
        ana.edit_note(note.id, NoteChange(body="It was bright in the hall.\nStay.\nPlease."))
    said = talker.enters(
        *("Ana", ANA, "search", "hall", "1", "history", "1", "back", "2", "use again", ".", "done"),
        *("back", "back", "back", "quit"),
    )
    assert talker.not_typed == []
    assert "In line 1, “dark” became “bright”." in said
    assert "Line 3 is new: Please." in said
    assert "As it was first written:" in said
    with opened(talker, "Ana", ANA) as ana:
        assert ana.notes(by="Ana")[0].text.body == "It was dark in the hall.\nStay."
        assert len(ana.history(note.id)) == 3


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
        ana.add_note(NewNote("Lantern.", share="Ben"))
    said = talker.enters("Ana", ANA, "search", "lantern", "1", "delete", "yes", "quit")
    assert sentences.deleting("Ben") in said
    assert sentences.DELETED in said


# finding


def found(talker: Talker, *answers: str) -> str:
    with opened(talker, "Ben", BEN) as ben:
        ben.add_note(NewNote("Lantern by the door.", share="Ana", kind=NoteKind.GRATITUDE))
    with opened(talker, "Ana", ANA) as ana:
        ana.add_note(NewNote("Lantern on the stairs.", tags=("light",)))
        ana.add_note(NewNote("Rain."))
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


# taking out, and settings


def test_an_export_says_whose_notes_it_holds_before_it_is_written(talker: Talker) -> None:
    with opened(talker, "Ben", BEN) as ben:
        ben.add_note(NewNote("For you.", share="Ana"))
    said = talker.enters("Ana", ANA, "export", "one", "yes", "out.md", "no", "quit")
    assert said.index("what Ben shared with you") < said.index("Write it?")
    assert "journal-export-" in said
    assert not (talker.folder / "out.md").exists()


def test_lock_time_and_country_are_kept_and_work_at_once(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        ana.add_note(NewNote("Lantern."))
    said = talker.enters(
        *("Ana", ANA, "settings", "minutes", "soon", "0", "9", "country", "germany", "de", "back"),
        *("search", "lantern", "1", "share", "dr lee", "no", "quit"),
    )
    assert said.count("That is no number of minutes from 1 to 120.") == 2
    assert "A country is two letters here" in said
    assert "lock after 9 minutes without a line." in said
    assert said.count(re.findall(r"not monitored; in an emergency: (.+)", said)[0]) == 2
    settings = config.load().settings
    assert (settings.lock_minutes, settings.country) == (9, "DE")


def test_new_recovery_words_hold_once_one_is_given_back(talker: Talker) -> None:
    said = talker.enters(
        "Ana", ANA, "recovery words", "not hers at all", "recovery words", ANA, "back", "quit"
    )
    assert sentences.NEW_WORDS_LEFT in said
    said = talker.enters("Ana", ANA, "recovery words", ANA, "", word_asked_back, "quit")
    assert sentences.NEW_WORDS in said
    assert sentences.new_words_hold(had_some=True) in said
    words = " ".join(re.findall(r"Word \d+ of 24: (\w+)", said)[:24])
    assert sentences.RECOVERED in talker.says("recover", words, ANA, ANA, "quit")


def test_a_forgotten_passphrase_says_what_is_left_to_do(talker: Talker) -> None:
    said = talker.says("recover", "help", "abandon " * 24, ANA, ANA, "quit")
    assert sentences.WITHOUT_RECOVERY_WORDS in said
    assert talker.err == ""


def test_a_newcomer_hears_who_has_not_met_them(talker: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Journal, "waits_for_keeper", property(lambda _: True))
    assert talker.enters("Ana", ANA, "people", "quit").count(sentences.waits_for("Dr Lee")) == 2
