"""Long texts: each of these would not come to an end if any pattern took time by the square of its length."""

import pytest

from kapjournal.deidentify import Replacements, find, known_from, replaced, story_points, words_to_look_at

KNOWN = known_from("Ana Rossi, Annie\nWill May\nplace: Bristol\nSt Mary's Hospital\n李娜\nАнна\n")

UNITS = [
    *(
        "a",
        "A",
        "1",
        "1 ",
        "12-",
        "1.",
        "Ana ",
        "Ana-",
        "Ana_",
        "*",
        "**A**",
        "\u200b",
        "a.",
        "a@",
        'http://a.b/"',
    ),
    *(
        "A. ",
        "St ",
        "St Mary's ",
        "May ",
        "3 ",
        "the first ",
        "Will ",
        "-",
        "'",
        " ",
        "\n",
        "( ",
        "12/",
        "::",
        "fe:",
    ),
    *(
        "12 High ",
        "Street ",
        "account number ",
        "ninety ",
        "my 1st ",
        "李娜",
        "آنا",
        "e\u0301",
        "five ",
        "@a",
        "- ",
    ),
    *(
        "ana at gmail dot ",
        "A and ",
        "x@y.",
        "May 5. ",
        "a_1",
        "1/1/",
        "++",
        "((",
        "GB29 ",
        "0A-",
        "born in ",
    ),
]
LENGTH = 40_000


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_line_of_the_same_comes_to_an_end(unit: str) -> None:
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    findings = find(text, KNOWN, Replacements())
    assert all(text[one.start : one.end] == one.text for one in findings)
    assert isinstance(replaced(text, findings), str)
    assert words_to_look_at(text, findings) is not None and story_points(text) is not None
