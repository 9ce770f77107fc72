"""Where heads and memory do not fit what lies in the file: whose words that concerns, and how it is said."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapjournal.journal.core import Core


def doubted(core: "Core") -> set[bytes]:
    """The authors, oneself among them, of whom an older state may be shown: no single envelope could be set
    aside for what does not fit."""
    me = core.shelf.me
    coming = {me: core.shelf.own, **core.shelf.incoming}
    behind = {sender for sender, receiver in core.behind if receiver == me}
    return behind | {sender for sender, channel in coming.items() if not channel.agrees()}


def sentences(core: "Core") -> Iterator[str]:
    """What to tell the person of it."""
    yield from _channels(core)
    yield from _rollbacks(core)


def _channels(core: "Core") -> Iterator[str]:
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


def _rollbacks(core: "Core") -> Iterator[str]:
    me = core.shelf.me
    for sender, receiver in sorted(core.behind):
        if sender == receiver:
            what = "your own notes"
        elif sender == me:
            what = f"what you share with {core.label_of(receiver)}"
        else:
            what = f"what {core.label_of(sender)} shares with you"
        yield f"This file holds an older state of {what} than this computer has seen."
