"""What the counts in a reader's wraps tell them, whatever they write there: nothing of what is not theirs."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kapjournal.crypto.envelope import WRAP_BYTES, ChannelHead, ChannelKey, ref_of, unwrap
from kapjournal.crypto.primitives import purpose, seal_once
from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.journal import Journal
from kapjournal.journal.vault.rollback_record import RollbackRecordFile
from kapjournal.journal.vault.unit_of_work import UnitOfWork
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_people import told
from tests.internals import row_of, vault_of

WRAPS = 33 + 8 * 16
HARMED = "Something between you and Ben is damaged or was altered"


@contextmanager
def at_computer(attacked: AttackedJournal, name: str, computer: str) -> Iterator[Journal]:
    """Somebody's journal on another computer than their first."""
    with Journal(JournalFile(attacked.path), attacked.held[name], attacked.folder / computer) as journal:
        yield journal


def key_of_ben(attacked: AttackedJournal) -> ChannelKey:
    """The key with which Ben reads what Ana sends him; all he needs to rewrite his own wraps."""
    with attacked.acting("Ben") as (ben,):
        return vault_of(ben).envelopes.incoming[ben.members.get("Ana").id].key


def stamp_for(attacked: AttackedJournal, key: ChannelKey, envelope_id: bytes) -> ChannelHead:
    """What Ben's wrap in an envelope says of the channel."""
    sealed = attacked.rows()[envelope_id]
    place = key.find(EnvelopeId(envelope_id), sealed)
    assert place is not None
    return unwrap(ref_of(EnvelopeId(envelope_id), sealed), sealed, place).head


def restamp(
    attacked: AttackedJournal,
    key: ChannelKey,
    envelope_id: bytes,
    *,
    writes: int,
    replica: bytes | None = None,
) -> None:
    """Ben changes the count in his own wrap, and leaves note and root as they are."""
    sealed = attacked.rows()[envelope_id]
    place = key.find(EnvelopeId(envelope_id), sealed)
    assert place is not None
    mark = ref_of(EnvelopeId(envelope_id), sealed)
    wrap = unwrap(mark, sealed, place)
    assert wrap.key is not None
    content = wrap.key + (replica or wrap.head.replica) + writes.to_bytes(4, "big") + wrap.head.root
    forged = seal_once(place.wrap_key, content, purpose("wrap") + mark.h)
    start = WRAPS + WRAP_BYTES * place.slot
    attacked.insert(envelope_id, sealed[:start] + forged + sealed[start + WRAP_BYTES :])


def next_count(
    attacked: AttackedJournal, *, private: int, written: int, remembering: bool
) -> tuple[ChannelHead, ChannelHead, str]:
    """Ana writes so much for herself and once for Ben, who writes a count into his wrap.

    What he was sent, what her next note to him says, and what her program told her.
    """
    with attacked.acting("Ana") as (ana,):
        ana.notes.add_many([NewNote(f"private {n}") for n in range(private)])
        first = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
    key = key_of_ben(attacked)
    sent = stamp_for(attacked, key, first)
    restamp(attacked, key, first, writes=written)
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        sentences = told(ana)
        second = row_of(ana, ana.notes.add(NewNote("for Ben too", share="Ben")))
    return sent, stamp_for(attacked, key, second), sentences


@pytest.mark.parametrize("private", [0, 40])
@pytest.mark.parametrize("written", [20, 41, 60, 2**31 - 2])
def test_a_reader_learns_nothing_of_private_writes_where_the_computer_remembers(
    attacked: AttackedJournal, private: int, written: int
) -> None:
    sent, later, sentences = next_count(attacked, private=private, written=written, remembering=True)
    assert later.writes == sent.writes + 1
    assert HARMED in sentences


@pytest.mark.parametrize("private", [0, 40])
@pytest.mark.parametrize("written", [20, 41, 60, 2**31 - 2])
def test_a_reader_learns_nothing_of_private_writes_where_no_computer_remembers(
    attacked: AttackedJournal, private: int, written: int
) -> None:
    """They are told what they wrote themselves, however much that is."""
    _, later, _ = next_count(attacked, private=private, written=written, remembering=False)
    assert later.writes == written + 1


@pytest.mark.parametrize("remembering", [True, False])
def test_a_reader_names_another_computer_in_their_wrap(attacked: AttackedJournal, remembering: bool) -> None:
    """The author's own wrap in the envelope says which computer it was."""
    with attacked.acting("Ana") as (ana,):
        first = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
    key = key_of_ben(attacked)
    restamp(attacked, key, first, writes=30, replica=secrets.token_bytes(4))
    with attacked.acting("Ana", remembering=remembering) as (ana,):
        assert HARMED in told(ana)
        assert not ana.check().is_clean


def test_what_another_computer_of_the_author_wrote_is_no_alarm(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("for Ben", share="Ben"))
    with at_computer(attacked, "Ana", "second") as ana:
        ana.notes.add_many(
            [NewNote("for Ben", share="Ben"), NewNote("private"), NewNote("for all", share="all")]
        )
        ana.notes.edit(note.id, NoteChange(body="changed for Ben"))
        ana.notes.withdraw(note.id, "Ben")
    with attacked.acting("Ana") as (ana,):
        assert told(ana) == ""
        ana.notes.add(NewNote("and on", share="Ben"))
    with at_computer(attacked, "Ana", "second") as ana, attacked.acting("Ana", "Ben") as (first, ben):
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
    for envelope_id in attacked.rows().keys() - backup.keys():
        attacked.delete(envelope_id)
    for envelope_id, sealed in backup.items():
        attacked.insert(envelope_id, sealed)
    with at_computer(attacked, "Ana", "second") as ana:
        for note_id in shared[:5]:
            ana.notes.withdraw(note_id, "Ben")
    with attacked.acting("Ana") as (ana,):
        assert HARMED not in told(ana)
