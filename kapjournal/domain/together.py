"""How long two people have been together, as a band: a number of years would help to tell who they are."""

import re

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy")
_NUMBERS = {word: number for number, word in enumerate((*_ONES, *_TEENS), 1)}
_NUMBERS |= {word: 10 * tens for tens, word in enumerate(_TENS, 2)}

_YEARS = re.compile(
    rf"(?<![\w.,-])(?:(?P<tens>{'|'.join(_TENS)})[\s-]+)?(?P<last>\d{{1,2}}|{'|'.join(_NUMBERS)})[\s-]+years?\b",
    re.IGNORECASE,
)
_BELOW = ((2, "under 2 years"), (5, "2 to 5 years"), (10, "5 to 10 years"), (21, "10 to 20 years"))


def together_in_a_band(text: str) -> str:
    """The band of the first number of years in a text, in figures or in words: “10 to 20 years”; empty where
    there is none. Each band begins with its number, and twenty years are not over twenty."""
    found = _YEARS.search(text)
    if found is None:
        return ""
    last = found["last"].lower()
    number = int(last) if last.isdecimal() else _NUMBERS[last]
    number += _NUMBERS[found["tens"].lower()] if found["tens"] else 0
    return next((band for below, band in _BELOW if number < below), "over 20 years")
