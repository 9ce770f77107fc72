"""The sessions of the course: `session add | list | show | edit | plan`."""

import datetime as dt
from typing import Annotated

import typer

from kapjournal.cli.fields import NONE, session_fields
from kapjournal.cli.options import options_of
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
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    context: typer.Context,
    kind: Annotated[SessionKind, _KIND],
    date: Annotated[dt.date, _DATE],
    time: _Time = None,
    number: Annotated[int | None, _NUMBER] = None,
    title: _Title = None,
) -> None:
    """Add a session. Prints its number, the next one unless --number names it."""
    with options_of(context).unlocked(shares=True) as opened:
        added = opened.sessions.add(kind=kind, date=date, time=time, number=number, title=title or "")
        stdout.row(added.number)


@app.command("list")
def listed(context: typer.Context, as_json: _Json = False) -> None:
    """List the sessions. Columns: number, kind, day, time, title, who added it."""
    with options_of(context).unlocked() as opened:
        found = [session_fields(opened, session) for session in opened.sessions.all()]
        if as_json:
            stdout.json(found)
            return
        for session in found:
            cells = (session[name] for name in ("number", "kind", "date", "time", "title", "author"))
            stdout.row(*(NONE if cell in (None, "") else cell for cell in cells))


@app.command()
def show(context: typer.Context, number: _Which, as_json: _Json = False) -> None:
    """Show one session."""
    with options_of(context).unlocked() as opened:
        session = session_fields(opened, opened.sessions.get(number))
        if as_json:
            stdout.json(session)
            return
        for name, value in session.items():
            stdout.field(name, NONE if value in (None, "") else value)


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
) -> None:
    """Change a session you added. What is not named stays as it is."""
    change = {"kind": kind, "date": date, "time": time, "number": number, "title": title}
    if all(value is None for value in change.values()):
        raise UsageError("Say what to change: --kind, --date, --time, --number or --title.")
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
            ),
        )
        stderr.say(f"Session {changed.number} is changed.")


@app.command()
def plan(
    context: typer.Context,
    count: Annotated[
        int | None,
        typer.Argument(parser=number_from, metavar="[N]", help="So many sessions in all; 0 says nothing."),
    ] = None,
) -> None:
    """Say how many sessions are planned in all (keeper only), or print it."""
    with options_of(context).unlocked() as opened:
        if count is None:
            stdout.row(opened.sessions.planned or NONE)
            return
        opened.sessions.plan(count)
        stderr.say(sentences.planned(count))
