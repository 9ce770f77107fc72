import shutil
from pathlib import Path

import pytest

from tests.attacks.stage import Stage, build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return build(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def stage(built: Stage, tmp_path: Path) -> Stage:
    """A stage of one's own, copied: the doors are stretched once for all tests."""
    folder = tmp_path / "stage"
    shutil.copytree(built.folder, folder)
    return Stage(folder, folder / "journal.kap", dict(built.held))
