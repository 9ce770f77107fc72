"""What two approve together: put words to the other, approve them, take a yes back, ask for less."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from kapjournal import clock
from kapjournal.domain import authorisation
from kapjournal.domain import joint as rules
from kapjournal.domain.bringing import therapists_here
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.joint import Joint, JointKind, JointText, Narrowing, Response
from kapjournal.domain.joint_standing import has_held, lacking
from kapjournal.domain.partners import OF_PARTNERS
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.joint import Approval, NarrowedWords, Proposal
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.catching_up import catch_up
from kapjournal.journal.vault.joint_repository import StoredJoint
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault

_MOMENT = dt.timedelta(milliseconds=1)


class Joints:
    """The use cases of what two approve. In a practice there are none."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def all(self, kind: JointKind | None = None) -> list[Joint]:
        """All that this member can read, or those of one kind, oldest first."""
        with self._access.exclusive() as vault:
            found = [one.joint for one in vault.joints.all()]
        return [one for one in found if kind in (None, one.text.kind)]

    def get(self, joint_id: str) -> Joint:
        """The one of that id or beginning of one (at least four characters; `NotFound`)."""
        with self._access.exclusive() as vault:
            return _find(vault, joint_id).joint

    def holding(self, kind: JointKind) -> Joint | None:
        """The one of a kind that holds, of which only one does at a time."""
        return rules.holding(self.all(), kind)

    def not_before(self) -> dt.datetime | None:
        """From when on what is made sober can be, such as an agreement (UTC); None where it can be now."""
        with self._access.exclusive() as vault:
            return _not_before(vault)

    def propose(self, text: JointText) -> Joint:
        """Put words to the other partner, with one's own yes; to therapists too, if they have to approve them
        (`Refused`, `UsageError`)."""
        with self._writing(text.kind) as (vault, unit):
            return _propose(vault, unit, *_worded(vault, text), holds=False)

    def together(self, other: "Joints", text: JointText) -> Joint:
        """Write what both partners approved at one keyboard, `other` being those of the other partner's own
        door. Their yes comes first: no moment leaves words that only one approved (`Refused`, `UsageError`).
        """
        with self._access.exclusive() as vault, other._access.exclusive() as theirs:
            if rules.partner_of(vault.membership.me, vault.membership.members).id != theirs.me:
                raise Refused(OF_PARTNERS)
            proposal, content, words = _worded(vault, text)
            joint = Joint(vault.joints.name_of(words), vault.me, proposal.text, proposal.written)
            with other._writing(text.kind) as (_, unit):
                _answer(theirs, unit, words, joint, approves=True, holds=False)
            lacks = text.kind is JointKind.AGREEMENT and therapists_here(vault.membership.members)
            with self._writing(text.kind) as (_, unit):
                joint = _propose(vault, unit, proposal, content, words, holds=not lacks)
            catch_up(theirs)
            return _find(vault, joint.id).joint

    def approve(self, joint_id: str) -> Joint:
        """Say yes to words that somebody else put to this member; again changes nothing (`Refused`)."""
        with self._access.exclusive() as vault:
            found, me = _find(vault, joint_id), vault.membership.me
            rules.check_may_approve(found.joint, me, [one.joint for one in vault.joints.all()])
            if vault.me not in found.joint.approved_by:
                holds = all(one.id == me.id for one in lacking(found.joint, vault.membership.members))
                with self._writing(found.joint.text.kind) as (_, unit):
                    _answer(vault, unit, found.words, found.joint, approves=True, holds=holds)
            return _find(vault, joint_id).joint

    def take_back(self, joint_id: str) -> Joint | None:
        """Say no, or take a yes back, also when it held: it holds no longer then. What its author takes back
        before it held is gone, and None. Where nothing goes to others any more, the answer is deleted
        (`Refused`)."""
        with self._access.exclusive() as vault:
            found = _find(vault, joint_id)
            if not rules.counts(found.joint.text.kind, vault.me, vault.membership.members):
                raise Refused(rules.NOT_YOURS_TO_APPROVE)
            with vault.unit_of_work() as unit:
                if found.joint.author == vault.me and not has_held(found.joint):
                    _delete(vault, unit, found)
                    return None
                if vault.membership.sharing_has_ended or vault.membership.me.removed:
                    _delete_answers(vault, unit, found)
                else:
                    held = has_held(found.joint)
                    _answer(vault, unit, found.words, found.joint, approves=False, holds=held)
            return _find(vault, joint_id).joint

    def narrow(self, joint_id: str, line: str) -> Joint:
        """Ask for less than the agreement that holds says, in one line. It counts at once, at any time, and
        nobody has to approve it (`Refused`, `UsageError`)."""
        typed = rules.narrowing_from(line)
        with self._access.exclusive() as vault:
            found = _find(vault, joint_id)
            rules.check_may_narrow(found.joint, vault.membership.me)
            with vault.unit_of_work() as unit:
                said = NarrowedWords(found.words, Narrowing(vault.me, typed, clock.now()))
                readers = vault.joints.readers_of(found.joint, holds=True)
                spec = registry.NARROWING
                unit.put(DocumentChange(new_document_id(), spec.type, readers, spec.encode(said, None)))
            return _find(vault, joint_id).joint

    @contextmanager
    def _writing(self, kind: JointKind) -> Iterator[tuple[Vault, UnitOfWork]]:
        """Write a yes, at a time at which one of this kind is given."""
        with self._access.exclusive() as vault:
            vault.joints.check_course()
            until = _not_before(vault) if kind.is_made_sober else None
            if until:
                raise Refused(rules.more_waits(clock.local(until), clock.local(clock.now()), kind))
            with vault.unit_of_work() as unit:
                yield vault, unit


