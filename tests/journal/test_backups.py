"""Backups in a folder: older ones go once a newer whole one is there, and nothing else ever does."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock, staging
from kapjournal.domain.rotation import Keep, name_of
from kapjournal.errors import CannotSave, GivenUp, JournalLocked, NotFound, Refused
from kapjournal.journal import Journal, NewNote, backup_folder, backups_in, look_through, sealed_contents
from kapjournal.journal.backup_folder import PRACTICE
from kapjournal.progress import in_silence
from kapjournal.store import journal_at
from tests.cast import PASSPHRASES, meet, practice_of_lee
from tests.internals import vault_of
from tests.shared_journal import SharedJournal
from tests.shared_journal import meet as meet_shared

NOON = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SharedJournal:
    return meet_shared(tmp_path_factory.mktemp("made"))


@pytest.fixture
def shared(made: SharedJournal, tmp_path: Path) -> SharedJournal:
    return made.copied(tmp_path / "ours")


@pytest.fixture
def ana(shared: SharedJournal) -> Iterator[Journal]:
    with shared.open("Ana") as ana:
        yield ana


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


def _on(
    day: float, journal: Journal, stick: Path, keep: Keep | None = None, *, couples: bool = False
) -> Path:
    """A backup so many days after the first; where it is."""
    with clock.at(NOON + dt.timedelta(days=day)):
        return journal.backups.into(stick, keep, couples=couples).path


def _named(day: float, suffix: str = ".kap") -> str:
    return name_of(clock.local(NOON + dt.timedelta(days=day))) + suffix


def _names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def test_day_after_day(ana: Journal, stick: Path) -> None:
    for day in range(16):
        _on(day, ana, stick, Keep(days=2, weeks=3))
        _on(day + 0.01, ana, stick, Keep(days=2, weeks=3))
    # 30 November 2026 is a Monday: of each week its Sunday, and the last two days
    assert _names(stick) == {_named(day + 0.01) for day in (6, 13, 14, 15)}
    assert all(sealed_contents(one, in_silence).is_whole for one in stick.iterdir())


def test_two_in_one_second_have_two_names(ana: Journal, stick: Path) -> None:
    one, other = _on(0, ana, stick), _on(0, ana, stick)
    assert {one.name, other.name} == {_named(0), _named(0, "-2.kap")}
    assert _on(0, ana, stick, Keep(last=1)).exists() and len(_names(stick)) == 1


@pytest.mark.parametrize("couples", [False, True])
def test_two_programs_in_one_second_never_write_over_one_another(
    practice: Journal, stick: Path, couples: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program takes the name in the moment before this one does."""
    put, suffix = staging.put, "" if couples else ".kap"

    def just_before(whole: Path, dest: Path) -> None:
        if dest.name == _named(0, suffix):
            (shutil.copytree if couples else shutil.copy)(whole, dest)
        put(whole, dest)

    monkeypatch.setattr(staging, "put", just_before)
    made = _on(0, practice, stick, couples=couples)
    assert made.name == _named(0, f"-2{suffix}")
    assert _names(stick) == {_named(0, suffix), made.name}
    assert all(sealed_contents(one, in_silence).is_whole for one in stick.rglob("*.kap"))


def test_what_needs_a_folder_makes_no_file(ana: Journal, tmp_path: Path) -> None:
    for keep, couples in ((Keep(last=1), False), (None, True)):
        with pytest.raises(NotFound, match="name a folder that is there"):
            ana.backups.make(tmp_path / "gone", keep, couples=couples)
    assert not (tmp_path / "gone").exists()
    assert ana.backups.make(tmp_path / "one.kap").path == tmp_path / "one.kap"
    assert ana.backups.make(tmp_path).path.parent == tmp_path


def test_without_a_number_all_are_kept(ana: Journal, stick: Path) -> None:
    for day in range(3):
        _on(day, ana, stick)
    assert len(_names(stick)) == 3


def test_the_new_one_stays_whatever_the_clock_said_before(ana: Journal, stick: Path) -> None:
    _on(400, ana, stick)
    new = _on(0, ana, stick, Keep(last=1))
    assert new.exists()


def _of_another_journal(place: Path, ours: Path, tmp_path: Path) -> None:
    meet(other := tmp_path / "other.kap", tmp_path / "other memory")
    shutil.copy(other, place)


