"""Keep in the record: what is copied, for whom, and what is left of a page that was withdrawn or deleted."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain import kept as domain
from kapjournal.domain.ids import CaseId
from kapjournal.domain.kept import GoneNote, SeenNote, SeenNotes
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewNote, NoteChange, canonical_form_of, sha256_of
from kapjournal.presentation import kept as saying
from tests.attached import file_of
from tests.cast import PASSPHRASES
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

DAY = dt.date(2026, 3, 2)
LEE = PASSPHRASES["Dr Lee"]


@pytest.fixture
def practice(three: OpenJournals) -> Iterator[Practice]:
    """Dr Lee's practice, with the couple of the three in it."""
    practice = made(three.folder)
    practice.lee.couples.add("Hallway", three.path, label="Dr Lee", passphrase=LEE)
    yield practice
    practice.close()


def inside(practice: Practice) -> Journal:
    return practice.lee.open_couple(practice.lee.couples.get("Hallway").case)


def looks(practice: Practice) -> None:
    inside(practice).close()


def gone(practice: Practice) -> list[tuple[str, bool]]:
    """By the page's id, whether it was kept."""
    return [(one.note, bool(one.kept)) for one in practice.lee.kept.withdrawn()]


def test_a_page_is_copied_as_it_is_and_stays(practice: Practice, three: OpenJournals) -> None:
    note = three.ana.notes.add(
        NewNote(
            "The light was on.\n\nFor Thursday.",
            title="The hallway",
            kind=NoteKind.WEAVE,
            date=DAY,
            tags=("light",),
            share="Dr Lee",
        )
    )
    with inside(practice) as journal:
        copy, is_new = journal.keeping.keep(note.id[:6])
        assert is_new and journal.keeping.may_keep(note)
    three.ana.notes.delete(note.id)
    looks(practice)
    with practice.copy(practice.folder / "there.kap") as there:
        (read,) = there.kept.all()
        assert there.kept.get(copy.id[:5]) == there.kept.get(note.id) == read
    assert read == copy and copy.note == note.id and copy.author == three.ana.me.id
    assert (copy.label, copy.kind, copy.date, copy.title) == ("Ana", NoteKind.WEAVE, DAY, "The hallway")
    assert (copy.body, copy.tags, copy.session) == (note.text.body, ("light",), None)
    assert (copy.written, copy.revised, copy.case) == (
        note.written,
        None,
        practice.lee.couples.get("Hallway").case,
    )
    assert practice.lee.check().is_clean and not practice.lee.findings


def test_the_hash_is_of_what_its_author_wrote_in_one_form(practice: Practice, three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("é “quoted”\n", title="A", date=DAY, share="Dr Lee"))
    with inside(practice) as journal:
        copy, _ = journal.keeping.keep(note.id)
    said = canonical_form_of(copy)
    assert json.loads(said) == {
        "purpose": "kapjournal kept note 1",
        "note": note.id,
        "author": three.ana.me.id.hex(),
        "kind": "page",
        "date": "2026-03-02",
        "title": "A",
        "tags": [],
        "written": copy.written.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "revised": None,
        "files": [],
        "body": "é “quoted”\n",
    }
    assert sha256_of(copy) == hashlib.sha256(said).hexdigest()


def test_the_same_version_is_kept_once_and_a_later_one_beside_it(
    practice: Practice, three: OpenJournals
) -> None:
    note = three.ana.notes.add(NewNote("first", share="Dr Lee"))
    with inside(practice) as journal:
        first, _ = journal.keeping.keep(note.id)
        assert journal.keeping.keep(note.id) == (first, False)
    three.ana.notes.share(note.id, "Ben")
    with inside(practice) as journal:
        assert journal.keeping.keep(note.id) == (first, False), "sharing changes no word"
    three.ana.notes.edit(note.id, NoteChange(body="second"))
    with inside(practice) as journal:
        second, is_new = journal.keeping.keep(note.id)
    assert is_new and [one.body for one in practice.lee.kept.all()] == ["first", "second"]
    with pytest.raises(UsageError, match="More than one"):
        practice.lee.kept.get(note.id)
    assert practice.lee.kept.get(second.id) == second


