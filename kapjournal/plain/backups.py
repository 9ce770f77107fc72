"""Backups: one file or one more in a folder, and looking through one at the doors."""

from pathlib import Path

from kapjournal import config, paths
from kapjournal.domain.rotation import keep_from
from kapjournal.errors import UsageError
from kapjournal.plain.console import Console
from kapjournal.plain.conversation_state import Conversation, Unlocked
from kapjournal.presentation import backups, copies
from kapjournal.presentation.progress import in_quarters
from kapjournal.stdio.lazy_imports import journal as journals


def backup(unlocked: Unlocked) -> None:
    """Write a sealed copy of the whole journal: a new file, or one more in a folder, of a practice with its
    couples if that is wanted; older ones in the folder go if it is said how many to keep."""
    console, journal = unlocked.console, unlocked.journal
    console.say(backups.last(journal.backups.last()))
    dest = console.ask_for(
        "The path of the new file, or of a folder for one more in it:", _path, copies.BACKING_UP
    )
    follow = in_quarters(console.say)
    keep, with_couples = None, False
    if dest.is_dir():
        with_couples = bool(journal.couples.all()) and console.yes(backups.WITH_COUPLES)
        keep = console.ask_for(
            backups.HOW_MANY, lambda answer: keep_from(answer) if answer else None, backups.KEEPING
        )
    done = journal.backups.make(dest, keep, couples=with_couples, follow=follow)
    console.say(*backups.made(done, of_a_practice=journal.is_practice))


def say_due(unlocked: Unlocked) -> None:
    """Remind of a backup, if the last one is older than the person wants."""
    due = backups.due(unlocked.journal.backups.last(), config.load().settings.backup_days)
    unlocked.console.say(due and f"{due} Choose backup to make one.")


def check(conversation: Conversation, path: Path) -> None:
    """Look through a backup and say what it holds; with a passphrase, whether the door opens."""
    console = conversation.console
    console.say(backups.CHECKING)
    given = console.ask_for("Where is the backup, or the folder of some? Its path:", _path)
    for file in journals.backups_in(given):
        name = backups.name_in(given, file)
        console.say(name and f"{name}:")
        found = journals.look_through(file, path, follow=in_quarters(console.say))
        console.say(*backups.in_full(found))
        if not name and found.is_whole:
            _offer_to_open(console, file)


def _offer_to_open(console: Console, file: Path) -> None:
    label = console.ask("Prove that your door opens? What you are called there, or Enter to leave it:")
    if label:
        passphrase = console.secret("Your passphrase of the day it was made:")
        console.say(backups.opened(journals.open_backup(file, label=label, passphrase=passphrase)))


def _path(answer: str) -> Path:
    if not answer:
        raise UsageError("Say where it should be.")
    return paths.typed(answer)
