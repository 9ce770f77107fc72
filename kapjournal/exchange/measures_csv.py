"""Answered measures as a table for a spreadsheet: one row for each time one was answered.

The form is that of RFC 4180, in UTF-8: commas, CRLF, and quotes where a cell needs them. Spreadsheets take a
cell for a formula by its first character and run it; such a text begins with an apostrophe here, which most
of them do not show.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from kapjournal.domain.administered import Administered
from kapjournal.text import shown_line

COLUMNS = ("date", "measure", "complete", "total")
"""The first columns. Behind them is one for each item, `item 1` and so on, as many as the longest has."""

_FORMULA = tuple("=+-@＝＋－＠")
"""What a formula may begin with; some spreadsheets take the full-width signs for the others."""


def measures_csv(administered: Iterable[Administered]) -> str:
    """The table, by day. An item that was left out and a total that there is not are empty cells."""
    rows = sorted(administered, key=lambda one: one.date)
    items = max((len(one.answers) for one in rows), default=0)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*COLUMNS, *(f"item {number}" for number in range(1, items + 1))])
    writer.writerows(_row(one, items) for one in rows)
    return table.getvalue()


def _row(one: Administered, items: int) -> Sequence[str | int | None]:
    score = one.score
    return [
        one.date.isoformat(),
        text_cell(one.measure.title),
        "yes" if score.is_complete else "no",
        score.total,
        *one.answers,
        *[None] * (items - len(one.answers)),
    ]


def text_cell(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    line = shown_line(text)
    return f"'{line}" if line.lstrip().startswith(_FORMULA) else line
