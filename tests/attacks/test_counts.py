"""What the counts in a reader's wraps tell them, whatever they write there: nothing of what is not theirs."""

import secrets
from typing import NamedTuple

import pytest

from kapjournal.crypto.envelope import ChannelKey, Stamp
from kapjournal.domain.findings import FindingKind
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.vault.rollback_file import RollbackRecordFile
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.remade_rows import bytes_of, key_between, rewrapped, row_in, wrap_of
from tests.attacks.test_people import told
from tests.internals import row_of, vault_of

HARMED = "Something you wrote is damaged or was altered"
MOST = 2**32 - 1


def key_of_ben(attacked: AttackedJournal) -> ChannelKey:
    """The key with which Ben reads what Ana sends him; all he needs to make his own wraps anew."""
    with attacked.acting("Ben", "Ana") as (ben, ana):
        return key_between(ben, ana)


def restamp(
    attacked: AttackedJournal, key: ChannelKey, row_id: bytes, stamp: Stamp, *, beside: bool = False
) -> None:
    """Ben changes the counts in his own wrap, and leaves the rest as it is; the row gets the id that fits."""
    forged = rewrapped(row_in(attacked, row_id), key, stamp=stamp)
    if not beside:
        attacked.delete(row_id)
    attacked.put_row(bytes_of(forged))


class Seen(NamedTuple):
    """What Ben was sent, what Ana's next note to him says, and what her program told her."""

    sent: Stamp
    later: Stamp
    told: str


def next_stamp(
    attacked: AttackedJournal, *, private: int, written: int, beside: bool, remembering: bool
) -> Seen:
    """Ana does so much for herself and for Lee and writes once for Ben, who writes counts into his wrap."""
    with attacked.acting("Ana") as (ana,):
        for note in ana.notes.add_many([NewNote(f"private {n}") for n in range(private)])[::4]:
            ana.notes.edit(note.id, NoteChange(body="changed"))
        for note in ana.notes.add_many([NewNote(f"for Lee {n}", share="Lee") for n in range(private)])[::4]:
            ana.notes.delete(note.id)
        first = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
    key = key_of_ben(attacked)
    sent = wrap_of(row_in(attacked, first), key).stamp
    restamp(attacked, key, first, Stamp(sent.replica, written, written, written), beside=beside)
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        sentences = told(ana)
        second = row_of(ana, ana.notes.add(NewNote("for Ben too", share="Ben")))
    return Seen(sent, wrap_of(row_in(attacked, second), key).stamp, sentences)


@pytest.mark.parametrize("remembering", [True, False])
@pytest.mark.parametrize("private", [0, 40])
@pytest.mark.parametrize("written", [1, 20, 41, 60, MOST])
def test_a_reader_who_puts_counts_beside_learns_nothing_and_moves_nothing(
    attacked: AttackedJournal, private: int, written: int, remembering: bool
) -> None:
    """The whole row is here, and it alone is counted."""
    seen = next_stamp(attacked, private=private, written=written, beside=True, remembering=remembering)
    assert (seen.later.rows, seen.later.drops) == (seen.sent.rows + 1, seen.sent.drops)
    assert (seen.later.replica == seen.sent.replica) is remembering
    assert seen.later.number == (seen.sent.number + 1 if remembering else 1)
    assert seen.told == ""


