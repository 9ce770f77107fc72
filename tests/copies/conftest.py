"""Six computers for a story, with time and disks that the story has in hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .computers import Computer, Met
from .fate import Computers


@pytest.fixture(scope="package")
def met(tmp_path_factory: pytest.TempPathFactory) -> Met:
    """The journal in which the three have met, made once."""
    return Met.at(tmp_path_factory.mktemp("met"))


@pytest.fixture
def all_computers() -> Iterator[Computers]:
    with Computers().running() as computers:
        yield computers


@pytest.fixture
def six(met: Met, tmp_path: Path, all_computers: Computers) -> Iterator[list[Computer]]:
    """Dr Lee's two computers, Ana's two and Ben's two."""
    computers = met.computers(tmp_path)
    yield computers
    for computer in computers:
        computer.shut_down()
