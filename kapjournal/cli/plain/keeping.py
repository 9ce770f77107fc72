"""Keeping a journal, and taking out of it: export, backup, check, a new passphrase."""

from pathlib import Path

from kapjournal import paths, stopping
from kapjournal.cli.plain.menus import pick
from kapjournal.cli.plain.new_door import new_passphrase
from kapjournal.cli.plain.seat import Seat
from kapjournal.errors import UsageError
from kapjournal.exchange import NOT_SEALED, export_document, export_folder, select


def export(seat: Seat) -> None:
    """Write notes as markdown."""
    talk = seat.talk
    talk.say(NOT_SEALED)
    write = pick(
        talk,
        "Write a folder or one document, number or word:",
        {"folder, a file a note": export_folder, "one document": export_document},
    )
    dest = talk.ask_for("The path of the new folder or file:", _path)
    shared = talk.yes("Take along what others shared with you?")
    there = dest.exists()
    if there and not talk.yes("Something is there already. Replace the files of an earlier export?"):
        talk.say("Nothing was written.")
        return
    write(seat.journal, dest, select(seat.journal, include_shared=shared), force=there)
    talk.say(f"The export is in {dest}. {NOT_SEALED}")


def backup(seat: Seat) -> None:
    """Write a sealed copy."""
    dest = seat.talk.ask_for("The path of the new file:", _path)
    seat.journal.backup(dest)
    seat.talk.say(
        f"The copy is {dest}. It is sealed like the journal, and opens with the passphrases of today."
    )


def check(seat: Seat) -> None:
    """Look at every sealed value again."""
    report = seat.journal.check()
    if report.whole:
        seat.talk.say("All is as it was left.")
        return
    seat.talk.say(
        "Not everything is as it was left. What is whole can still be read; keep your backups.",
        *(finding.sentence for finding in report.findings),
    )


def passphrase(seat: Seat) -> None:
    """Change one's passphrase."""
    chosen = new_passphrase(seat.talk)
    with stopping.held():
        seat.journal.change_passphrase(chosen, strength=seat.host.strength)
    seat.talk.say("The passphrase is changed; an older copy of the file still opens with the older one.")


def _path(answer: str) -> Path:
    if not answer:
        raise UsageError("Say where it should be.")
    return paths.typed(answer)
