"""What every face says of the members of a journal."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, folded
from kapjournal.domain.notes import Note
from kapjournal.domain.partners import other_partner, partners_here
from kapjournal.presentation import days, sentences
from kapjournal.presentation.findings import sentence
from kapjournal.presentation.readers import ALL_OF_YOU, ONLY_YOU, in_words, listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal


NOT_COMPARED = "not compared yet"
"""Said of somebody whose 60 digits the member has not compared."""

YOU_WERE_REMOVED = (
    "You were removed from this journal by its keeper. What you write reaches nobody; what you could read "
    "stays readable here, as it was."
)

SHARING_HAS_ENDED = (
    "Sharing has ended in this journal. What each of you could read stays as it is. Nobody is told who ended "
    "it."
)
"""Said to everybody in the same words, whoever it was."""

ROLES_INSTEAD = (
    "As a supervisor you see roles instead of the couple’s labels. Once you have compared the digits with "
    "one of them, you see theirs."
)


def others(members: Iterable[Member], me: MemberId) -> list[Member]:
    """Every other member who is still here: those a note can be shared with."""
    return [member for member in members if member.id != me and not member.removed]


def partners(journal: "Journal") -> list[Member]:
    """The partners who are in this journal, by the order of its members."""
    return partners_here(journal.members.all())


def partner_of_me(journal: "Journal") -> Member | None:
    """The other partner, for the partner at the keyboard; None where there is none here."""
    return other_partner(journal.me.id, journal.members.all())


def remarks(member: Member, me: MemberId, doubted: Collection[MemberId] = ()) -> list[str]:
    """What is said of a member beside label and role, to the member `me`; of whom is `doubted`, that too."""
    is_me = member.id == me
    said = {
        "you": is_me,
        "keeper": member.is_keeper,
        "in doubt": member.id in doubted,
        "verified": member.verified and not is_me,
        "removed": member.removed,
        "new here": member.is_announced,
        f"new keys since {_day(member)}": _has_new_keys(member),
    }
    return [word for word, true in said.items() if true]


def with_role(member: Member) -> str:
    """A member as somebody to share with: “Ben, partner”, and that nobody has compared the digits, if so."""
    remark = "" if member.verified else f" · {NOT_COMPARED}"
    return f"{shown_line(member.label)}, {member.role.value}{remark}"


def named(journal: "Journal", readers: Collection[MemberId]) -> str:
    """All `readers` one by one, never “all of you”: “You, Ben (not compared yet) and Dr Lee”."""
    others = _others_by_name(journal, readers)
    return listed(["You", *others]) if others else ONLY_YOU


def _others_by_name(journal: "Journal", readers: Collection[MemberId]) -> list[str]:
    members = sorted(journal.members.all(), key=lambda one: folded(one.label))
    return [
        one.label if one.verified else f"{one.label} ({NOT_COMPARED})"
        for one in members
        if one.id in readers and one.id != journal.me.id
    ]


def others_named(journal: "Journal", readers: Collection[MemberId]) -> str:
    """The same without the member: “Ben (not compared yet) and Dr Lee”."""
    return listed(_others_by_name(journal, readers))


def notices(journal: "Journal") -> list[str]:
    """What the member has to know when they come in: that sharing has ended, and what is new of people."""
    return [*filter(None, [sharing_ended(journal)]), *of_people(journal)]


def sharing_ended(journal: "Journal") -> str:
    """That sharing has ended; empty while it goes on, and to who was removed before."""
    return SHARING_HAS_ENDED if journal.apart.has_ended and not journal.me.removed else ""


def of_people(journal: "Journal") -> list[str]:
    """What the member has to know about people: that they were removed, or whose digits are to be compared
    again."""
    if journal.me.removed:
        return [YOU_WERE_REMOVED]
    return [new_keys(member) for member in journal.members.all() if member.is_to_compare_again]


def roles_instead(members: Iterable[Member]) -> str:
    """That some are called by their role, to a supervisor; empty to everybody else."""
    return ROLES_INSTEAD if any(member.called_by_role for member in members) else ""


def announced(members: Iterable[Member]) -> list[Member]:
    """Those who joined and of whom the member has not said yet that they know."""
    return [member for member in members if member.is_announced]


def has_joined(member: Member) -> str:
    """That somebody joined, and what it changes for who shares."""
    name = shown_line(member.label)
    if member.role.is_of_the_course:
        reaches = f"“{ALL_OF_YOU}” now means {name} too."
    else:
        reaches = f"What you share reaches {name} only if you name them."
    return f"{name} joined this journal, as {member.role.value}. {reaches}"


def new_keys(member: Member) -> str:
    """That somebody has new keys of which no digits were compared; empty if nobody needs to know."""
    name = shown_line(member.label)
    since = f", known here since {_day(member)}" if member.new_keys_since else ""
    if member.is_to_compare_again:
        return (
            f"{name} has new keys{since}; you had compared the digits of the old ones. Ask {name} by voice, "
            "and compare again."
        )
    return f"{name} has new keys{since}." if _has_new_keys(member) else ""


def doubts(journal: "Journal") -> dict[MemberId, str]:
    """Of whom it is not sure who writes as them, and why."""
    found: dict[MemberId, str] = {}
    me, label_of = journal.me.id, journal.members.label_of
    for finding in journal.findings:
        if finding.member is not None and finding.kind.doubts_person:
            said = sentence(finding, me, label_of)
            found[finding.member] = f"{found[finding.member]} {said}" if finding.member in found else said
    return found


def about(member: Member, me: MemberId, doubt: str = "") -> str:
    """What is said of one chosen member, to the member `me`; a `doubt` stands instead of what would calm."""
    name = shown_line(member.label)
    invited = shown_line(member.invited_as)
    parts = [f"Invited as “{invited}”."] if invited != name else []
    if member.removed and member.id == me:
        parts.append(f"This is you. {YOU_WERE_REMOVED}")
    elif member.removed:
        parts.append(
            f"{name} was removed. Nothing new is shared with them; what they could read they may have kept."
        )
    elif member.id == me:
        parts.append("This is you." if not member.is_keeper else "This is you. You invite the others.")
    elif doubt:
        parts += [said for said in (doubt, new_keys(member)) if said]
    elif member.verified:
        parts.append(f"You and {name} compared the 60 digits, and they were the same.")
    else:
        parts += [said for said in (new_keys(member),) if said]
        if not member.is_to_compare_again:
            parts.append(
                f"You and {name} have not compared the 60 digits yet. Do it when you meet or talk: then you "
                "know that no stranger’s keys are in between."
            )
        if member.called_by_role:
            parts.append(ROLES_INSTEAD)
    if member.is_announced:
        parts.append(has_joined(member))
    return " ".join(parts)


def _has_new_keys(member: Member) -> bool:
    return member.new_keys_since is not None and not (member.verified or member.removed)


def _day(member: Member) -> str:
    since = member.new_keys_since
    return days.long_day(since.astimezone().date()) if since else ""


def waits_for_keeper(journal: "Journal") -> str:
    """To a newcomer, until the keeper has opened the journal: who that is. Empty for everybody else."""
    if not journal.members.awaits_keeper:
        return ""
    keeper = next((member.label for member in journal.members.all() if member.is_keeper), "The keeper")
    return sentences.waits_for(keeper, too_late=journal.members.invitation_ran_out)


def invited_on(made: dt.date | None, last_day: dt.date | None) -> str:
    """What is said of an open invitation: “invited on 3 Mar, until 17 Mar”."""
    return f"invited on {days.short(made)}, until {days.short(last_day)}" if made and last_day else "invited"


def keys_met(journal: "Journal", keeper: str, newcomer: str) -> str:
    """To the keeper who opened again after a newcomer joined at this keyboard; empty if anybody else opened,
    or if the keys have not met."""
    met = journal.me.label == keeper and journal.members.can_share_with(newcomer)
    return sentences.met(newcomer) if met else ""


def readers_in_words(journal: "Journal", readers: Collection[MemberId]) -> str:
    """All `readers` by name: “Only you”, “You and Ben”, “All of you”."""
    return in_words(readers, journal.members.all(), journal.me.id)


def others_in_words(journal: "Journal", note: Note) -> str:
    """The readers of a note besides its author; empty if there are none."""
    others = note.readers - {note.author}
    return readers_in_words(journal, others) if others else ""
