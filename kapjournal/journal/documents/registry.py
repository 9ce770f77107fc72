"""The registry: what holds for every document of a type, and the codec that writes and reads it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.access_requests import AccessRequest
from kapjournal.domain.answered_measures import SafetyMark
from kapjournal.domain.departures import Departure
from kapjournal.domain.forms import RecordKind
from kapjournal.domain.kept import SeenNotes
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.domain.self_reports import AfterEffects, CheckIn, Report, SelfReportDraft
from kapjournal.domain.supervision_reply import Reply
from kapjournal.domain.write_up_work import CaseNames, WriteUpWork
from kapjournal.journal.documents import (
    access_request,
    address_book,
    bring,
    case,
    departure,
    dialogue,
    draft,
    earlier,
    handed,
    imported,
    joint,
    journal_info,
    kept,
    keys,
    measure,
    measure_draft,
    note,
    offer,
    own_prompts,
    page_consent,
    policy,
    record,
    record_draft,
    reply_draft,
    seen_notes,
    self_report,
    session,
    signing,
    waiting,
    way_in,
    write_up,
)
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.keys import OwnKeys
from kapjournal.journal.documents.record import RecordContent
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.trust.address_book import AddressBook

V = TypeVar("V")
"""The value that an author writes and a reader finds."""

FORM = 1
"""The highest form of every type that this program knows."""


class ChannelKind(Enum):
    """The kinds of channel on which a member finds envelopes."""

    FROM_OTHERS = auto()
    """The channel of another member to the reader."""
    TO_SELF = auto()
    """The author's channel to themselves."""
    DRAFTS = auto()
    """The author's channel of drafts, which is not counted."""


@dataclass(frozen=True, slots=True)
class DocumentSpec(Generic[V]):
    """One type of document. `encode` takes the version before too: what a newer program wrote in it stays.

    With `keeps_earlier`, the version before is kept for its author. Of several versions that stand at once,
    which two computers of one author can write, all are shown, or they are `joined` into one. Every member
    writes it, with `keeper_only` the keeper alone; what a role may write is the domain's to say.
    """

    type: DocumentType
    encode: Callable[[V, DocumentVersion | None], Content]
    decode: Callable[[DocumentVersion], V]
    channels: frozenset[ChannelKind]
    keeper_only: bool = False
    keeps_earlier: bool = False
    joined: Callable[[V, V], V] | None = None


_SHARED = frozenset({ChannelKind.FROM_OTHERS, ChannelKind.TO_SELF})
_OWN = frozenset({ChannelKind.TO_SELF})
_DRAFTS = frozenset({ChannelKind.DRAFTS})

NOTE = DocumentSpec(DocumentType.NOTE, note.encode, note.decode, _SHARED, keeps_earlier=True)
SESSION = DocumentSpec(DocumentType.SESSION, session.encode, session.decode, _SHARED)
JOURNAL_INFO = DocumentSpec(
    DocumentType.JOURNAL_INFO,
    journal_info.encode,
    journal_info.decode,
    _SHARED,
    keeper_only=True,
    joined=JournalInfo.joined,
)
ADDRESS_BOOK = DocumentSpec(
    DocumentType.ADDRESS_BOOK, address_book.encode, address_book.decode, _OWN, joined=AddressBook.joined
)
KEYS = DocumentSpec(DocumentType.KEYS, keys.encode, keys.decode, _OWN, joined=OwnKeys.joined)
EARLIER = DocumentSpec(DocumentType.EARLIER, earlier.encode, earlier.decode, _OWN)
DELETED = DocumentSpec(DocumentType.DELETED, earlier.encode_deletion, earlier.decode_deletion, _OWN)
DRAFT = DocumentSpec(DocumentType.DRAFT, draft.encode, draft.decode, _DRAFTS)
RECORD_DRAFT = DocumentSpec(DocumentType.RECORD_DRAFT, record_draft.encode, record_draft.decode, _DRAFTS)
MEASURE_DRAFT = DocumentSpec(DocumentType.MEASURE_DRAFT, measure_draft.encode, measure_draft.decode, _DRAFTS)
DIALOGUE_DRAFT = DocumentSpec(
    DocumentType.DIALOGUE_DRAFT, dialogue.encode_draft, dialogue.decode_draft, _DRAFTS
)
REPLY_DRAFT = DocumentSpec(DocumentType.REPLY_DRAFT, reply_draft.encode, reply_draft.decode, _DRAFTS)

