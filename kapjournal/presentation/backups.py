"""What is said of backups: what a sealed one holds, and how it stands beside the journal."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.errors import Damaged, KapjournalError
from kapjournal.presentation import days
from kapjournal.presentation.couples import ONLY_THE_PRACTICE
from kapjournal.presentation.progress import size
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import BackedUp, Beside, LastBackup, LookedThrough, OpenedBackup, SealedContents

CHECKING = (
    "Looks through a backup, every row of it, without opening a door and without changing it: whether it "
    "is whole, and what can be told of it. With a passphrase it also proves that the door opens."
)
WITH_COUPLES = "The journals of your couples with it, each in a file of its own?"
HOW_MANY = "How many to keep there? A number, or 7d,4w; Enter keeps all:"
KEEPING = (
    "All stay there unless you say how many to keep: 5 keeps the last five; 7d,4w the last of each of 7 days "
    "and 4 weeks. Then older backups of this journal in that folder are removed, once the new one is there "
    "and whole. Nothing else in the folder is touched."
)
WHOLE = "It is whole: all of it can be read as it was written."
NOT_WHOLE = "It is not whole. Keep it, and keep others; to bring it in (merge) takes what is whole of it."

_ORDERS = {
    "equal": "It holds all that {name} holds.",
    "older": "{name} has come further since.",
    "newer": "It has what {name} has not.",
    "both": "Each has what the other has not: it, and {name}.",
}
_OF_DAMAGED = {
    "equal": "But for what is damaged it holds all that {name} holds.",
    "older": "{name} has come further since.",
    "newer": "It has what {name} has not, as far as that is not what is damaged.",
    "both": "Each has what the other has not: {name}, and it as far as that is not what is damaged.",
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


def made(done: "BackedUp", *, of_a_practice: bool) -> list[str]:
    """Where it is, what was backed up, and what became of the older ones, in sentences."""
    return [f"The backup is {shown_line(str(done.path))}.", *beyond_place(done, of_a_practice=of_a_practice)]


def beyond_place(done: "BackedUp", *, of_a_practice: bool) -> list[str]:
    """The same but for where it is."""
    said = [f"Journals in it: {done.files}. {SEALED}" if done.files else SEALED]
    said += [ONLY_THE_PRACTICE] if of_a_practice and not done.files else []
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
        "file last changed": days.at(found.changed),
        "doors": ", ".join(found.labels) or "none",
        "attached": f"{size(found.piece_bytes)}, pieces {found.pieces:,}" if found.pieces else "nothing",
        "size": size(found.size),
    }


def looked_through(found: "LookedThrough") -> list[str]:
    """What came of looking through a backup but for its contents, in sentences."""
    said = [found.damage] if found.damage else []
    if found.contents is not None:
        said += [WHOLE] if found.contents.is_whole else [found.contents.damage, NOT_WHOLE]
    if found.beside is not None:
        said += _beside(found.beside, _ORDERS if found.is_whole else _OF_DAMAGED)
    if found.opened is not None:
        said.append(opened(found.opened))
    return said


def in_full(found: "LookedThrough") -> list[str]:
    """The same with its contents."""
    there = contents(found.contents) if found.contents is not None else {}
    return [*(f"{what.capitalize()}: {value}." for what, value in there.items()), *looked_through(found)]


def name_in(given: Path, file: Path) -> str:
    """What one of several backups is called in the folder that was given; empty for the only one."""
    return "" if file == given else shown_line(str(file.relative_to(given)))


def _beside(found: "Beside", orders: Mapping[str, str]) -> list[str]:
    name = shown_line(found.path.name)
    if found.damage:
        return [f"It cannot be compared with your journal. {shown_line(found.damage)}"]
    if not found.is_same or found.order is None:
        return [f"It is of another journal than {name}."]
    said = [f"It is a backup of {name}. {orders[found.order.value].format(name=name)}"]
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
