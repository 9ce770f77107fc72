"""What a reader can do to their own wrap, and what a notice keeps out, whatever the stamps say."""

import secrets

import pytest

from kapjournal.crypto.envelope import ChannelKey, draw, seal
from kapjournal.crypto.row import TAG_BYTES, Row, row_from
from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal import NewNote
from kapjournal.journal.journal import Journal
from kapjournal.journal.vault.opening import open_on
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.remade_rows import bytes_of, key_between, place_of, rewrapped, row_in, wrap_of
from tests.attacks.test_people import told
from tests.internals import finding_sentences, row_of, vault_of

HARMED = "Something you wrote is damaged or was altered"
DAMAGED = "1 row of the file cannot be read; everything else is shown."


def lay(attacked: AttackedJournal, row: Row) -> None:
    """Put a row where anybody would take it for whole: under the id that its bytes make."""
    sealed = bytes_of(row)
    attacked.insert(row_from(sealed).id, sealed)


def notice_for(reader: Journal, author: Journal, attacked: AttackedJournal) -> Row:
    """The row in which the author told a reader that a note is no longer theirs."""
    reader.refresh()
    key = key_between(reader, author)
    rows = (row_in(attacked, row_id) for row_id in attacked.rows())
    [told_in] = [row for row in rows if key.find(row) and wrap_of(row, key).key is None]
    assert wrap_of(told_in, key).lost in vault_of(reader).envelopes.channels.incoming[author.me.id].lost
    return told_in


@pytest.mark.parametrize("first", [b"k" * 32, bytes(16) + b"i" * 16, bytes(32)])
@pytest.mark.parametrize("where", ["beside", "instead", "in place"])
def test_a_reader_changes_what_their_own_wrap_says(
    attacked: AttackedJournal, first: bytes, where: str
) -> None:
    """Ben puts another key, or a notice that the note is lost to him, where Ana wrote the note's key; the
    stamp he leaves as it was. Under the old id everybody sees it; under a fitting one Ana does, or, where her
    own row is there too, her program takes his away."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        row_id = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        ben.refresh()
        row = row_in(attacked, row_id)
        forged = rewrapped(row, key_between(ben, ana), content=first)
    before = attacked.rows()
    if where == "in place":
        attacked.insert(row_id, bytes_of(forged))
    else:
        lay(attacked, forged)
    if where == "instead":
        attacked.delete(row_id)
    for _ in range(2):
        with attacked.acting("Ana") as (ana,):
            assert ana.check().is_clean is (where == "beside")
            assert bodies(ana) == ({"for Ben"} if where != "in place" else set())
            said = " ".join(finding_sentences(ana))
            assert (HARMED in said) is (where == "instead")
            assert (DAMAGED in said) is (where == "in place")
    if where == "beside":
        assert attacked.rows() == before


@pytest.mark.parametrize("instead", [True, False])
def test_a_former_reader_turns_a_notice_into_a_key(attacked: AttackedJournal, instead: bool) -> None:
    """Ben could say later that Ana never withdrew anything and sent him this instead."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("for Ben once", share="Ben"))
        ben.refresh()
        ana.notes.withdraw(note.id, "Ben")
        notice = notice_for(ben, ana, attacked)
        forged = rewrapped(notice, key_between(ben, ana), content=secrets.token_bytes(32))
    before = attacked.rows()
    lay(attacked, forged)
    if instead:
        attacked.delete(notice.id)
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == {"for Ben once"}
        is_mended = attacked.rows() == before
        assert (HARMED in told(ana)) is not is_mended
        assert ana.check().is_clean is is_mended
        assert not (instead and is_mended)
    for remembering in (True, False):
        with attacked.acting("Ben", remembering=remembering) as (ben,):
            assert bodies(ben) == set()


