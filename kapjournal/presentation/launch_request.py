"""What starts a face: which journal, whose door, and what is said on the way in."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LaunchRequest:
    """The request to open the journal `path` at the door `label`, where those are known.

    `notice` is shown at the doors and may be empty. `plain` asks for the
    conversation line by line instead of the screens.
    """

    path: Path | None
    label: str | None
    notice: str
    plain: bool = False
