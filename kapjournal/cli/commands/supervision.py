"""Write-ups for supervision: `supervision new | list | show | edit | names`; the rest is beside this."""

from typing import Annotated

import typer

from kapjournal.cli.commands import supervision_leaving, supervision_pull, supervision_review
from kapjournal.cli.field_options import WithFields, fields_in
from kapjournal.cli.fields import NONE
from kapjournal.cli.practice import CoupleOption, by_case, couple_name, couple_of, practice
from kapjournal.cli.record_fields import record_fields
from kapjournal.cli.record_input import Given, given
from kapjournal.cli.write_up_fields import pulled_fields, reply_fields
from kapjournal.cli.write_up_options import JsonOption, WriteUpId
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import named
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.supervision import QUESTION, WANTED, in_full
from kapjournal.errors import UsageError
from kapjournal.presentation import records as saying
from kapjournal.presentation.write_up_answer import NO_NAMES
from kapjournal.presentation.write_up_review import every_who_is_who, from_where
from kapjournal.presentation.write_up_standing import act_in_words
from kapjournal.stdio import file_or_stdin, stderr, stdout
from kapjournal.stdio.lazy_imports import journal

app = typer.Typer(help="Write up a case for supervision, review it, let it leave, and keep the answer.")

_Layout = Annotated[str | None, typer.Option(metavar="NAME", help="“One page” or “Two pages”.")]

supervision_pull.register(app)
supervision_review.register(app)
supervision_leaving.register(app)


@app.command(cls=WithFields)
def new(
    context: typer.Context,
    question: Annotated[
        str, typer.Option(metavar="TEXT", help="Your question: one sentence with a question mark.")
    ],
    want: Annotated[
        str, typer.Option(metavar="TEXT", help="What you want, such as “challenge me”, or “challenge”.")
    ],
    couple: CoupleOption = None,
    layout: _Layout = None,
) -> None:
    """Begin a write-up of a couple, from the question. Prints its id.

    Each other field of the form is an option: --FIELD TEXT; see `record forms supervision`. --basis takes A,
    B or C too."""
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        fields = {**fields_in(context.args), QUESTION: question, WANTED: want}
        fields = in_full(fields, form_for(RecordKind.SUPERVISION))
        written = opened.records.add(
            journal.NewRecord(RecordKind.SUPERVISION, theirs.case, fields, layout=layout or "")
        )
        stdout.row(written.id)


@app.command("list")
def listed(context: typer.Context, couple: CoupleOption = None, as_json: JsonOption = False) -> None:
    """List your write-ups, by day. Columns: id, day, couple, layout, question."""
    with practice(context) as opened:
        name, couples = couple_name(context, couple), by_case(opened)
        case = None if name is None else named(couples.values(), name).case
        found = [
            one
            for one in opened.records.all(case)
            if one.kind is RecordKind.SUPERVISION and one.author == opened.me.id
        ]
        if as_json:
            stdout.json([record_fields(opened, one, couples.get(one.case)) for one in found])
            return
        for one in found:
            theirs = couples.get(one.case)
            name = theirs.name if theirs else saying.UNKNOWN_COUPLE
            question = one.text.fields.get(QUESTION, NONE)
            stdout.row(one.id, one.text.date.isoformat(), name, one.text.layout or NONE, question)


@app.command()
def show(context: typer.Context, record_id: WriteUpId, as_json: JsonOption = False) -> None:
    """Show a write-up as only you see it: where each line came from, which word stands for whom to each
    recipient, and what was answered and agreed."""
    with practice(context) as opened:
        record = opened.write_ups.get(record_id)
        couple = by_case(opened).get(record.case)
        sources = opened.write_ups.sources(record.id)
        replies = opened.write_ups.replies(record.id)
        words = opened.write_ups.words_for(record.id)
        if as_json:
            stdout.json(
                {
                    **record_fields(opened, record, couple),
                    "sources": [pulled_fields(one) for one in sources],
                    "words_for": words,
                    "replies": [reply_fields(one) for one in replies],
                }
            )
            return
        stdout.field("couple", couple.name if couple else saying.UNKNOWN_COUPLE)
        form = form_for(RecordKind.SUPERVISION)
        headings = {field.heading: field.id for field in form.fields}
        for heading, value in saying.filled_fields(record.text, form):
            stdout.text("")
            stdout.text(heading)
            for line in value.split("\n"):
                where = from_where(headings.get(heading, ""), line, sources)
                stdout.text(f"{line}  [{where}]" if where else line)
        for sentence in every_who_is_who(words):
            stdout.text("")
            stdout.text(sentence)
        for reply in replies:
            stdout.text("")
            stdout.text(f"Answer of {reply.recipient or NONE}")
            stdout.text(reply.words)
            for act in reply.acts:
                stdout.text(f"– {act_in_words(act)}")


@app.command(cls=WithFields)
def edit(context: typer.Context, record_id: WriteUpId, layout: _Layout = None) -> None:
    """Change a write-up: --FIELD TEXT, or --FIELD - for standard input. An empty text empties a field. What
    was reviewed is asked again where the words changed. Prints the id."""
    with practice(context) as opened:
        seen = opened.write_ups.get(record_id)
        said = given(None, Given(layout=layout), context.args)
        if said.is_nothing:
            raise UsageError("Say what to change: --FIELD TEXT or --layout NAME.")
        fields = in_full(said.fields, form_for(RecordKind.SUPERVISION))
        change = journal.RecordChange(fields=fields, layout=said.layout, seen=seen.versions)
        record = opened.records.edit(seen.id, change)
        stdout.row(record.id)
        if record.beside:
            stderr.say(saying.BESIDE)


@app.command()
def names(
    context: typer.Context,
    couple: CoupleOption = None,
    file: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Let these be the names: one person, place or employer a line."),
    ] = None,
) -> None:
    """Print the names that must not leave: those of a couple, or without -c those of the whole practice, such
    as its towns and clinics. Further forms of a name stand after commas; a line may begin with person:,
    place: or employer:. The names of the couple, of members and of the recipient are known without it."""
    with practice(context) as opened:
        name = couple_name(context, couple)
        case = None if name is None else opened.couples.get(name).case
        if file is not None:
            opened.write_ups.set_names(case, file_or_stdin.body(file))
            return
        said = opened.write_ups.names(case)
        if said:
            stdout.text(said)
        else:
            stderr.say(NO_NAMES)
