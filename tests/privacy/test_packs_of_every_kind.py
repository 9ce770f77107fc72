"""Every kind there is has its row, and is in the packs that the row says and in no other: kinds of document,
of page, of what two approve, and every field of every form. The kinds are those of the program: a new one
fails here until it has a row.
"""

import re
from collections.abc import Mapping
from itertools import count, product

import pytest

from kapjournal.content.forms import all_forms, form_for
from kapjournal.content.joint import form_of
from kapjournal.domain.forms import About, FieldKind, FormField, RecordKind, Subject
from kapjournal.domain.joint import JointKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import NoteKind, kinds_of
from kapjournal.domain.packs import KINDS, Kind, Source
from kapjournal.domain.records import SessionNamed
from kapjournal.domain.supervision import QUESTION
from kapjournal.journal import NewNote, NewRecord
from kapjournal.journal.documents.version import DocumentType
from tests.domain.test_packs import TABLE as FATES
from tests.privacy.everybody import ANA, LEE, Everybody
from tests.privacy.test_packs import BOTH, PACKS, here, packs_of
from tests.privacy.writers import approved

__all__ = ["here"]

PART, NO_RECORD, OF_THE_FILE = (
    "part of a record",
    "work that is not finished",
    "nothing anybody wrote to the clinic",
)

DOCUMENTS: Mapping[DocumentType, tuple[Kind, ...] | str] = {
    DocumentType.INTAKE: (RecordKind.INTAKE, Source.PART),
    DocumentType.PREPARATION: (RecordKind.PREPARATION, Source.PART),
    DocumentType.COUPLE: (RecordKind.COUPLE, Source.PART),
    DocumentType.PROGRESS: (RecordKind.PROGRESS, Source.PART),
    DocumentType.CONTACT: (RecordKind.CONTACT, Source.PART),
    DocumentType.CLOSING: (RecordKind.CLOSING, Source.PART),
    DocumentType.PLAN: (RecordKind.PLAN, Source.PART),
    DocumentType.CONSENT: (RecordKind.CONSENT, Source.PART),
    DocumentType.READY: (RecordKind.READY,),
    DocumentType.DOSING: (RecordKind.DOSING,),
    DocumentType.PROCESS: (RecordKind.PROCESS,),
    DocumentType.SAFETY: (RecordKind.SAFETY,),
    DocumentType.SUPERVISION: (RecordKind.SUPERVISION,),
    DocumentType.NOTE: (Source.PAGE, Source.OBSERVATION),
    DocumentType.KEPT: (Source.KEPT,),
    DocumentType.MEASURE: (Source.MEASURE,),
    DocumentType.CHECK_IN: (Source.CHECK_IN,),
    DocumentType.AFTER_EFFECTS: (Source.AFTER_EFFECTS,),
    DocumentType.JOINT: (Source.TOGETHER,),
    DocumentType.APPROVAL: PART,
    DocumentType.NARROWING: PART,
    DocumentType.SIGNATURE: PART,
    DocumentType.ADDENDUM: PART,
    DocumentType.DRAFT: NO_RECORD,
    DocumentType.RECORD_DRAFT: NO_RECORD,
    DocumentType.MEASURE_DRAFT: NO_RECORD,
    DocumentType.CHECK_IN_DRAFT: NO_RECORD,
    DocumentType.AFTER_EFFECTS_DRAFT: NO_RECORD,
    DocumentType.DIALOGUE_DRAFT: NO_RECORD,
    DocumentType.REPLY_DRAFT: NO_RECORD,
    DocumentType.HANDED: NO_RECORD,
    DocumentType.WRITE_UP_WORK: NO_RECORD,
    DocumentType.BRING: NO_RECORD,
    DocumentType.TALK_REQUEST: NO_RECORD,
    DocumentType.MEASURE_REQUEST: NO_RECORD,
    DocumentType.OFFER: NO_RECORD,
    DocumentType.WAITING: NO_RECORD,
    DocumentType.OWN_PROMPTS: NO_RECORD,
    DocumentType.SUPERVISION_REPLY: NO_RECORD,
    DocumentType.CASE_NAMES: NO_RECORD,
    DocumentType.SESSION: OF_THE_FILE,
    DocumentType.POLICY: OF_THE_FILE,
    DocumentType.PAGE_CONSENT: OF_THE_FILE,
    DocumentType.JOURNAL_INFO: OF_THE_FILE,
    DocumentType.ADDRESS_BOOK: OF_THE_FILE,
    DocumentType.KEYS: OF_THE_FILE,
    DocumentType.EARLIER: OF_THE_FILE,
    DocumentType.DELETED: OF_THE_FILE,
    DocumentType.CASE: OF_THE_FILE,
    DocumentType.WAY_IN: OF_THE_FILE,
    DocumentType.SEEN_NOTES: OF_THE_FILE,
    DocumentType.SAFETY_MARK: NO_RECORD,
    DocumentType.IMPORT: OF_THE_FILE,
    DocumentType.DEPARTURE: NO_RECORD,
    DocumentType.ACCESS_REQUEST: NO_RECORD,
}
"""As which kinds a document can stand in a pack, or why none of its type does."""

