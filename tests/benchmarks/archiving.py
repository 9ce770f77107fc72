"""An archive out and in again, beside a plain copy of the same files in the same run, and its memory."""

import random
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from kapjournal.exchange.archiving.write import Form, write_archive
from kapjournal.journal import Journal, NewNote, unlock
from tests.benchmarks.corpus import notes
from tests.benchmarks.measures import Figure, peak_memory, seconds
from tests.exchange.archived import bring_in, fresh, read_archive

MANY = 10_000
SIZE = 50_000_000
"""Bytes of the long notes together, and of the files."""
AT_ONCE = 500
"""So many notes are written in one transaction."""


def many_notes(form: str) -> list[Figure]:
    """Ten thousand notes of 200 words."""
    return _there_and_back(f"{MANY:,} notes", Form(form), notes(MANY), files=0)


def long_notes(form: str) -> list[Figure]:
    """Ten notes of 5 MB."""
    body = "She turned towards him, and he looked up. " * (SIZE // 10 // 42)
    return _there_and_back("50 MB of notes", Form(form), [NewNote(body)] * 10, files=0)


def files(form: str) -> list[Figure]:
    """One note with a file of 50 MB that does not become smaller."""
    return _there_and_back("a file of 50 MB", Form(form), [NewNote("words")], files=SIZE)


def _there_and_back(name: str, form: Form, new: Iterable[NewNote], files: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as made:
        folder, called = Path(made), f"{name} as {form}"
        with fresh(folder / "first") as journal:
            written = journal.notes.add_many(new)
            if files:
                path = folder / "film.bin"
                path.write_bytes(random.Random(3).randbytes(files))
                journal.attachments.attach(written[0].id, path)
            del written
        with fresh(folder / "again") as other, _opened(folder / "first") as journal:
            journal.notes.all()
            archive, listed = folder / "archive", _peak_from_now_on()
            out = seconds(lambda: write_archive(journal, archive, form))
            grown = peak_memory() - listed
            copied = seconds(lambda: _copy(archive, folder / "copy"))
            size = sum(path.stat().st_size for path in (archive, *archive.rglob("*")) if path.is_file())
            before = _peak_from_now_on()
            read = seconds(lambda: [None for _ in read_archive(archive)])
            more = peak_memory() - before
            back = seconds(lambda: bring_in(other, archive))
        return [
            Figure(f"write {called}, beside copying it", out, copied),
            Figure(f"read {called}, beside copying it", read, copied),
            Figure(f"bring in {called}, beside copying it", back, copied),
            Figure("more memory to write it, beside its size", grown, size, "B"),
            Figure("more memory to read it, beside its size", more, size, "B"),
        ]


def _peak_from_now_on() -> int:
    """The memory in use. Where the system lets it, what it calls the peak begins anew with it."""
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")
    return peak_memory()


def _opened(folder: Path) -> Journal:
    """The journal again, as it was closed."""
    memory = folder / "memory"
    return unlock(folder / "ours.kap", label="Ana", passphrase="ana opens this door", record_folder=memory)


def _copy(archive: Path, to: Path) -> None:
    if archive.is_dir():
        shutil.copytree(archive, to, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(archive, to)
