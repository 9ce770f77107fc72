"""What a write-up can draw on: as it would stand there, with where it is from, and what is never among it."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal import clock, paths
from kapjournal.content import supervision
from kapjournal.content.forms import form_for
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import LineKind, Row, RowKind, new_row
from kapjournal.domain.forms import About, FieldKind, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.joint import JointKind, JointText
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.records import Record, RecordText, SessionNamed
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.supervision import Basis
from kapjournal.journal import NewAnswers, NewNote, NewRecord
from kapjournal.journal.documents import registry
from kapjournal.presentation import supervision_sources
from kapjournal.presentation.supervision_journal import FromJournal
from kapjournal.presentation.supervision_pulled import source_of, taken, under
from kapjournal.presentation.supervision_sources import (
    A_STATUS_ALONE,
    FIELDS,
    NOTHING_FOR_IT,
    Candidate,
    candidates_from,
    read_candidates,
)
from tests.cast import PASSPHRASES
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

NOW = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
OWN, OUTSIDE = Basis.OWN_PROGRAMME, Basis.DEIDENTIFIED
CANARY = "quagga"
"""A word that stands in what is never pulled, and nowhere else."""


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with clock.at(NOW):
        (tmp_path / "clinic").mkdir()
        practice = made(tmp_path / "clinic")
        yield practice
        practice.close()


@pytest.fixture
def couple(practice: Practice, three: OpenJournals) -> Couple:
    """Ana and Ben, whose journal opens with the practice."""
    couples = practice.lee.couples
    added = couples.add("Hallway", three.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    return couples.name_partners(added.case, "Ana", "Ben")


def day(back: int) -> dt.date:
    return NOW.date() - dt.timedelta(days=back)


def lines(practice: Practice, couple: Couple, field: str, basis: str = OUTSIDE) -> list[str]:
    return [one.line for one in read_candidates(practice.lee, couple, field, basis).found]


def written(practice: Practice, couple: Couple, kind: RecordKind, back: int = 9, **fields: str) -> Record:
    said = {name.replace("_", "-"): words for name, words in fields.items()}
    about = About.FIRST if kind in (RecordKind.SAFETY, RecordKind.READY) else None
    return practice.lee.records.add(NewRecord(kind, couple.case, said, about, day(back)))


def at(minute: int, back: int = 9) -> dt.datetime:
    moment = dt.datetime.combine(day(back), dt.time(14), dt.UTC)
    return moment + dt.timedelta(minutes=minute)


def dosed(practice: Practice, couple: Couple, about: About, session: int, back: int, **dose: str) -> None:
    said = {"which": "dose", "amount": "100", "unit": "mg", "route": "sublingual", **dose}
    rows = [
        new_row(RowKind.DOSE, at(0, back), said),
        new_row(RowKind.LINE, at(-5, back), {"what": "asked", "words": "Consent."}),
        new_row(RowKind.LINE, at(12, back), {"what": "said", "words": "“Ben,” on 2 March, at 100 mg."}),
        new_row(RowKind.EFFECT, at(20, back), {"effect": "nausea", "ended": "14:40"}),
    ]
    practice.lee.dosing.put(couple.case, about, SessionNamed(session, day(back)), rows)


# --- where they are -------------------------------------------------------------------------------------


def test_doses_are_counted_and_no_amount_is_given(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    for back in (16, 9):
        three.lee.sessions.add(kind=SessionKind.DOSING, date=day(back))
    three.lee.sessions.plan(8)
    dosed(practice, couple, About.FIRST, 1, 16)
    dosed(practice, couple, About.SECOND, 2, 9, route="intramuscular")
    written(practice, couple, RecordKind.INTAKE, clearance_first="cleared", clearance_second="waiting")
    assert lines(practice, couple, "where") == [
        "first partner: dose 1 of 8, session 1, sublingual, amount not given",
        "second partner: dose 1 (2 of 8 in the course), session 2, intramuscular, amount not given",
        "first partner: adverse event noted in 0 of 1 dosing record, 1 without an answer",
        "second partner: adverse event noted in 0 of 1 dosing record, 1 without an answer",
        "first partner: effects noted: nausea in 1 of 1",
        "second partner: effects noted: nausea in 1 of 1",
        "first partner: medical clearance: cleared",
        "second partner: medical clearance: waiting",
        "week 3 of the course, after session 2",
    ]


def test_a_clinic_that_has_bands_is_taken_at_its_word(practice: Practice, couple: Couple) -> None:
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    file = paths.config_folder() / "supervision.toml"
    file.write_text('[bands.sublingual]\n"our lower band" = "up to 150 mg"\n', encoding="utf-8")
    supervision._read.cache_clear()
    try:
        dosed(practice, couple, About.FIRST, 1, 9)
        assert (
            lines(practice, couple, "where")[0]
            == "first partner: dose 1, session 1, sublingual, our lower band"
        )
    finally:
        file.unlink()
        supervision._read.cache_clear()


def test_an_adverse_event_is_counted_and_said_as_it_was_noted(practice: Practice, couple: Couple) -> None:
    said = {"adverse": "yes", "adverse-what": "Ben fainted on 2 March."}
    practice.lee.records.add(
        NewRecord(RecordKind.DOSING, couple.case, said, About.SECOND, day(9), SessionNamed(3, day(9)))
    )
    found = lines(practice, couple, "where")
    assert "second partner: adverse event noted in 1 of 1 dosing record" in found
    [what] = [line for line in found if "fainted" in line]
    assert what.startswith("second partner, session 3: adverse event: [second partner] fainted")


# --- one moment -----------------------------------------------------------------------------------------


def test_what_happened_stands_in_its_order_with_minutes_from_the_dose(
    practice: Practice, couple: Couple
) -> None:
    dosed(practice, couple, About.FIRST, 1, 9)
    found = read_candidates(practice.lee, couple, "moment", OUTSIDE).found
    assert [one.line.partition(": ")[0] for one in found] == [
        "-5 min · first partner · asked",
        "+12 min · first partner · said",
    ]
    assert (
        "[second partner]" in found[1].line and "[amount]" in found[1].line and "March" not in found[1].line
    )
    assert found[1].said == "dosing record of 11 March 2026, session 1, 14:12"
    assert {one.group for one in found} == {"Session 1: what happened"}


def test_the_therapists_own_notes_come_sentence_by_sentence(practice: Practice, couple: Couple) -> None:
    written(
        practice,
        couple,
        RecordKind.PROGRESS,
        data="Ana waited. Dr. Varga rang, e.g. twice.\n\n- Ben went",
        plan="Slow down.",
        risk="Asked.",
        measures="PHQ-9 12.",
    )
    assert lines(practice, couple, "moment") == [
        "[first partner] waited.",
        "Dr. Varga rang, e.g. twice.",
        "[second partner] went",
    ]
    assert lines(practice, couple, "tried") == ["Slow down."]


def test_a_page_is_quoted_only_where_its_author_allowed_that_page(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    allowed = three.ana.notes.add(NewNote("The door was open. I stayed.", share="Dr Lee"))
    three.ana.notes.add(NewNote(f"A {CANARY} in the hall.", share="Dr Lee"))
    three.ben.notes.add(NewNote(f"The {CANARY} again.", share="Dr Lee"))
    three.ana.page_consents.give(allowed.id)
    three.look()
    found = read_candidates(practice.lee, couple, "moment", OUTSIDE).found
    assert [one.line for one in found] == [
        "first partner wrote: “The door was open.”",
        "first partner wrote: “I stayed.”",
    ]
    assert {one.source for one in found} == {f"page:{allowed.id}"}
    three.ana.page_consents.withdraw(allowed.id)
    three.look()
    assert lines(practice, couple, "moment") == []


def test_process_notes_come_in_the_own_programme_alone_and_each_needs_a_reason(
    practice: Practice, couple: Couple
) -> None:
    written(practice, couple, RecordKind.PROCESS, text="I slow down with him. She sees it.")
    for field in ("pull", "moment"):
        assert lines(practice, couple, field, OUTSIDE) == lines(practice, couple, field, "") == []
        found = read_candidates(practice.lee, couple, field, OWN).found
        assert [one.line for one in found] == ["I slow down with him.", "She sees it."]
        assert all(one.needs_reason for one in found)
        [pulled] = taken(found[:1], OWN, "It is my question.")
        assert pulled.reason == "It is my question." and pulled.source.startswith("record:")
    assert lines(practice, couple, "tried", OWN) == []


# --- change, loop, the two, ethics ----------------------------------------------------------------------


def test_measures_first_to_last_without_a_word_of_a_cut_off(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    for back, value in ((40, 3), (5, 0)):
        three.lee.measures.enter(NewAnswers("phq9", (value,) * 8 + (1,), day(back)), "Ana")
        three.lee.measures.enter(NewAnswers("csi4", (value, value, value, value), day(back)), "Ben")
    three.look()
    assert lines(practice, couple, "change") == [
        "first partner: PHQ-9 25 → 1, better, beyond chance: yes, safety item marked, see safety",
        "second partner: CSI-4 12 → 0, worse, beyond chance: not known",
    ]


def test_the_loop_by_the_name_both_approved_and_the_halves_that_are_allowed(
    practice: Practice, couple: Couple, three: OpenJournals
) -> None:
    text = JointText(JointKind.LOOP, (("name", "The fog over Ana"),), day(9), for_therapists=True)
    three.ana.joints.together(three.ben.joints, text)
    halves = [
        one.notes.add(NewNote(words, kind=NoteKind.CYCLE, share=f"{other}, Dr Lee"))
        for one, other, words in (
            (three.ana, "Ben", "I ask."),
            (three.ben, "Ana", f"I go still, a {CANARY}."),
        )
    ]
    three.ana.page_consents.give(halves[0].id)
    three.look()
    written(practice, couple, RecordKind.INTAKE, presenting_cycle="Ana asks. Ben goes.")
    assert lines(practice, couple, "loop") == [
        "they call it “The fog over [first partner]”",
        "first partner wrote: “I ask.”",
        "[first partner] asks.",
        "[second partner] goes.",
    ]


def test_the_two_in_a_band_and_consents_by_how_they_stand(practice: Practice, couple: Couple) -> None:
    written(practice, couple, RecordKind.INTAKE, relationship="Married for eleven years.")
    written(practice, couple, RecordKind.INTAKE, secrets_policy="no secrets", secrets_policy_signed="yes")
    written(practice, couple, RecordKind.CONSENT, what="Supervision", whom="Dr Roe", given="2026-03-01")
    assert lines(practice, couple, "the-two") == ["together 10 to 20 years"]
    assert lines(practice, couple, "ethics") == [
        "both: Supervision: stands",
        "secrets policy: no secrets, signed by both: yes",
    ]


def test_nothing_is_pulled_into_safety_and_into_what_is_the_therapists_to_say(
    practice: Practice, couple: Couple
) -> None:
    for field in form_for(RecordKind.SUPERVISION).fields:
        found = read_candidates(practice.lee, couple, field.id, OUTSIDE)
        if field.id not in FIELDS:
            said = A_STATUS_ALONE if field.id.startswith("safety") else NOTHING_FOR_IT
            assert found.found == () and found.nothing == said, field.id


# --- what is never among it -----------------------------------------------------------------------------


def test_no_field_reads_a_safety_note() -> None:
    read = {kind for kinds in supervision_sources._READ.values() for kind in kinds}
    assert not read & {RecordKind.SAFETY, RecordKind.PROCESS, RecordKind.SUPERVISION}


def test_a_safety_note_is_not_even_opened(
    practice: Practice, couple: Couple, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(practice, couple, RecordKind.SAFETY, text=f"A {CANARY}.")
    spec = registry.SPECS["safety"]
    monkeypatch.setitem(registry.SPECS, "safety", None)  # whatever decodes one now fails
    for field in FIELDS:
        assert not [line for line in lines(practice, couple, field, OWN) if CANARY in line]
    monkeypatch.setitem(registry.SPECS, "safety", spec)


def test_their_journal_that_does_not_open_is_said(practice: Practice, couple: Couple) -> None:
    practice.lee.couples.ask_each_time(couple.case)
    closed = practice.lee.couples.get("Hallway")
    found = read_candidates(practice.lee, closed, "change", OUTSIDE)
    assert found.found == () and found.why_not == "Their journal asks for its own passphrase."


NAMED = Couple(CaseId(bytes(16)), "The Rossis", MemberId(bytes(16)), first="Ana", second="Ben")
ME = NAMED.author
WORDS = st.lists(
    st.sampled_from(
        [
            *("Ana", "BEN", "ben’s", "The Rossis", "100 mg", "0.5 mg/kg", "2 March 2026", "2026-03-09"),
            *("said", "nothing.", "“Here.”", "\n", "- ", "door", "Hm…", "*slowly*", "é", "eleven years"),
        ]
    ),
    max_size=8,
).map(" ".join)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record of any kind, with something typed in every field and row."""
    kind = draw(st.sampled_from(list(RecordKind)))
    about = draw(st.sampled_from([About.FIRST, About.SECOND, About.COUPLE]))
    number = draw(st.one_of(st.none(), st.integers(1, 9)))
    text_kinds = (FieldKind.TEXT, FieldKind.LINE, FieldKind.LINES)
    values = {
        field.id: (CANARY if kind is RecordKind.SAFETY else draw(WORDS))
        for field in form_for(kind).fields
        if field.kind in text_kinds or field.answers
    }
    rows = draw(st.lists(dosing_rows(), max_size=4)) if kind is RecordKind.DOSING else []
    text = RecordText(
        kind,
        about,
        dt.date(2026, 3, 2),
        tuple(sorted((name, words) for name, words in values.items() if words)),
        SessionNamed(number) if number else None,
        form=kind.value,
        rows=tuple(rows),
    )
    name = draw(st.integers(0, 99))
    return Record(f"{name:04}", ME, frozenset({ME}), NAMED.case, text, NOW, None)