def test_who_typed_a_page_for_its_author_is_kept_with_it_and_not_in_its_hash(
    practice: Practice, three: OpenJournals
) -> None:
    page = three.lee.scribe.begin("Ana", None)
    three.lee.scribe.hand_over(replace(page, words="The light, as she said it."))
    three.ana.refresh()
    (note,) = three.ana.notes.all()
    three.ana.notes.share(note.id, "Dr Lee")
    own = three.ana.notes.add(NewNote("typed alone", share="Dr Lee"))
    with inside(practice) as journal:
        copy, _ = journal.keeping.keep(note.id)
        assert journal.keeping.keep(note.id) == (copy, False)
        alone, _ = journal.keeping.keep(own.id)
    assert practice.lee.kept.all() == [copy, alone] and alone.typed_by is None
    assert copy.typed_by == domain.KeptScribe(three.lee.me.id, "Dr Lee")
    assert "by Ana · typed by Dr Lee · " in saying.about(copy) and "typed by" not in saying.about(alone)
    assert sha256_of(copy) == sha256_of(replace(copy, typed_by=None)), "as a program without it finds it"
    assert json.loads(canonical_form_of(copy)).keys() == json.loads(canonical_form_of(alone)).keys()


def test_files_are_named_and_not_copied(practice: Practice, three: OpenJournals, tmp_path: Path) -> None:
    note = three.ana.notes.add(NewNote("with a drawing", share="Dr Lee"))
    three.ana.attachments.attach(note.id, file_of(tmp_path, b"lines", "drawing.bin"))
    with inside(practice) as journal:
        copy, is_new = journal.keeping.keep(note.id)
    (file,) = copy.files
    assert (file.name, file.size) == ("drawing.bin", 5)
    assert "Files are not copied; the record names them: drawing.bin (5 bytes)." in saying.after_keeping(
        copy, is_new
    )


def test_only_a_partners_page_is_kept_and_only_through_a_practice(
    practice: Practice, three: OpenJournals
) -> None:
    own = three.lee.notes.add(NewNote("an observation"))
    note = three.ana.notes.add(NewNote("a page", share="Dr Lee"))
    private = three.ana.notes.add(NewNote("a page of mine"))
    three.lee.refresh()
    with pytest.raises(Refused, match="kept in a practice"):
        three.lee.keeping.keep(note.id)
    assert not three.lee.keeping.is_possible and not three.ana.keeping.may_keep(note)
    with inside(practice) as journal:
        with pytest.raises(Refused, match="a partner wrote"):
            journal.keeping.keep(own.id)
        assert not journal.keeping.may_keep(own)
        with pytest.raises(NotFound):
            journal.keeping.keep(private.id)
    with pytest.raises(Refused, match="couple's own"):
        three.lee.kept.all()
    assert practice.lee.kept.all() == []


def test_a_colleague_sees_nothing_of_it_and_who_is_no_therapist_keeps_nothing(
    practice: Practice, three: OpenJournals
) -> None:
    kim, pat = practice.joins("Kim", Role.CO_THERAPIST), practice.joins("Pat", Role.PRESCRIBER)
    note = three.ana.notes.add(NewNote("a page", share="Dr Lee"))
    with inside(practice) as journal:
        journal.keeping.keep(note.id)
    three.ana.notes.delete(note.id)
    looks(practice)
    practice.look()
    for colleague in (kim, pat):
        assert not colleague.kept.all() and not colleague.kept.withdrawn()
    pat.couples.add("Hallway", three.path, label="Dr Lee", passphrase=LEE)
    with pat.open_couple(pat.couples.get("Hallway").case) as journal:
        assert not journal.keeping.is_possible
        with pytest.raises(Refused, match="Therapists"):
            journal.keeping.keep(three.ana.notes.add(NewNote("another", share="Dr Lee")).id)


def test_after_a_withdrawal_or_a_deletion_only_days_are_left_and_whether_it_was_kept(
    practice: Practice, three: OpenJournals
) -> None:
    with clock.at(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)):
        kept, withdrawn, deleted, stays = (
            three.ana.notes.add(NewNote(f"page {at}", title=f"title {at}", share="Dr Lee")) for at in range(4)
        )
        with inside(practice) as journal:
            journal.keeping.keep(kept.id)
            assert gone(practice) == []
    with clock.at(dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC)):
        for note in (kept, withdrawn):
            three.ana.notes.withdraw(note.id, "Dr Lee")
        three.ana.notes.edit(stays.id, NoteChange(body="changed"))
        three.ana.notes.edit(deleted.id, NoteChange(body="changed"))
        three.ana.notes.delete(deleted.id)
        looks(practice)
        assert dict(gone(practice)) == {kept.id: True, withdrawn.id: False, deleted.id: False}
    (copy,) = practice.lee.kept.all()
    assert (
        GoneNote(practice.lee.couples.get("Hallway").case, kept.id, DAY, dt.date(2026, 3, 5), (copy,))
        in practice.lee.kept.withdrawn()
    )
    lines = [saying.gone_in_a_line(one) for one in practice.lee.kept.withdrawn()]
    assert sorted(lines) == [
        *["2026-03-02, gone by 2026-03-05; kept: no"] * 2,
        "2026-03-02, gone by 2026-03-05; kept: title 0",
    ]
    three.ana.notes.share(withdrawn.id, "Dr Lee")
    looks(practice)
    assert dict(gone(practice)) == {kept.id: True, deleted.id: False}, "one that came back is not gone"


