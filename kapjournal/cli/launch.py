"""The request to open the terminal UI, which the command line makes and never carries out itself."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Launch:
    """Open the screens: on the journal `path` and at the door `label`, where those are known.

    `notice` is shown on the way in; it is empty where there is nothing to say.
    """

    path: Path | None
    label: str | None
    notice: str
