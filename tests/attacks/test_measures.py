"""Measures: what a partner's and a stranger's programs get of them, and into them."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.answered_measures import (
    Contact,
    MeasureRequest,
    MeasureText,
    Met,
    SafetyMark,
)
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.errors import NotFound
from kapjournal.journal import FLOOR, AnswersChange, Journal, NewAnswers
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.measure import MeasureContent, mark_document
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from kapjournal.presentation import answered_measures as saying
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.content.invented_packs import lay_packs
from tests.internals import finding_sentences, vault_of

DAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
PACK = "en 1 0123456789ab"
MARKED = (0, 0, 0, 0, 0, 0, 0, 0, 3)


@pytest.fixture(autouse=True)
def words(own_places: Path) -> None:
    lay_packs("phq9", "csi4")


def sent(
    attacked: AttackedJournal, sender: Journal, readers: list[Journal], type_: str, content: Content
) -> DocumentId:
    """Seal a document as a program does that knows no rules."""
    ids = [sender.me.id, *(one.me.id for one in readers)]
    document = new_document_id()
    version = DocumentVersion(
        document, type_, sender.me.id, tuple(sorted(ids)), NOW, content.data, content.text
    )
    forge(attacked, sender, ids, version)
    for journal in (sender, *readers):
        journal.refresh()
    return document


def answers(of: Journal | MemberId, *values: int | None, pack: str = PACK, measure: str = "phq9") -> Content:
    who = of.me.id if isinstance(of, Journal) else of
    text = MeasureText(measure, who, DAY, values or MARKED, pack)
    return registry.MEASURE.encode(MeasureContent(text, NOW), None)


def test_the_raw_file_shows_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        found = ana.measures.answer(NewAnswers("phq9", MARKED, DAY, "Lee"))
        lee.refresh()
        lee.measures.request("phq9", "Ana", DAY, "before the hallway")
        [mark] = lee.measures.marks()
        lee.measures.contact(mark.id, NOW, "by telephone", "the sister is with her")
        mine = ana.me.id
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    said = (b"phq9", b"safety-mark", b"measure-request", b"2026-03-02", b"hallway", b"telephone", b"sister")
    for word in (*said, b'"answers"', found.id.encode(), mine.hex().encode()):
        assert word not in raw


def test_what_one_partners_program_seals_to_the_other_is_not_shown_there(attacked: AttackedJournal) -> None:
    """Even if she means to: nobody is to be asked for it at home."""
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        sent(attacked, ana, [ben, lee], "measure", answers(ana))
        assert ben.measures.all() == [] == ben.measures.marks() and ben.check().is_clean
        [mine], [hers] = ana.measures.all(), lee.measures.all()
        assert mine.id == hers.id and lee.measures.marks()[0].is_open, "it is hers all the same"
        with pytest.raises(NotFound):
            ben.measures.get(mine.id)


def test_what_a_partners_program_seals_about_the_other_counts_nowhere(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        for pack in (PACK, ""):
            sent(attacked, ben, [ana, lee], "measure", answers(ana, pack=pack))
            sent(attacked, ben, [ana, lee], "measure", answers(lee, pack=pack))
            sent(attacked, ben, [ana, lee], "measure", answers(MemberId(b"x" * 32), pack=pack))
        for journal in (lee, ana, ben):
            assert journal.measures.all() == [] == journal.measures.marks()
            assert journal.check().is_clean


def test_a_partners_own_without_official_words_does_not_count(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        sent(attacked, ana, [lee], "measure", answers(ana, pack=""))
        assert lee.measures.all() == [] == ana.measures.all()
        sent(attacked, ana, [lee], "measure", answers(ana))
        assert len(lee.measures.all()) == 1, "the control"


def test_what_a_therapists_program_seals_to_the_other_partner_is_not_shown(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        sent(attacked, lee, [ana, ben], "measure", answers(ana, pack=""))
        assert ben.measures.all() == [] and len(ana.measures.all()) == 1
        request = MeasureRequest(lee.me.id, "phq9", ana.me.id, DAY, "about Ben", NOW)
        sent(attacked, lee, [ana, ben], "measure-request", registry.MEASURE_REQUEST.encode(request, None))
        assert ben.measures.requests() == [] and len(ana.measures.requests()) == 1
        sent(attacked, lee, [ana], "measure", answers(ana))
        assert len(ana.measures.all()) == 1, "nor as if she had answered on a screen"


def test_a_partners_request_asks_nobody(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        for of in (ana, ben):
            request = MeasureRequest(ben.me.id, "phq9", of.me.id, DAY, "do it", NOW)
            sent(attacked, ben, [ana], "measure-request", registry.MEASURE_REQUEST.encode(request, None))
        assert ana.measures.requests() == []


def test_nobody_sends_a_therapist_a_mark_or_closes_one(attacked: AttackedJournal) -> None:
    """A partner could otherwise write the contact line that makes a mark go."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        found = ana.measures.answer(NewAnswers("phq9", MARKED, DAY, "Lee"))
        lee.refresh()
        [mark] = lee.measures.marks()
        late = dt.datetime(2199, 1, 1, tzinfo=dt.UTC)
        closed = replace(
            mark, contacts=(Contact(late, "by phone", "all well", late, (mark.met[0].answers_digest,)),)
        )
        sent(attacked, ana, [lee], "safety-mark", registry.SAFETY_MARK.encode(closed, None))
        other = SafetyMark("ab" * 10, ana.me.id, ana.me.id, "phq9", DAY, 9, 1, (Met(NOW, 3, bytes(8)),))
        sent(attacked, ana, [lee], "safety-mark", registry.SAFETY_MARK.encode(other, None))
        assert lee.measures.marks() == [mark] and mark.is_open
        assert any("Ana" in sentence for sentence in finding_sentences(lee)), "and it is told"
        assert mark_document(ana.me.id, DocumentId(bytes(16))) != mark_document(
            lee.me.id, DocumentId(bytes(16))
        )
        assert found.id == mark.answers


