"""What a document says: every type there and back, and what a newer program wrote beside is kept."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.crypto.identity import Identity
from kapjournal.crypto.keyslot import Secrets
from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain.access_requests import AccessRequest, Ground, PackLeft
from kapjournal.domain.answered_measures import (
    Contact,
    MeasureRequest,
    MeasureText,
    Met,
    SafetyMark,
)
from kapjournal.domain.bringing import Brought, TalkRequest
from kapjournal.domain.departures import Departure
from kapjournal.domain.dialogue import DialogueDraft, Step
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.ids import (
    CaseId,
    DocumentId,
    EnvelopeId,
    GrantKey,
    IdentityId,
    JournalId,
    KeyslotId,
    MemberId,
    RowId,
)
from kapjournal.domain.incoming import Import
from kapjournal.domain.joint import JointKind, JointText, Narrowing, Response
from kapjournal.domain.kept import KeptFile, KeptNote, KeptScribe, SeenNote, SeenNotes
from kapjournal.domain.measure_drafts import MeasureDraft
from kapjournal.domain.members import JournalKind, Role
from kapjournal.domain.notes import MAX_TAG, Draft, NoteKind, NoteText, SessionRef, TypedBy
from kapjournal.domain.offers import Offer, Opening, Promise
from kapjournal.domain.own_prompts import OwnPrompts
from kapjournal.domain.policy import Policy, SecretsPolicy
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import RecordText, SessionNamed
from kapjournal.domain.reply_drafts import ReplyDraft
from kapjournal.domain.self_reports import AfterEffects, CheckIn, Moment, SelfReportDraft
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.signing import AddendumKind
from kapjournal.domain.supervision import Basis, Pulled
from kapjournal.domain.supervision_reply import Act, Reply
from kapjournal.domain.waiting import BothFirst, Hold, NextSession, Until, Waiting
from kapjournal.domain.will import Will
from kapjournal.domain.write_up_work import CaseNames, Choice, Decided, ReviewWork, WriteUpWork
from kapjournal.journal.documents.case import Case
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.earlier import Deletion, EarlierVersion
from kapjournal.journal.documents.handed import HandedContent
from kapjournal.journal.documents.joint import Approval, NarrowedWords, Proposal
from kapjournal.journal.documents.journal_info import JournalInfo
from kapjournal.journal.documents.keys import OwnKeys, SealedWill
from kapjournal.journal.documents.measure import MeasureContent
from kapjournal.journal.documents.note import NoteContent, text_from_data, text_to_data
from kapjournal.journal.documents.page_consent import ConsentedWords
from kapjournal.journal.documents.record import RecordContent
from kapjournal.journal.documents.registry import EARLIER, NOTE, SPECS
from kapjournal.journal.documents.signing import AddendumContent, CoSignature
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.documents.waiting import NoteWaiting
from kapjournal.journal.documents.way_in import WayIn
from kapjournal.journal.strict_encoding import from_json, to_json
from kapjournal.journal.trust.address_book import AddressBook, LetGo
from kapjournal.journal.trust.certificates import InvitationGrant, Successor, sign_certificate
from kapjournal.journal.trust.pin import Pin
from kapjournal.journal.trust.proofs import Proof

JOURNAL, DOCUMENT = JournalId(bytes(range(16))), DocumentId(b"d" * 16)
ME, BEN = MemberId(b"a" * 32), MemberId(b"b" * 32)
SAVED = dt.datetime(2026, 3, 2, 9, 0, 0, 7000, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 1)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(2**53), 2**53)
values = st.none() | st.booleans() | numbers | texts | st.lists(numbers, max_size=3)
objects = st.dictionaries(texts, values, max_size=6)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=50)


def version_of(content: Content, type_: str = "note") -> DocumentVersion:
    """A document that says this, as it comes out of an envelope."""
    sent = DocumentVersion(DOCUMENT, type_, ME, (ME,), SAVED, content.data, content.text, content.form)
    return DocumentVersion.from_bytes(sent.to_bytes())


# --- what stands beside is kept -----------------------------------------------------------------------


@given(objects, objects, words, words)
def test_fields_take_the_place_of_those_before_and_the_rest_stays_in_its_order(
    old: dict[str, Any], new: dict[str, Any], text_before: str, text: str
) -> None:
    before = version_of(Content(to_json(old), text_before))
    content = Content.of(new, text, before)
    found = from_json(content.data)
    assert found == {**old, **new}
    assert list(found) == [*old, *(key for key in new if key not in old)]
    assert (content.text, content.form) == (text, 1)
    assert version_of(content).content == content
    assert Content.of(new, text, version_of(content)) == content, "and nothing moves when it is said again"


@given(objects, words)
def test_without_a_version_before_there_is_what_was_said_alone(new: dict[str, Any], text: str) -> None:
    assert Content.of(new, text) == Content(to_json(new), text, 1)
    broken = version_of(Content(b'{"a":1,"a":2}', "words"))
    assert Content.of(new, text, broken) == Content.of(new, text), (
        "nothing is believed of what is not genuine"
    )


ANSWERED = MeasureText("phq9", BEN, DAY, (0, 1, None, 3, 0, 0, 0, 0, 1), "en 1 0123456789ab")
MARK = SafetyMark(
    *("ab" * 10, BEN, BEN, "phq9", DAY, 9, 1),
    (Met(SAVED, 1, b"12345678"), Met(SAVED, 2, b"abcdefgh")),
    (Contact(SAVED, "on the phone", "Safe.\nAgain on Friday.", SAVED, (b"12345678",)),),
)
CHECK_IN = CheckIn(
    *(DAY, SAVED, Moment.AFTER, SessionRef("0a" * 10, 3), (("fear", 0), ("mood", 10)), "Tired, and glad.")
)
CARD = AfterEffects(
    *(DAY, SAVED, SessionRef("0a" * 10, 3), 7, (("fog", False), ("nausea", True)), (("nausea", "At noon."),))
)
HELD = Secrets(b"1" * 32, b"2" * 32, BEN, ME)
SESSION = SessionRef("0a" * 10, 3)
NOTED = NoteText("Words.", NoteKind.CYCLE, DAY, "A title", ("tag", "другой"), SESSION)
PLAIN = NoteText("", NoteKind.PAGE, DAY)
IDENTITY = Identity(bytes(range(32)), JOURNAL)
GRANT = InvitationGrant(GrantKey(b"g" * 32), KeyslotId(b"s" * 16), "Ben", Role.PARTNER, (BEN,), b"?" * 64)
CERTIFICATE = sign_certificate(IDENTITY, JOURNAL, "Ana", Role.PARTNER, GRANT, bytes(32))
MINE, THEIRS, NEWER = IDENTITY.hash, IdentityId(BEN), IdentityId(b"n" * 32)
PIN = Pin(
    label="Ben",
    role=Role.PARTNER,
    invited_as="Benjamin",
    grant=GRANT.key,
    channel_secrets={(THEIRS, MINE): b"c" * 32, (NEWER, MINE): b"d" * 32},
    successors=(NEWER,),
    verified=True,
    was_verified=True,
    renewed=SAVED,
    refuted=frozenset({IdentityId(b"r" * 32)}),
    unacknowledged=True,
    unknown={"nickname": "B", "seen": [1, 2]},
)
BOOK = AddressBook(
    CERTIFICATE,
    {BEN: PIN},
    frozenset({ME}),
    (GRANT,),
    {"0f" * 8: LetGo({"0a" * 8: 7}, 2, 1)},
    {DOCUMENT: b"5" * 32},
    (Successor(ME, 1, IDENTITY.public, b"1" * 64, b"2" * 64),),
    frozenset({DOCUMENT}),
    heard_keeper=False,
)
SIGNED = ContentName(BEN, DOCUMENT, b"5" * 32)
KEPT = DocumentVersion(DOCUMENT, "note", ME, (ME, BEN), SAVED, b'{"x":"\xc3\xa9\\"","y":[]}', "Words.\n", 1)
KEPT_NOTE = KeptNote(
    CaseId(b"c" * 16),
    "0f" * 10,
    BEN,
    "Ben",
    NoteKind.WEAVE,
    DAY,
    "The light",
    ("light", "hall way"),
    3,
    "Two lines\nas typed ",
    SAVED,
    SAVED + dt.timedelta(hours=1),
    SAVED + dt.timedelta(hours=2),
    (KeptFile("a drawing.png", 17, "5a" * 32),),
)
PROOFS = (Proof(BEN, 5, b'{"as":"reader"}', b"s" * 64), Proof(ME, -1, b"", bytes(64)))

WORK = WriteUpWork(
    "0b" * 10,
    CaseId(b"c" * 16),
    (Pulled("where", "3 of 6 each", "record:" + "0c" * 10, "why"),),
    ("the fire",),
    (ReviewWork("Dr Roe", "Heron", {"Ana": "Juniper"}, {"0d" * 8: Decided(Choice.KEEP, "a word")}),),
)
ASKED = AccessRequest(
    *(CaseId(b"c" * 16), About.FIRST, DAY, DAY, DAY),
    (
        PackLeft("Ana", "pdf", "5b" * 32, "", 3, (("Contact note", Ground.DANGER),), SAVED),
        PackLeft("Dr Kern", "docx, sealed with age", "5c" * 32, "5a" * 32, 0, (), SAVED),
    ),
)
LEFT = Departure(
    case=CaseId(b"c" * 16),
    write_up="0b" * 10,
    case_word="Heron",
    question="Whose fear?",
    recipient="Dr Roe",
    basis=Basis.AUTHORISED,
    purpose="supervision",
    authorisation="5a" * 32,
    format="pdf",
    sha256="5b" * 32,
    found=7,
    changed=6,
    kept=1,
    left=SAVED,
    destroy_by=DAY,
)


def filled(kind: RecordKind) -> RecordContent:
    """A record with something in each place that its kind has."""
    is_free_text = kind is RecordKind.PROCESS
    values = (("text", "Two lines\nas typed "),) if is_free_text else (("plan", "p"), ("text", "t"))
    return RecordContent(
        CaseId(b"c" * 16),
        RecordText(
            kind, About.FIRST, DAY, values, SessionNamed(3, DAY), "" if is_free_text else "DAP", kind.value
        ),
        SAVED,
        SAVED + dt.timedelta(hours=1),
    )


SAID: list[tuple[str, Any]] = [
    ("note", NoteContent(NOTED, SAVED, SAVED + dt.timedelta(hours=1))),
    ("note", NoteContent(PLAIN, SAVED)),
    ("note", NoteContent(PLAIN, SAVED, typed_by=TypedBy(BEN, SAVED))),
    ("session", Session("", ME, 9999, SessionKind.CHECK_IN, DAY, dt.time(9, 30), "The light")),
    ("session", Session("", ME, 1, SessionKind.DOSING, DAY, None, "")),
    ("session", Session("", ME, 1, SessionKind.DOSING, DAY, None, "", frozenset({ME, BEN}))),
    (
        "journal-info",
        JournalInfo("Ours", frozenset({BEN}), 8, ("a-word",), frozenset({ME, BEN}), (b"j" * 32, b"k" * 32)),
    ),
    ("journal-info", JournalInfo()),
    ("journal-info", JournalInfo("Ours", planned=8, planned_doses=6)),
    ("journal-info", JournalInfo("Clinic", kind=JournalKind.PRACTICE)),
    ("case", Case("Ana and Ben")),
    ("case", Case("Uma and Vic", "Uma", "Vic")),
    ("way-in", WayIn(CaseId(b"c" * 16), JOURNAL, Path("/a/\udce9.kap"), HELD, 3)),
    ("way-in", WayIn(CaseId(b"c" * 16), JOURNAL, Path("ours.kap"))),
    ("kept", KEPT_NOTE),
    ("kept", replace(KEPT_NOTE, title="", tags=(), session=None, revised=None, files=(), body="")),
    ("kept", replace(KEPT_NOTE, typed_by=KeptScribe(ME, "Dr Lee"))),
    ("seen-notes", SeenNotes(CaseId(b"c" * 16))),
    ("measure", MeasureContent(ANSWERED, SAVED, SAVED)),
    ("measure", MeasureContent(replace(ANSWERED, measure="of-tomorrow", answers=(70,), pack=""), SAVED)),
    ("measure-request", MeasureRequest(ME, "phq9", BEN, DAY, "Before we meet.", SAVED)),
    ("measure-request", MeasureRequest(ME, "of-tomorrow", BEN, None, "", SAVED)),
    ("own-prompts", OwnPrompts()),
    ("own-prompts", OwnPrompts({"page": ("One thing.", "Two"), "of-tomorrow": ("Ω",)})),
    ("import", Import("day-one", "Journal.zip", SAVED, (DOCUMENT, DocumentId(b"e" * 16)))),
    ("import", Import("text", "Ω", SAVED, ())),
    ("talk-request", TalkRequest(ME, SAVED)),
    ("policy", Policy(SecretsPolicy.DISCRETION, dt.time(9, 30), ME, SAVED)),
    ("policy", Policy(None, dt.time(10), ME, SAVED)),
    ("policy", Policy(None, dt.time(10), ME, SAVED, dialogue_in_the_room=True)),
    ("safety-mark", MARK),
    ("bring", Brought(ME, "0b" * 10, "", DAY, SAVED)),
    ("bring", Brought(ME, "", "About trust.\nAnd time.", DAY, SAVED)),
    ("safety-mark", replace(MARK, contacts=())),
    (
        "seen-notes",
        SeenNotes(
            CaseId(b"c" * 16),
            {"0f" * 10: SeenNote(b"m" * 8, DAY), "1f" * 10: SeenNote(b"n" * 8, DAY, dt.date(2026, 3, 4))},
        ),
    ),
    *((kind.value, filled(kind)) for kind in RecordKind),
    ("contact", RecordContent(CaseId(b"c" * 16), RecordText(RecordKind.CONTACT, About.COUPLE, DAY), SAVED)),
    ("address-book", BOOK),
    ("address-book", AddressBook(CERTIFICATE, {})),
    ("keys", OwnKeys((bytes(32), b"m" * 32), (b"j" * 32,), BEN, b"r" * 32)),
    ("keys", OwnKeys((bytes(32),), (b"j" * 32,), ME)),
    (
        "keys",
        OwnKeys((bytes(32),), (b"j" * 32,), ME, will=SealedWill(b"w" * 32, Will("Kim", "", SAVED, DAY))),
    ),
    ("keys", OwnKeys((bytes(32),), (b"j" * 32,), ME, will=SealedWill(b"w" * 32, Will("K", "555", SAVED)))),
    ("keys", OwnKeys((bytes(32),), (b"j" * 32,), ME, will=SealedWill(b"", Will("", "", SAVED)))),
    ("earlier", EarlierVersion(KEPT, (EnvelopeId(b"e" * 16),), EnvelopeId(b"f" * 16), (BEN,))),
    ("earlier", EarlierVersion(KEPT._replace(proofs=PROOFS), (), EnvelopeId(b"f" * 16), ())),
    ("deleted", Deletion((EnvelopeId(b"e" * 16), EnvelopeId(b"f" * 16)), (BEN,))),
    ("deleted", Deletion((), ())),
    (
        "draft",
        Draft(DOCUMENT.hex(), "0b" * 10, NOTED, frozenset({BEN}), (3, 14), SAVED, (EnvelopeId(b"e" * 16),)),
    ),
    ("signature", CoSignature(SIGNED, Proof(ME, 1772442000007, b'{"as":"co-signer"}', b"s" * 64))),
    ("addendum", AddendumContent(SIGNED, AddendumKind.LATE_ENTRY, "Forgotten.", "More words.", b"6" * 32)),
    ("addendum", AddendumContent(SIGNED, AddendumKind.ADDENDUM, "", "")),
    ("draft", Draft(DOCUMENT.hex(), None, PLAIN, frozenset(), (0, 0), SAVED)),
    ("draft", Draft(DOCUMENT.hex(), None, PLAIN, frozenset(), (0, 0), SAVED, opens=DAY)),
    (
        "record-draft",
        RecordDraft(
            id=DOCUMENT.hex(),
            of="0b" * 10,
            case=CaseId(b"c" * 16),
            kind=RecordKind.PROGRESS,
            about=About.FIRST,
            date="tomorrow",
            session="third",
            layout="DAP",
            values=(("plan", "p "), ("text", "Two lines\nas typed ")),
            cursor=("text", 1, 8),
            saved=SAVED,
            replaces=(EnvelopeId(b"e" * 16),),
        ),
    ),
    ("record-draft", RecordDraft(DOCUMENT.hex(), None, CaseId(b"c" * 16), RecordKind.SAFETY, saved=SAVED)),
    (
        "measure-draft",
        MeasureDraft(
            *("phq9", BEN, (0, 1, None, 3, None, None, None, None, 1), "en 1 0123456789ab", "tomorrow"),
            place=9,
            readers=frozenset({ME}),
            changes="0b" * 10,
            replaces=(EnvelopeId(b"e" * 16),),
            id=DOCUMENT.hex(),
            saved=SAVED,
        ),
    ),
    (
        "waiting",
        NoteWaiting(DOCUMENT, Waiting((Hold(BEN, Until(SAVED)), Hold(ME, NextSession(SAVED))), SAVED, DAY)),
    ),
    ("waiting", NoteWaiting(DOCUMENT, Waiting((Hold(BEN, BothFirst(DOCUMENT, b"n" * 32)),)))),
    ("offer", Offer(ME, DOCUMENT, b"c" * 32, "", SAVED)),
    (
        "offer",
        Offer(
            *(ME, DOCUMENT, b"c" * 32, "Sunday", SAVED),
            *(Promise(DOCUMENT, b"d" * 32), Opening(DOCUMENT, b"n" * 32)),
        ),
    ),
    (
        "joint",
        Proposal(
            JointText(JointKind.PRACTICE, (("b", "x\ny"), ("a", "z")), DAY, DAY, for_therapists=True), SAVED
        ),
    ),
    ("joint", Proposal(JointText(JointKind.AGREEMENT, (("touch", "hands"),), DAY), SAVED)),
    ("write-up-work", WORK),
    ("write-up-work", WriteUpWork("0b" * 10, CaseId(b"c" * 16))),
    ("case-names", CaseNames(CaseId(b"c" * 16), "Ana, Annie\nplace: Leeds")),
    ("case-names", CaseNames(None)),
    ("departure", LEFT),
    ("departure", replace(LEFT, authorisation="", destroyed=DAY)),
    ("access-request", ASKED),
    ("access-request", replace(ASKED, about=About.COUPLE, answered=None, packs=())),
    ("access-request", replace(ASKED, withholding=(("0b" * 10, Ground.HARM), ("0c" * 10, Ground.DANGER)))),
    ("supervision-reply", Reply(CaseId(b"c" * 16), "0b" * 10, "Dr Roe", "Two lines\nas they came ", SAVED)),
    (
        "supervision-reply",
        Reply(
            *(CaseId(b"c" * 16), "0b" * 10, "Dr Roe", "", SAVED),
            (
                Act("I", "ask each alone", DAY, id="0c" * 8),
                Act("", "read", None, "It is read.", DAY, "0d" * 8),
            ),
        ),
    ),
    ("approval", Approval(ContentName(BEN, DOCUMENT, b"d" * 32), Response(ME, True, SAVED), JointKind.LOOP)),
    (
        "approval",
        Approval(ContentName(ME, DOCUMENT, b"d" * 32), Response(ME, False, SAVED, True), JointKind.CLOSING),
    ),
    ("narrowing", NarrowedWords(ContentName(BEN, DOCUMENT, b"d" * 32), Narrowing(ME, "less", SAVED))),
    (
        "joint",
        Proposal(
            JointText(
                JointKind.AUTHORISATION,
                (("recipient", "Dr Kern"), ("purpose", "supervision")),
                *(DAY, DAY),
                for_therapists=True,
            ),
            SAVED,
        ),
    ),
    ("page-consent", ConsentedWords(ContentName(ME, DOCUMENT, b"d" * 32), SAVED)),
    ("waiting", NoteWaiting(DOCUMENT, Waiting())),
    ("handed", HandedContent(BEN, DAY, SESSION, SAVED, RowId(b"p" * 16), b"t" * 32, b"k" * 1168)),
    ("handed", HandedContent(BEN, DAY, None, SAVED, RowId(b"p" * 16), b"t" * 32, b"k" * 1168)),
    ("measure-draft", MeasureDraft("of-tomorrow", ME, (70, None), id=DOCUMENT.hex(), saved=SAVED)),
    ("dialogue-draft", DialogueDraft(BEN, Step.MIRROR, True, True, None, DOCUMENT.hex(), SAVED)),
    (
        "reply-draft",
        ReplyDraft(
            *(CaseId(b"c" * 16), "0b" * 10, "Dr Roe", "Two lines\nas they came ", "I; ask each\nnonsense"),
            *(DOCUMENT.hex(), SAVED),
        ),
    ),
    ("dialogue-draft", DialogueDraft(ME, at=SAVED, id=DOCUMENT.hex(), saved=SAVED)),
    ("check-in", CHECK_IN),
    ("check-in", CheckIn(DAY, SAVED, line="The lake.")),
    ("after-effects", CARD),
    ("after-effects", AfterEffects(DAY, SAVED, answers=(("of-tomorrow", True),))),
    ("check-in-draft", SelfReportDraft(CHECK_IN, frozenset({ME}), DOCUMENT.hex(), SAVED)),
    ("check-in-draft", SelfReportDraft(CheckIn(DAY, SAVED), None, DOCUMENT.hex(), SAVED)),
    ("after-effects-draft", SelfReportDraft(CARD, None, DOCUMENT.hex(), SAVED)),
]


def words_of(said: Any) -> str:
    """What of it stands outside the data."""
    if isinstance(said, RecordContent):
        return said.text.fields.get("text", "")
    if isinstance(said, RecordDraft):
        return said.fields.get("text", "")
    said = said.said if isinstance(said, SelfReportDraft) else said
    if isinstance(said, CheckIn):
        return said.line
    if isinstance(said, NarrowedWords):
        return said.narrowing.line
    if isinstance(said, NoteContent | Draft):
        return said.text.body
    return getattr(said, "body", getattr(said, "words", ""))


def test_every_type_of_document_is_said_below() -> None:
    assert {type_ for type_, _ in SAID} == set(SPECS)


@pytest.mark.parametrize(("type_", "said"), SAID)
def test_every_type_goes_there_and_back(type_: str, said: Any) -> None:
    spec = SPECS[type_]
    read = spec.decode(version_of(spec.encode(said, None), type_))
    if isinstance(said, Session):
        assert read.id == document_name(ME, DOCUMENT)
        read = Session("", *(getattr(read, name) for name in Session.__slots__[1:]))
    assert read == said


@pytest.mark.parametrize(("type_", "said"), SAID)
def test_every_type_keeps_what_a_newer_program_wrote_beside(type_: str, said: Any) -> None:
    spec = SPECS[type_]
    fields = from_json(spec.encode(said, None).data)
    newer = {"zz-new": [1, {"deep": None}], **fields, "aa-new": "words"}
    before = version_of(Content(to_json(newer), words_of(said)), type_)
    read = spec.decode(before)
    again = spec.encode(read, before)
    assert from_json(again.data) == newer
    assert list(from_json(again.data)) == list(newer) == ["zz-new", *fields, "aa-new"]


def test_a_record_keeps_what_a_newer_form_has() -> None:
    """A field that is no text is neither shown nor dropped, one of this program's that was emptied goes."""
    spec = SPECS["contact"]
    fields = from_json(spec.encode(filled(RecordKind.CONTACT), None).data)
    newer = {**fields, "fields": {"grid": [["09:00", 120]], "plan": "p", "kept": "k"}}
    before = version_of(Content(to_json(newer), "t"), "contact")
    read = spec.decode(before)
    assert read.text.fields == {"kept": "k", "plan": "p", "text": "t"}
    changed = read._replace(text=replace(read.text, values=(("kept", "k"),)))
    again = spec.encode(changed, before)
    assert from_json(again.data)["fields"] == {"grid": [["09:00", 120]], "kept": "k"} and again.text == ""


