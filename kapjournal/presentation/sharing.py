"""What is said to a member beside everything that a therapist will read."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kapjournal.domain.audience import reaches_therapist
from kapjournal.domain.bringing import therapists_here
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.policy import Policy
from kapjournal.presentation import kept, policy
from kapjournal.presentation.crisis_notice import not_monitored

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def beside(
    said: Policy, readers: Collection[MemberId], members: Sequence[Member], me: Member, country: str
) -> list[str]:
    """Whom to call, what the couple chose of secrets, and that a copy may be kept, a sentence or two each;
    nothing where no therapist is among the `readers`."""
    if not reaches_therapist(readers, members, me.id):
        return []
    of_secrets = policy.in_words(said, readers, members, me)
    sentences = (not_monitored(country), of_secrets, kept.may_be_kept(readers, members, me))
    return [sentence for sentence in sentences if sentence]


def beside_what_a_therapist_reads(journal: "Journal", country: str) -> list[str]:
    """The same for something that the therapists alone read."""
    members = journal.members.all()
    return beside(journal.policies.current(), therapists_here(members), members, journal.me, country)


def may_ask_to_talk(journal: "Journal", readers: Collection[MemberId]) -> bool:
    """Whether a partner is about to let a therapist read something, and may ask to talk instead."""
    members = journal.members.all()
    return journal.me.role is Role.PARTNER and reaches_therapist(readers, members, journal.me.id)
