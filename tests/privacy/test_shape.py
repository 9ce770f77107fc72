"""What the rows of a file show of who reads: nothing that can be counted, measured or found again."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.crypto.envelope import ChannelKey, unwrap
from kapjournal.crypto.row import (
    DROPPED,
    DROPPED_BYTES,
    ID_BYTES,
    SIZES,
    SLOT_BYTES,
    SLOTS,
    STANDING,
    front_of,
    read_row,
)
from kapjournal.domain.ids import ReplicaId, RowId
from kapjournal.domain.notes import Draft, NoteText, default_kind
from kapjournal.journal import Journal, NewNote, NoteChange, generated_recovery_words
from kapjournal.store import JournalFile
from tests import cast
from tests.cast import LABELS
from tests.internals import vault_of
from tests.shared_journal import SharedJournal

Rows = dict[bytes, bytes]
WINDOW = 8
NOTES = 12
FRONT_BYTES = min(SIZES) - 4096 - 16


def rows_of(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT id, sealed FROM envelope").fetchall())


def fronts(rows: Rows) -> list[bytes]:
    """All of every row but the words and the first byte: what is neither a length nor a state."""
    return [sealed[1 : FRONT_BYTES if sealed[:1] == STANDING else DROPPED_BYTES] for sealed in rows.values()]


def shape(path: Path) -> tuple[object, ...]:
    """All that can be counted or measured about a file, but for how many pages its rows fill."""
    with closing(sqlite3.connect(path)) as database:
        doors = database.execute("SELECT kind, length(salt), length(sealed_secret) FROM keyslot").fetchall()
        parts = database.execute("SELECT count(*) FROM part").fetchone()
    states = Counter((sealed[:1], len(sealed)) for sealed in rows_of(path).values())
    return sorted(states.items()), sorted(doors), parts


def pages(path: Path) -> int:
    """How many pages a file has; it is all there is of it."""
    with closing(sqlite3.connect(path)) as database:
        (count,) = database.execute("PRAGMA page_count").fetchone()
    assert path.stat().st_size == 4096 * count
    return int(count)


def filled_anew(path: Path) -> Path:
    """The same file with other bytes in every row: what it measures then comes of ids and lengths alone."""
    anew = path.with_name("anew.kap")
    shutil.copy(path, anew)
    with closing(sqlite3.connect(anew, isolation_level=None)) as database:
        database.execute("UPDATE envelope SET sealed = randomblob(length(sealed))")
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return anew


def life(journal: Journal, share: str) -> None:
    """The same notes, changed and deleted in the same way, for whomever."""
    notes = [
        journal.notes.add(NewNote(f"{at} " + "word " * 300 * at * at, share=share)) for at in range(NOTES)
    ]
    for note in notes[::2]:
        journal.notes.edit(note.id, NoteChange(body="shorter"))
    for note in notes[::5]:
        journal.notes.delete(note.id)


@pytest.fixture
def lived(shared: SharedJournal, tmp_path: Path) -> dict[str, SharedJournal]:
    """One journal three times over: in it Ana writes for herself, for one reader, or for two."""
    copies = {share: shared.copied(tmp_path / f"for-{share or 'herself'}") for share in ("", "Ben", "all")}
    for share, copy in copies.items():
        with copy.open("Ana") as ana:
            life(ana, share)
            assert {len(note.readers) for note in ana.notes.all()} == {{"": 1, "Ben": 2, "all": 3}[share]}
    return copies


def test_who_writes_privately_leaves_the_same_shape_as_who_writes_to_one_or_two(
    lived: dict[str, SharedJournal],
) -> None:
    """How many pages the rows fill is by chance: it follows from their random ids and their lengths."""
    alone, to_one, to_two = (shape(copy.path) for copy in lived.values())
    assert alone == to_one == to_two
    for copy in lived.values():
        assert pages(copy.path) == pages(filled_anew(copy.path))
    dropped = [row for row in rows_of(lived["all"].path).values() if row[:1] == DROPPED]
    assert len(dropped) > NOTES // 2


def test_no_eight_bytes_occur_twice(lived: dict[str, SharedJournal]) -> None:
    """Not in two rows and not within one, at whatever place: a tag, a wrap, a mac, a hash or a token that
    came again would show what belongs together. Nor has a row a piece of its own id, or of another's."""
    for copy in lived.values():
        rows = rows_of(copy.path)
        windows = [front[at : at + WINDOW] for front in fronts(rows) for at in range(len(front) - WINDOW + 1)]
        assert len(windows) > SLOT_BYTES * len(rows)
        ids = [row_id[at : at + WINDOW] for row_id in rows for at in range(ID_BYTES - WINDOW + 1)]
        assert len({*windows, *ids}) == len(windows) + len(ids)