@pytest.mark.parametrize("remembering", [True, False])
@pytest.mark.parametrize("private", [0, 40])
@pytest.mark.parametrize("written", [1, 20, 41, 60, MOST])
def test_a_reader_who_puts_counts_in_the_place_of_others_learns_nothing_and_the_author_is_told(
    attacked: AttackedJournal, private: int, written: int, remembering: bool
) -> None:
    """The altered row is not counted, whatever it says: the computer counts as another one from now on."""
    seen = next_stamp(attacked, private=private, written=written, beside=False, remembering=remembering)
    assert (seen.later.rows, seen.later.drops) == (seen.sent.rows, seen.sent.drops)
    assert seen.later.replica != seen.sent.replica
    assert seen.later.number == 1
    assert HARMED in seen.told


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize("remembering", [True, False])
def test_a_reader_names_another_computer_in_their_wrap(
    attacked: AttackedJournal, remembering: bool, beside: bool
) -> None:
    """A computer that never was is counted on no channel of the author's."""
    with attacked.acting("Ana") as (ana,):
        first = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        replicas = set(vault_of(ana).envelopes.channel_to(ana.members.get("Ben").id).numbers)
    restamp(attacked, key_of_ben(attacked), first, Stamp(secrets.token_bytes(8), 30, 30, 0), beside=beside)
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        assert (HARMED in told(ana)) is not beside
        assert ana.check().is_clean is beside
        assert set(vault_of(ana).envelopes.channel_to(ana.members.get("Ben").id).numbers) <= replicas


def test_what_another_computer_of_the_author_wrote_is_no_alarm(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("for Ben", share="Ben"))
    with attacked.open_at("second", "Ana") as ana:
        ana.notes.add_many(
            [NewNote("for Ben", share="Ben"), NewNote("private"), NewNote("for all", share="all")]
        )
        ana.notes.edit(note.id, NoteChange(body="changed for Ben"))
        ana.notes.withdraw(note.id, "Ben")
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == ""
        ana.notes.add(NewNote("and on", share="Ben"))
    with attacked.open_at("second", "Ana") as ana, attacked.acting("Ana", "Ben") as (first, ben):
        ana.notes.add(NewNote("from here", share="Ben"))
        first.notes.add(NewNote("from there", share="Ben"))
        for journal in (ana, first, ben):
            journal.refresh()
            assert journal.check().is_clean


def test_two_programs_of_one_computer_raise_no_alarm_against_each_other(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ana") as (one, other):
        for journal in (one, other, other, one):
            journal.notes.add(NewNote("for Ben", share="Ben"))
            journal.notes.add(NewNote("private"))
        for journal in (one, other):
            journal.refresh()
            assert journal.check().is_clean


@pytest.mark.parametrize("lost", ["publish", "memory"])
def test_a_program_that_dies_before_it_remembers_raises_no_alarm(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """The file has the write, the state folder has not."""
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("for Ben", share="Ben"))
        with monkeypatch.context() as patched:

            def dies(*_: object) -> None:
                raise OSError

            if lost == "publish":
                patched.setattr(UnitOfWork, "publish", dies)
            else:
                patched.setattr(RollbackRecordFile, "save", dies)
            try:
                ana.notes.add(NewNote("for Ben too", share="Ben"))
            except OSError:
                assert lost == "publish"
    with attacked.acting("Ana", "Ben") as (ana, ben):
        assert told(ana) == told(ben) == ""
        ana.notes.add(NewNote("and on", share="Ben"))
        ben.refresh()
        assert ana.check().is_clean
        assert ben.check().is_clean


def test_a_backup_put_back_and_changed_on_a_second_computer_accuses_nobody(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        shared = [ana.notes.add(NewNote(f"for Ben {n}", share="Ben")).id for n in range(6)]
    backup = attacked.rows()
    with attacked.acting("Ana") as (ana,):
        for n in range(20):
            ana.notes.add(NewNote(f"her own {n}"))
    for row_id in attacked.rows().keys() - backup.keys():
        attacked.delete(row_id)
    for row_id, sealed in backup.items():
        attacked.insert(row_id, sealed)
    with attacked.open_at("second", "Ana") as ana:
        for note_id in shared[:5]:
            ana.notes.withdraw(note_id, "Ben")
    with attacked.acting("Ana") as (ana,):
        assert HARMED not in told(ana)
        kinds = {finding.kind for finding in ana.findings}
        assert kinds == {FindingKind.OWN_ROLLED_BACK}, "her own notes are not here; Ben did nothing"
