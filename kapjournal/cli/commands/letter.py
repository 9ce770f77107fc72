"""A letter to a partner's prescriber, one page: `letter`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal import exchange
from kapjournal.cli.options import naming, path_from
from kapjournal.cli.practice import CoupleOption, couple_of, practice
from kapjournal.cli.sealing import (
    AgeOption,
    AgePassphraseFileOption,
    AgePassphraseOption,
    needs_file,
    sealing_from,
)
from kapjournal.domain.letter import RESPONSE_FIELDS
from kapjournal.domain.records import about_from
from kapjournal.domain.signing import signer_from
from kapjournal.errors import UsageError
from kapjournal.exchange.one_file import write_file
from kapjournal.presentation import letter as saying
from kapjournal.presentation import letter_view
from kapjournal.presentation.letter import Letter
from kapjournal.stdio import file_or_stdin, stderr, stdout

ONLY_A_LOOK = "Only to look at: this is no letter yet, and nothing of it is in the record."


def letter(
    context: typer.Context,
    partner: Annotated[
        str,
        typer.Argument(
            metavar="PARTNER", help="Whom it is about: by the name you gave them, first or second."
        ),
    ],
    question: Annotated[str, typer.Option(metavar="TEXT", help="One sentence with a question mark.")],
    couple: CoupleOption = None,
    response: Annotated[
        str, typer.Option(metavar="TEXT|-", help="How they responded, in your words; - for standard input.")
    ] = "",
    response_from: Annotated[
        str,
        typer.Option(
            metavar="FIELD",
            help="Take it from this field of your progress notes about them, session by session: "
            f"{', '.join(RESPONSE_FIELDS)}.",
        ),
    ] = "",
    to: Annotated[
        str, typer.Option(metavar="NAME", help="The prescriber. Without it: of their last dosing record.")
    ] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="Your name, under the signature line.")] = "",
    credentials: Annotated[str, typer.Option(metavar="TEXT", help="Your credentials, such as LMFT.")] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            parser=path_from, metavar="FILE", help="Write the page to a new file, unsealed without --age."
        ),
    ] = None,
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Print it to look at, and keep nothing in the record.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print a letter to the prescriber about one partner: doses, blood pressure, effects, response, measures
    and your question, on one page. It goes into the record as a contact note, unsigned, but for --preview.

    Nothing of the other partner is in it, nothing of process and safety notes, and not what you call the
    couple."""
    if preview and out is not None:
        raise UsageError("No letter leaves without its record: --preview or --out, not both.")
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    needs_file(sealing, "--out", out)
    if credentials and not name:
        raise UsageError("Credentials stand under a name: say --name too.")
    signer = signer_from(name, credentials) if name else None
    with naming("The command is: couple partners NAME FIRST SECOND."), practice(context) as opened:
        theirs = couple_of(context, opened, couple)
        about = about_from(partner, theirs.first, theirs.second)
        words = file_or_stdin.body(response) if response == file_or_stdin.STDIN else response
        asked = letter_view.Asked(about, question, words, response_from, to, signer)
        made = letter_view.read_letter(opened, theirs, asked)
        if preview:
            _show(made, as_json=as_json)
            return
        if out is not None:
            out = write_file(opened, out, saying.text(made), sealing=sealing)
        try:
            record = letter_view.keep(opened, theirs, about, made)
        except BaseException:
            if out is not None:  # it was not there before: no letter leaves without its record
                out.unlink(missing_ok=True)
            raise
        if as_json or out is None:
            _show(made, as_json=as_json, record=record.id)
        else:
            stdout.row(out)
        if made.why_not:
            stderr.say(saying.without_measures(made))
        stderr.say(f"{letter_view.finished(opened, record)} Its id: {record.id}.")
        if out is not None:
            stderr.say(str(sealing or exchange.NOT_SEALED))


def _show(made: Letter, *, as_json: bool, record: str | None = None) -> None:
    """The letter on standard output; without a record it says of itself that it is none yet."""
    if as_json:
        stdout.json({"record": record, **saying.fields(made)})
        return
    for line in () if record else (ONLY_A_LOOK, ""):
        stdout.text(line)
    for line in saying.lines(made):
        stdout.text(line)
