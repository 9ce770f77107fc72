"""The people of a journal: who is here, invite, hand over the keyboard, compare the 60 digits, remove."""

from collections.abc import Collection

from kapjournal import signals
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import JournalKind, Member, Role, valid_label
from kapjournal.plain import apart, copies
from kapjournal.plain.console import Console
from kapjournal.plain.conversation_state import NewcomerTurn, Unlocked
from kapjournal.plain.menus import Entry, Menu, offer, pick
from kapjournal.presentation import sentences
from kapjournal.presentation.people import (
    announced,
    doubts,
    has_joined,
    invited_on,
    notices,
    remarks,
    roles_instead,
    waits_for_keeper,
)
from kapjournal.text import shown_line

_SAME, _DIFFERENT, _LATER = "same", "different", ""


def people(unlocked: Unlocked) -> None:
    """Say who is here, then offer what can be done."""
    _list(unlocked)
    help_text = (
        "Only the keeper, who started the journal, invites and removes people. Everybody can compare digits: "
        "then two people know that no stranger’s keys are in between."
    )
    offer(unlocked.console, Menu("People", help_text, lambda _: ENTRIES), unlocked)


def say_who_waits(unlocked: Unlocked) -> None:
    """Tell a newcomer that the keeper has not opened the journal since they joined."""
    unlocked.console.say(waits_for_keeper(unlocked.journal))


def say_notices(unlocked: Unlocked) -> None:
    """Tell the member what there is to know about people."""
    newcomers = announced(unlocked.journal.members.all())
    unlocked.console.say(*notices(unlocked.journal), *map(has_joined, newcomers))
    if newcomers:
        unlocked.console.say("Once you know of it, choose people, then acknowledge.")


def pick_role(console: Console, who: str, kind: JournalKind) -> Role:
    """Ask for one of the roles there are in a journal of this kind."""
    where = "in the practice" if kind is JournalKind.PRACTICE else "to the couple"
    return pick(console, f"{who} {where}, number or word:", {role.value: role for role in kind.roles})


def _list(unlocked: Unlocked) -> None:
    unlocked.journal.refresh()
    me = unlocked.journal.me
    invited = unlocked.journal.members.invitations() if me.is_keeper else []
    doubted = doubts(unlocked.journal)
    unlocked.console.say(
        "In this journal:",
        *(_in_words(member, me.id, doubted) for member in unlocked.journal.members.all()),
        *(f"{one.name}, {one.role.value}, {invited_on(one.made, one.last_day)}." for one in invited),
    )
    unlocked.console.say(*doubted.values())
    say_notices(unlocked)
    say_who_waits(unlocked)
    unlocked.console.say(roles_instead(unlocked.journal.members.all()))


def _in_words(member: Member, me: MemberId, doubted: Collection[MemberId]) -> str:
    words = [member.label, member.role.value, *remarks(member, me, doubted)]
    if member.invited_as not in (member.label, ""):
        words.append(f"invited as {member.invited_as}")
    if not (member.verified or member.removed or member.id == me):
        words.append("digits to compare again" if member.is_to_compare_again else "digits not compared yet")
    return ", ".join(words) + "."


def _invite(unlocked: Unlocked) -> None:
    console = unlocked.console
    console.say(sentences.INVITING)
    name = console.ask_for("Whom do you invite? A first name or initials:", valid_label)
    role = pick_role(console, f"What {name} is", unlocked.journal.kind)
    inviting = unlocked.journal.members.inviting(name, role, strength=unlocked.conversation.strength)
    with signals.deferred(), inviting as code:  # the words are said, or there is no invitation
        console.say(f"The six words for {name}:", code, sentences.six_words(name))
    help_text = (
        f"If {name} is beside you, they can join at this keyboard now: your door is locked, and the six "
        "words are filled in. Otherwise they join elsewhere, with the file and the six words."
    )
    if console.yes(f"Hand over the keyboard to {name} now?", help_text):
        me = unlocked.journal.me.label
        unlocked.conversation.turn = NewcomerTurn(unlocked.journal.path, me, name, code, unlocked.within)
        console.lock()
    console.say(f"To let {name} join on another computer, make a copy for them: type copy.")


