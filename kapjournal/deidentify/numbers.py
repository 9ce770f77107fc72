"""Long numbers without a word that explains them: what they are is told by their form and check digits.

The libraries phonenumbers and python-stdnum say what a number can be. A number of seven digits or more that
is nothing else is found as one, too: it may be that of a record.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kapjournal.deidentify.findings import FindingKind
from kapjournal.deidentify.labelled import WORDS
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.spans import Span

_RUN = re.compile(
    r"(?<![\w.,:/$£€¥+-])(?:\+|00)?(?:[(][0-9]{1,5}[)][ ]?|[0-9])"
    r"(?:[ ]?[-‐‑–.()/ ]?[ (]?[0-9]){5,24}"
    r"(?:[ ]?(?:ext\.?|x|extension)[ ]?[0-9]{1,6})?(?![\w]|[.,:][0-9]|%)"
)
"""A number of six digits or more, with what may stand between them."""

_SSN = re.compile(r"(?<![\w-])[0-9Xx*]{3}[- ](?:[0-9Xx*]{2})[- ][0-9]{4}(?![\w-])")
_NINO = re.compile(r"\b[A-Za-z]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[0-9]{2}[ ]?[A-Da-d]\b")
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]{2,4}){2,8}\b")
_MAC = re.compile(r"(?<![\w:-])(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}(?![\w:-])", re.IGNORECASE)
_UUID = re.compile(r"\b[0-9A-F]{8}-(?:[0-9A-F]{4}-){3}[0-9A-F]{12}\b", re.IGNORECASE)
_VIN = re.compile(r"\b(?=[A-Z0-9]{0,16}[0-9])(?=[A-Z0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}\b")
_PLATES = re.compile(
    r"\b(?:[A-Z]{2}[0-9]{2}[ ]?[A-Z]{3}|[A-Z][0-9]{1,3}[ ][A-Z]{3}|[A-Z]{3}[ ][0-9]{1,3}[A-Z]|"
    r"[0-9][A-Z]{3}[0-9]{3}|"
    r"[A-Z]{3}-[0-9]{3,4}|[A-Z]{1,3}-[A-Z]{1,2}[ ][0-9]{1,4}|[A-Z]{2}-[0-9]{3}-[A-Z]{2}|"
    r"[A-Z]{3}[ ](?!19|20)[0-9]{4}|[A-Z]{1,3}[ ][A-Z]{1,2}[ ][0-9]{3,4}|[A-Z]{2,3}[ ][0-9]{3}-[0-9]{3})\b"
)
_MIXED = re.compile(r"\b(?=[A-Z-]{0,8}[0-9])(?=[0-9-]{0,8}[A-Z])[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){0,4}\b")
_DIGIT_WORD = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_IN_WORDS = re.compile(
    rf"\b(?:{_DIGIT_WORD}[ ,-]{{1,2}}){{3,20}}(?:{_DIGIT_WORD}|[0-9]{{2,}})\b", re.IGNORECASE
)
_LAST_FOUR = re.compile(
    r"\b(?:last[ ]four(?:[ ]digits)?(?:[ ]are)?|ending(?:[ ]in)?|social)[ :]{1,2}([0-9]{4})\b", re.IGNORECASE
)
_EXTENSION = re.compile(r"\b(?:ext\.?|extension)[ ]?[0-9]{2,6}\b|(?<![\w.])x[0-9]{3,5}\b", re.IGNORECASE)
_LOCAL = re.compile(r"(?<![\w.,:/$£€+-])[0-9]{3}[-.‑][0-9]{4}(?![\w-]|[.,:][0-9])")

_KINDS = (
    (_SSN, FindingKind.SSN),
    (_NINO, FindingKind.SSN),
    (_MAC, FindingKind.DEVICE),
    (_UUID, FindingKind.RECORD),
    (_VIN, FindingKind.PLATE),
    (_PLATES, FindingKind.PLATE),
    (_LOCAL, FindingKind.PHONE),
    (_IN_WORDS, FindingKind.PHONE),
    (_EXTENSION, FindingKind.PHONE),
    (_LAST_FOUR, FindingKind.ACCOUNT),
)

_COUNTRIES = ("US", "GB", "AU", "IE", "NZ", "DE", "FR", "ES", "IT", "NL", "CH", "AT", "IN", "ZA")
"""Where a number without the code of a country may belong."""


def spans(view: PlainView) -> Iterator[Span]:
    """Every long number in a text."""
    for pattern, kind in _KINDS:
        for found in pattern.finditer(view.text):
            yield Span(*found.span(found.lastindex or 0), kind, WORDS[kind])
    for found in _IBAN.finditer(view.text):
        if length := _length_of_iban(found.group()):
            end = found.start() + length
            yield Span(found.start(), end, FindingKind.ACCOUNT, WORDS[FindingKind.ACCOUNT])
    for found in _MIXED.finditer(view.text):
        if sum(map(str.isdigit, found.group())) >= 4 and len(found.group()) >= 6:
            yield Span(found.start(), found.end(), FindingKind.RECORD, WORDS[FindingKind.RECORD])
    for found in _RUN.finditer(view.text):
        if is_what := _kind_of(found.group()):
            yield Span(found.start(), found.end(), is_what, WORDS[is_what])


@lru_cache(maxsize=10_000)
def _kind_of(number: str) -> FindingKind | None:
    """What a number can be; None for one that is too short to tell anybody by."""
    from stdnum import imei, luhn  # noqa: PLC0415 - loaded when a number is met
    from stdnum.gb import nhs  # noqa: PLC0415

    digits = "".join(filter(str.isdigit, number))
    is_plain = number.isdigit()
    if 13 <= len(digits) <= 19 and luhn.is_valid(digits):
        return (
            FindingKind.DEVICE
            if is_plain and imei.is_valid(digits) and len(digits) == 15
            else FindingKind.CARD
        )
    if number.startswith("+") or not is_plain or digits.startswith("0"):
        if len(digits) == 10 and nhs.is_valid(digits) and not digits.startswith("0"):
            return FindingKind.RECORD
        if _is_phone(number):
            return FindingKind.PHONE
    return FindingKind.RECORD if len(digits) >= 7 else None


def _is_phone(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - loaded when a number is met

    for country in _COUNTRIES:
        try:
            parsed = phonenumbers.parse(number, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(parsed):
            return True
    return False


def _length_of_iban(text: str) -> int:
    """How long the number of an account is that a text begins with; 0 if it begins with none.

    A word in capitals may follow that looks like a part of it.
    """
    from stdnum import iban  # noqa: PLC0415 - loaded when a number is met

    for _ in range(3):
        if iban.is_valid(text):
            return len(text)
        text = text.rpartition(" ")[0]
    return 0
