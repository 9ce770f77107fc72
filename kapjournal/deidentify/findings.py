"""What identifies somebody in a text, and the text with other words in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What was found: a name from a list, or one of the identifiers of 45 CFR 164.514(b)(2)."""

    PERSON = "person"
    PLACE = "place"
    EMPLOYER = "employer"
    NAME = "name"
    DATE = "date"
    AGE = "age"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    URL = "url"
    IP = "ip"
    SSN = "ssn"
    RECORD = "record"
    ACCOUNT = "account"
    CARD = "card"
    PLATE = "plate"
    DEVICE = "device"
    ADDRESS = "address"
    POSTCODE = "postcode"
    HANDLE = "handle"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Known:
    """One person, place or employer whose name must not leave: the main form of the name first."""

    kind: FindingKind
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A part of a text that identifies somebody, and what would stand in its place.

    `start` and `end` count code points of the text as it was given; `text` is what stands between them.
    `is_listed`: a known name reaches into it, other than one that was marked.
    """

    start: int
    end: int
    kind: FindingKind
    text: str
    replacement: str
    is_listed: bool = False


def replaced(text: str, findings: Iterable[Finding]) -> str:
    """The text with each finding's replacement in its place. The findings are sorted and do not overlap."""
    parts, at = [], 0
    for finding in findings:
        parts += [text[at : finding.start], finding.replacement]
        at = finding.end
    return "".join([*parts, text[at:]])
