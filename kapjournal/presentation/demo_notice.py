"""What is said at the doors of the demo: how long it lasts, and what opens it."""

from collections.abc import Iterable

Door = tuple[str, str, str]
"""Label, role and passphrase."""


def demo_notice(doors: Iterable[Door], *, goes: bool) -> str:
    """The passphrases, a line each; a demo that `goes` is removed when the program ends."""
    heading = "This demo goes when you leave. Its passphrases:" if goes else "The passphrases of this demo:"
    return "\n".join([heading, *(f"{label} ({role}): {passphrase}" for label, role, passphrase in doors)])
