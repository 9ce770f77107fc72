"""Who can read a note: the words people type, the members they mean, and the words a screen says."""

import dataclasses
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.audience import course_members, resolve
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.errors import KapjournalError, NotFound, Refused, UsageError
from kapjournal.presentation.readers import in_words


def person(label: str, role: Role) -> Member:
    return Member(id=MemberId(label.encode().ljust(32, b".")), label=label, role=role, invited_as=label)


LEE = dataclasses.replace(person("Dr Lee", Role.THERAPIST), is_keeper=True)
ANA = person("Ana", Role.PARTNER)
BEN = person("Ben", Role.PARTNER)
KIM = person("Kim", Role.CO_THERAPIST)
RX = person("Dr Rossi", Role.PRESCRIBER)
SUE = person("Sue", Role.SUPERVISOR)
SAL = person("Sal", Role.SUPERVISOR)

THREE = [LEE, ANA, BEN]
EIGHT = [*THREE, KIM, RX, SUE, SAL]


def labels(ids: Iterable[bytes]) -> set[str]:
    return {member.label for member in EIGHT for one in ids if member.id == one}


@pytest.mark.parametrize(
    ("who", "me", "meant"),
    [
        ("Ben", ANA, {"Ben"}),
        (" ben ", ANA, {"Ben"}),
        ("Ben, Dr Lee", ANA, {"Ben", "Dr Lee"}),
        ("Ana,Ben", ANA, {"Ben"}),
        ("Ben,,Ben,", ANA, {"Ben"}),
        ("all", ANA, {"Ben", "Dr Lee", "Kim"}),
        ("ALL", LEE, {"Ana", "Ben", "Kim"}),
        ("all", SUE, {"Ana", "Ben", "Dr Lee", "Kim"}),
        ("all,Sue", ANA, {"Ben", "Dr Lee", "Kim", "Sue"}),
        ("partner", ANA, {"Ben"}),
        ("partners", LEE, {"Ana", "Ben"}),
        ("therapist", ANA, {"Dr Lee"}),
        ("Therapists", ANA, {"Dr Lee"}),
        ("co-therapist", ANA, {"Kim"}),
        ("therapist,co-therapists", ANA, {"Dr Lee", "Kim"}),
        ("supervisor", LEE, {"Sue", "Sal"}),
        ("supervisor", SUE, {"Sal"}),
        ("prescriber", BEN, {"Dr Rossi"}),
    ],
)
def test_words_name_members(who: str, me: Member, meant: set[str]) -> None:
    assert labels(resolve(who, EIGHT, me.id)) == meant


def test_all_never_reaches_prescriber_or_supervisor() -> None:
    assert labels(course_members(EIGHT)) == {"Ana", "Ben", "Dr Lee", "Kim"}


@pytest.mark.parametrize("who", ["", " ", ",", " , ,"])
def test_nobody_named_is_a_usage_error(who: str) -> None:
    with pytest.raises(UsageError):
        resolve(who, THREE, ANA.id)


@pytest.mark.parametrize("who", ["Cas", "Ben,Cas", "supervisor", "therapist's", "A"])
def test_a_word_that_names_nobody_is_not_found(who: str) -> None:
    with pytest.raises(NotFound):
        resolve(who, THREE, ANA.id)


def test_a_role_only_one_has_oneself_is_not_found() -> None:
    with pytest.raises(NotFound, match="Nobody else in this journal is a therapist"):
        resolve("therapist", THREE, LEE.id)


def test_naming_only_oneself_is_refused() -> None:
    with pytest.raises(Refused, match="nobody but yourself"):
        resolve("Ana", THREE, ANA.id)
    with pytest.raises(Refused, match="nobody but yourself"):
        resolve("all", [ANA], ANA.id)


def test_a_removed_member_is_reached_by_no_word() -> None:
    gone = dataclasses.replace(BEN, removed=True)
    with pytest.raises(Refused, match="removed"):
        resolve("Ben", [LEE, ANA, gone], ANA.id)
    with pytest.raises(NotFound):
        resolve("partner", [LEE, ANA, gone], ANA.id)
    assert resolve("all", [LEE, ANA, gone], ANA.id) == {LEE.id}


