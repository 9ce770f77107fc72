from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.attacked_journal import AttackedJournal, build
from tests.attacks.shared_note import Shared, share
from tests.journal.practices import Practice
from tests.journal.practices import practice as made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> AttackedJournal:
    return build(tmp_path_factory.mktemp("attacked"))


@pytest.fixture
def attacked(built: AttackedJournal, tmp_path: Path) -> AttackedJournal:
    """A journal of this test's own, copied: the doors are stretched once for all tests."""
    return built.copied(tmp_path / "attacked")


@pytest.fixture
def shared(attacked: AttackedJournal) -> Shared:
    """A note of Ana's that Lee and Ben read."""
    return share(attacked)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """Dr Lee's practice, open."""
    practice = made(tmp_path)
    yield practice
    practice.close()
