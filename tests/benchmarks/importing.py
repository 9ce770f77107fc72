"""Looking at, importing and undoing folders of markdown, beside copying the same files and nothing else."""

import os
import shutil
import tempfile
from pathlib import Path

from kapjournal.exchange.imports.sources import source
from kapjournal.journal import Journal
from kapjournal.store import JournalFile
from tests.benchmarks.measures import Figure, seconds
from tests.cast import meet

COUNTS = (1000, 10_000, 100_000)
LARGE = 50 * 1024 * 1024


def importing() -> list[Figure]:
    """Many notes, a note of 10 MB, and one file of 50 MB."""
    figures = []
    for count in COUNTS:
        figures += _figures(
            f"{count:,} notes", {f"{n:06}.md": f"# {n}\n\n{'words ' * 40}" for n in range(count)}
        )
    figures += _figures("a note of 10 MB", {"long.md": "a line of words\n" * 640_000})
    return figures + _figures("a file of 50 MB", {"film.md": "![[film.bin]]", "film.bin": os.urandom(LARGE)})


def _figures(what: str, files: dict[str, str | bytes]) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="kapjournal-importing.") as name:
        folder = Path(name)
        vault = folder / "vault"
        vault.mkdir()
        for called, data in files.items():
            (vault / called).write_bytes(data.encode() if isinstance(data, str) else data)
        least = seconds(lambda: shutil.copytree(vault, folder / "copied"))
        held = meet(folder / "ours.kap", folder / "memory")
        with Journal(JournalFile(folder / "ours.kap"), held["Ana"], folder / "memory") as ana:
            with source("markdown", vault) as found:
                looked = seconds(lambda: ana.imports.look(found))
                brought = seconds(lambda: ana.imports.bring(found))
                again = seconds(lambda: ana.imports.bring(found))
            [one] = ana.imports.all()
            undone = seconds(lambda: ana.imports.undo(one.id))
    taken = {"look at": looked, "import": brought, "import again": again, "undo": undone}
    return [Figure(f"{deed} {what}", value, least) for deed, value in taken.items()]
