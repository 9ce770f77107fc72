"""The options by which a command seals what it writes for somebody else: `--age` and its passphrase."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kapjournal.cli import passphrases
from kapjournal.errors import UsageError
from kapjournal.exchange import age
from kapjournal.exchange.age import Sealing

AgeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--age",
        parser=age.recipient_from,
        metavar="RECIPIENT",
        help="Seal it to a public key, age1… or ssh-…, for the age tool; may be given often. The name ends "
        "in .age, or in .age.txt for mail.",
    ),
]
AgePassphraseOption = Annotated[
    bool,
    typer.Option("--age-passphrase", help="Seal it with a passphrase instead, which is asked for twice."),
]
AgePassphraseFileOption = Annotated[
    str | None,
    typer.Option(
        "--age-passphrase-file",
        metavar="PATH|-",
        help="The same with the first line of a file; - takes that of standard input, before all others.",
    ),
]


def sealing_from(
    recipients: Sequence[str] | None, asks_passphrase: bool, passphrase_file: str | None
) -> Sealing | None:
    """What the three options say together; None if none of them was given (`UsageError`). A passphrase is
    asked for before a door is opened."""
    if not asks_passphrase and passphrase_file is None:
        return age.sealing_to(recipients) if recipients else None
    if recipients:
        raise UsageError("A file is sealed to keys or with a passphrase, not both.")
    return Sealing(passphrase=passphrases.to_seal_with(passphrase_file))


def needs_file(sealing: Sealing | None, options: str, *files: Path | None) -> None:
    """Refuse to seal what is only shown: one of the `options` has to name a file (`UsageError`)."""
    if sealing is not None and not any(files):
        raise UsageError(f"What is sealed is a file: say {options} too.")
