"""A partner's check-in: `check-in add | list | show | share | withdraw | delete`."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated

import typer

from kapjournal import clock
from kapjournal.cli.commands.self_reports import (
    Json,
    Now,
    couples_journal,
    register,
    saved,
    typed_line,
)
from kapjournal.content import self_reports as content
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.parsing import past_day_from
from kapjournal.domain.self_reports import CheckIn, Moment, check_may_report, moment_from, slider_value
from kapjournal.errors import UsageError
from kapjournal.presentation import self_reports as saying
from kapjournal.stdio import questions, stderr
from kapjournal.text import shown_line

app = typer.Typer(help="Check in with yourself by sliders, for you alone unless you share it.")


@app.command()
def add(
    context: typer.Context,
    values: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=0..10]...",
            help="What the sliders are moved to, such as mood=6; those not named are left out. Without any, "
            "and without a line, you are asked.",
        ),
    ] = None,
    line: Annotated[
        str, typer.Option("--line", metavar="TEXT|-", help="A line of your own; - is standard input.")
    ] = "",
    moment: Annotated[
        Moment | None,
        typer.Option("--moment", parser=moment_from, metavar="|".join(Moment), help="When it is."),
    ] = None,
    session: Annotated[int | None, typer.Option("--session", metavar="N", help="Which session.")] = None,
    date: Annotated[
        dt.date | None,
        typer.Option(parser=past_day_from, metavar="YYYY-MM-DD", help="The day, if it is not today."),
    ] = None,
    share: Annotated[
        str, typer.Option(metavar="LABELS", help="Who may read it besides. Without it you alone.")
    ] = "",
    now: Now = False,
    as_json: Json = False,
) -> None:
    """Check in: how it is now, by sliders from 0 to 10, each of which can be left out. Prints its id."""
    with couples_journal(context, shares=bool(share)) as opened:
        check_may_report(opened.me.role)
        given, words = _values(values or ()), typed_line(line, "the line")
        if share and not now:
            opened.check_ins.check_may_share(CheckIn(clock.today(), clock.now()), share)
        if not given and not words:
            given, words = _asked()
        found = opened.sessions.get(session) if session is not None else None
        said = CheckIn(
            date=date or clock.today(),
            written=clock.now(),
            moment=moment,
            session=SessionRef(found.id, found.number) if found else None,
            values=tuple(sorted(given.items())),
            line=words,
        )
        saved(opened, opened.check_ins.add(said, share, now=now), as_json)


register(app, saying.CHECK_IN, lambda opened: opened.check_ins)


def _values(given: Iterable[str]) -> dict[str, int]:
    """Read NAME=NUMBER, each once (`UsageError` names the sliders there are)."""
    sliders, found = content.sliders(), dict[str, int]()
    for one in given:
        name, _, value = one.partition("=")
        if name not in sliders:
            raise UsageError(f"There is no slider “{shown_line(name)}”; they are {', '.join(sliders)}.")
        if name in found:
            raise UsageError(f"“{name}” is there twice.")
        found[name] = slider_value(value)
    return found


def _asked() -> tuple[dict[str, int], str]:
    """Ask for each slider that is shown by default, and for a line."""
    if not questions.is_interactive():
        raise UsageError("Say something: check-in add mood=6, or --line TEXT.")
    stderr.say("From 0 to 10; Enter leaves one out.")
    found = {}
    for name, slider in content.sliders().items():
        while not slider.on_demand and (typed := questions.ask(f"{slider.label} ({slider.range_in_words}):")):
            try:
                found[name] = slider_value(typed)
                break
            except UsageError as error:
                stderr.say(str(error))
    return found, questions.ask("A line, if you like:")
