"""What takes long, given up at every step it tells of: files and the open journal are as before, and nothing
half is left."""

import errno
import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal import staging
from kapjournal.domain.members import Role
from kapjournal.errors import GivenUp, SearchDropped
from kapjournal.journal import FLOOR, Journal, NewNote, join, unlock
from kapjournal.journal.copies import _LEFT_HALF_WAY
from kapjournal.presentation.apart import NOTHING_ENDED, go_apart, why_not
from kapjournal.progress import Progress
from tests.attached import file_of
from tests.cast import PASSPHRASES
from tests.internals import vault_of

from .open_journals import OpenJournals


def given_up(work: Callable[[Progress], object]) -> Iterator[GivenUp]:
    """Do some work again and again, given up at its first step, at its second and so on, until it comes
    through; what ended it each time."""
    for last in itertools.count(1):
        steps = 0

        def follow(done: int, whole: int, last: int = last) -> None:
            nonlocal steps
            steps += 1
            assert 0 <= done <= whole
            if steps >= last:
                raise GivenUp

        try:
            work(follow)
        except GivenUp as error:
            yield error
        else:
            assert last > 2, "it tells of its steps"
            return


def rows(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """All that is in a journal's file."""
    with closing(sqlite3.connect(path)) as database:
        tables = ("journal", "keyslot", "envelope", "part")
        return {table: set(database.execute(f"SELECT * FROM {table}")) for table in tables}


def bodies(journal: Journal) -> set[str]:
    return {note.text.body for note in journal.notes.all()}


@pytest.fixture
def elsewhere(three: OpenJournals, tmp_path: Path) -> Path:
    """Another copy, in which Ana wrote something, with a file; here she wrote something else."""
    there = tmp_path / "elsewhere"
    shutil.copytree(three.folder, there)
    with three.open("Ana", path=there / "ours.kap", memory=there / "memory") as ana:
        for number in range(4):
            note = ana.notes.add(NewNote(f"there {number}", share="all"))
        ana.attachments.attach(note.id, file_of(tmp_path, bytes(3_000_000)))
    three.ana.notes.add(NewNote("here", share="all"))
    return there / "ours.kap"


def test_a_merge_given_up_leaves_each_file_as_before_or_with_all_of_the_other(
    three: OpenJournals, elsewhere: Path
) -> None:
    ana = three.ana
    ours, theirs = rows(three.path), rows(elsewhere)
    names = sorted(three.folder.iterdir()), sorted(elsewhere.parent.iterdir())
    half_way = 0
    for error in given_up(lambda follow: ana.copies.merge(elsewhere, follow)):
        assert rows(elsewhere) == theirs
        if str(error) == _LEFT_HALF_WAY:
            half_way += 1
            assert all(rows(three.path)[table] >= theirs[table] for table in ("envelope", "part"))
            assert bodies(ana) == {"here", *(f"there {number}" for number in range(4))}
        else:
            assert not half_way
            assert rows(three.path) == ours and bodies(ana) == {"here"}
        assert not ana.findings
        assert (sorted(three.folder.iterdir()), sorted(elsewhere.parent.iterdir())) == names
    assert half_way > 2
    assert rows(three.path) == rows(elsewhere)
    three.look()
    assert all(journal.check().is_clean for journal in three.journals)


def test_after_a_merge_was_given_up_one_writes_on(three: OpenJournals, elsewhere: Path) -> None:
    for _ in itertools.islice(given_up(lambda follow: three.ana.copies.merge(elsewhere, follow)), 3):
        pass
    three.ana.notes.add(NewNote("afterwards", share="all"))
    three.ben.refresh()
    assert {"here", "afterwards"} <= bodies(three.ben) and three.ben.check().is_clean


def test_whatever_breaks_off_a_merge_all_of_the_file_is_there_at_the_next_look(
    three: OpenJournals, elsewhere: Path
) -> None:
    """Also while everything is opened anew, when it is too late to give up."""
    ana, half_loaded = three.ana, 0
    for last in itertools.count(1):
        steps = itertools.count(1)

        def follow(_done: int, _whole: int, last: int = last, steps: Iterator[int] = steps) -> None:
            if next(steps) == last:
                raise OSError(errno.EIO, "The terminal is gone")

        try:
            ana.copies.merge(elsewhere, follow)
        except OSError:
            half_loaded += vault_of(ana)._is_half_loaded
            ana.refresh()
            with three.open("Ana") as fresh:
                assert ana.notes.all() == fresh.notes.all() and ana.members.all() == fresh.members.all()
            assert ana.check().is_clean and not ana.findings
        else:
            break
    assert half_loaded > 2 and "there 0" in bodies(ana)


def test_a_copy_given_up_leaves_nothing_of_it(three: OpenJournals, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    note = three.ana.notes.add(NewNote("words"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, bytes(3_000_000)))
    before = rows(three.path)
    for _ in given_up(lambda follow: three.ana.copies.for_own_computer(stick / "mine.kap", follow)):
        assert not list(stick.iterdir())
        assert rows(three.path) == before and not three.ana.findings
    with three.open("Ana", path=stick / "mine.kap", memory=tmp_path / "memory there") as there:
        assert bodies(there) == {"words"} and there.check().is_clean
    assert [path.name for path in stick.iterdir()] == ["mine.kap"]


def test_a_copy_for_a_newcomer_given_up_leaves_nothing_of_it(three: OpenJournals, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    code = three.lee.members.invite("Mo", Role.THERAPIST, strength=FLOOR)
    for _ in given_up(lambda follow: three.lee.copies.for_newcomer(stick / "mo.kap", "Mo", follow)):
        assert not list(stick.iterdir()) and not three.lee.findings
    join(
        stick / "mo.kap",
        code=code,
        label="Mo",
        passphrase="mo opens this door",
        strength=FLOOR,
        record_folder=tmp_path / "memory there",
    )[0].close()


def test_going_apart_given_up_leaves_no_archive_and_sharing_goes_on(
    three: OpenJournals, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for error in given_up(lambda follow: go_apart(three.ana, stick / "mine.kap", follow)):
        assert not list(stick.iterdir()) and str(error).endswith(NOTHING_ENDED)
        assert not why_not(three.ana)
    assert (stick / "mine.kap").exists() and why_not(three.ana)


def test_a_stop_asked_for_while_the_disk_is_waited_for_is_heard(
    three: OpenJournals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[Path] = []

    def follow(_done: int, _whole: int) -> None:
        if stopped:
            raise GivenUp

    stick, synced = tmp_path / "stick", staging.synced
    stick.mkdir()

    def slow(place: Path) -> None:
        synced(place)
        if place == stick:
            stopped.append(place)

    monkeypatch.setattr(staging, "synced", slow)
    with pytest.raises(GivenUp, match=NOTHING_ENDED):
        go_apart(three.ana, stick / "mine.kap", follow)
    assert stopped and not list(stick.iterdir()) and not why_not(three.ana)


def test_a_check_given_up_changes_nothing(three: OpenJournals, tmp_path: Path) -> None:
    note = three.ana.notes.add(NewNote("words"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, bytes(3_000_000)))
    before = rows(three.path)
    for _ in given_up(three.ana.check):
        assert rows(three.path) == before and bodies(three.ana) == {"words"}
    assert three.ana.check().is_clean


def test_a_check_tells_of_all_of_the_file(three: OpenJournals, tmp_path: Path) -> None:
    """Also of files that only others can read, and none of it twice."""
    for journal in three.journals:
        note = journal.notes.add(NewNote("words"))
        journal.attachments.attach(note.id, file_of(tmp_path, bytes(3_000_000)))
    three.look()
    told: list[tuple[int, int]] = []
    three.ana.check(lambda *how_far: told.append(how_far))
    assert told == sorted(told) and len({whole for _, whole in told}) == 1
    done, whole = told[-1]
    assert 0.95 * whole < done <= whole


def test_an_opening_given_up_leaves_the_file_to_the_letter(three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("words"))
    three.close()
    before = three.path.read_bytes()
    names = sorted(three.folder.iterdir())

    def opening(follow: Progress) -> None:
        with unlock(
            three.path, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=three.memory, follow=follow
        ) as ana:
            assert bodies(ana) == {"words"} and not ana.findings

    for _ in given_up(opening):
        assert three.path.read_bytes() == before and sorted(three.folder.iterdir()) == names


def test_an_index_given_up_is_made_by_the_next_search(three: OpenJournals) -> None:
    three.ana.notes.add_many(NewNote(f"a lantern {number}") for number in range(5))
    for _ in given_up(lambda follow: three.ana.search("lantern", follow=follow)):
        pass
    assert len(three.ana.search("lantern")) == 5
    three.ana.notes.add(NewNote("one more lantern"))
    assert len(three.ana.search("lantern")) == 6


def test_who_waits_for_an_index_hears_how_far_it_is_and_may_give_up(three: OpenJournals) -> None:
    three.ana.notes.add_many(NewNote(f"a lantern {number}") for number in range(5))
    heard: list[tuple[int, int]] = []

    def look(done: int, whole: int) -> None:
        """From within the making, as another thread would."""
        if not heard:
            heard.append((0, 0))
            with pytest.raises(SearchDropped):
                three.ana.search(
                    "lantern", is_dropped=lambda: len(heard) > 1, follow=lambda *how: heard.append(how)
                )
            assert heard[-1] == (done, whole)

    assert len(three.ana.search("lantern", follow=look)) == 5
    assert len(heard) == 2
