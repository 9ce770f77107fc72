"""How a clinical record lies in a document, of whichever kind: the kind is the document's type."""

import datetime as dt
from typing import Any, NamedTuple

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.forms import MAIN_TEXT, About, RecordKind
from kapjournal.domain.ids import CaseId
from kapjournal.domain.records import RecordText, SessionNamed, check_rules, check_session, check_size
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.dosing_rows import is_name, rows_from_data, rows_to_data
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text
from kapjournal.text import storable


class RecordContent(NamedTuple):
    """A record: which couple it is of, what it says, `written` first, `revised` when it last changed (UTC),
    None if never."""

    case: CaseId
    text: RecordText
    written: dt.datetime
    revised: dt.datetime | None = None


def encode(record: RecordContent, before: DocumentVersion | None = None) -> Content:
    """A record as the content of its document. The main text stands outside the data, as words."""
    text = record.text
    fields = text.fields
    words = fields.pop(MAIN_TEXT, "")
    session = text.session
    data: dict[str, object] = {
        "case": record.case.hex(),
        "form": text.form,
        "layout": text.layout,
        "about": text.about.value,
        "session": [session.number, session.date.isoformat() if session.date else None] if session else None,
        "date": text.date.isoformat(),
        "fields": {**_of_a_newer_program(before), **fields},
        "written": moment_to_text(record.written),
        "revised": moment_to_text(record.revised) if record.revised else None,
    }
    if text.rows or (before is not None and "rows" in before.fields()):
        data["rows"] = rows_to_data(text.rows)
    return Content.of(data, words, before)


def decode(version: DocumentVersion) -> RecordContent:
    """Undo `encode`, or raise `NotGenuine`: also for what a record of its kind never holds."""
    data = version.fields()
    try:
        values = {name: storable(value) for name, value in data["fields"].items() if isinstance(value, str)}
        if MAIN_TEXT in values or not all(is_name(name) for name in (data["form"], data["layout"], *values)):
            raise ValueError
        values |= {MAIN_TEXT: version.text} if version.text else {}
        text = RecordText(
            RecordKind(version.type),
            About(data["about"]),
            day_from_text(data["date"]),
            tuple(sorted((name, value) for name, value in values.items() if value)),
            _session(data["session"]),
            data["layout"],
            data["form"],
            rows_from_data(data.get("rows", [])),
        )
        return RecordContent(
            CaseId(from_hex(data["case"], 16)),
            check_rules(check_size(text)),
            moment_from_text(data["written"]),
            moment_from_text(data["revised"]) if data["revised"] else None,
        )
    except (KapjournalError, LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("A record has a field of the wrong form.") from None


def _session(said: object) -> SessionNamed | None:
    match said:
        case None:
            return None
        case [int(number), None | str() as date] if type(number) is int:
            return check_session(SessionNamed(number, day_from_text(date) if date else None))
    raise ValueError


def _of_a_newer_program(before: DocumentVersion | None) -> dict[str, Any]:
    """Fields that are no text, which this program neither shows nor drops."""
    fields = before.fields().get("fields", {}) if before else {}
    return {name: value for name, value in fields.items() if not isinstance(value, str)}
