"""A folder as one ZIP archive, made in memory, so that it can be sealed before anything is on the disk."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from kapjournal.errors import Refused

MAX_BYTES = 512 * 1024 * 1024
"""Of an archive. To seal it takes up to three times as much memory again; armored, four times."""


class ZipInMemory:
    """A ZIP archive whose files lie in one folder (mode 0600). It says of none when it was made. `advice` is
    what to do where it becomes too large."""

    def __init__(self, folder: str, advice: str = "Take the notes of fewer sessions.") -> None:
        self._folder = folder
        self._advice = advice
        self._whole = BytesIO()
        self._zip = ZipFile(self._whole, "w", ZIP_DEFLATED)

    def add(self, name: str, text: str) -> None:
        """Add a text, in UTF-8 (`Refused` once the archive is too large)."""
        self._add(name, text.encode(), ZIP_DEFLATED)

    def add_as_it_is(self, name: str, data: bytes | memoryview) -> None:
        """Add what does not become smaller, as pictures and films (`Refused` likewise)."""
        self._add(name, data, ZIP_STORED)

    def whole(self) -> bytes:
        """The archive; nothing is added any more."""
        self._zip.close()
        return self._whole.getvalue()

    def _add(self, name: str, data: bytes | memoryview, compression: int) -> None:
        entry = ZipInfo(f"{self._folder}/{name}")  # of 1980, the first year there is in such an archive
        entry.external_attr = 0o600 << 16
        self._zip.writestr(entry, data, compression)
        check_size(self._whole.tell(), self._advice)


def check_size(size: int, advice: str) -> None:
    """Refuse what has become too large to be sealed in memory (`Refused`)."""
    if size > MAX_BYTES:
        raise Refused(
            f"These notes and files are more than 512 MiB together, the most that is sealed at once. {advice}"
        )
