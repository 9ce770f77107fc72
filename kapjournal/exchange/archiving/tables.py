"""The numbers in an archive: measures and check-ins of one person at a time, vitals, and charts as pictures.

No table holds two people's answers, so that nobody is set beside somebody else. A partner's archive has their
own; that of somebody from the clinic has one of each partner whose answers they can read.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kapjournal.content.pad import pad
from kapjournal.domain.administered import Administered
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import COLUMNS, RowKind, dosed_at, minutes_since
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.records import Record
from kapjournal.domain.self_reports import CheckIn
from kapjournal.domain.series import Series
from kapjournal.exchange.file_names import slug, unlike
from kapjournal.exchange.measures_csv import text_cell
from kapjournal.presentation.dosing import marks
from kapjournal.presentation.measure_charts import answers_of, chart_of
from kapjournal.presentation.records import about_in_words
from kapjournal.presentation.trends import check_ins_of, trends_of

if TYPE_CHECKING:
    from kapjournal.journal import Journal

VITALS = (
    *("couple", "who", "session", "date", "time", "since dose"),
    *(column.id for column in COLUMNS[RowKind.VITALS]),
    "says",
)
"""The columns of the table of vitals."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What one person answered, as far as the reader can read it. `suffix` is what the names of their files
    end in: nothing for the reader themselves."""

    label: str
    suffix: str
    measures: Sequence[Administered]
    check_ins: Sequence[CheckIn]
    charts: Mapping[str, Series]
    """By the name of the picture's file, without the ending."""


def numbers_of(journal: "Journal") -> list[Numbers]:
    """Those of each person, one by one; none in a practice."""
    if journal.is_practice:
        return []
    whose = _whose(journal)
    slugs = unlike([slug(journal.members.label_of(one)) or "partner" for one in whose], "", ())
    is_partner = journal.me.role is Role.PARTNER
    return [
        _numbers(journal, one, "" if is_partner else f"-{name}")
        for one, name in zip(whose, slugs, strict=True)
    ]


def _whose(journal: "Journal") -> list[MemberId]:
    if journal.me.role is Role.PARTNER:
        return [journal.me.id]
    authors = {one.text.of for one in journal.measures.all()} | {
        one.author for one in journal.check_ins.all()
    }
    return [member.id for member in journal.members.all() if member.id in authors]


def _numbers(journal: "Journal", person: MemberId, suffix: str) -> Numbers:
    measures = answers_of(journal, person)
    answered = {one.measure.id: one.measure for one in measures}
    charts = {f"measure-{name}{suffix}": chart_of(journal, person, one) for name, one in answered.items()}
    for name, series in trends_of(journal, person).items():
        charts[f"check-in-{slug(name)}{suffix}"] = series
    label = journal.members.label_of(person)
    return Numbers(label, suffix, measures, check_ins_of(journal, person), charts)


def vitals_rows(records: Sequence[Record], couples: Mapping[CaseId, Couple]) -> Iterator[tuple[object, ...]]:
    """A row under each of `VITALS`, in the order of the records."""
    for record in records:
        text, rows = record.text, record.text.rows
        couple, dosed, says = couples.get(record.case), dosed_at(rows), marks(rows, pad())
        for row in (one for one in rows if one.kind == RowKind.VITALS):
            yield (
                couple.name if couple else None,
                about_in_words(text.about, couple),
                text.session.number if text.session else None,
                row.at.date().isoformat(),
                f"{row.at:%H:%M}",
                minutes_since(dosed, row.moment),
                *(row.fields.get(column.id) for column in COLUMNS[RowKind.VITALS]),
                " ".join(says.get(row.id, ())) or None,
            )


def vitals_csv(rows: Sequence[tuple[object, ...]]) -> str:
    """The table (RFC 4180, UTF-8)."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(VITALS)
    writer.writerows([text_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return table.getvalue()
