"""The items of a list in a JSON object, one after the other: no more than one is built at a time, and of a
file that breaks off all that stands before comes."""

import json
import re
from collections.abc import Iterator

from kapjournal.errors import Damaged

_SPACE = re.compile(r"[ \t\r\n]*")
_JSON = json.JSONDecoder(strict=False)


def items(text: str, name: str) -> Iterator[object]:
    """Each item of the list that an object has under a name (`Damaged` where the text is not such an object,
    and, after the items before it, where it breaks off). Of a text that is the list itself, its items."""
    at = _list_begins(text, name)
    while True:
        at = _after(text, at)
        if text[at : at + 1] == "]":
            return
        item, at = _value(text, at)
        yield item
        at = _after(text, at)
        if text[at : at + 1] == ",":
            at += 1
        elif text[at : at + 1] != "]":
            raise _broken(text, at)


def _list_begins(text: str, name: str) -> int:
    at = _after(text, 0)
    if text[at : at + 1] == "[":
        return at + 1
    if text[at : at + 1] != "{":
        raise _broken(text, at)
    at += 1
    while True:
        key, at = _value(text, _after(text, at))
        at = _after(text, at)
        if text[at : at + 1] != ":" or not isinstance(key, str):
            raise _broken(text, at)
        at = _after(text, at + 1)
        if key == name and text[at : at + 1] == "[":
            return at + 1
        _, at = _value(text, at)
        at = _after(text, at)
        if text[at : at + 1] != ",":
            raise Damaged(f"There is no list “{name}” in it.")
        at += 1


def _value(text: str, at: int) -> tuple[object, int]:
    try:
        return _JSON.raw_decode(text, at)
    except (ValueError, RecursionError):
        raise _broken(text, at) from None


def _after(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _broken(text: str, at: int) -> Damaged:
    line = text.count("\n", 0, at) + 1
    return Damaged(f"It is not whole JSON: what begins in line {line:,} cannot be read, nor what follows it.")
