"""How values are written inside sealed bodies: strict JSON, hexadecimal of a known length, UTC moments.

There is one spelling of each value. Whatever has another was not written by this program and is refused.
"""

import datetime as dt
import json
from collections.abc import Collection
from typing import Any

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.ids import MemberId, RevokedId

MAX_LISTED_IDS = 1000
"""More ids than any journal has people; a keeper who lists more could fill every member's address book."""

_MAX_DEPTH = 16
_MAX_NUMBER = 2**53
"""Every language reads numbers up to here alike, and writes them back as they were."""


def to_json(value: object) -> bytes:
    """JSON as the format has it: UTF-8, no spaces, no NaN."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def from_json(data: bytes) -> dict[str, Any]:
    """A strict JSON object: UTF-8, nothing around it, no key twice, no NaN, no fraction, no number beyond
    2^53, no lone surrogate, or `NotGenuine`."""
    try:
        text = data.decode("utf-8")
        value, end = _JSON.raw_decode(text)
        if end != len(text):
            raise ValueError("something after the object")
        if b"\\u" in data:
            to_json(value)  # an escape can spell half a character, which has no UTF-8
    except (ValueError, RecursionError):
        raise NotGenuine("A document is not the JSON it should be.") from None
    deep = data.count(b"[") + data.count(b"{") > _MAX_DEPTH and not _is_shallow(value)
    if deep or not isinstance(value, dict):
        raise NotGenuine("A document is not the JSON it should be.")
    return value


def from_hex(text: object, length: int) -> bytes:
    """Exactly `length` bytes from lower-case hexadecimal (`ValueError`, `TypeError`)."""
    data = bytes.fromhex(text)  # type: ignore[arg-type]
    if len(data) != length or data.hex() != text:
        raise ValueError
    return data


def to_hex_list(ids: Collection[RevokedId]) -> list[str]:
    """Ids of 32 bytes for JSON, sorted, so that their order says nothing."""
    return sorted(one.hex() for one in ids)


def within_limit(ids: Collection[RevokedId]) -> frozenset[RevokedId]:
    """As many of the ids as a list may have, the same ones in every program."""
    return frozenset(sorted(ids)[:MAX_LISTED_IDS])


def from_hex_list(texts: list[str]) -> frozenset[RevokedId]:
    """Undo `to_hex_list` (`TypeError`, `ValueError`)."""
    if len(texts) > MAX_LISTED_IDS:
        raise ValueError
    return frozenset(MemberId(from_hex(text, 32)) for text in texts)  # or grant keys


def moment_to_text(moment: dt.datetime) -> str:
    """A UTC moment to the millisecond, ISO 8601 with Z."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_from_text(text: str) -> dt.datetime:
    """Undo `moment_to_text` (`ValueError`, `TypeError`)."""
    if len(text) != 24 or text[-1] != "Z" or not "1970" <= text[:4] < "2200":
        raise ValueError
    moment = dt.datetime.fromisoformat(text)
    if not text.startswith(moment.isoformat(timespec="milliseconds")[:-6]):  # less the +00:00 of Z
        raise ValueError
    return moment


def day_from_text(text: str) -> dt.date:
    """A day in its one spelling, `2026-03-02` (`ValueError`, `TypeError`)."""
    day = dt.date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError
    return day


def time_from_text(text: str) -> dt.time:
    """An hour of the day in its one spelling, `09:30` (`ValueError`, `TypeError`)."""
    time = dt.datetime.strptime(text, "%H:%M").time()
    if time.strftime("%H:%M") != text:
        raise ValueError
    return time


def _is_shallow(value: object) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return not any(isinstance(inner, dict | list) for inner in level)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key twice")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) < 20 else _MAX_NUMBER + 1
    if abs(number) > _MAX_NUMBER or digits == "-0":
        raise ValueError(digits)
    return number


_JSON = json.JSONDecoder(
    object_pairs_hook=_no_key_twice, parse_constant=_no_constant, parse_float=_no_constant, parse_int=_whole
)
