"""Imports: what comes, what does not, what is here already, and how all of it goes again."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.incoming import Incoming, IncomingFile, IncomingNote, IncomingSource, Problem, Undone
from kapjournal.domain.notes import NoteKind, draft_of
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused
from kapjournal.journal import NewNote, NoteChange
from kapjournal.journal.imports import Brought
from kapjournal.journal.journal import Journal
from tests.pictures.made_pictures import jpeg

from .open_journals import OpenJournals
from .practices import Practice

DAY = dt.date(2024, 3, 2)
WRITTEN = dt.datetime(2024, 3, 2, 9, 30, tzinfo=dt.UTC)
NOTE = IncomingNote("a.md", "The kettle, and the light.", DAY, "Kettle", tags=("lake",), written=WRITTEN)


def file(name: str = "a.txt", data: bytes = b"words") -> IncomingFile:
    return IncomingFile(name, len(data), lambda: BytesIO(data))


def bring(journal: Journal, *incoming: Incoming) -> Brought:
    return journal.imports.bring(of(*incoming))


def of(*incoming: Incoming, kind: str = "markdown", name: str = "vault") -> IncomingSource:
    return IncomingSource(kind, name, lambda: incoming)


def words_here(journal: Journal) -> list[str]:
    return [note.text.body for note in journal.notes.all()]


def test_a_look_says_what_comes_and_writes_nothing(three: OpenJournals) -> None:
    before = three.path.read_bytes()
    later = replace(NOTE, where="b.md", title="", date=DAY + dt.timedelta(7), tags=("lake", "hum"))
    problem = Problem("c.md", "It is not UTF-8.")
    incoming: list[Incoming] = [
        NOTE,
        replace(later, files=(file(), file("b.txt", b"longer words"))),
        problem,
        NOTE,
    ]
    plan = three.ana.imports.look(of(*incoming))
    assert (plan.notes, plan.first, plan.last) == (2, DAY, DAY + dt.timedelta(7))
    assert (plan.tags, plan.files, plan.file_bytes) == (("lake", "hum"), 2, 17)
    assert (plan.duplicates, plan.problems) == (1, (problem,))
    assert three.path.read_bytes() == before and not three.ana.notes.all()


def test_what_comes_keeps_day_tags_moments_and_files_and_is_the_bringers_alone(three: OpenJournals) -> None:
    revised = WRITTEN + dt.timedelta(days=3)
    brought = bring(three.ana, replace(NOTE, revised=revised, kind=NoteKind.BODY, files=(file(),)))
    [note] = three.ana.notes.all()
    assert (note.text.body, note.text.title, note.text.date) == (NOTE.body, "Kettle", DAY)
    assert (note.text.tags, note.text.kind) == (("lake",), NoteKind.BODY)
    assert (note.written, note.revised, note.is_private) == (WRITTEN, revised, True)
    into = BytesIO()
    three.ana.attachments.write(note.id, "a.txt", into)
    assert into.getvalue() == b"words"
    [one] = three.ana.imports.all()
    assert (one.id, one.kind, one.name, len(one.notes)) == (brought.id, "markdown", "vault", 1)
    three.look()
    assert not three.ben.notes.all() and not three.lee.notes.all()
    assert not three.ben.imports.all() and not any(journal.findings for journal in three.journals)
    with three.open("Ana") as again:
        assert again.notes.all() == [note] and again.imports.all() == [one]
        assert not again.check().findings


def test_nothing_is_later_than_now_nor_before_there_were_moments(three: OpenJournals) -> None:
    ahead, long_ago = clock.now() + dt.timedelta(days=9), dt.datetime(1961, 1, 1, tzinfo=dt.UTC)
    bring(three.ana, replace(NOTE, written=ahead, revised=ahead), replace(NOTE, body="Old", written=long_ago))
    for note in three.ana.notes.all():
        assert note.written <= clock.now() and note.revised is None


def test_a_kind_that_is_not_ones_own_becomes_the_plain_page(three: OpenJournals) -> None:
    bring(three.ana, replace(NOTE, kind=NoteKind.OBSERVATION))
    bring(three.lee, replace(NOTE, kind=NoteKind.BODY))
    assert three.ana.notes.all()[0].text.kind is NoteKind.PAGE
    assert three.lee.notes.all()[0].text.kind is NoteKind.OBSERVATION


def test_a_session_is_kept_where_there_is_one_of_its_number(three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.INTAKE, date=DAY, number=3)
    three.look()
    brought = bring(three.ana, replace(NOTE, session=3), replace(NOTE, where="b.md", body="Two", session=7))
    assert sorted(note.session or 0 for note in three.ana.notes.all()) == [0, 3]
    assert [(one.where, one.is_lost) for one in brought.plan.problems] == [("b.md, session 7", False)]


def test_what_no_note_can_hold_goes_and_it_is_said(three: OpenJournals) -> None:
    long = "word " * 60
    odd = replace(NOTE, body="One\r\nTwo\x07", title=long, tags=("a, b", "x" * 41, "a"))
    brought = bring(three.ana, odd)
    [note] = three.ana.notes.all()
    assert note.text.body == f"# {long.strip()}\n\nOne\nTwo" and note.text.title.endswith("…")
    assert note.text.tags == ("a", "b") and len(brought.plan.changed) == 3 and not brought.plan.lost


@pytest.mark.parametrize(
    ("bad", "where"),
    [
        (replace(NOTE, body="é" * 6_000_000), "a.md"),
        (IncomingNote("a.md", " \n", DAY), "a.md"),
        (replace(NOTE, body="", title="", files=(file("a.txt", b""),)), "a.md: a.txt"),
        (replace(NOTE, body="", title="", files=(file("nul.txt"),)), "a.md: nul.txt"),
        (replace(NOTE, body="", title="", files=(IncomingFile("a", 1 << 27, BytesIO),)), "a.md: a"),
    ],
    ids=["too long", "empty", "empty file", "reserved name", "large file"],
)
def test_what_cannot_come_is_named_and_the_rest_comes(
    bad: IncomingNote, where: str, three: OpenJournals
) -> None:
    brought = bring(three.ana, bad, replace(NOTE, body="The rest"))
    assert [one.where for one in brought.plan.lost] == [where]
    assert words_here(three.ana) == ["The rest"]


def test_a_file_that_cannot_be_read_is_named_and_its_note_comes(three: OpenJournals) -> None:
    def broken() -> BytesIO:
        raise Refused("It is damaged in the archive.")

    brought = bring(three.ana, replace(NOTE, files=(IncomingFile("a.png", 9, broken), file())))
    assert [one.where for one in brought.plan.lost] == ["a.md: a.png"]
    assert [one.name for one in three.ana.notes.all()[0].files] == ["a.txt"]


def test_a_note_has_no_more_files_than_it_holds(three: OpenJournals) -> None:
    brought = bring(three.ana, replace(NOTE, files=tuple(file(f"{n}.txt") for n in range(40))))
    assert len(three.ana.notes.all()[0].files) == 32 and len(brought.plan.lost) == 8


def test_what_is_here_does_not_come_again(three: OpenJournals) -> None:
    picture = jpeg()
    notes = [NOTE, replace(NOTE, files=(file("p.jpg", picture),)), replace(NOTE, files=(file(),))]
    assert bring(three.ana, *notes, NOTE).plan.duplicates == 1
    three.ana.notes.add(NewNote("By hand", date=DAY))
    again = bring(three.ana, *notes, IncomingNote("d", "By hand", DAY))
    assert (again.plan.notes, again.plan.duplicates, again.id) == (0, 4, "")
    assert len(three.ana.notes.all()) == 4 and len(three.ana.imports.all()) == 1
    assert bring(three.ana, replace(NOTE, files=(file("a.txt", b"other words"),))).plan.notes == 1
    assert bring(three.ben, NOTE).plan.notes == 1


def test_a_picture_comes_without_what_it_says_unless_that_is_kept(three: OpenJournals) -> None:
    picture, heic = jpeg(), b"\0\0\0\x18ftypheic" + bytes(40)
    incoming = [replace(NOTE, files=(file("p.jpg", picture), file("q.heic", heic)))]
    looked = three.ana.imports.look(of(*incoming))
    brought = bring(three.ana, *incoming)
    assert looked == brought.plan and [one.where for one in looked.lost] == ["a.md: q.heic"]
    [cleaned] = three.ana.notes.all()[0].files
    assert 0 < cleaned.size == brought.plan.file_bytes < len(picture)
    three.ana.imports.undo(brought.id)
    kept = three.ana.imports.bring(of(*incoming), keep_metadata=True)
    assert not kept.plan.problems
    assert [one.size for one in three.ana.notes.all()[0].files] == [len(picture), len(heic)]


class Stopped(Exception):
    pass


def test_whatever_ends_it_at_whatever_step_nothing_is_left(three: OpenJournals) -> None:
    notes = [replace(NOTE, body=f"{n}", files=(file(data=bytes(3_000_000)),)) for n in range(3)]
    steps = 0

    def count(done: int, whole: int) -> None:
        nonlocal steps
        steps += 1

    def stop_at(last: int) -> None:
        left = last

        def follow(done: int, whole: int) -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                raise Stopped

        with pytest.raises(Stopped):
            three.ana.imports.bring(of(*notes), whole=3, progress=follow)

    before = three.path.stat().st_size
    three.ana.imports.look(of(*notes), count)
    assert steps == 3
    for step in range(1, 36, 5):
        stop_at(step)
        assert not three.ana.notes.all() and not three.ana.imports.all()
    assert three.path.stat().st_size == before
    three.ana.imports.bring(of(*notes), whole=3, progress=count)
    assert steps > 36 and len(three.ana.notes.all()) == 3 and not three.ana.check().findings


def test_a_source_that_breaks_off_leaves_nothing(three: OpenJournals) -> None:
    def source() -> Iterator[Incoming]:
        yield NOTE
        raise Refused("The archive ends too soon.")

    with pytest.raises(Refused, match="too soon"):
        three.ana.imports.bring(IncomingSource("text", "n", source))
    assert not three.ana.notes.all() and not three.ana.imports.all()


def test_a_file_that_grows_while_it_is_read_ends_it(three: OpenJournals) -> None:
    with pytest.raises(Refused, match="changed while"):
        bring(three.ana, replace(NOTE, files=(replace(file(), size=3),)))
    assert not three.ana.notes.all()


def test_undoing_removes_what_is_as_it_came_and_keeps_the_rest(three: OpenJournals) -> None:
    names = ("stays", "changed", "shared", "attached", "begun", "deleted", "goes")
    one = bring(three.ana, *(replace(NOTE, where=name, body=name, files=(file(),)) for name in names))
    other = bring(three.ana, replace(NOTE, body="another import"))
    found = {note.text.body: note for note in three.ana.notes.all()}
    three.ana.notes.edit(found["changed"].id, NoteChange(title="Other"))
    three.ana.notes.share(found["shared"].id, "Ben")
    three.ana.attachments.remove(found["attached"].id, "a.txt")
    three.ana.drafts.save(draft_of(found["begun"]))
    three.ana.notes.delete(found["deleted"].id)
    assert three.ana.imports.undo(one.id[:6]) == Undone(removed=2, kept=4)
    left = {note.text.body for note in three.ana.notes.all()}
    assert left == {"changed", "shared", "attached", "begun", "another import"}
    assert [it.id for it in three.ana.imports.all()] == [other.id]
    assert not three.ana.findings and not three.ana.check().findings
    with pytest.raises(NotFound):
        three.ana.imports.undo(one.id)
    assert bring(three.ana, replace(NOTE, body="goes", files=(file(),))).plan.notes == 1


def test_an_undoing_that_is_stopped_removes_nothing(three: OpenJournals) -> None:
    one = bring(three.ana, *(replace(NOTE, body=f"{n}") for n in range(5)))

    def follow(done: int, whole: int) -> None:
        if done == 4:
            raise Stopped

    with pytest.raises(Stopped):
        three.ana.imports.undo(one.id, follow)
    assert len(three.ana.notes.all()) == 5 and three.ana.imports.all()


def test_in_the_pause_after_a_dose_nothing_is_undone(three: OpenJournals) -> None:
    one = bring(three.ana, NOTE)
    today, both = clock.today(), frozenset({three.ana.me.id, three.ben.me.id})
    three.lee.sessions.add(kind=SessionKind.DOSING, date=today, time=dt.time(0, 0), dosing=both)
    three.look()
    with pytest.raises(Refused, match="when the pause is over"):
        three.ana.imports.undo(one.id)
    assert three.ana.notes.all()


def test_nothing_is_imported_into_a_practice(practice: Practice) -> None:
    for work in (
        lambda: bring(practice.lee, NOTE),
        lambda: practice.lee.imports.look(of(NOTE)),
    ):
        with pytest.raises(Refused, match="couple's journal alone"):
            work()
    assert practice.lee.imports.all() == []


def test_a_name_of_whatever_characters_is_kept_as_one_line(three: OpenJournals, tmp_path: Path) -> None:
    three.ana.imports.bring(of(NOTE, name="a\nb\udce9\x1b[2J" + "x" * 300))
    [one] = three.ana.imports.all()
    assert len(one.name) <= 200 and one.name.isprintable()


class _Endless(BytesIO):
    """Zeros without end, counted."""

    given = 0

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None and size > 0
        self.given += size
        assert self.given < 64 * 1024 * 1024, "it was read on and on"
        return bytes(size)


def test_a_file_that_has_no_end_is_not_read_beyond_what_it_said_it_is(three: OpenJournals) -> None:
    endless = IncomingFile("a.bin", 5, _Endless)
    with pytest.raises(Refused, match="was changed while it was read"):
        bring(three.ana, NOTE, replace(NOTE, body="other", files=(endless,)))
    assert not three.ana.notes.all()
