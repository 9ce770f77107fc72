"""What of this member's notes waits, what of it is due, and what keeps it from going out."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain import waiting as rules
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.offers import Exchange
from kapjournal.domain.sessions import Session
from kapjournal.domain.waiting import BothFirst, Hold, Obstacle, Waiting
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.waiting import NoteWaiting, waiting_document
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.offer_repository import OfferRepository
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.rollback_detection import RollbackDetection
from kapjournal.journal.vault.session_repository import SessionRepository
from kapjournal.journal.vault.standing_versions import DocumentName, StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class StoredWaiting(NamedTuple):
    """What of a note waits, with the versions that say it."""

    note: DocumentId
    waiting: Waiting
    standing: tuple[StoredVersion, ...]

    def change(self, waiting: Waiting, me: MemberId) -> DocumentChange:
        """What is to be written of it, in the place of what stands."""
        spec = registry.WAITING
        before = self.standing[0].version if self.standing else None
        content = spec.encode(NoteWaiting(self.note, waiting), before)
        document = waiting_document(self.note)
        return DocumentChange(document, spec.type, frozenset({me}), content, self.standing)


class WaitingRepository:
    """Finds what waits. What was written with keys that were replaced says nothing: or whoever knew the old
    passphrase could let pages out that were written since."""

    def __init__(
        self,
        envelopes: OpenedEnvelopes,
        membership: Membership,
        sessions: SessionRepository,
        offers: OfferRepository,
        rollback: RollbackDetection,
        pause_hour: Callable[[], dt.time],
    ) -> None:
        """With the hour, `pause_hour`, at which the pause after a dose ends."""
        self._envelopes = envelopes
        self._membership = membership
        self._sessions = sessions
        self._offers = offers
        self._rollback = rollback
        self._pause_hour = pause_hour

    def all(self) -> Iterator[StoredWaiting]:
        """What waits of each note of which anything was ever said, in no order."""
        me, newest = self._envelopes.me, self._envelopes.channels.own.generation
        for author, document in self._envelopes.versions.of_type(registry.WAITING.type):
            notes = set[DocumentId]()
            for one in self._envelopes.standing(me, document) if author == me else ():
                # whatever earlier keys let stand there first
                if one.version.type == registry.WAITING.type and one.generation == newest:
                    with suppress(NotGenuine):
                        notes.add(registry.WAITING.decode(one.version).note)
            yield from (self.of(note) for note in notes if waiting_document(note) == document)

    def of(self, note: DocumentId) -> StoredWaiting:
        """What waits of a note of this member's; of several versions that stand, what the one written last
        says, but that it lies in the tray if any says so: another computer may have let it out meanwhile."""
        me, newest = self._envelopes.me, self._envelopes.channels.own.generation
        standing = tuple(self._envelopes.standing(me, waiting_document(note)))
        said, trays = Waiting(), set[dt.datetime]()
        for one in sorted(standing, key=lambda one: one.rank):
            if one.generation == newest:
                with suppress(NotGenuine):
                    said = registry.WAITING.decode(one.version).waiting
                    trays |= {said.tray} if said.tray else set()
        if trays:
            said = replace(said, holds=(), tray=min(trays))
        return StoredWaiting(note, said, standing)

    @property
    def latest_own_moment(self) -> dt.datetime:
        """The latest moment in what this member wrote with the newest keys: no clock that is set right is
        behind it."""
        newest, own = self._envelopes.channels.own.generation, self._envelopes.versions.latest_own
        drafts = [one for one in list(self._envelopes.drafts.values()) if one.generation >= newest]
        written = [one.version.written for one in drafts if one.version.written]
        return max([*written, *(moment for late, moment in own.items() if late >= newest)], default=_LONG_AGO)

    def pause_until(self) -> dt.datetime | None:
        """Until when what this partner shares with the other waits after a dose; None if no pause runs. A
        clock that was set back does not end it."""
        if self._membership.me.role is not Role.PARTNER:
            return None
        me = self._envelopes.me
        doses = [one for one in self._sessions.all() if rules.is_dose_of(one, me)]
        now = max(clock.now(), self.latest_own_moment)
        return rules.pause_until(doses, me, now, self._pause_hour())

    @property
    def partners(self) -> frozenset[MemberId]:
        """The partners of the journal."""
        return frozenset(one.id for one in self._membership.members if one.role is Role.PARTNER)

    # --- letting out ------------------------------------------------------------------------------------

    @property
    def obstacles_of_all(self) -> tuple[Obstacle, ...]:
        """Why no page goes, whatever its time."""
        if self._membership.sharing_has_ended:
            return (Obstacle.SHARING_ENDED,)
        return self._obstacles_by_what_is_here

    @property
    def _obstacles_by_what_is_here(self) -> tuple[Obstacle, ...]:
        found = {
            Obstacle.CLOCK_BEHIND: clock.now() < self.latest_own_moment,
            Obstacle.SOMETHING_MISSING: self._envelopes.me in self._rollback.doubted_authors,
        }
        return tuple(one for one, true in found.items() if true)

    def obstacles_of(self, stored: StoredWaiting) -> tuple[Obstacle, ...]:
        """Why one page stays although others go."""
        met = {self._offers.met(reader, both)[0] for reader, both in stored.waiting.exchanges.items()}
        found = {
            Obstacle.TWO_TEXTS: self._stands_twice(stored),
            Obstacle.OFFER_GONE: Exchange.GONE in met,
            Obstacle.NOT_AS_OFFERED: Exchange.NOT_AS_OFFERED in met,
        }
        return tuple(one for one, true in found.items() if true)

    def _stands_twice(self, stored: StoredWaiting) -> bool:
        me, newest = self._envelopes.me, self._envelopes.channels.own.generation
        said = [one for one in stored.standing if one.generation == newest]
        return len(said) > 1 or len(self._envelopes.standing(me, stored.note)) > 1

    def sessions(self) -> list[Session]:
        """The sessions that can let something out: those of who lacks nothing here, and of those by keys that
        were replaced none where more came since: whoever has these keys can add one."""
        doubted, late = self._rollback.doubted_authors, self._membership.written_late
        return [
            one
            for stored, one in self._sessions.stored()
            if one.author not in doubted and stored.channel not in late
        ]

    def note_version(self, note: DocumentId) -> StoredVersion | None:
        """The version of a note of this member's that is shown first; None if it is here no more."""
        stored = self._envelopes.current.get((self._envelopes.me, note))
        return stored if stored and stored.version.type == registry.NOTE.type else None

    def owed(self) -> Iterator[DocumentChange]:
        """The notes whose time has come, for those they waited for, and what of them waits then; and those
        that lie in the tray and went out on another computer meanwhile, for their author alone."""
        membership = self._membership
        if membership.me.removed or membership.info.needs:
            return
        every = list(self.all())
        taken = [note for one in every if one.waiting.tray for note in self._given_to_others(one.note)]
        held = [] if membership.sharing_has_ended else [one for one in every if one.waiting.holds]
        is_due = self._due_now() if held else None
        due = [(one, {hold.reader for hold in one.waiting.holds if is_due and is_due(hold)}) for one in held]
        due = [(one, readers & membership.present_ids) for one, readers in due]
        if not (taken or any(readers for _, readers in due)) or self._obstacles_by_what_is_here:
            return
        for note in taken:
            yield DocumentChange.again(note.version, frozenset({self._envelopes.me}), [note])
        for one, readers in due:
            shown = self.note_version(one.note)
            if shown is None or not readers or self.obstacles_of(one):
                continue
            if not readers <= {*shown.version.readers}:
                everybody = membership.without_removed({*shown.version.readers, *readers})
                yield DocumentChange.again(shown.version, everybody | {self._envelopes.me}, [shown])
            yield from self._given(one, readers)
            yield one.change(one.waiting.without(readers), self._envelopes.me)

    def _given(self, stored: StoredWaiting, due: Collection[MemberId]) -> Iterator[DocumentChange]:
        """The offers of a page that goes now, with what opens them."""
        for reader, both in stored.waiting.exchanges.items():
            _, theirs = self._offers.met(reader, both)
            mine = self._offers.own(both.offer)
            if reader in due and theirs is not None and mine is not None:
                yield mine.opened(stored.note, both.nonce, theirs.promise)

    def kept_back(self) -> Iterator[DocumentName]:
        """The partner's pages that came for pages of this member's which are not out yet."""
        for one in self.all():
            for reader, both in one.waiting.exchanges.items():
                _, theirs = self._offers.met(reader, both)
                if theirs is not None and theirs.opening is not None:
                    yield theirs.author, theirs.opening.note

    def _given_to_others(self, note: DocumentId) -> list[StoredVersion]:
        """The versions of a note of this member's that others can read."""
        standing = self._envelopes.standing(self._envelopes.me, note)
        return [one for one in standing if not one.is_deletion and len(one.version.readers) > 1]

    def _due_now(self) -> Callable[[Hold], bool]:
        """Whether what a page waits for has come, as far as this program can tell: where something is missing
        of who added a session, it may be an older state of itself. No exchange is in the pause after a
        dose."""
        now, partners = clock.now(), self.partners
        begun = sorted((one for one in self.sessions() if rules.begins(one) <= now), key=rules.begins)
        last: dict[MemberId, list[Session]] = {}
        for session in begun:  # what waits for any of them is due once the last has begun
            for reader in self._membership.present_ids:
                if rules.lets_out(session, reader, partners):
                    last[reader] = [session]

        def is_due(hold: Hold) -> bool:
            if isinstance(hold.condition, BothFirst):
                met, _ = self._offers.met(hold.reader, hold.condition)
                return met is Exchange.DUE and self.pause_until() is None
            return rules.is_due(hold, last.get(hold.reader, ()), partners, now)

        return is_due
