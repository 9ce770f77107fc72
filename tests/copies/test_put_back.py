"""An old copy comes back: what it brings, what is said of it, and under which number the computer goes on."""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import EnvelopeId
from kapjournal.journal import NewNote, NoteChange
from tests.internals import vault_of

from .computers import Computer
from .stories import as_it_was, bring_together, copied_again, kinds, texts

OWN_BACK, OUT_BACK = FindingKind.OWN_ROLLED_BACK, FindingKind.OUTGOING_ROLLED_BACK
IN_BACK, WENT_ON = FindingKind.INCOMING_ROLLED_BACK, FindingKind.COPY_WENT_ON


def test_an_old_copy_merged_again_and_again_brings_nothing_back(six: list[Computer], tmp_path: Path) -> None:
    ana, ben = six[2], six[4]
    kept = ana.program().notes.add(NewNote("kept", share="Ben"))
    deleted = ana.program().notes.add(NewNote("deleted", share="Ben"))
    bring_together(*six)
    old = as_it_was(ana, tmp_path / "old")
    ana.program().notes.delete(deleted.id)
    ana.program().notes.edit(kept.id, NoteChange("kept and changed"))
    bring_together(*six)
    for computer in (*six, *six):
        computer.program().copies.merge(copied_again(old))
    assert texts(ana) == texts(ben) == {"kept and changed"}
    assert not kinds(ana) | kinds(ben)


def test_a_restored_file_is_told_until_another_copy_brings_what_it_lacks(
    six: list[Computer], tmp_path: Path
) -> None:
    ana, ana_too = six[2:4]
    ana.program().notes.add(NewNote("before", share="Ben"))
    old = as_it_was(ana, tmp_path / "old")
    deleted = ana.program().notes.add(NewNote("deleted later"))
    ana.program().notes.add(NewNote("after", share="Ben"))
    bring_together(*six)
    ana.program().notes.delete(deleted.id)
    bring_together(*six)
    ana.put_in_place(old, None)
    assert kinds(ana) == {OWN_BACK, OUT_BACK}
    ana.program().notes.add(NewNote("written on it", share="Ben"))
    assert kinds(ana) == {OWN_BACK, OUT_BACK}
    bring_together(*six)
    assert not set().union(*(kinds(computer) for computer in six))
    assert texts(ana) == texts(ana_too) == texts(six[4]) == {"before", "after", "written on it"}


def test_what_is_gone_for_good_is_told_where_one_computer_remembers_it(
    six: list[Computer], tmp_path: Path
) -> None:
    ana, ben = six[2], six[4]
    bring_together(*six)
    ana.program(), ben.program()
    old, old_of_ben = as_it_was(ana, tmp_path / "old"), as_it_was(ben, tmp_path / "old of Ben")
    ana.program().notes.add(NewNote("for Ben", share="Ben"))
    ben.program().copies.merge(ana.path)
    ana.put_in_place(old, None)
    shutil.rmtree(ana.memory)
    ben.put_in_place(old_of_ben, None)
    bring_together(*six)
    assert kinds(ben) == {IN_BACK}
    assert not kinds(ana) | kinds(six[5])


def test_a_computer_of_which_there_are_two_counts_as_two_as_soon_as_they_have_met(
    six: list[Computer],
) -> None:
    ana, clone, ben = six[2], six[3], six[4]
    ana.program().notes.add(NewNote("before", share="Ben"))
    bring_together(*six)
    ana.shut_down()
    clone.put_in_place(ana.path, ana.memory)
    assert vault_of(clone.program()).record.replica == vault_of(ana.program()).record.replica
    ana.program().notes.add(NewNote("one", share="Ben"))
    clone.program().notes.add(NewNote("other", share="Ben"))
    clone.program().notes.add(NewNote("more", share="Ben"))
    bring_together(*six)
    assert texts(ana) == texts(clone) == texts(ben) == {"before", "one", "other", "more"}
    assert kinds(ana) == kinds(clone) == {WENT_ON}
    assert vault_of(clone.program()).record.replica != vault_of(ana.program()).record.replica
    copied = _numbered_twice(ana)
    ana.program().notes.add(NewNote("on one", share="Ben"))
    clone.program().notes.add(NewNote("on the other", share="Ben"))
    bring_together(*six)
    assert _numbered_twice(ana) == copied


def test_a_clone_that_wrote_first_lets_the_other_count_anew_when_it_hears_of_it(
    six: list[Computer],
) -> None:
    ana, clone = six[2:4]
    bring_together(*six)
    ana.shut_down()
    clone.put_in_place(ana.path, ana.memory)
    clone.program().notes.add(NewNote("by the clone"))
    before = vault_of(ana.program()).record.replica
    ana.program().copies.merge(clone.path)
    assert vault_of(ana.program()).record.replica != before
    ana.program().notes.add(NewNote("by the first"))
    clone.program().notes.add(NewNote("by the clone again"))
    bring_together(*six)
    assert not kinds(ana) | kinds(clone)
    assert texts(ana) == texts(clone) == {"by the clone", "by the first", "by the clone again"}


def test_rows_that_do_not_fit_their_id_come_into_no_other_copy(six: list[Computer]) -> None:
    ana, ben = six[2], six[4]
    bring_together(*six)
    ana.program().notes.add(NewNote("words", share="Ben"))
    before = ben.rows()
    ana.shut_down()
    _spoil(ana, ana.rows().keys() - before.keys())
    report = ben.program().copies.merge(ana.path)
    assert (report.taken.new, report.taken.refused) == (0, 1)
    assert ben.rows() == before and texts(ben) == set()
    assert not kinds(ben)


def test_a_whole_copy_mends_the_one_that_is_brought_in(six: list[Computer]) -> None:
    ana, ben = six[2], six[4]
    ana.program().notes.add(NewNote("words", share="Ben"))
    bring_together(*six)
    ana.shut_down()
    _spoil(ana, ana.rows().keys())
    report = ben.program().copies.merge(ana.path)
    assert report.given is not None
    assert report.given.mended == len(ben.rows()) and not report.taken
    assert ana.rows() == ben.rows()
    assert texts(ana) == {"words"} and not kinds(ana)


def _spoil(computer: Computer, rows: Iterable[bytes]) -> None:
    """One bit of each of these rows falls over."""
    with closing(sqlite3.connect(computer.path)) as database:
        for row_id in list(rows):
            [sealed] = database.execute("SELECT sealed FROM envelope WHERE id = ?", (row_id,)).fetchone()
            spoilt = sealed[:700] + bytes([sealed[700] ^ 1]) + sealed[701:]
            database.execute("UPDATE envelope SET sealed = ? WHERE id = ?", (spoilt, row_id))
        database.commit()


def _numbered_twice(computer: Computer) -> set[tuple[bytes, EnvelopeId]]:
    """Everything that has the number of something else, as two computers counted under one name."""
    vault = vault_of(computer.program())
    return {one for channel in vault.envelopes.channels.all() for one in channel.copied}
