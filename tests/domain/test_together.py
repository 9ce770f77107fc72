"""How long two have been together: a band, and never the number."""

import pytest

from kapjournal.domain.together import together_in_a_band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Married for eleven years. One daughter.", "10 to 20 years"),
        ("Nine years together, six in one flat.", "5 to 10 years"),
        ("Together 1 year.", "under 2 years"),
        ("Two years, on and off", "2 to 5 years"),
        ("4 years", "2 to 5 years"),
        ("five years", "5 to 10 years"),
        ("20 years", "10 to 20 years"),
        ("twenty-one years", "over 20 years"),
        ("Thirty years", "over 20 years"),
        ("an 11-year marriage", "10 to 20 years"),
        ("Since the war.", ""),
        ("Together 2014 years", ""),
        ("1.5 years", ""),
        ("", ""),
    ],
)
def test_a_number_of_years_becomes_a_band(text: str, band: str) -> None:
    assert together_in_a_band(text) == band
