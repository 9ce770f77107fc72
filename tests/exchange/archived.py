"""Archives in tests: read in again into a fresh journal, and compared with what they came from."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kapjournal import clock
from kapjournal.domain.incoming import Incoming
from kapjournal.domain.members import Role
from kapjournal.domain.sessions import SessionKind
from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.exchange.imports.sources import ARCHIVE, source
from kapjournal.journal import FLOOR, Journal, create

MOMENT = dt.datetime(2026, 3, 9, 12, 5, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)

_ID = re.compile(rb'^\{?"?id"?: "([0-9a-f]+)"', re.MULTILINE)


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


def read_archive(path: Path) -> Iterator[Incoming]:
    """All that an archive yields."""
    with source(ARCHIVE, path) as found:
        yield from found


def bring_in(journal: Journal, archive: Path) -> None:
    """Bring an archive into a journal, all of it."""
    with source(ARCHIVE, archive) as found:
        done = journal.imports.bring(found)
    assert not done.plan.problems, done.plan.problems


def there_and_back(journal: Journal, folder: Path, form: Form = Form.FOLDER) -> tuple[Path, Path]:
    """The archive of a journal, and that of a fresh one into which the first was read in."""
    with clock.at(MOMENT):
        first = write_archive(journal, folder / f"first.{form}", form)
        with fresh(folder / "again") as other:
            bring_in(other, first)
            return first, write_archive(other, folder / f"second.{form}", form)


def assert_same(one: Path, other: Path) -> None:
    """Two archives hold the same, but for what `contents` leaves out."""
    first, second = contents(one), contents(other)
    assert not list((first - second).items())[:1], list((second - first).items())[:1]


def contents(archive: Path) -> Counter[tuple[str, bytes]]:
    """All files of an archive, but for the ids of its notes, in names too: these alone are not the same once
    it was read in somewhere else."""
    paths = [path for path in sorted(archive.rglob("*")) if path.is_file()] if archive.is_dir() else [archive]
    ids = {one[1] for path in paths for one in _ID.finditer(path.read_bytes())}
    found: Counter[tuple[str, bytes]] = Counter()
    for path in paths:
        name, data = path.relative_to(archive.parent).as_posix().partition("/")[2], path.read_bytes()
        for one in ids:
            name, data = name.replace(one.decode(), "ID"), data.replace(one, b"ID")
        found[name, data] += 1
    return found
