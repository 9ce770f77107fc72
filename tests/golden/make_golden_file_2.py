"""Made format-2.kap and format-2.json, by hand and once.

`python -m tests.golden.make_golden_file_2`

Once format 2 is frozen the two files stay as they are: a journal written years ago does not change either.
Made anew, every byte is another, because every key is; so this is kept to say what is in them. Nothing in
them is anybody's secret.
"""

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from kapjournal import clock
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.signing import AddendumKind, Signer
from kapjournal.journal import (
    FLOOR,
    Journal,
    NewNote,
    NoteChange,
    SessionChange,
    create,
    generated_recovery_words,
    join,
    unlock,
)

from .tricky_texts import ANAS, BENS
from .what_a_member_reads import what_a_member_reads

GOLDEN = Path(__file__).parent
DAY = dt.date(2026, 3, 2)
PEOPLE = {
    "Dr Löwe": (Role.THERAPIST, "the keeper of this door"),
    "Ana": (Role.PARTNER, "ana opens this door"),
    "Ben": (Role.PARTNER, "ﬁve Ångström and a ½ of doors"),  # NFKD makes another text of every one of these
    "Kim": (Role.SUPERVISOR, "kim opens this door"),
}
ANAS_FIRST = "ana opened it with this"  # until she drew new keys
FILES = {"Wörter.txt": "é, e\u0301 and\r\nגם".encode(), "Thrown away.bin": bytes(range(256))}
KIM, LOEWE = Signer("Kim Sánchez", "LMFT"), Signer("Dr. med. Löwe", "")
T = TypeVar("T")


class Making:
    """One file, a computer for each person, and a clock that goes a minute a step."""

    def __init__(self, folder: Path) -> None:
        self.path, self._folder, self._minutes = folder / "format-2.kap", folder, 0
        self.recovery: dict[str, str | None] = {}
        self.passphrases = {label: passphrase for label, (_, passphrase) in PEOPLE.items()}
        self.passphrases["Ana"] = ANAS_FIRST

    @contextmanager
    def later(self) -> Iterator[None]:
        self._minutes += 1
        with clock.at(dt.datetime(2026, 3, 2, 9, 0, 0, 7000, dt.UTC) + dt.timedelta(minutes=self._minutes)):
            yield

    def begin(self, label: str) -> None:
        with self.later():
            made, self.recovery[label] = create(
                self.path,
                label=label,
                role=PEOPLE[label][0],
                passphrase=self.passphrases[label],
                title="Ours, as format 2 keeps it",
                with_recovery=True,
                strength=FLOOR,
                record_folder=self._memory(label),
            )
            made.close()

    def join(self, label: str, code: str) -> None:
        with self.later():
            joined, self.recovery[label] = join(
                self.path,
                code=code,
                label=label,
                passphrase=self.passphrases[label],
                with_recovery=label == "Ana",
                strength=FLOOR,
                record_folder=self._memory(label),
            )
            joined.close()

    def do(self, label: str, what: Callable[[Journal], T], elsewhere: Path | None = None) -> T:
        """Let somebody open the file and do something, on their computer or on another one of theirs."""
        path, memory = elsewhere or self.path, self._memory(f"{label} elsewhere" if elsewhere else label)
        with (
            self.later(),
            unlock(path, label=label, passphrase=self.passphrases[label], record_folder=memory) as journal,
        ):
            return what(journal)

    def write(self, label: str, *notes: NewNote) -> None:
        dated = [note if note.date else replace(note, date=DAY) for note in notes]
        self.do(label, lambda journal: journal.notes.add_many(dated))

    def file(self, name: str) -> Path:
        (path := self._folder / name).write_bytes(FILES[name])
        return path

    def copy(self) -> Path:
        """A copy of the file as it is, in a folder of its own."""
        (folder := self._folder / f"copy at {self._minutes}").mkdir()
        return Path(shutil.copy(self.path, folder))

    def _memory(self, label: str) -> Path:
        (folder := self._folder / label).mkdir(exist_ok=True)
        return folder


def the_story(making: Making) -> dict[str, str]:
    """Let everything happen that leaves its mark in a file; returns the codes and words given out."""
    making.begin("Dr Löwe")
    codes = making.do("Dr Löwe", _invite)
    making.join("Ana", codes["Ana"])
    making.join("Ben", codes["Ben"])
    for label in ("Dr Löwe", "Ana", "Ben"):
        making.do(label, Journal.refresh)  # each has now met the others, and has their keys
    making.do("Dr Löwe", _sessions)
    making.write("Ana", *ANAS)
    making.write("Ben", *(note for note in BENS if note.title != "Withdrawn"))
    making.do("Ana", _anas_changes)
    making.do("Ben", lambda journal: _bens_changes(making, journal))
    making.do("Dr Löwe", _ben_leaves)
    making.join("Kim", making.do("Dr Löwe", lambda journal: _invite_to(journal, "Kim")))  # never meets Ben
    for label in ("Dr Löwe", "Ana", "Kim"):
        making.do(label, Journal.refresh)
    making.do("Dr Löwe", _sign)
    making.do("Kim", lambda journal: journal.signing.cosign(_the(journal, "Seen"), KIM))
    making.do("Dr Löwe", _add)
    old_words, making.recovery["Dr Löwe"] = making.recovery["Dr Löwe"], making.do("Dr Löwe", _new_words)
    making.do("Ana", lambda journal: _new_keys(making, journal))
    making.passphrases["Ana"] = PEOPLE["Ana"][1]
    for label in ("Dr Löwe", "Kim", "Ana"):
        making.do(label, Journal.refresh)
    _two_computers(making)
    for label in PEOPLE:
        making.do(label, Journal.refresh)
    given = {"open": codes["Noor"], "cancelled": codes["Zoe"], "used": codes["Ben"]}
    return {**given, "replaced words": old_words or "", "Ana's first passphrase": ANAS_FIRST}


