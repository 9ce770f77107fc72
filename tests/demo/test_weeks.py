"""The weeks of the demo's couple between the sessions: what waits, what is reported, what is brought."""

import re
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.content import self_reports as content
from kapjournal.demo import Demo, build, story
from kapjournal.domain import after_dose, intentions
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.policy import DEFAULT_HOUR, SecretsPolicy
from kapjournal.domain.self_reports import Moment, Report
from kapjournal.domain.waiting import NextSession, Until
from kapjournal.journal import Journal, unlock

PARTNERS = ("Ana", "Ben")
STORY = story.load()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(place: Path) -> Demo:
    return build(place / "demo", record_folder=place / "memory")


def opened(demo: Demo, label: str, place: Path) -> Journal:
    door = next(door for door in demo.doors if door.label == label)
    return unlock(demo.path, label=label, passphrase=door.passphrase, record_folder=place / "memory")


@pytest.mark.parametrize("label", ["Dr Lee", *PARTNERS])
def test_everybody_reads_what_the_couple_chose(demo: Demo, place: Path, label: str) -> None:
    with opened(demo, label, place) as journal:
        chosen = journal.policies.current()
        assert (chosen.secrets, chosen.hour) == (SecretsPolicy.DISCRETION, DEFAULT_HOUR)
        assert chosen.written == story.evening_of(STORY.sessions[0].day)


@pytest.mark.parametrize("label", PARTNERS)
def test_a_letter_a_decision_and_a_page_wait_and_nothing_is_in_their_way(
    demo: Demo, place: Path, label: str
) -> None:
    with opened(demo, label, place) as journal:
        pages = journal.waiting.all()
        assert not any(page.obstacles or page.waiting.tray for page in pages)
        assert sorted(page.note.text.kind for page in pages) == [
            NoteKind.DECISION,
            NoteKind.LETTER,
            NoteKind.PAGE,
        ]
        for page in pages:
            assert page.waiting.opens or page.note.text.kind is NoteKind.PAGE
            assert journal.me.id not in page.waiting.readers
        [held] = [page for page in pages if page.note.text.kind is NoteKind.PAGE]
        [hold] = held.waiting.holds
        assert isinstance(hold.condition, NextSession)
        ahead = journal.waiting.next_session(hold)
        assert ahead is not None and ahead.date > clock.today()


def test_both_read_what_they_offered_each_other_and_nothing_is_on_its_way(demo: Demo, place: Path) -> None:
    for label in PARTNERS:
        with opened(demo, label, place) as journal:
            given = {note.text.title for note in journal.notes.all() if note.readers > {journal.me.id}}
            assert {"The winter I slept in the study", "The light under the door"} <= given
            assert journal.offers.to_me() == [] and journal.offers.under_way() == []
            assert all(journal.offers.is_as_offered(note) for note in journal.notes.all())


def test_one_decision_has_opened_and_the_other_is_closed(demo: Demo, place: Path) -> None:
    closed = {}
    for label in PARTNERS:
        with opened(demo, label, place) as journal:
            [page] = [one for one in journal.waiting.all() if one.note.text.kind is NoteKind.DECISION]
            closed[label] = page.waiting.is_closed(clock.today())
            assert bool(page.note.text.body) is not closed[label]
    assert closed == {"Ana": False, "Ben": True}


def test_a_letter_to_the_other_goes_when_it_opens(demo: Demo, place: Path) -> None:
    with opened(demo, "Ben", place) as journal:
        [page] = [one for one in journal.waiting.all() if one.note.text.kind is NoteKind.LETTER]
        [hold] = page.waiting.holds
        assert journal.members.label_of(hold.reader) == "Ana"
        assert isinstance(hold.condition, Until) and page.waiting.opens is not None
        assert clock.local(hold.condition.moment).date() == page.waiting.opens


@pytest.mark.parametrize("label", PARTNERS)
def test_check_ins_around_every_session_and_between_make_a_line(demo: Demo, place: Path, label: str) -> None:
    with opened(demo, label, place) as journal:
        own = [one.said for one in journal.check_ins.all() if one.author == journal.me.id]
        sessions = [one for one in journal.sessions.all() if one.date <= clock.today()]
        for moment in (Moment.BEFORE, Moment.AFTER):
            around = [(one.session.id, one.date) for one in own if one.moment is moment and one.session]
            assert around == [(session.id, session.date) for session in sessions]
        assert len([one for one in own if one.moment is Moment.BETWEEN]) >= 6
        known = content.sliders()
        for name in (name for name, slider in known.items() if not slider.on_demand):
            assert all(one.value_of(name) is not None for one in own)
        assert {name for one in own for name, _ in one.values} == set(known)