PAGES: Mapping[NoteKind, tuple[str, set[str]]] = {
    NoteKind.CAPTURE: (ANA, {ANA}),
    NoteKind.REFLECT: (ANA, {ANA}),
    NoteKind.WEAVE: (ANA, {ANA}),
    NoteKind.CYCLE: (ANA, {ANA}),
    NoteKind.WITNESS: (ANA, {ANA}),
    NoteKind.APPRECIATION: (ANA, {ANA}),
    NoteKind.GRATITUDE: (ANA, {ANA}),
    NoteKind.BODY: (ANA, {ANA}),
    NoteKind.VALUES: (ANA, {ANA}),
    NoteKind.PARTS: (ANA, {ANA}),
    NoteKind.INTENTION: (ANA, {ANA}),
    NoteKind.PRACTICE: (ANA, {ANA}),
    NoteKind.DECISION: (ANA, {ANA}),
    NoteKind.LETTER: (ANA, {ANA}),
    NoteKind.DIALOGUE: (ANA, {ANA}),
    NoteKind.PAGE: (ANA, {ANA}),
    NoteKind.OBSERVATION: (LEE, {BOTH}),
}
"""Who writes a page of a kind, for all three to read, and in which packs it is."""

AGREED: Mapping[JointKind, set[str]] = {
    JointKind.AGREEMENT: {BOTH},
    JointKind.DIALOGUE: {BOTH},
    JointKind.LOOP: {BOTH},
    JointKind.PRACTICE: {BOTH},
    JointKind.CLOSING: {BOTH},
    JointKind.AUTHORISATION: {BOTH},
}
"""In which packs is what both approved and a therapist may read."""
_READ_BY_THERAPISTS = {JointKind.AGREEMENT, JointKind.AUTHORISATION}
"""What a therapist reads anyway."""

_PARTNERS = [About.FIRST, About.SECOND]
_WHOSE = {Subject.COUPLE: [About.COUPLE], Subject.PARTNER: _PARTNERS, Subject.EITHER: [*About]}
FORMS = [(form.kind, about) for form in all_forms() for about in _WHOSE[form.about]]

_SAID: Mapping[FieldKind, str] = {
    FieldKind.DATE: "2026-03-05",
    FieldKind.TIME: "10:05",
    FieldKind.YES_NO: "yes",
}
_NEVER = {RecordKind.PROCESS, RecordKind.SAFETY, RecordKind.SUPERVISION}
_FOR_NEITHER = re.compile("^(Partner violence|Risk|Measures)")
"""Headings of fields of a record about both that are for neither, and not for the two."""


def test_every_type_of_document_has_a_row_and_every_kind_comes_from_one() -> None:
    assert set(DOCUMENTS) == set(DocumentType)
    kinds = {kind for row in DOCUMENTS.values() if not isinstance(row, str) for kind in row}
    assert kinds == set(KINDS)


def test_the_forms_are_about_whom_the_table_says() -> None:
    assert {kind for kind, _ in FORMS} == set(RecordKind)
    for kind in set(RecordKind) - _NEVER:
        assert {about for one, about in FORMS if one is kind} == set(FATES[kind])


