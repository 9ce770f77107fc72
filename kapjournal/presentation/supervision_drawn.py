"""One line on its way from the record or the couple's journal into a write-up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kapjournal.domain.records import Record
from kapjournal.domain.supervision import Source
from kapjournal.presentation import days
from kapjournal.text import excerpt

WHOLE = 1_000
"""Characters of a line that was typed by somebody, and no more."""

_END = re.compile(r"(?<=[.!?…\u3002\uff01\uff1f])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_a-z])|\n+")
"""Where a sentence ends: not before a small letter, which goes on with it."""
_SHORTENED = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|St|Prof|approx|vs|ca|cf)\.\s*\Z")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line before what identifies somebody is taken out of its `words`, which somebody typed; `lead` and
    `tail` are the program's own. `kind` and `id` say what it is from, `said` does so in words."""

    lead: str
    words: str
    tail: str
    kind: Source
    id: str
    said: str
    group: str
    needs_reason: bool = False


def from_record(
    record: Record, said: str, group: str, *, lead: str = "", words: str = "", tail: str = ""
) -> Drawn:
    """A line of a record."""
    return Drawn(lead, words, tail, Source.RECORD, record.id, said, group)


def named(record: Record, title: str, *more: str) -> str:
    """“dosing record of 2 March 2026, session 1, 14:20”."""
    session = f"session {record.text.session.number}" if record.text.session else ""
    parts = (f"{title} of {days.long_day(record.text.date)}", session, *more)
    return ", ".join(filter(None, parts))


def sentences(text: str) -> Iterator[str]:
    """A text sentence by sentence, without markdown's marks."""
    begin = 0
    for end in _END.finditer(text):
        if not _SHORTENED.search(text[begin : end.start()]) or "\n" in end.group():
            yield from _whole(text[begin : end.end()])
            begin = end.end()
    yield from _whole(text[begin:])


def _whole(text: str) -> Iterator[str]:
    if words := excerpt(text, WHOLE):
        yield words
