"""A text without what identifies somebody: `deidentify`, which needs no journal."""

import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.domain.parsing import day_from, number_from
from kapjournal.errors import Refused, UsageError
from kapjournal.presentation.progress import each_quarter
from kapjournal.progress import Progress
from kapjournal.stdio import file_or_stdin, stderr, stdout
from kapjournal.stdio.following import following
from kapjournal.stdio.questions import is_terminal
from kapjournal.text import control_in

if TYPE_CHECKING:
    from kapjournal.deidentify import Finding

_LONG = 1_000_000
"""Characters to be looked at, those of a text counted once for each look: it takes a second from here on."""


def deidentify(
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="The text; - is standard input.")
    ] = file_or_stdin.STDIN,
    names: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|-",
            help="One person, place or employer a line, further forms of the name after commas. A line may "
            "begin with person:, place: or employer:.",
        ),
    ] = None,
    session: Annotated[
        list[str] | None,
        typer.Option(
            metavar="N=YYYY-MM-DD",
            help="The day of a session, once for each: dates are then told from it. Without, they become "
            "[date].",
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print the findings as JSON instead: start and end in code points of the text as it was "
            "given, type, text and replacement.",
        ),
    ] = False,
) -> None:
    """Print a text with other words in the place of what identifies somebody: a help for a human who reads
    every line of it.

    Names are those of the names file; dates, numbers, addresses and ages over 89 are found by their form. The
    other words are new each time.
    """
    from kapjournal import deidentify as engine  # noqa: PLC0415 - many patterns, which other commands need not

    if names is not None and file_or_stdin.is_stdin(file) and file_or_stdin.is_stdin(names):
        raise UsageError("Standard input is the text or the names, and not both.")
    sessions = [_session(word) for word in session or ()]
    if len({number for number, _ in sessions}) < len(sessions):
        raise UsageError("A session has one day: give each number once.")
    known = engine.known_from(file_or_stdin.to_the_letter(names, "the names")) if names is not None else ()
    text = file_or_stdin.to_the_letter(file, "the text")
    if control := control_in(text.replace("\r", "")):
        raise Refused(f"The text holds {control}. Take it out first: it could hide what stands beside it.")
    known = (*known, *engine.known_by_model(text))
    found = engine.find(text, known, engine.Replacements(), sessions, following(_of_a_long_text))
    if as_json:
        stdout.json([_as_json(finding) for finding in found])
    elif is_terminal(sys.stdout):
        stdout.text(engine.replaced(text, found))
    else:
        stdout.verbatim(engine.replaced(text, found))
    stderr.say(_closing(len(found), "listed" if as_json else "replaced"))


def _of_a_long_text(say: Callable[[str], object]) -> Progress:
    """Say how much of a long text was looked at."""
    return each_quarter(lambda percent, _: say(f"{percent} % is looked at."), _LONG)


def _closing(count: int, deed: str) -> str:
    findings = "1 finding was" if count == 1 else f"{count} findings were"
    return (
        f"{findings} {deed}. This is a help for somebody who reads every line, and no proof of anything: "
        "what was missed still stands in the text, and a story can tell who it is about without a name."
    )


def _session(word: str) -> tuple[int, date]:
    number, separator, day = word.partition("=")
    if not separator:
        raise UsageError(f"“{word}” is not N=YYYY-MM-DD, the number of a session and its day.")
    return number_from(number), day_from(day)


def _as_json(finding: "Finding") -> dict[str, object]:
    return {
        "start": finding.start,
        "end": finding.end,
        "type": finding.kind.value,
        "text": finding.text,
        "replacement": finding.replacement,
    }
