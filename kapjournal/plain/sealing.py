"""Whether what is saved is sealed for somebody else, asked line by line."""

from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing
from kapjournal.plain.console import Console


def ask_sealing(console: Console) -> Sealing | None:
    """Ask for the keys it is sealed to, of which there are none as a rule."""
    return console.ask_for("A public key to seal it to (age1…), or Enter for none:", age.sealing_typed)
