"""Check-ins as a table for a spreadsheet: one row for each, a column for each slider (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Sequence

from kapjournal.domain.self_reports import CheckIn
from kapjournal.exchange.measures_csv import text_cell

COLUMNS = ("date", "when", "session")
"""The first columns; behind them is one for each slider, and the line is the last."""


def check_ins_csv(check_ins: Sequence[CheckIn], sliders: Sequence[str]) -> str:
    """The table, by day; what was left out is an empty cell. Whose it is stands nowhere in it."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([*COLUMNS, *sliders, "line"])
    for one in sorted(check_ins, key=lambda said: (said.date, said.written)):
        session = one.session.number if one.session else None
        values = (one.value_of(name) for name in sliders)
        writer.writerow([one.date.isoformat(), one.moment, session, *values, text_cell(one.line)])
    return table.getvalue()
