"""What is not as its author left it, in plain sentences."""

from dataclasses import dataclass

from kapjournal.journal.about import ABOUT
from kapjournal.journal.core import Core
from kapjournal.journal.shelf import SHARED


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up. `whose` is the label of the member whose words it concerns."""

    sentence: str
    whose: str | None = None


def findings(core: Core) -> tuple[Finding, ...]:
    """Everything known from reading alone: damage, what is missing or was put back, members' papers."""
    return (
        *_damage(core),
        *_channels(core),
        *_rollbacks(core),
        *_taken_back(core),
        *(Finding(sentence, label or None) for label, sentence in core.roll.alarms),
        *(Finding(sentence) for sentence in core.trouble),
    )


def _damage(core: Core) -> list[Finding]:
    shelf = core.shelf
    found: list[Finding] = []
    if count := len(shelf.unreadable) + core.odd_rows:
        found.append(Finding(f"{count} {_rows(count)} of the file cannot be read; everything else is shown."))
    for sender in shelf.altered.values():
        if sender == SHARED:
            found.append(Finding("One of the members' cards and letters is damaged or not genuine."))
        elif sender == shelf.me:
            found.append(
                Finding("Something you wrote is damaged or was altered; it is not shown.", core.me.label)
            )
        else:
            whose = core.label_of(sender)
            found.append(
                Finding(
                    f"Something between you and {whose} is damaged or was altered; it is not shown.", whose
                )
            )
    for sender, _ in shelf.disbelieved.values():
        whose = core.label_of(sender)
        found.append(
            Finding(f"Something {whose} sent is not of the form it should be; it is not shown.", whose)
        )
    return found


def _channels(core: Core) -> list[Finding]:
    shelf = core.shelf
    found = [
        Finding(
            f"An older state of something {_by(core, author)} wrote was put back into the file; "
            "it is not shown.",
            core.label_of(author),
        )
        for author in shelf.put_back.values()
    ]
    if not shelf.own.agrees():
        found.append(
            Finding("Something you wrote is missing from the file, or was put back into it.", core.me.label)
        )
    for sender, channel in shelf.incoming.items():
        if not channel.agrees():
            whose = core.label_of(sender)
            found.append(
                Finding(
                    f"Something {whose} shared with you is missing from the file, or was put back.", whose
                )
            )
    removed = {member.id for member in core.members if member.removed}
    for receiver, channel in shelf.outgoing.items():
        if receiver not in removed and not channel.agrees():
            whose = core.label_of(receiver)
            found.append(
                Finding(f"Something you share with {whose} is missing from the file, or was put back.", whose)
            )
    return found


def _rollbacks(core: Core) -> list[Finding]:
    found: list[Finding] = []
    me = core.shelf.me
    for sender, receiver in sorted(core.behind):
        if sender == receiver:
            sentence = "This file holds an older state of your own notes than this computer has seen."
        elif sender == me:
            whose = core.label_of(receiver)
            sentence = (
                f"This file holds an older state of what you share with {whose} than this computer has seen."
            )
        else:
            whose = core.label_of(sender)
            sentence = (
                f"This file holds an older state of what {whose} shares with you than this computer has seen."
            )
        found.append(Finding(sentence, core.label_of(receiver if sender == me else sender)))
    return found


def _taken_back(core: Core) -> list[Finding]:
    """Who was removed stays so; that the keeper's word in the file no longer says it is worth a sentence."""
    if (core.keeper, ABOUT) not in core.shelf.current or core.papers.gone <= core.about.gone:
        return []
    whose = core.label_of(core.keeper)
    return [
        Finding(
            f"An older word of {whose} on who was removed was put back into the file; the later one counts.",
            whose,
        )
    ]


def _by(core: Core, author: bytes) -> str:
    return "you" if author == core.shelf.me else core.label_of(author)


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"