@pytest.mark.parametrize(
    "change",
    [
        {"answers": [0] * 8},
        {"answers": [0] * 10},
        {"answers": [4] + [0] * 8},
        {"answers": [True] + [0] * 8},
        {"answers": [-1] + [0] * 8},
        {"answers": []},
        {"answers": "000000000"},
        {"answers": [10**6] * 9, "measure": "of-tomorrow"},
        {"answers": [0] * 101, "measure": "of-tomorrow"},
        {"measure": "PHQ-9"},
        {"measure": "../phq9"},
        {"measure": 9},
        {"pack": None},
        {"pack": "a\nb"},
        {"pack": "\x1b[2J"},
        {"pack": "x" * 201},
        {"of": "Ana"},
        {"date": "tomorrow"},
        {"written": "1969-12-31T23:59:59.000Z"},
    ],
    ids=str,
)
def test_answers_that_are_not_of_their_form_are_not_shown(
    attacked: AttackedJournal, change: dict[str, object]
) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        good = answers(ana)
        sent(attacked, ana, [lee], "measure", Content.of({**fields_of(good), **change}))
        assert lee.measures.all() == [] == lee.measures.marks()
        assert any("Ana" in sentence for sentence in finding_sentences(lee))
        sent(attacked, ana, [lee], "measure", good)
        assert len(lee.measures.all()) == 1, "the control"


def fields_of(content: Content) -> dict[str, object]:
    empty = DocumentVersion(DocumentId(bytes(16)), "measure", MemberId(bytes(32)), (), NOW, content.data)
    return dict(empty.fields())


