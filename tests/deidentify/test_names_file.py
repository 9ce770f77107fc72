"""A names file: what its lines name, and what is wrong in one."""

import pytest

from kapjournal.deidentify import FindingKind, Known, known_from
from kapjournal.errors import UsageError


def test_a_line_names_one_with_further_forms_after_commas() -> None:
    text = "\ufeff# the couple\r\nAna Rossi, Annie,Nan\r\n\r\nplace: Leeds\r\nEmployer : St Mary's, SMH\r\n"
    text += "Person: Ben\r\n"
    assert known_from(text) == (
        Known(FindingKind.NAME, ("Ana Rossi", "Annie", "Nan")),
        Known(FindingKind.PLACE, ("Leeds",)),
        Known(FindingKind.EMPLOYER, ("St Mary's", "SMH")),
        Known(FindingKind.PERSON, ("Ben",)),
    )
    assert known_from("") == known_from("\n \n# nobody") == ()


def test_forms_are_tidied_and_kept_once() -> None:
    (one,) = known_from("Jose\u0301  \t Luis , José Luis, Pepe\u200b")
    assert one.forms == ("José Luis", "Pepe")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ana\nBen,,Benny", "Line 2 of the names has an empty entry"),
        ("Ana,", "Line 1 of the names has an empty entry"),
        ("place:", "Line 1 of the names has an empty entry"),
        ("Ana, A", "Line 1 of the names has an entry of one character"),
        ("A\u200b", "has an entry of one character"),
        ("--", "without a letter or a digit"),
        ("Ana\x1b[2J", "holds an escape (U+001B)"),
        ("a" * 201, "more than 200 characters"),
    ],
)
def test_a_wrong_line_is_named(text: str, says: str) -> None:
    with pytest.raises(UsageError) as told:
        known_from(text)
    assert says in str(told.value) and str(told.value).startswith("Line ")