def test_a_wrap_put_back_as_it_was_is_the_control(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        row_id = row_of(ana, ana.notes.add(NewNote("for Ben", share="Ben")))
        ben.refresh()
        row, key = row_in(attacked, row_id), key_between(ben, ana)
        assert wrap_of(row, key).key is not None
        assert rewrapped(row, key, content=wrap_of(row, key).key) == row


@pytest.mark.parametrize("many", [1, 5, 40])
def test_withdrawn_notes_put_back_are_not_shown_however_many(attacked: AttackedJournal, many: int) -> None:
    """Each notice names the envelope that was lost, so no number of them together comes back unseen."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        ana.notes.add(NewNote("stays", share="Ben"))
        notes = ana.notes.add_many([NewNote(f"withdrawn {n}", share="Ben") for n in range(many)])
        old = {i: attacked.rows()[i] for i in (row_of(ana, note) for note in notes)}
        ben.refresh()
        for note in notes:
            ana.notes.withdraw(note.id, "Ben")
    for row_id, sealed in old.items():
        attacked.insert(row_id, sealed)
    with attacked.acting("Ben", remembering=False) as (ben,):
        assert bodies(ben) == {"stays"}
        sentences = finding_sentences(ben)
        assert sum("Ana wrote was put back" in sentence for sentence in sentences) == many


def test_a_withdrawn_note_put_back_while_the_notice_is_kept_from_its_reader(
    attacked: AttackedJournal,
) -> None:
    """Without the notice the note looks as it did; that its drop and a number are not here is told, and her
    notes are in doubt."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("withdrawn", share="Ben"))
        old = row_of(ana, note)
        sealed = attacked.rows()[old]
        ana.notes.withdraw(note.id, "Ben")
        notice = notice_for(ben, ana, attacked)
        ana.notes.add(NewNote("stays", share="Ben"))
    attacked.insert(old, sealed)
    attacked.delete(notice.id)
    for remembering in (True, False):
        with attacked.acting("Ben", remembering=remembering) as (ben,):
            assert bodies(ben) == {"stays", "withdrawn"}
            assert ("older state" if remembering else "Ana shared with you is not in this file") in told(ben)
            assert ben.members.doubted_authors == {ben.members.get("Ana").id}
    with attacked.acting("Ana") as (ana,):
        assert "older state of what you share with Ben" in told(ana)


def test_a_withdrawn_note_put_back_while_another_is_kept_from_its_reader(attacked: AttackedJournal) -> None:
    """One row put back and one taken away: the count of rows is right, and yet both are told."""
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
        assert "Something Ana shared with you is not in this file" in told(ben)


def test_a_reader_moves_a_body_to_another_envelope(attacked: AttackedJournal) -> None:
    """Ben takes Ana's note to an envelope of his own. He seals the body anew and makes his own slot, which
    his keys allow; the slots of the others hang on keys he has not got, so he deceives himself and nobody
    else."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        row_id = row_of(ana, ana.notes.add(NewNote("for all", share="all")))
        ana.notes.add(NewNote("later", share="all"))
        ben.refresh()
        row, key = row_in(attacked, row_id), key_between(ben, ana)
        opened = open_on(key, row_id, bytes_of(row))
        assert opened is not None and opened.body is not None
        moved = moved_by(ben, key, row, opened.body)
        attacked.delete(row_id)
        lay(attacked, moved)
        control = open_on(key, moved.id, bytes_of(moved))
        assert control is not None and control.body == opened.body, "the control"
        tags = {row.slots[at : at + TAG_BYTES] for at in range(0, 8 * TAG_BYTES, TAG_BYTES)}
        assert sum(moved.slots.count(tag) for tag in tags) == 7, "all but his own lie there as they did"
    for name in ("Ana", "Lee"):
        for remembering in (True, False):
            with attacked.acting(name, remembering=remembering) as (journal,):
                assert bodies(journal) == {"later"}
                said = told(journal)
                saw_it = name == "Ana" and remembering
                assert ("older state" if saw_it else "is not in this file") in said
    with attacked.acting("Ana") as (ana,):
        assert "Ben put something into the file that looks as if you had written it" in told(ana)


def moved_by(reader: Journal, key: ChannelKey, row: Row, body: bytes) -> Row:
    """The same body in a new envelope of the reader's, who leaves the slots of the others as they were."""
    wrap, old_place = wrap_of(row, key), place_of(row, key)
    own = vault_of(reader).envelopes.channels.own.key
    new = draw(own)
    sealed = row_from(seal(own, new, body, [(key, wrap.stamp)]).sealed)
    tag, _ = key.slot(EnvelopeId(new.id))
    at = TAG_BYTES * old_place.slot
    slots = row.slots[:at] + tag + row.slots[at + TAG_BYTES :]
    moved = rewrapped(sealed._replace(slots=slots), key, stamp=wrap.stamp, content=new.key)
    return row_from(bytes_of(moved))
