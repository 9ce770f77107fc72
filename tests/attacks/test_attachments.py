"""Attached files, against somebody who can write the journal's file, and against other members."""

import io
import secrets
from pathlib import Path

import pytest

from kapjournal.crypto.envelope import draw, drop_token, seal
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import dropped, read_row
from kapjournal.domain.attachments import MAX_BYTES, MAX_FILES_NAMED
from kapjournal.domain.findings import FindingKind, Severity
from kapjournal.domain.ids import RowId
from kapjournal.domain.notes import Note
from kapjournal.errors import Damaged, KapjournalError, NotFound
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents.files import PIECE_BYTES, with_files
from kapjournal.journal.strict_encoding import to_json
from kapjournal.journal.vault import version_writer
from tests.attached import file_of, given_out, part_rows, raw_files, rows_of_file
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.internals import vault_of

LARGE = 3 * PIECE_BYTES


def with_a_file(attacked: AttackedJournal, ana: Journal, data: bytes | None = None) -> Note:
    """A note of Ana's that Ben reads, with three pieces of a file."""
    note = ana.notes.add(NewNote("the hallway", share="Ben"))
    path = file_of(attacked.folder, data or secrets.token_bytes(LARGE))
    return ana.attachments.attach(note.id, path)


def assert_not_given_out(journal: Journal, note: Note, folder: Path) -> None:
    """A sentence says so, no byte of it appears, and a check finds it for whoever reads the note."""
    journal.refresh()
    place = folder / f"out of {journal.me.label}"
    with pytest.raises(Damaged, match="damaged or was altered in this copy"):
        journal.attachments.save(note.id, "1", place)
    assert not place.exists()
    (found,) = journal.check().findings
    assert (found.kind, found.severity) == (FindingKind.ATTACHMENT_ALTERED, Severity.WARNING)
    assert found.member == note.author
    assert not journal.check().is_clean


def put(attacked: AttackedJournal, row_id: bytes, sealed: bytes) -> None:
    attacked.run("INSERT OR REPLACE INTO part VALUES (?, ?)", row_id, sealed)


@pytest.mark.parametrize("at", [0, 1, 20, 40, 70, 200, 800, -1])
def test_one_bit_of_a_piece(attacked: AttackedJournal, at: int) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        note = with_a_file(attacked, ana)
        row_id = rows_of_file(ana, note)[1]
        changed = bytearray(part_rows(attacked.path)[row_id])
        changed[at] ^= 0x80
        put(attacked, row_id, bytes(changed))
        for journal in (ana, ben):
            assert_not_given_out(journal, note, attacked.folder)
        lee.refresh()
        (found,) = lee.check().findings
        assert found.kind is FindingKind.ROWS_UNREADABLE, "who cannot read the note sees a damaged row"


