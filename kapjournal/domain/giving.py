"""Giving a partner a copy of their own record: which record, and to whom."""

from collections.abc import Iterable, Sequence

from kapjournal.domain.couples import Couple
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.forms import NAMED_ONE_BY_ONE, About
from kapjournal.domain.members import Member, Role, folded
from kapjournal.domain.records import Record
from kapjournal.errors import NotFound, NotSaid, Refused
from kapjournal.text import shown_line

IN_DOUBT = frozenset(
    {FindingKind.LABEL_CONFUSABLE, FindingKind.CERTIFICATE_CHANGED, FindingKind.INVITATION_RAN_OUT}
)
"""What makes it doubtful who a member is."""
ONLY_THERAPISTS = "Therapists and co-therapists give copies of records."
OWN_ALONE = "Only who wrote a record gives a copy of it."
NEVER_GIVEN = "A process or safety note is never given."
OF_BOTH = (
    "This record is about the couple. A copy of it for one of them needs the written authorization of each, "
    "and is not made here."
)
BOTH_STAND = "This record was written on two computers at once. Save it as it should be, then give it."
OTHER_COUPLE = "This record is of another couple."


def check_may_be_given(record: Record, me: Member, couple: Couple) -> None:
    """Refuse every record but one of this therapist's that is about one partner of the couple (`Refused`)."""
    if not me.role.is_therapist:
        raise Refused(ONLY_THERAPISTS)
    if record.author != me.id:
        raise Refused(OWN_ALONE)
    if record.kind in NAMED_ONE_BY_ONE:
        raise Refused(NEVER_GIVEN)
    if record.case != couple.case:
        raise Refused(OTHER_COUPLE)
    if record.text.about is About.COUPLE:
        raise Refused(OF_BOTH)
    if record.beside:
        raise Refused(BOTH_STAND)


def partner_called(label: str, members: Sequence[Member]) -> Member:
    """The partner in the couple's journal who has this label and is still there (`NotFound`)."""
    for member in members:
        if member.role is Role.PARTNER and not member.removed and folded(member.label) == folded(label):
            return member
    raise NotFound(f"There is no partner called “{shown_line(label)}” in this journal.")


def check_is_certain(partner: Member, findings: Iterable[Finding]) -> None:
    """Refuse a copy for whom it is not certain who they are (`Refused`): who joined since and was not said to
    be known, or can be taken for somebody else, unless the 60 digits were compared."""
    is_in_doubt = any(one.kind in IN_DOUBT and partner.id == one.member for one in findings)
    if not partner.verified and (partner.is_announced or partner.was_verified or is_in_doubt):
        name = shown_line(partner.label)
        raise Refused(f"It is not certain who {name} is: compare the 60 digits with them first.")


def check_is_theirs(
    about: About, partner: Member, members: Sequence[Member], couple: Couple, said: About | None
) -> None:
    """Refuse a copy for a partner the record is not about. Which of the two they are follows from the names
    the therapist gave, if one is their label, or is `said`; where neither is so it is asked (`NotSaid`,
    `Refused`)."""
    names = {folded(couple.first): About.FIRST, folded(couple.second): About.SECOND} if couple.first else {}
    theirs = names.get(folded(partner.label))
    others = [one for one in members if one.role is Role.PARTNER and one.id != partner.id]
    taken = {names[folded(one.label)] for one in others if folded(one.label) in names}
    name = shown_line(partner.label)
    if said is not None and (said in taken or theirs not in (None, said)):
        raise Refused(f"By the names you gave them, {name} is not the {said.value} partner.")
    is_partner = said or theirs
    if is_partner is None or is_partner is About.COUPLE:
        raise NotSaid(
            f"It is not certain which of the two {name} is: the names you gave them here are others. Say "
            "whether they are the first or the second partner."
        )
    if is_partner is not about:
        raise Refused(f"This record is about the {about.value} partner, and {name} is the other.")
