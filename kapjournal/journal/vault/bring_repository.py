"""What partners bring to a session, that they ask to talk, and the couple's policy, as this member reads
them."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import bringing
from kapjournal.domain.bringing import Brought, TalkRequest
from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import JournalKind
from kapjournal.domain.policy import Policy, latest
from kapjournal.domain.sessions import Session
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.registry import DocumentSpec
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.note_repository import NoteRepository
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.session_repository import SessionRepository
from kapjournal.journal.vault.standing_versions import StoredVersion

M = TypeVar("M", Brought, TalkRequest)
"""What partners mark for the therapists."""


class BringRepository:
    """Finds what is brought. It is the reader's to judge what counts: a partner's own, and to a therapist the
    words, and the pages that they can read too. Nothing is kept: each is made when asked for."""

    def __init__(
        self,
        envelopes: OpenedEnvelopes,
        membership: Membership,
        notes: NoteRepository,
        sessions: SessionRepository,
    ) -> None:
        self._envelopes = envelopes
        self._membership = membership
        self._notes = notes
        self._sessions = sessions

    def check_course(self) -> None:
        """Refuse to mark anything in a practice."""
        if self._membership.kind is not JournalKind.COURSE:
            raise Refused(bringing.ONLY_IN_A_COUPLES_JOURNAL)

    def stored(self) -> Iterator[tuple[StoredVersion, Brought]]:
        """All of it with the version it was made from, in no order."""
        me, authors = self._membership.me, dict[str, MemberId]()
        for stored, found in self._of_partners(registry.BRING):
            if found.note and found.author != me.id:
                if not authors:  # of the pages that this member can read
                    authors = {note.id: note.author for note in self._notes.all()}
                if authors.get(found.note) != found.author:
                    continue
            yield stored, found

    def requests(self) -> Iterator[tuple[StoredVersion, TalkRequest]]:
        """Requests to talk that count for this member, with the version each was made from, in no order."""
        return self._of_partners(registry.TALK_REQUEST)

    def _of_partners(self, spec: DocumentSpec[M]) -> Iterator[tuple[StoredVersion, M]]:
        if self._membership.kind is not JournalKind.COURSE:
            return
        me, members = self._membership.me, self._membership.members
        for stored in self._envelopes.of_type(spec.type):
            version = stored.version
            if bringing.counts(version.author, me, members):
                with suppress(NotGenuine):
                    found = spec.decode(version)
                    yield stored, replace(found, id=document_name(version.author, version.document))

    def still_current(self) -> Callable[[Brought | TalkRequest], bool]:
        """Whether no session that something was marked for is over, as of now."""
        now, members, sessions = clock.local(clock.now()), self._membership.members, self._sessions.all()
        over: dict[MemberId, list[Session]] = {}

        def is_current(one: Brought | TalkRequest) -> bool:
            if one.author not in over:
                counting = bringing.counting_for(one.author, sessions, members)
                over[one.author] = bringing.last_over(counting, now)
            return bringing.is_current(clock.local(one.written), over[one.author], now)

        return is_current

    def policy(self) -> Policy:
        """The policy that a therapist wrote down last; nobody else's counts, and of each author what is by
        their latest keys alone: whoever knew their passphrase before could write another."""
        roles = {member.id: member.role for member in self._membership.members}
        found: list[tuple[int, Policy]] = []
        for stored in self._envelopes.of_type(registry.POLICY.type):
            version = stored.version
            role = roles.get(version.author)
            if role is not None and role.is_therapist:
                with suppress(NotGenuine):
                    found.append((stored.generation, registry.POLICY.decode(version)))
        newest: dict[MemberId | None, int] = {}
        for generation, policy in found:
            newest[policy.author] = max(generation, newest.get(policy.author, generation))
        said = (policy for generation, policy in found if generation == newest[policy.author])
        return latest(said, clock.now())

    def own_policies(self) -> list[StoredVersion]:
        """What this member wrote down, one document as a rule."""
        said = self._envelopes.of_type(registry.POLICY.type)
        return [stored for stored in said if stored.version.author == self._envelopes.me]
