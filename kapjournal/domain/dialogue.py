"""The dialogue: two partners speak face to face, a step at a time, and one page prompts them.

Where they are is all that is known of it. What they keep in the end is a `KeptPage`, in `dialogue_page`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kapjournal.domain.ids import MemberId


class Step(StrEnum):
    """A step, in order. Fixed in the file format."""

    TOPIC = "topic"
    NOW = "now"
    ARRIVE = "arrive"
    BEGINS = "begins"
    SENDER = "sender"
    MIRROR = "mirror"
    MORE = "more"
    SUMMARY = "summary"
    VALIDATION = "validation"
    EMPATHY = "empathy"
    SWITCH = "switch"
    WISH = "wish"
    GIFT = "gift"
    KEEP = "keep"
    APPROVE = "approve"
    THANKS = "thanks"


class OtherWay(StrEnum):
    """What can be chosen at a step, beside going on."""

    LATER = "later"
    OTHER_BEGINS = "other-begins"
    MORE = "more"
    ENOUGH = "enough"
    NO_WISH = "no-wish"


STEPS = tuple(Step)
OTHER_WAYS: Mapping[Step, OtherWay] = {
    Step.NOW: OtherWay.LATER,
    Step.BEGINS: OtherWay.OTHER_BEGINS,
    Step.MORE: OtherWay.MORE,
    Step.SWITCH: OtherWay.ENOUGH,
    Step.WISH: OtherWay.NO_WISH,
}
"""At which step each of them is."""

SPOKEN = frozenset(
    {
        *(Step.ARRIVE, Step.SENDER, Step.MIRROR, Step.SUMMARY, Step.VALIDATION, Step.EMPATHY),
        *(Step.WISH, Step.GIFT, Step.THANKS),
    }
)
"""The steps at which something is said, and so may be typed where the two cannot hear each other."""

_BY_THE_SENDER = frozenset({Step.SENDER})
_BY_THE_RECEIVER = frozenset({Step.MIRROR, Step.MORE, Step.SUMMARY, Step.VALIDATION, Step.EMPATHY})

ONLY_IN_A_COUPLES_JOURNAL = "A dialogue is in a couple’s journal, and this is a practice."

WITHIN = dt.timedelta(hours=24)
"""How far ahead an appointment is at most, and for how long after it it is still spoken of."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where the two are. `first` sends first, `second` is the other partner; once they have `switched`,
    `second` sends. Where it is `typed`, what is said may be typed too, and is kept by nothing."""

    first: MemberId
    second: MemberId
    step: Step = Step.TOPIC
    switched: bool = False
    typed: bool = False

    @property
    def sender(self) -> MemberId:
        """Who speaks of something in this turn."""
        return self.second if self.switched else self.first

    @property
    def receiver(self) -> MemberId:
        """Who mirrors in this turn."""
        return self.first if self.switched else self.second

    @property
    def speaks(self) -> MemberId | None:
        """Whose step it is; None where it is of both."""
        if self.step in _BY_THE_SENDER:
            return self.sender
        return self.receiver if self.step in _BY_THE_RECEIVER else None

    @property
    def other_way(self) -> OtherWay | None:
        """What can be chosen here beside going on."""
        return OTHER_WAYS.get(self.step)

    @property
    def may_be_typed(self) -> bool:
        """Whether words of this step may be typed."""
        return self.typed and self.step in SPOKEN

    @property
    def is_over(self) -> bool:
        """Whether this is the last step."""
        return self.step is STEPS[-1]

    def on(self) -> "Dialogue":
        """A step on; the last stays. From the end of the first turn it goes to the other one's turn."""
        if self.step is Step.SWITCH:
            return replace(self, step=Step.SENDER, switched=True)
        if self.step is Step.EMPATHY and self.switched:
            return replace(self, step=Step.WISH)
        return replace(self, step=STEPS[min(STEPS.index(self.step) + 1, len(STEPS) - 1)])

    def back(self) -> "Dialogue":
        """A step back. The first stays, and so does the last: what both approved is kept by then."""
        if self.is_over or self.step is STEPS[0]:
            return self
        if self.step is Step.SENDER and self.switched:
            return replace(self, step=Step.SWITCH, switched=False)
        if self.step is Step.WISH and self.switched:
            return replace(self, step=Step.EMPATHY)
        return replace(self, step=STEPS[STEPS.index(self.step) - 1])

    def by_the_other_way(self) -> "Dialogue":
        """On by the other way of this step; the same where there is none, and where it is put off."""
        match self.other_way:
            case OtherWay.OTHER_BEGINS:
                return replace(self, first=self.second, second=self.first)
            case OtherWay.MORE:
                return replace(self, step=Step.SENDER)
            case OtherWay.ENOUGH:
                return replace(self, step=Step.WISH)
            case OtherWay.NO_WISH:
                return replace(self, step=Step.KEEP)
        return self


@dataclass(frozen=True, slots=True)
class DialogueDraft:
    """What is left of a dialogue that was interrupted, or of one that was put off: never a word of it.

    `at` is when it is to be, UTC, None for one that has begun; `saved` is the draft's own bookkeeping.
    """

    first: MemberId
    step: Step = Step.TOPIC
    switched: bool = False
    typed: bool = False
    at: dt.datetime | None = None
    id: str = ""
    saved: dt.datetime | None = None


def draft_of(dialogue: Dialogue) -> DialogueDraft:
    """What to keep of where the two are: with the words that were typed gone, to be approved is nothing."""
    step = Step.KEEP if dialogue.step is Step.APPROVE else dialogue.step
    return DialogueDraft(dialogue.first, step, dialogue.switched, dialogue.typed)


def resumed(draft: DialogueDraft, one: MemberId, other: MemberId) -> Dialogue:
    """The dialogue of two partners where it was interrupted; begun anew if it was not theirs."""
    if draft.first not in (one, other) or draft.at is not None:
        return Dialogue(one, other)
    second = other if draft.first == one else one
    return Dialogue(draft.first, second, draft.step, draft.switched, draft.typed)


def next_at(hour: dt.time, now: dt.datetime) -> dt.datetime:
    """The next moment at which it is this hour, within a day; all local, without a zone."""
    moment = dt.datetime.combine(now.date(), hour)
    return moment if moment > now else moment + WITHIN


def is_spoken_of(at: dt.datetime, now: dt.datetime) -> bool:
    """Whether an appointment is to be named still: not when a day has gone since."""
    return now < at + WITHIN
