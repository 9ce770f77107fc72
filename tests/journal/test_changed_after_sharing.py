"""A page of changes begins from what stands now, though what it changes was read before it was shared."""

import datetime as dt

from kapjournal.journal import NewAnswers, NewNote
from kapjournal.presentation.answering import draft_to_change
from kapjournal.presentation.drafts import draft_to_edit
from tests.content.invented_packs import lay_packs
from tests.journal.open_journals import OpenJournals


def test_a_note_keeps_the_reader_it_was_just_shared_with(three: OpenJournals) -> None:
    read = three.ana.notes.add(NewNote("A river.", title="Water", date=dt.date(2026, 3, 2)))
    shared = three.ana.notes.share(read.id, "Dr Lee")
    draft = draft_to_edit(three.ana, read)
    assert draft.readers == shared.readers_of_a_save != read.readers_of_a_save
    assert draft.replaces == shared.versions


def test_answers_keep_the_reader_they_were_just_shared_with(three: OpenJournals) -> None:
    lay_packs("phq9")
    read = three.ana.measures.answer(NewAnswers("phq9", (1, 0, 0, 0, 0, 0, 0, 0, 0)))
    shared = three.ana.measures.share(read.id, "Dr Lee")
    draft = draft_to_change(three.ana, read)
    assert draft.readers == shared.readers != read.readers
    assert draft.replaces == shared.versions
