"""What every face says on the dose pad: the clocks, the rows of both, what a stamp is for."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kapjournal.content.forms import form_for
from kapjournal.domain import dosing
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import Row, RowKind
from kapjournal.domain.forms import MAIN_TEXT, YES_NO, About, Form, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.pad import BEFORE, EXTRA, PERSONS, PadDraft, due_label, due_vitals
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.presentation import days
from kapjournal.presentation.dosing import clock, row_in_words, since_dose
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NO_DOSE = "no dose yet"
CLOCK_WAS_SET = (
    "The clock of this computer was set while the pad is open. From here on both times stand: the clock's, "
    "and what it would say had nobody set it. Minutes count by the second."
)
KEPT = "The pad is kept as it is; it goes on when you open it again."
FINISHED = "The dosing record is written."
NOTHING_WRITTEN = "Nothing was written on the pad."
NO_ROW = "There is no row to take out."
CLEARING = "It is locked then; what comes later is added to it. The pad goes on for the other."
DISCHARGE = (
    "oriented",
    "gait",
    "vitals",
    "nausea",
    "instructions",
    "escort",
    "discharged",
    "cleared-by",
)
"""The fields of a dosing record that are the discharge list, and who cleared."""
BEFORE_LEAVING = "before leaving"
OTHER = "other"
PLACEHOLDERS = {
    RowKind.EFFECT: "what it was, then Enter",
    RowKind.LINE: "words, then Enter",
    RowKind.VITALS: "132/84 72 98: pressure, pulse, SpO2",
}


_LONG_AGO = 24 * 60
"""From so many minutes after a dose on no clock runs for it."""


class ClockFace(NamedTuple):
    """One person's clock: hours and minutes since the dose, what is next, and whether that has come."""

    elapsed: str
    about: str
    is_due: bool


def effects_go_on(effects: Sequence[tuple[str, str]]) -> str:
    """That effects have no end yet, each with whose it is."""
    named = [f"{name}’s {shown_line(effect)}" for name, effect in effects]
    return f"No end is noted of {listed(named)}. It can be noted afterwards, too."


def vitals_labels(minutes: Sequence[int]) -> tuple[str, ...]:
    """How a row of vitals can be called, by the clinic's times."""
    return (BEFORE, *(due_label(one) for one in minutes), BEFORE_LEAVING, EXTRA)


def names(couple: Couple) -> dict[About, str]:
    """What the therapist calls the two; “First” and “Second” where that was not said."""
    return {
        About.FIRST: shown_line(couple.first) or "First",
        About.SECOND: shown_line(couple.second) or "Second",
    }


def open_points(card: RecordDraft, form: Form) -> tuple[str, ...]:
    """The headings of a ready card where nothing stands yet, or where the answer is no: what is open, and no
    verdict on it. The words at its end may stay empty."""
    fields = card.fields
    return tuple(
        field.heading
        for field in form.fields
        if field.id != MAIN_TEXT and fields.get(field.id, "").strip() in ("", *_OPEN_ANSWERS)
    )


_OPEN_ANSWERS = YES_NO[1:]


def discharge_not_noted(record: RecordDraft, form: Form) -> tuple[str, ...]:
    """The headings of the discharge list in a dosing record where nothing stands yet."""
    fields = record.fields
    return tuple(
        one.heading for one in form.fields if one.id in DISCHARGE and not fields.get(one.id, "").strip()
    )


def not_noted(headings: Sequence[str]) -> str:
    """What of the discharge list nothing is noted of; no verdict on it."""
    if not headings:
        return "All of the discharge list is noted."
    short = [heading.removeprefix("Discharge: ") for heading in headings]
    return f"Not noted of the discharge list: {', '.join(short)}."


def cleared(name: str) -> str:
    """That a person's dosing record is signed."""
    return f"The dosing record of {name} is signed, and locked from now on."


def ready_in_words(points: Sequence[str], form: Form) -> str:
    """“ready card: Sleep, Ride home open”."""
    if len(points) >= len(form.fields) - 1:
        return "no ready card yet"
    return f"open: {', '.join(points)}" if points else "ready card: nothing open"


def ready_cards(journal: "Journal", case: CaseId, session: int, day: dt.date) -> dict[About, str]:
    """What is open on the ready card of each of the two, in words."""
    form = form_for(RecordKind.READY)
    cards = {about: journal.pads.page(RecordKind.READY, case, about, session, day) for about in PERSONS}
    return {about: ready_in_words(open_points(card, form), form) for about, card in cards.items()}


def clock_face(rows: Sequence[Row], minutes: Sequence[int], now: dt.datetime, ready: str = "") -> ClockFace:
    """What a person's clock shows `now`, by the steady clock; before the dose what is open on the `ready`
    card."""
    dosed, due = dosing.dosed_at(rows), due_vitals(rows, minutes)
    if dosed is None:
        next_ = "vitals before it" if due else ""
        return ClockFace("-:--", " · ".join(filter(None, (ready, next_))) or NO_DOSE, False)
    since = max(dosing.minutes_since(dosed, now) or 0, 0)
    first = next(row for row in rows if row.is_dose and row.moment == dosed)
    if since >= _LONG_AGO:
        return ClockFace("-:--", f"dose {first.at:%H:%M} on {days.short(first.at.date())}", False)
    said = f"dose {first.at:%H:%M}"
    is_due = due is not None and due.at is not None and due.at <= now
    if due is not None and due.at is not None:
        said += f" · {due.label} vitals now" if is_due else f" · vitals {due.label}, {_local(due.at, first)}"
    return ClockFace(f"{since // 60}:{since % 60:02}", said, is_due)


def _local(moment: dt.datetime, beside: Row) -> str:
    """An hour by the clock that the dose was written by."""
    shift = beside.at - beside.moment
    return f"{moment.astimezone(beside.at.tzinfo) + shift:%H:%M}"


def stamp_title(row: Row, dosed: dt.datetime | None, name: str) -> str:
    """What stands over the line of a row that is being typed: “14:02 · +42 min · Ana · said”."""
    what = row.fields.get("what", "") or row.fields.get("label", "") or row.kind
    return " · ".join(filter(None, (clock(row), since_dose(row, dosed), name, what)))


def plain_lines(pad: PadDraft, called: dict[About, str]) -> list[str]:
    """The rows of both as lines of text."""
    dosed = {about: dosing.dosed_at(pad.rows(about)) for about in PERSONS}
    return [
        "  ".join(filter(None, (clock(row), since_dose(row, dosed[about]), called[about], row_in_words(row))))
        for about, row in pad.lines
    ]
