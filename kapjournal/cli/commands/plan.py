"""The plan of a couple and the ledger of consents: `plan show | set | consents`."""

from typing import Annotated

import typer

from kapjournal import clock
from kapjournal.cli.field_options import WithFields
from kapjournal.cli.practice import CoupleOption, couple_of, practice
from kapjournal.cli.record_fields import record_fields
from kapjournal.cli.record_input import Given, given
from kapjournal.content.forms import form_for
from kapjournal.domain.consents import consent_state
from kapjournal.domain.forms import RecordKind
from kapjournal.errors import UsageError
from kapjournal.presentation import plan as saying
from kapjournal.presentation.people import named
from kapjournal.presentation.records import about_in_words, filled_fields
from kapjournal.stdio import stdout
from kapjournal.stdio.lazy_imports import journal

app = typer.Typer(help="Keep the plan of a couple, and see what they consented to.")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Source = Annotated[
    str | None, typer.Option("--json", metavar="FILE|-", help="JSON with the fields of the plan in “fields”.")
]


@app.command()
def show(context: typer.Context, couple: CoupleOption = None, as_json: _Json = False) -> None:
    """Show the plan, what was agreed at intake, medical clearance as status and day, and the consents."""
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        view = saying.plan_view(opened.records.all(theirs.case), opened.me.id)
        agreed = {
            name: value
            for name, value in (view.intake.text.fields if view.intake else {}).items()
            if name in saying.FROM_INTAKE
        }
        if as_json:
            consents = [
                {
                    **record_fields(opened, one, theirs),
                    "state": consent_state(one.text.fields, clock.today()),
                }
                for one in view.consents
            ]
            plan = record_fields(opened, view.plan, theirs) if view.plan else None
            stdout.json({"couple": theirs.name, "plan": plan, "agreed": agreed, "consents": consents})
            return
        if view.plan is None:
            stdout.text(saying.NO_PLAN)
        else:
            stdout.field("id", view.plan.id)
            stdout.field("date", view.plan.text.date)
            stdout.field("author", opened.members.label_of(view.plan.author))
            stdout.field("readers", named(opened, view.plan.readers))
            for heading, value in filled_fields(view.plan.text, form_for(RecordKind.PLAN)):
                stdout.text("")
                stdout.text(heading)
                stdout.text(value)
        intake = form_for(RecordKind.INTAKE)
        stdout.text("")
        if view.intake is not None and view.intake.author != opened.me.id:
            stdout.field("intake by", opened.members.label_of(view.intake.author))
        for name, value in agreed.items():
            stdout.field(intake.field(name).heading, value)
        for one in view.consents:
            about = about_in_words(one.text.about, theirs)
            author = "" if one.author == opened.me.id else opened.members.label_of(one.author)
            stdout.text(saying.consent_in_words(one, about, clock.today(), author))


@app.command("set", cls=WithFields)
def set_(context: typer.Context, couple: CoupleOption = None, source: _Source = None) -> None:
    """Write the plan, or change it: --FIELD TEXT, or --FIELD - for standard input; see `record forms plan`.

    The plan before is kept; after a signed one a new one begins with what it says. Prints the id."""
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        own = opened.records.own(RecordKind.PLAN, theirs.case)
        said = given(source, Given(), context.args)
        if said.is_nothing:
            raise UsageError("Say what stands in it: --FIELD TEXT, or --json FILE.")
        if own and not own[-1].is_signed:
            day = said.day() or clock.today()
            change = journal.RecordChange(said.fields, date=day, seen=own[-1].versions)
            written = opened.records.edit(own[-1].id, change)
        else:
            fields = {**(own[-1].text.fields if own else {}), **said.fields}
            written = opened.records.add(
                journal.NewRecord(RecordKind.PLAN, theirs.case, fields, date=said.day())
            )
        stdout.row(written.id)


@app.command()
def consents(context: typer.Context, couple: CoupleOption = None) -> None:
    """List the consents of a couple. Columns: id, what, about, whom, given, until, taken back, where it
    stands today, author. `record add consent` notes one, `record edit` says when it was taken back."""
    with practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        for one in saying.plan_view(opened.records.all(theirs.case), opened.me.id).consents:
            fields = one.text.fields
            cells = [fields.get(name, "-") for name in ("whom", "given", "until", "revoked")]
            about = about_in_words(one.text.about, theirs)
            state = consent_state(fields, clock.today())
            author = opened.members.label_of(one.author)
            stdout.row(one.id, fields.get("what", "-"), about, *cells, state, author)
