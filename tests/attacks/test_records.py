"""The clinical record: what a colleague's, a partner's and a stranger's programs get of it, and into it."""

import datetime as dt
from dataclasses import replace

import pytest

from kapjournal.domain.dosing import MAX_ROWS, Row
from kapjournal.domain.forms import OF_ONE_PARTNER, About, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.members import Role
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import MAX_FIELDS, RecordText, SessionNamed
from kapjournal.errors import NotFound, Refused
from kapjournal.journal import Journal, NewRecord
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.record import RecordContent
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from kapjournal.presentation.dosing import row_in_words
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.internals import finding_sentences, vault_of
from tests.journal.practices import NEEDED, Practice

DAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
SECRET = "the sister knows of the separation"
ROW = Row("ab" * 8, "line", dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC), (("words", SECRET),))
DAWN_NOWHERE = dt.datetime(2026, 3, 2, 6)
FIELDS_WITHOUT_END = tuple((f"f{number:06}", "x") for number in range(MAX_FIELDS + 1))
TOO_MANY = tuple(replace(ROW, id=f"{number:016x}", values=()) for number in range(MAX_ROWS + 1))


def about_of(kind: str) -> About | None:
    """A partner where the form needs one."""
    return About.FIRST if kind in OF_ONE_PARTNER else None


def sent(sender: Journal, readers: list[MemberId], text: RecordText) -> DocumentVersion:
    """A record as a program writes it that checks nothing."""
    content = registry.RECORDS[text.kind].encode(RecordContent(CaseId(b"c" * 16), text, NOW), None)
    me = sender.me.id
    return DocumentVersion(
        new_document_id(), text.kind, me, tuple(sorted((me, *readers))), NOW, content.data, content.text
    )


def forged(practice: Practice, sender: Journal, text: RecordText) -> None:
    """Send it to Dr Lee."""
    attacked, readers = AttackedJournal(practice.folder, practice.path), [practice.lee.me.id]
    forge(attacked, sender, [sender.me.id, *readers], sent(sender, readers, text))
    practice.look()


@pytest.mark.parametrize(
    ("kind", "field"), [("intake", "referral"), ("progress", "plan"), ("process", "text"), ("safety", "text")]
)
def test_the_raw_file_shows_nothing(practice: Practice, kind: str, field: str) -> None:
    case = practice.couple("Ana and Ben")
    practice.lee.records.add(NewRecord(RecordKind(kind), case, {field: SECRET}, about_of(kind), DAY))
    practice.lee.close()
    raw = practice.path.read_bytes()
    for word in (SECRET.encode(), b"Ana", case, f'"{kind}"'.encode(), field.encode() + b'"', b"2026-03-02"):
        assert word not in raw and word.hex().encode() not in raw


def test_the_raw_file_shows_nothing_of_a_row(practice: Practice) -> None:
    case = practice.couple("Ana and Ben")
    draft = replace(page(RecordKind.DOSING, case), rows=(ROW,))
    practice.lee.record_drafts.save(draft)
    practice.lee.dosing.put(case, About.SECOND, SessionNamed(3, DAY), [ROW])
    practice.lee.close()
    raw = practice.path.read_bytes()
    for word in (SECRET.encode(), case, b"dosing", b'"rows"', b'"line"', ROW.id.encode(), b"2026-03-02T10"):
        assert word not in raw and word.hex().encode() not in raw


def test_a_row_of_a_newer_program_is_shown_and_kept(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    newer = replace(ROW, kind="infusion", values=(("rate", "3"), ("words", "x")))
    forged(practice, kim, RecordText(RecordKind.DOSING, About.FIRST, DAY, rows=(newer,)))
    [record] = practice.lee.records.all()
    assert record.text.rows == (newer,) and row_in_words(newer) == "rate 3: x"


def test_a_colleague_gets_nothing_that_was_not_shared_with_them(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    for kind in RecordKind:
        fields, session = NEEDED.get(kind, {}), SessionNamed(1)
        new = NewRecord(kind, practice.couple(), fields, about_of(kind), session=session)
        written = practice.lee.records.add(new)
        practice.look()
        with pytest.raises(NotFound):
            kim.records.get(written.id)
    assert kim.records.all() == [] == kim.notes.all()
    types = {stored.version.type for stored in vault_of(kim).envelopes.current.values()}
    assert types.isdisjoint(RecordKind)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PRACTICE_MANAGER, Role.PRESCRIBER])
def test_a_record_of_a_role_that_writes_none_does_not_count(practice: Practice, role: Role) -> None:
    kim = practice.joins("Kim", role)
    forged(practice, kim, RecordText(RecordKind.PROGRESS, About.COUPLE, DAY, (("plan", "x"),)))
    assert practice.lee.records.all() == []
    kim.refresh()
    assert kim.records.all() == []


