"""When a computer counts as another one: after every loss, copy and kill, and not in ordinary use."""

import shutil
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import ReplicaId
from kapjournal.domain.notes import Draft, NoteText, default_kind
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.internals import vault_of


def replica(journal: Journal) -> ReplicaId:
    return vault_of(journal).record.replica


def computers(journal: Journal) -> set[bytes]:
    """The pseudonyms of every computer of the member's that has written to themselves."""
    return set(vault_of(journal).envelopes.own.numbers)


def numbers(journal: Journal) -> set[int]:
    """Which numbers the present computer has on the member's own channel."""
    own = vault_of(journal).envelopes.own
    return set(own.numbers.get(own.key.pseudonym(replica(journal)), ()))


def assert_all_is_well(attacked: AttackedJournal, *texts: str) -> None:
    for name in attacked.everybody():
        for remembering in (True, False):
            with attacked.acting(name, remembering=remembering) as (journal,):
                assert journal.findings == () and journal.check().is_clean
                assert bodies(journal) == set(texts)


@pytest.fixture
def ana_before(attacked: AttackedJournal) -> ReplicaId:
    """Ana has written on her computer."""
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("before", share="all"))
        return replica(ana)


def test_a_computer_that_lost_its_record_counts_as_another_from_one(
    attacked: AttackedJournal, ana_before: ReplicaId
) -> None:
    shutil.rmtree(attacked.folder / "memory-Ana")
    with attacked.acting("Ana") as (ana,):
        assert replica(ana) != ana_before and numbers(ana) == set()
        ana.notes.add(NewNote("after", share="all"))
        assert numbers(ana) == {1}
    assert_all_is_well(attacked, "before", "after")


@pytest.mark.parametrize("reaches", ["Ana again", "a reader alone"])
def test_after_a_file_was_restored_no_number_is_given_twice(
    attacked: AttackedJournal, ana_before: ReplicaId, reaches: str
) -> None:
    """What lay in the newer file comes back by a copy: it stands beside what was written meanwhile."""
    older = attacked.path.read_bytes()
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("in the newer file", share="all"))
        assert replica(ana) == ana_before
    newer = attacked.copy()
    attacked.path.write_bytes(older)
    with attacked.acting("Ana") as (ana,):
        assert replica(ana) != ana_before
        ana.notes.add(NewNote("in the restored file", share="all"))
        assert numbers(ana) == {1}
    with attacked.acting("Ana" if reaches == "Ana again" else "Ben") as (journal,):
        journal.copies.merge(newer)
    assert_all_is_well(attacked, "before", "in the newer file", "in the restored file")


def test_a_file_copied_by_hand_to_another_place_where_both_go_on(
    attacked: AttackedJournal, ana_before: ReplicaId
) -> None:
    """One computer, one record and two files: nothing is told that did not happen, in neither of them, and
    who goes on in turns is two computers, not a new one each time."""
    stick = AttackedJournal(attacked.folder, attacked.folder / "stick.kap", attacked.held)
    shutil.copy(attacked.path, stick.path)
    seen: dict[str, set[ReplicaId]] = {}
    for turn in range(3):
        for where in (stick, attacked):
            with where.acting("Ana") as (ana,):
                note = ana.notes.add(NewNote(f"{where.path.stem} {turn}", share="all"))
                ana.notes.edit(note.id, NoteChange(body=f"{where.path.stem} {turn}, changed"))
                seen.setdefault(where.path.stem, set()).add(replica(ana))
    assert seen["journal"] == {ana_before} and len(seen["stick"] - {ana_before}) == 1
    with attacked.acting("Ana") as (ana,):
        ana.copies.merge(stick.path)
        assert not vault_of(ana).envelopes.own.copied
    written = {f"{place} {turn}, changed" for place in ("stick", "journal") for turn in range(3)}
    for where in (attacked, stick):
        assert_all_is_well(where, "before", *written)


