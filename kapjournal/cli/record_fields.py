"""Records and their forms as fields for a script."""

from typing import TYPE_CHECKING

from kapjournal.cli.fields import NONE
from kapjournal.content.forms import form_for
from kapjournal.content.pad import pad
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import dosed_at, minutes_since
from kapjournal.domain.forms import Form
from kapjournal.domain.records import Record, RecordText, RecordVersion
from kapjournal.domain.signing import SignedDocument
from kapjournal.exchange.json_fields import iso_time, reader_labels, signed_fields
from kapjournal.presentation import dosing
from kapjournal.presentation import records as saying
from kapjournal.presentation.people import named

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def text_fields(text: RecordText) -> dict[str, object]:
    """What a person wrote in a form; `record add --json` and `record edit --json` take the same."""
    session = text.session
    return {
        "about": text.about.value,
        "session": {"number": session.number, "date": session.date.isoformat() if session.date else None}
        if session
        else None,
        "date": text.date.isoformat(),
        "layout": text.layout or None,
        "fields": text.fields,
        "rows": rows_fields(text),
    }


def rows_fields(text: RecordText) -> list[dict[str, object]]:
    """The rows of a dosing record. `since` and `says` are worked out: minutes since the dose, and what cannot
    be or is above the clinic's line."""
    dosed, marks = dosed_at(text.rows), dosing.marks(text.rows, pad())
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "at": row.at.isoformat(timespec="milliseconds"),
            "steady": row.steady.isoformat(timespec="milliseconds") if row.steady else None,
            "since": minutes_since(dosed, row.moment),
            "values": row.fields,
            "says": list(marks.get(row.id, ())),
        }
        for row in text.rows
    ]


def record_fields(
    journal: "Journal", record: Record, couple: Couple | None, signed: SignedDocument | None = None
) -> dict[str, object]:
    """A record; `couple` is null to a reader who was not told their name, and `signatures` come last, if what
    is known of them is given."""
    fields: dict[str, object] = {
        "id": record.id,
        "kind": record.kind.value,
        "form": record.text.form,
        "couple": couple.name if couple else None,
        "case": record.case.hex(),
        "author": journal.members.label_of(record.author),
        "readers": reader_labels(journal, record.author, record.readers),
        "written": iso_time(record.written),
        "revised": iso_time(record.revised) if record.revised else None,
        **text_fields(record.text),
        "signed": record.is_signed,
        "beside": [text_fields(text) for text in record.beside],
    }
    return fields | ({"signatures": signed_fields(signed)} if signed else {})


def version_fields(journal: "Journal", version: RecordVersion) -> dict[str, object]:
    """One version of a record by the member who asks."""
    return {
        "number": version.number,
        "saved": iso_time(version.saved),
        "readers": reader_labels(journal, journal.me.id, version.readers),
        **text_fields(version.text),
    }


def form_fields(form: Form) -> dict[str, object]:
    """A form with its fields, in their order."""
    return {
        "kind": form.id,
        "title": form.title,
        "about": form.about.value,
        "readers": [role.value for role in form.readers],
        "layouts": {name: list(ids) for name, ids in form.layouts.items()},
        "fields": [
            {
                "id": field.id,
                "heading": field.heading,
                "help": field.help,
                "kind": field.kind.value,
                "answers": list(field.answers),
            }
            for field in form.fields
        ],
    }


def record_cells(journal: "Journal", record: Record, couple: Couple | None) -> tuple[object, ...]:
    """The columns of a record: id, day, kind, session, couple, whom it is about, readers, first words."""
    text = record.text
    return (
        record.id,
        text.date.isoformat(),
        text.kind.value,
        text.session.number if text.session else NONE,
        couple.name if couple else NONE,
        saying.about_in_words(text.about, couple),
        named(journal, record.readers),
        saying.in_a_list(text, form_for(text.kind)) or NONE,
    )