_LATER = (
    "typed_by",
    "partners",
    "taken_over",
    "closed",
    "heard_keeper",
    "dosing",
    "will",
    "dialogue_in_the_room",
    "withholding",
)


@pytest.mark.parametrize(("type_", "said"), SAID)
def test_what_lacks_a_field_is_not_of_its_form(type_: str, said: Any) -> None:
    """Only the journal info says less and less; a couple may be of a time that named no partners; an address
    book may have taken nothing over, closed no channel, and be of a time that announced nobody; a session
    may not say who doses, keys have no will, and a draft no day on which it opens; a policy
    may not say where dialogue is kept, and a request not what is to be withheld."""
    spec = SPECS[type_]
    fields = from_json(spec.encode(said, None).data)
    for missing in fields:
        left = {key: value for key, value in fields.items() if key != missing}
        for odd in (
            left,
            {**left, missing: 2.0},
            {**left, missing: {"an": "object"}},
            {**left, missing: True},
        ):
            version = version_of(Content(to_json(odd)), type_)
            try:
                read = spec.decode(version)
            except (NotGenuine, LookupError, TypeError, ValueError, AttributeError):
                continue
            may_lack = type_ == "journal-info" or missing in _LATER or (type_, missing) == ("draft", "opens")
            assert may_lack or odd is not left, (missing, odd)
            assert type(read) is type(said)