def test_every_kind_of_page_and_of_what_two_approve_has_a_row() -> None:
    assert set(PAGES) == set(NoteKind) == {one for role in Role for one in kinds_of(role)}
    assert set(AGREED) == set(JointKind)


# --- pages ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_pages(here: Everybody) -> Mapping[str, str]:
    """The packs once there is a page of every kind, read by all three."""
    for kind, (author, _) in PAGES.items():
        new = NewNote(f"The word is {canary(kind)}.", kind=kind, share="all")
        here.in_the_journal(author).notes.add(new)
    here.look()
    return packs_of(here)


@pytest.mark.parametrize("kind", list(NoteKind))
def test_in_which_packs_a_page_is(kind: NoteKind, with_pages: Mapping[str, str]) -> None:
    assert {whose for whose in PACKS if canary(kind) in with_pages[whose]} == PAGES[kind][1]


# --- what two approve -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_agreed(here: Everybody) -> Mapping[str, str]:
    """The packs once something of every kind was approved, for therapists to read and not."""
    for kind, shown in product(JointKind, (True, False)):
        approved(kind, shown)(here, canary(f"{kind}{shown}"))
        here.look()
    return packs_of(here)


@pytest.mark.parametrize("kind", list(JointKind))
def test_in_which_packs_is_what_both_approved(kind: JointKind, with_agreed: Mapping[str, str]) -> None:
    """The last of a kind too that took the place of another; what no therapist may read is in none."""
    for shown in (True, False):
        wanted = AGREED[kind] if shown or kind in _READ_BY_THERAPISTS else set()
        word = canary(f"{kind}{shown}")
        assert {whose for whose in PACKS if word in with_agreed[whose]} == wanted
    assert form_of(kind).title in with_agreed[BOTH]


# --- forms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "about"), FORMS, ids=str)
def test_in_which_packs_each_field_of_a_form_is(here: Everybody, kind: RecordKind, about: About) -> None:
    """By the words above it: what a form asks of one partner is in the pack of that one, of a record about
    both what it asks of both in the joint pack, and nothing that was asked of each alone in any."""
    fields = {one.id: said(one) for one in form_for(kind).fields}
    record = here.lee.records.add(NewRecord(kind, here.couple, fields, about, session=SessionNamed(41)))
    theirs, made = here.in_the_journal(LEE), packs_of(here)
    for whose, pack in PACKS.items():
        gathered = here.lee.packs.gather(here.couple, pack, "Dr Kern" if whose == BOTH else "", theirs)
        found = {field for item in gathered.items if item.id == record.id for field in item.fields}
        wanted = {one.id for one in form_for(kind).fields if is_in(one, kind, about, pack)}
        assert found == wanted, whose
        for one in form_for(kind).fields:
            if one.kind in (FieldKind.TEXT, FieldKind.LINE, FieldKind.LINES):
                assert (fields[one.id] in made[whose]) is (one.id in wanted), (whose, one.id)


def is_in(field: FormField, kind: RecordKind, about: About, pack: About) -> bool:
    """Whether a field of a record is in a pack, by its heading and by the table of kinds."""
    if kind in _NEVER:
        return False
    fate = FATES[kind][about][[*PACKS.values()].index(pack)]
    asked = next((one for one in _PARTNERS if f"{one.value} partner" in field.heading), None)
    if about is not About.COUPLE:
        return fate is None and asked in (None, pack)
    if _FOR_NEITHER.match(field.heading):
        return False
    return (asked or About.COUPLE) is pack


def said(field: FormField) -> str:
    """Something that a field can hold, and no other does where it holds words."""
    if field.choices:
        return field.choices[0]
    asks = "?" if field.id == QUESTION else ""
    return _SAID.get(field.kind) or canary(f"{field.id}{next(_numbers)}") + asks


_numbers = count()


def canary(name: str) -> str:
    """A word that nothing else holds."""
    return "zq" + re.sub("[^a-z0-9]", "", name.lower()) + "qz"
