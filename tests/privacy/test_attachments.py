"""What attached files leave where: sealed while they are there, and nothing once they are removed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kapjournal.crypto.row import DROPPED_BYTES, SIZES
from kapjournal.journal import Journal, NewNote
from tests.attached import file_of, part_rows
from tests.cast import LABELS
from tests.privacy.canary import assert_none_under, canary, found_in
from tests.privacy.conftest import Room
from tests.shared_journal import SharedJournal

WORDS = f"the hallway {canary('body')} again\n".encode()
CONTENT = WORDS * (3 * 1024 * 1024 // len(WORDS))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Where the person keeps the file, which is not sealed and not ours."""
    folder = tmp_path / "outside"
    folder.mkdir()
    return folder


def attached(journal: Journal, outside: Path) -> str:
    note = journal.notes.add(NewNote("a word", share="all"))
    journal.attachments.attach(note.id, file_of(outside, CONTENT, f"{canary('title')}.txt"))
    return note.id


def test_name_and_content_lie_sealed(room: Room, outside: Path) -> None:
    with room.shared.open("Ana") as ana:
        note_id = attached(ana, outside)
        assert_none_under(*room.places)
        ana.attachments.save(note_id, "1", outside / "again.txt")
        assert_none_under(*room.places)
        assert canary("title") in ana.attachments.of(note_id)[0].name
    assert_none_under(*room.places)
    assert found_in((outside / "again.txt").read_bytes())


def removed(journal: Journal, note_id: str) -> None:
    journal.attachments.remove(note_id, "1")


def deleted(journal: Journal, note_id: str) -> None:
    journal.notes.delete(note_id)


@pytest.mark.parametrize("end", [removed, deleted])
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "another day"])
def test_not_even_the_sealed_bytes_are_left(
    shared: SharedJournal, outside: Path, end: Callable[[Journal, str], None], at_once: bool
) -> None:
    with shared.open("Ana") as ana:
        note_id = attached(ana, outside)
        pieces = part_rows(shared.path)
        assert any(sealed[-2000:] for sealed in pieces.values())
        if at_once:
            end(ana, note_id)
    if not at_once:
        data = shared.path.read_bytes()
        assert all(sealed[-64:] in data for sealed in pieces.values())
        with shared.open("Ana") as ana:
            end(ana, note_id)
    data = shared.path.read_bytes()
    assert len(data) < len(CONTENT) // 2
    for sealed in pieces.values():
        middle = sealed[785:]
        assert not any(middle[at : at + 64] in data for at in range(0, len(middle), 50_021))
    assert {len(sealed) for sealed in part_rows(shared.path).values()} == {DROPPED_BYTES}
    assert [path.name for path in shared.path.parent.iterdir() if path.is_file()] == [shared.path.name]


def test_whose_a_piece_is_cannot_be_told(shared: SharedJournal, tmp_path: Path, outside: Path) -> None:
    shapes = []
    for label in LABELS:
        copy = shared.copied(tmp_path / label)
        with copy.open(label) as journal:
            note = journal.notes.add(NewNote("a word"))
            journal.attachments.attach(note.id, file_of(outside, CONTENT))
        rows = part_rows(copy.path)
        shapes.append(
            (sorted(len(sealed) for sealed in rows.values()), {sealed[0] for sealed in rows.values()})
        )
        assert {len(sealed) for sealed in rows.values()} <= SIZES
    assert shapes[0] == shapes[1] == shapes[2]


def test_no_eight_bytes_stand_twice(shared: SharedJournal, outside: Path) -> None:
    """The same file attached twice cannot be told from two files."""
    with shared.open("Ana") as ana:
        for _ in range(2):
            note = ana.notes.add(NewNote("a word"))
            ana.attachments.attach(note.id, file_of(outside, bytes(20_000)))
    one, other = part_rows(shared.path).values()
    assert len(one) == len(other)
    seen = {one[at : at + 8] for at in range(1, len(one) - 8)}
    assert not any(other[at : at + 8] in seen for at in range(1, len(other) - 8))
