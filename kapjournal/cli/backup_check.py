"""`restore --check`: what a backup, or each one in a folder, holds; nothing is put in anybody's place."""

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kapjournal.cli import passphrases
from kapjournal.cli.options import SharedOptions
from kapjournal.errors import CannotSave, Damaged, KapjournalError, UsageError
from kapjournal.exchange import iso_time
from kapjournal.presentation import backups
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.following import following
from kapjournal.stdio.lazy_imports import journal


def check_backups(options: SharedOptions, given: Path, *, opens: bool, as_json: bool) -> int:
    """Check each, say what it holds, and return the exit code: 5 if one of them is damaged."""
    files = journal.backups_in(given) if given.is_dir() else [given]
    if opens and given.is_dir():
        raise UsageError("--open proves one backup: name the file.")
    passphrase = passphrases.existing(options.passphrase_file) if opens else None
    reports = []
    for file in files:
        reports.append(_checked(options, file, passphrase))
        if not as_json:
            _say(reports[-1])
    if as_json:
        stdout.json([{name: value for name, value in one.items() if name != "said"} for one in reports])
    return 0 if all(one["whole"] for one in reports) else Damaged.exit_code


def _checked(options: SharedOptions, file: Path, passphrase: str | None) -> dict[str, Any]:
    """What is found of one file: the fields of the JSON, and what is `said`."""
    follow = following()
    try:
        found = journal.sealed_contents(file, follow)
        report: dict[str, Any] = {
            "file": str(file),
            "whole": found.is_whole,
            "written": iso_time(found.written),
            "doors": list(found.labels),
            "rows": found.rows,
            "pieces": found.pieces,
            "piece_bytes": found.piece_bytes,
            "size": found.size,
            "damaged": found.damaged,
            "odd": found.odd,
            "said": (
                {"file": file, "whole": "yes" if found.is_whole else "no", **backups.contents(found)},
                backups.wholeness(found),
            ),
        }
        sentences = report["said"][1]
        if (path := _journal_beside(options, file)) is not None:
            stands = journal.beside_journal(file, path, follow)
            report["journal"] = {
                "file": str(path),
                "same": stands.is_same,
                "order": stands.order,
                "changed_doors": list(stands.changed_doors),
                **({"says": stands.damage} if stands.damage else {}),
            }
            sentences += backups.beside(stands)
        if passphrase is not None:
            opened = journal.open_backup(file, label=options.label, passphrase=passphrase, follow=follow)
            report["opened"] = asdict(opened)
            sentences.append(backups.opened(opened))
    except (Damaged, CannotSave) as error:
        return {
            "file": str(file),
            "whole": False,
            "says": str(error),
            "said": ({"file": file, "whole": "no"}, [str(error)]),
        }
    return report


def _journal_beside(options: SharedOptions, backup: Path) -> Path | None:
    """The journal to compare a backup with: the one that was named, or the only one nearby; None for the
    backup itself, and where there is none."""
    with suppress(KapjournalError):
        path = options.journal_file()
        return None if path.samefile(backup) else path
    if options.file is not None:
        stderr.say(f"There is no file {options.file}.")
    return None


def _say(report: dict[str, Any]) -> None:
    fields, sentences = report["said"]
    for name, value in fields.items():
        stdout.field(name, value)
    for sentence in sentences:
        stderr.say(sentence)
