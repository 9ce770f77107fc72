"""Who can read a note, for the eye: a symbol before the words, and its colour."""

from collections.abc import Collection, Sequence

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.presentation.readers import ALL_OF_YOU, in_words
from kapjournal.text import shown_line

ONLY_YOU_SYMBOL, SOME, ALL = "◌", "◍", "◉"
"""Beside the words; none of them is ever wider than one cell."""


def symbol_and_words(ids: Collection[MemberId], members: Sequence[Member], me: MemberId) -> tuple[str, str]:
    """A symbol and the words, “Only you”, “You and Ben”, “All of you”."""
    said = shown_line(in_words(ids, members, me))
    if not set(ids) - {me}:
        return ONLY_YOU_SYMBOL, said
    return (ALL if said == ALL_OF_YOU else SOME), said


def tone(symbol: str) -> str:
    """The theme's colour that goes with a symbol of readers; never the only sign."""
    return {ONLY_YOU_SYMBOL: "$success", SOME: "$accent", ALL: "$primary"}[symbol]