def _invitations(unlocked: Unlocked) -> None:
    open_ones = unlocked.journal.members.invitations()
    if not open_ones:
        unlocked.console.say("There are no open invitations.")
        return
    console = unlocked.console
    choices = {
        f"{one.name}, {one.role.value}, {invited_on(one.made, one.last_day)}": one.name for one in open_ones
    }
    name = pick(console, "Which one to cancel? Enter for none:", {**choices, "": ""})
    if not name:
        return
    console.say(sentences.CANCELLING)
    if console.yes(f"Cancel the invitation of {name}?"):
        unlocked.journal.members.cancel_invitation(name)
        console.say(sentences.cancelled(name))


def _verify(unlocked: Unlocked) -> None:
    member = _somebody(unlocked, "With whom do you compare? Enter for nobody:")
    if member is None:
        return
    name, groups = member.label, unlocked.journal.members.comparison_number(member.label).split()
    unlocked.console.say(
        sentences.comparing(name),
        *(f"Group {number} of {len(groups)}: {' '.join(group)}." for number, group in enumerate(groups, 1)),
    )
    answer = pick(
        unlocked.console,
        f"Does {name} have the same {len(groups)} groups? Type same or different, Enter for another time:",
        {word: word for word in (_SAME, _DIFFERENT, _LATER)},
        aloud=False,
    )
    if answer == _SAME:
        unlocked.journal.members.mark_verified(name)
        unlocked.console.say(sentences.compared(name))
    else:
        me = unlocked.journal.me
        different = sentences.not_the_same(name, to_keeper=me.is_keeper, of_keeper=member.is_keeper)
        unlocked.console.say(different if answer else "Nothing was marked.")


def _acknowledge(unlocked: Unlocked) -> None:
    for newcomer in announced(unlocked.journal.members.all()):
        unlocked.console.say(has_joined(newcomer))
        if unlocked.console.yes(f"Do you know of {shown_line(newcomer.label)}?"):
            unlocked.journal.members.acknowledge(newcomer.label)
            unlocked.console.say(sentences.acknowledged([newcomer.label]))


def _remove(unlocked: Unlocked) -> None:
    member = _somebody(unlocked, "Whom do you remove? Enter for nobody:")
    if member is None:
        return
    unlocked.console.say(sentences.removing(member.label))
    if unlocked.console.yes(f"Remove {member.label} for good?"):
        unlocked.journal.members.remove(member.label)
        unlocked.console.say(sentences.removed(member.label))
    else:
        unlocked.console.say("Nobody was removed.")


def _somebody(unlocked: Unlocked, question: str) -> Member | None:
    return pick(unlocked.console, question, {**{m.label: m for m in unlocked.others}, "": None})


def _is_keeper(unlocked: Unlocked) -> bool:
    return unlocked.journal.me.is_keeper


ENTRIES = (
    Entry[Unlocked]("list", "Hear who is here.", _list),
    Entry[Unlocked](
        "compare", "Compare 60 digits with somebody.", _verify, lambda unlocked: bool(unlocked.others)
    ),
    Entry[Unlocked](
        "acknowledge",
        "Say that you know who joined.",
        _acknowledge,
        lambda unlocked: bool(announced(unlocked.journal.members.all())),
    ),
    Entry[Unlocked](
        "invite", "Invite somebody, and hand over the keyboard if they are here.", _invite, _is_keeper
    ),
    Entry[Unlocked]("invitations", "Hear the open ones, or cancel one.", _invitations, _is_keeper),
    Entry[Unlocked](
        "copy",
        "Make a copy for somebody you invited, who joins on another computer.",
        copies.copy_for,
        lambda unlocked: _is_keeper(unlocked) and bool(unlocked.journal.members.invitations()),
    ),
    Entry[Unlocked](
        "remove", "Remove somebody.", _remove, lambda unlocked: _is_keeper(unlocked) and bool(unlocked.others)
    ),
    Entry[Unlocked](
        "apart", "End sharing for all of you, and leave with an archive.", apart.apart, apart.can_end
    ),
)
"""What can be done about people."""
