"""The people of a journal: who is here, invite, compare the 60 digits, remove."""

from kapjournal.cli.plain.menus import Entry, Menu, offer, pick
from kapjournal.cli.plain.seat import Seat
from kapjournal.domain.members import Member, Role, valid_label


def people(seat: Seat) -> None:
    """Who is here, then what can be done."""
    _list(seat)
    here = (
        "Only the keeper, who started the journal, invites and removes people. Everybody can compare digits."
    )
    offer(seat.talk, Menu("People", here, lambda _: _ENTRIES), seat)


def _list(seat: Seat) -> None:
    me = seat.journal.me.id
    seat.talk.say("In this journal:", *(_in_words(member, me) for member in seat.journal.members))


def _in_words(member: Member, me: bytes) -> str:
    said = {
        "this is you": member.id == me,
        "keeper": member.is_keeper,
        "verified": member.verified and member.id != me,
        "not verified": not member.verified and member.id != me and not member.removed,
        "removed": member.removed,
    }
    return ", ".join([member.label, member.role.value, *(word for word, true in said.items() if true)]) + "."


def _invite(seat: Seat) -> None:
    talk = seat.talk
    name = talk.ask_for("Whom do you invite? A first name or initials:", valid_label)
    role = pick(talk, f"What {name} is to the couple, number or word:", {role.value: role for role in Role})
    code = seat.journal.invite(name, role, strength=seat.host.strength)
    talk.say(
        f"These six words let {name} in, once:",
        code,
        f"Tell {name} these words in person. With the file of this journal and these words they join.",
    )


def _invitations(seat: Seat) -> None:
    open_ones = seat.journal.invitations()
    if not open_ones:
        seat.talk.say("There are no open invitations.")
        return
    talk = seat.talk
    choices = {f"{invitation.name}, {invitation.role.value}": invitation.name for invitation in open_ones}
    name = pick(talk, "Which one to cancel? Enter for none:", {**choices, "": ""})
    if name and talk.yes(f"Cancel the invitation of {name}? Its six words open nothing any more."):
        seat.journal.cancel_invitation(name)
        talk.say(f"The invitation of {name} is cancelled.")


def _verify(seat: Seat) -> None:
    member = _somebody(seat, "With whom do you compare? Enter for nobody:")
    if member is None:
        return
    groups = seat.journal.comparison(member.label).split()
    seat.talk.say(
        f"Read these groups to each other, by voice or side by side. {member.label} sees the same ones if "
        "nobody stands between you.",
        *(f"Group {number} of {len(groups)}: {' '.join(group)}." for number, group in enumerate(groups, 1)),
    )
    if seat.talk.yes(f"Does {member.label} have the same {len(groups)} groups?"):
        seat.journal.mark_verified(member.label)
        seat.talk.say(f"{member.label} is marked as verified.")
    else:
        seat.talk.say("Nothing was marked.")


def _remove(seat: Seat) -> None:
    member = _somebody(seat, "Whom do you remove? Enter for nobody:")
    if member is None:
        return
    seat.talk.say("Nothing new can be shared with them. What they could read they may have kept.")
    if seat.talk.yes(f"Remove {member.label} for good?"):
        seat.journal.remove(member.label)
        seat.talk.say(f"{member.label} is removed. They may have kept copies of what they could read.")
    else:
        seat.talk.say("Nobody was removed.")


def _somebody(seat: Seat, question: str) -> Member | None:
    others = _others(seat)
    return pick(seat.talk, question, {**{m.label: m for m in others}, "": None})


def _others(seat: Seat) -> list[Member]:
    return [m for m in seat.journal.members if m.id != seat.journal.me.id and not m.removed]


def _is_keeper(seat: Seat) -> bool:
    return seat.journal.me.is_keeper


_ENTRIES = (
    Entry[Seat]("list", "Hear who is here.", _list),
    Entry[Seat]("verify", "Compare 60 digits with somebody.", _verify, lambda seat: bool(_others(seat))),
    Entry[Seat]("invite", "Invite somebody.", _invite, _is_keeper),
    Entry[Seat]("invitations", "Hear the open ones, or cancel one.", _invitations, _is_keeper),
    Entry[Seat]("remove", "Remove somebody.", _remove, lambda seat: _is_keeper(seat) and bool(_others(seat))),
)
