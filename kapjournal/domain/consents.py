"""Where a consent of the clinical record stands on a day, and whether the couple agreed to supervision."""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum

from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.members import folded
from kapjournal.domain.records import Record

WHAT = "what"
SUPERVISION = "supervision"
"""The word by which a consent to it is told, in whatever else stands in that line."""


class ConsentState(StrEnum):
    """Where a consent stands on a day."""

    STANDS = "stands"
    NOT_YET = "not given yet"
    ENDED = "ended"
    TAKEN_BACK = "taken back"
    NO_DAY = "no day given"


def consent_state(fields: Mapping[str, str], day: dt.date) -> ConsentState:
    """Where a consent stands on a day, from the days in it. “Until” counts to the end of its day."""
    if _is_by(fields, "revoked", day):
        return ConsentState.TAKEN_BACK
    if "given" not in fields:
        return ConsentState.NO_DAY
    if not _is_by(fields, "given", day):
        return ConsentState.NOT_YET
    return ConsentState.ENDED if _is_by(fields, "until", day - dt.timedelta(days=1)) else ConsentState.STANDS


def without_supervision(records: Iterable[Record], day: dt.date) -> tuple[About, ...]:
    """The partners of a couple for whom no consent to supervision stands on a day: of what was noted about
    one of them or about both, the last counts."""
    last: dict[About, Record] = {}
    for record in sorted(records, key=lambda one: one.order):
        if record.kind is RecordKind.CONSENT and SUPERVISION in folded(record.text.fields.get(WHAT, "")):
            about = record.text.about
            for who in (About.FIRST, About.SECOND) if about is About.COUPLE else (about,):
                last[who] = record
    return tuple(
        who
        for who in (About.FIRST, About.SECOND)
        if who not in last or consent_state(last[who].text.fields, day) is not ConsentState.STANDS
    )


def _is_by(fields: Mapping[str, str], name: str, day: dt.date) -> bool:
    return name in fields and fields[name] <= day.isoformat()