def test_a_cloned_computer_that_writes_where_the_other_does_too(
    attacked: AttackedJournal, ana_before: ReplicaId
) -> None:
    """Disk, file and record are the same on both, and so are place and replica: what they write has the same
    numbers. As they meet it is noticed, nothing is lost, and both count as others from then on."""
    clone = attacked.folder / "clone"
    shutil.copytree(attacked.folder / "memory-Ana", clone / "memory-Ana")
    common = attacked.path.read_bytes()
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("by the first", share="all"))
        assert replica(ana) == ana_before
    with attacked.acting("Ben") as (ben,):
        assert bodies(ben) == {"before", "by the first"}
    first = attacked.copy()
    attacked.path.write_bytes(common)
    with at(attacked, clone) as ana:
        ana.notes.add(NewNote("by the clone", share="all"))
        assert replica(ana) == ana_before, "it cannot know"
        ana.copies.merge(first)
        assert bodies(ana) == {"before", "by the first", "by the clone"}
        assert {finding.kind for finding in ana.findings} == {FindingKind.COPY_WENT_ON}
        assert ana.check().is_clean
        of_clone = replica(ana)
        assert of_clone != ana_before
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        assert replica(ana) not in (ana_before, of_clone)
        ana.notes.add(NewNote("later", share="all"))
        for journal in (ana, ben, lee):
            journal.refresh()
            assert bodies(journal) == {"before", "by the first", "by the clone", "later"}
            assert {finding.kind for finding in journal.findings} <= {FindingKind.COPY_WENT_ON}


@pytest.mark.parametrize("more", [0, 1, 2])
@pytest.mark.parametrize("writes_on", [False, True])
def test_a_clone_whose_rows_take_the_place_of_those_a_reader_saw(
    attacked: AttackedJournal, ana_before: ReplicaId, more: int, *, writes_on: bool
) -> None:
    """The first computer's file is lost, and with it what Ben had read; the clone's rows have their numbers.
    Ben is told, whatever the clone writes on, until a copy has what is missing or he lets it go."""
    clone = attacked.folder / "clone"
    shutil.copytree(attacked.folder / "memory-Ana", clone / "memory-Ana")
    common = attacked.path.read_bytes()
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("by the first", share="all"))
        assert replica(ana) == ana_before
    first = attacked.copy()
    with attacked.acting("Ben") as (ben,):
        assert bodies(ben) == {"before", "by the first"}
    attacked.path.write_bytes(common)
    with at(attacked, clone) as ana:
        for number in range(1 + more):
            ana.notes.add(NewNote(f"by the clone {number}", share="all"))
    of_clone = {f"by the clone {number}" for number in range(1 + more)}
    for turn in range(2):
        if writes_on:
            with at(attacked, clone) as ana:
                of_clone.add(f"later {turn}")
                ana.notes.add(NewNote(f"later {turn}", share="all"))
        with attacked.acting("Ben") as (ben,):
            assert bodies(ben) == {"before", *of_clone}
            assert {finding.kind for finding in ben.findings} == {FindingKind.INCOMING_ROLLED_BACK}
    with attacked.acting("Ben") as (ben,):
        ben.copies.merge(first)
        assert bodies(ben) == {"before", "by the first", *of_clone}
        assert FindingKind.INCOMING_ROLLED_BACK not in {finding.kind for finding in ben.findings}


def at(attacked: AttackedJournal, computer: Path) -> Journal:
    """Ana's journal on another computer."""
    return Journal(JournalFile(attacked.path), attacked.held["Ana"], computer / "memory-Ana")


