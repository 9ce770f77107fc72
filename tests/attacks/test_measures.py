"""Measures: what a partner's and a stranger's programs get of them, and into them."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal.domain.answered_measures import (
    Contact,
    MeasureRequest,
    MeasureText,
    Met,
    SafetyMark,
)
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.errors import NotFound
from kapjournal.journal import Journal, NewAnswers
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.measure import MeasureContent, mark_document
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from kapjournal.presentation import answered_measures as saying
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.content.invented_packs import lay_packs
from tests.internals import finding_sentences

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
        closed = replace(mark, contacts=(Contact(late, "by phone", "all well", late),))
        sent(attacked, ana, [lee], "safety-mark", registry.SAFETY_MARK.encode(closed, None))
        other = SafetyMark("ab" * 10, ana.me.id, ana.me.id, "phq9", DAY, 9, (Met(NOW, 3),))
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
