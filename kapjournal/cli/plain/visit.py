"""From the first sentence to the last: a visit goes through doors, locks and out again."""

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import config, paths
from kapjournal.cli import asking
from kapjournal.cli.plain import doors
from kapjournal.cli.plain.farewell import farewell
from kapjournal.cli.plain.handing import take_turns
from kapjournal.cli.plain.seat import Host
from kapjournal.cli.plain.talk import ALWAYS, Back, Leave, Locked, Talk
from kapjournal.errors import KapjournalError, NotFound

if TYPE_CHECKING:
    from kapjournal.cli.launch import Launch
    from kapjournal.journal import KdfStrength


def visit(launch: "Launch", strength: "KdfStrength | None", memory: Path | None) -> int:
    """Talk with whoever sits there until they leave; returns the exit code."""
    loaded = config.load()
    talk = Talk(loaded.settings.lock_minutes)
    talk.say("This is kapjournal, line by line.", ALWAYS, *loaded.complaints, *launch.notice.split("\n"))
    host = Host(talk, strength, memory)
    try:
        _go_in(host, launch.path, launch.label)
    except Leave as leave:
        farewell(host, asked=leave.asked)
        return leave.code
    return 0


def _go_in(host: Host, path: Path | None, label: str | None) -> None:
    """Where a visit begins, and begins again after every lock; only leaving ends it."""
    if path is not None and not path.exists():
        raise NotFound(f"There is no file {path}.")
    nearby = [path] if path else paths.journals_nearby()
    while True:
        try:
            take_turns(host)
            if label is not None and len(nearby) == 1:
                with contextlib.suppress(Back):
                    doors.knock(host, nearby[0], label)
            if len(nearby) == 1:
                doors.offer_doors(host, nearby[0])
            elif nearby:
                doors.offer_files(host, nearby)
            doors.offer_beginnings(host)
        except Locked as locked:
            nearby, label = [host.path] if host.path else nearby, None
            host.talk.say(
                str(locked),
                "Nothing of the journal is shown until a door is opened again.",
                "What was read is still further up in this terminal. Leaving offers to clear it."
                if asking.is_terminal(sys.stdout)
                else "",
                "The page that was being written waits behind its author’s door." if host.kept else "",
            )
        except KapjournalError as error:
            if not nearby:
                raise
            host.talk.say(str(error))
            nearby = []