def test_a_measure_of_a_newer_program_is_listed_without_a_score(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        sent(attacked, ana, [lee], "measure", answers(ana, 70, None, measure="of-tomorrow"))
        [found] = lee.measures.all()
        assert saying.score_of(found.text) is None and saying.title_of(found.text.measure) == "of-tomorrow"
        assert lee.measures.marks() == []


def test_notes_that_are_exported_bring_no_answers(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        ana.measures.answer(NewAnswers("csi4", (1, 2, 3, 4), DAY, "Lee"))
        lee.refresh()
        assert ana.notes.all() == [] == lee.notes.all() and not ana.search("csi4")


def test_a_row_that_was_struck_leaves_the_mark(attacked: AttackedJournal) -> None:
    """Whoever can write the file cannot take a therapist's mark of answers away by taking the answers."""
    before = set(attacked.rows())
    with attacked.acting("Lee", "Ana") as (lee, ana):
        ana.measures.answer(NewAnswers("phq9", MARKED, DAY, "Lee"))
        hers = set(attacked.rows()) - before
        lee.refresh()
        [mark] = lee.measures.marks()
    for row in hers:
        attacked.delete(row)
    with attacked.acting("Lee") as (lee,):
        assert lee.measures.all() == [] and lee.measures.marks() == [mark] and lee.findings


def marked_at(value: int) -> tuple[int, ...]:
    return (0, 0, 0, 0, 0, 0, 0, 0, value)


def test_the_rows_of_an_opening_do_not_say_whether_the_item_is_at_its_mark(attacked: AttackedJournal) -> None:
    """Ben, or whoever keeps the file, looks at what the therapist's opening writes."""
    said: set[tuple[object, ...]] = set()
    for value in (0, 1, 3):
        with attacked.acting("Ana") as (ana,):
            found = ana.measures.answer(NewAnswers("phq9", marked_at(value), DAY, "Lee"))
        written: list[object] = []
        for _ in ("new", "changed"):
            before = attacked.rows()
            with attacked.acting("Lee") as (lee,):
                assert lee.measures.get(found.id).text.answers[8] == value
            after = attacked.rows()
            added = sorted(len(after[row]) for row in after if row not in before)
            changed = [row for row in before if before[row] != after.get(row)]
            written.append((tuple(added), len(changed)))
            with attacked.acting("Ana") as (ana,):
                ana.measures.edit(found.id, AnswersChange(date=DAY + dt.timedelta(days=1)))
        said.add(tuple(written))
    assert len(said) == 1, said


@pytest.mark.parametrize("ahead", [0, 365])
def test_no_clock_closes_a_mark(attacked: AttackedJournal, ahead: int) -> None:
    """A contact line from a computer whose clock runs ahead would hide all that comes until then."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        found = ana.measures.answer(NewAnswers("phq9", marked_at(1), DAY, "Lee"))
        lee.refresh()
        [mark] = lee.measures.marks()
        with clock.at(clock.now() + dt.timedelta(days=ahead)):
            assert not lee.measures.contact(mark.id, NOW, "by phone", "Safe.").is_open
        ana.measures.edit(found.id, AnswersChange(marked_at(0)))
        lee.refresh()
        assert not lee.measures.marks()[0].is_open
        ana.measures.edit(found.id, AnswersChange(marked_at(1)))
        lee.refresh()
        assert lee.measures.marks()[0].is_open, "the same value again is another day"


def test_a_line_about_one_answer_does_not_close_what_the_other_computer_met(
    attacked: AttackedJournal, tmp_path: Path
) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        found = ana.measures.answer(NewAnswers("phq9", marked_at(1), DAY, "Lee"))
        lee.refresh()
    with attacked.acting("Lee"):
        at_the_desk = attacked.copy()
    with attacked.acting("Ana") as (ana,):
        ana.measures.edit(found.id, AnswersChange(marked_at(3)))
    laptop = Journal(JournalFile(attacked.path), attacked.held["Lee"], tmp_path / "laptop")
    assert [one.value for one in laptop.measures.marks()[0].at_mark] == [1, 3]
    laptop.close()
    later = clock.now() + dt.timedelta(hours=2)
    with clock.at(later):
        desk = Journal(JournalFile(at_the_desk), attacked.held["Lee"], attacked.folder / "memory-Lee")
        [mark] = desk.measures.marks()
        assert not desk.measures.contact(mark.id, NOW, "by phone", "A passing thought.").is_open
        desk.copies.merge(attacked.path)
        desk.refresh()
        [mark] = desk.measures.marks()
        assert mark.is_open and mark.shown.value == 3 and len(mark.contacts) == 1
        desk.close()


def test_who_knew_the_old_passphrase_closes_no_mark(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        ana.measures.answer(NewAnswers("phq9", MARKED, DAY, "Lee"))
        lee.refresh()
        [mark] = lee.measures.marks()
    stolen, old = attacked.copy(), attacked.held["Lee"]
    with attacked.acting("Lee") as (lee,):
        lee.keys.replace("quite another passphrase", None, strength=FLOOR)
        attacked.held["Lee"] = vault_of(lee).secrets
    with attacked.acting("Ana", "Lee") as (ana, lee):
        for journal in (ana, lee, ana, lee):
            journal.refresh()
        [stored] = vault_of(lee).measures.noted_marks()
        assert {one.generation for one in stored.standing} == {
            vault_of(lee).envelopes.channels.own.generation
        }
    thief = Journal(JournalFile(stolen), old, attacked.folder / "thief")
    with clock.at(clock.now() + dt.timedelta(days=2)):
        assert not thief.measures.contact(mark.id, NOW, "by phone", "All well.").is_open
    vault = vault_of(thief)
    with vault.unit_of_work() as unit:
        unit.drop_versions([one for stored in vault.measures.noted_marks() for one in stored.standing])
    thief.close()
    for _ in range(3):
        with attacked.acting("Lee") as (lee,):
            lee.copies.merge(stolen)
            lee.refresh()
            assert lee.measures.marks()[0].is_open