def _invite_to(journal: Journal, label: str) -> str:
    roles = {"Noor": Role.PRESCRIBER, "Zoe": Role.CO_THERAPIST}
    with ExitStack() as stack:
        if label == "Noor":  # whose invitation has no day, so that it can be used in years to come
            stack.enter_context(patch.object(clock, "today", return_value=None))
        return journal.members.invite(label, roles.get(label) or PEOPLE[label][0], strength=FLOOR)


def _invite(journal: Journal) -> dict[str, str]:
    return {label: _invite_to(journal, label) for label in ("Noor", "Ana", "Ben", "Zoe")}


def _sessions(journal: Journal) -> None:
    journal.sessions.plan(6)
    at = dt.time(9, 30)
    journal.sessions.add(kind=SessionKind.PREPARATION, date=DAY, time=at, title="Vorgespräch – ☕")
    journal.sessions.add(kind=SessionKind.DOSING, date=DAY + dt.timedelta(days=7), time=at)


def _the(journal: Journal, title: str) -> str:
    return next(note.id for note in journal.notes.all() if note.text.title == title)


def _ben_leaves(journal: Journal) -> None:
    journal.sessions.edit(2, SessionChange(number=12, untimed=True))
    journal.members.cancel_invitation("Zoe")
    journal.members.remove("Ben")
    journal.members.mark_verified("Ana")  # until she has new keys


def _sign(journal: Journal) -> None:
    seen = journal.notes.add(NewNote("Ana sat further off.", "Seen", date=DAY, session=1, share="Kim,Ana"))
    journal.signing.sign(seen.id, LOEWE)


def _add(journal: Journal) -> None:
    """Take in the signature of another, and say more."""
    seen, late = _the(journal, "Seen"), AddendumKind.LATE_ENTRY
    journal.signing.add(seen, late, "And she laughed.\n", "Said on the stairs.", LOEWE)


def _anas_changes(journal: Journal) -> None:
    journal.notes.share(_the(journal, "Tabs"), "Dr Löwe")
    journal.notes.withdraw(_the(journal, "Tags"), "Ben")
    for label in ("Dr Löwe", "Ben"):
        journal.members.mark_verified(label)
    text = NoteText("Not yet\nsaid.", NoteKind.PAGE, DAY, "A draft", ("soon",))
    journal.drafts.save(Draft("", None, text, frozenset({journal.members.get("Ben").id}), (1, 3)))


def _bens_changes(making: Making, journal: Journal) -> None:
    deleted = _the(journal, "Deleted")
    journal.attachments.attach(deleted, making.file("Thrown away.bin"))
    journal.notes.withdraw(deleted, "Dr Löwe")
    journal.notes.delete(deleted)
    first = journal.notes.get(_the(journal, "First"))
    journal.attachments.attach(first.id, making.file("Wörter.txt"))
    text = replace(first.text, body="We spoke, and")
    journal.drafts.save(Draft("", first.id, text, first.readers - {journal.me.id}, (0, 13)))


def _new_words(journal: Journal) -> str:
    journal.keys.renew_recovery_words(words := generated_recovery_words())
    return words


def _new_keys(making: Making, journal: Journal) -> None:
    making.recovery["Ana"] = words = generated_recovery_words()
    journal.keys.replace(PEOPLE["Ana"][1], words, strength=FLOOR)


def _two_computers(making: Making) -> None:
    """One text changed on two computers stands twice; Ben, who has left, is no reader of either."""

    def edit(journal: Journal, tag: str) -> None:
        journal.notes.edit(_the(journal, "Separators"), NoteChange(tags=(tag,)))

    other = making.copy()
    making.do("Ana", lambda journal: edit(journal, "here"))
    making.do("Ana", lambda journal: edit(journal, "there"), other)
    making.do("Ana", lambda journal: journal.copies.merge(other))


def said_of(making: Making, codes: dict[str, str]) -> dict[str, Any]:
    """What is kept beside the file: who opens it with what, and what each reads then."""
    people = {
        label: {
            "passphrase": passphrase,
            "recovery": making.recovery.get(label),
            "reads": making.do(label, what_a_member_reads),
        }
        for label, passphrase in making.passphrases.items()
    }
    return {"codes": codes, "people": people}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        making = Making(Path(folder))
        said = json.dumps(said_of(making, the_story(making)), ensure_ascii=True, indent=1)
        (GOLDEN / "format-2.json").write_text(said + "\n", "ascii")
        (GOLDEN / "format-2.kap").write_bytes(making.path.read_bytes())


if __name__ == "__main__":
    main()
