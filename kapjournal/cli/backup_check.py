"""`restore --check`: what a backup, or each one in a folder, holds; nothing is put in anybody's place."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kapjournal.cli import passphrases
from kapjournal.cli.options import SharedOptions
from kapjournal.errors import Damaged, KapjournalError, UsageError
from kapjournal.exchange import iso_time
from kapjournal.presentation import backups
from kapjournal.stdio import stderr, stdout
from kapjournal.stdio.following import following
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import LookedThrough


def check_backups(options: SharedOptions, given: Path, *, opens: bool, as_json: bool) -> int:
    """Check each, say what it holds, and return the exit code: 5 if one of them is damaged."""
    files = journal.backups_in(given)
    if opens and files != [given]:
        raise UsageError("--open proves one backup: name the file.")
    door = (options.label, passphrases.existing(options.passphrase_file)) if opens else None
    beside, reports = _journal_beside(options), []
    for file in files:
        name = backups.name_in(given, file)
        say = _naming(name)
        found = journal.look_through(file, beside, door=door, follow=following(doing=name and f"{name}:"))
        reports.append(found)
        if not as_json:
            stdout.field("file", file)
            stdout.field("whole", "yes" if found.is_whole else "no")
            for what, value in backups.contents(found.contents).items() if found.contents else ():
                stdout.field(what, value)
            for sentence in backups.looked_through(found):
                say(sentence)
    if as_json:
        stdout.json([_fields(found) for found in reports])
    return 0 if all(found.is_whole for found in reports) else Damaged.exit_code


def _naming(name: str) -> Callable[[str], None]:
    """Says a sentence, of one file among several with its name."""
    return lambda sentence: stderr.say(f"{name}: {sentence}" if name else sentence)


def _fields(found: "LookedThrough") -> dict[str, Any]:
    report: dict[str, Any] = {"file": str(found.path), "whole": found.is_whole}
    if found.damage:
        report["says"] = found.damage
    if (there := found.contents) is not None:
        report |= {
            "written": iso_time(there.changed),
            "doors": list(there.labels),
            "rows": there.rows,
            "pieces": there.pieces,
            "piece_bytes": there.piece_bytes,
            "size": there.size,
            "damaged": there.damaged,
            "odd": there.odd,
        }
    if (stands := found.beside) is not None:
        report["journal"] = {
            "file": str(stands.path),
            "same": stands.is_same,
            "order": stands.order,
            "changed_doors": list(stands.changed_doors),
            **({"says": stands.damage} if stands.damage else {}),
        }
    if found.opened is not None:
        report["opened"] = asdict(found.opened)
    return report


def _journal_beside(options: SharedOptions) -> Path | None:
    """The journal to compare with: the one that was named, or the only one nearby; None where there is
    none."""
    with suppress(KapjournalError):
        return options.journal_file()
    if options.file is not None:
        stderr.say(f"There is no file {options.file}.")
    return None
