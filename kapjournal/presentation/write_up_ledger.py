"""The ledger of what left for supervision, in words."""

from kapjournal.domain.departures import Departure
from kapjournal.presentation import days
from kapjournal.text import shown_line

NOT_DESTROYED = "-"


def left_in_words(left: Departure) -> str:
    """That a write-up left, which the ledger keeps."""
    return (
        f"Left to {shown_line(left.recipient)}, {left.basis.value}; to be destroyed by "
        f"{days.long_day(left.destroy_by)}. It stands in the ledger: {left.id}."
    )


def ask_destroyed(left: Departure) -> str:
    """The question once the day has come."""
    return (
        f"{shown_line(left.recipient)} was to destroy {left.case_word} by {days.long_day(left.destroy_by)}. "
        f"Ask, then note it: {left.id}."
    )


def noted_destroyed(left: Departure) -> str:
    """That it was noted."""
    return f"Noted: {shown_line(left.recipient)} destroyed {left.case_word}. The entry stays."


def cells(one: Departure) -> tuple[str, ...]:
    """Id, day, recipient, basis, form, destroy by, destroyed, case word, question, hash."""
    return (
        one.id,
        days.of(one.left).isoformat(),
        one.recipient,
        one.basis.value,
        one.format,
        one.destroy_by.isoformat(),
        one.destroyed.isoformat() if one.destroyed else NOT_DESTROYED,
        one.case_word,
        one.question,
        one.sha256,
    )
