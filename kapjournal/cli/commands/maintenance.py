"""Looking after a journal: `check`, `backup DEST` and `restore BACKUP`."""

from pathlib import Path
from typing import Annotated

import typer

from kapjournal import config
from kapjournal.cli import passphrases
from kapjournal.cli.backup_check import check_backups
from kapjournal.cli.options import options_of, path_from
from kapjournal.domain.rotation import keep_from
from kapjournal.errors import Damaged, NotWhole, UsageError
from kapjournal.presentation import backups, copies, findings, restoring, sentences
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.following import following
from kapjournal.stdio.lazy_imports import journal


def check(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    let_go: Annotated[
        bool, typer.Option("--let-go", help="Miss nothing any more of what is missing now.")
    ] = False,
) -> int:
    """Check that all is as its author left it. Prints what is not; then the exit code is 5."""
    with options_of(context).unlocked(with_findings=False) as opened:
        if let_go:
            stderr.say(copies.LET_GO if opened.let_go() else copies.NOTHING_MISSING)
        report = opened.check(following())
        due = backups.due(opened.backups.last(), config.load().settings.backup_days)
        found = [findings.fields(finding, opened) for finding in report.findings]
    if as_json:
        stdout.json({"whole": report.is_clean, "notes": report.notes, "findings": found})
    else:
        for finding in found:
            stdout.row(finding["sentence"])
    if due:
        stderr.say(f"{due} kapjournal backup DEST makes one.")
    if report.is_clean:
        stderr.say(f"All is as it was left: notes {report.notes}.")
        return 0
    for sentence in (sentences.NOT_WHOLE, *findings.after_going_back(report.findings)):
        stderr.say(sentence)
    return Damaged.exit_code


def backup(
    context: typer.Context,
    dest: Annotated[
        Path,
        typer.Argument(
            parser=path_from, metavar="DEST", help="The new file to write, or a folder for one more in it."
        ),
    ],
    keep: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="Of those in the folder keep so many; 7d,4w keeps the last of each of 7 days and 4 weeks.",
        ),
    ] = None,
    couples: Annotated[
        bool, typer.Option("--couples", help="From a practice: the journals of all couples as well.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Write a sealed copy of the journal. It is whole even while others write; prints where it is."""
    rule = keep_from(keep) if keep is not None else None
    follow = following()
    with options_of(context).unlocked() as opened:
        done = opened.backups.make(dest, rule, couples=couples, follow=follow)
        said = backups.beyond_place(done, of_a_practice=opened.is_practice)
    if as_json:
        stdout.json(
            {
                "file": str(done.path),
                "files": max(done.files, 1),
                "removed": list(map(str, done.removed)),
                "left": list(map(str, done.left)),
                "amiss": [{"couple": name or None, "says": sentence} for name, sentence in done.amiss],
            }
        )
    else:
        stdout.row(done.path)
    for sentence in said:
        stderr.say(sentence)
    return backups.exit_code(done)


def restore(
    context: typer.Context,
    backup: Annotated[
        Path, typer.Argument(parser=path_from, metavar="BACKUP", help="The backup to go back to.")
    ],
    check: Annotated[
        bool,
        typer.Option("--check", help="Only look through it, or through each in a folder; no door is opened."),
    ] = False,
    damaged: Annotated[
        bool, typer.Option("--damaged", help="Take it also if parts of it are damaged.")
    ] = False,
    opens: Annotated[
        bool, typer.Option("--open", help="With --check: prove with the passphrase that your door opens.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --check: print JSON.")] = False,
) -> int:
    """Put a backup in the place of the journal, once your door opens in it. What stood there is kept.

    Prints where it is kept. The passphrase is the one your door had on the day of the backup. If the backup
    is damaged, nothing is changed and the exit code is 5, unless you say --damaged.
    """
    options = options_of(context)
    if check:
        if damaged:
            raise UsageError("--damaged does not go with --check, which changes nothing.")
        return check_backups(options, backup, opens=opens, as_json=as_json)
    if opens or as_json:
        raise UsageError("--open and --json belong to --check.")
    path = options.file or options.journal_file()
    passphrase = passphrases.existing(options.passphrase_file)
    try:
        done = journal.restore(
            backup, path, label=options.label, passphrase=passphrase, damaged=damaged, follow=following()
        )
    except NotWhole as error:
        raise NotWhole(f"{error} {restoring.BETTER} --damaged takes it all the same.") from None
    if done.kept is not None:
        stdout.row(done.kept)
    for sentence in restoring.restored(path, done):
        stderr.say(sentence)
    return 0
