"""Whether what is saved is sealed for somebody else, asked line by line."""

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


def ask_sealing(console: Console) -> Sealing | None:
    """Ask for the keys it is sealed to, of which there are none as a rule."""
    return console.ask_for("A public key to seal it to (age1…), or Enter for none:", age.sealing_typed)


def ask_how_sealed(console: Console) -> Sealing | None:
    """Ask how what leaves to somebody is sealed: to their keys, with a passphrase, or not at all."""
    ways = {one: one for one in (_TO_KEYS, _WITH_PASSPHRASE, _NOT)}
    how = pick(console, "How is the file sealed, number or word?", ways, _ABOUT)
    if how == _NOT:
        return None
    if how == _WITH_PASSPHRASE:
        return Sealing(passphrase=_passphrase(console))
    return console.ask_for(
        "Their public key (age1…), several with commas:",
        lambda answer: age.sealing_typed(answer) or age.sealing_to(()),
    )


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
