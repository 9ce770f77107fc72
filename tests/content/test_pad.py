"""The clinic's own pad: when vitals are due, its line, its words; and what a broken file gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import pad


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    pad._read.cache_clear()
    yield
    pad._read.cache_clear()


def own(text: str) -> Path:
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    file = paths.config_folder() / "pad.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_ours_has_no_line_and_knows_the_effects() -> None:
    ours = pad.pad()
    assert ours.systolic_line is None and ours.diastolic_line is None
    assert {"nausea", "dizziness", "dissociation", "raised blood pressure"} <= set(ours.effects)
    assert pad.complaints() == ()


def test_a_clinics_file_is_laid_over_ours_line_by_line() -> None:
    own('systolic-line = 150\nvitals-minutes = [60, 15, 15]\nroutes = ["sublingual"]\n')
    clinics = pad.pad()
    assert clinics.systolic_line == 150 and clinics.vitals_minutes == (15, 60)
    assert clinics.routes == ("sublingual",) and clinics.forms and pad.complaints() == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("systolic-line = 1500\n", ", line 1: “systolic-line”: whole numbers between 1 and 400."),
        ("systolic-line = true\n", "whole numbers"),
        ('diastolic-line = "90"\n', "whole numbers"),
        ("vitals-minutes = 30\n", "is a list of minutes"),
        ("vitals-minutes = [0]\n", "between 1 and 1440"),
        ("routes = [3]\n", "a list of at most 40 words"),
        ('routes = ["a\\nb"]\n', "a list of at most 40 words"),
        ("dose-range = [1, 2]\n", "“dose-range” is none of vitals-minutes"),
        ("routes = [", "could not be read"),
    ],
)
def test_a_broken_file_is_named_and_ours_is_used(text: str, said: str) -> None:
    file = own(text)
    [complaint] = pad.complaints()
    assert complaint.startswith(str(file)) and said in complaint
    pad._read.cache_clear()
    file.unlink()
    ours = pad.pad()
    pad._read.cache_clear()
    own(text)
    assert pad.pad() == ours
