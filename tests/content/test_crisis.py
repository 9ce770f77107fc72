import re
from pathlib import Path

import pytest

from kapjournal import paths
from kapjournal.content import crisis
from kapjournal.presentation.crisis_notice import not_monitored

COUNTRIES = ["US", "CA", "GB", "IE", "AU", "NZ", "DE", "AT", "CH", "FR", "NL", "ES", "IT", "SE", "NO", "DK"]


@pytest.mark.parametrize(
    ("country", "number"),
    [("US", "988"), ("GB", "116 123"), ("IE", "116 123"), ("AU", "13 11 14"), ("NZ", "1737"), ("FR", "3114")],
)
def test_the_line_of_a_country(country: str, number: str) -> None:
    assert number in not_monitored(country)


def test_an_unknown_country_gets_a_sentence_too() -> None:
    assert "your local emergency number" in not_monitored("XX")
    assert "your local emergency number" in not_monitored(crisis.OTHER)


def test_the_file_names_every_country_its_source_and_when_it_was_checked() -> None:
    lines = crisis.lines()
    assert set(lines) == {*COUNTRIES, crisis.OTHER}
    assert all(one.source and (one.name or country == crisis.OTHER) for country, one in lines.items())
    text = crisis.FILE.read_text(encoding="utf-8")
    assert re.search(r"compared on 20\d\d-\d\d-\d\d with the pages named", text)
    assert len(re.findall(r"^# (?:Seen at|Found:) ", text, re.MULTILINE)) == len(COUNTRIES)


def own(text: str) -> Path:
    folder = paths.config_folder()
    folder.mkdir(parents=True)
    (folder / "crisis.toml").write_text(text, encoding="utf-8")
    return folder / "crisis.toml"


def test_a_clinics_own_line_takes_the_place_of_ours_and_the_rest_stays() -> None:
    own('[DE]\nline = "our night desk 030 1234 or 112"\n\n[PT]\nline = "112"\nname = "Portugal"\n')
    assert not_monitored("DE").endswith("in an emergency: our night desk 030 1234 or 112.")
    assert crisis.lines()["PT"].name == "Portugal"
    assert "988" in not_monitored("US")
    assert crisis.complaints() == ()


def test_our_own_file_is_one_that_a_clinic_can_begin_with() -> None:
    own(crisis.FILE.read_text(encoding="utf-8"))
    assert crisis.complaints() == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[US]\nline = "911"\n\n[DE]\nline = 112\n', 5, "“line” is one line of text"),
        ('[US]\nline = "911"\n\n[DE]\nline = ""\n', 5, "“line” is one line of text"),
        ('[US]\nline = "911"\n\n[DE]\nline = "1\\u001b[2J"\n', 5, "“line” is one line of text"),
        ('[US]\nline = "911"\n\n[DE]\nnumber = "112"\nline = "112"', 5, "“number” is none of line, name"),
        ('[US]\nline = "911"\n\n[DE]\nname = "Germany"\n', 4, "“DE” needs a “line”"),
        ('[US]\nline = "911"\n\n[Germany]\nline = "112"\n', 4, "“Germany” is not a country of two"),
        ('DE = "112"\n\n[US]\nline = "911"\n', 1, "“DE” needs a “line”"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_rest_is_used(text: str, line: int, said: str) -> None:
    file = own(text)
    [complaint] = crisis.complaints()
    assert complaint.startswith(f"{file}, line {line}: {said}")
    assert complaint.endswith("in it is left out.")
    assert crisis.lines()["US"].line == "911"
    assert "0800 111 0 111" in not_monitored("DE")


@pytest.mark.parametrize(
    "text", ["[DE", "\udcff", "[DE]\n[DE]", pytest.param("a = " + "[" * 5_000, id="deep")]
)
def test_a_file_that_is_no_toml_is_named_and_ours_is_used(text: str) -> None:
    file = own("")
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    [complaint] = crisis.complaints()
    assert complaint.startswith(f"{file} could not be read") and complaint.endswith("ours is used.")
    assert set(crisis.lines()) == {*COUNTRIES, crisis.OTHER}
