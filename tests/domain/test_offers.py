"""Both first: how it stands with a page that was offered, as each of the two sees it."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.offers import Exchange, Offer, Opening, Promise, about_from, may_exchange, met
from kapjournal.errors import UsageError

ANA, BEN = MemberId(b"a" * 32), MemberId(b"b" * 32)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
FIRST = Offer(ANA, DocumentId(b"1" * 16), b"c" * 32, "Sunday", NOW)
ANSWER = Offer(BEN, DocumentId(b"2" * 16), b"d" * 32, "", NOW, FIRST.promise)
OPENING = Opening(DocumentId(b"n" * 16), b"r" * 32)
GIVEN = replace(FIRST, opening=OPENING, in_return=ANSWER.promise)
ELSE = Promise(DocumentId(b"3" * 16), b"e" * 32)


@pytest.mark.parametrize(
    ("mine", "theirs", "fits", "stands"),
    [
        (FIRST, [], None, Exchange.WAITS),
        (FIRST, [ANSWER], None, Exchange.DUE),
        (FIRST, [replace(ANSWER, in_return=None)], None, Exchange.WAITS),
        (FIRST, [replace(ANSWER, in_return=ELSE)], None, Exchange.WAITS),
        (FIRST, [replace(ANSWER, in_return=Promise(FIRST.document, b"x" * 32))], None, Exchange.WAITS),
        (FIRST, [replace(ANSWER, opening=OPENING)], True, Exchange.WAITS),
        (None, [ANSWER], None, Exchange.GONE),
        (GIVEN, [ANSWER], None, Exchange.GONE),
        (ANSWER, [], None, Exchange.GONE),
        (ANSWER, [FIRST], None, Exchange.WAITS),
        (ANSWER, [GIVEN], True, Exchange.DUE),
        (ANSWER, [GIVEN], None, Exchange.WAITS),
        (ANSWER, [GIVEN], False, Exchange.NOT_AS_OFFERED),
        (ANSWER, [replace(GIVEN, in_return=ELSE)], True, Exchange.GONE),
        (ANSWER, [replace(GIVEN, in_return=None)], True, Exchange.GONE),
        (ANSWER, [replace(GIVEN, commitment=b"x" * 32)], True, Exchange.GONE),
    ],
)
def test_how_it_stands(mine: Offer | None, theirs: list[Offer], fits: bool | None, stands: Exchange) -> None:
    found, goes_for = met(mine, theirs, lambda offer: fits if offer.opening else None)
    assert found is stands
    assert (goes_for in theirs) if stands is Exchange.DUE else True


def test_offers_are_between_two_partners_who_are_here() -> None:
    ana, ben = (Member(one, label, Role.PARTNER, label) for one, label in ((ANA, "Ana"), (BEN, "Ben")))
    assert may_exchange(ana, ben) and may_exchange(ben, ana)
    assert not may_exchange(ana, ana)
    assert not may_exchange(ana, replace(ben, removed=True))
    assert not any(may_exchange(ana, replace(ben, role=role)) for role in Role if role is not Role.PARTNER)


def test_what_it_is_about_is_one_line() -> None:
    assert about_from("  Sunday ") == "Sunday" and about_from("") == ""
    for words in ("a\nb", "a" * 201, "\x1b[0m"):
        with pytest.raises(UsageError):
            about_from(words)
