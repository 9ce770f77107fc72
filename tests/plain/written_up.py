"""A couple's write-up in the practice of Dr Lee, told line by line."""

import pytest

from kapjournal.domain.forms import RecordKind
from kapjournal.domain.review import Review
from kapjournal.journal import Journal
from tests.journal.written_up import ROE, all_accepted, write_up
from tests.plain.test_practice import MORNING, behind

from .plain_conversation import Answer, PlainConversation

INTO: tuple[Answer, ...] = ("supervision", "Ana and Ben")
OUT: tuple[Answer, ...] = ("back", "back", "quit")


@pytest.fixture
def written(filled: PlainConversation) -> PlainConversation:
    """A write-up of Ana and Ben, whose town and clinic are listed."""
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        case = lee.couples.get("Ana and Ben").case
        lee.couples.name_partners(case, "Ana", "Ben")
        lee.write_ups.set_names(case, "Benjamin, Benji\nplace: Northgate")
        lee.write_ups.set_names(None, "employer: Hillside, Hillside Clinic")
        write_up(lee, case, recipient=ROE, basis="de-identified and reviewed")
    return filled


@pytest.fixture
def reviewed(written: PlainConversation) -> PlainConversation:
    """The same, reviewed for Dr Roe."""
    with lees(written) as lee:
        all_accepted(lee, the_write_up(lee))
    return written


def lees(plain: PlainConversation) -> Journal:
    return behind(plain, "practice.kap", "Dr Lee", MORNING)


def the_write_up(lee: Journal) -> str:
    return next(one.id for one in lee.records.all() if one.kind is RecordKind.SUPERVISION)


def review_of(plain: PlainConversation) -> Review:
    with lees(plain) as lee:
        return lee.write_ups.review(the_write_up(lee), ROE)
