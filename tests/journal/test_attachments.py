"""Files attached to a note: to the byte for whoever reads the note, and for nobody else."""

import secrets
import tracemalloc
from collections.abc import Collection
from pathlib import Path

import pytest

from kapjournal.domain.attachments import MAX_BYTES, MAX_FILES, Attachment
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import signer_from
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.documents.files import PIECE_BYTES
from kapjournal.pictures import Detail
from tests.attached import file_of, given_out, part_rows, raw_files, run
from tests.journal.open_journals import OpenJournals
from tests.pictures.made_pictures import jpeg

MIB = 1024 * 1024
BOUND = 12 * MIB
"""Whatever the size of a file, attaching it and giving it out take less memory than this."""


@pytest.fixture
def note(three: OpenJournals) -> Note:
    return three.ana.notes.add(NewNote("the hallway", title="What stayed", tags=("light",)))


@pytest.mark.parametrize(
    ("size", "pieces"),
    [(1, 1), (PIECE_BYTES - 1, 1), (PIECE_BYTES, 1), (PIECE_BYTES + 1, 2), (2 * PIECE_BYTES, 2)],
)
def test_a_file_of_any_size_comes_back_to_the_byte(
    three: OpenJournals, note: Note, tmp_path: Path, size: int, pieces: int
) -> None:
    data = secrets.token_bytes(size)
    attached = three.ana.attachments.attach(note.id, file_of(tmp_path, data))
    assert attached.files == (Attachment("memo.bin", size),)
    assert attached.text == note.text
    assert len(part_rows(three.path)) == pieces
    assert given_out(three.ana, note) == data
    with three.open("Ana") as again:
        assert again.attachments.of(note.id) == attached.files
        assert given_out(again, note) == data
        assert again.check().is_clean


def test_twenty_mib_need_little_memory(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = file_of(tmp_path, secrets.token_bytes(20 * MIB + 17))
    progress: list[tuple[int, int]] = []
    tracemalloc.start()
    three.ana.attachments.attach(note.id, path, lambda done, whole: progress.append((done, whole)))
    attaching = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    saved = three.ana.attachments.save(note.id, "memo.bin", tmp_path / "again.bin")
    saving = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert max(attaching, saving) < BOUND
    assert saved.read_bytes() == path.read_bytes()
    assert [done for done, _ in progress] == sorted(done for done, _ in progress)
    assert progress[-1] == (20 * MIB + 17, 20 * MIB + 17)


def test_whoever_reads_the_note_has_its_files(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"a drawing", "drawing.png"))
    sealed = part_rows(three.path)
    three.ben.refresh()
    for call in (
        three.ben.attachments.of,
        lambda note_id: three.ben.attachments.save(note_id, "1", tmp_path),
    ):
        with pytest.raises(NotFound):
            call(note.id)
    three.ana.notes.share(note.id, "Ben")
    three.ben.refresh()
    assert three.ben.attachments.of(note.id) == (Attachment("drawing.png", 9),)
    assert given_out(three.ben, note) == b"a drawing"
    three.ana.notes.withdraw(note.id, "Ben")
    three.ben.refresh()
    with pytest.raises(NotFound):
        three.ben.attachments.of(note.id)
    assert part_rows(three.path) == sealed, "neither sharing nor withdrawing seals a piece again"


