"""What is said to whoever opens their own door beside one that is open, at the same keyboard."""

from typing import TYPE_CHECKING

from kapjournal.domain.members import Role
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

BESIDE = "{second}, your passphrase opens your own door beside {first}’s; neither sees the other’s pages."
BESIDE_A_THERAPIST = "{second}, your passphrase opens your own door here; nobody sees your pages."
TURN_THE_KEYBOARD = "Turn the keyboard to {second}"


def asks_for_passphrase(first: "Journal", second: str) -> str:
    """The sentence above the passphrase of `second`, by label, beside the door that is open."""
    words = BESIDE if first.me.role is Role.PARTNER else BESIDE_A_THERAPIST
    return words.format(second=shown_line(second), first=shown_line(first.me.label))
