"""Check-ins and after-effects cards as plain values under fixed names, for `--json`."""

from typing import TYPE_CHECKING

from kapjournal.domain.members import folded
from kapjournal.domain.self_reports import CheckIn, Report, SelfReport
from kapjournal.exchange import iso_time
from kapjournal.presentation.self_reports import is_for_today

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def self_report_fields(journal: "Journal", report: SelfReport[Report]) -> dict[str, object]:
    """A report for a script; what was left out is not among the values or answers."""
    said, label_of = report.said, journal.members.label_of
    fields: dict[str, object] = {
        "id": report.id,
        "author": label_of(report.author),
        "readers": sorted(map(label_of, report.readers), key=folded),
        "date": said.date.isoformat(),
        "written": iso_time(said.written),
        "session": said.session.number if said.session else None,
    }
    if isinstance(said, CheckIn):
        moment = said.moment.value if said.moment else None
        return {**fields, "moment": moment, "values": dict(said.values), "line": said.line}
    return {
        **fields,
        "day": said.day,
        "answers": dict(said.answers),
        "lines": dict(said.lines),
        "tell_the_clinic_today": is_for_today(said),
    }
