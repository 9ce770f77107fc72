"""The talk line by line as people live it: one keyboard for two, a course, doors and settings."""

import datetime as dt
import re

import pytest

from kapjournal import config
from kapjournal.cli.plain.new_door import ask_back
from kapjournal.cli.plain.talk import WORDS
from kapjournal.domain import sentences
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote
from kapjournal.journal.members import Members

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
        assert lee.members.can_share_with("Ana")
        assert lee.members.invitations() == []


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
        lee.sessions.add(kind=SessionKind.DOSING, date=today - dt.timedelta(days=3))
    assert "Today is in this stretch: After session 1." in talker.enters("Ana", ANA, "read", "quit")


# taking out, and settings


def test_an_export_says_whose_notes_it_holds_before_it_is_written(talker: Talker) -> None:
    with opened(talker, "Ben", BEN) as ben:
        ben.notes.add(NewNote("For you.", share="Ana"))
    said = talker.enters("Ana", ANA, "export", "one", "yes", "out.md", "no", "quit")
    assert said.index("what Ben shared with you") < said.index("Write it?")
    assert "journal-export-" in said
    assert not (talker.folder / "out.md").exists()


def test_lock_time_and_country_are_kept_and_work_at_once(talker: Talker) -> None:
    with opened(talker, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern."))
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
    monkeypatch.setattr(Members, "awaits_keeper", property(lambda _: True))
    assert talker.enters("Ana", ANA, "people", "quit").count(sentences.waits_for("Dr Lee")) == 2
