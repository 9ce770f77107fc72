"""The first ten minutes: starting a journal, joining it, the demo, a file with recovery words."""

import re

from kapjournal.plain.console import RESERVED_WORDS
from kapjournal.plain.new_passphrase import ask_back
from tests.cli.command_line import ANA

from .plain_conversation import PlainConversation, code_told, opened, word_asked_back


def test_a_therapist_starts_a_journal_and_a_partner_joins_it(alone: PlainConversation) -> None:
    said = alone.says(
        *("start", "Dr Lee", "therapist", ""),
        str(alone.file),
        "",
        word_asked_back,
        *("sessions", "add", "dosing", "2026-11-20", "14:30", "", "The first one", "back"),
        *("people", "invite", "Ana", "partner", "no", "back"),
        *("write", "What I saw", "She said it twice.", ".", "done"),
        "quit",
    )
    assert alone.code == 0
    assert alone.err == ""
    assert "keep a practice: a file of your own" in said
    assert "Word 24 of 24:" in said
    assert "The words are drawn by lot and mean nothing." in said
    assert "That is right." in said
    assert "Added: Session 1: The first one. Dosing, Friday, 20 November 2026 at 14:30, dose 1." in said
    assert "It is a note now. Readers: Only you." in said
    assert said.endswith("You have left kapjournal.\n")
    code = code_told(said)
    offered = said.split("write them down by hand.\n")[1].split("\n")[0]

    said = alone.says(
        *(
            "join",
            code,
            "Ana",
            "Dr Lee and Ana",
            "once more, ana opens this",
            "not the same",
            "ana opens this door",
            "ana opens this door",
        ),
        *("hear the words again is no word", "", word_asked_back),
        *("write", "", "", "Nobody sees this.", "", "help is a word here", ".", "done", "quit"),
        path=alone.file,
    )
    assert alone.code == 0
    assert "it is built on a name or a word of this journal" in said
    after_the_slip = said.split("The two passphrases are not the same.\n")[1]
    assert re.match(r"The six words that are offered are: (?:[a-z]+ ){5}[a-z]+\.\n", after_the_slip)
    assert "That is not word" in said
    assert "It is a note now. Readers: Only you." in said
    with opened(alone, "Ana", ANA) as ana:
        (note,) = ana.notes.all()
        assert note.text.body == "Nobody sees this.\n\nhelp is a word here"
        assert note.is_private
    with opened(alone, "Dr Lee", offered) as lee:
        assert [note.text.title for note in lee.notes.all()] == ["What I saw"]


def test_the_demo_can_be_looked_at(alone: PlainConversation) -> None:
    said = alone.says("demo", "Ana", "first light on the lake", "read", "1", "1", "quit")
    assert alone.code == 0
    assert "Ana (partner): first light on the lake" in said
    assert "End of the note." in said


def test_a_file_and_recovery_words(alone: PlainConversation) -> None:
    said = alone.says("start", "Ana", "partner", "", str(alone.file), "", word_asked_back, "quit")
    words = " ".join(re.findall(r"Word \d+ of 24: (\w+)", said)[:24])
    said = alone.says("another", "open", "nowhere", str(alone.file), "recover", words, ANA, ANA, "quit")
    assert "There is no such file." in said
    assert "Your door has a new passphrase." in said
    opened(alone, "Ana", ANA).close()


def test_no_word_that_leaves_is_asked_back(alone: PlainConversation) -> None:
    class Paper:
        asked: list[str] = []  # noqa: RUF012

        def say(self, *_: str) -> None: ...

        def ask(self, question: str, _: str) -> str:
            self.asked.append(question)
            return "zoo"

    for _ in range(20):
        ask_back(Paper(), " ".join(["quit", "lock", "help", "zoo"]))  # type: ignore[arg-type]
    assert set(Paper.asked) == {"What is word 4?"}
    assert {"quit", "lock", "help"} <= RESERVED_WORDS


def test_the_passphrases_of_the_demo_are_said_again_after_a_lock(alone: PlainConversation) -> None:
    said = alone.says("demo", "Ana", "first light on the lake", "lock", "quit")
    assert said.count("Ben (partner): kettle on the workbench") == 2