@pytest.mark.parametrize(
    "text",
    [
        RecordText(RecordKind.PROCESS, About.COUPLE, DAY, (("dose", "80 mg"), ("text", "x"))),
        RecordText(RecordKind.PROCESS, About.COUPLE, DAY, (("text", "x"),), layout="SOAP"),
        RecordText(RecordKind.SAFETY, About.COUPLE, DAY, (("text", "x"),)),
        RecordText(RecordKind.CONTACT, About.COUPLE, DAY, (("with-whom", "\x1b[2J"),)),
        RecordText(RecordKind.PROGRESS, About.COUPLE, DAY, FIELDS_WITHOUT_END),
        RecordText(RecordKind.DOSING, About.COUPLE, DAY),
        RecordText(RecordKind.READY, About.COUPLE, DAY),
        RecordText(RecordKind.PROCESS, About.COUPLE, DAY, (("text", "x"),), rows=(ROW,)),
        RecordText(RecordKind.DOSING, About.FIRST, DAY, rows=(ROW, ROW)),
        RecordText(RecordKind.DOSING, About.FIRST, DAY, rows=(replace(ROW, id="../../x"),)),
        RecordText(RecordKind.DOSING, About.FIRST, DAY, rows=(replace(ROW, kind="a\nb"),)),
        RecordText(RecordKind.DOSING, About.FIRST, DAY, rows=(replace(ROW, values=(("words", "\x1b[2J"),)),)),
        RecordText(RecordKind.DOSING, About.FIRST, DAY, rows=(replace(ROW, at=DAWN_NOWHERE),)),
        RecordText(RecordKind.DOSING, About.FIRST, DAY, rows=TOO_MANY),
    ],
    ids=[
        *("a dose in a process note", "a layout in one", "the safety of a couple", "an escape"),
        "fields without end",
        *("the dosing of a couple", "a couple's ready card", "rows in a process note", "a row twice"),
        *("an id that is none", "a kind of two lines", "an escape in a row", "a moment without a zone"),
        "rows without end",
    ],
)
def test_what_a_record_never_holds_is_not_shown(practice: Practice, text: RecordText) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    forged(practice, kim, text)
    assert practice.lee.records.all() == []
    assert any("Kim" in sentence for sentence in finding_sentences(practice.lee))
    good = RecordText(RecordKind.CONTACT, About.COUPLE, DAY, (("text", "x"),))
    forged(practice, kim, good)
    assert [record.text for record in practice.lee.records.all()] == [good], "the control"


def test_a_partners_program_cannot_make_a_record_count(attacked: AttackedJournal) -> None:
    """In a couple's journal a record counts from nobody, and is in nobody's way."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        for kind in RecordKind:
            fields = (("text", "x"),) if kind is RecordKind.PROCESS else (("plan", "x"), ("text", "x"))
            text = RecordText(kind, About.FIRST, DAY, fields)
            forge(attacked, ana, [ana.me.id, lee.me.id], sent(ana, [lee.me.id], text))
        for journal in (lee, ana):
            journal.refresh()
            assert journal.notes.all() == [] == journal.search("x")
            with pytest.raises(Refused, match="kept in a practice"):
                journal.records.all()
            assert list(vault_of(journal).records.all()) == []
            assert journal.check().is_clean and journal.check().notes == 0


# pages on the way


NO_COUPLE = CaseId(b"c" * 16)


def page(kind: RecordKind = RecordKind.PROGRESS, case: CaseId = NO_COUPLE) -> RecordDraft:
    field = "text" if kind is RecordKind.PROCESS else "plan"
    return RecordDraft("", None, case, kind, about_of(kind), "2026-03-02", values=((field, SECRET),))


def test_the_raw_file_shows_nothing_of_a_page_on_the_way(practice: Practice) -> None:
    case = practice.couple("Ana and Ben")
    for kind in (RecordKind.PROGRESS, RecordKind.PROCESS):
        practice.lee.record_drafts.save(page(kind, case))
    practice.lee.close()
    raw = practice.path.read_bytes()
    for word in (SECRET.encode(), case, b"record-draft", b'"progress"', b"2026-03-02"):
        assert word not in raw and word.hex().encode() not in raw


def test_a_colleagues_program_can_neither_read_nor_send_a_page(practice: Practice) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    saved = practice.lee.record_drafts.save(page(case=practice.couple()))
    practice.look()
    assert kim.record_drafts.all() == []
    assert vault_of(kim).envelopes.drafts == {}
    content = registry.RECORD_DRAFT.encode(page(), None)
    readers = tuple(sorted((kim.me.id, practice.lee.me.id)))
    sent = DocumentVersion(
        new_document_id(), "record-draft", kim.me.id, readers, NOW, content.data, content.text
    )
    attacked = AttackedJournal(practice.folder, practice.path)
    forge(attacked, kim, [kim.me.id, practice.lee.me.id], sent)
    practice.look()
    assert practice.lee.record_drafts.all() == [saved] and practice.lee.records.all() == []
    assert any("Kim" in sentence for sentence in finding_sentences(practice.lee))


def test_in_a_couples_journal_a_page_of_another_program_is_in_nobodys_way(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        with vault_of(ana).unit_of_work() as unit:
            unit.put_draft(new_document_id(), "record-draft", registry.RECORD_DRAFT.encode(page(), None), ())
        assert ana.drafts.all() == [] == ana.notes.all() and ana.findings == ()
        with pytest.raises(Refused, match="kept in a practice"):
            ana.record_drafts.all()
