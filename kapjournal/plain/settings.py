"""Settings of this computer: when to lock or to remind of a backup, and the country of the crisis lines."""

from dataclasses import replace
from typing import Any

from kapjournal import config
from kapjournal.domain.parsing import number_from
from kapjournal.errors import UsageError
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.presentation import coming_back
from kapjournal.presentation.crisis_notice import not_monitored


def settings(unlocked: Unlocked) -> None:
    """Offer what can be chosen; each works at once, and is kept."""
    help_text = (
        "These are for this computer alone, and nobody else in the journal hears of them. Colours and keys "
        "belong to the screens and are chosen there."
    )
    offer(unlocked.console, Menu("Settings", help_text, entries), unlocked)


def entries(_: Unlocked) -> tuple[Entry[Unlocked], ...]:
    """The settings, each as it is now."""
    now = config.load().settings
    minutes = "1 minute" if now.lock_minutes == 1 else f"{now.lock_minutes} minutes"
    return (
        Entry("minutes", f"lock after {minutes} without a line.", _minutes),
        Entry("own words", f"come back on coming in: {'yes' if now.own_words else 'no'}.", _own_words),
        Entry("backup", f"remind of one: {_after(now.backup_days)}.", _backup),
        Entry("country", f"whose crisis lines are said, now {now.country}.", _country),
    )


def _minutes(unlocked: Unlocked) -> None:
    minutes = unlocked.console.ask_for(
        "Lock after how many minutes, 1 to 120? Enter leaves it:",
        lambda answer: _read_minutes(answer) if answer else None,
    )
    if minutes is not None:
        unlocked.console.lock_after(minutes)
        _keep(lock_minutes=minutes)


def _own_words(unlocked: Unlocked) -> None:
    wanted = unlocked.console.yes("Shall own words of earlier days come back when you come in?")
    _keep(own_words=wanted)
    unlocked.console.say(coming_back.KEPT[wanted])


def _after(days: int) -> str:
    return "never" if not days else "after a day without" if days == 1 else f"after {days} days without"


def _backup(unlocked: Unlocked) -> None:
    days = unlocked.console.ask_for(
        "Remind of a backup after how many days without one here, 1 to 365, or 0 for never? Enter leaves it:",
        lambda answer: _read_days(answer) if answer else None,
    )
    if days is not None:
        _keep(backup_days=days)


def _country(unlocked: Unlocked) -> None:
    country = unlocked.console.ask_for(
        "Your country, as two letters, such as US or DE. Enter leaves it:",
        lambda answer: _read_country(answer) if answer else None,
    )
    if country is not None:
        _keep(country=country)
        unlocked.console.say("Beside what goes to a therapist you hear from now on:", not_monitored(country))


def _keep(**changed: Any) -> None:
    config.save(replace(config.load().settings, **changed))


def _read_minutes(answer: str) -> int:
    try:
        return config.minutes(number_from(answer))
    except UsageError:
        raise UsageError("That is no number of minutes from 1 to 120.") from None


def _read_days(answer: str) -> int:
    try:
        return config.days(number_from(answer))
    except UsageError:
        raise UsageError("That is no number of days from 0 to 365.") from None


def _read_country(answer: str) -> str:
    try:
        return config.country(answer)
    except UsageError:
        raise UsageError("A country is two letters here, such as US.") from None
