import re

import pytest

from kapjournal.content import crisis

COUNTRIES = ["US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "NL", "ES", "IT", "SE", "NO", "DK"]


@pytest.mark.parametrize(
    ("country", "number"),
    [("US", "988"), ("GB", "116 123"), ("IE", "116 123"), ("AU", "13 11 14"), ("NZ", "1737"), ("FR", "3114")],
)
def test_the_line_of_a_country(country: str, number: str) -> None:
    assert number in crisis.not_monitored(country)


def test_an_unknown_country_gets_a_sentence_too() -> None:
    assert "your local emergency number" in crisis.not_monitored("XX")
    assert "your local emergency number" in crisis.not_monitored(crisis.OTHER)


def test_the_file_names_its_sources_and_when_it_was_reviewed() -> None:
    assert set(crisis.lines()) == {*COUNTRIES, crisis.OTHER}
    assert all(re.fullmatch(r"20\d\d-\d\d", one.reviewed) for one in crisis.lines().values())
