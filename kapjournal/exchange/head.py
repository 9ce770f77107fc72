"""What an export says of itself at its head: which journal, who exported it and when, and what it holds."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.domain.course import lay_out, stretches
from kapjournal.domain.notes import Note
from kapjournal.exchange.markdown import NOT_SEALED, escaped
from kapjournal.presentation.days import long_day, time_of_day
from kapjournal.presentation.readers import listed

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def head(journal: "Journal", notes: Sequence[Note]) -> Iterator[str]:
    """The title, and below it two sentences: what this is, and that it is not sealed."""
    yield f"# {escaped(journal.title) or 'Journal'}\n\n"
    at = f"{long_day(clock.today())}, {time_of_day(clock.now())}"
    yield f"Exported by {escaped(journal.me.label)} on {at}, from {escaped(journal.path.name)}: "
    yield f"{', '.join(_what(journal, notes))}.\n\n{NOT_SEALED}\n"


def _what(journal: "Journal", notes: Sequence[Note]) -> Iterator[str]:
    yield "1 note" if len(notes) == 1 else f"{len(notes):,} notes"
    days = [note.text.date for note in notes]
    if days:
        first, last = long_day(min(days)), long_day(max(days))
        yield f"of {first}" if first == last else f"from {first} to {last}"
    sessions = journal.sessions.all()
    laid = lay_out(notes, sessions)
    numbers = {s.session.number for s in stretches(sessions) if s.session and laid[s.key]}
    if numbers:
        yield f"of session{'s' if len(numbers) > 1 else ''} {listed(list(_runs(sorted(numbers))))}"


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers in order, with three or more that follow each other as one: “1 to 3”."""
    first = numbers[0]
    for number, following in pairwise([*numbers, numbers[-1] + 2]):
        if following != number + 1:
            yield from (f"{first} to {number}",) if number > first + 1 else map(str, range(first, number + 1))
            first = following
