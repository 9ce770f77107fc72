"""The answers to measures this member can read, what was asked for, and a therapist's own safety marks."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from kapjournal import clock
from kapjournal.content import measures as content
from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain import answered_measures as answered
from kapjournal.domain.answered_measures import (
    AnsweredMeasure,
    MeasureRequest,
    MeasureText,
    Met,
    SafetyMark,
)
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.measures import SafetyItem
from kapjournal.domain.members import JournalKind
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.measure import MeasureContent, answers_digest, mark_document
from kapjournal.journal.vault.membership import Membership
from kapjournal.journal.vault.note_repository import shown_first
from kapjournal.journal.vault.opened_envelopes import OpenedEnvelopes
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange


class StoredMark(NamedTuple):
    """A safety mark with its document and the versions of it that stand."""

    document: DocumentId
    standing: tuple[StoredVersion, ...]
    mark: SafetyMark

    def change(self, me: MemberId) -> DocumentChange:
        """What is to be written of it, in the place of what stands."""
        spec = registry.SAFETY_MARK
        content = spec.encode(self.mark, self.standing[0].version if self.standing else None)
        return DocumentChange(self.document, spec.type, frozenset({me}), content, self.standing)


class MeasureRepository:
    """Finds answers. It is the reader's to judge which count: a partner's own, or a partner's that a
    therapist entered, and to a partner none of the other's. Nothing is kept: each is made when asked for."""

    def __init__(self, envelopes: OpenedEnvelopes, membership: Membership) -> None:
        self._envelopes = envelopes
        self._membership = membership

    def check_course(self) -> None:
        """Refuse whatever has to do with measures in a practice."""
        if self._membership.kind is not JournalKind.COURSE:
            raise Refused(answered.ONLY_IN_A_COUPLES_JOURNAL)

    # --- answers ----------------------------------------------------------------------------------------

    def all(self) -> Iterator[AnsweredMeasure]:
        """All answers, in no order."""
        return (found for _, found in self._stored())

    def find(self, answers_id: str, *, own: bool = False) -> tuple[StoredVersion, AnsweredMeasure]:
        """The answers whose id begins so, with the version shown first (`NotFound`, `UsageError` for
        several). With `own`, of another's and of none the answer is the same."""
        pairs = (pair for pair in self._stored() if not (own and pair[1].author != self._envelopes.me))
        what = "set of answers of yours" if own else "set of answers"
        return one_by_id(pairs, answers_id, what, lambda pair: [pair[1].id])

    def of(self, stored: StoredVersion) -> AnsweredMeasure:
        """The answers in a version (`NotFound` if there are none)."""
        found = self._answered(stored)
        if found is None:
            raise NotFound("These answers are not here any more.")
        return found

    def _stored(self) -> Iterator[tuple[StoredVersion, AnsweredMeasure]]:
        for stored in self._of_type(registry.MEASURE.type):
            found = self._answered(stored)
            if found is not None:
                yield stored, found

    def _of_type(self, type_: str) -> Iterable[StoredVersion]:
        if self._membership.kind is not JournalKind.COURSE:
            return []
        return self._envelopes.of_type(type_)

    def _answered(self, stored: StoredVersion) -> AnsweredMeasure | None:
        version, me = stored.version, self._membership.me
        standing = self._envelopes.standing(version.author, version.document)
        texts: dict[MeasureText, None] = {}
        first: MeasureContent | None = None
        for one in shown_first(version, standing):
            if one.type != registry.MEASURE.type:
                continue
            with suppress(NotGenuine):
                said = registry.MEASURE.decode(one)
                first = first or said
                texts.setdefault(said.text)
        if first is None or not all(self._counts(text, version.author) for text in texts):
            return None
        if not all(answered.may_be_shown(text.of, me) for text in texts):
            return None
        each = (frozenset(one.version.readers) for one in standing if not one.is_deletion)
        return AnsweredMeasure(
            id=document_name(version.author, version.document),
            author=version.author,
            readers=frozenset[MemberId]().union(*each),
            text=first.text,
            written=first.written,
            revised=first.revised,
            beside=tuple(text for text in texts if text != first.text),
            versions=tuple(one.envelope for one in standing),
        )

    def _counts(self, text: MeasureText, author: MemberId) -> bool:
        return answered.counts(text, author, self._membership.members)

    # --- requests ---------------------------------------------------------------------------------------

    def requests(self) -> Iterator[tuple[StoredVersion, MeasureRequest]]:
        """What was asked for by this member or of this member, in no order."""
        here = sorted(self.all(), key=lambda one: one.written)
        for stored in self._of_type(registry.MEASURE_REQUEST.type):
            version = stored.version
            with suppress(NotGenuine, LookupError):
                request = registry.MEASURE_REQUEST.decode(version)
                is_theirs = self._membership.role_of(version.author).is_therapist
                if is_theirs and answered.may_be_shown(request.of, self._membership.me):
                    yield (
                        stored,
                        replace(
                            request,
                            id=document_name(version.author, version.document),
                            answered=next((one.id for one in here if _answers(one, request)), ""),
                        ),
                    )

    # --- safety marks -----------------------------------------------------------------------------------

    def marks(self) -> list[StoredMark]:
        """This therapist's marks, also those that are not written yet: a file that cannot be written hides
        nothing."""
        return [one for one in self.noted_marks() if one.mark.at_mark]

    def noted_marks(self) -> list[StoredMark]:
        """The same, with what is noted of answers below the mark."""
        return list({**self._written_marks(), **self._due_marks()}.values())

    def owed_marks(self) -> Iterator[DocumentChange]:
        """What is to be written so that all answers with a safety item that this therapist can read are
        noted, and what two computers of theirs noted is one."""
        written = self._written_marks()
        several = {name: one for name, one in written.items() if len(one.standing) > 1}
        return (one.change(self._envelopes.me) for one in {**several, **self._due_marks()}.values())

    def _written_marks(self) -> dict[DocumentId, StoredMark]:
        """Of versions by keys that were replaced what was met counts, and no contact line closes anything:
        whoever knew the keys before could write one."""
        found: dict[DocumentId, StoredMark] = {}
        me = self._envelopes.me
        for stored in self._of_type(registry.SAFETY_MARK.type):
            document, mark = stored.version.document, None
            standing = tuple(self._envelopes.standing(me, document))
            newest = max(one.generation for one in standing)
            for one in standing:
                with suppress(NotGenuine):
                    said = registry.SAFETY_MARK.decode(one.version)
                    said = said if one.generation == newest else said.closing_nothing()
                    mark = said if mark is None else mark.joined(said)
            if mark is not None:
                found[document] = StoredMark(
                    document, standing, replace(mark, id=document_name(me, document))
                )
        return found

    def _due_marks(self) -> dict[DocumentId, StoredMark]:
        """What is to be noted of answers that this therapist can read and did not note as they stand."""
        if not self._membership.me.role.is_therapist:
            return {}
        due: dict[DocumentId, StoredMark] = {}
        written: dict[DocumentId, StoredMark] | None = None
        for stored, found in self._stored():
            texts = [found.text, *found.beside]
            safety = next(filter(None, (_safety_item(text) for text in texts)), None)
            if safety is None:
                continue
            written = self._written_marks() if written is None else written
            document = mark_document(found.author, stored.version.document)
            before = written.get(document)
            known = {one.answers_digest for one in before.mark.met} if before else set()
            new = [one for one in self._meets(stored) if one.answers_digest not in known]
            if not new:
                continue
            noted = SafetyMark(
                *(found.id, found.author, found.text.of, found.text.measure, found.text.date),
                *(safety.item, safety.at, ()),
                id=document_name(self._envelopes.me, document),
            )
            mark = (before.mark if before else noted).met_also(new)
            due[document] = StoredMark(document, before.standing if before else (), mark)
        return due

    def _meets(self, stored: StoredVersion) -> Iterator[Met]:
        """Every text with a safety item that stands, as it is met now."""
        now = clock.now()
        for one in self._envelopes.standing(stored.version.author, stored.version.document):
            if one.version.type == registry.MEASURE.type:
                with suppress(NotGenuine):
                    text = registry.MEASURE.decode(one.version).text
                    if safety := _safety_item(text):
                        value = text.answers[safety.item - 1] or 0
                        yield Met(now, value, answers_digest(one.version))


def _safety_item(text: MeasureText) -> SafetyItem | None:
    measure = content.known(text.measure)
    return measure.safety if measure else None


def _answers(found: AnsweredMeasure, request: MeasureRequest) -> bool:
    """Whether answers are those that were asked for: any of that measure written down since."""
    asked = request.measure, request.of
    return (found.text.measure, found.text.of) == asked and found.written >= request.written
