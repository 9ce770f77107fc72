"""A write-up leaves and is answered: `supervision export | reply | happened`, and the ledger."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal import exchange
from kapjournal.cli.fields import NONE
from kapjournal.cli.options import path_from
from kapjournal.cli.practice import CoupleOption, by_case, couple_name, practice
from kapjournal.cli.sealing import AgeOption, AgePassphraseFileOption, AgePassphraseOption, sealing_from
from kapjournal.cli.write_up_fields import act_fields, departure_fields, pack_fields, reply_fields
from kapjournal.cli.write_up_options import JsonOption, WriteUpId
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.parsing import day_from
from kapjournal.domain.supervision import BASIS, PURPOSE, RECIPIENT, basis_from
from kapjournal.domain.supervision_reply import Act, act_from
from kapjournal.errors import UsageError
from kapjournal.exchange.write_up import ToLeave, export_write_up, words_of_reply
from kapjournal.presentation import access_requests
from kapjournal.presentation import write_up_ledger as saying
from kapjournal.stdio import file_or_stdin, stderr, stdout

ledger_app = typer.Typer(help="What left, for supervision or as a pack: to whom, on which basis, until when.")


def register(app: typer.Typer) -> None:
    """Give the group these commands."""
    app.command()(export)
    app.command()(reply)
    app.command()(happened)


def export(
    context: typer.Context,
    record_id: WriteUpId,
    dest: Annotated[
        Path,
        typer.Argument(
            parser=path_from, metavar="FILE", help="A new file: its name ends in .md, .html, .docx or .pdf."
        ),
    ],
    to: Annotated[
        str, typer.Option(metavar="NAME", help="Who reads it. Without it: the recipient in the write-up.")
    ] = "",
    basis: Annotated[
        str,
        typer.Option(
            metavar="A|B|C",
            help="A own programme, B authorised by each partner, C de-identified and reviewed. Without it: "
            "the basis in the write-up.",
        ),
    ] = "",
    purpose: Annotated[str, typer.Option(metavar="TEXT", help="What for.")] = PURPOSE,
    destroy_by: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="When it is to be destroyed; in 90 days if not said."),
    ] = None,
    reviewer: Annotated[
        str, typer.Option(metavar="NAME", help="How you sign as the reviewer; “the therapist” if not said.")
    ] = "",
    age: AgeOption = None,
    age_passphrase: AgePassphraseOption = False,
    age_passphrase_file: AgePassphraseFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let a write-up leave to one recipient, once it is reviewed for them, and write that into the ledger.
    Prints where it is. It is not sealed there without --age."""
    sealing = sealing_from(age, age_passphrase, age_passphrase_file)
    until = None if destroy_by is None else day_from(destroy_by)
    with practice(context) as opened:
        fields = opened.write_ups.get(record_id).text.fields
        asked = ToLeave(
            to or fields.get(RECIPIENT, ""),
            basis_from(basis or fields.get(BASIS, "")),
            purpose,
            until,
            reviewer,
        )
        place, left = export_write_up(opened, record_id, asked, dest, sealing=sealing)
        if as_json:
            stdout.json({"file": str(place), **departure_fields(left, by_case(opened))})
        else:
            stdout.row(place)
    stderr.say(saying.left_in_words(left))
    stderr.say(str(sealing or exchange.NOT_SEALED))


