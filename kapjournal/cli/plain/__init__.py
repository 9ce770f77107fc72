"""The terminal UI's flows line by line, for screen readers, braille displays and simple terminals.

`talk` speaks and listens, `menus` lets one choose from a list of entries; every other file is a part of the
journal. Like the screens, none of them holds a rule: they call the use cases.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kapjournal.cli.launch import Launch
    from kapjournal.journal import KdfStrength


def run(launch: "Launch", *, strength: "KdfStrength | None" = None, memory: Path | None = None) -> int:
    """Talk until the person leaves; returns the exit code. `strength` and `memory` as for a command."""
    from kapjournal.cli.edge import caught  # noqa: PLC0415 - `--plain` alone loads no parser before this
    from kapjournal.cli.plain.visit import visit  # noqa: PLC0415

    code = caught(lambda: visit(launch, strength, memory))
    return code if isinstance(code, int) else 0
