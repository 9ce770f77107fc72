"""What a reader can do to their own wrap, and what a notice keeps out, whatever the head covers."""

import secrets

import pytest

from kapjournal.crypto.envelope import WRAP_BYTES, ChannelKey, prepare, ref_of, unwrap
from kapjournal.crypto.primitives import purpose, seal_once
from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal import NewNote
from kapjournal.journal.journal import Journal
from kapjournal.journal.vault.opening import open_on
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_people import told
from tests.internals import finding_sentences, row_of, vault_of

WRAPS = 33 + 8 * 16
HARMED = "Something between you and Ben is damaged or was altered"


def rewrap(attacked: AttackedJournal, envelope_id: bytes, reader: ChannelKey, first: bytes) -> None:
    """A reader, who knows the key of their wrap, puts 32 bytes of their own before the stamp they found."""
    sealed = attacked.rows()[envelope_id]
    place = reader.find(EnvelopeId(envelope_id), sealed)
    assert place is not None
    mark = ref_of(EnvelopeId(envelope_id), sealed)
    stamp = unwrap(mark, sealed, place).head
    content = first + stamp.replica + stamp.writes.to_bytes(4, "big") + stamp.root
    forged = seal_once(place.wrap_key, content, purpose("wrap") + mark.h)
    start = WRAPS + WRAP_BYTES * place.slot
    attacked.insert(envelope_id, sealed[:start] + forged + sealed[start + WRAP_BYTES :])


def notice_for(reader: Journal, author: Journal, attacked: AttackedJournal) -> bytes:
    """The envelope in which the author told a reader that a note is no longer theirs."""
    reader.refresh()
    (told_in,) = vault_of(reader).envelopes.notices & attacked.rows().keys()
    assert told_in in vault_of(author).envelopes.versions
    return told_in


@pytest.mark.parametrize("first", [b"k" * 32, bytes(16) + b"i" * 16, bytes(32)])
def test_a_reader_changes_what_their_own_wrap_says_and_its_author_is_told(
    attacked: AttackedJournal, first: bytes
) -> None:
    """Ben puts another key, or a notice that the note is lost to him, where Ana wrote the note's key; the
    count and root he leaves as they were."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        envelope_id = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        ben.refresh()
        rewrap(attacked, envelope_id, vault_of(ben).envelopes.incoming[ana.me.id].key, first)
    with attacked.acting("Ana") as (ana,):
        assert HARMED in told(ana)
        assert all("Ben" in sentence for sentence in finding_sentences(ana))
        assert not ana.check().is_clean


def test_a_former_reader_turns_a_notice_into_a_key_and_its_author_is_told(attacked: AttackedJournal) -> None:
    """Ben could say later that Ana never withdrew anything and sent him this instead."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("for Ben once", share="Ben"))
        ben.refresh()
        ana.notes.withdraw(note.id, "Ben")
        envelope_id = notice_for(ben, ana, attacked)
        rewrap(
            attacked, envelope_id, vault_of(ben).envelopes.incoming[ana.me.id].key, secrets.token_bytes(32)
        )
    with attacked.acting("Ana") as (ana,):
        assert HARMED in told(ana)
        assert bodies(ana) == {"for Ben once"}
        assert not ana.check().is_clean


def test_a_wrap_put_back_as_it_was_is_the_control(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        envelope_id = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        ben.refresh()
        key = vault_of(ben).envelopes.incoming[ana.me.id].key
        sealed = attacked.rows()[envelope_id]
        place = key.find(envelope_id, sealed)
        assert place is not None
        note_key = unwrap(ref_of(envelope_id, sealed), sealed, place).key
        assert note_key is not None
        rewrap(attacked, envelope_id, key, note_key)
        assert attacked.rows()[envelope_id] == sealed


def test_more_withdrawn_notes_put_back_than_a_search_for_intruders_tries(attacked: AttackedJournal) -> None:
    """Each notice names the envelope that was lost, so no number of them together comes back unseen."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ana.notes.add(NewNote("stays", share="Ben"))
        notes = [ana.notes.add(NewNote(f"withdrawn {n}", share="Ben")) for n in range(5)]
        old = {i: attacked.rows()[i] for i in (row_of(ana, note) for note in notes)}
        ben.refresh()
        for note in notes:
            ana.notes.withdraw(note.id, "Ben")
    for envelope_id, sealed in old.items():
        attacked.insert(envelope_id, sealed)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == {"stays"}
        sentences = finding_sentences(ben)
        assert len(sentences) == 5
        assert all("Ana wrote was put back" in sentence for sentence in sentences)


def test_a_withdrawn_note_put_back_while_another_is_kept_from_its_reader(attacked: AttackedJournal) -> None:
    """One row put back and one taken away: no few envelopes explain the root; the notice names one."""
    with attacked.acting("Ana") as (ana,):
        kept = row_of(ana, ana.notes.add(NewNote("kept from Ben", share="Ben")))
        note = ana.notes.add(NewNote("withdrawn", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.withdraw(note.id, "Ben")
        ana.notes.add(NewNote("stays", share="Ben"))
    attacked.insert(old, sealed)
    attacked.delete(kept)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == {"stays"}
        assert "Ana wrote was put back" in told(ben)
        assert "missing" in told(ben)


def test_a_reader_moves_an_envelope_to_another_id(attacked: AttackedJournal) -> None:
    """Ben takes Ana's note to a new id. He seals the body anew and makes his own slot, which his keys allow;
    the slots of the others hang on keys he has not got, so he deceives himself and nobody else."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        envelope_id = row_of(ana, ana.notes.add(NewNote("for all", share="all")))
        ana.notes.add(NewNote("later", share="all"))
        ben.refresh()
        key, held = (
            vault_of(ben).envelopes.incoming[ana.me.id].key,
            vault_of(ben).envelopes.versions[envelope_id],
        )
        moved = prepare(held.version.to_bytes(), [key], [], key).with_heads([held.head])
        place = key.find(moved.ref.id, moved.sealed)
        assert place is not None
        wrap = unwrap(moved.ref, moved.sealed, place)
        assert wrap.key is not None
        front = bytearray(moved.sealed[:33] + attacked.rows()[envelope_id][33:737])
        tag, wrap_key = key.slot(moved.ref.id)
        front[33 + 16 * place.slot : 49 + 16 * place.slot] = tag
        sealed = bytes(front) + moved.sealed[737:]
        attacked.delete(envelope_id)
        attacked.insert(moved.ref.id, sealed)
        content = wrap.key + held.head.replica + held.head.writes.to_bytes(4, "big") + held.head.root
        start = WRAPS + WRAP_BYTES * place.slot
        own = seal_once(wrap_key, content, purpose("wrap") + ref_of(moved.ref.id, sealed).h)
        sealed = sealed[:start] + own + sealed[start + WRAP_BYTES :]
        attacked.insert(moved.ref.id, sealed)
        opened = open_on(key, moved.ref.id, sealed)
        assert opened is not None and opened.body == held.version.to_bytes(), "the control"
    for name in ("Ana", "Lee"):
        with attacked.acting(name, remembering=False) as (journal,):
            assert bodies(journal) == {"later"}
            assert "missing" in told(journal)
