"""Opening what is to be imported, whatever it is: a folder, a zip, a tar, or one file."""

import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.exchange.age import is_sealed
from kapjournal.exchange.imports.entries import Entries
from kapjournal.exchange.imports.folders import entries_of_folder, entry_of, opened_plain
from kapjournal.exchange.imports.zip_and_tar import entries_of_tar, entries_of_zip
from kapjournal.text import shown_line

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@contextmanager
def opened(path: Path, encoding: str = "") -> Iterator[Entries]:
    """The entries of what is at a path (`NotFound`, `UsageError`, `Refused`, `Damaged`). The path itself may
    be a link, as folders of notes often are; what is in it may not. `encoding` is that of files of words that
    say no other; UTF-8 without one."""
    encoding_from(encoding)
    with ExitStack() as stack:
        try:
            entries = _entries(path, encoding, stack)
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound(f"There is no file or folder {path}.") from None
        except PermissionError:
            raise UsageError(f"{path} cannot be read: you may not open it.") from None
        yield entries


def _entries(path: Path, encoding: str, stack: ExitStack) -> Entries:
    place = path.resolve()
    facts = place.stat()
    if stat.S_ISDIR(facts.st_mode):
        return entries_of_folder(place, encoding)
    if not stat.S_ISREG(facts.st_mode):
        raise UsageError(f"{path} is a pipe or a device, not a file.")
    file = stack.enter_context(opened_plain(place))
    head = file.read(512)
    if is_sealed(head):
        raise Refused(
            f"{path.name} is sealed with age. Open it first: age -d -o OPENED {path.name}, with a secret key "
            "also -i and its file. Then import OPENED."
        )
    if head.startswith(_ZIP):
        return stack.enter_context(entries_of_zip(file, path.name, encoding))
    if head[257:262] == b"ustar":
        return entries_of_tar(file, path.name, encoding)
    return Entries(path.name, {path.name: entry_of(place, path.name, facts)}, encoding=encoding)


def encoding_from(encoding: str) -> str:
    """An encoding by the name that was typed, empty for none (`UsageError`)."""
    try:
        with suppress(UnicodeError):
            b"a".decode(encoding or "utf-8")
        return encoding
    except (LookupError, ValueError):
        usual = "usual ones are cp1252, latin-1 and utf-16"
        raise UsageError(f"There is no encoding “{shown_line(encoding)}”; {usual}.") from None
