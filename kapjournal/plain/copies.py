"""Copies of the journal: bringing another one in, making one for another computer, and what is missing."""

from pathlib import Path

from kapjournal import paths
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import pick
from kapjournal.presentation import copies
from kapjournal.presentation.progress import in_quarters


def something_is_missing(unlocked: Unlocked) -> bool:
    """Whether something is missing that the member can let go of."""
    return any(finding.kind.says_missing for finding in unlocked.journal.findings)


def merge(unlocked: Unlocked) -> None:
    """Bring another copy of the journal together with this one."""
    console = unlocked.console
    console.say(copies.MERGING)
    path = console.ask_for("Where is the other copy? Its path, or Enter to leave it:", _path, _HELP)
    if path is None:
        console.say("Nothing was brought in.")
        return
    console.say("Bringing the two together.")
    console.say(*copies.merge(unlocked.journal, path, in_quarters(console.say))[1])


def copy(unlocked: Unlocked) -> None:
    """Write a copy for another computer of the member's."""
    _write(unlocked, "")


def copy_for(unlocked: Unlocked) -> None:
    """Write a copy for somebody the keeper invited, who joins on another computer."""
    invited = unlocked.journal.members.invitations()
    choices = {f"{one.name}, {one.role.value}": one.name for one in invited}
    name = pick(unlocked.console, "For whom? Enter for nobody:", {**choices, "": ""})
    if name:
        _write(unlocked, name)


def let_go(unlocked: Unlocked) -> None:
    """Miss nothing any more of what is missing, if the member knows about it."""
    console = unlocked.console
    console.say(copies.MAY_COME_BACK, copies.LETTING_GO)
    if not console.yes("Miss nothing of this any more?"):
        console.say("Nothing was changed.")
        return
    console.say(copies.LET_GO if unlocked.journal.let_go() else copies.NOTHING_MISSING)


def _write(unlocked: Unlocked, name: str) -> None:
    console, use_cases = unlocked.console, unlocked.journal.copies
    console.say(copies.purpose(name))
    path = console.ask_for("The path of the new file, or Enter to leave it:", _path)
    if path is None:
        console.say("Nothing was written.")
        return
    follow = in_quarters(console.say)
    if name:
        use_cases.for_newcomer(path, name, follow)
    else:
        use_cases.for_own_computer(path, follow)
    console.say(copies.written(path), *copies.next_steps(name))


def _path(answer: str) -> Path | None:
    return paths.typed_journal(answer) if answer else None


_HELP = f"{copies.MERGING_TWICE} The other copy stays where it is, and no older one does any harm."
