"""What a supervisor answered, what was agreed, and what came of it."""

import datetime as dt
from dataclasses import dataclass, replace

from kapjournal.domain.ids import CaseId
from kapjournal.domain.parsing import day_from
from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_LINE, storable, storable_line

MAX_ACTS = 20
SAY_SOMETHING = "Say what they answered, or what was agreed."
ALREADY_SAID = "It was said already what came of that, and is not asked again."


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is to do, by a day or None. `happened` is what came of it and `closed` the day on which
    that was said; closed without words it was put aside. `id` is 16 digits of hexadecimal."""

    who: str
    what: str
    when: dt.date | None = None
    happened: str = ""
    closed: dt.date | None = None
    id: str = ""

    @property
    def order(self) -> tuple[dt.date, str]:
        """By the day by which it is to be done, those without one last."""
        return self.when or dt.date.max, self.id

    def is_due(self, today: dt.date) -> bool:
        """Whether it is time to ask what happened."""
        return self.closed is None and (self.when is None or self.when <= today)

    def answered(self, words: str, today: dt.date) -> "Act":
        """The same, once it was said what came of it (`Refused` if it was before, `UsageError`)."""
        if self.closed is not None:
            raise Refused(ALREADY_SAID)
        return replace(self, happened=storable_line(words.strip(), "line", MAX_LINE), closed=today)

    def joined(self, other: "Act") -> "Act":
        """Of both computers: what was said first stays."""
        said = [one for one in (self, other) if one.closed is not None]
        return min(
            said, key=lambda one: (one.closed or dt.date.max, not one.happened, one.happened), default=self
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the write-up of that record id: `words` as they came, and the acts that were agreed."""

    case: CaseId
    write_up: str
    recipient: str
    words: str
    written: dt.datetime
    acts: tuple[Act, ...] = ()
    id: str = ""

    def with_act(self, act: Act) -> "Reply":
        """With this act in the place of the one of its id."""
        return replace(self, acts=tuple(act if one.id == act.id else one for one in self.acts))

    def joined(self, other: "Reply") -> "Reply":
        """Of both computers."""
        there = {act.id: act for act in other.acts}
        acts = (act.joined(there.pop(act.id, act)) for act in self.acts)
        return replace(self, acts=(*acts, *there.values()))


def checked_act(act: Act) -> Act:
    """The same as it is stored (`UsageError`)."""
    who, what = (storable_line(words, "act", MAX_LINE) for words in (act.who, act.what))
    if not what:
        raise UsageError("An act says what is to be done.")
    return replace(act, who=who, what=what)


def checked_words(words: str, acts: tuple[Act, ...]) -> str:
    """The words of a reply as they are stored (`UsageError`, `Refused`)."""
    if not words.strip() and not acts:
        raise UsageError(SAY_SOMETHING)
    if len(acts) > MAX_ACTS:
        raise UsageError(f"A reply has at most {MAX_ACTS} acts.")
    return storable(words)


def act_from(word: str) -> Act:
    """Read an act as it is typed: “WHO; WHAT; YYYY-MM-DD”, the day where there is one (`UsageError`)."""
    parts = [part.strip() for part in word.split(";")]
    if not 2 <= len(parts) <= 3:
        raise UsageError("What was agreed is WHO;WHAT or WHO;WHAT;YYYY-MM-DD.")
    when = day_from(parts[2]) if len(parts) == 3 and parts[2] else None
    return checked_act(Act(parts[0], parts[1], when))


def in_writing(act: Act) -> str:
    """An act as it is typed; neither part holds a semicolon."""
    day = f"; {act.when.isoformat()}" if act.when else ""
    return f"{act.who}; {act.what}{day}"


def acts_from(lines: str) -> list[Act]:
    """Read what was agreed, a line each (`UsageError`)."""
    return [act_from(line) for line in lines.split("\n") if line.strip()]
