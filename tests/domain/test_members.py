"""Labels, roles, and how many of each a journal has room for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.members import (
    MAX_LABEL,
    MAX_MEMBERS,
    RESERVED,
    Role,
    check_room,
    folded,
    role_from,
    valid_label,
)
from kapjournal.errors import KapjournalError, Refused, UsageError
from kapjournal.text import shown_line

any_text = st.text(st.characters(), max_size=50)


def accepted(text: str) -> str | None:
    try:
        return valid_label(text)
    except KapjournalError:
        return None


@given(any_text)
def test_a_label_is_short_visible_and_stays_as_it_is(text: str) -> None:
    label = accepted(text)
    if label is not None:
        assert 1 <= len(label) <= MAX_LABEL
        assert "," not in label
        assert label == valid_label(label) == unicodedata.normalize("NFC", label) == label.strip()
        assert shown_line(label) == label
        assert folded(label) and folded(label) not in RESERVED


@pytest.mark.parametrize(
    "label",
    [
        "Ana",
        "Dr Lee",
        "Ana & Ben",
        "Zoë",
        "아나",
        "אנה",
        "Ana 2",
        "Sandy",
        "Andy",
        "Alland",
        "🦊",
        "❤️",
        "O’Neil",
        "b",
    ],
)
def test_people_can_be_called_what_they_are_called(label: str) -> None:
    assert valid_label(f" {label} ") == label


@pytest.mark.parametrize("word", sorted(RESERVED))
@pytest.mark.parametrize("form", [str, str.upper, str.title, "  {} ".format, "{}\u034f".format])
def test_a_word_that_means_something_cannot_be_a_label(word: str, form: type[str]) -> None:
    with pytest.raises(Refused, match="cannot be a label"):
        valid_label(form(word))


@pytest.mark.parametrize("label", ["You and Ben", "Ben and Dr Lee", "ANA AND", "and", "you  and\u00a0me"])
def test_a_label_reads_like_one_person(label: str) -> None:
    with pytest.raises(Refused, match="several people"):
        valid_label(label)


@pytest.mark.parametrize("label", ["2", "12", "\u0663", "\uff12"])
def test_a_label_is_no_number_in_a_list(label: str) -> None:
    with pytest.raises(Refused, match="number in a list"):
        valid_label(label)


def test_spaces_make_no_label_of_our_words() -> None:
    with pytest.raises(Refused, match="meaning of its own"):
        valid_label("Only   you")


def test_every_role_is_reserved_in_both_numbers() -> None:
    assert {role.value for role in Role} | {role.value + "s" for role in Role} < RESERVED
    assert "all" in RESERVED
    with pytest.raises(Refused):
        valid_label("ａｌｌ")


@pytest.mark.parametrize("label", ["", "   ", "a,b", "-j", "a\nb", "\x1b[2J", "a" * (MAX_LABEL + 1)])
def test_a_label_of_the_wrong_form_is_a_usage_error(label: str) -> None:
    with pytest.raises(UsageError):
        valid_label(label)


@pytest.mark.parametrize(
    "label", ["Ana\u200d", "\u202eanA", "\u3164", "\u2800", "\u0301", "\ufe0f", "\ue000", "a\ufeffb"]
)
def test_a_label_has_only_what_can_be_seen(label: str) -> None:
    with pytest.raises(UsageError, match="can be seen"):
        valid_label(label)


@pytest.mark.parametrize("other", ["ana", "ANA", " Ana ", "Ａｎａ", "Ana\u034f", "Ana\ufe0e"])
def test_two_labels_that_look_alike_are_the_same(other: str) -> None:
    assert folded("Ana") == folded(other)
    with pytest.raises(Refused, match="already"):
        check_room([("Ana", Role.PARTNER)], other, Role.PARTNER)


@given(any_text)
def test_the_stored_and_the_typed_form_of_a_label_are_compared_alike(text: str) -> None:
    label = accepted(text)
    if label is not None:
        assert folded(label) == folded(text) == folded(f" {label} ")


def test_there_are_two_places_for_partners() -> None:
    couple = [("Ana", Role.PARTNER), ("Ben", Role.PARTNER)]
    check_room(couple[:1], "Ben", Role.PARTNER)
    with pytest.raises(Refused, match="two partners"):
        check_room(couple, "Cas", Role.PARTNER)
    check_room(couple, "Cas", Role.SUPERVISOR)


def test_an_envelope_has_eight_places() -> None:
    here = [(f"Supervisor {n}", Role.SUPERVISOR) for n in range(MAX_MEMBERS)]
    check_room(here[:-1], "Dr Lee", Role.THERAPIST)
    with pytest.raises(Refused, match="at most 8"):
        check_room(here, "Dr Lee", Role.THERAPIST)


@pytest.mark.parametrize("role", Role)
def test_a_role_is_read_in_any_case(role: Role) -> None:
    assert role_from(f" {role.value.upper()} ") is role


@pytest.mark.parametrize("word", ["", "partners", "doctor"])
def test_a_word_that_is_no_role_gets_the_list_of_them(word: str) -> None:
    with pytest.raises(UsageError, match="partner, therapist, co-therapist, prescriber, supervisor"):
        role_from(word)


def test_the_course_is_the_couples_and_the_therapists() -> None:
    assert [role for role in Role if role.is_of_the_course] == [
        Role.PARTNER,
        Role.THERAPIST,
        Role.CO_THERAPIST,
    ]
    assert [role for role in Role if role.is_therapist] == [Role.THERAPIST, Role.CO_THERAPIST]
