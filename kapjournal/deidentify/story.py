"""What of a story could tell who it is about, without a name: the story check."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kapjournal.content import story_check
from kapjournal.deidentify.plain_view import PlainView

_MOST_LETTERS = 16
"""So many letters may follow what a word that ends with * begins with."""


@dataclass(frozen=True, slots=True)
class StoryPoint:
    """A place in a text that bears on one of the questions of the story check.

    `start` and `end` count code points of the text as it was given; `text` is what stands between them.
    """

    question_id: str
    start: int
    end: int
    text: str


def story_points(text: str) -> list[StoryPoint]:
    """The words of a text that bear on the questions, in order. A word can bear on two of them.

    It points, and never says that a text may leave: one without a single point can still tell everything.
    """
    view = PlainView(text)
    points = [
        StoryPoint(one.id, start, end, text[start:end])
        for one in story_check.questions().values()
        if one.words
        for found in _pattern(one.words).finditer(view.small)
        for start, end in [view.place(*found.span())]
    ]
    return sorted(points, key=lambda point: (point.start, point.end))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(
        re.escape(word.removesuffix("*")) + (rf"\w{{0,{_MOST_LETTERS}}}" if word.endswith("*") else "")
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")
