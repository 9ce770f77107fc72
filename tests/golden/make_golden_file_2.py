"""Made format-2.kap and format-2.json, by hand and once for each format.

`python -m tests.golden.make_golden_file_2`

The two files stay as they are: a journal written years ago does not change either. Made anew, every
byte is another, because every key is; so this is kept to say what is in them, and for the format after this.
"""

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from kapjournal import clock
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.sessions import SessionKind
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

from .what_a_member_reads import what_a_member_reads

GOLDEN = Path(__file__).parent
DAY = dt.date(2026, 3, 2)
PEOPLE = {
    "Dr Löwe": (Role.THERAPIST, "the keeper of this door"),
    "Ana": (Role.PARTNER, "ana opens this door"),
    "Ben": (Role.PARTNER, "ﬁve Ångström and a ½ of doors"),  # NFKD makes another text of every one of these
    "Kim": (Role.SUPERVISOR, "kim opens this door"),
}
ANAS = (
    NewNote("Family 👨‍👩‍👧‍👦, a flag 🏳️‍🌈, a hand 👋🏽.", "Emoji with joiners 👩‍🚀", NoteKind.CAPTURE),
    NewNote("כתבתי ביומן.\nكتبتُ في الدفتر، 12 (مرّة).", "שלום Ana", NoteKind.REFLECT, share="Ben"),
    NewNote("one\u2028two\u2029three\u00a0four\ufeff", "Separators", NoteKind.WEAVE, share="all"),
    NewNote("\tone\n\t\ttwo\t \n\n\n", "Tabs", NoteKind.CYCLE, share="Ben"),
    NewNote("Said with no title.", "", NoteKind.APPRECIATION, session=2, share="supervisor,Dr Löwe"),
    NewNote("Much.", "Tags", NoteKind.GRATITUDE, tags=tuple(f"tag {n} é" for n in range(32)), share="all"),
    NewNote("é" * 2049 + "\n", "Over 4 KiB", NoteKind.BODY, share="Ben"),
)
BENS = (
    NewNote("Honesty, \u0065\u0301 in two parts.", "Decomposed", NoteKind.VALUES, share="Ana"),
    NewNote('{"a": "\\ud800", "a": NaN} \\u0000', "Looks like JSON", NoteKind.PARTS),
    NewNote("", "No words", NoteKind.INTENTION, dt.date(1999, 12, 31), session=1, share="all"),
    NewNote("We spoke.", "First", NoteKind.DIALOGUE, session=1, share="Ana"),
    NewNote("For all, then for Ana no more.", "Withdrawn", NoteKind.PAGE, share="all"),
    NewNote("Nobody reads this again.", "Deleted", NoteKind.PAGE, share="all"),
)


T = TypeVar("T")


class Making:
    """One file, a computer for each person, and a clock that goes a minute a step."""

    def __init__(self, folder: Path) -> None:
        self.path, self._folder, self._minutes = folder / "format-2.kap", folder, 0
        self.recovery: dict[str, str | None] = {}

    @contextmanager
    def later(self) -> Iterator[None]:
        self._minutes += 1
        with clock.at(dt.datetime(2026, 3, 2, 9, 0, 0, 7000, dt.UTC) + dt.timedelta(minutes=self._minutes)):
            yield

    def begin(self, label: str) -> None:
        role, passphrase = PEOPLE[label]
        with self.later():
            made, self.recovery[label] = create(
                self.path,
                label=label,
                role=role,
                passphrase=passphrase,
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
                passphrase=PEOPLE[label][1],
                with_recovery=label == "Ana",
                strength=FLOOR,
                record_folder=self._memory(label),
            )
            joined.close()

    def do(self, label: str, what: Callable[[Journal], T]) -> T:
        memory = self._memory(label)
        with (
            self.later(),
            unlock(self.path, label=label, passphrase=PEOPLE[label][1], record_folder=memory) as journal,
        ):
            return what(journal)

    def write(self, label: str, note: NewNote) -> None:
        dated = note if note.date else replace(note, date=DAY)
        self.do(label, lambda journal: journal.notes.add(dated))

    def _memory(self, label: str) -> Path:
        (folder := self._folder / label).mkdir(exist_ok=True)
        return folder


