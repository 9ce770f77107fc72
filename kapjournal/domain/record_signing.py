"""When a clinical record waits for its signature, who may give it, and what makes it a late entry."""

import datetime as dt

from kapjournal import clock
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member
from kapjournal.domain.records import UNSEEN_IN_LISTS, Record
from kapjournal.domain.signing import may_sign
from kapjournal.errors import NotSaid

GOES_ON = frozenset(
    {RecordKind.PLAN, RecordKind.CONSENT, RecordKind.READY, RecordKind.PROCESS, RecordKind.SUPERVISION}
)
"""Kinds that may be signed and that nobody is asked to sign: a plan, consents and a ready card go on being
written, a process note is its author's own, and a write-up for supervision is signed by what left of it."""

_A_NIGHT = dt.timedelta(days=1)
A_DRAFT_WAITS = "A draft of this record waits. Finish it or throw it away, then sign."


def awaits_signature(record: Record, me: MemberId) -> bool:
    """Whether it is the member's to sign, and not signed yet."""
    return record.author == me and not record.is_signed and record.kind not in GOES_ON


def awaits_signature_in_lists(record: Record, me: MemberId) -> bool:
    """The same where others may look on: that there is a safety note is said in no list of couples and on no
    brief, which a partner in the room might see."""
    return awaits_signature(record, me) and record.kind not in UNSEEN_IN_LISTS


def may_be_signed(record: Record, me: Member) -> bool:
    """Whether the member can sign this record: their own, of one text, that is not signed yet."""
    return may_sign(me.role) and record.author == me.id and not (record.is_signed or record.beside)


def last_written(record: Record) -> dt.datetime:
    """When what stands in it was written (UTC)."""
    return record.revised or record.written


def is_late(record: Record, hours: int) -> bool:
    """Whether what stands in a record was written more than so many hours after the service.

    The day of the service is that of the record or of its session, whichever was first: a record of last
    month's session that bears today's date was not written in time. The service was over with the last row
    that was stamped until the night after that day; without one, with the day in local time, for a
    record has no other hour that every form has. A row of a later day moves nothing."""
    session = record.text.session
    day = min(record.text.date, (session and session.date) or record.text.date)
    rows = [row.at for row in record.text.rows if row.at.date() - day <= _A_NIGHT]
    if rows:
        after = last_written(record) - max(rows)
    else:
        local = clock.local(last_written(record)).replace(tzinfo=None)
        after = local - dt.datetime.combine(day, dt.time.max)
    return after > dt.timedelta(hours=hours)


def check_reason(record: Record, hours: int, reason: str) -> str:
    """Why a record is a late entry, to be signed with it: needed where it is one (`NotSaid`), and kept
    where its author says so unasked."""
    if is_late(record, hours) and not reason:
        raise NotSaid(
            f"This was written more than {hours} hours after the service, so it is a late entry. Say why: a "
            "late entry is signed with its reason."
        )
    return reason