def _with_a_damaged_row(place: Path, ours: Path, _tmp_path: Path) -> None:
    shutil.copy(ours, place)
    with closing(sqlite3.connect(place)) as raw, raw:
        raw.execute("UPDATE envelope SET sealed = zeroblob(4881) WHERE id = (SELECT min(id) FROM envelope)")


def _cut_short(place: Path, ours: Path, _tmp_path: Path) -> None:
    place.write_bytes(ours.read_bytes()[:-5000])


def _no_journal(place: Path, _ours: Path, _tmp_path: Path) -> None:
    place.write_bytes(b"somebody's holiday pictures")


def _a_link(place: Path, ours: Path, tmp_path: Path) -> None:
    shutil.copy(ours, elsewhere := tmp_path / "elsewhere.kap")
    place.symlink_to(elsewhere)


def _a_second_name(place: Path, ours: Path, tmp_path: Path) -> None:
    shutil.copy(ours, elsewhere := tmp_path / "elsewhere.kap")
    place.hardlink_to(elsewhere)


def _a_folder(place: Path, ours: Path, _tmp_path: Path) -> None:
    place.mkdir()
    shutil.copy(ours, place / "journal.kap")


def _in_use(place: Path, ours: Path, _tmp_path: Path) -> None:
    shutil.copy(ours, place)
    place.with_name(place.name + "-wal").write_bytes(b"words that lie in no other file")


def _state(place: Path) -> object:
    found = place.lstat()
    return found.st_ino, found.st_mtime_ns, found.st_nlink, place.read_bytes() if place.is_file() else None


@pytest.mark.parametrize(
    "put",
    [
        _of_another_journal,
        _with_a_damaged_row,
        _cut_short,
        _no_journal,
        _a_link,
        _a_second_name,
        _a_folder,
        _in_use,
    ],
)
def test_what_only_has_the_name_is_never_touched(
    put: Callable[[Path, Path, Path], None], ana: Journal, stick: Path, tmp_path: Path
) -> None:
    first = _on(0, ana, stick)
    place = stick / _named(1)
    put(place, first, tmp_path)
    before = _state(place)
    _on(2, ana, stick, Keep(last=1))
    new = _on(3, ana, stick, Keep(last=1))
    assert _state(place) == before
    assert {one for one in stick.iterdir() if not one.name.startswith(place.name)} == {new}


def test_a_damaged_one_stands_for_no_day(ana: Journal, stick: Path, tmp_path: Path) -> None:
    """The whole backup of a day stays where the last one of that day is damaged."""
    whole = _on(0, ana, stick)
    _with_a_damaged_row(stick / _named(0.1), whole, tmp_path)
    for day in (1, 2):
        _on(day, ana, stick, Keep(days=3))
        _on(day + 0.1, ana, stick, Keep(days=3))
    assert _names(stick) == {_named(day) for day in (0, 0.1, 1.1, 2.1)}


def test_another_name_is_never_touched(ana: Journal, stick: Path) -> None:
    ana.backup(stick / "journal-backup.kap")
    ana.backup(stick / "before the retreat.kap")
    for day in range(3):
        _on(day, ana, stick, Keep(last=1))
    assert _names(stick) == {"journal-backup.kap", "before the retreat.kap", _named(2)}


def test_the_journal_itself_is_never_touched(shared: SharedJournal) -> None:
    """One that was opened from a backup, in the folder of the backups."""
    moved = shared.path.rename(shared.path.with_name(_named(-5)))
    with replace(shared, path=moved).open("Ana") as ana:
        for day in range(3):
            _on(day, ana, moved.parent, Keep(last=1))
        assert moved.exists() and ana.notes.all() == []


def test_where_the_new_one_is_not_whole_nothing_is_removed(shared: SharedJournal, stick: Path) -> None:
    with shared.open("Ana") as ana:
        _on(0, ana, stick)
        _on(1, ana, stick)
    with closing(sqlite3.connect(shared.path)) as raw, raw:
        raw.execute("UPDATE envelope SET sealed = zeroblob(4881) WHERE id = (SELECT min(id) FROM envelope)")
    with shared.open("Ana") as ana, clock.at(NOON + dt.timedelta(days=2)):
        done = ana.backups.into(stick, Keep(last=1))
    assert [name for name, _ in done.amiss] == [""] and not done.removed
    assert len(_names(stick)) == 3


