"""Check-ins over the course: `trends`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal import exchange
from kapjournal.cli.commands.self_reports import Json, couples_journal
from kapjournal.cli.options import path_from
from kapjournal.cli.sealing import (
    AgeOption,
    AgePassphraseFileOption,
    AgePassphraseOption,
    needs_file,
    sealing_from,
)
from kapjournal.cli.series_fields import series_fields
from kapjournal.errors import NotFound, UsageError
from kapjournal.exchange.chart_svg import chart_svg
from kapjournal.exchange.check_ins_csv import check_ins_csv
from kapjournal.exchange.one_file import write_file
from kapjournal.presentation import charts
from kapjournal.presentation import trends as saying
from kapjournal.stdio import stderr, stdout
from kapjournal.text import shown_line


def trends(
    context: typer.Context,
    sliders: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SLIDER]...", help="Only these, such as mood; all that were moved without."),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="LABEL", help="Whose, for the clinic: one partner. Your own without."),
    ] = None,
    svg: Annotated[
        Path | None,
        typer.Option(
            parser=path_from,
            metavar="FILE",
            help="Write one slider as a picture (SVG), unsealed without --age.",
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv", parser=path_from, metavar="FILE", help="Write a table (CSV), unsealed without --age."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: Json = False,
) -> None:
    """Show check-ins over the course. Columns: slider, day, value; below them the sessions and doses."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    needs_file(sealing, "--svg or --csv", svg, csv)
    with couples_journal(context) as opened:
        partner = saying.whose(opened, of)
        found = saying.trends_of(opened, partner.id)
        for name in sliders or ():
            if name not in found:
                raise NotFound(f"There is no check-in with a slider “{shown_line(name)}”.")
        chosen = {name: found[name] for name in sliders or found}
        if svg is not None:
            if len(chosen) != 1:
                raise UsageError("A picture shows one slider: trends mood --svg FILE.")
            write_file(opened, svg, chart_svg(next(iter(chosen.values()))), force=force, sealing=sealing)
        if csv is not None:
            table = check_ins_csv(saying.check_ins_of(opened, partner.id), list(chosen))
            write_file(opened, csv, table, force=force, sealing=sealing)
        if as_json:
            fields = {name: series_fields(series) for name, series in chosen.items()}
            stdout.json({"of": partner.label, "sliders": fields})
        else:
            for series in chosen.values():
                for row in charts.table(series):
                    stdout.row(charts.title(series), row.day, row.value)
            for line in charts.marks(next(iter(chosen.values()))) if chosen else ():
                stdout.row(line)
        if not chosen:
            stderr.say(saying.NOTHING_YET)
        if svg is not None or csv is not None:
            stderr.say(str(sealing or exchange.NOT_SEALED))
