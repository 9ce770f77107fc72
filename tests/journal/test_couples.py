"""A practice: its couples, and the way into each journal through one door."""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.couples import Couple
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.members import JournalKind, Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused, UnlockFailed, UsageError
from kapjournal.journal import FLOOR, Journal, NewNote, create, join, unlock
from kapjournal.presentation.couples import Glance, in_a_line
from kapjournal.presentation.glances import Seen, glance, look
from tests.cast import MORNING, PASSPHRASES, meet, practice_of_lee
from tests.internals import vault_of
from tests.journal.test_sessions import DAY

LEE = MORNING


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Journal]:
    made = practice_of_lee(tmp_path / "practice.kap", tmp_path / "memory")
    with made:
        yield made


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The journal of Ana, Ben and Dr Lee."""
    meet(path := tmp_path / "ours.kap", tmp_path / "memory")
    return path


def add(practice: Journal, name: str, path: Path, *, opens: bool = True) -> None:
    practice.couples.add(name, path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], opens=opens)


def another(folder: Path, name: str) -> Path:
    meet(path := folder / f"{name}.kap", folder / f"memory {name}")
    return path


def again(practice: Journal) -> Journal:
    """The practice, locked and unlocked."""
    folder = practice.path.parent / "memory"
    practice.close()
    return unlock(practice.path, label="Dr Lee", passphrase=LEE, record_folder=folder)


def test_one_unlock_opens_every_couple(
    practice: Journal, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(practice, "Ana and Ben", ours)
    add(practice, "The other two", another(tmp_path, "theirs"))
    with again(practice) as practice:
        monkeypatch.setattr("kapjournal.crypto.kdf.Argon2id", None)  # no door is stretched again
        couples = practice.couples.all()
        assert [(one.name, one.opens, one.position) for one in couples] == [
            ("Ana and Ben", True, 0),
            ("The other two", True, 1),
        ]
        for couple in couples:
            with practice.open_couple(couple.case) as journal:
                assert journal.me.label == "Dr Lee" and journal.kind is JournalKind.COURSE
                journal.notes.add(NewNote(f"seen {couple.name}"))
                assert journal.check().is_clean and not journal.findings
        assert practice.check().is_clean


def test_nothing_of_a_couple_can_be_read_while_it_is_locked(practice: Journal, ours: Path) -> None:
    add(practice, "Ana and Ben", ours)
    with practice.open_couple(practice.couples.get("Ana and Ben").case) as journal:
        held = vault_of(journal).secrets
    practice.close()
    raw = practice.path.read_bytes()
    for word in (b"Ana", b"Ben", b"ours.kap", str(ours).encode(), held.first, held.journal_key):
        assert word not in raw and word.hex().encode() not in raw


def test_a_colleague_has_no_way_into_a_journal(practice: Journal, ours: Path, tmp_path: Path) -> None:
    add(practice, "Ana and Ben", ours)
    code = practice.members.invite("Kim", Role.PRACTICE_MANAGER, strength=FLOOR)
    kim, _ = join(
        practice.path,
        code=code,
        label="Kim",
        passphrase="kim opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=tmp_path / "kim",
    )
    with kim:
        assert kim.is_practice, "before the keeper's word comes"
        practice.refresh()
        kim.refresh()
        assert kim.is_practice and kim.couples.all() == []
        with pytest.raises(NotFound):
            kim.open_couple(practice.couples.get("Ana and Ben").case)


def test_who_is_to_be_asked_each_time_is(practice: Journal, ours: Path) -> None:
    add(practice, "Ana and Ben", ours, opens=False)
    couple = practice.couples.get("ana and ben")
    assert not couple.opens and couple.path == ours
    with pytest.raises(UnlockFailed, match="its own passphrase"):
        practice.open_couple(couple.case)
    practice.couples.let_open(couple.case, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    practice.open_couple(couple.case).close()
    assert practice.couples.ask_each_time(couple.case).opens is False
    with pytest.raises(UnlockFailed):
        practice.open_couple(couple.case)


def test_a_journal_that_asks_opens_with_its_own_passphrase(
    practice: Journal, ours: Path, tmp_path: Path
) -> None:
    add(practice, "Ana and Ben", ours, opens=False)
    case = practice.couples.get("Ana and Ben").case
    with practice.unlock_couple(case, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"]) as journal:
        assert journal.me.label == "Dr Lee"
    with pytest.raises(UnlockFailed):
        practice.unlock_couple(case, label="Dr Lee", passphrase=LEE)
    ours.rename(tmp_path / "elsewhere.kap")
    another(tmp_path, "ours")
    with pytest.raises(Refused, match="somebody else"):
        practice.unlock_couple(case, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])


def test_a_practice_is_no_couple_of_a_practice(practice: Journal, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="this practice itself"):
        practice.couples.add("Us", practice.path, label=None, passphrase=LEE)
    second = practice_of_lee(tmp_path / "second.kap", tmp_path / "memory")
    second.close()
    practice.couples.add("The others", second.path, label=None, passphrase=LEE)
    with pytest.raises(Refused, match="is a practice"):
        practice.open_couple(practice.couples.get("The others").case)


def test_a_journal_that_moved_is_said_and_found_again(practice: Journal, ours: Path, tmp_path: Path) -> None:
    add(practice, "Ana and Ben", ours)
    case = practice.couples.get("Ana and Ben").case
    moved = ours.rename(tmp_path / "elsewhere.kap")
    with pytest.raises(NotFound, match="is not at"):
        practice.open_couple(case)
    with pytest.raises(Refused, match="somebody else"):
        practice.couples.locate(case, another(tmp_path, "theirs"))
    assert practice.couples.locate(case, moved).path == moved
    practice.open_couple(case).close()
    another(tmp_path, "ours")
    practice.couples.locate(case, moved)
    moved.unlink()
    (tmp_path / "ours.kap").rename(moved)
    with pytest.raises(Refused, match="somebody else"):
        practice.open_couple(case)


def test_new_keys_in_the_journal_want_its_passphrase_once(practice: Journal, ours: Path) -> None:
    add(practice, "Ana and Ben", ours)
    case = practice.couples.get("Ana and Ben").case
    folder = ours.parent / "memory"
    with unlock(ours, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"], record_folder=folder) as journal:
        journal.keys.replace("another door for me here", None, strength=FLOOR)
    with pytest.raises(UnlockFailed, match="were replaced"):
        practice.open_couple(case)
    assert not practice.couples.get("Ana and Ben").opens
    practice.couples.let_open(case, label="Dr Lee", passphrase="another door for me here")
    with practice.open_couple(case) as journal:
        assert not journal.members.is_superseded
        journal.keys.replace("a third door for me here", None, strength=FLOOR)
        assert not practice.couples.get("Ana and Ben").opens, "or it would open an older copy put there"
    practice.couples.let_open(case, label="Dr Lee", passphrase="a third door for me here")
    with practice.open_couple(case) as journal:
        assert not journal.members.is_superseded


def test_a_removal_in_the_journal_changes_nothing_of_the_way(practice: Journal, ours: Path) -> None:
    add(practice, "Ana and Ben", ours)
    case = practice.couples.get("Ana and Ben").case
    with practice.open_couple(case) as journal:
        journal.members.remove("Ben")  # draws a new journal key
        journal.members.invite("Noor", Role.PARTNER, strength=FLOOR)
    with practice.open_couple(case) as journal:
        assert journal.check().is_clean and [one.name for one in journal.members.invitations()] == ["Noor"]


def test_names_and_their_order_are_the_therapists(practice: Journal, ours: Path, tmp_path: Path) -> None:
    for at, name in enumerate(("One", "Two", "Three")):
        add(practice, name, ours if at == 0 else another(tmp_path, name))
    practice.couples.move(practice.couples.get("Three").case, 0)
    practice.couples.rename(practice.couples.get("One").case, "The first")
    with again(practice) as practice:
        assert [one.name for one in practice.couples.all()] == ["Three", "The first", "Two"]
        with pytest.raises(Refused, match="already"):
            practice.couples.rename(practice.couples.get("Two").case, "the FIRST")
        with pytest.raises(UsageError):
            practice.couples.rename(practice.couples.get("Two").case, "  ")
        with pytest.raises(Refused, match="here already: The first"):
            add(practice, "Four", ours)
        with pytest.raises(UnlockFailed):
            practice.couples.add("Four", ours, label="Dr Lee", passphrase="no such passphrase")
        assert len(practice.couples.all()) == 3


def test_a_practice_has_no_partners_and_no_sessions_and_a_course_no_couples(
    practice: Journal, ours: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="in a practice"):
        practice.members.invite("Ana", Role.PARTNER, strength=FLOOR)
    with pytest.raises(Refused, match="no sessions of its own"):
        practice.sessions.add(kind=SessionKind.INTAKE, date=DAY)
    with pytest.raises(Refused, match="couple's journal"):
        create(tmp_path / "p.kap", label="Kim", role=Role.PRACTICE_MANAGER, passphrase=LEE, strength=FLOOR)
    add(practice, "Ana and Ben", ours)
    with practice.open_couple(practice.couples.get("Ana and Ben").case) as journal:
        with pytest.raises(Refused, match="in a couple's journal"):
            journal.members.invite("Kim", Role.PRACTICE_MANAGER, strength=FLOOR)
        with pytest.raises(Refused, match="kept in a practice"):
            add(journal, "Nobody", another(tmp_path, "theirs"))
        assert journal.couples.all() == []


def test_a_practice_stays_one_whatever_is_struck(practice: Journal, ours: Path) -> None:
    """Whoever can write the file takes the keeper's word out of it."""
    add(practice, "Ana and Ben", ours)
    word = vault_of(practice).membership.papers.info_version
    assert word is not None
    row = word.row
    with closing(sqlite3.connect(practice.path)) as database:
        database.execute("DELETE FROM envelope WHERE id = ?", (row,))
        database.commit()
    for _ in range(2):
        practice = again(practice)
        assert practice.is_practice and practice.findings
        assert [one.name for one in practice.couples.all()] == ["Ana and Ben"]
    assert vault_of(practice).membership.info.kind is JournalKind.PRACTICE
    practice.close()


