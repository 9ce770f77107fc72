"""A journal of the three which a supervisor, Dr Roe, joined; all of them shared something with him."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.signing import Signer
from kapjournal.journal import FLOOR, Journal, NewNote
from tests.cast import joins

ROE, ROES = "Dr Roe", "Dr Roe opens this door"
CLIENTS = ("Ana", "Ben", "ana", "ben")
"""What a supervisor is not told. No word that is written here has one of these in it."""


def supervise(path: Path, memory: Path, opened: Callable[[str], Journal]) -> None:
    """Let Dr Roe in, and share with him a note of each partner's with a file, and one that Dr Lee signed."""
    with opened("Dr Lee") as lee:
        joins(path, ROE, lee.members.invite(ROE, Role.SUPERVISOR, strength=FLOOR), memory)
        lee.refresh()
        lee.sessions.add(kind=SessionKind.PREPARATION, date=dt.date(2026, 3, 1))
        seen = lee.notes.add(NewNote("Seen from the chair.", title="Chair", share=f"all, {ROE}"))
        lee.signing.sign(seen.id, Signer("Dr Mina Lee", "LMFT"))
    attached = path.parent / "map.txt"
    attached.write_text("a map")
    for label, other in (("Ana", "Ben"), ("Ben", "Ana")):
        with opened(label) as partner:
            words = {"Ana": "A river at dusk.", "Ben": "A stone in the shoe."}[label]
            note = partner.notes.add(NewNote(words, title=words.split()[1], share=f"{other}, {ROE}"))
            partner.attachments.attach(note.id, attached)
    attached.unlink()


def names_told(said: str) -> list[str]:
    """The clients' names in something that was said."""
    return [name for name in CLIENTS if name in said]