SIGNATURE = DocumentSpec(DocumentType.SIGNATURE, signing.encode_signature, signing.decode_signature, _SHARED)
ADDENDUM = DocumentSpec(DocumentType.ADDENDUM, signing.encode_addendum, signing.decode_addendum, _SHARED)

CASE = DocumentSpec(DocumentType.CASE, case.encode, case.decode, _SHARED)
WAY_IN = DocumentSpec(DocumentType.WAY_IN, way_in.encode, way_in.decode, _OWN)
KEPT = DocumentSpec(DocumentType.KEPT, kept.encode, kept.decode, _OWN)
SEEN_NOTES = DocumentSpec(
    DocumentType.SEEN_NOTES, seen_notes.encode, seen_notes.decode, _OWN, joined=SeenNotes.joined
)

WAITING = DocumentSpec(DocumentType.WAITING, waiting.encode, waiting.decode, _OWN)

MEASURE = DocumentSpec(DocumentType.MEASURE, measure.encode, measure.decode, _SHARED, keeps_earlier=True)
MEASURE_REQUEST = DocumentSpec(
    DocumentType.MEASURE_REQUEST, measure.encode_request, measure.decode_request, _SHARED
)
SAFETY_MARK = DocumentSpec(
    DocumentType.SAFETY_MARK, measure.encode_mark, measure.decode_mark, _OWN, joined=SafetyMark.joined
)

OWN_PROMPTS = DocumentSpec(
    DocumentType.OWN_PROMPTS, own_prompts.encode, own_prompts.decode, _OWN, joined=OwnPrompts.joined
)

IMPORT = DocumentSpec(DocumentType.IMPORT, imported.encode, imported.decode, _OWN)

CHECK_IN = DocumentSpec(
    DocumentType.CHECK_IN, self_report.encode, self_report.decode_check_in, _SHARED, keeps_earlier=True
)
AFTER_EFFECTS = DocumentSpec(
    DocumentType.AFTER_EFFECTS,
    self_report.encode,
    self_report.decode_after_effects,
    _SHARED,
    keeps_earlier=True,
)
CHECK_IN_DRAFT = DocumentSpec(
    DocumentType.CHECK_IN_DRAFT, self_report.encode_draft, self_report.decode_draft, _DRAFTS
)
AFTER_EFFECTS_DRAFT = DocumentSpec(
    DocumentType.AFTER_EFFECTS_DRAFT, self_report.encode_draft, self_report.decode_draft, _DRAFTS
)

REPORTS: dict[type[Report], DocumentSpec[Any]] = {CheckIn: CHECK_IN, AfterEffects: AFTER_EFFECTS}
REPORT_DRAFTS: dict[type[Report], DocumentSpec[SelfReportDraft]] = {
    CheckIn: CHECK_IN_DRAFT,
    AfterEffects: AFTER_EFFECTS_DRAFT,
}
HANDED = DocumentSpec(DocumentType.HANDED, handed.encode, handed.decode, _SHARED | _DRAFTS)
BRING = DocumentSpec(DocumentType.BRING, bring.encode, bring.decode, _SHARED)
TALK_REQUEST = DocumentSpec(DocumentType.TALK_REQUEST, policy.encode_request, policy.decode_request, _SHARED)
POLICY = DocumentSpec(DocumentType.POLICY, policy.encode, policy.decode, _SHARED)
JOINT = DocumentSpec(DocumentType.JOINT, joint.encode, joint.decode, _SHARED)
APPROVAL = DocumentSpec(DocumentType.APPROVAL, joint.encode_approval, joint.decode_approval, _SHARED)
NARROWING = DocumentSpec(DocumentType.NARROWING, joint.encode_narrowing, joint.decode_narrowing, _SHARED)
PAGE_CONSENT = DocumentSpec(DocumentType.PAGE_CONSENT, page_consent.encode, page_consent.decode, _SHARED)
OFFER = DocumentSpec(DocumentType.OFFER, offer.encode, offer.decode, _SHARED)

