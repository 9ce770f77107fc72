"""The rules of what partners allow: who may, of which page, and to whom it counts."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.domain.page_consent import check_can_be_allowed, check_may_allow, counts
from kapjournal.errors import Refused


def member(number: int, role: Role) -> Member:
    return Member(MemberId(bytes([number]) * 32), role.value, role, role.value)


ANA, BEN = member(1, Role.PARTNER), member(2, Role.PARTNER)
LEE, MAY = member(3, Role.THERAPIST), member(4, Role.CO_THERAPIST)
OTHERS = [
    member(number, role)
    for number, role in enumerate((Role.PRESCRIBER, Role.SUPERVISOR, Role.PRACTICE_MANAGER), 5)
]
EVERYBODY = [ANA, BEN, LEE, MAY, *OTHERS]
TEXT = NoteText("By the car", next(iter(NoteKind)), dt.date(2026, 3, 2))


def page(author: Member, *readers: Member) -> Note:
    at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    return Note("01", author.id, frozenset(one.id for one in (author, *readers)), TEXT, at, None, None)


def without(gone: Member) -> list[Member]:
    """Everybody, of whom one is gone."""
    return [replace(one, removed=True) if one is gone else one for one in EVERYBODY]


def test_partners_who_are_here_may_allow_and_nobody_else() -> None:
    check_may_allow(ANA)
    for one in (replace(ANA, removed=True), LEE, MAY, *OTHERS):
        with pytest.raises(Refused, match="Partners say"):
            check_may_allow(one)


def test_a_page_is_allowed_that_a_therapist_who_is_here_reads() -> None:
    for reader in (LEE, MAY):
        check_can_be_allowed(page(ANA, reader), ANA, EVERYBODY)
        with pytest.raises(Refused, match="Share it first"):
            check_can_be_allowed(page(ANA, reader), ANA, without(reader))
    for readers in ((), (BEN,), tuple(OTHERS)):
        with pytest.raises(Refused, match="Share it first"):
            check_can_be_allowed(page(ANA, *readers), ANA, EVERYBODY)


def test_a_page_of_another_or_of_two_texts_is_not() -> None:
    with pytest.raises(Refused, match="what you wrote yourself"):
        check_can_be_allowed(page(ANA, BEN, LEE), BEN, EVERYBODY)
    with pytest.raises(Refused, match="Two texts"):
        check_can_be_allowed(replace(page(ANA, LEE), beside=(TEXT,)), ANA, EVERYBODY)


def test_it_counts_to_its_author_and_to_therapists_alone() -> None:
    assert [one for one in EVERYBODY if counts(ANA.id, one, EVERYBODY)] == [ANA, LEE, MAY]


def test_of_who_is_gone_or_is_no_partner_none_counts() -> None:
    for reader in (ANA, LEE, MAY):
        assert not counts(ANA.id, reader, without(ANA))
        assert not any(counts(one.id, reader, EVERYBODY) for one in (LEE, MAY, *OTHERS))
