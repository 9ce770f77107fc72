"""The request to open the terminal UI, which the command line makes and never carries out itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_FILE, _LABEL = ("-j", "--file"), ("-a", "--as")


@dataclass(frozen=True, slots=True)
class Launch:
    """Open the screens: on the journal `path` and at the door `label`, where those are known.

    `notice` is shown on the way in; it is empty where there is nothing to say.
    """

    path: Path | None
    label: str | None
    notice: str


def plain(arguments: Sequence[str], environment: Mapping[str, str]) -> Launch | None:
    """The launch that a command line without a command means, if it says nothing but file and door.

    Everything else is for the parser, which takes longer to load than the first screen to paint.
    """
    file, label = environment.get("KAPJOURNAL_FILE"), environment.get("KAPJOURNAL_AS")
    given = list(arguments)
    while given:
        option = given.pop(0)
        if not given or option not in _FILE + _LABEL or given[0].startswith("-"):
            return None
        if option in _FILE:
            file = given.pop(0)
        else:
            label = given.pop(0)
    return Launch(Path(file) if file else None, label or None, "")