def test_given_up_at_any_step_all_is_there_as_it_was(ana: Journal, stick: Path) -> None:
    _on(0, ana, stick)
    _on(1, ana, stick)
    before = _names(stick)
    for last in range(1, 200):
        steps = 0

        def stop(_done: int, _whole: int, last: int = last) -> None:
            nonlocal steps
            steps += 1
            if steps == last:
                raise GivenUp

        try:
            with clock.at(NOON + dt.timedelta(days=2)):
                done = ana.backups.into(stick, Keep(last=1), follow=stop)
            break
        except GivenUp:
            assert _names(stick) == before, last
    assert last > 3 and done.path.exists()


def test_a_lock_gives_it_up(ana: Journal, stick: Path) -> None:
    def lock(_done: int, _whole: int) -> None:
        vault_of(ana)
        ana._access.is_closing = True

    with pytest.raises(JournalLocked):
        ana.backups.into(stick, follow=lock)
    assert not _names(stick)
    ana._access.is_closing = False


def test_no_folder_is_made(ana: Journal, tmp_path: Path) -> None:
    """A stick that is not there is no reason to write to another disk."""
    with pytest.raises(NotFound):
        ana.backups.into(tmp_path / "not there")
    assert not (tmp_path / "not there").exists()


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Journal]:
    """A practice with two couples."""
    made = practice_of_lee(tmp_path / "practice.kap", tmp_path / "memory")
    with made:
        for name in ("Ana and Ben", "Iris and Samir"):
            meet(path := tmp_path / f"{name}.kap", tmp_path / f"memory of {name}")
            made.couples.add(name, path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
        yield made


def test_a_practice_and_its_couples_in_one_go(practice: Journal, stick: Path) -> None:
    practice.couples.ask_each_time(practice.couples.get("Iris and Samir").case)
    there = _on(0, practice, stick, couples=True)
    assert there.name == _named(0, "")
    assert _names(there) == {PRACTICE, "couple-1-backup.kap", "couple-2-backup.kap"}
    assert not any(word in one.name for one in there.iterdir() for word in ("Ana", "Iris"))
    couples = [couple.path for couple in practice.couples.all() if couple.path]
    assert {journal_at(one) for one in there.iterdir()} == set(map(journal_at, (practice.path, *couples)))
    assert all(one.stat().st_mode & 0o777 == 0o600 for one in there.iterdir())
    assert there.stat().st_mode & 0o777 == 0o700


def test_sets_are_thinned_out_as_a_whole(practice: Journal, stick: Path) -> None:
    alone = _on(0, practice, stick)
    for day in range(1, 4):
        _on(day, practice, stick, Keep(last=2), couples=True)
    assert _names(stick) == {alone.name, _named(2, ""), _named(3, "")}
    (stick / _named(2, "") / "a list of mine.txt").touch()
    _on(4, practice, stick, Keep(last=1), couples=True)
    assert _names(stick) == {alone.name, _named(2, ""), _named(4, "")}, "with something else in it, it stays"


def test_a_set_with_a_journal_that_somebody_laid_there_stays(practice: Journal, stick: Path) -> None:
    """It may be the only one there is: nothing of this program is called so in a set."""
    there = _on(0, practice, stick, couples=True)
    shutil.move(there / "couple-1-backup.kap", there / "ours.kap")
    for day in range(1, 3):
        _on(day, practice, stick, Keep(last=1), couples=True)
    assert _names(stick) == {there.name, _named(2, "")} and (there / "ours.kap").exists()


def _forbidden(place: Path) -> Callable[..., object]:
    """Whatever is asked of a place or what is in it, as of somebody else's folder."""
    ask = Path.stat

    def stat(self: Path, *args: object, **named: object) -> object:
        if place in (self, *self.parents):
            raise PermissionError(13, "Permission denied", str(self))
        return ask(self, *args, **named)  # type: ignore[arg-type]

    return stat


def test_what_cannot_be_looked_at_is_never_touched_and_stops_nothing(
    ana: Journal, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's folder of such a name, or a backup that another program removes meanwhile."""
    first, place = _on(0, ana, stick), stick / _named(1)
    place.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", _forbidden(place))
        new = _on(2, ana, stick, Keep(last=1))
    assert _names(stick) == {place.name, new.name} and not first.exists()


def test_a_backup_that_goes_meanwhile_stops_nothing(
    ana: Journal, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _on(0, ana, stick), _on(1, ana, stick)
    amiss = backup_folder.amiss

    def gone(name: str, written: Path, progress: backup_folder.Copying) -> list[tuple[str, str]]:
        if written == first:
            first.unlink()
        return amiss(name, written, progress)

    monkeypatch.setattr(backup_folder, "amiss", gone)
    new = _on(2, ana, stick, Keep(last=1))
    assert _names(stick) == {new.name} and not second.exists()


@pytest.mark.parametrize("harm", ["gone", "another", "damaged"])
def test_a_couples_journal_that_cannot_be_had_is_named(practice: Journal, stick: Path, harm: str) -> None:
    _on(0, practice, stick, couples=True)
    path = practice.couples.get("Ana and Ben").path
    assert path is not None
    if harm == "another":
        shutil.copy(practice.couples.get("Iris and Samir").path or "", path)
    elif harm == "damaged":
        path.write_bytes(path.read_bytes()[:8000])
    else:
        path.unlink()
    done = practice.backups.into(stick, Keep(last=1), couples=True)
    assert [name for name, _ in done.amiss] == ["Ana and Ben"] and not done.removed
    assert _names(done.path) == {PRACTICE, "couple-2-backup.kap"}
    assert len(_names(stick)) == 2, "the older set has what this one has not"


def test_a_couples_file_in_a_set_is_not_compared_with_the_practice(practice: Journal, stick: Path) -> None:
    made = _on(0, practice, stick, couples=True)
    path = vault_of(practice).file.path
    beside = {one.name: look_through(one, path).beside for one in backups_in(stick)}
    assert beside.pop(PRACTICE) is not None and set(beside.values()) == {None}
    theirs = practice.couples.get("Ana and Ben").path
    stands = [look_through(one, theirs).beside for one in backups_in(made)]
    assert sum(one is not None and one.is_same for one in stands) == 1, "with their own it is"


def test_a_couples_own_journal_has_no_couples(ana: Journal, stick: Path) -> None:
    with pytest.raises(Refused):
        ana.backups.into(stick, couples=True)


def test_where_nothing_can_be_written_nothing_is_removed(
    ana: Journal, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(0, ana, stick)

    def no_room(_source: Path, _dest: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", no_room)
    with pytest.raises(CannotSave, match="No space left"):
        _on(1, ana, stick, Keep(last=1))
    assert _named(0) in _names(stick)


def test_the_last_backup_is_noted_for_all_and_names_nobody(shared: SharedJournal, stick: Path) -> None:
    with clock.at(NOON), shared.open("Ben") as ben:
        first = ben.backups.last()
        assert (first.day, first.was_made) == (clock.today(), False)
    with clock.at(NOON + dt.timedelta(days=3)), shared.open("Ben") as ben:
        assert ben.backups.last() == first
        noted = {one: one.read_bytes() for one in shared.memory.iterdir()}
        assert ben.backups.last() == first
        assert {one: one.read_bytes() for one in shared.memory.iterdir()} == noted
    with clock.at(NOON + dt.timedelta(days=4)), shared.open("Ana") as ana:
        ana.backups.into(stick)
        day = clock.today()
    with shared.open("Ben") as ben:
        assert (ben.backups.last().day, ben.backups.last().was_made) == (day, True)
    [note] = [one for one in shared.memory.iterdir() if one.stat().st_size < 100]
    note.write_bytes(b"nonsense")
    with clock.at(NOON + dt.timedelta(days=9)), shared.open("Ben") as ben:
        assert not ben.backups.last().was_made


def test_a_note_is_in_a_backup_made_while_another_writes(shared: SharedJournal, stick: Path) -> None:
    with shared.open("Ana") as ana, shared.open("Ben") as ben:
        ana.notes.add(NewNote("before", share="partner"))
        there = ana.backups.into(stick, follow=lambda _done, _whole: ben.notes.add(NewNote("meanwhile"))).path
    assert sealed_contents(there, in_silence).is_whole


def test_progress_only_grows_and_comes_to_the_whole(ana: Journal, stick: Path, tmp_path: Path) -> None:
    for number in range(60):
        ana.notes.add(NewNote(f"{number} words"))
    told: list[tuple[int, int]] = []
    ana.backup(tmp_path / "one.kap", lambda done, whole: told.append((done, whole)))
    assert told == sorted(told) and told[-1][0] == told[-1][1]
    told.clear()
    ana.backups.into(stick, follow=lambda done, whole: told.append((done, whole)))
    assert told == sorted(told) and 0.7 < told[-1][0] / told[-1][1] <= 1
