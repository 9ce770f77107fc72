"""A partner's own words coming back, said when they ask, or on coming in if they wish so."""

from kapjournal import config
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation import coming_back as saying


def look_back(unlocked: Unlocked) -> None:
    """Say what comes back today."""
    unlocked.console.say(*(saying.lines(unlocked.journal) or [saying.NOTHING]))


def say_if_wanted(unlocked: Unlocked) -> None:
    """Say it on coming in, if the settings of this computer say so."""
    if config.load().settings.own_words:
        unlocked.console.say(*saying.lines(unlocked.journal))
