"""One person's measures over time: the course of one of them, and all of them as files."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli.commands.measures import Json, Name, complain
from kapjournal.cli.options import options_of, path_from
from kapjournal.content import measures as content
from kapjournal.domain.series import Series
from kapjournal.errors import UsageError
from kapjournal.exchange import NOT_SEALED, measure_files
from kapjournal.exchange.measure_files import MeasureFile
from kapjournal.presentation import charts
from kapjournal.presentation import measure_charts as saying
from kapjournal.stdio import file_or_stdin, stderr, stdout

_Of = Annotated[
    str | None,
    typer.Option("--of", metavar="LABEL", help="Whose: a partner’s label. A partner’s own are all they see."),
]


def register(app: typer.Typer) -> None:
    """Add these to the commands of measures."""
    app.command()(chart)
    app.command("export")(export)


def chart(
    context: typer.Context,
    name: Name,
    of: _Of = None,
    svg: Annotated[
        Path | None,
        typer.Option(parser=path_from, metavar="FILE", help="Write the chart as a picture, too. Not sealed."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show one person's course of a measure: each total, the change since the first and whether that is
    beyond chance, and the sessions and doses. Incomplete answers have no total."""
    complain()
    measure = content.measure(name)
    with options_of(context).unlocked() as opened:
        person = saying.whose(opened, of)
        series = saying.course_of(opened, person, measure)
        if svg is not None:
            measure_files.save(opened, svg, measure_files.chart_text(opened, person, measure))
        if as_json:
            stdout.json(_fields(series))
        else:
            stdout.text("\n".join([charts.title(series), charts.direction(series)]))
            stdout.text("\n".join(saying.lines_for(opened, series)))
        if svg is not None:
            stderr.say(f"The chart is in {svg}. {NOT_SEALED}")


def export(
    context: typer.Context,
    dest: Annotated[str, typer.Argument(metavar="FILE|-", help="A new file; - is standard output.")],
    of: _Of = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet.")] = False,
    as_fhir: Annotated[bool, typer.Option("--fhir", help="A bundle of FHIR R4, as JSON.")] = False,
) -> None:
    """Write all that one person answered, as far as you can read it. That is not sealed, and says nowhere
    whose it is; prints where it is."""
    if as_csv == as_fhir:
        raise UsageError("Say which: --csv or --fhir.")
    kind = MeasureFile.CSV if as_csv else MeasureFile.FHIR
    with options_of(context).unlocked() as opened:
        text = measure_files.answers_text(opened, saying.whose(opened, of), kind)
        if dest == file_or_stdin.STDIN:
            stdout.verbatim(text)
        else:
            stdout.row(measure_files.save(opened, path_from(dest), text))
        stderr.say(NOT_SEALED)


def _fields(series: Series) -> dict[str, object]:
    rows = charts.table(series)
    return {
        "title": series.title,
        "range": [series.lowest, series.highest],
        "points": [
            {
                "date": change.point.date.isoformat(),
                "total": change.point.value,
                "since_first": change.since_first,
                "beyond_chance": row.beyond_chance or None,
            }
            for change, row in zip(series.changes(), rows, strict=True)
        ],
        "marks": [
            {"date": mark.date.isoformat(), "what": mark.kind.value, "number": mark.number}
            for mark in sorted(series.marks, key=lambda one: (one.date, one.kind, one.number))
        ],
    }
