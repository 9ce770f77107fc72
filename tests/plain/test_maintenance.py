"""Exports, settings and new recovery words."""

import re

from kapjournal import config
from kapjournal.journal import NewNote
from kapjournal.presentation import sentences
from tests.cli.command_line import ANA, BEN

from .plain_conversation import PlainConversation, opened, word_asked_back


def test_an_export_says_whose_notes_it_holds_before_it_is_written(plain: PlainConversation) -> None:
    with opened(plain, "Ben", BEN) as ben:
        ben.notes.add(NewNote("For you.", share="Ana"))
    said = plain.enters("Ana", ANA, "export", "one", "yes", "out.md", "no", "quit")
    assert said.index("what Ben shared with you") < said.index("Write it?")
    assert "journal-export-" in said
    assert not (plain.folder / "out.md").exists()


def test_lock_time_and_country_are_kept_and_work_at_once(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern."))
    said = plain.enters(
        *("Ana", ANA, "settings", "minutes", "soon", "0", "9", "country", "germany", "de", "back"),
        *("search", "lantern", "1", "share", "dr lee", "no", "quit"),
    )
    assert said.count("That is no number of minutes from 1 to 120.") == 2
    assert "A country is two letters here" in said
    assert "lock after 9 minutes without a line." in said
    assert said.count(re.findall(r"not monitored; in an emergency: (.+)", said)[0]) == 2
    settings = config.load().settings
    assert (settings.lock_minutes, settings.country) == (9, "DE")


def test_new_recovery_words_hold_once_one_is_given_back(plain: PlainConversation) -> None:
    said = plain.enters(
        "Ana", ANA, "recovery words", "not hers at all", "recovery words", ANA, "back", "quit"
    )
    assert sentences.NEW_WORDS_LEFT in said
    said = plain.enters("Ana", ANA, "recovery words", ANA, "", word_asked_back, "quit")
    assert sentences.NEW_WORDS in said
    assert sentences.new_words_hold(had_some=True) in said
    words = " ".join(re.findall(r"Word \d+ of 24: (\w+)", said)[:24])
    assert sentences.RECOVERED in plain.says("recover", words, ANA, ANA, "quit")
