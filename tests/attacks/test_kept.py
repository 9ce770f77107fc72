"""Pages kept in the record: what the file shows, what is made of one that was altered, and of rows that
somebody struck."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from kapjournal.domain.kept import SeenNote, SeenNotes
from kapjournal.domain.members import Role
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.journal.vault.unit_of_work import DocumentChange
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.cast import PASSPHRASES
from tests.internals import row_of, vault_of
from tests.journal.open_journals import OpenJournals, build, copy_of
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

DAY = dt.date(2026, 3, 2)
SECRET = "the sister knows of the separation"
LEE = PASSPHRASES["Dr Lee"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> OpenJournals:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def three(built: OpenJournals, tmp_path: object) -> Iterator[OpenJournals]:
    copied = copy_of(built, tmp_path)  # type: ignore[arg-type]
    yield copied
    copied.close()


@pytest.fixture
def practice(three: OpenJournals) -> Iterator[Practice]:
    practice = made(three.folder)
    practice.lee.couples.add("Hallway", three.path, label="Dr Lee", passphrase=LEE)
    yield practice
    practice.close()


def inside(practice: Practice) -> Journal:
    return practice.lee.open_couple(practice.lee.couples.get("Hallway").case)


def test_the_raw_file_shows_nothing_of_what_is_kept_or_was_seen(
    practice: Practice, three: OpenJournals
) -> None:
    note = three.ana.notes.add(NewNote(SECRET, title="The sister", share="Dr Lee"))
    with inside(practice) as journal:
        journal.keeping.keep(note.id)
    practice.lee.close()
    raw = practice.path.read_bytes()
    for word in (SECRET.encode(), b"sister", b"Ana", note.id.encode(), b'"kept"', b"seen-notes"):
        assert word not in raw and word.hex().encode() not in raw
    assert bytes.fromhex(note.id) not in raw


def test_the_couples_journal_is_not_written_by_keeping(practice: Practice, three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote(SECRET, share="Dr Lee"))
    with inside(practice) as journal:
        before = rows(three)
        journal.keeping.keep(note.id)
        assert rows(three) == before
    three.ana.notes.delete(note.id)
    before = rows(three)
    inside(practice).close()
    assert rows(three) == before


def rows(three: OpenJournals) -> set[bytes]:
    with closing(sqlite3.connect(three.path)) as database:
        return {row for (row,) in database.execute("SELECT id FROM envelope")}


def test_nothing_of_a_page_that_was_not_kept_is_in_the_practice(
    practice: Practice, three: OpenJournals
) -> None:
    three.ana.notes.add(NewNote(SECRET, title="The sister", tags=("sister",), share="Dr Lee"))
    inside(practice).close()
    said = [stored.version for stored in vault_of(practice.lee).envelopes.current.values()]
    assert any(version.type == registry.SEEN_NOTES.type for version in said)
    for version in said:
        assert b"sister" not in version.to_bytes() and b"page" not in version.data


def test_a_kept_page_that_says_something_else_than_its_hash_is_not_shown(
    practice: Practice, three: OpenJournals
) -> None:
    """Only its owner's own keys could have written it; then it is not what was kept."""
    note = three.ana.notes.add(NewNote(SECRET, share="Dr Lee"))
    with inside(practice) as journal:
        copy, _ = journal.keeping.keep(note.id)
    vault = vault_of(practice.lee)
    content = registry.KEPT.encode(copy, None)
    data = from_json(content.data)
    others = {
        "title": "Another",
        "written": "2020-01-01T00:00:00.000Z",
        "sha256": "00" * 32,
        "typed_by": ["0f", "x"],
    }
    for field, value in others.items():
        with vault.unit_of_work() as unit:
            altered = Content(to_json({**data, field: value}), content.text)
            unit.put(DocumentChange(new_document_id(), registry.KEPT.type, frozenset({vault.me}), altered))
    with vault.unit_of_work() as unit:
        other = content._replace(text="other words")
        unit.put(DocumentChange(new_document_id(), registry.KEPT.type, frozenset({vault.me}), other))
    assert practice.lee.kept.all() == [copy]


def test_a_colleague_puts_nothing_among_what_a_therapist_kept_or_saw(
    practice: Practice, three: OpenJournals
) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    note = three.ana.notes.add(NewNote(SECRET, share="Dr Lee"))
    with inside(practice) as journal:
        copy, _ = journal.keeping.keep(note.id)
    forged = registry.KEPT.encode(replace(copy, body="not hers", kept=copy.kept + dt.timedelta(1)), None)
    seen = registry.SEEN_NOTES.encode(SeenNotes(copy.case, {copy.note: SeenNote(bytes(8), DAY, DAY)}), None)
    for type_, content in ((registry.KEPT.type, forged), (registry.SEEN_NOTES.type, seen)):
        readers = tuple(sorted((kim.me.id, practice.lee.me.id)))
        version = DocumentVersion(
            new_document_id(), type_, kim.me.id, readers, copy.kept, content.data, content.text
        )
        forge(AttackedJournal(practice.folder, practice.path), kim, [*readers], version)
    practice.look()
    assert practice.lee.kept.all() == [copy] and practice.lee.kept.withdrawn() == []
    assert practice.lee.findings, "and it is told"


def test_a_row_that_was_struck_is_no_withdrawal(practice: Practice, three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote(SECRET, share="Dr Lee"))
    inside(practice).close()
    with inside(practice) as journal:
        row = row_of(journal, journal.notes.get(note.id))
    three.close()
    with closing(sqlite3.connect(three.path)) as database, database:
        database.execute("DELETE FROM envelope WHERE id = ?", (row,))
    with inside(practice) as journal:
        assert journal.notes.all() == [] and journal.findings
    assert practice.lee.kept.withdrawn() == []


def test_a_page_that_was_edited_and_then_struck_is_not_taken_for_withdrawn(
    practice: Practice, three: OpenJournals
) -> None:
    note = three.ana.notes.add(NewNote("one", share="Dr Lee"))
    inside(practice).close()
    three.ana.notes.edit(note.id, NoteChange(title="two"))
    with inside(practice) as journal:
        row = row_of(journal, journal.notes.get(note.id))
    three.close()
    with closing(sqlite3.connect(three.path)) as database, database:
        database.execute("DELETE FROM envelope WHERE id = ?", (row,))
    with inside(practice) as journal:
        assert journal.notes.all() == [] and journal.findings
    assert practice.lee.kept.withdrawn() == []
