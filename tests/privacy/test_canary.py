"""No word that a person wrote is found anywhere outside memory, before and after it is deleted."""

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal.domain.members import Role
from kapjournal.journal import FLOOR, NewNote
from tests.cast import LABELS
from tests.internals import vault_of
from tests.privacy.canary import CANARIES, assert_none_under, canary, found_in
from tests.privacy.conftest import Room, plant


def test_the_search_for_canaries_finds_them(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"..." + canary("body").encode("utf-16-le"))
    with pytest.raises(AssertionError):
        assert_none_under(tmp_path)


def test_every_field_lies_sealed_while_the_journal_is_open(room: Room) -> None:
    lee, ana, ben = (room.shared.open(label) for label in LABELS)
    lee.members.invite(canary("invited") + " two", Role.SUPERVISOR, strength=FLOOR)
    for journal in (lee, ana, ben):
        journal.refresh()
        plant(journal)
        assert_none_under(*room.places)
    for journal in (lee, ana, ben):
        journal.refresh()
        journal.search(canary("query"))
        assert journal.search(canary("edited"))
        assert_none_under(*room.places)
    names = {path.name for path in room.shared.path.parent.iterdir()}
    assert {"ours.kap-wal", "ours.kap-shm"} <= names
    ana.backup(room.temp / "backup.kap")
    assert_none_under(*room.places)
    for journal in (lee, ana, ben):
        journal.close()
    assert_none_under(*room.places)


def test_what_was_planted_is_there_to_be_found(planted: tuple[Room, dict[str, str]]) -> None:
    room, _ = planted
    seen = ""
    with room.shared.open("Ana") as ana:
        seen += ana.title + ana.me.invited_as + str(ana.sessions.all()) + str(ana.drafts.all())
        seen += "".join(
            map(str, itertools.chain(ana.notes.all(), *map(ana.notes.history, [planted[1]["Ana"]])))
        )
    assert not [word for word in CANARIES if word not in seen and word != canary("query")]


def test_nothing_is_left_after_deleting(planted: tuple[Room, dict[str, str]]) -> None:
    room, notes = planted
    for label in LABELS:
        with room.shared.open(label) as journal:
            journal.notes.delete(notes[label])
            for draft in journal.drafts.all():
                journal.drafts.discard(draft.id)
            assert_none_under(*room.places)
        assert_none_under(*room.places)


def test_labels_are_the_only_words_in_the_file(planted: tuple[Room, dict[str, str]]) -> None:
    """Three letters stand by chance among a million sealed bytes now and then; those are told apart."""
    room, _ = planted
    data = room.shared.path.read_bytes()
    with closing(sqlite3.connect(room.shared.path)) as database:
        sealed = [one for (one,) in database.execute("SELECT sealed FROM envelope")]
    for label in LABELS:
        by_chance = sum(one.count(label.encode()) for one in sealed)
        assert 1 <= data.count(label.encode()) <= 1 + by_chance
    for word in ("therapist", "partner", "dosing", "note", "2026", "written", "replica", str(room.home)):
        assert word.encode() not in data


def test_memory_outside_the_file_holds_no_word(planted: tuple[Room, dict[str, str]]) -> None:
    room, _ = planted
    (remembered,) = room.shared.memory.iterdir()
    before = remembered.read_bytes()
    for label in LABELS:  # every part is sealed anew: three letters by chance are not there again
        with room.shared.open(label) as journal:
            vault_of(journal).save_record()
    data = remembered.read_bytes()
    assert not found_in(data)
    for word in (*LABELS, room.shared.path.name, "heads", "replica"):
        assert not (word.encode() in data and word.encode() in before)
    assert len(data) % (16 * 1024) == 0


def test_no_canary_in_an_error(room: Room) -> None:
    """What goes wrong is told without the words it went wrong with, the whole chain of causes included."""
    with room.shared.open("Ana") as ana:
        file = vault_of(ana).file
        vault_of(ana).file._raw.execute("PRAGMA query_only = ON")
        with pytest.raises(Exception) as told:
            ana.notes.add(NewNote(canary("body"), title=canary("title")))
        file._raw.execute("PRAGMA query_only = OFF")
    error: BaseException | None = told.value
    while error is not None:
        assert not found_in(repr(error).encode())
        error = error.__cause__ or error.__context__
