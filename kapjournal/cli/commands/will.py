"""The practice will: `will make | status | rehearse | revoke`."""

from typing import Annotated

import typer

from kapjournal import clock, signals
from kapjournal.cli import passphrases
from kapjournal.cli.fields import NONE
from kapjournal.cli.options import options_of
from kapjournal.cli.practice import practice
from kapjournal.domain.will import NO_WILL, custodian_and_line
from kapjournal.errors import UsageError
from kapjournal.exchange.json_fields import iso_time
from kapjournal.presentation import will as saying
from kapjournal.stdio import questions, stderr, stdout
from kapjournal.stdio.lazy_imports import journal

app = typer.Typer(help="The practice will: three shares for a custodian, two of which open your practice.")

SharesFile = Annotated[
    str | None,
    typer.Option(metavar="PATH|-", help="A file whose first two lines are two shares; - is standard input."),
]


@app.command()
def make(
    context: typer.Context,
    custodian: Annotated[str, typer.Option(metavar="NAME", help="Who is to open your practice.")],
    beside: Annotated[str, typer.Option(metavar="LINE", help="One line beside the name.")] = "",
    on_stdout: Annotated[
        bool,
        typer.Option("--stdout", help="Print the shares on standard output, and ask no word of them back."),
    ] = False,
) -> None:
    """Make a will: three shares of 33 words. Those of a will before open nothing from then on.

    It holds once a word of each was asked back; until then nothing changes.
    """
    if not on_stdout and not questions.is_interactive():
        raise UsageError(
            "Somebody has to write the shares down, at a terminal. With --stdout they are printed for a "
            "script."
        )
    custodian, beside = custodian_and_line(custodian, beside)
    with practice(context) as opened:
        opened.will.check_may_be_made()
        shares = journal.generated_shares()
        if on_stdout:
            with signals.deferred():
                for number, share in enumerate(shares, 1):
                    stdout.field(f"share {number}", share)
                had_one = opened.will.make(shares, custodian, beside)
        else:
            for number, share in enumerate(shares, 1):
                stderr.say(f"{saying.heading(number)}. {saying.on_paper(number, custodian)}")
                passphrases.show_words(share)
                if not passphrases.are_on_paper(share, saying.WRITE):
                    raise UsageError(f"{saying.LEFT} {saying.IN_THE_TERMINAL}")
            had_one = opened.will.make(shares, custodian, beside)
    stderr.say(saying.holds(custodian, had_one=had_one))
    stderr.say(saying.IN_THE_TERMINAL)


@app.command()
def status(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Show for whom your will is, when it was made, and when it was rehearsed last."""
    with practice(context) as opened:
        will = opened.will.standing()
    if will is None:
        stderr.say(NO_WILL)
        if as_json:
            stdout.json(None)
        return
    fields = {
        "custodian": will.custodian,
        "beside": will.beside or None,
        "made": iso_time(will.made),
        "rehearsed": will.rehearsed.isoformat() if will.rehearsed else None,
        "due": will.is_due(clock.today()),
    }
    if as_json:
        stdout.json(fields)
        return
    for name, value in {**fields, "due": "yes" if fields["due"] else "no"}.items():
        stdout.field(name, NONE if value is None else value)


@app.command()
def rehearse(
    context: typer.Context,
    shares_file: SharesFile = None,
    closed: Annotated[
        bool,
        typer.Option(
            "--closed", help="Only say whether they open this file: no passphrase, and nothing is noted."
        ),
    ] = False,
) -> None:
    """Prove two shares: that they are of the will that stands. Nothing is opened; the day is noted."""
    if closed:
        path = options_of(context).journal_file()
        journal.check_shares(path, passphrases.two_shares(shares_file))
        stderr.say(saying.WOULD_OPEN)
        return
    with practice(context) as opened:
        will = opened.will.rehearse(passphrases.two_shares(shares_file))
    stderr.say(saying.rehearsed(will))


@app.command()
def revoke(context: typer.Context) -> None:
    """Close your will: its shares open nothing any more."""
    with practice(context) as opened:
        will = opened.will.revoke()
    stderr.say(saying.revoked(will))
