"""What two approve together, as this member finds it: the words, what each answered, and how it stands."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple, TypeVar

from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import joint as rules
from kapjournal.domain import joint_standing
from kapjournal.domain.ids import JournalId, MemberId
from kapjournal.domain.joint import Joint, JointKind, Narrowing, Response
from kapjournal.domain.members import JournalKind, Role
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.joint import Approval
from kapjournal.journal.documents.registry import DocumentSpec
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange

V = TypeVar("V")

_HOLDS = rules.Standing.HOLDS
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


class StoredJoint(NamedTuple):
    """Words that two approve, with the version they were made from and what an answer to them names."""

    joint: Joint
    stored: StoredVersion
    words: ContentName


class StoredAnswer(NamedTuple):
    """An answer with the version it was made from."""

    approval: Approval
    stored: StoredVersion


class JointRepository:
    """Finds what two approve. Words count from partners.

    An answer counts by the newest keys of its author; to whoever has to approve, by those of both ends, or if
    their own program noted that the words held: or who knew an old passphrase could answer in a name.
    """

    def __init__(self, journal_id: JournalId, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._journal_id = journal_id
        self._envelopes = envelopes
        self._membership = membership

    def check_course(self) -> None:
        """Refuse a practice."""
        if self._membership.kind is not JournalKind.COURSE:
            raise Refused(rules.ONLY_IN_A_COUPLES_JOURNAL)

    def all(self) -> list[StoredJoint]:
        """All that this member can read, with how it stands, oldest first."""
        if self._membership.kind is not JournalKind.COURSE:
            return []
        answers, narrowings = self._answers(), self._narrowings()
        found: dict[str, StoredJoint] = {}
        for stored in self._envelopes.of_type(registry.JOINT.type):
            one = self._joint(stored, answers, narrowings)
            if one is not None:
                found[one.joint.id] = one
        here = {one.words for one in found.values()}
        judged = joint_standing.standing(
            (one.joint for one in found.values()),
            self._membership.members,
            me=self._envelopes.me,
            gone=self._gone({words: said for words, said in answers.items() if words not in here}),
            is_over=self._membership.sharing_has_ended,
        )
        return [found[joint.id]._replace(joint=joint) for joint in judged]

    def name_of(self, words: ContentName) -> str:
        """The id of words that two approve."""
        return document_name(words.author, words.document)

    def words_of(self, stored: StoredVersion) -> ContentName:
        """What an answer to a version names."""
        version = stored.version
        return ContentName(version.author, version.document, version.digest(self._journal_id))

    def own_answers(self, words: ContentName) -> list[StoredAnswer]:
        """What this member answered to words: one document as a rule, of two computers that answered at once
        two."""
        said = self._each(registry.APPROVAL)
        return [
            StoredAnswer(approval, stored)
            for stored, approval in said
            if approval.of == words and stored.version.author == self._envelopes.me
        ]

    def latest_moment_of(self, authors: Collection[MemberId]) -> dt.datetime:
        """The latest moment in what some wrote with their newest keys and stands: no clock that is set right
        is behind it."""
        is_newest = self._envelopes.channels.is_by_newest_keys_of_author
        return max(
            (
                stored.version.written
                for stored in list(self._envelopes.current.values())
                if stored.version.author in authors and stored.version.written and is_newest(stored.channel)
            ),
            default=_LONG_AGO,
        )

    # --- what is owed -----------------------------------------------------------------------------------

    def owed(self) -> Iterator[DocumentChange]:
        """What this member's program writes by itself: that it found that words hold, and both these and its
        answer for the therapists where the two approved that."""
        me, holding = self._envelopes.me, [one for one in self.all() if one.joint.standing is _HOLDS]
        answers, narrowings = (self._answers(), self._own_narrowings()) if holding else ({}, {})
        for one in holding:
            readers = self.readers_of(one.joint, holds=True)
            yield from self._given(one.stored, readers) if one.joint.author == me else ()
            for narrowing in narrowings.get(one.words, ()):
                yield from self._given(narrowing, readers)
            for answer in answers.get(one.words, ()):
                if answer.stored.version.author != me:
                    continue
                held = replace(answer.approval.response, held=True)
                said = answer.approval._replace(response=held)
                content = registry.APPROVAL.encode(said, answer.stored.version)
                had = frozenset(answer.stored.version.readers)
                if not answer.approval.response.held or not readers <= had:
                    previous = self._envelopes.standing(me, answer.stored.version.document)
                    yield DocumentChange.again(
                        answer.stored.version, readers | had, previous, content=content
                    )

    def readers_of(self, one: Joint, *, holds: bool) -> frozenset[MemberId]:
        """Who reads words that two approve, whoever writes them too."""
        return joint_standing.readers_of(one, self._membership.members, holds=holds) | {self._envelopes.me}

    def _given(self, stored: StoredVersion, readers: frozenset[MemberId]) -> Iterator[DocumentChange]:
        had = frozenset(stored.version.readers)
        if not readers <= had:
            previous = self._envelopes.standing(stored.version.author, stored.version.document)
            yield DocumentChange.again(stored.version, readers | had, previous)

    # --- one of them ------------------------------------------------------------------------------------

    def _joint(
        self,
        stored: StoredVersion,
        answers: dict[ContentName, list[StoredAnswer]],
        narrowings: dict[ContentName, list[Narrowing]],
    ) -> StoredJoint | None:
        version = stored.version
        if self._role(version.author) is not Role.PARTNER:
            return None
        with suppress(NotGenuine):
            said, words = registry.JOINT.decode(version), self.words_of(stored)
            responses = self._responses(said.text.kind, answers.get(words, []))
            lines = sorted(narrowings.get(words, []), key=lambda one: (one.written, one.author))
            joint = Joint(
                self.name_of(words), version.author, said.text, said.written, responses, tuple(lines)
            )
            return StoredJoint(joint, stored, words)
        return None

    def _gone(self, answers: dict[ContentName, list[StoredAnswer]]) -> Iterator[Joint]:
        """Words that are not here, of which answers alone are, by the kind that each of these says."""
        for words, several in answers.items():
            for kind in {one.approval.kind for one in several}:
                of_kind = [one for one in several if one.approval.kind is kind]
                text = rules.JointText(kind, (), dt.date.min)
                responses = self._responses(kind, of_kind)
                yield Joint(self.name_of(words), words.author, text, dt.datetime.min, responses)

    def _responses(self, kind: JointKind, answers: list[StoredAnswer]) -> tuple[Response, ...]:
        """One for each member, those that count: of several of one member's a no goes before a yes."""
        me, members = self._envelopes.me, self._membership.members
        own = [
            one for one in answers if one.stored.version.author == me and self._is_by_newest_keys(one.stored)
        ]
        trusts_all = not rules.counts(kind, me, members) or any(one.approval.response.held for one in own)
        found: dict[MemberId, Response] = {}
        is_newest_of_author = self._envelopes.channels.is_by_newest_keys_of_author
        for one in answers:
            said = one.approval.response
            is_enough = trusts_all and is_newest_of_author(one.stored.channel)
            if not (is_enough or self._is_by_newest_keys(one.stored)):
                continue
            if not rules.counts(kind, said.member, members):
                continue
            before = found.get(said.member, said)
            found[said.member] = Response(
                said.member,
                before.approves and said.approves,
                max(before.written, said.written),
                before.held or said.held,
            )
        return tuple(found[member] for member in sorted(found))

    def _is_by_newest_keys(self, stored: StoredVersion) -> bool:
        channels, author = self._envelopes.channels, stored.version.author
        newest = channels.own if author == self._envelopes.me else channels.incoming.get(author)
        return newest is not None and stored.channel is newest

    def _answers(self) -> dict[ContentName, list[StoredAnswer]]:
        found = defaultdict[ContentName, list[StoredAnswer]](list)
        for stored, approval in self._each(registry.APPROVAL):
            found[approval.of].append(StoredAnswer(approval, stored))
        return found

    def _narrowings(self) -> dict[ContentName, list[Narrowing]]:
        found = defaultdict[ContentName, list[Narrowing]](list)
        for _, narrowed in self._each(registry.NARROWING):
            if self._role(narrowed.narrowing.author) is Role.PARTNER:
                found[narrowed.of].append(narrowed.narrowing)
        return found

    def _own_narrowings(self) -> dict[ContentName, list[StoredVersion]]:
        found = defaultdict[ContentName, list[StoredVersion]](list)
        for stored, narrowed in self._each(registry.NARROWING):
            if stored.version.author == self._envelopes.me:
                found[narrowed.of].append(stored)
        return found

    def _each(self, spec: DocumentSpec[V]) -> Iterator[tuple[StoredVersion, V]]:
        for stored in self._envelopes.of_type(spec.type):
            with suppress(NotGenuine):
                yield stored, spec.decode(stored.version)

    def _role(self, member: MemberId) -> Role | None:
        return next((one.role for one in self._membership.members if one.id == member), None)