def the_story(making: Making) -> dict[str, str]:
    """Let everything happen that leaves its mark in a file; returns the codes and words given out."""
    making.begin("Dr Löwe")
    codes = making.do("Dr Löwe", _invite)
    for label in ("Ana", "Ben", "Kim"):
        making.join(label, codes[label])
    for label in PEOPLE:
        making.do(label, Journal.refresh)  # each has now met the others, and has their keys
    making.do("Dr Löwe", _sessions)
    for label, notes in (("Ana", ANAS), ("Ben", BENS)):
        for note in notes:
            making.write(label, note)
    making.write("Dr Löwe", NewNote("The couple sat closer.", "Seen", session=1))
    making.write("Kim", NewNote("From behind the glass.", "Supervised", share="Dr Löwe"))
    making.do("Ana", _anas_changes)
    making.do("Ana", _anas_second_thoughts)
    making.do("Ben", _bens_changes)
    making.do("Dr Löwe", _renumber)
    replaced, making.recovery["Dr Löwe"] = making.recovery["Dr Löwe"], making.do("Dr Löwe", _new_words)
    making.do("Dr Löwe", lambda journal: journal.members.cancel_invitation("Zoe"))
    making.do("Dr Löwe", lambda journal: journal.members.remove("Kim"))
    making.write("Ana", NewNote("Kim has left.", "After Kim", share="all"))
    for label in PEOPLE:
        making.do(label, Journal.refresh)
    given = {"open": codes["Noor"], "cancelled": codes["Zoe"], "used": codes["Kim"]}
    return {**given, "replaced words": replaced or ""}


def _invite(journal: Journal) -> dict[str, str]:
    roles = {
        **{label: role for label, (role, _) in PEOPLE.items() if label != journal.me.label},
        "Noor": Role.PRESCRIBER,
        "Zoe": Role.CO_THERAPIST,
    }
    return {label: journal.members.invite(label, role, strength=FLOOR) for label, role in roles.items()}


def _sessions(journal: Journal) -> None:
    journal.sessions.plan(6)
    at = dt.time(9, 30)
    journal.sessions.add(kind=SessionKind.PREPARATION, date=DAY, time=at, title="Vorgespräch – ☕")
    journal.sessions.add(kind=SessionKind.DOSING, date=DAY + dt.timedelta(days=7), time=at)
    journal.sessions.add(kind=SessionKind.CHECK_IN, date=DAY + dt.timedelta(days=9))


def _renumber(journal: Journal) -> None:
    journal.sessions.edit(2, SessionChange(number=12, untimed=True))


def _the(journal: Journal, title: str) -> str:
    return next(note.id for note in journal.notes.all() if note.text.title == title)


def _anas_changes(journal: Journal) -> None:
    tabs = _the(journal, "Tabs")
    journal.notes.edit(tabs, NoteChange(body="\tone\n", title="Tabs, once more"))
    journal.notes.edit(tabs, NoteChange(tags=("later",), session=1))
    journal.notes.share(tabs, "Dr Löwe")
    journal.members.mark_verified("Ben")
    text = NoteText("Not yet\nsaid.", NoteKind.PAGE, DAY, "A draft", ("soon",))
    journal.drafts.save(Draft("", None, text, frozenset({journal.members.get("Ben").id}), (1, 3)))


def _anas_second_thoughts(journal: Journal) -> None:
    """One note shared, taken back and shared again; a former reader of another does not see it edited."""
    again = _the(journal, "Emoji with joiners 👩‍🚀")
    journal.notes.share(again, "Ben,Kim")
    journal.notes.withdraw(again, "Ben")
    journal.notes.edit(again, NoteChange(title="Emoji, again"))
    journal.notes.share(again, "Ben")
    lost = _the(journal, "Tags")
    journal.notes.withdraw(lost, "Ben")
    journal.notes.edit(lost, NoteChange(body="More."))


def _new_words(journal: Journal) -> str:
    journal.keys.renew_recovery_words(words := generated_recovery_words())
    return words


def _bens_changes(journal: Journal) -> None:
    journal.notes.withdraw(_the(journal, "Withdrawn"), "Ana")
    journal.notes.withdraw(_the(journal, "Deleted"), "Dr Löwe")
    journal.notes.edit(_the(journal, "Deleted"), NoteChange(body="Soon gone."))
    journal.notes.delete(_the(journal, "Deleted"))
    first = journal.notes.get(_the(journal, "First"))
    text = replace(first.text, body="We spoke, and")
    journal.drafts.save(Draft("", first.id, text, first.readers - {journal.me.id}, (0, 13)))


def said_of(making: Making, codes: dict[str, str]) -> dict[str, Any]:
    """What is kept beside the file: who opens it with what, and what each reads then."""
    people = {
        label: {
            "passphrase": passphrase,
            "recovery": making.recovery[label],
            "reads": making.do(label, what_a_member_reads),
        }
        for label, (_, passphrase) in PEOPLE.items()
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
