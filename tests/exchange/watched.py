"""Every state of a folder while something is written into it, as a kill or a power cut would leave it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CHANGES = frozenset(
    ["open", "os.link", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree"]
)
"""What Python tells of before it is done. A write needs an open before it and a close after it, and whatever
follows finds what was written."""


class Watched:
    """What lay in the folders each time one of their files was about to change."""

    def __init__(self, *folders: Path) -> None:
        self._folders = folders
        self.is_on = False
        self.steps = 0
        self.seen: set[bytes] = set()
        """Every content of a file, once."""

    def look(self) -> None:
        """Read all files."""
        self.is_on = False
        for path in (path for folder in self._folders for path in folder.rglob("*")):
            try:
                if path.is_file():
                    self.seen.add(path.read_bytes())
            except OSError:
                continue
        self.steps += 1
        self.is_on = True

    def holds(self, words: bytes) -> bool:
        """Whether a file held these words at any time."""
        return any(words in one for one in self.seen)

    def hear(self, event: str, _: object) -> None:
        """The hook of `sys.addaudithook`, which stays for good and does nothing any more."""
        if self.is_on and event in _CHANGES:
            self.look()


@contextmanager
def watched(*folders: Path) -> Iterator[Watched]:
    """Watch folders while the block runs, and look once more at its end."""
    found = Watched(*folders)
    sys.addaudithook(found.hear)
    found.is_on = True
    try:
        yield found
        found.look()
    finally:
        found.is_on = False
