"""What a person may choose for themselves on this computer: when to lock, and whose crisis lines to hear."""

from dataclasses import replace
from typing import Any

from kapjournal import config
from kapjournal.cli.plain.menus import Entry, Menu, offer
from kapjournal.cli.plain.seat import Seat
from kapjournal.content.crisis import not_monitored
from kapjournal.domain.values import number_from
from kapjournal.errors import UsageError


def settings(seat: Seat) -> None:
    """A menu of two; each works at once, and is kept."""
    here = (
        "These are for this computer alone, and nobody else in the journal hears of them. Colours and keys "
        "belong to the screens and are chosen there."
    )
    offer(seat.talk, Menu("Settings", here, _entries), seat)


def _entries(_: Seat) -> tuple[Entry[Seat], ...]:
    now = config.load().settings
    minutes = "1 minute" if now.lock_minutes == 1 else f"{now.lock_minutes} minutes"
    return (
        Entry("minutes", f"lock after {minutes} without a line.", _minutes),
        Entry("country", f"whose crisis lines are said, now {now.country}.", _country),
    )


def _minutes(seat: Seat) -> None:
    minutes = seat.talk.ask_for(
        "Lock after how many minutes, 1 to 120? Enter leaves it:",
        lambda answer: _read_minutes(answer) if answer else None,
    )
    if minutes is not None:
        seat.talk.lock_after(minutes)
        _keep(lock_minutes=minutes)


def _country(seat: Seat) -> None:
    country = seat.talk.ask_for(
        "Your country, as two letters, such as US or DE. Enter leaves it:",
        lambda answer: _read_country(answer) if answer else None,
    )
    if country is not None:
        _keep(country=country)
        seat.talk.say("Beside what goes to a therapist you hear from now on:", not_monitored(country))


def _keep(**changed: Any) -> None:
    config.save(replace(config.load().settings, **changed))


def _read_minutes(answer: str) -> int:
    try:
        return config.minutes(number_from(answer))
    except UsageError:
        raise UsageError("That is no number of minutes from 1 to 120.") from None


def _read_country(answer: str) -> str:
    try:
        return config.country(answer)
    except UsageError:
        raise UsageError("A country is two letters here, such as US.") from None
