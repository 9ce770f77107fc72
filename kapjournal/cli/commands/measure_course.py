"""A partner's measures over time, and as files: `measure chart | export`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal import exchange
from kapjournal.cli.commands.measures import Json, Name, complain, couples_journal
from kapjournal.cli.fields import NONE
from kapjournal.cli.options import path_from
from kapjournal.cli.sealing import (
    AgeOption,
    AgePassphraseFileOption,
    AgePassphraseOption,
    needs_file,
    sealing_from,
)
from kapjournal.cli.series_fields import series_fields
from kapjournal.content import measures as content
from kapjournal.exchange.chart_svg import chart_svg
from kapjournal.exchange.measure_files import AnswersForm, answers_text
from kapjournal.exchange.one_file import write_file
from kapjournal.presentation import charts
from kapjournal.presentation.measure_charts import answers_of, chart_of, one_partner
from kapjournal.stdio import stderr, stdout

_Of = Annotated[
    str | None,
    typer.Option("--of", metavar="LABEL", help="Whose answers: one partner. Your own without it."),
]
_Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]


def register(app: typer.Typer) -> None:
    """Add these to the commands of measures."""
    for command in (chart, export):
        app.command()(command)


def chart(
    context: typer.Context,
    name: Name,
    of: _Of = None,
    svg: Annotated[
        Path | None,
        typer.Option(
            parser=path_from,
            metavar="FILE",
            help="Write the chart as a picture (SVG), unsealed without --age.",
        ),
    ] = None,
    force: _Force = False,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: Json = False,
) -> None:
    """Show one measure of one partner over time. Columns: day, value, change since the first, whether that is
    beyond chance; below them the sessions and doses. Partners see their own."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    needs_file(sealing, "--svg", svg)
    complain()
    measure = content.measure(name)
    with couples_journal(context) as opened:
        partner = one_partner(opened, of)
        series = chart_of(opened, partner.id, measure)
        if svg is not None:
            write_file(opened, svg, chart_svg(series), force=force, sealing=sealing)
        if as_json:
            stdout.json({"of": partner.label, "measure": measure.id, **series_fields(series)})
        else:
            for row in charts.table(series):
                stdout.row(*(cell or NONE for cell in row.cells))
            for line in charts.marks(series):
                stdout.row(line)
        if not series.points:
            stderr.say(charts.NOTHING_YET)
        if svg is not None:
            stderr.say(str(sealing or exchange.NOT_SEALED))


def export(
    context: typer.Context,
    dest: Annotated[Path, typer.Argument(parser=path_from, metavar="DEST", help="The file to write.")],
    of: _Of = None,
    name: Annotated[str | None, typer.Option("--measure", metavar="NAME", help="Only this measure.")] = None,
    form: Annotated[
        AnswersForm, typer.Option("--format", help="A table, or a FHIR R4 Bundle in JSON.")
    ] = AnswersForm.CSV,
    force: _Force = False,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
) -> None:
    """Write what one partner answered, as far as you can read it. That is not sealed without --age; prints
    where it is.

    No name and no wording is in it. As FHIR, the person is a number that is new each time."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    complain()
    measure = None if name is None else content.measure(name)
    with couples_journal(context) as opened:
        answers = answers_of(opened, one_partner(opened, of).id, measure)
        stdout.row(write_file(opened, dest, answers_text(answers, form), force=force, sealing=sealing))
        stderr.say(str(sealing or exchange.NOT_SEALED))
        if not answers:
            stderr.say(charts.NOTHING_YET)
