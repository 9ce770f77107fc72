"""What every test stands on: folders of its own instead of the person's, and the cheapest Argon2id."""

from pathlib import Path

import pytest
from hypothesis import settings

from kapjournal.journal import FLOOR, KdfStrength

settings.register_profile("kapjournal", deadline=None)
settings.load_profile("kapjournal")


@pytest.fixture(autouse=True)
def own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home for this test alone, for the programs it starts too; no `KAPJOURNAL_*` of the developer's."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for kind in ("STATE", "DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for name in ("FILE", "AS", "PASSPHRASE_FILE", "PLAIN"):
        monkeypatch.delenv(f"KAPJOURNAL_{name}", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")  # a dumb one opens the plain talk
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
