"""A write-up for supervision, as the conversation about it goes on."""

from dataclasses import dataclass

from kapjournal.domain import supervision
from kapjournal.domain.records import Record
from kapjournal.errors import Refused
from kapjournal.plain.of_couple import OfCouple
from kapjournal.text import shown_line


@dataclass(frozen=True, slots=True)
class WriteUp:
    """One write-up of a couple."""

    of: OfCouple
    record_id: str

    @property
    def now(self) -> Record:
        """The write-up as it is now."""
        return self.of.write_ups.get(self.record_id)


def ask_recipient(one: WriteUp, question: str) -> str:
    """Ask for one person; Enter means the recipient that the write-up names, if it names one."""
    named = one.now.text.fields.get(supervision.RECIPIENT, "").strip()
    enter = f" Enter for {shown_line(named)}:" if named else ""
    return one.of.console.ask_for(f"{question}{enter}", lambda answer: _somebody(answer or named))


def _somebody(name: str) -> str:
    if not name:
        raise Refused(supervision.NO_RECIPIENT)
    return name
