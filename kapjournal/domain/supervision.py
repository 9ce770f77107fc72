"""The write-up of a case for supervision: what it cannot be without, and on which basis it may leave."""

from collections.abc import Mapping
from enum import StrEnum

from kapjournal.errors import UsageError
from kapjournal.text import QUESTION_MARKS

QUESTION, WANTED, BASIS, RECIPIENT = "question", "wanted", "basis", "recipient"
"""Ids of the fields of a write-up that have rules of their own."""

NO_QUESTION = "My question: a write-up begins with it. Type it."
NO_QUESTION_MARK = "My question: one sentence that ends with a question mark."
NOTHING_WANTED = "What I want: say what the other is to do with your question."


class Basis(StrEnum):
    """On what ground a write-up may leave the therapist; the values are the answers of the form."""

    OWN_PROGRAMME = "own programme"
    """Supervision within the clinic, of which the couple was told at intake."""
    AUTHORISED = "authorised by each partner"
    """Somebody outside, for whom each partner gave an authorisation with a purpose and a last day."""
    DEIDENTIFIED = "de-identified and reviewed"
    """Somebody outside, who is to know of nobody in it."""


def check_question(fields: Mapping[str, str]) -> None:
    """Refuse a write-up without a question, or that does not say what is wanted (`UsageError`)."""
    question = fields.get(QUESTION, "").strip()
    if not question:
        raise UsageError(NO_QUESTION)
    if not question.endswith(QUESTION_MARKS):
        raise UsageError(NO_QUESTION_MARK)
    if not fields.get(WANTED, "").strip():
        raise UsageError(NOTHING_WANTED)
