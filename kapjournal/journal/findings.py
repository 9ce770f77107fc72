"""What is not as its author left it, in plain sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from kapjournal.crypto.keyslot import ID_BYTES
from kapjournal.journal.about import ABOUT
from kapjournal.journal.core import Core
from kapjournal.journal.shelf import SHARED


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up."""

    sentence: str


def findings(core: Core) -> tuple[Finding, ...]:
    """Everything known from reading alone: damage, what is missing or was put back, members' papers."""
    sentences = (
        *_damage(core),
        *_doors(core),
        *core.told,
        *_taken_back(core),
        *core.roll.alarms,
        *core.trouble,
    )
    return tuple(Finding(sentence) for sentence in sentences)


def _damage(core: Core) -> Iterator[str]:
    shelf = core.shelf
    if count := len(shelf.unreadable) + core.odd_rows:
        rows = "row" if count == 1 else "rows"
        yield f"{count} {rows} of the file cannot be read; everything else is shown."
    for sender in shelf.altered.values():
        if sender == SHARED:
            yield "One of the members' cards and letters is damaged or not genuine."
        elif sender == shelf.me:
            yield "Something you wrote is damaged or was altered; it is not shown."
        else:
            whose = core.label_of(sender)
            yield f"Something between you and {whose} is damaged or was altered; it is not shown."
    for sender, _ in shelf.disbelieved.values():
        yield f"Something {core.label_of(sender)} sent is not of the form it should be; it is not shown."


def _doors(core: Core) -> Iterator[str]:
    """What opens one's own door: anybody who can write the file can strike such a row, or put one back."""
    doors, words = core.own_slots.doors, core.own_slots.recoveries
    retired = set(core.memory.retired)
    if not doors:
        yield "Your door was taken out of the file. Change your passphrase before you lock: that mends it."
    elif len(doors) > 1 or doors & retired:
        yield (
            "A door under your label was put into the file, strange or with an older passphrase of yours. "
            "Change your passphrase, and only yours is left."
        )
    elif _is_altered(core.memory.slots.get("door", b""), doors):
        yield "Your door was altered in the file. Change your passphrase before you lock: that mends it."
    if len(words) > 1 or words & retired:
        yield "Older recovery words of yours were put back. Make new ones, and only those open your door."
    elif core.memory.slots.get("recovery", b"") not in (b"", *words):
        yield "Your recovery words open nothing any more: somebody took them out of the file. Make new ones."


def _is_altered(known: bytes, now: frozenset[bytes]) -> bool:
    """Whether a row that is remembered is there under its own id with another content."""
    return any(mark[:ID_BYTES] == known[:ID_BYTES] and mark != known for mark in now)


def _taken_back(core: Core) -> Iterator[str]:
    """Who was removed stays so; that the keeper's word in the file no longer says it is worth a sentence."""
    if (core.keeper, ABOUT) in core.shelf.current and not core.papers.gone <= core.about.gone:
        whose = core.label_of(core.keeper)
        yield f"An older word of {whose} on who was removed was put back into the file; the later one counts."
