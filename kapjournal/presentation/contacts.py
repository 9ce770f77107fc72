"""What every face says of a contact line: before it is written, in the clinical record, and after."""

import datetime as dt
from typing import TYPE_CHECKING

from kapjournal.domain.answered_measures import SafetyMark
from kapjournal.domain.forms import About
from kapjournal.presentation import days
from kapjournal.presentation.answered_measures import title_of
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

CLOSES = "A contact line closes the mark. It stays in it, and only you can read it."
ADDS = "The mark is closed already. One more contact line stays in it, and only you can read it."
IN_THE_RECORD = (
    "A contact note about {partner} goes into your clinical record, too. Who reads those is as your clinic’s "
    "form says."
)
NOTHING_IN_THE_RECORD = (
    "This journal was not opened from a practice, so nothing is written into your clinical record: write it "
    "there yourself."
)
UNWRITTEN = "Close this without writing the line?"
UNWRITTEN_GOES = "What is typed here goes, and the mark stays as it is."
CLOSED = "The contact line is written, and the mark is closed."
WAS_CLOSED = "The contact line is added. The mark was closed already."
STAYS_OPEN = (
    "The contact line is written. The mark is open all the same: other answers came while you wrote. Look at "
    "it again."
)
IS_IN_THE_RECORD = "A contact note about {partner} is in your clinical record."


def before(journal: "Journal", mark: SafetyMark) -> str:
    """What a contact line does, to who is about to write one."""
    partner = shown_line(journal.members.label_of(mark.of))
    is_twice = journal.contacts.goes_into_record
    does = CLOSES if mark.is_open else ADDS
    return f"{does} {IN_THE_RECORD.format(partner=partner) if is_twice else NOTHING_IN_THE_RECORD}"


def write(
    journal: "Journal",
    mark: SafetyMark,
    when: dt.datetime,
    how: str,
    outcome: str,
    about: About | None = None,
) -> tuple[SafetyMark, str]:
    """Write it, and say so (errors as for `Contacts.write`)."""
    partner = shown_line(journal.members.label_of(mark.of))
    met = mark.shown
    lines = [
        f"Safety mark: {title_of(mark.measure)} of {days.long_day(mark.date)}, item {mark.item} at "
        f"{met.value}.",
        f"In contact with {partner}: {days.at(when)}, {shown_line(how)}.",
    ]
    after, record = journal.contacts.write(mark.id, when, how, outcome, lines=lines, about=about, seen=mark)
    there = IS_IN_THE_RECORD.format(partner=partner) if record else NOTHING_IN_THE_RECORD
    return after, f"{in_the_mark(mark, after)} {there}"


def in_the_mark(before: SafetyMark, after: SafetyMark) -> str:
    """What a contact line did to the mark it was written into."""
    if after.is_open:
        return STAYS_OPEN
    return CLOSED if before.is_open else WAS_CLOSED