def chi_squared(counts: Counter[int], cells: int) -> float:
    """How far counts are from even, in standard deviations."""
    expected = counts.total() / cells
    found = sum((counts[cell] - expected) ** 2 / expected for cell in range(cells))
    return float((found - (cells - 1)) / (2 * (cells - 1)) ** 0.5)


def test_tags_and_wraps_look_uniform_used_or_not(lived: dict[str, SharedJournal]) -> None:
    for copy in lived.values():
        slots = b"".join(front[-SLOT_BYTES:] for front in fronts(rows_of(copy.path)))
        assert chi_squared(Counter(slots), 256) < 6
        bits = Counter(byte >> bit & 1 for byte in slots for bit in range(8))
        assert chi_squared(bits, 2) < 20


def test_a_place_of_a_reader_is_at_no_place_more_than_at_another(lived: dict[str, SharedJournal]) -> None:
    """Who can find their own place learns nothing from where it is, nor from where the others might be."""
    found: Counter[int] = Counter()
    for label in LABELS:
        with lived["all"].open(label) as journal:
            for channel in vault_of(journal).envelopes.channels.all():
                found.update(places(lived["all"].path, channel.key))
    assert found.total() > 10 * SLOTS
    assert chi_squared(found, SLOTS) < 10


def places(path: Path, key: ChannelKey) -> list[int]:
    found = (key.find(front) for front in map(front_of, rows_of(path).values()) if front)
    return [place.slot for place in found if place]


def add(journal: Journal, share: str) -> str:
    return journal.notes.add(NewNote("a word", share=share)).id


DEEDS: dict[str, tuple[str, Callable[[Journal, str], object], int, int]] = {
    "edit, private": ("", lambda j, i: j.notes.edit(i, NoteChange(body="other words")), 1, 2),
    "edit, for one": ("Ben", lambda j, i: j.notes.edit(i, NoteChange(body="other words")), 1, 2),
    "edit, for two": ("all", lambda j, i: j.notes.edit(i, NoteChange(body="other words")), 1, 2),
    "share with one": ("", lambda j, i: j.notes.share(i, "Ben"), 1, 2),
    "share with two": ("", lambda j, i: j.notes.share(i, "all"), 1, 2),
    "share with another": ("Ben", lambda j, i: j.notes.share(i, "Dr Lee"), 1, 2),
    "withdraw from the only one": ("Ben", lambda j, i: j.notes.withdraw(i, "Ben"), 1, 2),
    "withdraw from one of two": ("all", lambda j, i: j.notes.withdraw(i, "Ben"), 1, 2),
    "withdraw from two": ("all", lambda j, i: j.notes.withdraw(i, "all"), 1, 2),
    "delete, private": ("", lambda j, i: j.notes.delete(i), 1, 1),
    "delete, for one": ("Ben", lambda j, i: j.notes.delete(i), 1, 1),
    "delete, for two": ("all", lambda j, i: j.notes.delete(i), 1, 1),
}
"""For whom a note is, what happens to it, how many rows are dropped by that and how many come."""


@pytest.mark.parametrize("deed", DEEDS)
def test_what_happens_to_a_note_shows_as_rows_dropped_and_rows_that_come(
    shared: SharedJournal, deed: str
) -> None:
    """Two copies compared: all that is seen of an edit, a share and a withdrawal is the same."""
    share, act, drops, comes = DEEDS[deed]
    with shared.open("Ana") as ana:
        note_id = add(ana, share)
    before = rows_of(shared.path)
    with shared.open("Ana") as ana:
        act(ana, note_id)
    after = rows_of(shared.path)
    assert before.keys() <= after.keys(), "no row goes"
    dropped = {row_id for row_id in before if before[row_id] != after[row_id]}
    come = after.keys() - before.keys()
    assert (len(dropped), len(come)) == (drops, comes)
    assert {(after[row_id][:1], len(after[row_id])) for row_id in dropped} == {(DROPPED, DROPPED_BYTES)}
    assert {(after[row_id][:1], len(after[row_id])) for row_id in come} == {(STANDING, min(SIZES))}
    if comes == 2 or drops == 1:
        came = fronts({row_id: after[row_id] for row_id in come})
        left = fronts({row_id: after[row_id] for row_id in dropped})
        shared_windows = [
            {front[at : at + WINDOW] for front in part for at in range(len(front) - WINDOW + 1)}
            for part in (came, left)
        ]
        assert not shared_windows[0] & shared_windows[1], "nothing says which row took whose place"


