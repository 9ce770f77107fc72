"""Twins: second rows of one envelope, in which a reader made their own wrap anew. The row fits its id, every
other wrap opens, and only the author can tell which of the two is whole."""

import datetime as dt

import pytest

from kapjournal.crypto.envelope import open_body
from kapjournal.crypto.row import TAGS_BYTES, WRAP_BYTES, row_from
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote, SessionChange
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.remade_rows import bytes_of, key_between, place_of, reworded, rewrapped, row_in, wrap_of
from tests.attacks.shared_note import Shared, kinds, remade
from tests.internals import row_of, vault_of

ALTERED, PUT_BACK = FindingKind.ENVELOPE_ALTERED, FindingKind.VERSION_PUT_BACK

remembering_or_not = pytest.mark.parametrize("remembering", [True, False])


@remembering_or_not
def test_beside_the_whole_row_the_note_is_shown_once_and_the_twin_goes(
    shared: Shared, remembering: bool
) -> None:
    before = shared.attacked.rows()
    shared.attacked.put_row(shared.twin)
    for name in ("Lee", "Ben", "Ana", "Lee", "Ben"):
        with shared.attacked.acting(name, remembering=remembering) as (journal,):
            assert [note.text.body for note in journal.notes.all()] == ["as Ana wrote it"]
            assert name == "Ben" or kinds(journal) == []
    assert shared.attacked.rows() == before


def test_a_twin_of_what_was_just_written_goes_while_the_author_looks_on(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("just written", share="Ben"))
        ben.refresh()
        before = attacked.rows()
        attacked.put_row(remade(row_in(attacked, row_of(ana, note)), ben, ana))
        assert kinds(ana) == []
        assert attacked.rows() == before
        assert bodies(ana) == {"just written"}


def test_a_whole_row_spoilt_while_the_author_looks_on_leaves_the_twin(shared: Shared) -> None:
    """The program has read the whole row and believes that it is there. The words are only in the twin."""
    with shared.attacked.acting("Ana") as (ana,):
        spoilt = bytearray(bytes_of(shared.whole))
        spoilt[-1] ^= 1
        shared.attacked.insert(shared.whole.id, bytes(spoilt))
        shared.attacked.put_row(shared.twin)
        ana.refresh()
        assert not shared.only_whole_rows()
    with shared.attacked.acting("Ana") as (ana,):
        assert bodies(ana) == {"as Ana wrote it"}
        assert {FindingKind.ROWS_UNREADABLE, ALTERED} <= set(kinds(ana))
    assert not shared.only_whole_rows()