def test_other_words_and_other_readers_leave_the_files_to_the_byte(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    before = raw_files(three.ana, note)
    three.ana.notes.edit(note.id, NoteChange(body="the car", title="", tags=()))
    assert raw_files(three.ana, note) == before
    three.ana.notes.share(note.id, "all")
    assert raw_files(three.ana, note) == before
    three.ana.notes.withdraw(note.id, "Ben")
    assert raw_files(three.ana, note) == before
    assert given_out(three.ana, note) == b"one"


def test_attaching_changes_neither_the_words_nor_when_they_were_changed(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    attached = three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    assert (attached.text, attached.written, attached.revised) == (note.text, note.written, None)
    versions = three.ana.notes.history(note.id)
    assert [len(version.files) for version in versions] == [0, 1]


def test_only_its_author_attaches_and_removes(three: OpenJournals, tmp_path: Path) -> None:
    note = three.ana.notes.add(NewNote("for all", share="all"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    three.ben.refresh()
    with pytest.raises(NotFound):
        three.ben.attachments.attach(note.id, file_of(tmp_path, b"two", "two.bin"))
    with pytest.raises(NotFound):
        three.ben.attachments.remove(note.id, "1")
    assert len(part_rows(three.path)) == 1


def test_removing_drops_the_pieces_and_keeps_the_other_files(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    three.ana.notes.share(note.id, "Ben")
    three.ana.attachments.attach(note.id, file_of(tmp_path, secrets.token_bytes(3 * MIB), "large.bin"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"small", "small.bin"))
    left = three.ana.attachments.remove(note.id, "large.bin")
    assert left.files == (Attachment("small.bin", 5),)
    assert sorted(sealed[0] for sealed in part_rows(three.path).values()) == [2, 3, 3, 3, 3]
    assert given_out(three.ana, note) == b"small"
    three.ben.refresh()
    assert three.ben.attachments.of(note.id) == left.files
    for journal in (three.ana, three.ben):
        assert journal.check().is_clean


def test_deleting_a_note_drops_what_it_ever_named(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"in an earlier version alone", "one.bin"))
    three.ana.notes.edit(note.id, NoteChange(body="other words"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"named to the end", "two.bin"))
    other = three.ana.notes.add(NewNote("another"))
    three.ana.attachments.attach(other.id, file_of(tmp_path, b"of another note", "three.bin"))
    three.ana.notes.delete(note.id)
    assert sorted(sealed[0] for sealed in part_rows(three.path).values()) == [2, 3, 3]
    assert given_out(three.ana, other) == b"of another note"
    assert three.ana.check().is_clean


def test_a_file_is_chosen_by_name_or_number(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"two"))
    assert given_out(three.ana, note, "1") == b"one"
    assert given_out(three.ana, note, "2") == b"two"
    with pytest.raises(UsageError, match="Say which: 1, 2"):
        three.ana.attachments.remove(note.id, "memo.bin")
    with pytest.raises(NotFound):
        three.ana.attachments.remove(note.id, "3")
    three.ana.attachments.remove(note.id, "1")
    assert given_out(three.ana, note, "memo.bin") == b"two"


def test_a_note_holds_so_many_files_and_no_more(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = file_of(tmp_path, b"again")
    for _ in range(MAX_FILES):
        three.ana.attachments.attach(note.id, path)
    with pytest.raises(Refused, match="at most 32 files"):
        three.ana.attachments.attach(note.id, path)
    assert len(part_rows(three.path)) == MAX_FILES


def test_a_file_that_is_too_large_is_not_read(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="64 MiB"):
        three.ana.attachments.attach(note.id, path)
    assert part_rows(three.path) == {}


def test_the_largest_file_is_taken(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert three.ana.attachments.attach(note.id, path).files == (Attachment("large.bin", MAX_BYTES),)
    assert len(part_rows(three.path)) == 65


def test_what_ends_it_in_the_middle_leaves_nothing(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    path = file_of(tmp_path, secrets.token_bytes(4 * MIB))

    def enough(done: int, whole: int) -> None:
        if done > whole // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        three.ana.attachments.attach(note.id, path, enough)
    assert part_rows(three.path) == {}
    assert three.ana.notes.get(note.id) == note
    three.ana.attachments.attach(note.id, path)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(KeyboardInterrupt):
        three.ana.attachments.save(note.id, "1", out, enough)
    assert list(out.iterdir()) == []


def test_no_key_reaches_a_face(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    attached = three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    named = raw_files(three.ana, note)[0]
    row, key = named["parts"][0]
    said = repr(attached) + repr(three.ana.notes.history(note.id)) + repr(three.ana.attachments.of(note.id))
    assert row not in said and key not in said and bytes.fromhex(key) not in said.encode("latin-1", "replace")


def test_unlocking_reads_no_piece(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"one"))
    run(three.path, "UPDATE part SET sealed = x'00'")
    with three.open("Ana") as again:
        assert again.findings == ()
        assert again.attachments.of(note.id)
        assert not again.check().is_clean


def test_a_signed_note_keeps_the_files_it_was_signed_with(three: OpenJournals, tmp_path: Path) -> None:
    note = three.lee.notes.add(NewNote("observed", share="Ana"))
    three.lee.attachments.attach(note.id, file_of(tmp_path, b"one"))
    signed = three.lee.signing.sign(note.id, signer_from("Dr Lee", "MD"))
    for change in (
        lambda: three.lee.attachments.attach(note.id, file_of(tmp_path, b"two", "two.bin")),
        lambda: three.lee.attachments.remove(note.id, "1"),
        lambda: three.lee.notes.delete(note.id),
    ):
        with pytest.raises(Refused, match="This is signed"):
            change()
    three.lee.notes.share(note.id, "Ben")
    three.ben.refresh()
    assert given_out(three.ben, note) == b"one"
    again = three.ben.signing.of(note.id)
    assert again is not None and again.holds
    assert again.digest == signed.digest
    assert len(part_rows(three.path)) == 1


def test_a_picture_loses_its_details_unless_they_are_wanted(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    told: list[Collection[Detail]] = []
    path = file_of(tmp_path, jpeg(6), "photo.jpg")
    three.ana.attachments.attach(note.id, path, told=told.append)
    three.ana.attachments.attach(note.id, path, told=told.append, keep_metadata=True)
    assert [set(one) for one in told] == [set(Detail)]
    cleaned = given_out(three.ana, note, "1")
    assert b"quokka" not in cleaned and len(cleaned) == three.ana.attachments.of(note.id)[0].size
    assert given_out(three.ana, note, "2") == path.read_bytes()


def test_a_large_picture_needs_little_memory(three: OpenJournals, note: Note, tmp_path: Path) -> None:
    small = jpeg(1)
    scan = small.index(b"\xff\xda") + 14
    path = file_of(tmp_path, small[:scan] + bytes(20 * MIB) + small[scan:], "photo.jpg")
    tracemalloc.start()
    three.ana.attachments.attach(note.id, path)
    attaching = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert attaching < BOUND
    assert b"quokka" not in given_out(three.ana, note)


def test_a_picture_that_cannot_be_cleaned_is_not_attached(
    three: OpenJournals, note: Note, tmp_path: Path
) -> None:
    path = file_of(tmp_path, b"\0\0\0\x18ftypheic" + bytes(100), "photo.jpg")
    with pytest.raises(Refused, match="HEIC or AVIF"):
        three.ana.attachments.attach(note.id, path)
    assert part_rows(three.path) == {}
    three.ana.attachments.attach(note.id, path, keep_metadata=True)
    assert given_out(three.ana, note) == path.read_bytes()
