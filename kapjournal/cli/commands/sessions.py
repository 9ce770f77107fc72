"""The sessions of the course: `session add | list | show | edit | plan`."""

import datetime as dt
from typing import Annotated

import typer

from kapjournal.cli.fields import NONE, in_words, session_fields
from kapjournal.cli.options import options_of
from kapjournal.domain.doses import dosing_from
from kapjournal.domain.parsing import day_from, number_from, time_from
from kapjournal.domain.sessions import SessionKind, kind_from
from kapjournal.errors import UsageError
from kapjournal.presentation import sentences
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.lazy_imports import journal

app = typer.Typer(help="Add, list, show, edit and plan sessions.")

_KIND = typer.Option(parser=kind_from, metavar="KIND", help=f"One of: {', '.join(SessionKind)}.")
_DATE = typer.Option(parser=day_from, metavar="YYYY-MM-DD", help="The day.")
_Time = Annotated[dt.time | None, typer.Option(parser=time_from, metavar="HH:MM", help="The time, local.")]
_NUMBER = typer.Option(parser=number_from, metavar="N", help="Its number.")
_Which = Annotated[int, typer.Argument(parser=number_from, metavar="N", help="The session's number.")]
_Title = Annotated[str | None, typer.Option(metavar="TITLE", help="Its title.")]
_Doses = Annotated[
    str | None,
    typer.Option(
        metavar="WHO",
        help="Who doses in a dosing session: a partner's label, “both”, or nothing to say nothing of it.",
    ),
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    context: typer.Context,
    kind: Annotated[SessionKind, _KIND],
    date: Annotated[dt.date, _DATE],
    time: _Time = None,
    number: Annotated[int | None, _NUMBER] = None,
    title: _Title = None,
    doses: _Doses = None,
) -> None:
    """Add a session. Prints its number, the next one unless --number names it."""
    with options_of(context).unlocked(shares=True) as opened:
        dosing = dosing_from(doses or "", opened.members.all())
        added = opened.sessions.add(
            kind=kind, date=date, time=time, number=number, title=title or "", dosing=dosing
        )
        stdout.row(added.number)


@app.command("list")
def listed(context: typer.Context, as_json: _Json = False) -> None:
    """List the sessions. Columns: number, kind, day, time, title, who added it, dose, days since the dose
    before, who doses."""
    with options_of(context).unlocked() as opened:
        found, doses = opened.sessions.all(), opened.sessions.doses
        if as_json:
            stdout.json([session_fields(opened, session, doses) for session in found])
            return
        for session in found:
            stdout.row(*(cell or NONE for cell in in_words(opened, session, doses).values()))


@app.command()
def show(context: typer.Context, number: _Which, as_json: _Json = False) -> None:
    """Show one session."""
    with options_of(context).unlocked() as opened:
        session, doses = opened.sessions.get(number), opened.sessions.doses
        if as_json:
            stdout.json(session_fields(opened, session, doses))
            return
        for name, value in in_words(opened, session, doses).items():
            stdout.field(name, value or NONE)


@app.command()
def edit(
    context: typer.Context,
    which: _Which,
    kind: Annotated[SessionKind | None, _KIND] = None,
    date: Annotated[dt.date | None, _DATE] = None,
    time: Annotated[
        str | None, typer.Option(metavar="HH:MM", help="The time, local; empty takes it away.")
    ] = None,
    number: Annotated[int | None, _NUMBER] = None,
    title: _Title = None,
    doses: _Doses = None,
) -> None:
    """Change a session you added. What is not named stays as it is."""
    change = {"kind": kind, "date": date, "time": time, "number": number, "title": title, "doses": doses}
    if all(value is None for value in change.values()):
        raise UsageError("Say what to change: --kind, --date, --time, --number, --title or --doses.")
    with options_of(context).unlocked(shares=True) as opened:
        changed = opened.sessions.edit(
            which,
            journal.SessionChange(
                kind=kind,
                date=date,
                time=time_from(time) if time else None,
                number=number,
                title=title,
                untimed=time == "",
                dosing=None if doses is None else dosing_from(doses, opened.members.all()),
            ),
        )
        stderr.say(f"Session {changed.number} is changed.")


@app.command()
def plan(
    context: typer.Context,
    count: Annotated[
        int | None,
        typer.Argument(parser=number_from, metavar="[N]", help="So many doses in all; 0 says nothing."),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Say how many doses are planned in all (keeper only), or print it.

    A number of sessions, which is what was planned before, is printed as “8 sessions” until doses are
    planned. It stays in the journal beside them, and 0 takes it away too.
    """
    with options_of(context).unlocked() as opened:
        if count is not None:
            opened.sessions.plan(count)
            stderr.say(sentences.planned(opened.sessions.planned_doses, opened.sessions.planned))
        planned, sessions = opened.sessions.planned_doses, opened.sessions.planned
        if as_json:
            stdout.json({"planned_doses": planned, "planned": sessions})
        elif count is None:
            stdout.row(planned or (sentences.old_plan(sessions) if sessions else NONE))
