"""Attacks that the first format of the file did not withstand, told as what is promised now."""

import secrets
import shutil

import pytest

from kapjournal.crypto.envelope import ChannelKey, SealedRow, draw, seal
from kapjournal.crypto.row import supersedes
from kapjournal.domain.findings import FindingKind, Severity
from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.journal import Journal
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.remade_rows import key_between, row_in, wrap_of
from tests.attacks.test_forged import note_version
from tests.internals import finding_sentences, row_of, vault_of

ROLLED_BACK = {FindingKind.OWN_ROLLED_BACK, FindingKind.OUTGOING_ROLLED_BACK}


def kinds(journal: Journal) -> set[FindingKind]:
    journal.refresh()
    return {finding.kind for finding in journal.findings}


def words(journal: Journal) -> set[str]:
    """Every text a person is shown, also what stands beside another text of one note."""
    return {text.body for note in journal.notes.all() for text in (note.text, *note.beside)}


def go_back_to(attacked: AttackedJournal, rows: dict[bytes, bytes]) -> None:
    """Another copy of the file takes its place."""
    for row_id in attacked.rows().keys() - rows.keys():
        attacked.delete(row_id)
    for row_id, sealed in rows.items():
        attacked.insert(row_id, sealed)


def unite(attacked: AttackedJournal, rows: dict[bytes, bytes]) -> None:
    """The rows of another copy come to those of the file, by the one rule for it."""
    here = attacked.rows()
    for row_id, sealed in rows.items():
        if row_id not in here or supersedes(sealed, here[row_id]):
            attacked.insert(row_id, sealed)


