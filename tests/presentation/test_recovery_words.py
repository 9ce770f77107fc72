"""Asking one recovery word back."""

from kapjournal.presentation.recovery_words import choose_place, is_right, question


def test_a_word_that_is_never_to_be_asked_for_is_not() -> None:
    assert {choose_place(["lock", "moon", "quit"], never={"lock", "quit"}) for _ in range(20)} == {1}


def test_capitals_and_spaces_do_not_matter_and_another_word_does() -> None:
    assert question(1) == "What is word 2?"
    assert is_right(["lake", "moon"], 1, " Moon ")
    assert not is_right(["lake", "moon"], 1, "lake")
