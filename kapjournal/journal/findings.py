"""What is not as its author left it, in plain sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

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
        *_channels(core),
        *_rollbacks(core),
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


def _channels(core: Core) -> Iterator[str]:
    shelf = core.shelf
    for author in shelf.put_back.values():
        whose = "you" if author == shelf.me else core.label_of(author)
        yield f"An older state of something {whose} wrote was put back into the file; it is not shown."
    if not shelf.own.agrees():
        yield "Something you wrote is missing from the file, or was put back into it."
    for sender, channel in shelf.incoming.items():
        if not channel.agrees():
            whose = core.label_of(sender)
            yield f"Something {whose} shared with you is missing from the file, or was put back."
    removed = {member.id for member in core.members if member.removed}
    for receiver, channel in shelf.outgoing.items():
        if receiver not in removed and not channel.agrees():
            whose = core.label_of(receiver)
            yield f"Something you share with {whose} is missing from the file, or was put back."


def _rollbacks(core: Core) -> Iterator[str]:
    me = core.shelf.me
    for sender, receiver in sorted(core.behind):
        if sender == receiver:
            what = "your own notes"
        elif sender == me:
            what = f"what you share with {core.label_of(receiver)}"
        else:
            what = f"what {core.label_of(sender)} shares with you"
        yield f"This file holds an older state of {what} than this computer has seen."


def _taken_back(core: Core) -> Iterator[str]:
    """Who was removed stays so; that the keeper's word in the file no longer says it is worth a sentence."""
    if (core.keeper, ABOUT) in core.shelf.current and not core.papers.gone <= core.about.gone:
        whose = core.label_of(core.keeper)
        yield f"An older word of {whose} on who was removed was put back into the file; the later one counts."
