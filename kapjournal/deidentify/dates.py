"""Dates in the forms in which they are written, and the days that have a name.

A year alone stays, and so does a weekday alone, a time of day, and “yesterday” or “three weeks ago”.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kapjournal.deidentify.date_words import DAYS_WITH_A_NAME, LONG_MONTHS, MONTHS, ORDINALS, WEEKDAYS
from kapjournal.deidentify.findings import FindingKind
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.session_time import NO_DATE, in_year, likely, real_date, told_from
from kapjournal.deidentify.spans import Span

_LONGEST_SHORT = 4
"""An abbreviated month has at most so many letters."""

_ORDINAL = "|".join(sorted((word.replace("-", "[- ]") for word in ORDINALS), key=len, reverse=True))
_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAY_BEFORE = re.compile(rf"\b(?:{WEEKDAYS})\.?,?[ ](?:the[ ])?\Z")
_DAY = rf"(?P<day>[0-3]?[0-9](?:st|nd|rd|th|er|º|ª|\.)?|{_ORDINAL})"
_YEAR = (
    r"(?P<year>(?:1[89]|20|21)[0-9]{2}|['’]?[0-9]{2}(?![0-9:]|[ ]?(?:mg|ml|%|minutes|min|people|of|"
    r"years|days|weeks)))"
)
_TIME = (
    r"(?:(?:,?[ ](?:at[ ])?|t|,[ ]?)(?:[01]?[0-9]|2[0-3])[:.h][0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
    r"(?:[ ]?[ap]\.?m\b\.?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?|,?[ ](?:at[ ])?(?:1[0-2]|[1-9])[ ]?[ap]\.?m\b\.?)?"
)
_GAP = r"(?:[ ]|[ ]?[-–/.][ ]?|\n)"

_RANGE = r"(?:(?:between[ ])?[0-3]?[0-9](?:st|nd|rd|th|\.)?[ ]?(?:[-–/&]|and|to|or|until|till)[ ]?)?"
_DAY_MONTH = re.compile(
    rf"(?<![\w/.-]){_RANGE}(?:the[ ])?{_DAY}{_GAP}?(?:of[ ]|"
    rf"de[ ])?(?P<month>{_MONTH})\b\.?(?:(?:,?{_GAP}|,)(?:de[ ]|del[ ])?{_YEAR}\b)?{_TIME}"
    r"(?!\w)",
)
_MONTH_DAY = re.compile(
    rf"(?<![\w/.-])(?P<month>{_MONTH})\b\.?{_GAP}(?:the[ ])?{_DAY}\b(?![:.]?[0-9])(?:(?:,{_GAP}?|"
    rf"{_GAP}){_YEAR}\b)?{_TIME}(?!\w)",
)
_YEAR_MONTH_DAY = re.compile(
    rf"(?<![\w./-])(?P<year>(?:1[89]|20|21)[0-9]{{2}})(?P<gap>[-‐‑–./年 ])[ ]?(?P<month>0?[1-9]|"
    rf"1[0-2])[-‐‑–./月 ][ ]?"
    rf"(?P<day>[0-2]?[0-9]|3[01])日?{_TIME}(?![\w/]|[-.][0-9])"
)
_TOGETHER = re.compile(
    r"(?<![0-9.,$£€])(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|"
    r"3[01])(?:t[0-9]{4,6}z?)?(?![0-9]|[.,][0-9])"
)
_NUMERIC = re.compile(
    rf"(?<![\w/.,-])(?P<one>[0-3]?[0-9])(?P<gap>[ ]?[-‐‑–./][ ]?)(?P<two>[0-3]?[0-9])(?P=gap)"
    rf"(?P<year>(?:1[89]|20|21)[0-9]{{2}}|[0-9]{{2}})"
    rf"{_TIME}(?![\w/]|[-.,][0-9])",
)
_NO_YEAR = re.compile(
    rf"\b(?:on|dated?|since|until|till|before|after|by|of|from|born|dob|d\.o\.b\.?|"
    rf"{WEEKDAYS})[,:]?[ ](?:the[ ])?"
    r"(?P<all>(?P<one>[0-3]?[0-9])(?P<gap>[/.-])(?P<two>[0-3]?[0-9])\.?)(?![\w/%]|[-.,][0-9])(?![ ](?:mg|"
    r"ml|out|of|points?|and|to|people|minutes|hours)\b)",
)
_MONTH_YEAR = re.compile(
    rf"\b(?:(?:early|mid|late|end[ ]of|beginning[ ]of|start[ ]of)[- ])?(?:{_MONTH})\b\.?(?:,?[ ](?:of[ ])?|"
    rf"[-/])(?:(?:1[89]|20|21)[0-9]{{2}}|['’][0-9]{{2}})\b",
)
_NUMERIC_MONTH_YEAR = re.compile(
    r"(?<![\w/.-])(?:0?[1-9]|1[0-2])[/](?:19|20)[0-9]{2}(?![\w/-])|(?<![\w/.-])(?:19|20)[0-9]{2}-(?:0[1-9]|"
    r"1[0-2])(?![\w/-])|\b(?:19|20)[0-9]{2}-?w[0-5][0-9](?:-[1-7])?\b|\bq[1-4][ /-](?:19|20)[0-9]{2}\b"
)
_LONE_MONTH = re.compile(rf"\b(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[- ])?(?:{'|'.join(LONG_MONTHS)})\b(?![’']?\w)")
_WORDS_BEFORE_MAY = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|of|during|last|next|this|every|each|early|mid|late|before|after|"
    r"between|and|to|through)[ -]|[-–/])\Z",
)
_SMALL_MONTH = re.compile(
    r"\b(?:in|since|until|till|last|next|this|early|mid|late|of|by|from|during|before|after)[- ]"
    r"(january|february|april|june|july|august|september|october|november|december)\b",
)
_LONE_DAY = re.compile(
    rf"\b(?:on|by|since|until|till|before|after|from)[ ]the[ ]({_ORDINAL})"
    r"(?=\s*(?:[.,;:!?)\n]|\Z|and\b|we\b|they\b|he\b|she\b|i\b))"
)
_LONE_NUMBER = re.compile(
    rf"\b(?:(?:{WEEKDAYS}),?[ ])?(?:the|his|her|my|our|their)[ ][0-9]{{1,2}}(?:st|nd|rd|th)"
    r"(?=\s*(?:[.,;:!?)\n]|\Z|and\b|we\b|they\b|he\b|she\b|i\b|[-–])|[ ]for\b)"
)
_SEASON = re.compile(
    r"\b(?:early[ ]|mid-?[ ]?|late[ ])?(?:spring|summer|autumn|fall|winter)[ ](?:of[ ])?(?:19|20)[0-9]{2}\b"
)
_EXPIRY = re.compile(r"\bexp(?:iry|ires|\.)?(?:[ ]date)?:?[ ]((?:0[1-9]|1[0-2])/[0-9]{2,4})\b")
_PADDED = re.compile(r"(?<![\w/.-])(?:[0-3][0-9]/0[1-9]|0[1-9]/[0-3][0-9])(?![\w/]|[-.,][0-9])")
_WITH_A_NAME = re.compile(rf"\b(?:{DAYS_WITH_A_NAME})(?:[ ](?:19|20)[0-9]{{2}})?(?!\w)")
_OWN_DAY = re.compile(
    r"\b(?:my|his|her|their|our|your|whose|the|[^\W\d_][\w-]{1,30}['’]s?)[ ]"
    r"(?:(?:[0-9]{1,3}(?:st|nd|rd|th)|\w{4,14}(?:-\w{4,8})?(?:st|nd|rd|th)|wedding|silver|golden|next|"
    r"last)[ ]){0,2}"
    r"(?:birthday|b-?day|anniversary|name[ ]day|due[ ]date|wedding[ ]day|bar[ ]mitzvah|bat[ ]mitzvah|"
    r"quinceañera)\b",
)


def spans(view: PlainView, sessions: Sequence[tuple[int, date]]) -> Iterator[Span]:
    """Every date in a text, told from a session where it can be."""
    yield from _written(view, sessions)
    yield from _in_numbers(view, sessions)
    for pattern in (
        _MONTH_YEAR,
        _NUMERIC_MONTH_YEAR,
        _SMALL_MONTH,
        _LONE_DAY,
        _LONE_NUMBER,
        _PADDED,
        _SEASON,
        _EXPIRY,
        _WITH_A_NAME,
        _OWN_DAY,
    ):
        for found in pattern.finditer(view.small):
            yield _span(view, found, found.lastindex or 0, None, sessions)
    for found in _LONE_MONTH.finditer(view.text):
        before = view.small[max(0, found.start() - 12) : found.start()]
        if found.group() not in ("May", "March", "August") or _WORDS_BEFORE_MAY.search(before):
            yield _span(view, found, 0, None, sessions)


def _written(view: PlainView, sessions: Sequence[tuple[int, date]]) -> Iterator[Span]:
    """Dates with the name of a month. The “5.” of “May 5. March was cold” belongs to what stands before."""
    days = set()
    for found in _MONTH_DAY.finditer(view.small):
        if _is_written(view, found):
            days.add(found.start("day"))
            yield _span(view, found, 0, _of_words(found, sessions), sessions)
    for found in _DAY_MONTH.finditer(view.small):
        if _is_written(view, found) and found.start("day") not in days:
            yield _span(view, found, 0, _of_words(found, sessions), sessions)


def _in_numbers(view: PlainView, sessions: Sequence[tuple[int, date]]) -> Iterator[Span]:
    for pattern in (_YEAR_MONTH_DAY, _TOGETHER):
        for found in pattern.finditer(view.small):
            if day := real_date(int(found["year"]), int(found["month"]), int(found["day"])):
                yield _span(view, found, 0, day, sessions)
    for found in _NUMERIC.finditer(view.small):
        if days := _of_numbers(found):
            yield _span(view, found, 0, likely(days, sessions), sessions)
    for found in _NO_YEAR.finditer(view.small):
        if _may_be_day(int(found["one"]), int(found["two"])):
            yield _span(view, found, "all", None, sessions)


def _span(
    view: PlainView,
    found: re.Match[str],
    group: int | str,
    day: date | None,
    sessions: Sequence[tuple[int, date]],
) -> Span:
    told = NO_DATE if day is None else told_from(day, sessions)
    start, end = found.span(group)
    if group == 0 and (weekday := _WEEKDAY_BEFORE.search(view.small, max(0, start - 16), start)):
        start = weekday.start()
    return Span(start, end - (len(found[group]) - len(found[group].rstrip())), FindingKind.DATE, told)


def _is_written(view: PlainView, found: re.Match[str]) -> bool:
    """Whether the day is one, and the month no other word: “may” in small letters, as in “3 may come”."""
    has_capital = view.text[found.start("month")].isupper()
    after = view.text[found.end("month") : found.end("month") + 1]
    is_whole = found["month"] == "may" or len(found["month"]) > _LONGEST_SHORT
    if found.start("day") > found.start("month") and after == "." and is_whole:
        return False  # the month ends a sentence: “in May. The first”
    is_month = has_capital or found["month"] not in ("may", "march", "mar", "mars", "mai")
    is_sure = is_month or found["year"] is not None or "of " in found.group()
    return 1 <= _day(found["day"]) <= 31 and is_sure


def _of_words(found: re.Match[str], sessions: Sequence[tuple[int, date]]) -> date | None:
    day, month = _day(found["day"]), MONTHS[found["month"]]
    if found["year"] is None:
        return in_year(day, month, sessions)
    return real_date(_year(found["year"]), month, day)


def _of_numbers(found: re.Match[str]) -> list[date]:
    """The days that a date of three numbers may mean: day or month first."""
    one, two, year = int(found["one"]), int(found["two"]), _year(found["year"])
    pairs = [(two, one), (one, two)] if "." not in found["gap"] else [(two, one)]
    return [day for month, number in pairs if (day := real_date(year, month, number))]


def _may_be_day(one: int, two: int) -> bool:
    return (1 <= one <= 31 and 1 <= two <= 12) or (1 <= one <= 12 and 1 <= two <= 31)


def _day(written: str) -> int:
    digits = re.match("[0-9]+", written)
    if digits:
        return int(digits.group())
    return ORDINALS.index(written.lower().replace(" ", "-")) + 1


def _year(written: str) -> int:
    """A year of two digits is one of the last 75 years or the next 24, counted from 2025."""
    number = int(written.lstrip("'’"))
    if number >= 100:
        return number
    return number + (2000 if number < 50 else 1900)
