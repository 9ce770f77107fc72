"""What a sealed journal file says of itself to everybody: no door is opened, and nothing is written."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kapjournal import signals
from kapjournal.crypto.keyslot import Keyslot, SlotKind
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import DROPPED_BYTES, read_row
from kapjournal.crypto.selftest import self_test
from kapjournal.domain.ids import JournalId, RowId
from kapjournal.domain.rotation import STEM
from kapjournal.errors import CannotSave, Damaged, NotFound
from kapjournal.journal.trust.keyslots import doors_of, labels_of, marks_of, sound_keyslots
from kapjournal.paths import SUFFIX
from kapjournal.progress import Progress
from kapjournal.store import JournalFile, Snapshot, Table, looked_into


class Order(StrEnum):
    """How far a backup has come beside the journal it is of."""

    EQUAL = "equal"
    OLDER = "older"
    NEWER = "newer"
    BOTH = "both"
    """Each has something that the other has not."""


@dataclass(frozen=True, slots=True)
class SealedContents:
    """What lies in a journal file: sealed `rows`, and `pieces` of attached files that stand.

    `changed` is when the file itself was last changed, which is later than the backup where it was copied.
    `damaged` rows cannot be read or do not fit their ids; `odd` ones, doors among them, have a form that this
    program never writes.
    """

    path: Path
    journal: JournalId
    changed: dt.datetime
    size: int
    labels: tuple[str, ...]
    rows: int
    pieces: int
    piece_bytes: int
    damaged: int
    odd: int

    @property
    def is_whole(self) -> bool:
        """Whether every row is as it was written, and there is a door to open."""
        return not self.damage

    @property
    def damage(self) -> str:
        """What keeps it from being whole, in sentences; empty if it is."""
        said = {
            f"Rows that are damaged: {self.damaged:,}.": self.damaged,
            f"Rows or doors of a strange form: {self.odd:,}.": self.odd,
            "It has no door that opens.": not self.labels,
        }
        return " ".join(sentence for sentence, is_so in said.items() if is_so)


@dataclass(frozen=True, slots=True)
class Beside:
    """A backup beside the journal that stands in its place now: their order, and whose doors are others, so
    that a passphrase of another day opens them. Neither is told of another journal, nor where the journal
    cannot be read, which is no fault of the backup: `damage` says why."""

    path: Path
    is_same: bool
    order: Order | None = None
    changed_doors: tuple[str, ...] = ()
    damage: str = ""


def sealed_contents(path: Path, follow: Progress) -> SealedContents:
    """Look through a journal file, every row of it (`Damaged` where SQLite finds it is not in order, or it is
    no journal of this format; `NotFound`)."""
    self_test()
    with _looked_into(path, follow) as (file, snapshot, size):
        slots = snapshot.slots()
        sound = sound_keyslots(slots)
        done = rows = damaged = 0
        pieces: list[int] = []
        for table, row_id, sealed in _rows(snapshot):
            rows += table is Table.ENVELOPE
            if table is Table.PART and len(sealed) != DROPPED_BYTES:
                pieces.append(len(sealed))
            damaged += not fits(row_id, sealed)
            done += len(sealed)
            signals.give_way()
            follow(min(done, size), size)
        return SealedContents(
            path,
            file.journal_id,
            dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC),
            size,
            tuple(labels_of(_doors(sound))),
            rows,
            len(pieces),
            sum(pieces),
            damaged,
            snapshot.odd_rows() + len(slots) - len(sound),
        )


def backups_in(folder: Path) -> list[Path]:
    """The backups in a folder, by name: journal files in it, and those of each set (`NotFound`). What else is
    called so, such as a pipe, or leads nowhere, is none, and keeps nobody from the others. What is no folder
    is taken for a backup itself."""
    if not folder.is_dir():
        return [folder]
    named = [*folder.glob(f"*{SUFFIX}"), *folder.glob(f"{STEM}*/*{SUFFIX}")]
    found = [one for one in named if one.is_file()]
    if not found:
        raise NotFound(f"There is no backup in {folder}.")
    return sorted(found)


def fits(row_id: RowId, sealed: bytes) -> bool:
    """Whether the bytes of a row fit its id."""
    try:
        read_row(row_id, sealed)
    except NotGenuine:
        return False
    return True


def beside_journal(backup: Path, path: Path, follow: Progress) -> Beside:
    """Compare a backup with the journal at a path, by what lies in the open in both (errors as for
    `sealed_contents`)."""
    with ExitStack() as stack:
        theirs, then, _ = stack.enter_context(_looked_into(backup, follow))
        try:
            ours, now, _ = stack.enter_context(_looked_into(path, follow))
        except (Damaged, CannotSave) as error:
            return Beside(path, is_same=False, damage=str(error))
        if theirs.journal_id != ours.journal_id:
            return Beside(path, is_same=False)
        before, after = (sound_keyslots(snapshot.slots()) for snapshot in (then, now))
        changed = (
            label
            for label in labels_of(_doors(before))
            if marks_of(doors_of(before, label)) != marks_of(doors_of(after, label))
        )
        return Beside(
            path, is_same=True, order=_order(_states(then), _states(now)), changed_doors=tuple(changed)
        )


def _order(backup: dict[RowId, bool], journal: dict[RowId, bool]) -> Order:
    """A row never goes, and is only ever dropped: who has one that the other has not has come further. (But
    for a draft that nobody else can have yet.)"""
    is_ahead, is_behind = _has_more(backup, journal), _has_more(journal, backup)
    if is_ahead and is_behind:
        return Order.BOTH
    return Order.NEWER if is_ahead else Order.OLDER if is_behind else Order.EQUAL


def _has_more(one: dict[RowId, bool], other: dict[RowId, bool]) -> bool:
    return any(is_dropped > other.get(row_id, -1) for row_id, is_dropped in one.items())


def _states(snapshot: Snapshot) -> dict[RowId, bool]:
    """Every row, and whether it was dropped."""
    return {row_id: size == DROPPED_BYTES for row_id, size in snapshot.lengths().items()}


@contextmanager
def _looked_into(path: Path, follow: Progress) -> Iterator[tuple[JournalFile, Snapshot, int]]:
    if not path.exists():
        raise NotFound(f"There is no file {path}.")
    size = max(path.stat().st_size, 1)
    look: Callable[[], object] = lambda: follow(0, size)  # noqa: E731
    with looked_into(path, look) as file, file.reading() as snapshot:
        yield file, snapshot, size


def _rows(snapshot: Snapshot) -> Iterator[tuple[Table, RowId, bytes]]:
    for table in Table:
        for row_id, sealed in snapshot.rows(table):
            yield table, row_id, sealed or b""


def _doors(slots: Iterable[Keyslot]) -> list[Keyslot]:
    return [slot for slot in slots if slot.kind is SlotKind.PASSPHRASE]