def test_what_the_therapist_never_could_read_is_not_remembered(
    practice: Practice, three: OpenJournals
) -> None:
    note = three.ana.notes.add(NewNote("for Ben", share="Ben"))
    looks(practice)
    three.ana.notes.delete(note.id)
    looks(practice)
    assert gone(practice) == []


def test_nothing_is_written_where_nothing_changed(practice: Practice, three: OpenJournals) -> None:
    three.ana.notes.add(NewNote("a page", share="Dr Lee"))
    looks(practice)
    before = practice.path.stat().st_mtime_ns, practice.path.with_name("practice.kap-wal").read_bytes()
    looks(practice)
    after = practice.path.stat().st_mtime_ns, practice.path.with_name("practice.kap-wal").read_bytes()
    assert before == after


def test_a_page_that_is_not_in_this_copy_is_not_gone(practice: Practice, three: OpenJournals) -> None:
    older = practice.folder / "older.kap"
    three.ana.backup(older)
    note = three.ana.notes.add(NewNote("a page", share="Dr Lee"))
    looks(practice)
    three.close()
    newer = three.path.read_bytes()
    three.path.write_bytes(older.read_bytes())
    looks(practice)
    assert gone(practice) == []
    three.path.write_bytes(newer)
    looks(practice)
    assert gone(practice) == [] and note.id


def test_two_computers_of_a_therapist_know_together_what_either_saw(
    practice: Practice, three: OpenJournals
) -> None:
    case = practice.lee.couples.get("Hallway").case
    there = practice.copy(practice.folder / "there.kap")
    first = three.ana.notes.add(NewNote("one", share="Dr Lee"))
    looks(practice)
    second = three.ana.notes.add(NewNote("two", share="Dr Lee"))
    there.open_couple(case).close()
    for note in (first, second):
        three.ana.notes.withdraw(note.id, "Dr Lee")
    practice.lee.copies.merge(there.path)
    looks(practice)
    assert dict(gone(practice)) == {first.id: False, second.id: False}
    there.copies.merge(practice.path)
    assert dict((one.note, bool(one.kept)) for one in there.kept.withdrawn()) == dict(gone(practice))
    assert practice.lee.check().is_clean and there.check().is_clean


CASE = CaseId(bytes(16))


def test_what_is_remembered_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain, "MAX_SEEN", 3)
    seen = SeenNotes(CASE).brought_up_to({"a": b"a", "b": b"b", "c": b"c"}, (), DAY)
    seen = seen.brought_up_to({"c": b"c"}, [b"a", b"b"], DAY)
    later = seen.brought_up_to({"c": b"c", "d": b"d"}, (), DAY + dt.timedelta(1))
    assert set(later.notes) == {"c", "d", "b"} and later.notes["b"].gone == DAY
    full = later.brought_up_to({name: name.encode() for name in "cdefg"}, (), DAY + dt.timedelta(2))
    assert set(full.notes) == {"c", "d", "e"}
    assert full.brought_up_to({name: name.encode() for name in "cdefg"}, (), DAY + dt.timedelta(3)) == full


def test_of_what_two_computers_say_the_earlier_counts_and_gone_is_what_both_say() -> None:
    later = DAY + dt.timedelta(3)
    one = SeenNotes(CASE, {"a": SeenNote(b"1", DAY, later), "b": SeenNote(b"2", DAY, later)})
    two = SeenNotes(CASE, {"a": SeenNote(b"3", later), "b": SeenNote(b"2", later, DAY)})
    assert one.joined(two) == two.joined(one)
    assert one.joined(two).notes == {"a": SeenNote(b"1", DAY), "b": SeenNote(b"2", DAY, DAY)}