def test_two_pieces_in_each_others_place(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        one, other, _ = rows_of_file(ana, note)
        rows = part_rows(attacked.path)
        put(attacked, one, rows[other])
        put(attacked, other, rows[one])
        for journal in (ana, ben):
            assert_not_given_out(journal, note, attacked.folder)


def test_a_piece_of_another_file_in_the_place_of_one(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note, other = with_a_file(attacked, ana), with_a_file(attacked, ana)
        put(attacked, rows_of_file(ana, note)[0], part_rows(attacked.path)[rows_of_file(ana, other)[0]])
        assert_not_given_out(ben, note, attacked.folder)
        assert len(given_out(ben, other)) == LARGE


def test_a_piece_that_is_cut_or_empty(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        row_id = rows_of_file(ana, note)[2]
        sealed = part_rows(attacked.path)[row_id]
        for left in (b"", sealed[:1], sealed[:785], sealed[:-1], sealed + b"\0"):
            put(attacked, row_id, left)
            assert_not_given_out(ben, note, attacked.folder)


def test_a_missing_piece_is_said_and_no_alarm(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        attacked.run("DELETE FROM part WHERE id = ?", rows_of_file(ana, note)[2])
        for journal in (ana, ben):
            journal.refresh()
            with pytest.raises(NotFound, match="has not all arrived"):
                given_out(journal, note)
            assert [found.kind for found in journal.check().findings] == [FindingKind.ATTACHMENT_ABSENT]
            assert bodies(journal) == {"the hallway"}


def test_a_dropped_piece_that_is_put_back_gives_nothing_back(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana, b"not for his eyes any more")
        before = part_rows(attacked.path)
        ana.attachments.remove(note.id, "1")
        for row_id, sealed in before.items():
            put(attacked, row_id, sealed)
        ben.refresh()
        assert ben.attachments.of(note.id) == ()
        with pytest.raises(NotFound):
            given_out(ben, note)


def test_a_reader_cannot_drop_a_piece(attacked: AttackedJournal) -> None:
    """Ben has the key of every piece, and all that his program holds; no token he can make drops one."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        ben.refresh()
        rows = part_rows(attacked.path)
        held = vault_of(ben).envelopes.channels
        channels = [channel.key for channel in held.all()]
        for row, key in raw_files(ben, note)[0]["parts"]:
            whole = read_row(RowId(bytes.fromhex(row)), rows[bytes.fromhex(row)])
            for channel in (*channels, *held.drafts_keys, held.shared_key):
                with pytest.raises(NotGenuine):
                    dropped(whole, drop_token(channel, bytes.fromhex(key)))
                assert channel.find(whole) is None, "and nobody can tell whose it is"


def test_a_stub_with_a_token_of_his_own_drops_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        ben.refresh()
        row_id = rows_of_file(ben, note)[0]
        whole = read_row(RowId(row_id), part_rows(attacked.path)[row_id])
        token = secrets.token_bytes(32)
        stub = b"".join((b"\x03", token, whole.author_mac, whole.body_hash, whole.slots))
        copy = attacked.copy()
        put(attacked, row_id, stub)
        assert_not_given_out(ana, note, attacked.folder)
        ana.copies.merge(copy)
        assert len(given_out(ana, note)) == LARGE


def test_a_reader_who_names_them_in_a_note_of_his_own_cannot_drop_them_either(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        ben.refresh()
        vault = vault_of(ben)
        mine = ben.notes.add(NewNote("mine"))
        stored = vault.notes.stored(mine.id)
        with vault.unit_of_work() as unit:
            content = with_files(stored.version, raw_files(ben, note))
            version_writer.replace(vault, unit, stored, frozenset({ben.me.id}), content, [stored])
        assert len(given_out(ben, mine)) == LARGE
        ben.attachments.remove(mine.id, "1")
        ben.notes.delete(mine.id)
        assert len(given_out(ana, note)) == LARGE
        assert ana.check().is_clean


def test_an_author_who_lies_about_a_file(attacked: AttackedJournal) -> None:
    """Pieces that are rightly sealed and are not the file that was named."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        own = vault_of(ana).envelopes.channels.own.key
        honest = raw_files(ana, note)[0]
        new = draw(own)
        row = seal(own, new, bytes(PIECE_BYTES))
        put(attacked, row.id, row.sealed)
        lies = [
            {**honest, "parts": [honest["parts"][1], honest["parts"][0], honest["parts"][2]]},
            {**honest, "parts": [[row.id.hex(), new.key.hex()], *honest["parts"][1:]]},
            {**honest, "parts": [[honest["parts"][0][0], "00" * 32], *honest["parts"][1:]]},
            {**honest, "digest": "00" * 32},
            {**honest, "size": honest["size"] - 1},
        ]
        stored = vault_of(ana).notes.stored(note.id)
        for lie in lies:
            vault = vault_of(ana)
            with vault.unit_of_work() as unit:
                content = with_files(stored.version, [lie])
                stored = version_writer.replace(
                    vault, unit, stored, frozenset(stored.version.readers), content, [stored]
                )
            assert_not_given_out(ben, note, attacked.folder)


def test_no_more_is_read_of_a_file_than_it_says_it_has(attacked: AttackedJournal) -> None:
    """A piece that is rightly sealed and sixteen times as long as one can be gets no further."""
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana, b"five!")
        new = draw(own := vault_of(ana).envelopes.channels.own.key)
        row = seal(own, new, bytes(16 * 1024 * 1024 - 4))
        put(attacked, row.id, row.sealed)
        honest = raw_files(ana, note)[0]
        lie = {**honest, "parts": [[row.id.hex(), new.key.hex()]]}
        vault = vault_of(ana)
        stored = vault.notes.stored(note.id)
        with vault.unit_of_work() as unit:
            content = with_files(stored.version, [lie])
            version_writer.replace(vault, unit, stored, frozenset(stored.version.readers), content, [stored])
        ben.refresh()
        into = io.BytesIO()
        with pytest.raises(Damaged):
            ben.attachments.write(note.id, "1", into)
        assert into.getvalue() == b""
        assert_not_given_out(ben, note, attacked.folder)


def parts(count: int) -> list[list[str]]:
    return [[f"{number:032x}", "00" * 32] for number in range(count)]


MALFORMED = {
    "no list": {"name": "a"},
    "no name": [{"size": 1, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32]]}],
    "a name of two lines": [
        {"name": "a\nb", "size": 1, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32]]}
    ],
    "an endless name": [
        {"name": "a" * 300, "size": 1, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32]]}
    ],
    "a name that is a number": [
        {"name": 7, "size": 1, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32]]}
    ],
    "no piece": [{"name": "a", "size": 0, "digest": "00" * 32, "parts": []}],
    "pieces that are too few": [
        {"name": "a", "size": 2**40, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32]]}
    ],
    "a size over the limit": [
        {
            "name": "a",
            "size": MAX_BYTES + 1,
            "digest": "00" * 32,
            "parts": parts(MAX_BYTES // PIECE_BYTES + 1),
        }
    ],
    "a row named twice": [
        {"name": "a", "size": 2 * PIECE_BYTES, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32]] * 2}
    ],
    "pieces that are too many": [{"name": "a", "size": 1, "digest": "00" * 32, "parts": parts(2)}],
    "more files than eight computers attach": [
        {"name": f"{number}", "size": 1, "digest": "00" * 32, "parts": parts(1)}
        for number in range(MAX_FILES_NAMED + 1)
    ],
    "a size that is none": [
        {"name": "a", "size": True, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32]]}
    ],
    "a short key": [{"name": "a", "size": 1, "digest": "00" * 32, "parts": [["00" * 16, "00"]]}],
    "a piece of three": [{"name": "a", "size": 1, "digest": "00" * 32, "parts": [["00" * 16, "00" * 32, 1]]}],
}


