"""The loop in words: the two halves one field after another."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kapjournal.domain.notes import Note
from kapjournal.presentation import days
from kapjournal.text import shown_line

TITLE = "The loop"
FREELY = "In their own words"
OTHERWISE = "Times it went otherwise"
NOT_OUT = "The two halves stand here once both are released, and neither before."
CLINIC_NOT_OUT = (
    "The two halves stand here once the partners have released them to each other and each has shared theirs "
    "with you."
)
WRITTEN = "Your half is written."
ONLY_YOU = f"{WRITTEN} Only you can read it."
RELEASED = "Your half is released."
A_NEWER_ONE = "You have written your half again. The one above stands until both of you release a new one."
THEIRS = "{partner} has released a half. You can read it once you release yours too."
RELEASING = (
    "Your half is offered as it is, and not changed meanwhile. {partner} sees that you released it, and no "
    "word of it until you can read theirs."
)
RELEASE = "Release your half of the loop?"
ADDING = "A day and one line, in your own words. It stands under the two halves."
READ_IT = "{readers} can read it."


@dataclass(frozen=True, slots=True)
class Words:
    """What one partner said, in their words."""

    who: str
    words: str


@dataclass(frozen=True, slots=True)
class FieldOfBoth:
    """One field of the loop, and what each partner said; who passed it over is not among them."""

    name: str
    question: str
    said: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A time it went otherwise."""

    date: dt.date
    who: str
    line: str
    id: str


@dataclass(frozen=True, slots=True)
class LoopView:
    """All that is shown of the loop. `name` is what both call it, or empty; `state` says how it stands."""

    name: str
    fields: tuple[FieldOfBoth, ...]
    otherwise: tuple[Otherwise, ...]
    state: tuple[str, ...]
    readers: str
    own: Note | None = None

    @property
    def is_joined(self) -> bool:
        """Whether both halves are out."""
        return bool(self.readers)

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"{TITLE}: {shown_line(self.name)}" if self.name else TITLE


def in_lines(view: LoopView) -> Iterator[str]:
    """The joined loop line by line, as it is heard and printed; nothing before both halves are out."""
    if view.name:
        yield view.title
    for one in view.fields:
        yield one.question
        for said in one.said:
            yield f"{shown_line(said.who)}: {said.words}"
    if view.otherwise:
        yield OTHERWISE
    for line in view.otherwise:
        yield f"{days.long_day(line.date)}, {shown_line(line.who)}: {shown_line(line.line)}"


def fields_of(view: LoopView) -> dict[str, object]:
    """The loop as a command prints it in JSON."""
    return {
        "name": view.name,
        "fields": [
            {
                "name": one.name,
                "question": one.question,
                "said": [{"who": said.who, "words": said.words} for said in one.said],
            }
            for one in view.fields
        ],
        "otherwise": [
            {"id": one.id, "date": one.date.isoformat(), "who": one.who, "line": one.line}
            for one in view.otherwise
        ],
        "state": list(view.state),
    }
