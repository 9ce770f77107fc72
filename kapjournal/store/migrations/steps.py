"""The steps there are, each from one format of the file to the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kapjournal.store.rows import Transaction
from kapjournal.store.schema import MASTER, SchemaRows


@dataclass(frozen=True, slots=True)
class Step:
    """What turns the rows of one format into those of the next.

    `run` sees rows as sealed bytes and may write only what `crypto` sealed; a row it does not touch stays as
    it is. A step that seals anew needs keys, which the store never has: the journal layer makes its `run`, a
    function that knows the passphrase, opens the keyslots it reads through the transaction and seals with
    what they hold. It is handed in as `migrate(path, {**STEPS, 1: Step(run)})`; an error it raises, such as
    for a wrong passphrase, leaves the file as it was. `tables` are those of the older format, to the letter.
    """

    run: Callable[[Transaction], None]
    tables: SchemaRows = MASTER


STEPS: Mapping[int, Step] = {}
"""By the format a step begins with: those that need no keys. Format 1 is the first, so there is none yet."""