def test_a_kill_between_the_file_and_the_record_gives_no_number_twice(
    attacked: AttackedJournal, ana_before: ReplicaId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note is saved and the computer does not know it wrote it: it goes on as another."""
    with attacked.acting("Ana") as (ana,), monkeypatch.context() as patch:
        patch.setattr(Vault, "save_record", lambda _: None)
        ana.notes.add(NewNote("saved and not noted", share="all"))
    with attacked.acting("Ana") as (ana,):
        assert replica(ana) != ana_before
        ana.notes.add(NewNote("after", share="all"))
        assert numbers(ana) == {1}
    assert_all_is_well(attacked, "before", "saved and not noted", "after")


def test_a_kill_before_the_file_has_it_changes_nothing(
    attacked: AttackedJournal, ana_before: ReplicaId, monkeypatch: pytest.MonkeyPatch
) -> None:
    with attacked.acting("Ana") as (ana,):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("kapjournal.store.rows.Transaction.put", interrupted)
            ana.notes.add(NewNote("never saved", share="all"))
        ana.notes.add(NewNote("after", share="all"))
        assert replica(ana) == ana_before
    assert_all_is_well(attacked, "before", "after")


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def everyday(journal: Journal, turn: int) -> None:
    """What somebody does of an evening."""
    kind = default_kind(journal.me.role)
    words = NoteText(f"draft {turn}", kind, clock.today())
    draft = journal.drafts.save(Draft("", None, words))
    note = journal.drafts.finish(draft)
    journal.notes.share(note.id, "all")
    journal.notes.edit(note.id, NoteChange(body=f"note {turn}"))
    journal.notes.withdraw(note.id, "all")
    kept = journal.notes.add(NewNote("gone again", share="all"))
    journal.notes.delete(kept.id)


def test_in_ordinary_use_a_computer_stays_the_same(attacked: AttackedJournal, ana_before: ReplicaId) -> None:
    """Evening after evening, while the others write too, with a backup and a change of passphrase between."""
    for turn in range(6):
        with attacked.acting("Ana", "Ben", "Lee") as journals:
            for journal in journals:
                everyday(journal, turn)
            for journal in journals:
                journal.refresh()
            assert replica(journals[0]) == ana_before
            journals[0].backup(attacked.folder / f"backup-{turn}.kap")
    with attacked.acting("Ana") as (ana,):
        assert replica(ana) == ana_before and ana.findings == ()


def test_a_file_that_moves_or_is_synchronized_leaves_the_computer_the_same(
    attacked: AttackedJournal, ana_before: ReplicaId
) -> None:
    """A synchronizing program puts another file in the place of this one, with the same rows and more."""
    elsewhere = AttackedJournal(attacked.folder, attacked.folder / "moved.kap", attacked.held)
    attacked.path.rename(elsewhere.path)
    with elsewhere.acting("Ana") as (ana,):
        assert replica(ana) == ana_before
        ana.notes.add(NewNote("where it lies now", share="all"))
    copy = elsewhere.copy()
    there = AttackedJournal(attacked.folder, copy, attacked.held)
    with there.acting("Ben") as (ben,):
        ben.notes.add(NewNote("by Ben on his computer", share="all"))
    copy.replace(elsewhere.path)
    with elsewhere.acting("Ana") as (ana,):
        assert replica(ana) == ana_before
        assert "by Ben on his computer" in bodies(ana) and ana.findings == ()


@pytest.mark.parametrize("open_before", [True, False])
def test_two_programs_of_one_person_that_write_in_turns_stay_one_computer(
    attacked: AttackedJournal, ana_before: ReplicaId, open_before: bool
) -> None:
    """Each looks at what the other wrote, and at what it noted, before it writes."""
    with attacked.acting("Ana") as (first,):
        if not open_before:
            everyday(first, 0)
        with attacked.acting("Ana") as (second,):
            for turn in range(10):
                everyday(first, turn)
                everyday(second, turn)
            first.refresh()
            assert replica(first) == replica(second) == ana_before
            assert computers(first) == computers(second)
            assert first.findings == second.findings == ()
    with attacked.acting("Ana") as (ana,):
        before = len(computers(ana))
        everyday(ana, 10)
        assert len(computers(ana)) == before and replica(ana) == ana_before
