"""The words that a human looks at one by one."""

import pytest

from kapjournal.deidentify import Replacements, find, known_from, words_to_look_at
from kapjournal.errors import UsageError


def to_look_at(text: str, names: str = "") -> list[str]:
    return words_to_look_at(text, find(text, known_from(names), Replacements()))


def test_each_once_in_the_order_of_the_text() -> None:
    text = "We met Bob in Leeds. zorblatt said Bob’s flat was cold; Leeds again, and ZORBLATT."
    assert to_look_at(text) == ["Bob", "Leeds", "zorblatt"]


def test_a_given_name_in_small_letters_is_one() -> None:
    assert to_look_at("then ana and samir and iris slept, said michael") == [
        "ana",
        "samir",
        "iris",
        "michael",
    ]


def test_everyday_words_are_none() -> None:
    text = (
        "I don't think it's theirs. We'll see: the colour of the harbour, realised and travelled, the 2nd "
        "time. She isn't well; PHQ and PTSD fell, and "
        "ketamine helped.\n\n- Then they’d go. “You may,” he said. "
        "He’s 3rd."
    )
    assert to_look_at(text) == []


def test_what_was_found_is_not_asked_again() -> None:
    assert to_look_at("Then Ana Rossi left Leeds with **A**na’s dog Rex.", "Ana Rossi\nLeeds") == ["Rex"]


def test_a_capital_in_a_heading_or_after_a_colon_counts_where_a_sentence_goes_on() -> None:
    assert to_look_at("# The Long Night\n\nHe said: Come. (Then he Left.)") == ["Long", "Night", "Left"]


def test_another_language() -> None:
    text = "sie waren glücklich und müde"
    assert words_to_look_at(text, [], ("de",)) == []
    assert "glücklich" in words_to_look_at(text, [])
    with pytest.raises(UsageError, match="There is no dictionary of “xx”"):
        words_to_look_at(text, [], ("xx",))
