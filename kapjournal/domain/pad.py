"""The dose pad: what is written down of two people at once while a dosing session goes on."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kapjournal.domain import dosing
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import BOOSTER, FIRST_DOSE, Row, RowKind
from kapjournal.domain.forms import About
from kapjournal.domain.ids import CaseId
from kapjournal.domain.members import folded
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import SessionNamed
from kapjournal.errors import Refused

BEFORE, EXTRA = "before", "extra"
"""What vitals outside the clinic's times are called."""

PERSONS = (About.FIRST, About.SECOND)
SIGNED = (
    "The dosing record of this person is signed: the pad has no more rows for them. Open their record, and "
    "add to it."
)
ROWS_NOT_SEEN = "Rows of this person were written in another window meanwhile. Look at them, then sign."
_NO_TIME = dt.timedelta()


@dataclass(frozen=True, slots=True)
class PadDraft:
    """The dosing records of both persons on the way; `id` and `saved` are the pad's own bookkeeping. Of whom
    the record is `signed`, the rows stay as they are."""

    case: CaseId
    session: SessionNamed
    of_each: tuple[RecordDraft, RecordDraft]
    id: str = ""
    saved: dt.datetime | None = None
    signed: frozenset[About] = frozenset()

    def of(self, about: About) -> RecordDraft:
        """The record of one person."""
        return self.of_each[PERSONS.index(about)]

    def rows(self, about: About) -> tuple[Row, ...]:
        """The rows of one person."""
        return self.of(about).rows

    def with_record(self, about: About, draft: RecordDraft) -> "PadDraft":
        """The pad with another draft of one person's record."""
        first, second = self.of_each
        return replace(self, of_each=(draft, second) if about is About.FIRST else (first, draft))

    def put(self, about: About, *rows: Row) -> "PadDraft":
        """The pad with rows of one person, in the place of those of the same id or beside the others
        (`Refused`)."""
        self._check_unsigned(about)
        draft = self.of(about)
        return self.with_record(about, replace(draft, rows=dosing.put(draft.rows, *rows)))

    def strike(self, about: About, row_id: str) -> "PadDraft":
        """The pad without a row of one person (`Refused`)."""
        self._check_unsigned(about)
        draft = self.of(about)
        return self.with_record(
            about, replace(draft, rows=tuple(row for row in draft.rows if row.id != row_id))
        )

    def _check_unsigned(self, about: About) -> None:
        if about in self.signed:
            raise Refused(SIGNED)

    def joined(self, other: "PadDraft") -> "PadDraft":
        """The pad with the rows of another that are not on it; of one that differs both stay."""
        pad = self
        for about in PERSONS:
            draft = pad.of(about)
            pad = pad.with_record(about, replace(draft, rows=dosing.joined([other.rows(about), draft.rows])))
        return pad

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that was typed."""
        return tuple(text for draft in self.of_each for text in draft.texts)

    @property
    def lines(self) -> tuple[tuple[About, Row], ...]:
        """The rows of both, in the order in which they happened."""
        found = [(about, row) for about in PERSONS for row in self.rows(about)]
        return tuple(sorted(found, key=lambda one: (one[1].moment, one[1].at, one[1].id)))

    @property
    def clock_offset(self) -> dt.timedelta:
        """By how much the clock was behind when the last row was written."""
        rows = [row for _, row in self.lines]
        return rows[-1].steady - rows[-1].at if rows and rows[-1].steady else _NO_TIME


def pad_id(case: CaseId, session: SessionNamed) -> str:
    """How a pad is named while the program runs."""
    day = session.date.isoformat() if session.date else ""
    return f"pad {case.hex()} {session.number} {day}"


def place_of(name: str) -> tuple[CaseId, SessionNamed] | None:
    """Undo `pad_id`; None of the id of anything else."""
    if not name.startswith("pad "):
        return None
    _, case, number, day = name.split(" ")
    return CaseId(bytes.fromhex(case)), SessionNamed(int(number), dt.date.fromisoformat(day) if day else None)


def session_of(draft: RecordDraft) -> int | None:
    """The number of the session a draft belongs to; None if no number stands there."""
    typed = draft.session.strip()
    return int(typed) if len(typed) < 10 and typed.isascii() and typed.isdigit() else None


def first_turn(couple: Couple, labels: Iterable[str]) -> About:
    """Whose the first row of a pad is: theirs who alone doses (`labels`), if the therapist named the second
    partner so; else the first partner's."""
    names = {folded(label) for label in labels}
    first, second = (name and folded(name) in names for name in (couple.first, couple.second))
    return About.SECOND if second and not first else About.FIRST


