"""What stands of a couple's plan: the plan, what was agreed at intake, and the ledger of consents."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kapjournal.domain.consents import consent_state
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.ids import MemberId
from kapjournal.domain.records import Record
from kapjournal.text import shown_line

FROM_INTAKE = (
    "secrets-policy",
    "secrets-policy-signed",
    "prescriber",
    "clearance-first",
    "clearance-first-date",
    "clearance-second",
    "clearance-second-date",
)
"""The fields of an intake that belong beside the plan."""

NO_PLAN = "There is no plan yet."
NO_CONSENTS = "No consent is noted yet."


@dataclass(frozen=True, slots=True)
class PlanView:
    """The newest plan and intake of a couple, None where there is none, and every consent by its day."""

    plan: Record | None
    intake: Record | None
    consents: tuple[Record, ...]


def plan_view(records: Iterable[Record], me: MemberId) -> PlanView:
    """What stands of a plan among the records of one couple: the member's own before a colleague's."""
    found = sorted(records, key=lambda record: (record.author == me, record.order))
    newest = {record.kind: record for record in found}
    consents = (record for record in found if record.kind is RecordKind.CONSENT)
    by_day = tuple(sorted(consents, key=lambda record: record.order))
    return PlanView(newest.get(RecordKind.PLAN), newest.get(RecordKind.INTAKE), by_day)


def consent_in_words(record: Record, about: str, day: dt.date, author: str = "") -> str:
    """“release of records · Ana · to Dr Ito · given 2026-03-02 · until 2026-09-02 · stands”, and which
    colleague noted it, if one did."""
    fields = record.text.fields
    said = [
        fields.get("what", "consent"),
        about,
        f"to {fields['whom']}" if "whom" in fields else "",
        f"given {fields['given']}" if "given" in fields else "",
        f"until {fields['until']}" if "until" in fields else "",
        f"taken back {fields['revoked']}" if "revoked" in fields else "",
        consent_state(fields, day).value,
        f"noted by {author}" if author else "",
    ]
    return shown_line(" · ".join(filter(None, said)))
