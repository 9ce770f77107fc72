"""Stamp lines on a dose pad until killed, and print the number of each once it is sealed.

Run as a script: the practice's file, the memory's folder, what opens the door in three words of hexadecimal,
the case in hexadecimal, and the number of the first line.
"""

import itertools
import sys
from pathlib import Path

from kapjournal import clock
from kapjournal.crypto.keyslot import Secrets
from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import About
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.records import SessionNamed
from kapjournal.journal import Journal
from kapjournal.store import JournalFile


def main(
    path: str, memory: str, first_secret: str, journal_key: str, keeper: str, case: str, first: str
) -> None:
    """For the first and the second partner in turn."""
    held = Secrets(bytes.fromhex(first_secret), bytes.fromhex(journal_key), MemberId(bytes.fromhex(keeper)))
    with Journal(JournalFile(Path(path)), held, Path(memory)) as lee:
        session, day = SessionNamed(3, clock.today()), clock.today()
        opened = lee.pads.open(CaseId(bytes.fromhex(case)), session, day)
        pad = opened.pad
        for number in itertools.count(int(first)):
            whose = About.SECOND if number % 2 else About.FIRST
            row = new_row(RowKind.LINE, clock.now(), {"words": str(number)})
            pad = opened.save(pad.put(whose, row))
            print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
