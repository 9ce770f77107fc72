"""What a partner noticed after a dose: `after-effects add | list | show | share | withdraw | delete`."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated

import typer

from kapjournal import clock
from kapjournal.cli.commands.self_reports import Json, couples_journal, register, saved, typed_line
from kapjournal.content import self_reports as content
from kapjournal.domain.notes import SessionRef
from kapjournal.domain.parsing import past_day_from
from kapjournal.domain.self_reports import AfterEffects, check_may_report
from kapjournal.errors import UsageError
from kapjournal.presentation import self_reports as saying
from kapjournal.stdio import questions, stderr
from kapjournal.text import shown_line

app = typer.Typer(help="Say what you noticed after a dose, for the clinic and never for your partner.")

_WORDS = {"yes": True, "y": True, "no": False, "n": False}


@app.command()
def add(
    context: typer.Context,
    answers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME=yes|no]...",
            help="What you noticed, such as nausea=yes; what is not named is left out. Without any you are "
            "asked.",
        ),
    ] = None,
    lines: Annotated[
        list[str] | None,
        typer.Option("--line", metavar="NAME=TEXT|-", help="A line beside an answer; - is standard input."),
    ] = None,
    session: Annotated[
        int | None, typer.Option("--session", metavar="N", help="After which dose; the last one without it.")
    ] = None,
    date: Annotated[
        dt.date | None,
        typer.Option(parser=past_day_from, metavar="YYYY-MM-DD", help="The day, if it is not today."),
    ] = None,
    share: Annotated[
        str | None,
        typer.Option(
            metavar="LABELS",
            help="Who may read it besides; an empty text for nobody. Without it your therapists and the "
            "prescriber. Never your partner.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what you noticed since a dose, yes or no, each of which can be left out. Prints its id.

    Where it asks for that, whom to tell today is said at once."""
    with couples_journal(context, shares=True) as opened:
        check_may_report(opened.me.role)
        given, beside = _answers(answers or ()), _lines(lines or ())
        if not given and not beside:
            given = _asked()
        found = opened.sessions.get(session) if session is not None else None
        said = AfterEffects(
            date=date or clock.today(),
            written=clock.now(),
            session=SessionRef(found.id, found.number) if found else None,
            answers=tuple(sorted(given.items())),
            lines=tuple(sorted(beside.items())),
        )
        saved(opened, opened.after_effects.add(said, share), as_json)


register(app, saying.CARD, lambda opened: opened.after_effects)


def _answers(given: Iterable[str]) -> dict[str, bool]:
    """Read NAME=yes or NAME=no, each once (`UsageError` names the rows there are)."""
    found: dict[str, bool] = {}
    for one in given:
        name, _, word = one.partition("=")
        _check_name(name, found)
        if word.strip().lower() not in _WORDS:
            raise UsageError(f"Say {name}=yes or {name}=no.")
        found[name] = _WORDS[word.strip().lower()]
    return found


def _lines(given: Iterable[str]) -> dict[str, str]:
    """Read NAME=TEXT, each once."""
    found: dict[str, str] = {}
    for one in given:
        name, _, text = one.partition("=")
        _check_name(name, found)
        found[name] = typed_line(text, "the line")
    return found


def _check_name(name: str, found: "dict[str, bool] | dict[str, str]") -> None:
    effects = content.effects()
    if name not in effects:
        raise UsageError(f"There is no row “{shown_line(name)}”; they are {', '.join(effects)}.")
    if name in found:
        raise UsageError(f"“{name}” is there twice.")


def _asked() -> dict[str, bool]:
    """Ask for each row."""
    if not questions.is_interactive():
        raise UsageError("Say something: after-effects add nausea=yes, or --line NAME=TEXT.")
    stderr.say("y or n; Enter leaves one out.")
    found = {}
    for name, effect in content.effects().items():
        while typed := questions.ask(f"{effect.label}?").strip().lower():
            if typed in _WORDS:
                found[name] = _WORDS[typed]
                break
            stderr.say("Say y or n, or press Enter.")
    return found
