"""The loop of two partners: read, released half against half, and times it went otherwise."""

import datetime as dt

from kapjournal.domain import cycle
from kapjournal.domain.cycle import Loop
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.offers import Offer
from kapjournal.domain.partners import other_partner
from kapjournal.domain.waiting import Obstacle, When
from kapjournal.errors import Refused
from kapjournal.journal.members import Members
from kapjournal.journal.notes import NewNote, Notes
from kapjournal.journal.offers import Offers
from kapjournal.journal.waiting import WaitingPages


class Cycle:
    """The use cases of the loop. A half is a note, and its release an offer: they are kept, taken back and
    withdrawn as any other."""

    def __init__(self, notes: Notes, members: Members, waiting: WaitingPages, offers: Offers) -> None:
        self._notes, self._members, self._waiting, self._offers = notes, members, waiting, offers

    def loop(self) -> Loop:
        """The loop as far as this member can read it."""
        notes = self._notes.all(kind=NoteKind.CYCLE)
        return cycle.loop(notes, self._members.all(), self._members.me.id)

    def release(self, note_id: str = "") -> Note:
        """Offer a half of this member's, the newest without an id, to the partner: both read both once the
        partner releases theirs. If theirs is released, this one answers it (`Refused`, `NotFound`)."""
        partner, note = self._partner(), self._notes.get(note_id) if note_id else self.loop().own
        if note is None:
            raise Refused(cycle.NO_HALF)
        if not cycle.is_half(note) or note.author != self._members.me.id:
            raise Refused(cycle.NOT_A_HALF)
        if partner.id in note.readers:
            raise Refused(cycle.CAN_READ_IT)
        theirs = next((one.id for one in self.offered()), None)
        when = When(in_return=theirs) if theirs else When(both_first=True, about=cycle.ABOUT)
        if self._offers.is_bound(note):
            if theirs is None and not self._is_stuck(note):
                raise Refused(cycle.RELEASED)
            self._waiting.keep(note.id, partner.label)
        return self._notes.share(note.id, partner.label, when)

    def add_otherwise(self, line: str, date: dt.date | None = None) -> Note:
        """Write down a time it went otherwise, for those who read both halves (`Refused`, `UsageError`)."""
        self._partner()
        halves = self.loop().halves
        if not halves:
            raise Refused(cycle.NOT_JOINED)
        return self._notes.add(
            NewNote(
                cycle.line_from(line),
                kind=NoteKind.CYCLE,
                date=date,
                tags=(cycle.OTHERWISE,),
                share=", ".join(member.label for member in self.others_of(halves)),
            )
        )

    def offered(self) -> list[Offer]:
        """The halves that the partner has released and this member can answer, the oldest first."""
        return [one for one in self._offers.to_me() if cycle.is_of_a_half(one)]

    def others_of(self, halves: tuple[Note, ...]) -> list[Member]:
        """Whoever else is here and reads all of some halves."""
        me = self._members.me.id
        here = (one for one in self._members.all() if not one.removed and one.id != me)
        return [one for one in here if all(one.id in half.readers for half in halves)]

    def _partner(self) -> Member:
        me = self._members.me
        if me.role is not Role.PARTNER:
            raise Refused(cycle.FOR_PARTNERS)
        partner = other_partner(me.id, self._members.all())
        if partner is None:
            raise Refused(cycle.NO_PARTNER)
        return partner

    def _is_stuck(self, note: Note) -> bool:
        """Whether the offer that a half answers is not there any more: then it is offered anew."""
        pages = (page for page in self._waiting.all() if page.note.id == note.id)
        return any(Obstacle.OFFER_GONE in page.obstacles for page in pages)
