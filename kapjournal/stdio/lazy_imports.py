"""`demo` and `journal`, imported when one of their names is first used.

So `--help` and a mistyped option are answered without the database and the ciphers.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kapjournal import demo, journal
else:

    class _LazyModule:
        def __init__(self, name: str) -> None:
            self._name = name

        def __getattr__(self, attribute: str) -> Any:
            return getattr(import_module(self._name), attribute)

    demo = _LazyModule("kapjournal.demo")
    journal = _LazyModule("kapjournal.journal")

__all__ = ["demo", "journal"]
