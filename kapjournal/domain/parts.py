"""The parts check-in: when the part may be spoken for, and the page for the partner that follows."""

from collections.abc import Sequence
from dataclasses import replace

from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Draft, NoteKind
from kapjournal.domain.steps import Answers

SPEAK = "speak"
"""The id of the step that asks whether the part may be spoken for."""
YES = "yes"
"""The answer to it that leads on; no other leads anywhere."""


def may_be_spoken_for(answers: Answers) -> bool:
    """Whether the part may be spoken for to the partner: only a yes says so."""
    return answers.get(SPEAK, "") == YES


def for_partner(empty: Draft, quotes: Sequence[str], partner: MemberId) -> Draft:
    """A page for the partner, begun with the answers that were chosen, as quotations. It goes to nobody
    before it is finished."""
    quoted = ("\n".join(f"> {line}".rstrip() for line in quote.split("\n")) for quote in quotes)
    body = "".join(f"{one}\n\n" for one in quoted)
    text = replace(empty.text, kind=NoteKind.APPRECIATION, body=body)
    return replace(empty, text=text, readers=empty.readers | {partner}, cursor=(body.count("\n"), 0))
