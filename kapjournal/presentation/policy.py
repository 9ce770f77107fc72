"""What every face says of a couple's policy: how secrets are kept, when the pause after a dose ends, and
where the dialogue is kept."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.policy import Policy, SecretsPolicy
from kapjournal.presentation import days
from kapjournal.presentation.readers import listed
from kapjournal.text import shown_line

if TYPE_CHECKING:
    from kapjournal.journal import Journal

NAMES = {
    SecretsPolicy.NO_SECRETS: "no secrets",
    SecretsPolicy.DISCRETION: "therapist’s discretion",
    SecretsPolicy.INDIVIDUAL: "individual confidence",
}
NOT_CHOSEN = "not chosen yet"
_BY_LAW = "must act on some things by law"


IN_THE_ROOM = "Keep dialogue for the room"
"""The choice, as therapists are asked for it."""
WHAT_IN_THE_ROOM_DOES = (
    "Then the dialogue is not offered at home, to neither of the two and with the same words for both; "
    "through your door it is there."
)


def kept_for_the_room(members: Sequence[Member]) -> str:
    """That the dialogue is for the sessions, in the same words for everybody and with no reason; `members`
    are those of the journal."""
    therapists = [one for one in members if one.role.is_therapist and not one.removed]
    who = listed([shown_line(one.label) for one in therapists] or ["Your therapist"])
    return f"{who} {'keep' if len(therapists) > 1 else 'keeps'} dialogue for the room for now."


def name_of(secrets: SecretsPolicy | None) -> str:
    """What a policy is called."""
    return NAMES[secrets] if secrets else NOT_CHOSEN


def in_words(policy: Policy, readers: Collection[MemberId], members: Sequence[Member], me: Member) -> str:
    """To a partner, beside what therapists among the `readers` will read: what becomes of it. Empty to
    others, for no therapist, and where the other partner reads it too."""
    therapists = [one for one in members if one.role.is_therapist and one.id in readers]
    others = [one for one in members if one.role is Role.PARTNER and one.id != me.id]
    if me.role is not Role.PARTNER or not therapists or any(one.id in readers for one in others):
        return ""
    who = listed([shown_line(one.label) for one in therapists])
    partner = listed([shown_line(one.label) for one in others if not one.removed] or ["your partner"])
    several = len(therapists) > 1
    match policy.secrets:
        case SecretsPolicy.NO_SECRETS:
            return f"You two chose no secrets. {who} may bring this into the room, and {_BY_LAW}."
        case SecretsPolicy.DISCRETION:
            return (
                f"You two left this to {who}: {'they decide' if several else 'your therapist decides'} "
                f"whether it is brought into the room, and {_BY_LAW}."
            )
        case SecretsPolicy.INDIVIDUAL:
            does = "do" if several else "does"
            chose = "You two chose individual confidence."
            return f"{chose} {who} {does} not tell {partner} of this, but {_BY_LAW}."
    return (
        f"What becomes of words that only one of you says to {who} is not written down yet: ask first. "
        f"{who} {_BY_LAW}."
    )


def lines(journal: "Journal") -> list[str]:
    """The policy as it stands, by whom and since when, and the hour of the pause."""
    policy = journal.policies.current()
    said = [f"Secrets: {name_of(policy.secrets)}."]
    if policy.author and policy.written:
        label = shown_line(journal.members.label_of(policy.author))
        said.append(f"Written down by {label} on {days.long_day(days.of(policy.written))}.")
    hour = f"{policy.hour:%H:%M}"
    said.append(f"What is shared with a partner on the day of a dose waits until {hour} the next day.")
    if policy.dialogue_in_the_room:
        said.append(kept_for_the_room(journal.members.all()))
    suggested = journal.policies.suggested()
    if suggested and suggested is not policy.secrets:
        said.append(f"Your intake says: {name_of(suggested)}.")
    return said


def fields(journal: "Journal") -> dict[str, object]:
    """The policy for a script."""
    policy, suggested = journal.policies.current(), journal.policies.suggested()
    return {
        "secrets": policy.secrets.value if policy.secrets else None,
        "hour": f"{policy.hour:%H:%M}",
        "dialogue_in_the_room": policy.dialogue_in_the_room,
        "by": journal.members.label_of(policy.author) if policy.author else None,
        "written": policy.written.isoformat().replace("+00:00", "Z") if policy.written else None,
        "intake": suggested.value if suggested else None,
    }
