"""Words of a record as they are pulled into a write-up: without the names of the two, without dates and other
numbers that tell somebody, and without an amount of medicine.

Whatever else identifies somebody is for the review, where a human sees each finding in its place: here words
change unseen, so as few do as can.
"""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kapjournal.domain.dosing import UNITS
from kapjournal.domain.forms import About
from kapjournal.domain.partner_words import FIRST, SECOND
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.deidentify import Finding

IN_WORDS = {About.FIRST: FIRST, About.SECOND: SECOND}
"""How a line that is pulled in calls the two. On the page that leaves each has a word instead."""

_NAMES = frozenset({"person", "name"})
_LEFT_OUT = _NAMES | {"date"}
"""Kinds of what is found, as the engine calls them."""

THE_COUPLE, A_PARTNER, AN_AMOUNT = "[the couple]", "[a partner]", "[amount]"

_SPELLED = r"(?:milli|micro|nano)?gram(?:me)?s?|(?:milli|centi)?lit(?:er|re)s?"
_UNITS = "|".join(sorted(map(re.escape, {*UNITS, "μg", "ug", "mg/ml", "cc"}), key=len, reverse=True))
_NUMBER = r"\d[\d.,]*(?:\s*(?:[-–/]|to)\s*\d[\d.,]*)?"
_AMOUNT = re.compile(rf"{_NUMBER}[\s-]*(?:{_UNITS}|{_SPELLED})(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TheTwo:
    """By which names the two are known: what the therapist calls each, and their labels in the journal.
    `either` are labels of which it is not certain whose they are; `couple` is what the couple is called."""

    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    couple: str = ""


def as_pulled(texts: Sequence[str], two: TheTwo, sessions: Sequence[tuple[int, dt.date]] = ()) -> list[str]:
    """Each text on one line, with other words in the place of names of the two, dates and amounts. With
    `sessions`, their numbers and days, a date is told by the nearest of them."""
    from kapjournal.deidentify import (  # noqa: PLC0415 - its patterns are slow to load
        FindingKind,
        Known,
        Replacements,
        find_each,
        replaced,
    )

    plain = (_AMOUNT.sub(AN_AMOUNT, " ".join(shown_line(text).split())) for text in texts)
    lines = [_couple_left_out(line, two.couple) for line in plain]
    called = {f"[{FIRST}]": two.first, f"[{SECOND}]": two.second, A_PARTNER: two.either}
    names = {word: tuple(filter(None, forms)) for word, forms in called.items() if any(forms)}
    known = [Known(FindingKind.PERSON, forms) for forms in names.values()]
    words = Replacements({forms[0]: word for word, forms in names.items()})
    return [
        replaced(line, [_in_place(one, names) for one in found if _is_left_out(one)])
        for line, found in zip(lines, find_each(lines, known, words, sessions), strict=True)
    ]


def _is_left_out(one: "Finding") -> bool:
    return one.kind in _LEFT_OUT or any(map(str.isdigit, one.text))


def _in_place(one: "Finding", ours: Collection[str]) -> "Finding":
    """The same with what stands in the place of a name: one of ours or, of a name both have, that it is a
    partner's."""
    if one.kind not in _NAMES:
        return one
    return replace(one, replacement=next((word for word in ours if word in one.replacement), A_PARTNER))


def _couple_left_out(line: str, name: str) -> str:
    """The line without what the therapist calls the couple, as a whole."""
    said = " ".join(name.split())
    return re.sub(rf"(?<![^\W_])(?i:{re.escape(said)})(?![^\W_])", THE_COUPLE, line) if said else line
