"""The request to open one of the two faces, which the command line makes and never carries out itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_FILE, _LABEL, _PLAIN = ("-j", "--file"), ("-a", "--as"), "--plain"
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Launch:
    """Open the journal `path` at the door `label`, where those are known.

    `notice` is shown on the way in; it is empty where there is nothing to say. `plain` asks for the talk line
    by line instead of the screens.
    """

    path: Path | None
    label: str | None
    notice: str
    plain: bool = False


def without_command(arguments: Sequence[str], environment: Mapping[str, str]) -> Launch | None:
    """The launch that a command line without a command means, if it says nothing but file, door and face.

    Everything else is for the parser, which takes longer to load than the first screen to paint.
    """
    file, label = environment.get("KAPJOURNAL_FILE"), environment.get("KAPJOURNAL_AS")
    wanted = environment.get("KAPJOURNAL_PLAIN", "").lower()
    if wanted not in _YES | _NO:
        return None
    plain = wanted in _YES
    given = list(arguments)
    while given:
        option = given.pop(0)
        if option == _PLAIN:
            plain = True
        elif not given or option not in _FILE + _LABEL or given[0].startswith("-"):
            return None
        elif option in _FILE:
            file = given.pop(0)
        else:
            label = given.pop(0)
    return Launch(Path(file) if file else None, label or None, "", plain)