@st.composite
def dosing_rows(draw: st.DrawFn) -> Row:
    kind = draw(st.sampled_from(list(RowKind)))
    said = {
        RowKind.DOSE: ("which", "amount", "unit", "route", "ordered-by"),
        RowKind.EFFECT: ("effect", "ended"),
        RowKind.LINE: ("what", "words"),
    }.get(kind, ("words",))
    values = {name: " ".join(draw(WORDS).split()) for name in said}
    values |= {"which": "dose"} if kind is RowKind.DOSE else {}
    values |= {"what": draw(st.sampled_from([*LineKind, "sung"]))} if kind is RowKind.LINE else {}
    minute = draw(st.integers(0, 200))
    return Row(
        f"{draw(st.integers(0, 10**6)):016x}",
        kind,
        at(minute),
        tuple(sorted((k, v) for k, v in values.items() if v)),
    )


@given(st.lists(records(), max_size=6), st.sampled_from(sorted(FIELDS)))
def test_no_line_has_a_name_a_date_an_amount_or_a_word_of_a_safety_note(
    found: list[Record], field: str
) -> None:
    by_order = sorted(found, key=lambda one: one.order)
    for one in candidates_from(field, by_order, FromJournal(), NAMED, ME).found:
        assert not re.search(r"(?i)\b(ana|ben|rossis)\b|2026|March|\d\s*mg", one.line), one
        assert CANARY not in one.line and "\n" not in one.line
        assert one.source.startswith("record:") and one.said and one.group


# --- taking and finding again ---------------------------------------------------------------------------


def test_a_line_is_known_again_when_it_was_reworded_a_little() -> None:
    one = Candidate(
        "moment", "+12 min · first partner · said: “Here.” And again.", "record:abcd", "record of X", "S"
    )
    pulled = taken([one], OUTSIDE)
    assert source_of(one.line, pulled) == "From: record of X · stays with you"
    assert source_of(f"{one.line} And once more.", pulled) == "From: record of X · stays with you"
    assert source_of("first partner said something else", pulled) == source_of("", pulled) == ""


def test_lines_are_found_by_words_of_theirs_or_of_their_group() -> None:
    found = [
        Candidate("moment", "+1 min · Tears.", "record:a", "x", "Session 2"),
        Candidate("moment", "+2 min · Laughter.", "record:b", "x", "Session 6"),
    ]
    assert under(found, "") == found
    assert under(found, "session tears") == found[:1] and under(found, "TEARS 6") == []
