"""A page of changes begins from what stands now, though what it changes was read before it was shared."""

import datetime as dt
from dataclasses import replace

from kapjournal import clock
from kapjournal.journal import NewAnswers, NewNote, NoteChange
from kapjournal.presentation.answering import draft_to_change
from kapjournal.presentation.drafts import draft_to_edit, draft_to_use_again
from tests.content.invented_packs import lay_packs
from tests.journal.open_journals import OpenJournals


def test_a_note_keeps_the_reader_it_was_just_shared_with(three: OpenJournals) -> None:
    read = three.ana.notes.add(NewNote("A river.", title="Water", date=dt.date(2026, 3, 2)))
    shared = three.ana.notes.share(read.id, "Dr Lee")
    draft = draft_to_edit(three.ana, read)
    assert draft.readers == shared.readers_of_a_save != read.readers_of_a_save
    assert draft.replaces == shared.versions


def test_an_earlier_wording_is_for_those_who_read_the_note_now(three: OpenJournals) -> None:
    read = three.ana.notes.add(NewNote("A river.", title="Water", date=dt.date(2026, 3, 2)))
    earlier = replace(read.text, body="A brook.")
    shared = three.ana.notes.share(read.id, "Dr Lee")
    draft = draft_to_use_again(three.ana, read, earlier)
    assert draft.readers == shared.readers_of_a_save and draft.text.body == "A brook."
    assert draft.replaces == shared.versions, "nothing was written that has not been seen"
    three.ana.notes.edit(read.id, NoteChange(body="A lake."))
    assert draft_to_use_again(three.ana, read, earlier).replaces == read.versions


def test_an_earlier_wording_replaces_no_words_that_came_beside_meanwhile(three: OpenJournals) -> None:
    first = three.ana.notes.add(NewNote("A river.", title="Water", date=dt.date(2026, 3, 2)))
    with clock.at(clock.now() + dt.timedelta(minutes=5)):
        read = three.ana.notes.edit(first.id, NoteChange(body="A brook."))
    with three.open("Ana") as there:
        there.notes.edit(first.id, NoteChange(body="A lake.", seen=first.versions))
    three.ana.refresh()
    now = three.ana.notes.get(first.id)
    assert now.text == read.text and now.beside and not read.beside
    assert draft_to_use_again(three.ana, read, first.text).replaces == read.versions


def test_answers_keep_the_reader_they_were_just_shared_with(three: OpenJournals) -> None:
    lay_packs("phq9")
    read = three.ana.measures.answer(NewAnswers("phq9", (1, 0, 0, 0, 0, 0, 0, 0, 0)))
    shared = three.ana.measures.share(read.id, "Dr Lee")
    draft = draft_to_change(three.ana, read)
    assert draft.readers == shared.readers != read.readers
    assert draft.replaces == shared.versions
