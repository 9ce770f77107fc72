"""The command line as the parser sees it: every command, and the options they share."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kapjournal import __version__
from kapjournal.cli.commands import (
    after_effects,
    answered_measures,
    apart,
    archive,
    attachments,
    authorise,
    booklet,
    brief,
    bring,
    check_in,
    copies,
    couples,
    crisis,
    cycle,
    deidentify,
    demo,
    dialogue,
    doors,
    dosing,
    export,
    give,
    imports,
    intention,
    invite,
    kept,
    letter,
    look_back,
    maintenance,
    measure_course,
    measure_requests,
    measures,
    next_page,
    notes,
    packs,
    parts,
    people,
    plan,
    policy,
    printing,
    prompts,
    records,
    scribe,
    search,
    sessions,
    signing,
    supervision,
    supervision_leaving,
    take_over,
    talk,
    together,
    trends,
    waiting,
    will,
)
from kapjournal.cli.options import options_of, path_from
from kapjournal.errors import UsageError
from kapjournal.presentation.launch_request import LaunchRequest
from kapjournal.stdio import stdout

if TYPE_CHECKING:
    from typer._click import Command


@cache
def command() -> "Command":
    """The parser of the whole command line, built once."""
    app = typer.Typer(
        name="kapjournal",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_shared)
    for add in (_doors_and_files, _practice, _sessions_and_notes, _measures_and_the_rest):
        add(app)
    return typer.main.get_command(app)


def _doors_and_files(app: typer.Typer) -> None:
    app.command("demo")(demo.demo)
    app.command("new")(doors.new)
    app.add_typer(invite.app, name="invite")
    app.command("join")(doors.join)
    app.add_typer(people.app, name="people")
    app.command("passphrase")(doors.passphrase)
    app.command("new-keys")(doors.new_keys)
    app.command("recovery-words")(doors.recovery_words)
    app.command("recover")(doors.recover)
    app.command("check")(maintenance.check)
    app.command("backup")(maintenance.backup)
    app.command("restore")(maintenance.restore)
    app.command("merge")(copies.merge)
    app.command("copy")(copies.copy)
    app.command("apart")(apart.apart)
    app.command("take-over")(take_over.take_over)


def _practice(app: typer.Typer) -> None:
    app.add_typer(couples.app, name="couple")
    app.command("brief")(brief.brief)
    app.command("letter")(letter.letter)
    kept.register(records.app)
    give.register(records.app)
    app.add_typer(records.app, name="record")
    app.add_typer(dosing.app, name="dose")
    app.add_typer(dosing.vitals_app, name="vitals")
    app.add_typer(plan.app, name="plan")
    app.add_typer(supervision.app, name="supervision")
    app.add_typer(supervision_leaving.ledger_app, name="ledger")
    app.add_typer(packs.app, name="pack")
    app.add_typer(will.app, name="will")


def _sessions_and_notes(app: typer.Typer) -> None:
    app.add_typer(sessions.app, name="session")
    attachments.register(notes.app)
    app.add_typer(notes.app, name="note")
    app.command("next-page")(next_page.next_page)
    app.command("intention")(intention.intention)
    app.command("look-back")(look_back.look_back)
    app.command("parts")(parts.parts)
    app.add_typer(cycle.app, name="cycle")
    app.add_typer(prompts.app, name="prompt")
    app.add_typer(imports.app, name="import")
    app.command("print")(printing.print_page)
    app.command("booklet")(booklet.booklet)
    app.add_typer(waiting.app, name="waiting")
    app.add_typer(together.app, name="together")
    app.add_typer(authorise.app, name="authorise")
    app.command("sign")(signing.sign)
    app.command("cosign")(signing.cosign)
    app.command("addendum")(signing.addendum)
    app.command("verify")(signing.verify)


def _measures_and_the_rest(app: typer.Typer) -> None:
    answered_measures.register(measures.app)
    measure_course.register(measures.app)
    measure_requests.register(measures.app)
    app.add_typer(measures.app, name="measure")
    app.add_typer(check_in.app, name="check-in")
    app.add_typer(after_effects.app, name="after-effects")
    app.command("trends")(trends.trends)
    app.add_typer(scribe.app, name="scribe")
    app.add_typer(bring.app, name="bring")
    app.add_typer(policy.app, name="policy")
    app.add_typer(talk.app, name="talk")
    app.add_typer(dialogue.app, name="dialogue")
    app.command("crisis")(crisis.crisis)
    app.command("search")(search.search)
    app.command("deidentify")(deidentify.deidentify)
    app.command("export")(export.export)
    app.command("archive")(archive.archive)


def _version(wanted: bool) -> None:
    if wanted:
        stdout.text(f"kapjournal {__version__}")
        raise typer.Exit


def _shared(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Option(
            "-j",
            "--file",
            parser=path_from,
            metavar="FILE",
            envvar="KAPJOURNAL_FILE",
            show_envvar=True,
            help="The journal file. Without it: the only one in this folder and the data folder.",
        ),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(
            "-a",
            "--as",
            metavar="LABEL",
            envvar="KAPJOURNAL_AS",
            show_envvar=True,
            help="Whose door to open.",
        ),
    ] = None,
    passphrase_file: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|-",
            envvar="KAPJOURNAL_PASSPHRASE_FILE",
            show_envvar=True,
            help="A file whose first line is the passphrase; - takes the first line of standard input.",
        ),
    ] = None,
    couple: Annotated[
        str | None,
        typer.Option(
            "-c",
            "--couple",
            metavar="NAME",
            help="The couple whose journal is meant, where the file is a practice; with `record`, the "
            "couple whose record is.",
        ),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            envvar="KAPJOURNAL_PLAIN",
            show_envvar=True,
            help="Talk line by line instead of opening the terminal UI: for screen readers, braille displays "
            "and simple terminals.",
        ),
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> LaunchRequest | None:
    """A sealed journal for couples and therapists in ketamine-assisted psychotherapy.

    Without a command, the terminal UI opens; with --plain, the same line by line.
    """
    context.obj = replace(
        options_of(context),
        file=file,
        label=label,
        passphrase_file=passphrase_file,
        couple=couple,
        plain=plain,
    )
    if couple is not None and not context.invoked_subcommand:
        raise UsageError("-c goes with a command. On the screen, choose the couple from the list.")
    return None if context.invoked_subcommand else LaunchRequest(file, label, "", plain)
