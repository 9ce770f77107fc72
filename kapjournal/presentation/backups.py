"""What is said of backups: what a sealed one holds, and how it stands beside the journal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.errors import Damaged, KapjournalError
from kapjournal.presentation import days
from kapjournal.presentation.progress import size
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import BackedUp, Beside, LastBackup, OpenedBackup, SealedContents

CHECKING = (
    "Looks through a backup, every row of it, without opening a door and without changing it: whether it "
    "is whole, and what can be told of it. With a passphrase it also proves that the door opens."
)
WITH_COUPLES = "The journals of your couples with it, each in a file of its own?"
HOW_MANY = "How many to keep there? A number, or 7d,4w; Enter keeps all:"
KEEPING = (
    "Once the new one is there and whole, older backups of this journal in that folder are removed. 5 keeps "
    "the last five; 7d,4w the last of each of 7 days and 4 weeks. Nothing else in the folder is touched."
)
WHOLE = "It is whole: every row can be read as it was written."
NOT_WHOLE = "It is not whole. Keep it, and keep others; to bring it in (merge) takes what is whole of it."

_ORDERS = {
    "equal": "It holds all that {name} holds.",
    "older": "{name} has come further since.",
    "newer": "It has what {name} has not.",
    "both": "Each has what the other has not: it, and {name}.",
}


SEALED = "The copy is sealed like the journal, and opens with the passphrases of today."


def due(last: "LastBackup", after: int) -> str:
    """A reminder once the last backup is older than so many days, or there was none for as long; else empty,
    as always for 0."""
    gone = (clock.today() - last.day).days
    if not after or gone <= after:
        return ""
    return f"The last backup here is of {days.long_day(last.day)}." if last.was_made else NONE_YET


def due_with_key(last: "LastBackup", after: int) -> str:
    """The same with the key that makes one."""
    said = due(last, after)
    return said and f"{said} Press {{backup}} to make one."


NONE_YET = "No backup was made on this computer yet."


def last(last: "LastBackup") -> str:
    """When the last backup was made, for a form that makes one."""
    return f"The last one on this computer: {days.long_day(last.day)}." if last.was_made else NONE_YET


def written(done: "BackedUp") -> str:
    """Where it is."""
    return f"The backup is {shown_line(str(done.path))}."


def done(done: "BackedUp") -> list[str]:
    """What was backed up, and what became of the older ones, in sentences."""
    said = [f"Journals in it: {done.files}. {SEALED}" if done.path.suffix == "" else SEALED]
    for name, sentence in done.amiss:
        said.append(f"{shown_line(name)}: {sentence}" if name else sentence)
    if done.amiss:
        said.append("Nothing older was removed: it may hold what this one does not.")
    said += [f"Removed, since newer ones are kept: {shown_line(one.name)}." for one in done.removed]
    said += [f"Left as it is, for it is not whole: {shown_line(one.name)}." for one in done.left]
    return said


def exit_code(done: "BackedUp") -> int:
    """What a script is told: 5 where the journal itself is damaged, 1 where a couple's is not in the set."""
    if any(not name for name, _ in done.amiss):
        return Damaged.exit_code
    return KapjournalError.exit_code if done.amiss else 0


def contents(found: "SealedContents") -> dict[str, str]:
    """What lies in a sealed file, in words, by what it is."""
    return {
        "written": days.at(found.written),
        "doors": ", ".join(found.labels) or "none",
        "sealed rows": f"{found.rows:,}",
        "attached": f"{size(found.piece_bytes)}, pieces {found.pieces:,}" if found.pieces else "nothing",
        "size": size(found.size),
    }


def wholeness(found: "SealedContents") -> list[str]:
    """Whether a file is whole, in sentences."""
    if found.is_whole:
        return [WHOLE]
    said = {
        f"Rows that are damaged: {found.damaged:,}.": found.damaged,
        f"Rows or doors of a strange form: {found.odd:,}.": found.odd,
        "It has no door that opens.": not found.labels,
    }
    return [*(sentence for sentence, is_so in said.items() if is_so), NOT_WHOLE]


def beside(found: "Beside") -> list[str]:
    """How a backup stands beside the journal, in sentences."""
    name = shown_line(found.path.name)
    if found.damage:
        return [f"It cannot be compared with your journal. {shown_line(found.damage)}"]
    if not found.is_same or found.order is None:
        return [f"It is of another journal than {name}."]
    said = [f"It is a backup of {name}. {_ORDERS[found.order.value].format(name=name)}"]
    if found.changed_doors:
        doors = ", ".join(map(shown_line, found.changed_doors))
        said.append(f"It opens with the passphrase of its day, which is another now: {doors}.")
    return said


def opened(found: "OpenedBackup") -> str:
    """What a door that opened leads to."""
    counts: Mapping[str, int] = {
        "notes": found.notes,
        "files": found.files,
        "sessions": found.sessions,
        "couples": found.couples,
        "not as it was left": found.findings,
    }
    there = ", ".join(f"{what} {count:,}" for what, count in counts.items() if count or what == "notes")
    return f"The door of {shown_line(found.label)} opens: {there}."