def test_a_check_in_is_its_authors_but_for_those_that_are_shared(demo: Demo, place: Path) -> None:
    read = {}
    for label in ("Dr Lee", *PARTNERS):
        with opened(demo, label, place) as journal:
            found = [journal.members.label_of(one.author) for one in journal.check_ins.all()]
            read[label] = [found.count(one) for one in PARTNERS]
    assert read == {"Dr Lee": [1, 1], "Ana": [20, 1], "Ben": [1, 20]}


@pytest.mark.parametrize("label", PARTNERS)
def test_a_card_on_days_1_3_and_7_after_each_dose_as_far_as_they_have_come(
    demo: Demo, place: Path, label: str
) -> None:
    with opened(demo, label, place) as journal:
        cards = [one.said for one in journal.after_effects.all()]
        assert {one.author for one in journal.after_effects.all()} == {journal.me.id}, "never the other's"
        sessions, today = journal.sessions.all(), clock.today()
        expected = [
            (dose.number, day)
            for dose in after_dose.own_doses(sessions, journal.me.id, today)
            for day in after_dose.DUE_DAYS
            if day <= (today - dose.date).days
        ]
        assert [(card.session and card.session.number, card.day) for card in cards] == expected
        assert after_dose.due(sessions, journal.me.id, today, cards) is None
        named = {name for card in cards for name, _ in (*card.answers, *card.lines)}
        assert named == set(content.effects())


def test_one_card_has_something_the_clinic_should_know_and_the_therapist_reads_it(
    demo: Demo, place: Path
) -> None:
    urgent = {name for name, effect in content.effects().items() if effect.tells_clinic}
    with opened(demo, "Dr Lee", place) as journal:
        cards = journal.after_effects.all()
        assert len(cards) == 10
        [told] = [one for one in cards if one.said.noticed & urgent]
        assert journal.members.label_of(told.author) == "Ana"
        assert 0 <= (clock.today() - told.said.date).days < 7, "and it is recent"


def test_no_line_names_the_medicine_or_an_amount(demo: Demo, place: Path) -> None:
    clinical = re.compile(r"\b(\d+\s*mg|mg|dos(e|es|ing)|lozenges?|ketamine|mmHg)\b", re.IGNORECASE)
    for label in PARTNERS:
        with opened(demo, label, place) as journal:
            said: list[Report] = [one.said for one in journal.check_ins.all()]
            said += [one.said for one in journal.after_effects.all()]
            assert not any(clinical.search(text) for one in said for text in one.texts)


def test_what_was_typed_for_a_partner_is_theirs_alone(demo: Demo, place: Path) -> None:
    with opened(demo, "Ben", place) as journal:
        [page] = [note for note in journal.notes.all() if note.typed_by]
        assert page.typed_by is not None
        assert journal.members.label_of(page.typed_by.scribe) == "Dr Lee"
        assert (page.author, page.is_private, page.session) == (journal.me.id, True, 6)
        assert page.text.date == clock.local(page.typed_by.moment).date()
    with opened(demo, "Dr Lee", place) as journal:
        assert journal.scribe.handed() == [], "Ben has it"


@pytest.mark.parametrize("label", PARTNERS)
def test_the_intentions_are_a_thread(demo: Demo, place: Path, label: str) -> None:
    [told] = [person for person in STORY.people if person.label == label]
    first_lines = [note.body.split("\n")[0] for note in told.notes if note.kind is NoteKind.INTENTION]
    with opened(demo, label, place) as journal:
        thread = intentions.thread(journal.notes.all(), journal.me.id)
        assert [one.line for one in thread] == first_lines
        assert thread[0].date <= journal.sessions.get(1).date


def test_the_therapist_reads_what_each_brings_and_neither_partner_the_others(demo: Demo, place: Path) -> None:
    with opened(demo, "Dr Lee", place) as journal:
        brought = journal.bringing.current()
        titles = {note.id: note.text.title for note in journal.notes.all()}
        seen = {
            label: [
                (titles.get(one.note, ""), one.words)
                for one in brought
                if journal.members.label_of(one.author) == label
            ]
            for label in PARTNERS
        }
    assert seen == {
        person.label: [("", mark.line) if mark.line else (mark.page, "") for mark in person.marks]
        for person in STORY.people
        if person.label in PARTNERS
    }
    for label in PARTNERS:
        with opened(demo, label, place) as journal:
            own = journal.bringing.current()
            assert len(own) == 1 and {one.author for one in own} == {journal.me.id}