def next_dose(rows: Sequence[Row]) -> dict[str, str]:
    """What another dose of this person begins with: which it is, and unit, route and form as of the last one;
    an amount is never taken from another."""
    doses = [row.fields for row in rows if row.kind == RowKind.DOSE]
    last = doses[-1] if doses else {}
    which = FIRST_DOSE if dosing.dosed_at(rows) is None else BOOSTER
    return {"which": which, **{name: last[name] for name in ("unit", "route", "form") if name in last}}


@dataclass(frozen=True, slots=True)
class DueVitals:
    """The next vitals by the clinic's times: how they are called, and when (None: before the dose)."""

    label: str
    at: dt.datetime | None


def due_vitals(rows: Sequence[Row], minutes: Sequence[int]) -> DueVitals | None:
    """The first of the clinic's times, in minutes after the dose, of which there are no vitals yet; None if
    all are there."""
    taken = {row.fields.get("label", "") for row in rows if row.kind == RowKind.VITALS}
    dosed = dosing.dosed_at(rows)
    if dosed is None:
        return None if BEFORE in taken else DueVitals(BEFORE, None)
    for one in minutes:
        if (label := due_label(one)) not in taken:
            return DueVitals(label, dosed + dt.timedelta(minutes=one))
    return None


def label_now(rows: Sequence[Row], minutes: Sequence[int], now: dt.datetime) -> str:
    """What vitals taken now are called: those of the clinic's last time that has come, if there are none of
    it yet; else an extra row."""
    taken = {row.fields.get("label", "") for row in rows if row.kind == RowKind.VITALS}
    dosed = dosing.dosed_at(rows)
    if dosed is None:
        return BEFORE if BEFORE not in taken else EXTRA
    come = [one for one in minutes if dosed + dt.timedelta(minutes=one - EARLY) <= now]
    return due_label(come[-1]) if come and due_label(come[-1]) not in taken else EXTRA


EARLY = 5
"""Vitals so many minutes before one of the clinic's times count as those of that time."""


def due_label(minutes: int) -> str:
    """How the vitals of one of the clinic's times are called."""
    return f"{minutes} min"


def vitals_from(text: str) -> dict[str, str]:
    """Read vitals as typed in one go, “132/84 72 98”: pressure, pulse, SpO2, then words. Whatever is none of
    these is among the words, so that nothing is lost."""
    fields: dict[str, str] = {}
    words: list[str] = []
    for token in text.split():
        if "/" in token and "systolic" not in fields and not words:
            systolic, _, diastolic = token.partition("/")
            fields |= {"systolic": systolic, "diastolic": diastolic}
        elif dosing.number_in(token) is not None and not words and "spo2" not in fields:
            fields["spo2" if "pulse" in fields else "pulse"] = token
        else:
            words.append(token)
    return {**fields, "words": " ".join(words)}


def running_effects(rows: Iterable[Row]) -> dict[str, Row]:
    """The effects that began and did not end yet, by their name."""
    found = [row for row in rows if row.kind == RowKind.EFFECT and "ended" not in row.fields]
    return {row.fields["effect"]: row for row in found if "effect" in row.fields}
