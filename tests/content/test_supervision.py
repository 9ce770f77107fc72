"""A clinic's own bands for a write-up: none with the program, and never a judgement of an amount."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import supervision

BANDS = '[bands.sublingual]\nlower = "up to 100 mg"\nmiddle = "up to 200 mg"\nhigher = "above 200 mg"\n'


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    supervision._read.cache_clear()
    yield
    supervision._read.cache_clear()


def own(text: str) -> Path:
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    file = paths.config_folder() / "supervision.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_ours_has_no_band() -> None:
    assert supervision.supervision().bands == {} and supervision.complaints() == ()
    assert supervision.supervision().band_of("sublingual", "100", "mg") == ""


@pytest.mark.parametrize(
    ("amount", "band"),
    [
        ("50", "lower"),
        ("100", "lower"),
        ("100,5", "middle"),
        ("200", "middle"),
        ("201", "higher"),
        ("a lot", ""),
    ],
)
def test_an_amount_is_called_by_the_clinics_own_word(amount: str, band: str) -> None:
    own(BANDS)
    assert supervision.supervision().band_of("Sublingual", amount, "MG") == band
    assert supervision.supervision().band_of("intramuscular", amount, "mg") == ""
    assert supervision.supervision().band_of("sublingual", amount, "mg/kg") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('bands = "none"\n', "“bands” is a table"),
        ("[bands]\nsublingual = 3\n", "“sublingual” is a table"),
        ("[bands.sublingual]\nlow = 100\n", ", line 2: “low” is “up to 100 mg” or “above 100 mg”"),
        ('[bands.sublingual]\nlow = "up to 100 stones"\n', "in one of these units: mg"),
        ('[bands.sublingual]\nlow = "about 100 mg"\n', "“low” is “up to"),
        ('[doses]\nlow = "up to 100 mg"\n', "“doses” is not bands"),
        ("[bands", "could not be read"),
    ],
)
def test_a_broken_file_is_named_and_no_band_is_used(text: str, said: str) -> None:
    file = own(text)
    [complaint] = supervision.complaints()
    assert complaint.startswith(str(file)) and said in complaint
    assert supervision.supervision().bands == {}
