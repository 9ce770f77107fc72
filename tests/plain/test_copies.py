"""Copies line by line: bringing one in, making one, and what is missing."""

import shutil
import sqlite3
from pathlib import Path

from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, join, unlock
from kapjournal.presentation import copies, sentences
from tests.cli.command_line import ANA, BEN, LEE

from .plain_conversation import PlainConversation, opened


def elsewhere(plain: PlainConversation) -> Path:
    """The journal and what is remembered of it, on another computer."""
    folder = plain.folder / "elsewhere"
    folder.mkdir()
    shutil.copytree(plain.memory, folder / "memory")
    return Path(shutil.copy(plain.file, folder / "ours.kap"))


def open_at(path: Path, label: str, passphrase: str) -> Journal:
    return unlock(path, label=label, passphrase=passphrase, record_folder=path.parent / "memory")


def test_another_copy_is_brought_in_once_it_is_said_what_that_means(plain: PlainConversation) -> None:
    there = elsewhere(plain)
    with open_at(there, "Ben", BEN) as ben:
        ben.notes.add(NewNote("I saw the lights, too.", share="Ana"))
    said = plain.enters(
        *("Ana", ANA, "merge", "", "merge", str(there.with_name("nowhere")), "merge", str(plain.file)),
        *("merge", "help", str(there), "search", "lights", "quit"),
    )
    assert plain.not_typed == []
    assert said.index(copies.MERGING) < said.index("Nothing was brought in.")
    assert "is the journal that is open" in said
    assert "New here: one note." in said
    assert "I saw the lights, too." in said


def test_a_copy_for_another_computer_opens_there(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern."))
    there = plain.folder / "mine.kap"
    said = plain.enters("Ana", ANA, "copy", "", "copy", str(there.with_suffix("")), "quit")
    assert copies.FOR_OWN_COMPUTER in said
    assert "Nothing was written." in said
    assert copies.written(there) in said
    assert copies.TOGETHER in said
    with open_at(there, "Ana", ANA) as ana:
        assert "Lantern." in [note.text.body for note in ana.notes.all()]


def test_a_copy_for_somebody_who_is_invited_lets_them_join(plain: PlainConversation) -> None:
    there = plain.folder / "max.kap"
    said = plain.enters("Dr Lee", LEE, "people", "copy", "quit")
    assert "There is no choice “copy” here." in said
    with opened(plain, "Dr Lee", LEE) as lee:
        code = lee.members.invite("Max", Role.SUPERVISOR, strength=FLOOR)
    said = plain.enters("Dr Lee", LEE, "people", "copy", "", "copy", "max", str(there), "quit")
    assert copies.for_newcomer("Max") in said
    assert all(sentence in said for sentence in copies.next_steps("Max"))
    join(
        there,
        code=code,
        label="Max",
        passphrase="a lamp by the ferry",
        with_recovery=False,
        strength=FLOOR,
        record_folder=plain.folder / "there",
    )[0].close()


def test_what_is_missing_is_let_go_once_it_is_meant(plain: PlainConversation) -> None:
    with sqlite3.connect(plain.file) as raw:
        before = raw.execute("SELECT id FROM envelope").fetchall()
        with opened(plain, "Ben", BEN) as ben:
            ben.notes.add(NewNote("for you", share="Ana"))
        new = set(raw.execute("SELECT id FROM envelope").fetchall()) - set(before)
    opened(plain, "Ana", ANA).close()
    with sqlite3.connect(plain.file) as raw:
        raw.executemany("DELETE FROM envelope WHERE id = ?", new)
    said = plain.enters("Ana", ANA, "let go", "no", "let go", "yes", "let go", "findings", "quit")
    assert said.index(copies.LETTING_GO) < said.index("Nothing was changed.") < said.index(copies.LET_GO)
    assert "There is no choice “let go” here." in said
    assert "There is no choice “findings” here." in said


def test_two_texts_are_told_and_saving_joins_them(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        note = ana.notes.add(NewNote("You waited.", title="By the car", share="Ben"))
    there = elsewhere(plain)
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.edit(note.id, NoteChange(body="You waited by the ferry."))
    with open_at(there, "Ana", ANA) as ana:
        ana.notes.edit(note.id, NoteChange(body="You waited in the snow."))
    with opened(plain, "Ana", ANA) as ana:
        ana.copies.merge(there)
    said = plain.enters("Ben", BEN, "search", "waited", "1", "quit")
    assert sentences.BOTH_STAND in said
    assert sentences.SAVING_JOINS not in said
    said = plain.enters("Ana", ANA, "search", "waited", "1", "edit", "Both.", ".", "done", "hear", "quit")
    assert sentences.SAVING_JOINS in said
    with opened(plain, "Ana", ANA) as ana:
        now = ana.notes.get(note.id)
        assert now.beside == ()
        assert "ferry" in now.text.body and "snow" in now.text.body
