"""What every test stands on: folders of its own instead of the developer's, and the cheapest Argon2id."""

import gc
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import HealthCheck, settings

from kapjournal.crypto import kdf, keyslot
from kapjournal.journal import FLOOR, KdfStrength
from kapjournal.journal.vault import vault
from kapjournal.store import connection

settings.register_profile(  # in CI the same examples each time; whoever works on the tests draws new ones
    "kapjournal",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("kapjournal")

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each program a test starts would compile every module again
gc.set_threshold(50_000, 20, 20)  # a twentieth of the time went into looking for garbage among widgets


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: a screen that waits for its timer leaves its core to another."""
    return (os.cpu_count() or 1) + 1


class Salts:
    """Where a keyslot draws its salt, in the place of `secrets`. Doors whose salt was drawn while `are_quick`
    are stretched by a hash, not by Argon2id: a third of the time of all tests went into doors that no other
    program ever opens."""

    are_quick = True
    quick: ClassVar[set[bytes]] = set()

    @classmethod
    def token_bytes(cls, length: int) -> bytes:
        """Random bytes; noted if they are to be quick."""
        drawn = secrets.token_bytes(length)
        if cls.are_quick:
            cls.quick.add(drawn)
        return drawn


@contextmanager
def doors_for_other_programs() -> Iterator[None]:
    """Let doors made meanwhile be stretched by Argon2id: they open in the programs that tests start, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Salts, "are_quick", False)
        yield


class RepeatedArgon2id:
    """Argon2id that computes a key once in a test process: most tests open a door another has opened."""

    _keys: ClassVar[dict[bytes, bytes]] = {}

    def __init__(self, *, salt: bytes, length: int, iterations: int, lanes: int, memory_cost: int) -> None:
        self._parameters = (salt, length, iterations, lanes, memory_cost)
        self._argon2id = Argon2id(
            salt=salt, length=length, iterations=iterations, lanes=lanes, memory_cost=memory_cost
        )

    def derive(self, secret: bytes) -> bytes:
        """The key; kept under a digest, so that no passphrase stays in memory because of the tests."""
        asked = hashlib.sha256(repr((self._parameters, secret)).encode()).digest()
        if self._parameters[0] in Salts.quick:
            return asked
        if asked not in self._keys:
            self._keys[asked] = self._argon2id.derive(secret)
        return self._keys[asked]


@pytest.fixture(autouse=True, scope="session")
def argon2id_once() -> Iterator[None]:
    """Compute each key of Argon2id once: a quarter of a second each, in over a thousand tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "Argon2id", RepeatedArgon2id)
        patch.setattr(keyslot, "secrets", Salts)
        yield


@pytest.fixture(autouse=True, scope="session")
def settings_of_a_connection() -> Iterator[tuple[str, ...]]:
    """Leave it to the system when it writes to the disk: to wait for it matters where the power fails, which
    no test can show, and each save waited. Programs that a test starts, and kills, wait as ever."""
    settings = connection._PRAGMAS
    quick = tuple(one.replace("synchronous = FULL", "synchronous = OFF") for one in settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_PRAGMAS", quick)
        patch.setattr(os, "fsync", lambda _: None)
        yield settings


@pytest.fixture(autouse=True, scope="session")
def seldom_collected() -> Iterator[int]:
    """Look through everything after many closed journals, not after few: it takes a second where the
    modules of all tests are in memory, and took a tenth of the time. Gives after how many programs do."""
    usual = vault._COLLECTED_AFTER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "_COLLECTED_AFTER", 50 * usual)
        yield usual


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for this test alone, for the programs it starts too; no `KAPJOURNAL_*` of the developer's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for kind in ("STATE", "DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for name in ("FILE", "AS", "PASSPHRASE_FILE", "PLAIN"):
        monkeypatch.delenv(f"KAPJOURNAL_{name}", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")  # a dumb one opens the plain conversation
    return home


@pytest.fixture
def memory(own_places: Path) -> Path:
    """The folder of what this computer remembers about journals, empty at the start of each test."""
    folder = own_places / "memory"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def floor() -> KdfStrength:
    """The weakest Argon2id the format accepts."""
    return FLOOR
