"""What every face says while two partners speak: the step, whose turn it is, and how it begins and ends."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kapjournal import clock
from kapjournal.content.dialogue import Prompt, prompts
from kapjournal.domain.bringing import therapists_here
from kapjournal.domain.dialogue import (
    ONLY_IN_A_COUPLES_JOURNAL,
    Dialogue,
    DialogueDraft,
    OtherWay,
    Step,
    draft_of,
    is_spoken_of,
    next_at,
    resumed,
)
from kapjournal.domain.dialogue_page import (
    FIRST_LINE,
    HOW_OFTEN,
    REQUEST,
    SECOND_LINE,
    TOPIC,
    UNTIL,
    WHEN,
    KeptPage,
)
from kapjournal.domain.ids import MemberId
from kapjournal.domain.joint import Joint, JointKind, JointText
from kapjournal.domain.members import Role
from kapjournal.domain.partners import OF_PARTNERS, TWO_PARTNERS, partners_here
from kapjournal.errors import Refused
from kapjournal.presentation import days
from kapjournal.presentation.policy import kept_for_the_room
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

TITLE = "Dialogue"
NOT_AFTER_GOING_APART = "Sharing has ended in this journal: nothing of a dialogue can be kept for both."
NOBODY_SEES = "The page that opens shows nothing of what either of you wrote."
LEAVE = "Stop here?"
NOTHING_STAYS = "Nothing of this is kept, and it does not go on later."
NOTHING_KEPT = "Nothing of it was kept."
PUT_OFF_UNTIL = "Put off until {when}. Both of you see it when you open the journal."
KEPT_FOR_BOTH = "It is kept for both of you."
KEPT_FOR_THERAPISTS = "It is kept for both of you, and your therapists read it."
GOES_ON = "It goes on where you were. What was said is with you; nothing of it was written."
TYPED = "You can type what you say now. No word of it is kept."
SPOKEN = "You speak; nothing is typed."
FOR_THERAPISTS = "Your therapists read it, too"
NOT_FOR_THERAPISTS = "Your therapists do not read it"
HOW_TO_APPROVE = "{dialogue-change} changes it, {dialogue-leave-out} leaves a line out."
FIRST_YES, SECOND_YES = "{dialogue-yes-first} says yes", "{dialogue-yes-second} says yes"
THIS = "this"
"""In the place of a topic that was not typed."""

CAPTIONS: Mapping[str, str] = {
    TOPIC: "About",
    FIRST_LINE: "A line from {first}",
    SECOND_LINE: "A line from {second}",
    REQUEST: "Request",
    WHEN: "When",
    HOW_OFTEN: "How often",
    UNTIL: "Look at it again on",
}
"""What stands before each field of the page, by its name."""

WAYS: Mapping[OtherWay, tuple[str, str]] = {
    OtherWay.LATER: ("yes, now", "later"),
    OtherWay.OTHER_BEGINS: ("yes", "the other begins"),
    OtherWay.MORE: ("that is all", "there is more"),
    OtherWay.ENOUGH: ("change over", "stop here"),
    OtherWay.NO_WISH: ("a wish", "no wish"),
}
"""At the steps with another way: what going on means, and what the other way is."""


# --- whether it can begin -------------------------------------------------------------------------------


def why_not(journal: "Journal") -> str:
    """Why no dialogue can begin through this door, in a sentence; empty where it can. To both partners it is
    the same."""
    if journal.is_practice:
        return ONLY_IN_A_COUPLES_JOURNAL
    if not journal.me.role.is_of_the_course:
        return OF_PARTNERS
    if journal.apart.has_ended:
        return NOT_AFTER_GOING_APART
    members = journal.members.all()
    if len(partners_here(members)) < 2:
        return TWO_PARTNERS
    if journal.me.role is Role.PARTNER and journal.policies.current().dialogue_in_the_room:
        return kept_for_the_room(members)
    return ""


def check_may_begin(journal: "Journal") -> None:
    """Refuse a dialogue that cannot begin through this door, in the words that say why."""
    if sentence := why_not(journal):
        raise Refused(sentence)


def begun(doors: "Sequence[Journal]") -> Dialogue:
    """The dialogue of the two whose doors are open, where either of them was interrupted, or from its
    beginning; whose door is first is offered the first turn."""
    mine, theirs = doors[0].me.id, doors[1].me.id
    drafts = (journal.dialogue_drafts.current() for journal in doors)
    begun_before = [one for one in drafts if one is not None and one.at is None]
    latest = max(begun_before, key=lambda one: (one.saved is not None, one.saved), default=None)
    return resumed(latest, mine, theirs) if latest else Dialogue(mine, theirs)


# --- a step ---------------------------------------------------------------------------------------------


def prompt_of(
    dialogue: Dialogue, labels: Mapping[MemberId, str], topic: str = "", approver: MemberId | None = None
) -> Prompt:
    """What the step says, with the names of the two in it; `approver` is whose yes is asked for."""
    named = {
        "sender": shown_line(labels[dialogue.sender]),
        "receiver": shown_line(labels[dialogue.receiver]),
        "approver": shown_line(labels[approver or dialogue.first]),
        "topic": shown_line(topic) or THIS,
    }
    return prompts()[dialogue.step.value].about(named)


def turn_of(dialogue: Dialogue, labels: Mapping[MemberId, str], approver: MemberId | None = None) -> str:
    """Whose turn it is, in two or three words."""
    who = approver if dialogue.step is Step.APPROVE else dialogue.speaks
    return f"{shown_line(labels[who])}’s turn" if who else "Both of you"


def caption(field: str, dialogue: Dialogue, labels: Mapping[MemberId, str]) -> str:
    """What stands before a field of the page."""
    first, second = shown_line(labels[dialogue.first]), shown_line(labels[dialogue.second])
    return CAPTIONS[field].format(first=first, second=second)


def lines_of(page: KeptPage, dialogue: Dialogue, labels: Mapping[MemberId, str]) -> list[tuple[str, str]]:
    """The page as the two approve it: the name of each field, and its line."""
    return [
        (field, f"{caption(field, dialogue, labels)}: {shown_line(_of_a_day(field, line))}")
        for field, line in page.lines
    ]


def has_therapists(journal: "Journal") -> bool:
    """Whether there is a therapist who could read the page."""
    return bool(therapists_here(journal.members.all()))


def _of_a_day(field: str, line: str) -> str:
    return days.spoken(dt.date.fromisoformat(line)) if field == UNTIL else line


# --- what is kept ---------------------------------------------------------------------------------------


def put_off(doors: "Sequence[Journal]", dialogue: Dialogue, hour: dt.time) -> str:
    """Keep for both that they speak at this hour, within a day; the sentence that says so."""
    local = clock.local(clock.now()).replace(tzinfo=None)
    at = next_at(hour, local)
    moment = clock.moment_of(at.date(), at.time())
    for journal in doors:
        journal.dialogue_drafts.save(DialogueDraft(dialogue.first, at=moment))
    return PUT_OFF_UNTIL.format(when=_when(moment))


def go_on(doors: "Sequence[Journal]", dialogue: Dialogue) -> None:
    """Keep where the two are, for whose door is first alone; what they put off is over."""
    doors[0].dialogue_drafts.save(draft_of(dialogue))
    doors[1].dialogue_drafts.drop()


def let_go(doors: "Sequence[Journal]") -> None:
    """Keep nothing of where the two are."""
    for journal in doors:
        journal.dialogue_drafts.drop()


def keep(doors: "Sequence[Journal]", dialogue: Dialogue, page: KeptPage, again: Joint | None = None) -> str:
    """Keep the page that both approved, in one step for both, and say so; nothing is kept of it before
    (`Refused`, also for somebody who was removed meanwhile). It takes the place of a request that they looked
    at `again`."""
    mine, theirs = doors
    for journal in doors:
        journal.refresh()
    labels = {journal.me.id: journal.me.label for journal in doors}
    fields = page.fields(labels[dialogue.first])
    text = JointText(JointKind.DIALOGUE, fields, clock.today(), page.review, page.for_therapists)
    mine.joints.together(theirs.joints, text)
    if again is None:
        let_go(doors)
    else:
        mine.joints.take_back(again.id)
    return KEPT_FOR_THERAPISTS if page.for_therapists else KEPT_FOR_BOTH


# --- at the next opening --------------------------------------------------------------------------------


def appointment(journal: "Journal") -> str:
    """That the two put a dialogue off, or were interrupted in one; empty as a rule."""
    draft = None if journal.is_practice else journal.dialogue_drafts.current()
    if draft is None or why_not(journal):
        return ""
    if draft.at is None:
        return "A dialogue of you two stopped on its way, and can go on there."
    if not is_spoken_of(draft.at, clock.now()):
        return ""
    return f"You two wanted to talk {_when(draft.at)}."


def _when(moment: dt.datetime) -> str:
    day, today, one = days.of(moment), clock.today(), dt.timedelta(days=1)
    near = {today: "today", today + one: "tomorrow", today - one: "yesterday"}
    return f"{near.get(day) or f'on {days.short(day)}'} at {days.time_of_day(moment)}"
