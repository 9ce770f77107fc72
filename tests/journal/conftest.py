"""A journal of three for every test that wants one, made once, because passphrases are slow on purpose; and a
practice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .open_journals import OpenJournals, build, copy_of
from .practices import Practice
from .practices import practice as made


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> OpenJournals:
    """The journal that the others are copies of; closed."""
    return build(tmp_path_factory.mktemp("made"))


@pytest.fixture
def three(made_once: OpenJournals, tmp_path: Path) -> Iterator[OpenJournals]:
    """Dr Lee, Ana and Ben with their journal open, each having met the others."""
    copied = copy_of(made_once, tmp_path)
    yield copied
    copied.close()


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """Dr Lee's practice, open."""
    practice = made(tmp_path)
    yield practice
    practice.close()
