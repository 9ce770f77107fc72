"""Words that occur nowhere else, one for each field a person fills in, and where they must not be found."""

import base64
import os
from collections.abc import Iterable
from pathlib import Path

FIELDS = (
    "title",
    "body",
    "tag",
    "session",
    "journal",
    "invited",
    "draftbody",
    "drafttitle",
    "edited",
    "query",
)

BEGINNING = "zyxquokka"
"""How every canary begins, so that one search finds whichever there is."""


def canary(field: str) -> str:
    """The canary of a field: lower-case letters, so that no index or fold can make another word of it."""
    return f"{BEGINNING}{field}xyz"


CANARIES = tuple(map(canary, FIELDS))


def spellings(words: Iterable[str] = CANARIES) -> list[bytes]:
    """The ways in which a word could lie in a file or stream: plain, wide, in hexadecimal, in base64."""
    found = []
    for word in words:
        plain = word.encode()
        found += [plain, plain.upper(), word.encode("utf-16-le")]
        found += [plain.hex().encode(), plain.hex().upper().encode()]
        found += [base64.b64encode(bytes(shift) + plain)[4:-4] for shift in range(3)]
    return found


def found_in(data: bytes, words: Iterable[str] = CANARIES) -> list[bytes]:
    """The spellings of canaries in some bytes."""
    return [spelling for spelling in spellings(words) if spelling in data]


def assert_none_under(*folders: Path) -> None:
    """No canary in any file, file name or link below these folders."""
    for folder in folders:
        for path in [folder, *folder.rglob("*")]:
            assert not found_in(os.fsencode(path.name)), path
            if path.is_file():
                assert not found_in(path.read_bytes()), path
