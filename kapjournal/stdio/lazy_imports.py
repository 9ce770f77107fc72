"""The one door to what is heavy: importing it costs nothing, the first use of a name imports the package.

So `--help` and a mistyped option are answered without the database and the ciphers.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kapjournal import demo, journal
else:

    class _Later:
        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, attribute: str) -> Any:
            return getattr(import_module(self._name), attribute)

    demo = _Later("kapjournal.demo")
    journal = _Later("kapjournal.journal")

__all__ = ["demo", "journal"]
