"""Twins, second rows of one envelope that a reader made, of what its author has dropped since: nothing comes
back, for no reader, and the author's program cleans up."""

from collections.abc import Callable

import pytest

from kapjournal.crypto.row import dropped, row_from
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.notes import Note
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.journal import Journal
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.remade_rows import key_between, row_in, wrap_of
from tests.attacks.shared_note import Shared, kinds, remade
from tests.internals import row_of

PUT_BACK = FindingKind.VERSION_PUT_BACK
ABSENT = {FindingKind.INCOMING_ABSENT, FindingKind.INCOMING_ROLLED_BACK}
OUTGOING_ABSENT = {FindingKind.OUTGOING_ABSENT, FindingKind.OUTGOING_ROLLED_BACK}

remembering_or_not = pytest.mark.parametrize("remembering", [True, False])


def edits(ana: Journal, note: Note) -> None:
    ana.notes.edit(note.id, NoteChange(body="as it is now"))


def deletes(ana: Journal, note: Note) -> None:
    ana.notes.delete(note.id)


def withdraws(ana: Journal, note: Note) -> None:
    ana.notes.withdraw(note.id, "Lee")


Deed = Callable[[Journal, Note], None]
SEEN_BY_LEE: dict[Deed, set[str]] = {edits: {"as it is now"}, deletes: set(), withdraws: set()}
after_it_was_dropped = pytest.mark.parametrize("deed", SEEN_BY_LEE, ids=lambda deed: deed.__name__)


def does(shared: Shared, deed: Deed) -> None:
    with shared.attacked.acting("Ana") as (ana,):
        deed(ana, shared.note)


@remembering_or_not
@after_it_was_dropped
def test_beside_its_dropped_row_a_twin_brings_nothing_back_and_goes(
    shared: Shared, deed: Deed, remembering: bool
) -> None:
    """A drop token in any row drops every row of its envelope, for every reader."""
    does(shared, deed)
    before = shared.attacked.rows()
    shared.attacked.put_row(shared.twin)
    with shared.attacked.acting("Lee", remembering=remembering) as (lee,):
        assert bodies(lee) == SEEN_BY_LEE[deed]
        assert kinds(lee) == [PUT_BACK]
    for name in ("Ana", "Lee", "Ana"):
        with shared.attacked.acting(name, remembering=remembering) as (journal,):
            assert kinds(journal) == []
            assert "as Ana wrote it" not in bodies(journal) or (deed, name) == (withdraws, "Ana")
    assert shared.attacked.rows() == before


@remembering_or_not
@after_it_was_dropped
def test_in_the_place_of_its_dropped_row_a_twin_brings_nothing_back(
    shared: Shared, deed: Deed, remembering: bool
) -> None:
    """What took its place, the notice or the marker of the deletion still says so; its words leave the file
    again, and its author is told until the dropped row comes back."""
    does(shared, deed)
    before = shared.attacked.rows()
    shared.put_in_place()
    for name in ("Lee", "Ana", "Lee", "Ana"):
        with shared.attacked.acting(name, remembering=remembering) as (journal,):
            assert bodies(journal) == (
                {"as Ana wrote it"} if (deed, name) == (withdraws, "Ana") else SEEN_BY_LEE[deed]
            )
            found = set(kinds(journal))
            assert name == "Lee" or found & OUTGOING_ABSENT
    standing = [row_from(sealed) for sealed in shared.attacked.rows().values()]
    assert not [row for row in standing if row.is_standing and row.envelope == shared.whole.envelope]
    shared.attacked.insert(shared.whole.id, before[shared.whole.id])
    for name in ("Ana", "Lee"):
        with shared.attacked.acting(name, remembering=remembering) as (journal,):
            assert kinds(journal) == []
    assert shared.attacked.rows() == before


@remembering_or_not
def test_for_a_reader_who_lost_the_note_and_whose_notice_is_struck_too(
    shared: Shared, remembering: bool
) -> None:
    """Ben brings the note back to Lee, from whom Ana withdrew it: Lee is told that something is missing."""
    before = shared.attacked.rows().keys()
    does(shared, withdraws)
    came = shared.attacked.rows().keys() - before
    with shared.attacked.acting("Ana", "Lee") as (ana, lee):
        ana.notes.add(NewNote("later", share="Lee"))
        lee.refresh()
        assert bodies(lee) == {"later"}
        key = key_between(lee, ana)
    for row_id in came:
        if key.find(row_in(shared.attacked, row_id)):
            shared.attacked.delete(row_id)
    shared.put_in_place()
    with shared.attacked.acting("Lee", remembering=remembering) as (lee,):
        assert set(kinds(lee)) & ABSENT
        assert lee.members.get("Ana").id in lee.members.doubted_authors
    with shared.attacked.acting("Ana", "Lee", remembering=remembering) as (ana, lee):
        assert set(kinds(ana)) & OUTGOING_ABSENT
        lee.refresh()
        assert bodies(lee) == {"later"}, "Ana's program dropped it again"


@remembering_or_not
def test_a_dropped_twin_beside_the_dropped_row_counts_for_nobody_and_goes(
    shared: Shared, remembering: bool
) -> None:
    """The token of a dropped row lies open in it, and Ben can drop his twin with it as well."""
    does(shared, edits)
    before = shared.attacked.rows()
    token = row_in(shared.attacked, shared.whole.id).token
    shared.attacked.put_row(dropped(row_from(shared.twin), token))
    for name in ("Lee", "Ana", "Lee"):
        with shared.attacked.acting(name, remembering=remembering) as (journal,):
            assert kinds(journal) == []
            assert bodies(journal) == {"as it is now"}
    assert shared.attacked.rows() == before


@remembering_or_not
def test_a_dropped_twin_stands_in_for_no_other_drop(shared: Shared, remembering: bool) -> None:
    """Ben undoes one deletion and doubles another: there are as many dropped rows as there were."""
    with shared.attacked.acting("Ana", "Lee") as (ana, lee):
        other = ana.notes.add(NewNote("deleted", share="all"))
        row_id = row_of(ana, other)
        standing = shared.attacked.rows()[row_id]
        deletes(ana, other)
        edits(ana, shared.note)
        lee.refresh()
    token = row_in(shared.attacked, shared.whole.id).token
    shared.attacked.put_row(dropped(row_from(shared.twin), token))
    shared.attacked.insert(row_id, standing)
    with shared.attacked.acting("Lee", remembering=remembering) as (lee,):
        assert bodies(lee) == {"as it is now"}
        assert set(kinds(lee)) >= {PUT_BACK}


@remembering_or_not
def test_a_former_reader_makes_a_twin_of_the_notice(attacked: AttackedJournal, remembering: bool) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("for Ben once", share="Ben"))
        ben.refresh()
        ana.notes.withdraw(note.id, "Ben")
        key = key_between(ben, ana)
        rows = [row_from(sealed) for sealed in attacked.rows().values()]
        [notice] = [row for row in rows if row.is_standing and key.find(row) and not wrap_of(row, key).key]
        before = attacked.rows()
        attacked.put_row(remade(notice, ben, ana))
    for _ in range(2):
        with attacked.acting("Ana", remembering=remembering) as (ana,):
            assert kinds(ana) == []
            assert [one.text.body for one in ana.notes.history(note.id)] == ["for Ben once"] * 2
    assert attacked.rows() == before
