"""Words typed for a partner who cannot: `scribe add | list | take-back`."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal.cli.fields import NONE
from kapjournal.cli.options import options_of
from kapjournal.domain.parsing import day_from, number_from
from kapjournal.domain.scribe import HandedPage
from kapjournal.errors import UsageError
from kapjournal.exchange import iso_time
from kapjournal.presentation import scribe as saying
from kapjournal.stdio import file_or_stdin, questions, stderr, stdout

if TYPE_CHECKING:
    from kapjournal.journal import Journal

app = typer.Typer(help="Type for a partner who cannot. What you typed is theirs alone.")

_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    context: typer.Context,
    whose: Annotated[str, typer.Option("--for", metavar="LABEL", help="Whose words they are: a partner.")],
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE|-]", help="Where the words are; - is standard input.")
    ] = None,
    session: Annotated[
        int | None, typer.Option(parser=number_from, metavar="N", help="The session they belong to.")
    ] = None,
    date: Annotated[
        dt.date | None, typer.Option(parser=day_from, metavar="YYYY-MM-DD", help="The day they are about.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """Hand over what you typed for a partner: sealed to them alone, you cannot read it afterwards. Prints an
    id, by which it can be taken back until they have opened the journal."""
    if file is None and not questions.is_piped():
        raise UsageError("Say where the words are: a FILE, or - and type them, with Ctrl+D at their end.")
    with options_of(context).unlocked(shares=True) as opened:
        page = opened.scribe.begin(whose, session)
        words = file_or_stdin.body(file or file_or_stdin.STDIN)
        handed = opened.scribe.hand_over(replace(page, words=words, date=date or page.date))
        if as_json:
            stdout.json(_fields(opened, handed))
        else:
            stdout.row(handed.id)
        stderr.say(saying.handed(opened.members.label_of(handed.of)))


@app.command("list")
def listed(context: typer.Context, as_json: _Json = False) -> None:
    """List what you handed over and can take back. Columns: id, whose words, day, session, when you typed
    it."""
    with options_of(context).unlocked() as opened:
        found = opened.scribe.handed()
        if as_json:
            stdout.json([_fields(opened, page) for page in found])
            return
        for page in found:
            session = NONE if page.session is None else str(page.session)
            whose = opened.members.label_of(page.of)
            stdout.row(page.id, whose, page.date.isoformat(), session, iso_time(page.written))


@app.command("take-back")
def take_back(
    context: typer.Context,
    page_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or at least four characters of it.")],
    as_json: _Json = False,
) -> None:
    """Take back a page that was handed to the wrong person, or by mistake. Nobody can read it then. Refused
    once it is theirs."""
    with options_of(context).unlocked() as opened:
        opened.scribe.take_back(page_id)
        if as_json:
            stdout.json({"taken_back": page_id})
        stderr.say(saying.TAKEN_BACK)


def _fields(journal: "Journal", page: HandedPage) -> dict[str, object]:
    return {
        "id": page.id,
        "for": journal.members.label_of(page.of),
        "date": page.date.isoformat(),
        "session": page.session,
        "written": iso_time(page.written),
    }
