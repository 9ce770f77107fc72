"""What a clinic sets for its practice: years and hours of its own; and what a broken file gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import practice


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    practice._read.cache_clear()
    yield
    practice._read.cache_clear()


def own(text: str) -> Path:
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    file = paths.config_folder() / "practice.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_ours_are_seven_years_and_a_day() -> None:
    ours = practice.practice()
    assert (ours.retention_years, ours.late_entry_hours) == (7, 24) and practice.complaints() == ()


def test_a_clinics_file_is_laid_over_ours_line_by_line() -> None:
    own("retention_years = 10\n")
    clinics = practice.practice()
    assert (clinics.retention_years, clinics.late_entry_hours) == (10, 24) and practice.complaints() == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "late_entry_hours = 48\nretention_years = 0\n",
            ", line 2: “retention_years”: whole numbers between 1 and 100.",
        ),
        ("retention_years = 101\n", "whole numbers between 1 and 100"),
        ("retention_years = true\n", "whole numbers"),
        ("retention_years = 7.5\n", "whole numbers"),
        ('retention_years = "7"\n', "whole numbers"),
        ("late_entry_hours = 721\n", "whole numbers between 1 and 720"),
        ("access_days = 366\n", "whole numbers between 1 and 365"),
        ("retention = 7\n", "“retention” is none of retention_years, late_entry_hours, access_days."),
        ("retention_years = ", "could not be read"),
        (f"retention_years = {'9' * 5000}", "a number or a day in it cannot be"),
        ("retention_years = 2020-13-45", "could not be read"),
        (f"{'.'.join('a' * 5000)} = 1", "a line has more than 8,192 characters"),
        (f"retention_years = {'[' * 5000}", "nested too deeply"),
    ],
)
def test_a_broken_file_is_named_and_ours_is_used(text: str, said: str) -> None:
    file = own(text)
    [complaint] = practice.complaints()
    assert complaint.startswith(str(file)) and said in complaint
    assert practice.practice() == practice.PracticeRules()
