"""A second door at one keyboard: the other partner opens theirs beside the one that is open.

Each of the two journals has the keys of its own member alone. Whoever opens the second closes it as soon as
what the two do together is over.
"""

from pathlib import Path

from kapjournal.domain.members import MAX_PARTNERS, Member
from kapjournal.domain.partners import TWO_PARTNERS, check_second_door, partners_here
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.journal import Journal
from kapjournal.journal.unlock import unlock

REPLACED = "These keys were replaced by newer ones. Open this door with the passphrase that came with those."


def beside(first: Journal) -> list[Member]:
    """Whose doors can be opened beside an open journal: the other partner's, or for a therapist those of
    both (`NotFound` if there are none to be two with)."""
    both = partners_here(first.members.all())
    if len(both) < MAX_PARTNERS:
        raise NotFound(TWO_PARTNERS)
    return [one for one in both if one.id != first.me.id]


def open_second_door(
    first: Journal, member: Member, passphrase: str, record_folder: Path | None = None
) -> Journal:
    """Open the door of another partner with their passphrase, beside `first`.

    `Refused` for the member whose door is open, for anybody who is no partner, who was removed or whose keys
    were replaced; `UnlockFailed` for a passphrase that does not open it.
    """
    first.refresh()
    check_second_door(first.me, _as_known_to(first, member))
    opened = unlock(first.path, label=member.label, passphrase=passphrase, record_folder=record_folder)
    try:
        check_second_door(first.me, _as_known_to(first, opened.me))
        if opened.members.is_superseded:
            raise Refused(REPLACED)
    except BaseException:
        opened.close()
        raise
    return opened


def _as_known_to(first: Journal, member: Member) -> Member:
    known = {one.id: one for one in first.members.all()}
    if member.id not in known:
        raise NotFound(TWO_PARTNERS)
    return known[member.id]
