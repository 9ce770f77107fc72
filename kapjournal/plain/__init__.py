"""The plain face: the terminal UI's flows line by line, for screen readers, braille displays and simple
terminals.

`console` speaks and listens, `menus` lets the person choose from a list of entries; every other file is
a part of the journal. None of them holds a rule: they call the use cases.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapjournal.journal import KdfStrength
    from kapjournal.presentation.launch_request import LaunchRequest


def run(
    launch: "LaunchRequest", *, strength: "KdfStrength | None" = None, record_folder: Path | None = None
) -> int:
    """Converse until the person leaves, and return the exit code.

    `strength` is what new keyslots cost and `record_folder` the folder of what this computer remembers; None
    means the usual ones.
    """
    from kapjournal.plain.main_loop import converse  # noqa: PLC0415 - nothing is loaded before it is shown
    from kapjournal.stdio.exit_codes import outcome_of  # noqa: PLC0415

    return outcome_of(lambda: converse(launch, strength, record_folder))