def test_a_label_of_someone_removed_means_the_one_who_has_it_now() -> None:
    gone = dataclasses.replace(BEN, id=MemberId(b"x" * 32), removed=True)
    assert resolve("Ben", [LEE, ANA, gone, BEN], ANA.id) == {BEN.id}


@pytest.mark.parametrize(
    ("readers", "me", "words"),
    [
        ([ANA], ANA, "Only you"),
        ([ANA, BEN], ANA, "You and Ben"),
        ([ANA, BEN], BEN, "You and Ana"),
        ([ANA, LEE], ANA, "You and Dr Lee"),
        ([ANA, BEN, LEE], ANA, "All of you"),
        ([ANA, BEN, LEE], LEE, "All of you"),
        ([ANA, BEN, LEE, SUE], ANA, "You, Ben, Dr Lee and Sue"),
        ([ANA, BEN], LEE, "Ana and Ben"),
    ],
)
def test_readers_in_words(readers: list[Member], me: Member, words: str) -> None:
    here = [*THREE, SUE]
    assert in_words([reader.id for reader in readers], here, me.id) == words


def test_two_people_are_named_rather_than_all() -> None:
    assert in_words([ANA.id, LEE.id], [LEE, ANA], ANA.id) == "You and Dr Lee"


def test_someone_removed_who_can_still_read_is_named() -> None:
    gone = dataclasses.replace(BEN, removed=True)
    assert in_words([ANA.id, BEN.id], [LEE, ANA, gone], ANA.id) == "You and Ben"


def test_a_reader_this_program_does_not_know_is_not_left_out() -> None:
    assert in_words([ANA.id, MemberId(b"?" * 32)], THREE, ANA.id) == "You and somebody unknown"


members_strategy = st.lists(st.sampled_from(EIGHT), unique=True, min_size=1).flatmap(
    lambda chosen: st.tuples(
        *[st.builds(dataclasses.replace, st.just(m), removed=st.booleans()) for m in chosen]
    )
)
who_strategy = st.lists(
    st.sampled_from(["all", *[m.label for m in EIGHT], *Role, *[role + "s" for role in Role], "x"])
).map(", ".join)


@given(who_strategy, members_strategy, st.sampled_from(EIGHT))
def test_words_only_ever_reach_others_who_are_here(who: str, members: tuple[Member, ...], me: Member) -> None:
    try:
        reached = resolve(who, members, me.id)
    except KapjournalError:
        return
    assert reached
    assert me.id not in reached
    assert reached <= {member.id for member in members if not member.removed}


@given(st.sets(st.sampled_from(EIGHT), min_size=1), members_strategy)
def test_every_other_reader_is_named_or_all_are(readers: set[Member], members: tuple[Member, ...]) -> None:
    me = min(readers, key=lambda member: member.label)
    words = in_words({reader.id for reader in readers}, members, me.id)
    known = {member.id for member in members}
    if words == "All of you":
        assert {reader.id for reader in readers} == course_members(members)
    else:
        for reader in readers - {me}:
            assert (reader.label if reader.id in known else "somebody unknown") in words
        assert (words == "Only you") == (readers == {me})


SWAP = {ANA.id: BEN, BEN.id: ANA}


def swapped(member: Member) -> Member:
    """The same journal with Ana and Ben in each other's place."""
    other = SWAP.get(member.id)
    return dataclasses.replace(member, id=other.id, label=other.label) if other else member


def swapped_words(who: str) -> str:
    return ", ".join({"Ana": "Ben", "Ben": "Ana"}.get(word, word) for word in who.split(", "))


@given(who_strategy, members_strategy, st.sampled_from(EIGHT))
def test_the_partners_are_equals(who: str, members: tuple[Member, ...], me: Member) -> None:
    """Whatever one partner can name and is told, the other can name and is told, name for name."""

    def outcome(who: str, members: Iterable[Member], me: Member) -> frozenset[bytes] | type[KapjournalError]:
        try:
            return resolve(who, list(members), me.id)
        except KapjournalError as error:
            return type(error)

    here: object = outcome(who, members, me)
    there = outcome(swapped_words(who), map(swapped, members), swapped(me))
    if isinstance(here, frozenset):
        assert there == frozenset(SWAP[one].id if one in SWAP else one for one in here)
    else:
        assert there is here
