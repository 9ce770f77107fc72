"""Two programs on one file, of one person or of several: every save survives."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, draft_of, new_draft
from kapjournal.domain.signing import Signer
from kapjournal.errors import Refused
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.presentation.drafts import DRAFT_BESIDE, NOTE_BESIDE, written_meanwhile
from kapjournal.store import Snapshot
from tests.internals import vault_of

from .open_journals import OpenJournals


def at_once(*deeds: Callable[[], object]) -> None:
    """Do everything at the same time; whatever goes wrong in one of them goes wrong here."""
    wrong: list[BaseException] = []

    def guarded(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as error:  # noqa: BLE001
            wrong.append(error)

    threads = [threading.Thread(target=guarded, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def writing(journal: Journal, name: str, many: int) -> Callable[[], None]:
    def deed() -> None:
        for number in range(many):
            note = journal.notes.add(NewNote(f"{name} {number}", share="all"))
            journal.notes.edit(note.id, NoteChange(f"{name} {number}, changed"))

    return deed


def test_all_saves_of_two_programs_and_three_people_survive(three: OpenJournals) -> None:
    other = three.open("Ana")
    at_once(
        writing(three.ana, "first", 10),
        writing(other, "second", 10),
        writing(three.ben, "ben", 10),
        writing(three.lee, "lee", 10),
    )
    three.look()
    expected = {f"{name} {n}, changed" for name in ("first", "second", "ben", "lee") for n in range(10)}
    for journal in (*three.journals, other, three.open("Ana"), three.open("Ben")):
        assert {note.text.body for note in journal.notes.all()} == expected
        assert journal.findings == () and journal.check().is_clean


def test_both_saves_of_one_note_survive_in_its_history(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("one", share="Ben"))
    other = three.open("Ana")
    three.ana.notes.edit(note.id, NoteChange("two"))
    other.notes.edit(note.id, NoteChange(title="A title"))
    three.look()
    for program in (three.ana, other, three.open("Ana")):
        assert [(v.text.body, v.text.title) for v in program.notes.history(note.id)] == [
            ("one", ""),
            ("two", ""),
            ("two", "A title"),
        ]
        assert program.check().is_clean
    assert three.ben.notes.get(note.id).text.body == "two"


def test_refresh_says_whether_there_is_anything_new(three: OpenJournals) -> None:
    assert three.ben.refresh() is False
    three.ana.notes.add(NewNote("private"))
    three.ben.refresh()
    assert three.ben.refresh() is False
    three.ana.notes.add(NewNote("shared", share="Ben"))
    assert three.ben.refresh() is True
    assert three.ben.refresh() is False


def test_one_program_is_safe_to_use_from_several_threads(three: OpenJournals) -> None:
    at_once(
        writing(three.ana, "a", 10),
        writing(three.ana, "b", 10),
        lambda: [three.ana.search("chang") for _ in range(20)],
        lambda: [three.ana.check() for _ in range(5)],
        lambda: [three.ana.notes.all() for _ in range(50)],
    )
    assert len(three.ana.notes.all()) == 20 and three.ana.check().is_clean


def test_a_program_goes_on_while_the_other_one_closes_and_tidies(three: OpenJournals) -> None:
    for number in range(5):
        other = three.open("Ben")
        other.notes.add(NewNote(f"ben {number}", share="all"))
        three.ana.notes.add(NewNote(f"ana {number}", share="all"))
        other.close()
        three.ana.notes.add(NewNote(f"again {number}", share="all"))
    three.look()
    assert [len(journal.notes.all()) for journal in three.journals] == [15] * 3
    assert all(journal.check().is_clean for journal in three.journals)


def test_looking_at_something_else_first_hides_no_change(three: OpenJournals) -> None:
    note = three.ana.notes.add(NewNote("one"))
    looks: list[Callable[[], object]] = [
        lambda: three.ana.notes.history(note.id),
        three.lee.members.invitations,
        lambda: three.ben.backup(three.folder / "backup.kap"),
    ]
    for number, look in enumerate(looks):
        three.ben.notes.add(NewNote(f"ben {number}", share="all"))
        three.ana.notes.add(NewNote(f"ana {number}", share="Ben"))
        look()
        for journal in three.journals:
            journal.refresh()
        assert [len(journal.notes.all(by="Ben")) for journal in three.journals] == [number + 1] * 3
        assert len(three.ben.notes.all(by="Ana")) == number + 1


def test_whom_another_program_removed_is_not_removed_again(three: OpenJournals) -> None:
    other = three.open("Dr Lee")
    three.lee.members.remove("Ben")
    with pytest.raises(Refused):
        other.members.remove("Ben")


def test_what_another_program_noted_meanwhile_accuses_nobody(three: OpenJournals) -> None:
    """Another program writes the file and the record between the moments at which this one looks at the file
    and at the record: the record is ahead of what this one has seen, not of the file."""
    other = three.open("Ana")
    other.notes.add(NewNote("later", share="all"))
    with vault_of(three.ana).file.reading():
        vault_of(three.ana).remember()
        assert three.ana.findings == ()
    file = vault_of(three.ana).file
    read = file.reading

    @contextmanager
    def reading_late() -> Iterator[Snapshot]:
        with read() as snapshot:
            other.notes.add(NewNote("still later", share="all"))
            yield snapshot

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "reading", reading_late)
        three.ana.refresh()
        assert three.ana.findings == ()
    three.ana.refresh()
    assert three.ana.findings == ()
    assert {note.text.body for note in three.ana.notes.all()} >= {"later", "still later"}


# one note, one draft: what two programs make of it


def page(draft: Draft, body: str) -> Draft:
    return replace(draft, text=replace(draft.text, body=body))


def test_an_edit_meanwhile_stands_beside_what_the_page_becomes(three: OpenJournals) -> None:
    note, other = three.ana.notes.add(NewNote("one", share="Ben")), three.open("Ana")
    kept = other.drafts.save(page(draft_of(note), "mine"))
    three.ana.notes.edit(note.id, NoteChange("theirs"))
    done = other.drafts.finish(kept)
    assert (done.text.body, [text.body for text in done.beside]) == ("mine", ["theirs"])
    assert written_meanwhile(other, kept, done) == NOTE_BESIDE
    three.look()
    for program in (three.ana, other, three.ben):
        now = program.notes.get(note.id)
        assert {now.text.body, *(text.body for text in now.beside)} == {"mine", "theirs"}


def test_what_says_the_same_for_other_readers_or_with_a_file_does_not_stand_beside(
    three: OpenJournals, tmp_path: Path
) -> None:
    note = three.ana.notes.add(NewNote("one"))
    kept = three.ana.drafts.save(page(draft_of(note), "mine"))
    three.ana.notes.share(note.id, "Ben")
    picture = tmp_path / "page.txt"
    picture.write_text("a page")
    three.ana.attachments.attach(note.id, picture, lambda *_: None)
    three.ana.notes.withdraw(note.id, "Ben")
    done = three.ana.drafts.finish(kept)
    assert (done.text.body, done.beside, [file.name for file in done.files]) == ("mine", (), ["page.txt"])
    assert done.is_private and written_meanwhile(three.ana, kept, done) == ""
    edited = three.ana.notes.edit(note.id, NoteChange("by command", seen=note.versions))
    assert [text.body for text in edited.beside] == ["mine"]


def test_an_edit_that_saw_an_older_text_leaves_the_newer_beside(three: OpenJournals) -> None:
    note, other = three.ana.notes.add(NewNote("one")), three.open("Ana")
    other.drafts.finish(page(draft_of(note), "theirs"))
    done = three.ana.notes.edit(note.id, NoteChange("mine", seen=note.versions))
    assert (done.text.body, [text.body for text in done.beside]) == ("mine", ["theirs"])
    titled = three.ana.notes.edit(note.id, NoteChange(title="A title"))
    assert (titled.text.body, [text.body for text in titled.beside]) == ("mine", ["theirs"])
    whole = three.ana.notes.edit(note.id, NoteChange("one again", seen=titled.versions))
    assert (whole.text.body, whole.beside) == ("one again", ())


def test_two_programs_on_one_draft_keep_both_pages(three: OpenJournals) -> None:
    begun = three.ana.drafts.save(page(new_draft(three.ana.me.id, Role.PARTNER, clock.today()), "one"))
    other = three.open("Ana")
    [found] = other.drafts.all()
    theirs = other.drafts.save(page(found, "one, theirs"))
    mine = three.ana.drafts.save(page(begun, "one, mine"))
    again = three.ana.drafts.save(page(mine, "one, mine, more"))
    assert theirs.id == begun.id != mine.id == again.id
    other.refresh()
    for program in (three.ana, other, three.open("Ana")):
        assert {draft.text.body for draft in program.drafts.all()} == {"one, theirs", "one, mine, more"}


@pytest.mark.parametrize("end", ["finish", "discard"])
def test_what_another_program_made_of_a_draft_outlives_its_end_here(three: OpenJournals, end: str) -> None:
    begun = three.ana.drafts.save(page(new_draft(three.ana.me.id, Role.PARTNER, clock.today()), "one"))
    other = three.open("Ana")
    other.drafts.save(page(other.drafts.all()[0], "one, theirs"))
    if end == "finish":
        note = three.ana.drafts.finish(begun)
        assert note.text.body == "one"
        assert written_meanwhile(three.ana, begun, note) == DRAFT_BESIDE
    else:
        three.ana.drafts.discard(begun.id, begun.saved)
    assert [draft.text.body for draft in three.ana.drafts.all()] == ["one, theirs"]


def test_words_that_were_not_seen_are_not_signed(three: OpenJournals) -> None:
    note = three.lee.notes.add(NewNote("seen"))
    other = three.open("Dr Lee")
    changed = other.notes.edit(note.id, NoteChange("not seen"))
    with pytest.raises(Refused, match="changed elsewhere meanwhile"):
        three.lee.signing.sign(note.id, Signer("Lee", ""), note.versions)
    assert three.lee.signing.of(note.id) is None
    three.lee.signing.sign(note.id, Signer("Lee", ""), changed.versions)