def test_a_couple_whose_name_was_struck_can_be_added_again(
    practice: Journal, ours: Path, tmp_path: Path
) -> None:
    add(practice, "Ana and Ben", ours)
    add(practice, "The others", another(tmp_path, "theirs"))
    case = practice.couples.get("Ana and Ben").case
    [row] = [
        stored.row
        for (_, document), stored in vault_of(practice).envelopes.current.items()
        if document == DocumentId(case)
    ]
    with closing(sqlite3.connect(practice.path)) as database:
        database.execute("DELETE FROM envelope WHERE id = ?", (row,))
        database.commit()
    with again(practice) as practice:
        practice.couples.move(practice.couples.get("The others").case, 0)
        add(practice, "Ana and Ben", ours)
        with practice.open_couple(practice.couples.get("Ana and Ben").case) as journal:
            assert journal.me.label == "Dr Lee"


def test_a_path_that_is_no_text_is_kept_to_the_byte(practice: Journal, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    add(practice, "Ana and Ben", path := another(folder, "ours"))
    with again(practice) as practice:
        assert practice.couples.get("Ana and Ben").path == path
        practice.open_couple(practice.couples.get("Ana and Ben").case).close()


def test_the_partners_have_the_names_the_therapist_gives_them(practice: Journal, ours: Path) -> None:
    add(practice, "Ana and Ben", ours)
    case = practice.couples.get("Ana and Ben").case
    practice.couples.name_partners(case, "Ana", "Ben")
    practice.couples.rename(case, "The two")
    with again(practice) as practice:
        couple = practice.couples.get("The two")
        assert (couple.first, couple.second) == ("Ana", "Ben")
        for first, second in (("Ana", ""), ("Ana", "ana"), ("couple", "Ben"), ("Ana", "First")):
            with pytest.raises((UsageError, Refused)):
                practice.couples.name_partners(case, first, second)
        assert practice.couples.name_partners(case, "", "").first == ""


def test_a_dose_that_comes_next_is_seen_without_going_in(practice: Journal, ours: Path) -> None:
    add(practice, "Ana and Ben", ours)
    [couple] = practice.couples.all()
    with practice.open_couple(couple.case) as journal:
        for day in (DAY, DAY + dt.timedelta(12)):
            journal.sessions.add(kind=SessionKind.DOSING, date=day)
        journal.sessions.plan(8)
    with clock.at(dt.datetime(2026, 3, 5, tzinfo=dt.UTC)):
        seen = glance(practice, couple)
    assert in_a_line(couple, seen)[0] == "Dose 2 of 8 · Fri 13 Mar 2026"


def test_a_journal_that_did_not_change_is_not_opened_again_for_a_glance(
    practice: Journal, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(practice, "Ana and Ben", ours)
    opened: list[str] = []
    glanced: Seen = {}

    def counted(practice: Journal, couple: Couple) -> Glance:
        opened.append(couple.name)
        return glance(practice, couple)

    monkeypatch.setattr("kapjournal.presentation.glances.glance", counted)

    def looks() -> Glance:
        return look(practice, practice.couples.get("Ana and Ben"), glanced)

    before = looks()
    assert looks() == looks() == before and not before.has_new and len(opened) == 1
    with unlock(ours, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=tmp_path / "hers") as ana:
        ana.notes.add(NewNote("For Thursday.", share="Dr Lee"))
        assert looks().has_new, "also while her program has it open"
    assert looks().has_new
    with clock.at(clock.now() + dt.timedelta(days=2)):
        asked = len(opened)
        assert looks().has_new and len(opened) == asked + 1, "another day has another next session"
    ours.rename(tmp_path / "elsewhere.kap")
    assert "is not at" in looks().why_not
    (tmp_path / "elsewhere.kap").rename(ours)
    assert looks().has_new