def reply(
    context: typer.Context,
    record_id: WriteUpId,
    text: Annotated[
        str, typer.Option(metavar="TEXT|-", help="What they answered; - for standard input.")
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            parser=path_from, metavar="FILE", help="Their answer as a file of text, or one sealed with age."
        ),
    ] = None,
    identity: Annotated[
        str | None,
        typer.Option(metavar="PATH|-", help="Your age identity file, which opens a sealed answer."),
    ] = None,
    passphrase_file: Annotated[
        str | None,
        typer.Option(
            "--file-passphrase", metavar="PATH|-", help="The passphrase it is sealed with: the first line."
        ),
    ] = None,
    act: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHO;WHAT;DAY",
            help="What was agreed: who does what, and by which day (YYYY-MM-DD) if there is one.",
        ),
    ] = None,
    to: Annotated[
        str, typer.Option("--from", metavar="NAME", help="Who answered. Without it: the recipient.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Keep what a supervisor answered beside the write-up, and what was agreed: it stands in the next brief.
    Prints the ids of the acts."""
    if text and file is not None:
        raise UsageError("Say the answer with --text, or name a --file: not both.")
    words = file_or_stdin.body(text) if text == file_or_stdin.STDIN else text
    if file is not None:
        words = words_of_reply(
            file_or_stdin.bytes_of_file(file),
            identity="" if identity is None else file_or_stdin.body(identity),
            passphrase=""
            if passphrase_file is None
            else file_or_stdin.first_line(passphrase_file, "the passphrase file"),
        )
    with practice(context) as opened:
        kept = opened.write_ups.reply(record_id, words, [act_from(one) for one in act or ()], to)
        if as_json:
            stdout.json(reply_fields(kept))
            return
        for one in kept.acts:
            stdout.row(one.id, one.when or NONE, one.who or NONE, one.what)


def happened(
    context: typer.Context,
    act_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="The id of an act; without it, all that is open.")
    ] = None,
    text: Annotated[str, typer.Option(metavar="TEXT", help="What came of it.")] = "",
    put_aside: Annotated[bool, typer.Option("--put-aside", help="Ask no more about it.")] = False,
    couple: CoupleOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what was agreed and is open, or say what came of one: that is asked once. Columns: id, by when,
    who, what."""
    if act_id is not None and bool(text.strip()) == put_aside:
        raise UsageError("Say what came of it with --text, or --put-aside.")
    with practice(context) as opened:
        if act_id is not None:
            found: list[Act] = [opened.write_ups.happened(act_id, text)]
        else:
            name = couple_name(context, couple)
            found = opened.write_ups.acts_due(None if name is None else opened.couples.get(name).case)
        if as_json:
            stdout.json([act_fields(one) for one in found])
            return
        for one in found:
            stdout.row(one.id, one.when or NONE, one.who or NONE, one.what)


@ledger_app.callback(invoke_without_command=True)
def ledger(
    context: typer.Context,
    couple: CoupleOption = None,
    due: Annotated[bool, typer.Option("--due", help="Only what should be destroyed by now.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List what left: for supervision, then packs of the record. Columns: id, day, recipient, basis, form,
    destroy by, destroyed, case word, question or which pack, hash."""
    if context.invoked_subcommand is not None:
        return
    with practice(context) as opened:
        name, couples = couple_name(context, couple), by_case(opened)
        case = None if name is None else opened.couples.get(name).case
        found = opened.write_ups.departures(case)
        waiting = opened.write_ups.destroy_due()
        if due:
            found = [one for one in found if one in waiting]
        packs = [] if due else opened.packs.left(case)
        if as_json:
            fields = [departure_fields(one, couples) for one in found]
            stdout.json([*fields, *(pack_fields(*one, couples) for one in packs)])
        else:
            for one in found:
                stdout.row(*saying.cells(one))
            for request, left in packs:
                stdout.row(*access_requests.ledger_cells(request, left))
        for one in waiting:
            stderr.say(saying.ask_destroyed(one))


@ledger_app.command()
def show(
    context: typer.Context,
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of an entry, or its first four characters.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Show all that is kept of what left: of a pack also what was withheld, and why."""
    with practice(context) as opened:
        couples = by_case(opened)
        packs = {request.id_of(left): (request, left) for request, left in opened.packs.left()}
        written = {one.id: one for one in opened.write_ups.departures()}
        found = one_by_id((*written, *packs), entry_id, "entry", lambda one: [one])
        if found in packs:
            request, left = packs[found]
            couple = couples.get(request.case)
            if as_json:
                stdout.json(pack_fields(request, left, couples))
            else:
                stdout.text("\n".join(access_requests.ledger_entry(request, left, couple)))
            return
        one = written[found]
        if as_json:
            stdout.json(departure_fields(one, couples))
        else:
            couple = couples.get(one.case)
            stdout.text("\n".join(saying.in_full(one, couple.name if couple else "")))


@ledger_app.command()
def destroyed(
    context: typer.Context,
    departure_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id of the entry, or its first four characters.")
    ],
) -> None:
    """Note that the recipient destroyed what they got. Question, hash and outcome stay."""
    with practice(context) as opened:
        left = opened.write_ups.destroyed(departure_id)
        stderr.say(saying.noted_destroyed(left))
