"""The ledger of what left for supervision, in words."""

from kapjournal.domain.departures import Departure
from kapjournal.presentation import days
from kapjournal.presentation.write_up import BASES, FOUND
from kapjournal.text import shown_line

NOT_DESTROYED = "–"


def left_in_words(left: Departure) -> str:
    """That a write-up left, which the ledger keeps."""
    return (
        f"Left to {shown_line(left.recipient)}, {left.basis.value}; to be destroyed by "
        f"{days.long_day(left.destroy_by)}. It stands in the ledger: {left.id}."
    )


def is_due(left: Departure) -> str:
    """That the day has come by which it was to be destroyed."""
    return (
        f"{shown_line(left.recipient)} was to destroy {left.case_word} by {days.long_day(left.destroy_by)}."
    )


def ask_destroyed(left: Departure) -> str:
    """The question once the day has come."""
    return f"{is_due(left)} Ask, then note it: {left.id}."


def noted_destroyed(left: Departure) -> str:
    """That it was noted."""
    return f"Noted: {shown_line(left.recipient)} destroyed {left.case_word}. The entry stays."


def in_a_sentence(one: Departure) -> str:
    """The entry in a list: when, to whom, which case, and until when or that it is destroyed."""
    gone = one.destroyed
    until = (
        f"destroyed {days.long_day(gone)}" if gone else f"to be destroyed by {days.long_day(one.destroy_by)}"
    )
    to, about = shown_line(one.recipient), shown_line(one.question)
    return f"{days.long_day(days.of(one.left))}, to {to}, {one.case_word}, {until}. {about}"


def lines(one: Departure) -> tuple[str, ...]:
    """All that the ledger keeps of it, a line each."""
    return (
        in_a_sentence(one),
        f"Basis: {BASES[one.basis]}; purpose: {shown_line(one.purpose)}; form: {one.format}.",
        f"Digest of the authorisation: {one.authorisation}." if one.authorisation else "",
        FOUND.format(found=one.found, changed=one.changed, kept=one.kept),
        f"SHA-256 of the markdown above its foot: {one.sha256}",
    )


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
