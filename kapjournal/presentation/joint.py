"""What every face says of words that two approve: how it stands with them, who reads them, what a yes is."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.joint import form_of
from kapjournal.domain import joint as rules
from kapjournal.domain import joint_standing
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import NOTHING_SAID, Joint, JointKind, JointText, Standing
from kapjournal.domain.joint_standing import (
    awaits,
    has_held,
    held_from,
    held_until,
    lacking,
    readers,
    the_two,
)
from kapjournal.domain.members import Role
from kapjournal.domain.partners import partners_here
from kapjournal.errors import UsageError
from kapjournal.presentation import authorising, days
from kapjournal.presentation.people import named
from kapjournal.presentation.readers import listed
from kapjournal.text import excerpt, shown, shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

TITLE = "What you two agree on"
TITLE_FOR_THERAPISTS = "What the two agree on"
NOTHING_YET = "Nothing is written down together yet."
HOW_TO_BEGIN = "{write-together} writes something down for both of you. It holds once everybody said yes."
WHAT_KIND = "What do you write down for both of you?"
KEPT_NOWHERE = (
    "What you type here is kept nowhere until you put it to the other. A lock, or leaving, drops it: leaving "
    "asks first."
)
LEAVE_IT = "Leave without putting it to anybody?"
LEAVING = "What you typed is kept nowhere, and goes."
DROPPED = "What you had typed for both of you was not kept."
ENDED_WITH_SHARING = "It ended for both when sharing ended in this journal."
NOT_CHANGED = "Nothing is changed: these are the words from before."
REVIEW = "Look at it again on a day, if you like"
FOR_THERAPISTS = "May the therapists read it, once it holds?"
FOR_THERAPISTS_YES, FOR_THERAPISTS_NO = "yes", "no"


def title_of(kind: JointKind) -> str:
    """What a kind is called."""
    return shown_line(form_of(kind).title)


def heading(journal: "Journal") -> str:
    """What the list is called, for who looks at it."""
    return TITLE if journal.me.role is Role.PARTNER else TITLE_FOR_THERAPISTS


# --- the words ------------------------------------------------------------------------------------------


def label_of(kind: JointKind, name: str, two: Sequence[str]) -> str:
    """What a field is called, with the names of the two; its name where it is not in the form any more."""
    field = form_of(kind).field(name)
    if field is None:
        return name
    first, second = two
    return shown_line(field.label.replace("{first}", first).replace("{second}", second))


def names_of_two(journal: "Journal", joint: Joint | None = None) -> list[str]:
    """The labels of the two in the order of the fields: of those whose words these are, or who are here."""
    members = journal.members.all()
    here = sorted(one.id for one in partners_here(members))
    two = the_two(joint, members) if joint else here
    return [*(shown_line(journal.members.label_of(one)) for one in two), "the other", "the other"][:2]


def lines_of(journal: "Journal", joint: Joint) -> list[tuple[str, str]]:
    """Each field: its label and what stands in it."""
    return lines_with(names_of_two(journal, joint), joint)


def lines_with(two: Sequence[str], joint: Joint) -> list[tuple[str, str]]:
    """The same with what the two are called, in the order of the fields."""
    kind = joint.text.kind
    lines = [(label_of(kind, name, two), shown(said)) for name, said in joint.text.fields]
    if authorising.is_authorisation(joint) and joint.text.review:
        lines.append((authorising.LAST_DAY, days.long_day(joint.text.review)))
    return lines


def first_words(joint: Joint) -> str:
    """The beginning of it, in a line."""
    if authorising.is_authorisation(joint):
        return authorising.first_words(joint.text)
    return excerpt(joint.text.fields[0][1]) if joint.text.fields else ""


def begun(kind: JointKind, before: Joint | None = None) -> dict[str, str]:
    """What stands in each field to begin with: what was said before, else what the form begins with."""
    fields = {one.name: "" if before else one.begins for one in form_of(kind).fields}
    return {**fields, **(dict(before.text.fields) if before else {})}


def text_of(
    kind: JointKind,
    said: Mapping[str, str],
    *,
    before: Joint | None = None,
    date: dt.date | None = None,
    review: dt.date | None = None,
    for_therapists: bool = False,
) -> JointText:
    """What is put to the other, the fields that were not `said` as they begin (`UsageError`)."""
    fields = {**begun(kind, before), **said}
    if not before and not any(
        words.strip() and words != begun(kind).get(name) for name, words in said.items()
    ):
        raise UsageError(NOTHING_SAID)
    shows = for_therapists or kind is JointKind.AUTHORISATION
    text = JointText(kind, tuple(fields.items()), date or clock.today(), review, shows)
    if before and before.standing is Standing.HOLDS and _says_the_same(rules.checked(text), before.text):
        raise UsageError(NOT_CHANGED)
    return text


def _says_the_same(text: JointText, before: JointText) -> bool:
    return (text.fields, text.review, text.for_therapists) == (
        before.fields,
        before.review,
        before.for_therapists,
    )


# --- how it stands --------------------------------------------------------------------------------------


def in_a_word(journal: "Journal", joint: Joint, every: Iterable[Joint]) -> str:
    """How it stands, for a list: “waits for your yes”, “holds”, “waits for Ben”."""
    if awaits(joint, journal.me, journal.members.all(), every):
        return "waits for your yes"
    if joint.standing is Standing.PROPOSED:
        return f"waits for {_lacking(journal, joint)}"
    if authorising.is_authorisation(joint) and (said := authorising.in_a_word(joint)):
        return said
    return {
        Standing.HOLDS: "holds, with less" if joint.narrowings else "holds",
        Standing.DECLINED: "not approved",
        Standing.REPLACED: "held before",
        Standing.ENDED: "ended",
    }[joint.standing]


def in_order(journal: "Journal", every: Sequence[Joint]) -> list[Joint]:
    """As it is listed: what waits for this member's yes, then what holds, what waits for others, and what is
    past; of each the latest first."""
    members = journal.members.all()

    def place(one: Joint) -> int:
        if awaits(one, journal.me, members, every):
            return 0
        return _PLACES.get(one.standing, len(_PLACES) + 1)

    return sorted(sorted(every, key=lambda one: one.order, reverse=True), key=place)


_PLACES = {Standing.HOLDS: 1, Standing.PROPOSED: 2}


def who_lacks(journal: "Journal", joint: Joint) -> str:
    """Who has still to approve it: “Ben has still to say yes.”"""
    who = _lacking(journal, joint)
    if not who:
        return ""
    begin, plural = who[0].upper() + who[1:], who == "you" or " and " in who
    return f"{begin} {'have' if plural else 'has'} still to say yes."


def _lacking(journal: "Journal", joint: Joint) -> str:
    members = journal.members.all()
    therapists = [one for one in members if one.role.is_therapist and not one.removed]
    names = [
        " or ".join(name_of(journal, other.id) for other in therapists)
        if one.role.is_therapist
        else name_of(journal, one.id)
        for one in lacking(joint, members)
    ]
    return listed(sorted(names, key=lambda name: name != "you")) if names else ""


def standing_lines(journal: "Journal", joint: Joint, every: Sequence[Joint]) -> list[str]:
    """How it stands, in sentences; what a yes does where one is asked for."""
    is_authorisation = authorising.is_authorisation(joint)
    if is_authorisation and has_held(joint):
        return authorising.standing_lines(journal, joint)
    match joint.standing:
        case Standing.PROPOSED:
            lines = [who_lacks(journal, joint)]
            lines += [authorising.in_a_sentence(journal, joint.text)] if is_authorisation else []
            if awaits(joint, journal.me, journal.members.all(), every):
                lines += what_a_yes_does(journal, joint, every)
            lines += less_that_ends(journal, joint, every)
        case Standing.HOLDS:
            lines = [f"This holds. The last yes was said on {days.long_day(days.of(held_from(joint)))}."]
        case Standing.DECLINED:
            lines = [f"{_said_no(journal, joint)} Nobody is bound to it."]
        case Standing.REPLACED:
            lines = [f"Something later took its place. It held {when_held(joint, every)}."]
        case Standing.ENDED:
            lines = [f"{_said_no(journal, joint)} It held {when_held(joint, every)}, and holds no longer."]
    is_present = joint.standing in (Standing.PROPOSED, Standing.HOLDS)
    if is_present and (waits := waits_until(journal, joint.text.kind)):
        lines.append(waits)
    if joint.text.review and is_present and not is_authorisation:
        lines.append(f"It comes back on {days.long_day(joint.text.review)}, to be looked at again.")
    return lines


def waits_until(journal: "Journal", kind: JointKind) -> str:
    """Why nothing of a kind is made or approved now: “You may always ask for less. More waits until …”."""
    until = journal.joints.not_before() if kind.is_made_sober else None
    return rules.more_waits(clock.local(until), clock.local(clock.now()), kind) if until else ""


def what_a_yes_does(journal: "Journal", joint: Joint, every: Iterable[Joint]) -> list[str]:
    """What follows from a yes, and that it can be taken back."""
    now = rules.holding(every, joint.text.kind) if joint.text.kind.is_single else None
    lines = ["Your yes is to these very words. You can take it back alone, at any time."]
    if authorising.is_authorisation(joint):
        return [*lines, authorising.NOT_CALLED_BACK]
    if now is not None and now.id != joint.id:
        lines.append("Once everybody said yes, it takes the place of what holds now.")
    return lines


def less_that_ends(journal: "Journal", joint: Joint, every: Iterable[Joint]) -> list[str]:
    """What less was asked for of the agreement whose place this one takes: it ends with that, unless it is in
    the new words."""
    now = rules.holding(every, joint.text.kind) if joint.text.kind.is_single else None
    if now is None or now.id == joint.id or not now.narrowings:
        return []
    said = " ".join(f"“{shown_line(one.line)}”" for one in now.narrowings)
    return [f"What less was asked for ends then, unless these words say it: {said}"]


def _said_no(journal: "Journal", joint: Joint) -> str:
    who = [name_of(journal, said.member) for said in joint.responses if not said.approves]
    if not who:
        if not has_held(joint):
            return "Its author stands behind it no more."
        return ENDED_WITH_SHARING if journal.apart.has_ended else "One of those who approved it has left."
    said = "took the yes back" if has_held(joint) else "said no to this"
    return f"{listed([who[0][0].upper() + who[0][1:], *who[1:]])} {said}."


def when_held(joint: Joint, every: Iterable[Joint]) -> str:
    """When it held: “from 2 March 2026 until 9 March 2026”."""
    begin, end = held_from(joint), held_until(joint, every)
    until = f" until {days.long_day(days.of(end))}" if end else ""
    return f"from {days.long_day(days.of(begin))}{until}"


def readers_of(journal: "Journal", joint: Joint) -> frozenset[MemberId]:
    """Who reads it now."""
    return joint_standing.readers_of(joint, journal.members.all(), holds=has_held(joint))


def who_reads(journal: "Journal", text: JointText) -> str:
    """Who will read words that are put to the other."""
    members = journal.members.all()
    now, then = (readers(text, members, holds=holds) for holds in (False, True))
    said = f"{named(journal, now)} can read this."
    more = listed([name_of(journal, one) for one in sorted(then - now)]) if then - now else ""
    return f"{said} Once it holds, {more} can too." if more else said


def name_of(journal: "Journal", member: MemberId, *, begins: bool = False) -> str:
    """What somebody is called: “you”, or their label."""
    if member == journal.me.id:
        return "You" if begins else "you"
    return shown_line(journal.members.label_of(member))
