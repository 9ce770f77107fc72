"""Copies of the old journals and of those made today, and one Argon2id for all programs."""

from collections.abc import Iterator

import pytest

from tests.conftest import RepeatedArgon2id
from tests.golden import second_formulas_2, second_reader
from tests.golden.both_programs import copies, couple, made, story
from tests.golden.todays_journal import made_today, old_file, today

__all__ = ["copies", "couple", "made", "made_today", "old_file", "story", "today"]


@pytest.fixture(autouse=True, scope="session")
def argon2id_once_for_all(argon2id_once: None) -> Iterator[None]:
    """What one program stretched, with the same words, salt and cost, another need not stretch again."""
    with pytest.MonkeyPatch.context() as patch:
        for program in (second_reader, second_formulas_2):
            patch.setattr(program, "Argon2id", RepeatedArgon2id)
        yield