@pytest.mark.parametrize(
    "data", [b"", b"no json", b"[]", b"{}", b'{"title":1,"title":2}', b'{"title":"Ours","revoked":["zz"]}']
)
def test_a_journal_info_that_is_not_of_its_form_stops_nobody(data: bytes) -> None:
    """Everybody's program reads it before anything else is shown."""
    version = version_of(Content(data), "journal-info")
    assert SPECS["journal-info"].decode(version) == JournalInfo()


@pytest.mark.parametrize("tag", ["t" * (MAX_TAG + 1), "t" * 3_000_000, "two\nlines", 5])
def test_a_tag_that_no_program_writes_is_not_genuine(tag: object) -> None:
    data = text_to_data(NOTED)
    assert text_from_data({**data, "tags": ["t" * MAX_TAG]}, "").tags == ("t" * MAX_TAG,)
    with pytest.raises(NotGenuine):
        text_from_data({**data, "tags": [tag]}, "")


def test_a_pin_keeps_what_a_newer_program_noted() -> None:
    assert Pin.from_fields(PIN.fields()) == PIN
    assert PIN.fields()["nickname"] == "B" and Pin.from_fields(PIN.fields()).unknown == PIN.unknown
    usurped = Pin("Ben", Role.PARTNER, "Ben", GRANT.key, unknown={"label": "Eve", "verified": True})
    assert (usurped.fields()["label"], usurped.fields()["verified"]) == ("Ben", False)


