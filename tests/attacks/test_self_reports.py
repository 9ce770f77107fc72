"""Check-ins and after-effects cards: what other programs get of them, and into them."""

import datetime as dt

import pytest

from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.self_reports import AfterEffects, CheckIn, Moment, Report, SelfReportDraft
from kapjournal.errors import NotFound
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.internals import finding_sentences

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = NOW.date()
TIRED = CheckIn(DAY, NOW, Moment.AFTER, None, (("fear", 0), ("mood", 4)), "The lake was grey.")
SICK = AfterEffects(DAY, NOW, answers=(("water-pain", True),), lines=(("water-pain", "since noon"),))


def sent(
    attacked: AttackedJournal,
    sender: Journal,
    readers: list[Journal],
    said: Report | Content,
    type_: str = "",
) -> DocumentId:
    """Seal a document as a program does that knows no rules."""
    ids = [sender.me.id, *(one.me.id for one in readers)]
    document = new_document_id()
    if not isinstance(said, Content):
        spec = registry.REPORTS[type(said)]
        type_, said = spec.type, spec.encode(said, None)
    version = DocumentVersion(document, type_, sender.me.id, tuple(sorted(ids)), NOW, said.data, said.text)
    forge(attacked, sender, ids, version)
    for journal in (sender, *readers):
        journal.refresh()
    return document


def test_the_raw_file_shows_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        made = ana.check_ins.add(TIRED)
        card = ana.after_effects.add(SICK)
        ana.self_report_drafts.save(SelfReportDraft(TIRED))
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    said = (b"check-in", b"after-effects", b"water-pain", b"noon", b"lake", b'"values"', b"2026-03-02")
    for word in (*said, made.id.encode(), card.id.encode()):
        assert word not in raw


def test_a_private_check_in_is_a_row_like_that_of_a_private_note(attacked: AttackedJournal) -> None:
    """Who keeps the file sees that one row more is there, as after a note: the same rows for each deed."""
    seen = []
    for is_check_in in (False, True):
        with attacked.acting("Ana", "Ben") as (ana, _):
            counts, before = [], attacked.rows()
            if is_check_in:
                made = ana.check_ins.add(TIRED).id
                group = ana.check_ins
            else:
                made = ana.notes.add(NewNote("The lake was grey.", date=DAY)).id
                group = ana.notes  # type: ignore[assignment]
            for deed in (
                lambda: None,
                lambda group=group, made=made: group.share(made, "Ben"),
                lambda group=group, made=made: group.withdraw(made, "Ben"),
                lambda group=group, made=made: group.delete(made),
            ):
                deed()
                after = attacked.rows()
                new = len(after.keys() - before.keys())
                changed = sum(before[row] != after[row] for row in before.keys() & after.keys())
                counts.append((new, changed, len(before.keys() - after.keys())))
                before = after
            seen.append(counts)
    assert seen[0] == seen[1]


def test_a_card_that_is_sealed_to_the_other_partner_is_not_shown_there(attacked: AttackedJournal) -> None:
    """Even if she means to, or her program is another one: nobody is to be asked for it at home."""
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        sent(attacked, ana, [ben, lee], SICK)
        assert ben.after_effects.all() == [] and ben.check().is_clean
        [mine], [hers] = ana.after_effects.all(), lee.after_effects.all()
        assert mine.id == hers.id
        with pytest.raises(NotFound):
            ben.after_effects.get(mine.id)
        sent(attacked, ana, [ben], TIRED)
        assert len(ben.check_ins.all()) == 1, "the control: a check-in may be shared with him"


def test_what_somebody_of_the_clinic_seals_as_a_report_counts_nowhere(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        for said in (TIRED, SICK):
            sent(attacked, lee, [ana, ben], said)
        for journal in (lee, ana, ben):
            assert journal.check_ins.all() == [] == journal.after_effects.all()
            assert journal.check().is_clean


def test_a_report_is_its_senders_whatever_it_says(attacked: AttackedJournal) -> None:
    """Nobody says in another's name how they are."""
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        fields = {**fields_of(registry.CHECK_IN.encode(TIRED, None)), "author": ana.me.id.hex()}
        sent(attacked, ben, [ana, lee], Content.of(fields, TIRED.line), "check-in")
        assert [one.author for one in lee.check_ins.all()] == [ben.me.id]


def test_a_draft_from_another_is_none(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben") as (ana, ben):
        content = registry.CHECK_IN_DRAFT.encode(SelfReportDraft(TIRED), None)
        sent(attacked, ben, [ana], content, "check-in-draft")
        assert ana.self_report_drafts.all() == [] == ana.check_ins.all()
        assert any("Ben" in sentence for sentence in finding_sentences(ana))


NO_CHECK_IN: list[dict[str, object]] = [
    {"values": {"mood": 11}},
    {"values": {"mood": -1}},
    {"values": {"mood": True}},
    {"values": {"mood": None}},
    {"values": {"\x1b[2J": 3}},
    {"values": {"Mood": 3}},
    {"values": {f"n{number}": 1 for number in range(41)}},
    {"values": [3]},
    {"moment": "never"},
    {"moment": 3},
    {"date": "tomorrow"},
    {"session": ["short", 3]},
    {"written": "1969-12-31T23:59:59.000Z"},
]
NO_CARD: list[dict[str, object]] = [
    {"answers": {"water-pain": 1}},
    {"answers": {"water-pain": "yes"}},
    {"lines": {"water-pain": ""}},
    {"lines": {"water-pain": "a\nb"}},
    {"lines": {"water-pain": "\x1b[2J"}},
    {"lines": {"water-pain": "x" * 201}},
    {"day": -1},
    {"day": 10_000},
    {"day": True},
]
WRONG: list[tuple[Report, dict[str, object]]] = [
    *((TIRED, change) for change in NO_CHECK_IN),
    *((SICK, change) for change in NO_CARD),
]


@pytest.mark.parametrize(("said", "change"), WRONG, ids=str)
def test_what_is_not_of_its_form_is_not_shown(
    attacked: AttackedJournal, said: Report, change: dict[str, object]
) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        spec = registry.REPORTS[type(said)]
        good = spec.encode(said, None)
        sent(attacked, ana, [lee], Content.of({**fields_of(good), **change}, good.text), spec.type)
        assert lee.check_ins.all() == [] == lee.after_effects.all()
        assert any("Ana" in sentence for sentence in finding_sentences(lee))
        sent(attacked, ana, [lee], said)
        assert len([*lee.check_ins.all(), *lee.after_effects.all()]) == 1, "the control"


def test_a_name_of_another_clinics_file_is_kept_and_shown(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        sent(attacked, ana, [lee], CheckIn(DAY, NOW, values=(("of-tomorrow", 3),)))
        [found] = lee.check_ins.all()
        assert found.said.values == (("of-tomorrow", 3),)


def fields_of(content: Content) -> dict[str, object]:
    empty = DocumentVersion(DocumentId(bytes(16)), "check-in", MemberId(bytes(32)), (), NOW, content.data)
    return dict(empty.fields())
