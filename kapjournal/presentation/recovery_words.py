"""Asking one recovery word back, so that the person finds out whether the words are on paper."""

import secrets
from collections.abc import Collection, Sequence


def choose_place(words: Sequence[str], never: Collection[str] = ()) -> int:
    """The place, from 0, of the word that will be asked for, at random; it is `never` one of these."""
    places = [place for place, word in enumerate(words) if word not in never]
    return places[secrets.randbelow(len(places))]


def question(place: int) -> str:
    """The question for the word at a place."""
    return f"What is word {place + 1}?"


def is_right(words: Sequence[str], place: int, answer: str) -> bool:
    """Whether an answer is the word at a place; capitals and spaces around it do not matter."""
    return answer.strip().casefold() == words[place]