@pytest.mark.parametrize("files", MALFORMED.values(), ids=MALFORMED)
def test_files_of_an_impossible_form_are_a_finding(attacked: AttackedJournal, files: object) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("the hallway", share="Ben"))
        ana.notes.add(NewNote("another", share="Ben"))
        version = vault_of(ana).notes.stored(note.id).version
        data = to_json({**version.fields(), "files": files})
        readers = list(version.readers)
        forge(attacked, ana, readers, version._replace(document=b"d" * 16, data=data))  # type: ignore[arg-type]
        ben.refresh()
        assert bodies(ben) == {"the hallway", "another"}
        assert FindingKind.NOTE_MALFORMED in {found.kind for found in ben.check().findings}


def test_as_many_files_as_may_be_named_are_shown(attacked: AttackedJournal) -> None:
    """Up to the limits a note is of its form: the largest files, and as many as there may be."""
    largest = {"size": MAX_BYTES, "digest": "00" * 32, "parts": parts(-(-MAX_BYTES // PIECE_BYTES))}
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("the hallway", share="Ben"))
        vault = vault_of(ana)
        stored = vault.notes.stored(note.id)
        with vault.unit_of_work() as unit:
            content = with_files(
                stored.version, [{**largest, "name": f"{number}"} for number in range(MAX_FILES_NAMED)]
            )
            version_writer.replace(vault, unit, stored, frozenset(stored.version.readers), content, [stored])
        ben.refresh()
        assert len(ben.attachments.of(note.id)) == MAX_FILES_NAMED


@pytest.mark.parametrize(
    "name", ["../up.txt", "/etc/passwd", "..", "nul", "a\u202egpj.exe", "journal.kap", "journal.kap-journal"]
)
def test_a_hostile_name_from_another_member_writes_nothing_where_it_should_not(
    attacked: AttackedJournal, name: str
) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        note = with_a_file(attacked, ana)
        vault = vault_of(ana)
        stored = vault.notes.stored(note.id)
        with vault.unit_of_work() as unit:
            content = with_files(stored.version, [{**raw_files(ana, note)[0], "name": name}])
            version_writer.replace(vault, unit, stored, frozenset(stored.version.readers), content, [stored])
        ben.refresh()
        before = sorted(attacked.folder.rglob("*"))
        with pytest.raises(KapjournalError) as told:
            ben.attachments.save(note.id, "1", attacked.folder)
        assert "\u202e" not in str(told.value)
        assert sorted(attacked.folder.rglob("*")) == before
        place = ben.attachments.save(note.id, "1", attacked.folder / "named by Ben.bin")
        assert place.stat().st_size == LARGE


def test_a_wall_of_pieces_that_nobody_names_keeps_nobody_out(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = with_a_file(attacked, ana)
    for _ in range(50):
        put(attacked, secrets.token_bytes(16), secrets.token_bytes(3000))
    with attacked.acting("Ana", "Ben") as (ana, ben):
        for journal in (ana, ben):
            assert journal.findings == ()
            assert len(given_out(journal, note)) == LARGE
            (found,) = journal.check().findings
            assert (found.kind, found.count) == (FindingKind.ROWS_UNREADABLE, 50)
