"""Pages that wait, line by line."""

import datetime as dt
from collections.abc import Iterator

import pytest

from kapjournal import clock
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import When
from kapjournal.journal import NewNote
from kapjournal.presentation import waiting as saying
from tests.cli.command_line import ANA, BEN, LEE
from tests.wall_clock import in_zone

from .plain_conversation import PlainConversation, opened

DAY = dt.date(2098, 3, 3)
NOON = dt.datetime(2098, 3, 3, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with in_zone("UTC"), clock.at(NOON):
        yield


def test_a_page_is_shared_for_later_heard_of_and_sent_now(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", date=DAY))
    said = plain.enters(
        *("Ana", ANA, "read", "1", "1", "share later", "ben", "from a day on", "2098-03-01", "2098-03-05"),
        *("yes", "back", "back", "back", "waiting", "1", "send", "back", "quit"),
    )
    assert plain.not_typed == [], said
    assert "That is past: today is 2098-03-03, 12:00." in said
    sentence = "Ben can read this the first time you open the journal on or after 5 March 2098."
    assert said.count(sentence) >= 3 and "Choose waiting in the main menu to send it now." in said
    assert "You and Ben (not compared yet) can read this note." in said
    with opened(plain, "Ben", BEN) as ben:
        assert [note.text.body for note in ben.notes.all()] == ["Lantern."]


def test_on_the_day_of_a_dose_it_is_said_and_kept(plain: PlainConversation) -> None:
    with opened(plain, "Dr Lee", LEE) as lee:
        lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(9))
    with opened(plain, "Ana", ANA) as ana:
        ana.notes.add(NewNote("Lantern.", date=DAY))
    said = plain.enters(
        *("Ana", ANA, "read", "2", "1", "share", "ben", "yes", "back", "back", "back"),
        *("waiting", "1", "keep", "waiting", "quit"),
    )
    assert plain.not_typed == [], said
    assert "Ben can read this the first time you open the journal after 10:00 tomorrow." in said
    assert saying.KEPT in said and saying.NOTHING_WAITS in said
    with opened(plain, "Ben", BEN) as ben:
        assert ben.notes.all() == []


def test_the_day_of_a_letter_is_asked_for_where_it_is_written(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "write", "letter", "on a day", "2098-03-03", "2098-06-01", "To us", "Lantern."),
        *(".done", "details", "back", "done", "waiting", "1", "close", "2098-07-01", "back", "back", "quit"),
    )
    assert plain.not_typed == [], said
    assert "It opens tomorrow at the earliest: today is 2098-03-03." in said
    assert "opens: now opens on 1 Jun." in said and "It opens to you on 1 June 2098." in said
    assert "It opens to you on 1 July 2098." in said


def test_a_decision_opens_after_some_days_or_on_one(plain: PlainConversation) -> None:
    said = plain.enters(
        *("Ana", ANA, "write", "decision", "", "The house", "We sell it.", ".done"),
        *("details", "opens", "in 14", "back", "done", "quit"),
    )
    assert plain.not_typed == [], said
    assert "in 7 days, on Mon 10 Mar 2098" in said and "opens: now opens in 10 days." in said
    assert "It opens to you on 17 March 2098." in said


def test_a_therapist_is_offered_none_of_it(plain: PlainConversation) -> None:
    assert "What of yours waits" not in plain.enters("Dr Lee", LEE, "quit")


def test_a_page_is_offered_and_answered(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana, opened(plain, "Ben", BEN) as ben:
        ana.notes.add(NewNote("Lantern.", date=DAY))
        ben.notes.add(NewNote("Harbour.", date=DAY))
    said = plain.enters(
        *("Ana", ANA, "read", "1", "1", "share later", "ben", "both first: when I read one of theirs"),
        *("The light", "yes", "back", "back", "back", "quit"),
    )
    assert plain.not_typed == [], said
    assert "Ben can read this when you can read a page of Ben’s for it." in said
    said = plain.enters(
        *("Ben", BEN, "waiting", "read", "1", "1", "share later", "ana", "for theirs: “The light”"),
        *("yes", "back", "back", "back", "quit"),
    )
    assert plain.not_typed == [], said
    assert "A page is offered to you. Choose waiting to read what it is about." in said
    assert "Ana offers you a page about “The light”." in said
    for label, passphrase in (("Ana", ANA), ("Ben", BEN), ("Ana", ANA)):
        with opened(plain, label, passphrase) as journal:
            bodies = {note.text.body for note in journal.notes.all()}
    assert bodies == {"Lantern.", "Harbour."}


def test_a_name_that_ends_as_a_sentence_is_followed_by_no_second_full_stop(plain: PlainConversation) -> None:
    with opened(plain, "Ana", ANA) as ana:
        for words in ("Lantern.", "Is it far?", "Hallway"):
            ana.notes.add(NewNote(words, date=DAY, share="Ben", when=When(next_session=True)))
    steps = ("write", "", "", "To be gone on.", ".", "keep", "drafts", "back")
    said = plain.enters("Ana", ANA, "waiting", "back", "read", "1", "back", "back", *steps, "quit")
    assert "To be gone on. For only you." in said
    for name in ("Lantern.", "Is it far?", "Hallway."):
        assert f"{name} Ben can read this" in said and f"{name} 3 March 2098, by you." in said
