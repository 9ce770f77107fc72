"""What may be typed into a letter to a prescriber, and which names it leaves out."""

import pytest

from kapjournal.domain.couples import Couple
from kapjournal.domain.forms import About
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.letter import (
    LEFT_OUT,
    MAX_RESPONSE,
    check_may_write,
    names_of,
    question_from,
    recipient_from,
    response_field_from,
    response_from,
)
from kapjournal.domain.members import Role
from kapjournal.errors import KapjournalError, Refused, UsageError


def couple(first: str = "Ana", second: str = "Ben", name: str = "Hallway") -> Couple:
    return Couple(CaseId(bytes(16)), name, MemberId(bytes(32)), first=first, second=second)


NAMES = names_of(couple(), About.FIRST)


@pytest.mark.parametrize("typed", ["May it stay as it is?", "  So? ", "ما رأيك؟", "同じですか？"])
def test_a_question_ends_with_its_mark(typed: str) -> None:
    assert question_from(typed, NAMES) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["", "May it stay as it is", "May it? Tell me.", "May\nit?", "Ben?", "x" * 201 + "?"]
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        question_from(typed, NAMES)


def test_the_response_is_one_line_and_never_cut() -> None:
    assert response_from(" slept \n\n well\t", NAMES) == "slept well"
    assert response_from("x" * MAX_RESPONSE, NAMES) == "x" * MAX_RESPONSE
    with pytest.raises(UsageError, match=f"at most {MAX_RESPONSE} characters"):
        response_from("x" * (MAX_RESPONSE + 1), NAMES)
    with pytest.raises(Refused):
        response_from("a\x1bb", NAMES)
    with pytest.raises(UsageError, match="The response: “ben”"):
        response_from("like ben", NAMES)


def test_only_the_therapists_own_fields_are_taken() -> None:
    assert response_field_from(" Response ") == "response"
    for word in ("subjective", "subjective-first", "risk", "plan", ""):
        with pytest.raises(UsageError):
            response_field_from(word)


@pytest.mark.parametrize("role", list(Role))
def test_therapists_write_it(role: Role) -> None:
    if role in (Role.THERAPIST, Role.CO_THERAPIST):
        check_may_write(role)
    else:
        with pytest.raises(Refused):
            check_may_write(role)


def test_it_is_about_one_partner_who_has_a_name() -> None:
    for about, theirs in ((About.COUPLE, couple()), (About.FIRST, couple("", ""))):
        with pytest.raises(UsageError):
            names_of(theirs, about)
    assert names_of(couple(), About.SECOND).partner == "Ben"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ben held her.", f"{LEFT_OUT} held her."),
        ("with BEN’s coat, _ben_, ben", f"with {LEFT_OUT}’s coat, _{LEFT_OUT}_, {LEFT_OUT}"),
        ("Benzodiazepine, Ruben, 5ben", "Benzodiazepine, Ruben, 5ben"),
        ("the hallway;\nAna came", f"the {LEFT_OUT}; Ana came"),
        ("", ""),
    ],
)
def test_the_other_partner_and_the_couple_are_not_named(text: str, left: str) -> None:
    names = names_of(couple(), About.FIRST)
    assert names.without(text) == left
    if LEFT_OUT in left:
        with pytest.raises(UsageError, match="has no place in it"):
            names.check("The question", text)
    else:
        names.check("The question", text)


@pytest.mark.parametrize(
    ("theirs", "text", "left"),
    [
        (couple("Ana Roth", "Ben Roth"), "Roth and Ben Roth", f"Roth and {LEFT_OUT}"),
        (couple("Ana Maria", "Ana"), "Ana Maria came with Ana.", f"Ana Maria came with {LEFT_OUT}."),
        (couple("A", "B", "A and B"), "A dose, a walk, b and B", f"A dose, a walk, b and {LEFT_OUT}"),
        (couple("B", "A", "them"), "A dose, a walk", f"{LEFT_OUT} dose, a walk"),
        (couple("Ana", "Zo\u00eb", "them"), "ZOE\u0308 and Zoe\u0308", f"{LEFT_OUT} and {LEFT_OUT}"),
        (couple("Ana", "Ben", "Ana"), "Ana", "Ana"),
    ],
)
def test_names_that_share_a_word(theirs: Couple, text: str, left: str) -> None:
    assert names_of(theirs, About.FIRST).without(text) == left


def test_their_label_counts_and_the_prescribers_name_does_not() -> None:
    names = names_of(couple(), About.FIRST, ["Benno"], ["Dr Ben Ito"])
    assert names.without("Dr Ben Ito saw Benno and Ben.") == f"Dr Ben Ito saw {LEFT_OUT} and {LEFT_OUT}."


def test_it_is_not_for_the_other_partner() -> None:
    names = names_of(couple(), About.FIRST)
    assert recipient_from(" Dr Ben Ito ", names) == "Dr Ben Ito" and recipient_from("", names) == ""
    for typed in ("ben", "x" * 81):
        with pytest.raises(KapjournalError):
            recipient_from(typed, names)
