"""The people of a journal: who is here, invite, hand over the keyboard, compare the 60 digits, remove."""

from kapjournal import signals
from kapjournal.cli.plain.menus import Entry, Menu, offer, pick
from kapjournal.cli.plain.seat import HandOver, Seat
from kapjournal.domain import sentences
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role, valid_label

_SAME, _DIFFERENT, _LATER = "same", "different", ""


def people(seat: Seat) -> None:
    """Who is here, then what can be done."""
    _list(seat)
    here = (
        "Only the keeper, who started the journal, invites and removes people. Everybody can compare digits: "
        "then two people know that nobody stands between them."
    )
    offer(seat.talk, Menu("People", here, lambda _: _ENTRIES), seat)


def say_who_waits(seat: Seat) -> None:
    """To a newcomer: that the keeper has not been here since."""
    if seat.journal.members.awaits_keeper:
        keeper = next(
            (member.label for member in seat.journal.members.all() if member.is_keeper), "The keeper"
        )
        seat.talk.say(sentences.waits_for(keeper))


def _list(seat: Seat) -> None:
    seat.journal.refresh()
    me = seat.journal.me
    invited = seat.journal.members.invitations() if me.is_keeper else []
    seat.talk.say(
        "In this journal:",
        *(_in_words(member, me.id) for member in seat.journal.members.all()),
        *(f"{invitation.name}, {invitation.role.value}, invited." for invitation in invited),
    )
    say_who_waits(seat)


def _in_words(member: Member, me: MemberId) -> str:
    words = [member.label, member.role.value, *member.remarks(me)]
    if member.invited_as not in (member.label, ""):
        words.append(f"invited as {member.invited_as}")
    if not (member.verified or member.removed or member.id == me):
        words.append("digits not compared yet")
    return ", ".join(words) + "."


def _invite(seat: Seat) -> None:
    talk = seat.talk
    talk.say(sentences.INVITING)
    name = talk.ask_for("Whom do you invite? A first name or initials:", valid_label)
    role = pick(talk, f"What {name} is to the couple, number or word:", {role.value: role for role in Role})
    with signals.deferred():  # the words are said, or there is no invitation
        code = seat.journal.members.invite(name, role, strength=seat.host.strength)
        talk.say(f"The six words for {name}:", code, sentences.six_words(name))
    here = (
        f"If {name} is beside you, they can join at this keyboard now: your door is locked, and the six "
        "words are filled in. Otherwise they join elsewhere, with the file and the six words."
    )
    if talk.yes(f"Hand over the keyboard to {name} now?", here):
        me = seat.journal.me.label
        seat.host.turn = HandOver(seat.journal.path, me, name, code)
        talk.lock()


def _invitations(seat: Seat) -> None:
    open_ones = seat.journal.members.invitations()
    if not open_ones:
        seat.talk.say("There are no open invitations.")
        return
    talk = seat.talk
    choices = {f"{invitation.name}, {invitation.role.value}": invitation.name for invitation in open_ones}
    name = pick(talk, "Which one to cancel? Enter for none:", {**choices, "": ""})
    if not name:
        return
    talk.say(sentences.CANCELLING)
    if talk.yes(f"Cancel the invitation of {name}?"):
        seat.journal.members.cancel_invitation(name)
        talk.say(sentences.cancelled(name))


def _verify(seat: Seat) -> None:
    member = _somebody(seat, "With whom do you compare? Enter for nobody:")
    if member is None:
        return
    name, groups = member.label, seat.journal.members.comparison_number(member.label).split()
    seat.talk.say(
        sentences.comparing(name),
        *(f"Group {number} of {len(groups)}: {' '.join(group)}." for number, group in enumerate(groups, 1)),
    )
    answer = pick(
        seat.talk,
        f"Does {name} have the same {len(groups)} groups? Type same or different, Enter for another time:",
        {word: word for word in (_SAME, _DIFFERENT, _LATER)},
        aloud=False,
    )
    if answer == _SAME:
        seat.journal.members.mark_verified(name)
        seat.talk.say(sentences.compared(name))
    else:
        seat.talk.say(sentences.not_the_same(name) if answer else "Nothing was marked.")


def _remove(seat: Seat) -> None:
    member = _somebody(seat, "Whom do you remove? Enter for nobody:")
    if member is None:
        return
    seat.talk.say(sentences.removing(member.label))
    if seat.talk.yes(f"Remove {member.label} for good?"):
        seat.journal.members.remove(member.label)
        seat.talk.say(sentences.removed(member.label))
    else:
        seat.talk.say("Nobody was removed.")


def _somebody(seat: Seat, question: str) -> Member | None:
    return pick(seat.talk, question, {**{m.label: m for m in seat.others}, "": None})


def _is_keeper(seat: Seat) -> bool:
    return seat.journal.me.is_keeper


_ENTRIES = (
    Entry[Seat]("list", "Hear who is here.", _list),
    Entry[Seat]("compare", "Compare 60 digits with somebody.", _verify, lambda seat: bool(seat.others)),
    Entry[Seat](
        "invite", "Invite somebody, and hand over the keyboard if they are here.", _invite, _is_keeper
    ),
    Entry[Seat]("invitations", "Hear the open ones, or cancel one.", _invitations, _is_keeper),
    Entry[Seat]("remove", "Remove somebody.", _remove, lambda seat: _is_keeper(seat) and bool(seat.others)),
)
