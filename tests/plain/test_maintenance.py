"""Exports, settings, new recovery words and new keys."""

import datetime as dt
import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from kapjournal import clock, config
from kapjournal.errors import UnlockFailed
from kapjournal.journal import NewNote
from kapjournal.presentation import restoring, sentences
from tests.cli.command_line import ANA, BEN

from .plain_conversation import PlainConversation, opened, word_asked_back


def test_an_export_says_whose_notes_it_holds_before_it_is_written(plain: PlainConversation) -> None:
    with opened(plain, "Ben", BEN) as ben:
        ben.notes.add(NewNote("For you.", share="Ana"))
    said = plain.enters("Ana", ANA, "export", "one", "yes", "out.md", "", "no", "quit")
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


RENEWED = "a passphrase for new keys"


def test_new_keys_hold_once_a_word_is_given_back(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "new keys", ANA, RENEWED, RENEWED, "", word_asked_back, "write", "", "", "Later."),
        *(".", "done", "quit"),
    )
    assert said.index(sentences.NEW_KEYS) < said.index(sentences.NEW_KEYS_WORDS)
    assert sentences.KEYS_REPLACED in said
    assert RENEWED not in said
    with pytest.raises(UnlockFailed):
        opened(plain, "Ana", ANA)
    words = " ".join(re.findall(r"Word \d+ of 24: (\w+)", said)[:24])
    assert sentences.RECOVERED in plain.says("recover", words, ANA, ANA, "quit")
    with opened(plain, "Ana", ANA) as ana:
        assert [note.text.body for note in ana.notes.all()] == ["Later."]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (("back",), sentences.NEW_KEYS_LEFT),
        ((RENEWED, "back"), sentences.NEW_KEYS_LEFT),
        ((RENEWED, RENEWED, "back"), sentences.NEW_KEYS_LEFT),
        ((RENEWED, RENEWED, "", "wrongly", "back"), sentences.NEW_KEYS_LEFT),
        ((RENEWED, RENEWED, "lock"), "Locked."),
        ((ANA, ANA), sentences.STILL_THE_SAME),
        ((RENEWED, RENEWED), "You have left kapjournal."),
    ],
)
def test_who_stops_before_that_keeps_the_old_keys(
    plain: PlainConversation, answers: tuple[str, ...], sentence: str
) -> None:
    assert sentence in plain.enters("Ana", ANA, "new keys", ANA, *answers)
    opened(plain, "Ana", ANA).close()
    with pytest.raises(UnlockFailed):
        opened(plain, "Ana", RENEWED)


def test_a_wrong_passphrase_gets_no_new_keys(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "new keys", RENEWED, "quit")
    assert "That is not the passphrase of your door." in said
    assert sentences.NEW_KEYS_WORDS not in said


def test_a_backup_is_restored_and_its_door_opens(plain: PlainConversation) -> None:
    backup = plain.folder / "backup"
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern."))
        ana.backup(backup)
        ana.notes.add(NewNote("After it."))
    said = plain.says("restore", str(backup), "Ana", ANA, "search", "lantern", "back", "quit")
    assert said.index(restoring.RESTORING) < said.index("What stood there is kept")
    with opened(plain, "Ana", ANA) as ana:
        assert [note.text.body for note in ana.notes.all()] == ["Lantern."]


def test_a_damaged_backup_is_restored_only_after_a_yes(plain: PlainConversation) -> None:
    backup = plain.folder / "backup"
    with opened(plain, "Ana", ANA) as ana:
        ana.backup(backup)
        ana.notes.add(NewNote("After it."))
    with closing(sqlite3.connect(backup)) as raw, raw:
        raw.execute("UPDATE envelope SET sealed = zeroblob(4881) WHERE id = (SELECT min(id) FROM envelope)")
    before = plain.file.read_bytes()
    said = plain.says("restore", str(backup), "Ana", ANA, "no", "quit")
    assert "Rows that are damaged: 1. Nothing was changed." in said and restoring.NOT_RESTORED in said
    assert plain.file.read_bytes() == before
    said = plain.says("restore", str(backup), "Ana", ANA, "yes", "quit")
    assert said.index(restoring.ALL_THE_SAME) < said.index("What stood there is kept")
    assert "The backup is not whole. Rows that are damaged: 1." in said


def test_one_more_in_a_folder_is_written_and_checked(plain: PlainConversation) -> None:
    stick = plain.folder / "stick"
    stick.mkdir()
    said = plain.enters("Ana", ANA, "backup", str(stick), "2x", "1", "backup", str(stick), "1", "quit")
    assert "No backup was made on this computer yet." in said
    assert "The last one on this computer:" in said and "Removed, since newer ones are kept" in said
    [backup] = stick.iterdir()
    said = plain.says("check backup", str(backup), "Ana", ANA, "quit")
    assert "It is whole" in said and "The door of Ana opens: notes 0." in said
    backup.write_bytes(backup.read_bytes()[:9000])
    assert "is damaged or is no journal" in plain.says("check backup", str(stick), "quit")


def test_after_how_many_days_to_remind_of_a_backup_is_chosen(plain: PlainConversation) -> None:
    said = plain.enters("Ana", ANA, "settings", "backup", "soon", "366", "30", "back", "quit")
    assert said.count("That is no number of days from 0 to 365.") == 2
    assert "remind of one: after 14 days without." in said and "after 30 days without." in said
    assert config.load().settings.backup_days == 30


def test_who_has_no_backup_for_long_is_reminded(plain: PlainConversation) -> None:
    words = "No backup was made on this computer yet. Choose backup to make one."
    assert words not in plain.enters("Ana", ANA, "quit")
    with clock.at(clock.now() + dt.timedelta(days=15)):
        assert words in plain.enters("Ben", BEN, "quit")
        config.save(replace(config.load().settings, backup_days=0))
        assert words not in plain.enters("Ben", BEN, "quit")


def test_an_archive_says_what_it_is_before_it_is_written(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("mine"))
    out = plain.folder / "out"
    said = plain.enters("Ana", ANA, "archive", "folder", str(out), "", "no", "quit")
    assert "journal-archive-" in said and "Nothing was written." in said and not out.exists()
    said = plain.enters("Ana", ANA, "archive", "1", str(out), "", "yes", "quit")
    assert said.index("It holds your own notes and nobody else’s.") < said.index("Write it?")
    assert f"It is written. You find it at {out}." in said
    assert plain.not_typed == [] and len(list((out / "notes").iterdir())) == 1