WRITE_UP_WORK = DocumentSpec(
    DocumentType.WRITE_UP_WORK, write_up.encode_work, write_up.decode_work, _OWN, joined=WriteUpWork.joined
)
CASE_NAMES = DocumentSpec(
    DocumentType.CASE_NAMES, write_up.encode_names, write_up.decode_names, _OWN, joined=CaseNames.joined
)
DEPARTURE = DocumentSpec(
    DocumentType.DEPARTURE, departure.encode, departure.decode, _OWN, joined=Departure.joined
)
SUPERVISION_REPLY = DocumentSpec(
    DocumentType.SUPERVISION_REPLY, departure.encode_reply, departure.decode_reply, _OWN, joined=Reply.joined
)
ACCESS_REQUEST = DocumentSpec(
    DocumentType.ACCESS_REQUEST,
    access_request.encode,
    access_request.decode,
    _OWN,
    joined=AccessRequest.joined,
)

RECORDS: dict[RecordKind, DocumentSpec[RecordContent]] = {
    kind: DocumentSpec(DocumentType(kind.value), record.encode, record.decode, _SHARED, keeps_earlier=True)
    for kind in RecordKind
}
RECORD_TYPES = frozenset(spec.type for spec in RECORDS.values())

SPECS: dict[str, DocumentSpec[Any]] = {
    spec.type: spec
    for spec in (
        NOTE,
        SESSION,
        JOURNAL_INFO,
        ADDRESS_BOOK,
        KEYS,
        EARLIER,
        DELETED,
        DRAFT,
        RECORD_DRAFT,
        SIGNATURE,
        ADDENDUM,
        CASE,
        WAY_IN,
        KEPT,
        SEEN_NOTES,
        MEASURE,
        MEASURE_REQUEST,
        SAFETY_MARK,
        MEASURE_DRAFT,
        DIALOGUE_DRAFT,
        REPLY_DRAFT,
        OWN_PROMPTS,
        IMPORT,
        WAITING,
        CHECK_IN,
        CHECK_IN_DRAFT,
        AFTER_EFFECTS,
        AFTER_EFFECTS_DRAFT,
        HANDED,
        BRING,
        TALK_REQUEST,
        POLICY,
        OFFER,
        JOINT,
        APPROVAL,
        NARROWING,
        PAGE_CONSENT,
        WRITE_UP_WORK,
        CASE_NAMES,
        DEPARTURE,
        SUPERVISION_REPLY,
        ACCESS_REQUEST,
    )
} | {spec.type: spec for spec in RECORDS.values()}


def is_newer(version: DocumentVersion) -> bool:
    """Whether a newer program wrote it: this one knows its type or its form not, or what stands at its
    end."""
    return version.type not in SPECS or version.form > FORM or bool(version.rest)


def text_of(version: DocumentVersion) -> object:
    """What a person wrote in a note, a record or answers to a measure, to compare two versions by; None of
    anything else, and of what is not of its form."""
    with suppress(NotGenuine, LookupError, TypeError, ValueError):
        if version.type == NOTE.type:
            return NOTE.decode(version).text
        if version.type == MEASURE.type:
            return MEASURE.decode(version).text
        if version.type in RECORD_TYPES:
            return record.decode(version).text
    return None
