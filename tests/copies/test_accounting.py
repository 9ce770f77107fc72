"""What numbers and drops are for: nothing replaced is shown again, and no drop goes uncounted."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from kapjournal.crypto.row import SLOT_BYTES, row_from
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import RowId
from kapjournal.journal import NewNote, NoteChange
from tests.internals import row_of, vault_of

from .computers import Computer
from .stories import another_computer, as_it_was, bring_together, kinds, texts

_SLOTS_AT = 65


def test_a_version_put_back_into_a_readers_file_is_not_shown_and_told_as_that_alone(
    six: list[Computer], tmp_path: Path
) -> None:
    ana, ben = six[2], six[4]
    changed = ana.program().notes.add(NewNote("first", share="Ben"))
    withdrawn = ana.program().notes.add(NewNote("withdrawn", share="Ben"))
    rows = [row_of(ana.program(), note) for note in (changed, withdrawn)]
    old = as_it_was(ana, tmp_path / "old")
    ana.program().notes.edit(changed.id, NoteChange("second"))
    ana.program().notes.withdraw(withdrawn.id, "Ben")
    bring_together(*six)
    ben.shut_down()
    shutil.rmtree(ben.memory)
    _put_back(ben, rows, old)
    assert texts(ben) == {"second"}
    assert kinds(ben) == {FindingKind.VERSION_PUT_BACK}
    ben.program().copies.merge(ana.path)
    assert texts(ben) == {"second"} and not kinds(ben)


def test_a_save_in_the_place_of_a_deletion_counts_its_drop_on_every_channel_it_was_on(
    six: list[Computer],
) -> None:
    ana, ana_too, ben = six[2], six[3], six[4]
    note = ana.program().notes.add(NewNote("first", share="Ben"))
    bring_together(*six)
    ana.program().notes.delete(note.id)
    ana_too.program().notes.edit(note.id, NoteChange("second"))
    bring_together(*six)
    ana.program().notes.edit(note.id, NoteChange("in the place of both"))
    vault = vault_of(ana.program())
    sent = [channel for channel in vault.envelopes.channels() if channel.sender == vault.me]
    assert len(sent) == 3 and all(channel.drops for channel in sent[:1])
    assert [channel.most_drops for channel in sent] == [channel.drops for channel in sent]
    bring_together(*six)
    assert texts(ben) == set() and not kinds(ben) | kinds(ana)


def test_a_deletion_that_was_saved_over_still_holds_against_sharing_that_did_not_know_of_it(
    six: list[Computer], tmp_path: Path
) -> None:
    ana, ana_too, ben, _ = six[2:]
    note = ana.program().notes.add(NewNote("for nobody yet"))
    bring_together(*six[2:])
    third = another_computer(ana, tmp_path / "third")
    third.program().notes.share(note.id, "Ben")
    ana.program().notes.delete(note.id)
    ana_too.program().notes.edit(note.id, NoteChange("not having heard of it"))
    bring_together(ana, ana_too)
    ana.program().notes.edit(note.id, NoteChange("saved over the deletion"))
    bring_together(third, ana, ana_too, ben)
    assert texts(ben) == set()
    assert texts(ana) == texts(third) == {"saved over the deletion", "for nobody yet"}
    assert not kinds(ana) | kinds(ben) | kinds(third)
    third.shut_down()


def test_a_row_that_a_reader_made_of_anothers_shows_nothing_twice(six: list[Computer]) -> None:
    ana, lee, ben = six[2], six[0], six[4]
    note = ana.program().notes.add(NewNote("words", share="Dr Lee,Ben"))
    bring_together(*six)
    lee.shut_down()
    with closing(sqlite3.connect(lee.path)) as database:
        row_id = row_of(ana.program(), note)
        [[sealed]] = database.execute("SELECT sealed FROM envelope WHERE id = ?", [row_id])
        for place in range(8 * 16 - 1, SLOT_BYTES, 72):
            spoilt = bytearray(sealed)
            spoilt[_SLOTS_AT + place] ^= 1
            twin = row_from(bytes(spoilt))
            database.execute("INSERT INTO envelope VALUES (?, ?)", (twin.id, bytes(spoilt)))
        database.commit()
    [shown] = lee.program().notes.all()
    assert shown.text.body == "words" and shown.beside == ()
    for one, other in ((ana, lee), (lee, ana), (ben, lee), (ana, ben)):
        one.program().copies.merge(other.path)
    for computer in (ana, lee, ben):
        [shown] = computer.program().notes.all()
        assert shown.text.body == "words" and shown.beside == ()


def _put_back(computer: Computer, rows: list[RowId], old: Path) -> None:
    """What somebody does who can write the file and has an older one: these rows as they were."""
    with closing(sqlite3.connect(old)) as database:
        were = [
            database.execute("SELECT sealed FROM envelope WHERE id = ?", [row]).fetchone()[0] for row in rows
        ]
    with closing(sqlite3.connect(computer.path)) as database:
        for row, sealed in zip(rows, were, strict=True):
            database.execute("UPDATE envelope SET sealed = ? WHERE id = ?", (sealed, row))
        database.commit()
