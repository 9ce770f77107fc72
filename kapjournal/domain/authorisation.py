"""What both partners authorise: that one recipient is told about them, for one purpose, until a day.

Each of the two says yes to it with their own keys, and each can take that back alone, at any time, for what
has not left. It is for the recipient and the purpose that it names, and for nobody and nothing else.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kapjournal import clock
from kapjournal.domain.joint import Joint, JointKind, JointText, Standing
from kapjournal.domain.members import Member, Role, folded
from kapjournal.domain.waiting import LAST_DAY
from kapjournal.errors import Refused, UsageError
from kapjournal.text import MAX_LINE, storable_line

RECIPIENT, PURPOSE = "recipient", "purpose"
"""The two fields; the day on which it runs out is its `review`."""

SAY_WHO = "Say who may be told about you two: one name."
SAY_WHAT_FOR = "Say in one line what for."
SAY_UNTIL = "Say until which day: YYYY-MM-DD."
NOTHING_ELSE = "An authorisation says who, what for and until when, and nothing else."
ONE_LEFT = (
    "One of the partners is not in this journal any more, and nobody authorises anything in their place."
)
NONE_GIVEN = "The two have authorised nobody in their journal."
ENDED_WITH_SHARING = (
    "What the two authorised for {recipient} ended when sharing between them did, or one of them left."
)
SOMETHING_MISSING = (
    "Something that one of the two wrote is missing in this file: it may say that a yes was taken back. Put "
    "it back, or look at what is missing, first."
)


@dataclass(frozen=True, slots=True)
class Authorisation:
    """One that holds: whom and what for, `until` the end of a day by the clock where the reader is, and since
    when, `given`: when the second yes came (UTC). `digest` is that of its words, 64 digits of hexadecimal:
    what rests on it names it by that."""

    id: str
    recipient: str
    purpose: str
    until: dt.date
    given: dt.datetime
    digest: str


# --- its words ------------------------------------------------------------------------------------------


def words_of(recipient: str, purpose: str, until: dt.date | None) -> JointText:
    """What is put to the other partner (`UsageError`)."""
    fields = ((RECIPIENT, recipient), (PURPOSE, purpose))
    return checked(JointText(JointKind.AUTHORISATION, fields, clock.today(), until, for_therapists=True))


def checked(text: JointText) -> JointText:
    """The same text as it is stored, if it is one recipient, one purpose and a day that is not past;
    therapists read it: nobody can rest on what they cannot show (`UsageError`)."""
    said = dict(text.fields)
    if not said.keys() <= {RECIPIENT, PURPOSE}:
        raise UsageError(NOTHING_ELSE)
    recipient = " ".join(storable_line(said.get(RECIPIENT, ""), "recipient", MAX_LINE).split())
    purpose = " ".join(storable_line(said.get(PURPOSE, ""), "purpose", MAX_LINE).split())
    if not folded(recipient):
        raise UsageError(SAY_WHO)
    if not folded(purpose):
        raise UsageError(SAY_WHAT_FOR)
    if text.review is None:
        raise UsageError(SAY_UNTIL)
    if text.review < (today := clock.today()):
        raise UsageError(f"{text.review.isoformat()} is past: today is {today.isoformat()}.")
    if text.review > LAST_DAY:
        raise UsageError(f"That is too far ahead: {LAST_DAY.isoformat()} is the last day.")
    fields = ((RECIPIENT, recipient), (PURPOSE, purpose))
    return JointText(text.kind, fields, text.date, text.review, for_therapists=True)


def is_of_form(text: JointText) -> bool:
    """Whether words as some program wrote them say what an authorisation says: or a line more could stand
    in them that nobody looks for."""
    names = tuple(name for name, _ in text.fields)
    are_lines = all(_is_as_stored(said) for _, said in text.fields)
    return names == (RECIPIENT, PURPOSE) and are_lines and text.review is not None and text.for_therapists


def _is_as_stored(said: str) -> bool:
    try:
        line = " ".join(storable_line(said, "line", MAX_LINE).split())
    except UsageError:
        return False
    return line == said and bool(folded(said))


def check_may_propose(members: Collection[Member]) -> None:
    """Refuse where one of those who were partners here has left: nobody takes their place (`Refused`)."""
    if any(member.role is Role.PARTNER and member.removed for member in members):
        raise Refused(ONE_LEFT)


# --- whether it holds -----------------------------------------------------------------------------------


def is_over(one: Joint, today: dt.date) -> bool:
    """Whether the last day of an authorisation is past."""
    return (
        one.text.kind is JointKind.AUTHORISATION and one.text.review is not None and one.text.review < today
    )


def holds(one: Joint, today: dt.date) -> bool:
    """Whether it is an authorisation that holds today."""
    is_one = one.text.kind is JointKind.AUTHORISATION and one.text.review is not None
    return is_one and one.standing is Standing.HOLDS and not is_over(one, today)


def authorises(found: Iterable[Joint], recipient: str, purpose: str, today: dt.date, none: str = "") -> Joint:
    """The authorisation by which a recipient may be told for a purpose today, of several the one that holds
    longest (`Refused` says in one sentence why there is none; who took a yes back is not said). With `none`,
    which is said where there is none for this purpose, what is for another is not spoken of.

    Names and purposes are compared as labels are, in whatever letters: what only looks alike is another.
    """
    given = sorted(
        (
            one
            for one in found
            if one.text.kind is JointKind.AUTHORISATION and one.standing is not Standing.DECLINED
        ),
        key=lambda one: one.order,
    )
    if none:
        given = [one for one in given if is_same(one.text.field(PURPOSE), purpose)]
    for_them = [one for one in given if is_same(one.text.field(RECIPIENT), recipient)]
    meant = [one for one in for_them if is_same(one.text.field(PURPOSE), purpose)]
    holding = [one for one in meant if holds(one, today)]
    if holding:
        return max(holding, key=lambda one: (one.text.review, one.order))
    raise Refused(_why_not(given, for_them, meant, recipient, purpose, today) or none or NONE_GIVEN)


def has_one(found: Iterable[Joint], recipient: str, purpose: str, today: dt.date) -> bool:
    """Whether there is one."""
    try:
        authorises(found, recipient, purpose, today)
    except Refused:
        return False
    return True


def _why_not(
    given: list[Joint],
    for_them: list[Joint],
    meant: list[Joint],
    recipient: str,
    purpose: str,
    today: dt.date,
) -> str:
    if meant:
        return _why_it_holds_not(meant[-1], today)
    if for_them := [one for one in for_them if holds(one, today)] or for_them:
        other = for_them[-1]
        return (
            f"What the two authorised for {other.text.field(RECIPIENT)}{_until(other)} is for "
            f"“{other.text.field(PURPOSE)}”, and not for “{purpose}”."
        )
    if given := [one for one in given if holds(one, today)]:
        other = given[-1]
        return (
            f"What the two authorised{_until(other)} is for {other.text.field(RECIPIENT)}, and not for "
            f"“{recipient}”."
        )
    return ""


def _why_it_holds_not(one: Joint, today: dt.date) -> str:
    recipient = one.text.field(RECIPIENT)
    if one.standing is Standing.PROPOSED:
        day = in_words(clock.local(one.written).date())
        return f"Only one of the two has said yes to {recipient} so far. It was written down on {day}."
    taken_back = [said.written for said in one.responses if not said.approves]
    if one.standing is Standing.HOLDS:
        return f"What the two authorised for {recipient} ran out on {in_words(one.text.review)}."
    if taken_back:
        day = in_words(clock.local(min(taken_back)).date())
        return f"What the two authorised for {recipient} was taken back on {day}."
    return ENDED_WITH_SHARING.format(recipient=recipient)


def clock_is_behind(day: dt.date) -> str:
    """Why a day that has not come by the clock of this computer counts."""
    return f"The clock of this computer is behind: something here was written on {in_words(day)}."


def is_same(one: str, other: str) -> bool:
    """Whether two names or purposes are the same, in whatever letters."""
    return " ".join(folded(one).split()) == " ".join(folded(other).split())


def _until(one: Joint) -> str:
    return f" until {in_words(one.text.review)}" if one.text.review else ""


def in_words(day: dt.date | None) -> str:
    """A day as a sentence has it: “31 January 2027”."""
    return f"{day.day} {day:%B %Y}" if day else ""
