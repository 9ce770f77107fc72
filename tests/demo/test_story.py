"""The story keeps the rules of the house: right kinds, no sharing on a day of medicine."""

import re
from collections.abc import Iterator

import pytest

from kapjournal.demo import story
from kapjournal.demo.story import StoryNote, StoryPerson
from kapjournal.domain.members import Role, valid_label
from kapjournal.domain.notes import NoteKind, check_may_write, tags_from, title_from
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import CLOSED_KINDS
from kapjournal.journal import check_passphrase
from kapjournal.text import storable

STORY = story.load()
LABELS = {person.label for person in STORY.people}
FILLER = list(story.filler_notes(STORY, 300))
BY_LABEL = {person.label: person for person in STORY.people}
PARTNERS = [person for person in STORY.people if person.role is Role.PARTNER]


def notes() -> Iterator[tuple[StoryPerson, StoryNote]]:
    for person in STORY.people:
        for note in (*person.notes, *person.drafts):
            yield person, note


EVERY_NOTE = [*notes(), *((BY_LABEL[label], note) for label, note in FILLER)]


def test_a_therapist_and_a_couple() -> None:
    assert [person.role for person in STORY.people] == [Role.THERAPIST, Role.PARTNER, Role.PARTNER]
    for person in STORY.people:
        assert valid_label(person.label) == person.label
        assert check_passphrase(person.passphrase) == person.passphrase


def test_about_sixty_notes_and_each_partner_writes_as_much_as_the_other() -> None:
    counts = {person.label: len(person.notes) for person in STORY.people}
    assert 50 <= sum(counts.values()) <= 65
    assert abs(counts["Ana"] - counts["Ben"]) <= 2


@pytest.mark.parametrize("kind", [NoteKind.PRACTICE, NoteKind.DECISION, NoteKind.LETTER])
def test_each_partner_keeps_one_of_what_is_for_later(kind: NoteKind) -> None:
    for partner in PARTNERS:
        assert [note.kind for note in partner.notes].count(kind) == 1


def test_each_partner_has_an_intention_from_the_preparation_to_the_last_session() -> None:
    for partner in PARTNERS:
        sessions = [note.session for note in partner.notes if note.kind is NoteKind.INTENTION]
        assert sessions == [1, 2, 4, 6]


def test_each_partner_lets_a_page_wait_and_brings_something_one_a_page_and_one_a_line() -> None:
    brought = []
    for partner in PARTNERS:
        bodies = {note.title: note.body for note in partner.notes}
        assert len([note for note in partner.notes if note.waits]) == 1
        [mark] = partner.marks
        assert mark.line in bodies[mark.page]
        brought.append(bool(mark.line))
    assert sorted(brought) == [False, True]


def test_one_offers_a_page_and_the_other_answers_with_one() -> None:
    first, second = PARTNERS
    [offered] = [note for note in first.notes if note.offers]
    [answer] = [note for note in second.notes if note.answers]
    assert answer.answers == offered.offers and answer.day == offered.day
    assert (offered.share, answer.share) == (second.label, first.label)


def test_a_page_is_typed_on_the_day_of_medicine_by_somebody_who_had_none() -> None:
    [(scribe, page)] = [(person, page) for person in STORY.people for page in person.typed]
    session = next(one for one in STORY.sessions if one.number == page.session)
    assert scribe.role is Role.THERAPIST and page.of in {partner.label for partner in PARTNERS}
    assert session.kind is SessionKind.DOSING and session.day == page.day


def test_a_preparation_five_sessions_and_one_ahead() -> None:
    assert [session.number for session in STORY.sessions] == [1, 2, 3, 4, 5, 6, 7]
    assert STORY.sessions[0].kind is SessionKind.PREPARATION
    days = [session.day for session in STORY.sessions]
    assert days == sorted(days)
    assert -7 <= days[-2] < 0 < days[-1] <= 14


def test_every_note_is_one_its_author_could_write() -> None:
    for person, note in EVERY_NOTE:
        check_may_write(person.role, note.kind)
        assert note.body
        assert storable(note.body) == note.body == note.body.strip()
        assert title_from(note.title) == note.title
        assert tags_from(note.tags) == note.tags
        assert note.day <= 0
        assert note.session is None or note.session in {session.number for session in STORY.sessions}
        assert note.opens is None or (note.kind is NoteKind.LETTER and note.opens > 0)
        assert note.share or not note.waits
        named = {word for word in (*note.share.split(", "), *note.withdraw.split(", ")) if word}
        assert named <= (LABELS - {person.label}) | {"all"}


def test_nothing_written_on_a_day_of_medicine_is_shared() -> None:
    medicine = {session.day for session in STORY.sessions if session.kind is SessionKind.DOSING}
    shared = [note.title for _, note in notes() if note.day in medicine and note.share]
    assert shared == []


def test_every_kind_is_used() -> None:
    used = {note.kind for _, note in notes()}
    assert used == set(NoteKind)


def test_nobody_looked_after_today_or_before_they_last_wrote() -> None:
    for person in STORY.people:
        shared = [note.day for note in person.notes if note.share]
        assert max(shared) <= person.here <= 0


def test_nothing_of_medicine_itself_stands_in_the_story() -> None:
    clinical = re.compile(
        r"\b(\d+\s*mg|mg|milligrams?|dos(e|es|ing)|lozenges?|ketamine|mmHg)\b", re.IGNORECASE
    )
    for _, note in EVERY_NOTE:
        assert not clinical.search(f"{note.title} {note.body} {note.before}")
    for person in STORY.people:
        assert not any(clinical.search(page.body) for page in person.typed)


def test_what_is_grown_is_always_the_same_and_varied() -> None:
    assert list(story.filler_notes(STORY, 300)) == FILLER
    assert FILLER[:50] == list(story.filler_notes(STORY, 50))
    assert len({note.body for _, note in FILLER}) == len(FILLER)
    assert {label for label, _ in FILLER} == LABELS
    words = [len(note.body.split()) for _, note in FILLER]
    assert 180 <= sum(words) / len(words) <= 240
    private = sum(not note.share for _, note in FILLER)
    assert len(FILLER) / 3 < private < len(FILLER)
    assert not any(note.kind in CLOSED_KINDS for _, note in FILLER), "each has words to find"
    assert not any("{" in note.body or "{" in note.title for _, note in FILLER)