def test_where_nothing_can_be_written_a_twin_beside_the_whole_row_is_no_alarm(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.attacked.put_row(shared.twin)
    monkeypatch.setattr(JournalFile, "read_only", True)
    with shared.attacked.acting("Ana") as (ana,):
        assert kinds(ana) == []
        assert [note.text.body for note in ana.notes.all()] == ["as Ana wrote it"]
        assert not shared.only_whole_rows()


@remembering_or_not
def test_in_the_place_of_the_whole_row_the_words_stay_and_the_author_is_told(
    shared: Shared, remembering: bool
) -> None:
    shared.put_in_place()
    for name in ("Lee", "Ana", "Lee", "Ana"):
        with shared.attacked.acting(name, remembering=remembering) as (journal,):
            assert bodies(journal) == {"as Ana wrote it"}
            assert (ALTERED in kinds(journal)) is (name == "Ana")
            assert name == "Ana" or kinds(journal) == []
    shared.attacked.insert(shared.whole.id, bytes_of(shared.whole))
    with shared.attacked.acting("Ana", remembering=remembering) as (ana,):
        assert kinds(ana) == []
        assert bodies(ana) == {"as Ana wrote it"}
    assert shared.only_whole_rows()


@remembering_or_not
def test_of_two_twins_in_the_place_of_the_whole_row_none_is_deleted_before_it_comes(
    shared: Shared, remembering: bool
) -> None:
    """The words are nowhere else."""
    shared.put_in_place()
    shared.attacked.put_row(shared.other_twin)
    for name in ("Ana", "Lee", "Ana", "Lee"):
        with shared.attacked.acting(name, remembering=remembering) as (journal,):
            assert [note.text.body for note in journal.notes.all()] == ["as Ana wrote it"]
            assert (ALTERED in kinds(journal)) is (name == "Ana")
    shared.attacked.insert(shared.whole.id, bytes_of(shared.whole))
    with shared.attacked.acting("Ana", remembering=remembering) as (ana,):
        assert kinds(ana) == []
    assert shared.only_whole_rows()


@remembering_or_not
def test_twins_of_a_session_and_of_the_keepers_word(attacked: AttackedJournal, remembering: bool) -> None:
    """Ana makes them of what stands and of what was replaced; everybody sees the latest, once."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 11, 20), title="first")
        lee.sessions.plan(5)
        ana.refresh()
        author = lee.me.id
        old = [one.row for one in vault_of(ana).envelopes.current.values() if one.version.author == author]
        twins = [remade(row_in(attacked, row_id), ana, lee) for row_id in old]
        lee.sessions.edit(1, SessionChange(title="second"))
        lee.sessions.plan(7)
        ana.refresh()
        new = [one.row for one in vault_of(ana).envelopes.current.values() if one.version.author == author]
        twins += [remade(row_in(attacked, row_id), ana, lee) for row_id in new]
    before = attacked.rows()
    for twin in twins:
        attacked.put_row(twin)
    for name in ("Ben", "Lee", "Ben"):
        with attacked.acting(name, remembering=remembering) as (journal,):
            assert [session.title for session in journal.sessions.all()] == ["second"]
            assert journal.sessions.planned_doses == 7
            assert set(kinds(journal)) == ({PUT_BACK} if twins and name == "Ben" else set())
        if name == "Lee":
            twins = []
    assert attacked.rows() == before


@pytest.mark.parametrize("beside", [True, False])
def test_a_stranger_spoils_the_authors_own_wrap(shared: Shared, beside: bool) -> None:
    """It takes no key: beside the whole row the spoilt one goes; in its place it is told and waits."""
    with shared.attacked.acting("Ana") as (ana,):
        slot = place_of(shared.whole, vault_of(ana).envelopes.channels.own.key).slot
    at = TAGS_BYTES + WRAP_BYTES * slot
    slots = shared.whole.slots
    spoilt = shared.whole._replace(slots=slots[:at] + bytes(WRAP_BYTES) + slots[at + WRAP_BYTES :])
    before = shared.attacked.rows()
    if not beside:
        shared.attacked.delete(shared.whole.id)
    shared.attacked.put_row(bytes_of(spoilt))
    with shared.attacked.acting("Ana", "Lee") as (ana, lee):
        assert (ALTERED in kinds(ana)) is not beside
        assert bodies(ana) == ({"as Ana wrote it"} if beside else set())
        assert bodies(lee) == {"as Ana wrote it"}
        shared.attacked.insert(shared.whole.id, bytes_of(shared.whole))
        assert kinds(ana) == []
        assert bodies(ana) == {"as Ana wrote it"}
    assert shared.attacked.rows() == before


def test_a_reader_spoils_anothers_wrap_beside_the_whole_row(shared: Shared) -> None:
    """Lee goes on reading, and what Lee is told ends when Ana's program has looked."""
    with shared.attacked.acting("Ana", "Lee") as (ana, lee):
        slot = place_of(shared.whole, key_between(lee, ana)).slot
    at = TAGS_BYTES + WRAP_BYTES * slot
    slots = shared.whole.slots
    shared.attacked.put_row(
        bytes_of(shared.whole._replace(slots=slots[:at] + bytes(WRAP_BYTES) + slots[at + WRAP_BYTES :]))
    )
    for name, told in (("Lee", [ALTERED]), ("Ana", []), ("Lee", [])):
        with shared.attacked.acting(name) as (journal,):
            assert bodies(journal) == {"as Ana wrote it"}
            assert kinds(journal) == told


def test_other_words_in_an_envelope_of_the_authors_are_no_twin(shared: Shared) -> None:
    """Ben seals them with the key he has and makes his own wrap fit: only his program shows them, and Ana is
    told again and again. Nothing written in her name is cleaned away in silence."""
    with shared.attacked.acting("Ana", "Ben") as (ana, ben):
        channel = key_between(ben, ana)
        wrap = wrap_of(shared.whole, channel)
        assert wrap.key is not None
        body = open_body(shared.whole, wrap.key).replace(b"as Ana wrote it", b"as Ben wishes!!")
        forged = rewrapped(
            reworded(shared.whole, wrap.key, body), channel, stamp=wrap.stamp, content=wrap.key
        )
        shared.attacked.put_row(bytes_of(forged))
    for name in ("Ana", "Lee", "Ana", "Lee"):
        with shared.attacked.acting(name) as (journal,):
            assert bodies(journal) == {"as Ana wrote it"}
            assert kinds(journal) == [ALTERED]
    left = row_in(shared.attacked, row_from(bytes_of(forged)).id)
    assert open_body(left, wrap.key) == body
