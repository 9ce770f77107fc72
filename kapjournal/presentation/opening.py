"""What every face says of the day on which a letter or a decision opens, and how it is chosen."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.notes import Draft, NoteKind
from kapjournal.domain.parsing import day_from
from kapjournal.domain.waiting import (
    DAYS_OFFERED,
    DECISION_OPENS_AFTER,
    Waiting,
    check_may_close,
    day_chosen,
)
from kapjournal.presentation import days

NEVER_CLOSED = "Only a letter or a decision of yours stays closed until a day."
WHICH_DAY = "{details} says on which day it opens."
IN_FULL = "Type the day as YYYY-MM-DD."
WHAT_CLOSING_DOES = (
    "Until that day no screen shows you its words, and no search finds them. Who can read it already "
    "still can; you can open it at any time."
)
WITH_DAYS_OFFERED = (NoteKind.DECISION,)
"""The kinds for which a number of days can be chosen."""


def opening_in_words(waiting: Waiting) -> list[str]:
    """On which day a letter or a decision opens to its author, or has; nothing of what is not closed."""
    if not waiting.opens:
        return []
    opens = days.long_day(waiting.opens)
    return [
        f"It opens to you on {opens}." if waiting.is_closed(clock.today()) else f"It has opened, on {opens}."
    ]


def day_in_short(draft: Draft) -> str:
    """“opens on 3 Mar 2026”, “opens in 10 days”, of a draft that is to be closed; else empty."""
    if (day := day_chosen(draft)) is not None:
        return f"opens on {days.short(day)}"
    is_decision = draft.text.kind is NoteKind.DECISION
    return f"opens in {DECISION_OPENS_AFTER} days" if is_decision else ""


def why_too_late(draft: Draft) -> str:
    """That the day chosen for a draft is not to come any more; empty as a rule."""
    day, today = day_chosen(draft), clock.today()
    if day is None or day > today:
        return ""
    chosen, now = days.long_day(day), days.long_day(today)
    return f"It was to open on {chosen}, and today is {now}. {{details}} chooses another day."


STAYS_OPEN, AS_USUAL, ON_THE_DAY = "open", "usual", "day"
"""The choices of when a letter or a decision opens, beside a number of days."""


def choices_of_opening(kind: NoteKind, *, is_new: bool) -> dict[str, str]:
    """When a letter or a decision can open, in words, by what is chosen. A new letter can stay open; a
    decision opens after some days, and as usual if nothing is said."""
    if kind not in WITH_DAYS_OFFERED:
        return {**({STAYS_OPEN: "it stays open"} if is_new else {}), ON_THE_DAY: "on a day"}
    after = {AS_USUAL if is_new and n == DECISION_OPENS_AFTER else str(n): _in_days(n) for n in DAYS_OFFERED}
    return {**after, ON_THE_DAY: "on a day"}


def _in_days(number: int) -> str:
    return f"in {number} days, on {days.short(clock.today() + dt.timedelta(days=number), year=True)}"


def opening_of(choice: str, kind: NoteKind, typed: str = "") -> dt.date | None:
    """The day that is meant by a choice, None where it is the usual one or none; `typed` is a day
    (`UsageError`)."""
    if choice in (STAYS_OPEN, AS_USUAL):
        return None
    day = day_from(typed.strip()) if choice == ON_THE_DAY else clock.today() + dt.timedelta(days=int(choice))
    check_may_close(kind, day, clock.today())
    return day


def choice_of(opens: dt.date | None, kind: NoteKind) -> str:
    """What is chosen of a new page that opens on this day, on the usual one or never closes for None."""
    if opens is None:
        return AS_USUAL if kind is NoteKind.DECISION else STAYS_OPEN
    after = str((opens - clock.today()).days)
    return after if after in choices_of_opening(kind, is_new=True) else ON_THE_DAY