def _find(vault: Vault, joint_id: str) -> StoredJoint:
    return one_by_id(vault.joints.all(), joint_id, "thing you two approve", lambda one: [one.joint.id])


def _not_before(vault: Vault) -> dt.datetime | None:
    now = max(clock.now(), vault.waiting.latest_own_moment)  # a clock that was set back ends nothing
    return rules.not_before(vault.sessions.all(), now, vault.bring.policy().hour)


def _worded(vault: Vault, text: JointText) -> tuple[Proposal, Content, ContentName]:
    """Words as they are stored, and what an answer to them names before they are written."""
    rules.partner_of(vault.membership.me, vault.membership.members)
    text = rules.checked(text)
    if text.kind is JointKind.AUTHORISATION:
        authorisation.check_may_propose(vault.membership.members)
        text = authorisation.checked(text)
    proposal, spec = Proposal(text, clock.now()), registry.JOINT
    content, document = spec.encode(proposal, None), new_document_id()
    version = DocumentVersion(document, spec.type, vault.me, (vault.me,), None, *content)
    return proposal, content, ContentName(vault.me, document, version.digest(vault.journal_id))


def _propose(
    vault: Vault, unit: UnitOfWork, proposal: Proposal, content: Content, words: ContentName, *, holds: bool
) -> Joint:
    """Write words with the yes of this member, who writes them; it `holds` if nobody else has to approve."""
    joint = Joint(vault.joints.name_of(words), vault.me, proposal.text, proposal.written)
    readers = vault.joints.readers_of(joint, holds=holds)
    unit.put(DocumentChange(words.document, registry.JOINT.type, readers, content))
    said = _answer(vault, unit, words, joint, approves=True, holds=holds)
    return replace(joint, responses=(said,))


def _answer(
    vault: Vault, unit: UnitOfWork, words: ContentName, joint: Joint, *, approves: bool, holds: bool
) -> Response:
    """Write what this member answers to words, in the place of all that they answered to these before; it
    `holds`, or did, as far as they know."""
    before, spec = vault.joints.own_answers(words), registry.APPROVAL
    had = frozenset(reader for one in before for reader in one.stored.version.readers)
    held = holds or any(one.approval.response.held for one in before)
    said = Response(vault.me, approves, _now(vault, joint.text.kind), held)
    readers = vault.joints.readers_of(joint, holds=held) | vault.membership.without_removed(had)
    content = spec.encode(
        Approval(words, said, joint.text.kind), before[0].stored.version if before else None
    )
    document = before[0].stored.version.document if before else new_document_id()
    previous = tuple(vault.envelopes.standing(vault.me, document)) if before else ()
    unit.put(DocumentChange(document, spec.type, readers, content, previous))
    for one in before[1:]:
        unit.delete(vault.envelopes.standing(vault.me, one.stored.version.document), [])
    return said


def _now(vault: Vault, kind: JointKind) -> dt.datetime:
    """Later than all that this member answered to words of a kind, by whatever clock."""
    said = (one.joint.response_of(vault.me) for one in vault.joints.all() if one.joint.text.kind is kind)
    last = max((one.written for one in said if one), default=None)
    return max(clock.now(), last + _MOMENT) if last else clock.now()


def _delete(vault: Vault, unit: UnitOfWork, found: StoredJoint) -> None:
    unit.delete(vault.envelopes.standing(vault.me, found.words.document), [])
    _delete_answers(vault, unit, found)


def _delete_answers(vault: Vault, unit: UnitOfWork, found: StoredJoint) -> None:
    for one in vault.joints.own_answers(found.words):
        unit.delete(vault.envelopes.standing(vault.me, one.stored.version.document), [])
