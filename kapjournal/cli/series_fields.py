"""A course over time as plain values under fixed names, for `--json`."""

from kapjournal.domain.series import Series


def series_fields(series: Series) -> dict[str, object]:
    """The range, what goes beyond chance, every point by day, and the sessions and doses."""
    return {
        "title": series.title,
        "range": [series.lowest, series.highest],
        "reliable_change": series.reliable_change,
        "points": [
            {
                "date": change.point.date.isoformat(),
                "value": change.point.value,
                "since_first": change.since_first,
                "beyond_chance": change.beyond_chance.value if change.beyond_chance else None,
            }
            for change in series.changes()
        ],
        "marks": [
            {"date": mark.date.isoformat(), "kind": mark.kind.value, "number": mark.number}
            for mark in sorted(series.marks, key=lambda mark: (mark.date, mark.kind, mark.number))
        ],
    }
