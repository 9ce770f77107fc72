"""Sealing a file that leaves for somebody else: to their keys, or with a passphrase, asked line by line."""

from kapjournal.errors import KapjournalError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.plain.console import Console
from kapjournal.plain.menus import pick
from kapjournal.stdio.lazy_imports import journal

_TO_KEYS, _WITH_PASSPHRASE, _NOT = "to a key", "with a passphrase", "not sealed"
_ABOUT = {
    _TO_KEYS: "only whoever has the other part of it can open the file, with the age tool.",
    _WITH_PASSPHRASE: "whoever has it can open the file, with the age tool. Tell them by another way.",
    _NOT: "whoever opens the file can read it.",
}


def ask_for_sealing(console: Console) -> Sealing | None:
    """Ask how a file is sealed; None for one that is not."""
    how = pick(
        console,
        "How is the file sealed, number or word?",
        {one: one for one in (_TO_KEYS, _WITH_PASSPHRASE, _NOT)},
        _ABOUT,
    )
    if how == _NOT:
        return None
    return age.sealing_to(_keys(console)) if how == _TO_KEYS else Sealing(passphrase=_passphrase(console))


def _keys(console: Console) -> list[str]:
    """Public keys, one at a time, at least one."""
    keys = [console.ask_for("Their public key, age1… or ssh-…:", age.recipient_from)]
    while key := console.ask_for(
        "Another one, who can open it too? Enter for none:",
        lambda answer: age.recipient_from(answer) if answer else "",
    ):
        keys.append(key)
    return keys


def _passphrase(console: Console) -> str:
    """A passphrase that is long enough, typed twice."""
    while True:
        try:
            chosen = journal.check_passphrase(console.secret("A passphrase for the file:"))
        except KapjournalError as error:
            console.say(str(error))
            continue
        if console.secret("The same once more:") == chosen:
            return chosen
        console.say("The two passphrases are not the same.")
