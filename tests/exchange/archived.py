"""Archives in tests: read in again into a fresh journal, and compared with what they came from."""

import datetime as dt
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kapjournal import clock
from kapjournal.domain.incoming import Incoming, IncomingNote
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.exchange.imports.archive import read_archive
from kapjournal.journal import FLOOR, Journal, NewNote, create

MOMENT = dt.datetime(2026, 3, 9, 12, 5, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)


def fresh(folder: Path) -> Journal:
    """Ana's own journal, new, with two sessions."""
    folder.mkdir(parents=True, exist_ok=True)
    journal, _ = create(
        folder / "ours.kap",
        label="Ana",
        role=Role.PARTNER,
        passphrase="ana opens this door",
        with_recovery=False,
        strength=FLOOR,
        record_folder=folder / "memory",
    )
    for kind in (SessionKind.PREPARATION, SessionKind.DOSING):
        journal.sessions.add(kind=kind, date=DAY)
    return journal


def bring_in(journal: Journal, source: Iterable[Incoming]) -> None:
    """Write all that comes into a journal."""
    for one in source:
        assert isinstance(one, IncomingNote), one
        new = NewNote(one.body, one.title, one.kind, one.date, one.tags, one.session)
        written = journal.notes.add_many([new])[0]
        with tempfile.TemporaryDirectory() as folder:
            for file in one.files:
                path = Path(folder) / file.name
                with file.open() as opened:
                    path.write_bytes(opened.read())
                assert path.stat().st_size == file.size
                journal.attachments.attach(written.id, path, keep_metadata=True)
                path.unlink()


def there_and_back(journal: Journal, folder: Path, form: Form = Form.FOLDER) -> tuple[Path, Path]:
    """The archive of a journal, and that of a fresh one into which the first was read in."""
    with clock.at(MOMENT):
        first = write_archive(journal, folder / f"first.{form}", form)
        with fresh(folder / "again") as other:
            bring_in(other, read_archive(first))
            return first, write_archive(other, folder / f"second.{form}", form)


def assert_same(one: Path, other: Path) -> None:
    """Two archives hold the same, but for what `contents` leaves out."""
    first, second = contents(one), contents(other)
    assert not list((first - second).items())[:1], list((second - first).items())[:1]


def contents(archive: Path) -> Counter[tuple[str, bytes]]:
    """All files of an archive, but for the ids of its notes, in names too, and the order of notes of one day
    in lists: the two things that are not the same once it was read in somewhere else."""
    paths = [path for path in sorted(archive.rglob("*")) if path.is_file()] if archive.is_dir() else [archive]
    ids = {
        found[1]
        for path in paths
        for found in re.finditer(rb'^(?:\{|)"?id"?: "([0-9a-f]+)"', path.read_bytes(), re.M)
    }
    found: Counter[tuple[str, bytes]] = Counter()
    for path in paths:
        name, data = path.relative_to(archive.parent).as_posix().partition("/")[2], path.read_bytes()
        for one in ids:
            name, data = name.replace(one.decode(), "ID"), data.replace(one, b"ID")
        is_list = not archive.is_dir() or path.name == "README.md" or path.parent.name == "sessions"
        if is_list:
            data = b"\n".join(sorted(line.rstrip(b",") for line in data.split(b"\n")))
        found[name, data] += 1
    return found
