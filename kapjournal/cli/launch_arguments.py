"""The command line without a command, read without the parser, which takes longer to load than the first
screen to paint."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kapjournal.presentation.launch_request import LaunchRequest

_FILE, _LABEL, _PLAIN = ("-j", "--file"), ("-a", "--as"), "--plain"
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


def without_command(arguments: Sequence[str], environment: Mapping[str, str]) -> LaunchRequest | None:
    """The launch that a command line means which names nothing but file, door and face; None for every other
    one, which is the parser's."""
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
    return LaunchRequest(Path(file) if file else None, label or None, "", plain)
