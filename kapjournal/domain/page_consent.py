"""That a partner allows one page of theirs to be used for supervision. Therapists read it, the other partner
never does.

It is for the very words of that page: once these are changed, it is asked anew. Its author can take it back
at any time, for what has not left. Nobody allows anything of what another wrote.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kapjournal.domain.bringing import therapists_here
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Note
from kapjournal.errors import Refused

ONLY_IN_A_COUPLES_JOURNAL = (
    "Which pages may be used for supervision is said in a couple’s journal, and this is a practice. Open "
    "theirs: -c NAME."
)
PARTNERS_ALLOW = "Partners say which pages of theirs may be used for supervision."
ONLY_YOUR_OWN = "You can allow what you wrote yourself. What others wrote is theirs to allow."
SHARE_FIRST = "Your therapist cannot read this page. Share it first, then say that it may be used."
TWO_TEXTS = "Two texts stand in this page, written on two computers. Make them one first."
NOT_ALLOWED = "You did not allow this page to be used."


@dataclass(frozen=True, slots=True)
class PageConsent:
    """That a page may be used, and since when, `written` (UTC). `note` is the id of the page."""

    author: MemberId
    note: str
    written: dt.datetime
    id: str = ""


def check_may_allow(me: Member) -> None:
    """Refuse whoever is no partner, or is not here any more."""
    if me.role is not Role.PARTNER or me.removed:
        raise Refused(PARTNERS_ALLOW)


def check_can_be_allowed(note: Note, me: Member, members: Iterable[Member]) -> None:
    """Refuse a page of another, one that no therapist reads, and one of two texts."""
    if note.author != me.id:
        raise Refused(ONLY_YOUR_OWN)
    if not therapists_here(members) & note.readers:
        raise Refused(SHARE_FIRST)
    if note.beside:
        raise Refused(TWO_TEXTS)


def counts(author: MemberId, me: Member, members: Iterable[Member]) -> bool:
    """Whether what an author's program sealed as that is one to a reader: of a partner who is here, to the
    partner themselves and to therapists."""
    partners = {one.id for one in members if one.role is Role.PARTNER and not one.removed}
    return author in partners and (author == me.id or me.role.is_therapist)
