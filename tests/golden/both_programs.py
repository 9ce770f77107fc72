"""Files that both programs open: the golden one, and one that the second program makes."""

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from kapjournal.journal import Journal, unlock

from .second_formulas_2 import Row
from .second_reader_2 import read
from .second_writer_2 import Member, create, join
from .what_a_member_reads import what_a_member_reads

KAP = Path(__file__).with_name("format-2.kap")
SAID: dict[str, Any] = json.loads(KAP.with_suffix(".json").read_text("ascii"))
PEOPLE: dict[str, Any] = SAID["people"]
CODES: dict[str, str] = SAID["codes"]
Said = dict[str, Any]
PASSPHRASES = {label: one["passphrase"] for label, one in PEOPLE.items()} | {"Noor": "noor opens this door"}


class Copies:
    """Opens files with the product, on a computer that never saw any of them before."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._made = folder, 0

    def new(self, of: Path | None = None) -> Path:
        self._made += 1
        path = self.folder / f"{self._made}.kap"
        return Path(shutil.copy(of, path)) if of else path

    def memory(self) -> Path:
        self._made += 1
        (memory := self.folder / f"memory {self._made}").mkdir()
        return memory

    def opened(self, path: Path, label: str) -> Journal:
        return unlock(path, label=label, passphrase=PASSPHRASES[label], record_folder=self.memory())

    def both_read(self, path: Path, label: str) -> Said:
        """What somebody reads with either program; the product finds nothing wrong and mends nothing."""
        before = all_rows(path)
        with self.opened(path, label) as journal:
            assert journal.check().is_clean
            reads = what_a_member_reads(journal)
        assert all_rows(path) == before
        again = read(path, label, PASSPHRASES[label])
        assert {**again, "earlier": []} == {**reads, "earlier": []}
        # where two versions stood beside each other, the page does not say which was the earlier one
        assert sorted(map(repr, map(sorted_items, again["earlier"]))) == sorted(
            map(repr, map(sorted_items, reads["earlier"]))
        )
        return reads


def sorted_items(said: Said) -> list[tuple[str, Any]]:
    return sorted(said.items())


class Changing:
    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        return self._database

    def __exit__(self, *_: object) -> None:
        self._database.close()


def rows(database: sqlite3.Connection, table: str = "envelope") -> dict[bytes, bytes]:
    return dict(database.execute(f"SELECT id, sealed FROM {table}").fetchall())


def all_rows(path: Path) -> list[dict[bytes, bytes]]:
    with Changing(path) as database:
        return [rows(database, table) for table in ("envelope", "part")]


def unite(path: Path, other: Path) -> None:
    """Take every row of another copy; of two states under one id the dropped one counts."""
    for table, there in zip(("envelope", "part"), all_rows(other), strict=True):
        with Changing(path) as database:
            here = rows(database, table)
            for id_, sealed in there.items():
                Row(id_, sealed)
                if id_ not in here:
                    database.execute(f"INSERT INTO {table} VALUES (?, ?)", (id_, sealed))
                elif sealed[0] == 3:
                    database.execute(f"UPDATE {table} SET sealed = ? WHERE id = ?", (sealed, id_))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal that the second program made for a therapist and a couple."""
    path = tmp_path_factory.mktemp("second") / "made.kap"
    create(path, "Dr Löwe", "therapist", PASSPHRASES["Dr Löwe"], "Ours, by another program")
    for label in ("Ana", "Ben"):
        code = Member(path, "Dr Löwe", PASSPHRASES["Dr Löwe"]).invite(label, "partner")
        join(path, code, label, PASSPHRASES[label])
    refresh(path, "Dr Löwe", "Ana", "Ben", "Dr Löwe")
    return path


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


@pytest.fixture
def story(copies: Copies) -> Path:
    """A copy of the golden file, which the product wrote."""
    return copies.new(KAP)


@pytest.fixture
def couple(copies: Copies, made: Path) -> Path:
    return copies.new(made)


def refresh(path: Path, *labels: str) -> None:
    for label in labels:
        Member(path, label, PASSPHRASES[label]).refresh()


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def parts(path: Path) -> list[bytes]:
    return [*all_rows(path)[1].values()]


def texts(reads: Said) -> list[tuple[str, str, list[str]]]:
    return sorted((note["title"], note["body"], note["readers"]) for note in reads["notes"])
