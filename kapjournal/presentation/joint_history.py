"""What became of words that two approved: what less was asked for since, and what else of their kind held."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapjournal.domain.joint import Joint, Standing
from kapjournal.domain.joint_standing import has_held, held_from
from kapjournal.presentation import days
from kapjournal.presentation.joint import first_words, name_of, when_held
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

LESS = "Less was asked for:"
OTHERS = "Other versions:"


def less_lines(journal: "Journal", joint: Joint) -> list[str]:
    """What was asked less of, a line each."""
    return [
        f"{name_of(journal, one.author, begins=True)}, {days.at(one.written)}: {shown_line(one.line)}"
        for one in joint.narrowings
    ]


def versions(journal: "Journal", joint: Joint, every: Sequence[Joint]) -> list[str]:
    """What else of its kind held, the latest first, where only one holds at a time."""
    if not joint.text.kind.is_single:
        return []
    others = [
        one for one in every if one.text.kind is joint.text.kind and has_held(one) and one.id != joint.id
    ]
    return [
        f"{'Holds now' if one.standing is Standing.HOLDS else f'Held {when_held(one, every)}'}: "
        f"{first_words(one)}"
        for one in sorted(others, key=held_from, reverse=True)
    ]
