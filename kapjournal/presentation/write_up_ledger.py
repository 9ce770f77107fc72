"""The ledger of what left for supervision, in words."""

from kapjournal.domain.departures import Departure
from kapjournal.presentation import days
from kapjournal.text import shown_line

NOT_DESTROYED = "-"

TITLE = "What left"
NOTHING_LEFT = "Nothing left: no write-up, and no pack."
NOTED_ALREADY = "That was noted already."
NOT_TAKEN_BACK = "It is noted with the day of today, and not taken back. The entry stays."


def left_in_words(left: Departure) -> str:
    """That a write-up left, which the ledger keeps."""
    return f"{has_left(left)} It stands in the ledger: {left.id}."


def has_left(left: Departure) -> str:
    """To whom a write-up left, on which basis, and until when."""
    return (
        f"Left to {shown_line(left.recipient)}, {left.basis.value}; to be destroyed by "
        f"{days.long_day(left.destroy_by)}."
    )


def ask_destroyed(left: Departure) -> str:
    """The question once the day has come."""
    return f"{is_due(left)} Ask, then note it: {left.id}."


def which(left: Departure) -> str:
    """Which file it is: “Birch (docx, 3 March 2026)”. One write-up can leave in several forms."""
    return f"{left.case_word} ({shown_line(left.format)}, {days.long_day(days.of(left.left))})"


def is_due(left: Departure) -> str:
    """That the day has come by which it was to be destroyed."""
    whom = shown_line(left.recipient)
    return f"{whom} was to destroy {which(left)} by {days.long_day(left.destroy_by)}."


def is_it_destroyed(left: Departure) -> str:
    """The question before it is noted."""
    return f"Did {shown_line(left.recipient)} destroy {which(left)}?"


def noted_destroyed(left: Departure) -> str:
    """That it was noted."""
    return f"Noted: {shown_line(left.recipient)} destroyed {which(left)}. The entry stays."


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


# --- one entry on a screen --------------------------------------------------------------------------------


def until(left: Departure) -> str:
    """“destroy by 3 Mar 2027”, “destroyed on …”."""
    if left.destroyed is not None:
        return f"destroyed {days.short(left.destroyed, year=True)}"
    return f"destroy by {days.short(left.destroy_by, year=True)}"


def in_full(left: Departure, couple: str) -> list[str]:
    """All that is kept of what left, line by line; `couple` is what the practice calls them."""
    by = f", by the authorisation {left.authorisation[:16]}…" if left.authorisation else ""
    ended = f"Destroyed on {days.long_day(left.destroyed)}." if left.destroyed else ""
    due = f"To be destroyed by {days.long_day(left.destroy_by)}."
    whose = f"{shown_line(couple)}: " if couple else ""
    return [
        f"{whose}{shown_line(left.question)}",
        f"{days.long_day(days.of(left.left))}, for {shown_line(left.recipient)}: {left.basis.value}{by}; "
        f"for {shown_line(left.purpose)}; {shown_line(left.format)}.",
        f"Found {left.found}, changed {left.changed}, kept {left.kept}. {ended or due}",
        f"SHA-256 {left.sha256}",
    ]
