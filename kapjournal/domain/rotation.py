"""Which of the dated backups in a folder are kept, and what they are called."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from typing import TypeVar

from kapjournal.errors import UsageError

STEM = "journal-backup-"
"""How the name of a dated backup begins: it names nobody."""

_NAME = re.compile(STEM + r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{6})(?:-([0-9]{1,3}))?")
_PART = re.compile(r"([1-9][0-9]{0,3}) ?([dw]?)")
_FORM = "Say how many backups to keep, such as 5, or 7d,4w for the last of each of 7 days and 4 weeks."


@dataclass(frozen=True, slots=True)
class Keep:
    """What of the backups is kept: the `last` so many, and the last one of each of so many `days` and
    `weeks` on which there was any."""

    last: int = 0
    days: int = 0
    weeks: int = 0

    def __post_init__(self) -> None:
        """Keep something."""
        if not (self.last or self.days or self.weeks):
            raise UsageError(_FORM)

    def __str__(self) -> str:
        """As a person types it."""
        parts = (f"{self.last}", f"{self.days}d", f"{self.weeks}w")
        return ",".join(part for part in parts if not part.startswith("0"))


def keep_from(typed: str) -> Keep:
    """Read “5”, “7d,4w” or “3,7d,4w” (`UsageError`)."""
    found: dict[str, int] = {}
    for part in typed.split(","):
        match = _PART.fullmatch(part.strip().casefold())
        if match is None or match[2] in found:
            raise UsageError(_FORM)
        found[match[2]] = int(match[1])
    return Keep(found.get("", 0), found.get("d", 0), found.get("w", 0))


def name_of(moment: dt.datetime) -> str:
    """What a backup made at a moment, by the clock where the person is, is called."""
    return f"{STEM}{moment:%Y-%m-%d-%H%M%S}"


def moment_in(name: str) -> dt.datetime | None:
    """When a backup of that name, without its ending, was made; None for a name of another form. Those of one
    second are a microsecond apart."""
    if found := _NAME.fullmatch(name):
        try:
            moment = dt.datetime.strptime(found[1] + found[2], "%Y-%m-%d%H%M%S")
        except ValueError:
            return None
        return moment.replace(microsecond=int(found[3] or 0))
    return None


K = TypeVar("K", bound=Hashable)


def kept(made: Collection[tuple[dt.datetime, K]], keep: Keep) -> set[K]:
    """Which of the backups made at these moments stay. The latest always does."""
    latest = sorted(made, key=lambda one: one[0], reverse=True)
    stay = {name for _, name in latest[: max(keep.last, 1)]}
    stay |= _last_of_each(latest, keep.days, lambda moment: moment.date())
    return stay | _last_of_each(latest, keep.weeks, lambda moment: moment.isocalendar()[:2])


def _last_of_each(
    latest: list[tuple[dt.datetime, K]], most: int, span: Callable[[dt.datetime], Hashable]
) -> set[K]:
    """The last one of each of so many days or weeks, the latest before the others."""
    found: dict[Hashable, K] = {}
    for moment, name in latest:
        if span(moment) not in found and len(found) < most:
            found[span(moment)] = name
    return set(found.values())