def test_two_readers_cannot_compare_by_which_computer_a_note_was_written(
    shared: SharedJournal, tmp_path: Path
) -> None:
    """Each is told of Ana's two computers by names that the other has not got and cannot make; the id that
    both names come from is not in the file."""
    replicas = []
    for memory in (shared.memory, tmp_path / "phone"):
        with Journal(JournalFile(shared.path), shared.held["Ana"], memory) as ana:
            for at in range(3):
                ana.notes.add(NewNote(f"{memory.name} {at}", share="all"))
            replicas.append(vault_of(ana).record.replica)
            me = ana.me.id
            own_names = set(vault_of(ana).envelopes.channels.own.numbers)
    names: dict[str, set[bytes]] = {"Ana": own_names}
    keys = {}
    for label in ("Ben", "Dr Lee"):
        with shared.open(label) as journal:
            channel = vault_of(journal).envelopes.channels.incoming[me]
            names[label], keys[label] = set(channel.numbers), channel.key
            stamps = [
                unwrap(row, place).stamp
                for row in (read_row(RowId(i), sealed) for i, sealed in rows_of(shared.path).items())
                if (place := channel.key.find(row))
            ]
            assert {stamp.replica for stamp in stamps} == names[label]
            assert {channel.key.pseudonym(one) for one in replicas} <= names[label]
    assert not names["Ben"] & names["Dr Lee"]
    assert not names["Ana"] & (names["Ben"] | names["Dr Lee"])
    for name in names["Ben"]:
        assert keys["Dr Lee"].pseudonym(ReplicaId(name)) not in names["Dr Lee"]
    data = shared.path.read_bytes()
    for replica in replicas:
        assert not data.count(replica)
        assert not {replica[:WINDOW], replica[WINDOW:]} & set().union(*names.values())


def test_with_and_without_recovery_words_the_rows_look_alike(tmp_path: Path) -> None:
    shapes = []
    for with_recovery in (True, False):
        folder = tmp_path / f"words-{with_recovery}"
        folder.mkdir()
        path = folder / "ours.kap"
        cast.meet(path, folder / "memory", with_recovery=with_recovery)
        shapes.append(shape(path))
        slots = b"".join(front[-SLOT_BYTES:] for front in fronts(rows_of(path)))
        assert chi_squared(Counter(slots), 256) < 6
    assert shapes[0] == shapes[1]


def _new_words(ana: Journal) -> None:
    ana.keys.renew_recovery_words(generated_recovery_words())


def _page_saved(ana: Journal) -> None:
    words = NoteText(f"after {ana.drafts.all()}", default_kind(ana.me.role), clock.today())
    ana.drafts.save(Draft(ana.drafts.all()[0].id, None, words))


@pytest.mark.parametrize("had_words", [True, False])
def test_new_recovery_words_look_like_a_page_saved_in_the_place_of_another(
    tmp_path: Path, had_words: bool
) -> None:
    """The first words, later ones, and an unfinished page: one row is dropped, one of the same size comes."""
    path = tmp_path / "ours.kap"
    held = cast.meet(path, tmp_path / "memory", with_recovery=had_words)
    met = SharedJournal(path, tmp_path / "memory", held)
    with met.open("Ana") as ana:
        ana.drafts.save(Draft("", None, NoteText("before", default_kind(ana.me.role), clock.today())))
    seen = []
    for act in (_new_words, _new_words, _page_saved):
        before = rows_of(path)
        with met.open("Ana") as ana:
            act(ana)
        after = rows_of(path)
        changed = sorted((len(before[i]), len(after[i])) for i in before if before[i] != after[i])
        seen.append((changed, sorted(len(after[i]) for i in after.keys() - before.keys())))
    assert seen == [([(min(SIZES), DROPPED_BYTES)], [min(SIZES)])] * 3
