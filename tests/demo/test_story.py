"""The story keeps the rules of the house: right kinds, no sharing on a day of medicine."""

import re
from collections.abc import Iterator

from kapjournal.demo import story
from kapjournal.demo.story import Page, Person
from kapjournal.domain.members import Role, valid_label
from kapjournal.domain.notes import NoteKind, check_may_write, tags_from, title_from
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import check_passphrase
from kapjournal.text import storable

STORY = story.load()
LABELS = {person.label for person in STORY.people}
GROWN = list(story.grown(STORY, 300))
BY_LABEL = {person.label: person for person in STORY.people}


def pages() -> Iterator[tuple[Person, Page]]:
    for person in STORY.people:
        for page in (*person.notes, *person.drafts):
            yield person, page


EVERY_PAGE = [*pages(), *((BY_LABEL[label], page) for label, page in GROWN)]


def test_a_therapist_and_a_couple() -> None:
    assert [person.role for person in STORY.people] == [Role.THERAPIST, Role.PARTNER, Role.PARTNER]
    for person in STORY.people:
        assert valid_label(person.label) == person.label
        assert check_passphrase(person.passphrase) == person.passphrase


def test_about_forty_notes_and_each_partner_writes_as_much_as_the_other() -> None:
    counts = {person.label: len(person.notes) for person in STORY.people}
    assert 35 <= sum(counts.values()) <= 50
    assert abs(counts["Ana"] - counts["Ben"]) <= 2


def test_a_preparation_five_sessions_and_one_ahead() -> None:
    assert [meeting.number for meeting in STORY.meetings] == [1, 2, 3, 4, 5, 6, 7]
    assert STORY.meetings[0].kind is SessionKind.PREPARATION
    days = [meeting.day for meeting in STORY.meetings]
    assert days == sorted(days)
    assert -7 <= days[-2] < 0 < days[-1] <= 14


def test_every_page_is_one_its_author_could_write() -> None:
    for person, page in EVERY_PAGE:
        check_may_write(person.role, page.kind)
        assert page.body
        assert storable(page.body) == page.body == page.body.strip()
        assert title_from(page.title) == page.title
        assert tags_from(page.tags) == page.tags
        assert page.day <= 0
        assert page.session is None or page.session in {meeting.number for meeting in STORY.meetings}
        named = {word for word in (*page.share.split(", "), *page.withdraw.split(", ")) if word}
        assert named <= (LABELS - {person.label}) | {"all"}


def test_nothing_written_on_a_day_of_medicine_is_shared() -> None:
    medicine = {meeting.day for meeting in STORY.meetings if meeting.kind is SessionKind.DOSING}
    shared = [page.title for _, page in pages() if page.day in medicine and page.share]
    assert shared == []


def test_every_kind_is_used() -> None:
    used = {page.kind for _, page in pages()}
    assert used == set(NoteKind)


def test_nothing_of_medicine_itself_stands_in_the_story() -> None:
    clinical = re.compile(
        r"\b(\d+\s*mg|mg|milligrams?|dos(e|es|ing)|lozenges?|ketamine|mmHg)\b", re.IGNORECASE
    )
    for _, page in EVERY_PAGE:
        assert not clinical.search(f"{page.title} {page.body} {page.before}")


def test_what_is_grown_is_always_the_same_and_varied() -> None:
    assert list(story.grown(STORY, 300)) == GROWN
    assert GROWN[:50] == list(story.grown(STORY, 50))
    assert len({page.body for _, page in GROWN}) == len(GROWN)
    assert {label for label, _ in GROWN} == LABELS
    words = [len(page.body.split()) for _, page in GROWN]
    assert 180 <= sum(words) / len(words) <= 240
    private = sum(not page.share for _, page in GROWN)
    assert len(GROWN) / 3 < private < len(GROWN)
    assert not any("{" in page.body or "{" in page.title for _, page in GROWN)