def test_a_pin_of_before_new_keys_were_noted_is_read() -> None:
    fields = PIN.fields()
    del fields["was_verified"], fields["renewed"], fields["refuted"]
    assert Pin.from_fields(fields) == replace(PIN, was_verified=False, renewed=None, refuted=frozenset())


# --- the version before -------------------------------------------------------------------------------


@given(
    objects, words, st.sampled_from(["note", "of-tomorrow", "session"]), st.integers(0, 255), st.booleans()
)
def test_the_version_before_is_kept_to_the_byte(
    fields: dict[str, Any], text: str, type_: str, form: int, proved: bool
) -> None:
    data = to_json(fields).replace(b":", b": ")
    version = KEPT._replace(
        data=data, text=text, type=type_, form=form, proofs=PROOFS if proved else (), readers=(BEN, ME)
    )
    kept = EarlierVersion(version, (EnvelopeId(b"e" * 16),), EnvelopeId(b"f" * 16), (BEN,))
    content = EARLIER.encode(kept, None)
    read = EARLIER.decode(version_of(content, "earlier"))
    assert read == kept
    assert read.version.digest(JOURNAL) == version.digest(JOURNAL), "what was signed of it still holds"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("replaced", ["e" * 31]),
        ("replaced", ["E" * 32]),
        ("replaced", 7),
        ("by", ""),
        ("by", None),
        ("notified", ["62" * 31]),
        ("readers", "62" * 32),
        ("form", "one"),
        ("data", 7),
        ("proofs", "01"),
        ("proofs", ""),
        ("proofs", "02" + "00" * 120),
        ("proofs", "zz"),
    ],
)
def test_a_version_before_that_is_not_of_its_form_is_refused(field: str, value: object) -> None:
    kept = EarlierVersion(KEPT, (), EnvelopeId(b"f" * 16), ())
    fields = from_json(EARLIER.encode(kept, None).data)
    with pytest.raises(NotGenuine):
        EARLIER.decode(version_of(Content(to_json({**fields, field: value})), "earlier"))


def test_words_of_a_note_stand_in_its_text_and_nowhere_in_its_data() -> None:
    content = NOTE.encode(NoteContent(NOTED, SAVED), None)
    assert content.text == NOTED.body and b"Words" not in content.data
