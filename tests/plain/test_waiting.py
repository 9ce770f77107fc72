"""Pages that wait, line by line."""

import datetime as dt
from collections.abc import Iterator

import pytest

from kapjournal import clock
from kapjournal.domain.sessions import SessionKind
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


def test_a_therapist_is_offered_none_of_it(plain: PlainConversation) -> None:
    assert "What of yours waits" not in plain.enters("Dr Lee", LEE, "quit")
