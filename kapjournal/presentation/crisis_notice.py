"""The notice beside what goes to a therapist: nobody is watching, and whom to call."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from kapjournal import config
from kapjournal.content.crisis import not_monitored
from kapjournal.domain.audience import reaches_therapist
from kapjournal.domain.ids import MemberId

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def crisis_notice(journal: "Journal", readers: Collection[MemberId]) -> str:
    """The notice, with the crisis line of the country in the settings; empty if no reader is a therapist."""
    if not reaches_therapist(readers, journal.members.all(), journal.me.id):
        return ""
    return not_monitored(config.load().settings.country)