# --- a longer fork ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("longer_by", [0, 1, 9])
def test_a_copy_that_went_on_swallows_no_acknowledged_note_in_silence(
    attacked: AttackedJournal, longer_by: int
) -> None:
    """Ana writes at home and at the clinic, and the clinic's copy, which is the longer one, takes the place
    of the other. All who saw the notes from home are told until they come back."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        before = attacked.rows()
        home = {f"home {n}" for n in range(2)}
        ana.notes.add_many([NewNote(body, share="Ben") for body in sorted(home)])
        ben.refresh()
    rows_from_home = attacked.rows()
    go_back_to(attacked, before)
    with attacked.open_at("clinic", "Ana") as ana:
        clinic = {f"clinic {n}" for n in range(2 + longer_by)}
        ana.notes.add_many([NewNote(body, share="Ben") for body in sorted(clinic)])
    for _ in range(2):
        with attacked.acting("Ana", "Ben") as (ana, ben):
            assert bodies(ana) == bodies(ben) == clinic
            assert kinds(ana) == ROLLED_BACK
            assert kinds(ben) == {FindingKind.INCOMING_ROLLED_BACK}
            assert not ana.check().is_clean
            assert not ben.check().is_clean
            assert ana.me.id in ana.members.doubted_authors & ben.members.doubted_authors
            clinic |= {ana.notes.add(NewNote(secrets.token_hex(8), share="Ben")).text.body}
            ben.refresh()
    unite(attacked, rows_from_home)
    with attacked.acting("Ana", "Ben") as (ana, ben), attacked.open_at("clinic", "Ana") as at_clinic:
        for journal in (ana, ben, at_clinic):
            assert bodies(journal) == home | clinic
            assert kinds(journal) == set()


def test_two_clones_of_one_computer_go_on_and_nothing_is_lost(attacked: AttackedJournal) -> None:
    """Its disk was copied, so both write the same numbers; that is told as what it is."""
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("before", share="Ben"))
    before = attacked.rows()
    shutil.copytree(attacked.folder / "memory-Ana", attacked.folder / "clinic")
    with attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("home", share="Ben"))
    home = attacked.rows()
    go_back_to(attacked, before)
    with attacked.open_at("clinic", "Ana") as ana:
        ana.notes.add(NewNote("clinic", share="Ben"))
    unite(attacked, home)
    for _ in range(2):
        with attacked.acting("Ana", "Ben") as (ana, ben), attacked.open_at("clinic", "Ana") as clone:
            assert bodies(ana) == bodies(clone) == bodies(ben) == {"before", "home", "clinic"}
            assert kinds(ana) == kinds(clone) == {FindingKind.COPY_WENT_ON}
            assert FindingKind.COPY_WENT_ON.severity is Severity.NOTICE
            assert kinds(ben) == set()
    with attacked.acting("Ana") as (ana,), attacked.open_at("clinic", "Ana") as clone:
        assert vault_of(ana).record.replica != vault_of(clone).record.replica


# --- in the author's name -----------------------------------------------------------------------------------

THREAT = "I will take the children"


def in_anas_name(attacked: AttackedJournal, *, notice: bool = False) -> SealedRow:
    """Ben has the key of the channel from Ana to him, and seals with it what she never wrote."""
    with attacked.acting("Ben", "Ana") as (ben, ana):
        channel = key_between(ben, ana)
        note = ana.notes.add(NewNote("what she wrote", share="Ben"))
        ben.refresh()
        stamp = wrap_of(row_in(attacked, row_of(ben, note)), channel).stamp
        body = note_version(ana.me.id, (ana.me.id, ben.me.id), THREAT).to_bytes()
        next_one = stamp._replace(number=stamp.number + 1, rows=stamp.rows + 1)
        nobody = ChannelKey(secrets.token_bytes(32))
        lost = EnvelopeId(secrets.token_bytes(16))
        if notice:
            return seal(nobody, draw(nobody), body, notices=[(channel, next_one, lost)])
        return seal(nobody, draw(nobody), body, [(channel, next_one)])


@pytest.mark.parametrize("notice", [False, True])
def test_an_author_is_told_what_a_reader_put_there_in_their_name(
    attacked: AttackedJournal, notice: bool
) -> None:
    """Ben's screen shows it; but hers says who did it, and neither hers nor Lee's shows it."""
    row = in_anas_name(attacked, notice=notice)
    attacked.insert(row.id, row.sealed)
    for _ in range(2):
        with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
            [finding] = ana.findings
            assert (finding.kind, finding.member) == (FindingKind.WRITTEN_IN_YOUR_NAME, ben.me.id)
            assert finding.severity is Severity.ALARM
            assert not ana.check().is_clean
            assert bodies(ana) == {"what she wrote"}
            assert bodies(ben) == {"what she wrote"} | (set() if notice else {THREAT})
            assert bodies(lee) == set()
            assert kinds(lee) == set()
    with attacked.acting("Ana", remembering=False) as (ana,):
        assert kinds(ana) == {FindingKind.WRITTEN_IN_YOUR_NAME}


def test_an_author_who_looks_on_is_told_at_once_what_comes_in_their_name(attacked: AttackedJournal) -> None:
    row = in_anas_name(attacked)
    with attacked.acting("Ana") as (ana,):
        assert kinds(ana) == set()
        attacked.insert(row.id, row.sealed)
        assert kinds(ana) == {FindingKind.WRITTEN_IN_YOUR_NAME}
        attacked.delete(row.id)
        assert kinds(ana) == set()


# --- two honest copies --------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["home", "clinic"])
def test_two_honest_copies_united_hide_no_edit_and_accuse_nobody(
    attacked: AttackedJournal, first: str
) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("first", share="Ben"))
        gone = ana.notes.add(NewNote("to be deleted", share="Ben"))
        ben.refresh()
    before = attacked.rows()
    with attacked.acting("Ana") as (ana,):
        ana.notes.edit(note.id, NoteChange(body="edited at home"))
        ana.notes.delete(gone.id)
    copies = {"home": attacked.rows()}
    go_back_to(attacked, before)
    with attacked.open_at("clinic", "Ana") as ana:
        ana.notes.edit(note.id, NoteChange(body="edited at the clinic"))
    copies["clinic"] = attacked.rows()
    go_back_to(attacked, copies.pop(first))
    unite(attacked, copies.popitem()[1])
    both = {"edited at home", "edited at the clinic"}
    with attacked.acting("Ben") as (ben,):
        assert words(ben) == both
        assert kinds(ben) == set()
    with attacked.acting("Ana", "Ben") as (ana, ben), attacked.open_at("clinic", "Ana") as at_clinic:
        for journal in (ana, at_clinic, ben):
            assert words(journal) == both
            assert kinds(journal) == set()
            assert journal.check().is_clean
        ana.notes.edit(note.id, NoteChange(body="settled"))
        for journal in (ana, at_clinic, ben):
            journal.refresh()
            assert words(journal) == {"settled"}
            assert kinds(journal) == set()
        assert {one.text.body for one in ana.notes.history(note.id)} == {"first", "settled"} | both


# --- many rows, rot -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["edited", "deleted", "edited and deleted"])
def test_among_thousands_of_rows_what_was_put_back_is_found(attacked: AttackedJournal, deed: str) -> None:
    """What took its place, or the notice that it is gone, says so. Where that was dropped as well, the count
    of drops still does: its reader is told that something is missing, until the author's program drops it
    again."""
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("written in anger", share="Ben"))
        row_id = row_of(ana, note)
        ana.notes.add_many([NewNote(f"note {n}", share="Ben") for n in range(2000)])
        standing = attacked.rows()[row_id]
        if "edited" in deed:
            ana.notes.edit(note.id, NoteChange(body="softer"))
        if "deleted" in deed:
            ana.notes.delete(note.id)
    attacked.insert(row_id, standing)
    with attacked.acting("Ben", remembering=False) as (ben,):
        if deed == "edited and deleted":
            assert FindingKind.INCOMING_ABSENT in kinds(ben)
            assert ben.members.get("Ana").id in ben.members.doubted_authors
        else:
            assert FindingKind.VERSION_PUT_BACK in kinds(ben)
            assert "written in anger" not in words(ben)
    with attacked.acting("Ana", remembering=False) as (ana,):
        assert kinds(ana) == {FindingKind.VERSION_PUT_BACK}, "and it is dropped again"
    with attacked.acting("Ana", "Ben", remembering=False) as (ana, ben):
        assert "written in anger" not in words(ben) | words(ana)
        assert kinds(ana) == kinds(ben) == set()


def test_rot_in_anothers_row_is_seen_by_everybody_and_mended_by_a_good_copy(
    attacked: AttackedJournal,
) -> None:
    """The clinic's copy may be the only backup of all three: it must not rot for years unseen."""
    with attacked.acting("Ana") as (ana,):
        row_id = row_of(ana, ana.notes.add(NewNote("private")))
        dropped_id = row_of(ana, deleted := ana.notes.add(NewNote("deleted")))
        ana.notes.delete(deleted.id)
    good = attacked.rows()
    for rotten in (row_id, dropped_id):
        sealed = bytearray(good[rotten])
        sealed[-100] ^= 1
        attacked.insert(rotten, bytes(sealed))
    for name in ("Lee", "Ben", "Ana"):
        with attacked.acting(name) as (journal,):
            assert not journal.check().is_clean
            assert any("2 rows of the file cannot be read" in told for told in finding_sentences(journal))
    for rotten in (row_id, dropped_id):
        attacked.insert(rotten, good[rotten])
    for name in ("Lee", "Ben", "Ana"):
        with attacked.acting(name) as (journal,):
            assert kinds(journal) == set()
            assert journal.check().is_clean
