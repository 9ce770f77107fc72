"""Measures without a journal: `measure score | list | packs`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.fields import NONE
from kapjournal.cli.measure_fields import measure_fields, pack_fields, score_fields
from kapjournal.cli.options import options_of
from kapjournal.content import measure_packs
from kapjournal.content import measures as content
from kapjournal.domain.measures import answers_from
from kapjournal.domain.measures import score as score_of
from kapjournal.presentation import measures as saying
from kapjournal.presentation.crisis_notice import whom_to_call
from kapjournal.stdio import file_or_stdin, stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Journal

app = typer.Typer(help="Answer, enter and score measures.")

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Which measure: phq9, gad7, phq4, csi4, csi16, pcl5.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def couples_journal(context: typer.Context) -> "Iterator[Journal]":
    """The journal of a couple; `Refused` in a practice, where no answer and no mark is: to say that there is
    none would be to say that all is well."""
    with options_of(context).unlocked() as opened:
        opened.measures.check_journal()
        yield opened


WITH_HYPHENS = {"ignore_unknown_options": True}
"""So that answers can begin with the hyphen of an item that was left out."""


@app.command(context_settings=WITH_HYPHENS)
def score(
    name: Name,
    answers: Annotated[
        str,
        typer.Argument(
            metavar="ANSWERS|-",
            help="The values in the order of the items, with commas between them; - for an item that was "
            "left out. A single - takes the first line of standard input.",
        ),
    ],
    as_json: Json = False,
) -> None:
    """Score answers: total, band, subscales, cut-off and flags. No journal is opened, nothing is kept."""
    complain()
    measure = content.measure(name)
    given = answers_from(measure, typed_answers(answers))
    result = score_of(measure, given)
    if as_json:
        stdout.json(score_fields(measure, result))
    else:
        stdout.field("measure", measure.title)
        for heading, words in saying.lines_without_names(measure, result):
            stdout.field(heading, words)
    if said := whom_to_call(measure, given):
        stderr.say(said)


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the measures. Columns: name, title, number of items, lowest and highest total, what higher means,
    the languages in which it can be answered here. The last one is an example and measures nothing."""
    complain()
    packs = measure_packs.packs()
    if as_json:
        stdout.json([measure_fields(one, packs) for one in content.all_measures()])
        return
    for one in content.all_measures():
        languages = [pack.language for pack in packs if pack.measure == one.id]
        stdout.row(
            one.id,
            one.title,
            len(one.items),
            one.lowest,
            one.highest,
            one.direction.value,
            ", ".join(languages) or NONE,
        )


@app.command()
def packs(as_json: Json = False) -> None:
    """List the packs of official words that can be used. Columns: measure, language, version, title, file.
    What was refused is said with its reason."""
    found, refused = measure_packs.packs(), measure_packs.complaints()
    if as_json:
        stdout.json({"packs": [pack_fields(one) for one in found], "refused": list(refused)})
        return
    for one in found:
        stdout.row(one.measure, one.language, one.version, one.title, one.file)
    for sentence in refused:
        stderr.say(sentence)


def typed_answers(answers: str) -> str:
    """The answers as they were given, or the first line of standard input."""
    if answers == file_or_stdin.STDIN:
        return file_or_stdin.first_line(answers, "the answers")
    return answers


def complain() -> None:
    """Name what is wrong in the clinic's own files."""
    for complaint in content.complaints():
        stderr.say(complaint)
