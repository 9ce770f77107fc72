"""A letter to a prescriber: what of a record is on the page, that it is one, and about one partner."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.content.forms import form_for
from kapjournal.content.pad import Pad
from kapjournal.domain.couples import Couple
from kapjournal.domain.dosing import COLUMNS, Row, RowKind, new_row
from kapjournal.domain.forms import About, FieldKind, RecordKind
from kapjournal.domain.ids import CaseId, MemberId
from kapjournal.domain.letter import MAX_RESPONSE, RESPONSE_FIELDS, names_of
from kapjournal.domain.records import Record, RecordText, SessionNamed
from kapjournal.domain.signing import Signer
from kapjournal.errors import Refused
from kapjournal.presentation.charts import ChartRow
from kapjournal.presentation.letter import (
    COLUMNS as WIDTH,
)
from kapjournal.presentation.letter import (
    NOT_OPENED,
    ROWS,
    DosingSession,
    Letter,
    MeasureTotals,
    fields,
    in_a_line,
    lines,
    summed_up,
    text,
)
from kapjournal.presentation.letter_sessions import dosing_sessions, prescriber_of

LEE, CASE = MemberId(bytes(32)), CaseId(bytes(16))
DAY, TEN = dt.date(2026, 3, 2), dt.datetime(2026, 3, 2, 10, 6, tzinfo=dt.UTC)
HALLWAY = Couple(CASE, "Hallway", LEE, first="Ana", second="Ben")
OF_ANA = names_of(HALLWAY, About.FIRST)
PAD = Pad(systolic_line=140, diastolic_line=90)


def row(kind: RowKind, minutes: int, **said: str) -> Row:
    values = {name.replace("_", "-"): value for name, value in said.items()}
    return new_row(kind, TEN + dt.timedelta(minutes=minutes), values)


def vitals(minutes: int, pressure: str) -> Row:
    systolic, _, diastolic = pressure.partition("/")
    return row(RowKind.VITALS, minutes, systolic=systolic, diastolic=diastolic)


def record(
    kind: RecordKind,
    about: About,
    number: int,
    said: Mapping[str, str] | None = None,
    rows: Iterable[Row] = (),
    *,
    author: MemberId = LEE,
) -> Record:
    values = tuple(sorted((said or {}).items()))
    day = DAY + dt.timedelta(days=7 * number)
    written = RecordText(kind, about, day, values, SessionNamed(number), rows=tuple(rows))
    return Record(f"{kind}{about}{number}", author, frozenset(), CASE, written, TEN, None)


def letter(*sessions: DosingSession, measures: tuple[MeasureTotals, ...] | None = (), **said: str) -> Letter:
    return Letter(DAY, "Dr Ito", "Ana", sessions, said.get("response", ""), measures, "May it stay?")


def of_rows(*rows: Row, pad: Pad = PAD) -> DosingSession:
    [found] = dosing_sessions([record(RecordKind.DOSING, About.FIRST, 1, {}, rows)], About.FIRST, OF_ANA, pad)
    return found


DOSE = row(RowKind.DOSE, 0, amount="80", unit="mg", route="sublingual", form="lozenge", strength="40 mg")


def test_amounts_stand_in_order_as_they_were_noted() -> None:
    booster = row(RowKind.DOSE, 40, which="booster", amount="half", ordered_by="Dr Ito", words="unsaid")
    assert of_rows(DOSE, booster).amounts == (
        "10:06  80 mg, sublingual, lozenge, strength 40 mg",
        "10:46 (+40 min)  booster, half, ordered by Dr Ito",
    )
    assert of_rows(*(replace(DOSE, id=str(number)) for number in range(9))).amounts[-1] == (
        "and 5 more in the record"
    )


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ([], ()),
        ([(30, "118/76")], ("highest and last 118/76 at +30 min",)),
        (
            [(-10, "118/76"), (30, "142/88"), (90, "120/78")],
            ("highest 142/88 at +30 min, above the clinic’s line", "last 120/78 at +90 min"),
        ),
        (
            [(10, "150/80"), (20, "139/95"), (60, "120/78")],
            (
                "highest systolic 150/80 at +10 min, above the clinic’s line",
                "highest diastolic 139/95 at +20 min, above the clinic’s line",
                "last 120/78 at +60 min",
            ),
        ),
        (
            [(10, "1420/84"), (20, "130/"), (60, "120/78")],
            (
                "highest systolic 130/– at +20 min",
                "highest diastolic 120/78 at +60 min",
                "last 120/78 at +60 min",
                "as typed, 1420/84",
            ),
        ),
        ([(10, "high/low")], ("last high/low at +10 min",)),
    ],
)
def test_the_highest_pressure_and_the_last(taken: list[tuple[int, str]], said: tuple[str, ...]) -> None:
    rows = sorted([DOSE, *(vitals(*one) for one in taken)], key=lambda one: one.moment)
    assert of_rows(*rows).pressures == said


def test_without_a_line_of_the_clinics_nothing_is_above_one() -> None:
    assert of_rows(DOSE, vitals(5, "200/120"), pad=Pad()).pressures == ("highest and last 200/120 at +5 min",)


def test_effects_with_onset_and_end_and_without_a_dose_by_the_clock() -> None:
    nausea = row(RowKind.EFFECT, 15, effect="nausea", ended="11:00", words="unsaid")
    still = row(RowKind.EFFECT, 20, effect="dizziness")
    assert of_rows(DOSE, nausea, still).effects == (
        "nausea 10:21 (+15 min) to 11:00",
        "dizziness 10:26 (+20 min), no end noted",
    )
    found = of_rows(nausea, vitals(20, "120/80"))
    assert found.effects == ("nausea 10:21 to 11:00",) and found.dose is None
    assert found.pressures == ("highest and last 120/80 at 10:26",)
    assert found.name == "9 March 2026 · session 1 · no dose noted"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "not noted"),
        ({"adverse": "no"}, "no"),
        ({"adverse": "not asked"}, "not asked"),
        (
            {"adverse": "yes", "adverse-what": "Fainted,\nBen caught her.", "adverse-action": "Lay down."},
            "yes. Fainted, [name left out] caught her. Done: Lay down",
        ),
    ],
)
def test_the_adverse_event(said: dict[str, str], words: str) -> None:
    [found] = dosing_sessions([record(RecordKind.DOSING, About.FIRST, 1, said)], About.FIRST, OF_ANA, PAD)
    assert found.adverse == words


def test_doses_are_counted_for_the_partner_alone() -> None:
    records = [
        record(RecordKind.DOSING, About.FIRST, 1, {"prescriber": "Dr Ito"}, [DOSE]),
        record(RecordKind.DOSING, About.SECOND, 2, {"prescriber": "Dr Roe"}, [DOSE]),
        record(RecordKind.DOSING, About.FIRST, 3, {}, []),
        record(RecordKind.DOSING, About.FIRST, 5, {}, [DOSE]),
    ]
    found = dosing_sessions(records[::-1], About.FIRST, OF_ANA, PAD)
    assert [(one.session, one.dose) for one in found] == [(1, 1), (3, None), (5, 2)]
    assert prescriber_of(records, About.FIRST) == "Dr Ito" and prescriber_of(records[2:], About.FIRST) == ""


def test_the_response_is_the_authors_own_about_that_partner_and_session() -> None:
    dosed = record(RecordKind.DOSING, About.FIRST, 1, {}, [DOSE])

    def responses(*notes: Record) -> list[str]:
        found = dosing_sessions([dosed, *notes], About.FIRST, OF_ANA, PAD, (LEE, "response"))
        return [one.response for one in found]

    said = {"response": "Softer,\nwith Ben too.", "plan": "unsaid"}
    assert responses(record(RecordKind.PROGRESS, About.FIRST, 1, said)) == [
        "Softer, with [name left out] too."
    ]
    for note in (
        record(RecordKind.PROGRESS, About.COUPLE, 1, said),
        record(RecordKind.PROGRESS, About.SECOND, 1, said),
        record(RecordKind.PROGRESS, About.FIRST, 2, said),
        record(RecordKind.CLOSING, About.FIRST, 1, said),
        record(RecordKind.PROGRESS, About.FIRST, 1, said, author=MemberId(b"x" * 32)),
    ):
        assert responses(note) == [""]


def test_of_two_texts_that_stand_none_is_chosen() -> None:
    one = record(RecordKind.DOSING, About.FIRST, 4, {}, [DOSE])
    with pytest.raises(Refused, match="session 4 was written on two computers"):
        dosing_sessions([replace(one, beside=(one.text,))], About.FIRST, OF_ANA, PAD)


# the page

PHQ = MeasureTotals(
    "PHQ-9",
    "lower is better",
    (
        ChartRow("1 March 2026", "incomplete", "", ""),
        ChartRow("2 March 2026", "14", "first", ""),
        ChartRow("9 March 2026", "13", "-1", "no"),
        ChartRow("16 March 2026", "9", "-5", "yes"),
        ChartRow("23 March 2026", "8", "-6", "not known"),
    ),
)


def test_a_measure_is_its_first_total_and_the_latest() -> None:
    assert in_a_line(PHQ) == (
        "PHQ-9, lower is better: 14 on 2 March 2026, the first; 1 between; 9 on 16 March 2026, beyond "
        "chance: yes; 8 on 23 March 2026, beyond chance: not known"
    )
    assert in_a_line(replace(PHQ, rows=PHQ.rows[:1])) == "PHQ-9, lower is better: incomplete on 1 March 2026"


def test_the_page_from_its_head_to_the_signature() -> None:
    one = of_rows(DOSE, vitals(30, "130/80"))
    signed = replace(
        letter(one, measures=(PHQ,), response="Slept well."), signer=Signer("Dr Mina Lee", "LMFT")
    )
    page = lines(signed)
    assert page[0].split("  ")[0] == "Letter to the prescriber" and page[0].endswith(" 2 March 2026")
    order = ["To: Dr Ito", "About: Ana", one.name, "Slept well.", "May it stay?", "Dr Mina Lee, LMFT"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert page[-1] == "Dr Mina Lee, LMFT" and lines(letter())[-1].startswith("Signature: ___")
    assert text(signed) == "\n".join(page) + "\n" and fields(signed)["text"] == text(signed)


def test_what_could_not_be_looked_at_is_said_and_not_why() -> None:
    closed = replace(letter(measures=None), why_not="The journal is not at /home/lee/hallway.kap any more.")
    assert NOT_OPENED in lines(closed) and "hallway" not in text(closed)
    assert "None." in lines(letter()) and "No dosing record." in lines(letter())
    assert fields(closed)["measures"] is None and fields(closed)["not_opened"] == closed.why_not


def many(count: int, one: DosingSession) -> list[DosingSession]:
    days = (DAY + dt.timedelta(days=7 * number) for number in range(count))
    return [replace(one, day=day, session=at, dose=at) for at, day in enumerate(days, 2)]


def test_the_oldest_sessions_are_summed_up_where_there_is_no_room() -> None:
    page = lines(letter(*many(12, of_rows(DOSE, vitals(30, "130/80")))))
    [said] = [line for line in page if "not shown, for want of room" in line]
    assert said.startswith("Sessions 2 to ") and "2 March 2026" in " ".join(page)
    assert len(page) <= ROWS and "18 May 2026 · session 13 · dose 13" in page
    hidden = int(said.split()[3])
    assert not any(f"session {hidden} " in line for line in page) and any(
        f"session {hidden + 1} " in line for line in page
    )


def test_one_session_and_many_are_summed_up() -> None:
    sessions = many(30, of_rows(DOSE))
    assert summed_up([]) == ""
    assert summed_up(sessions[:1]) == "Session 2 is not shown, for want of room: 2 March 2026."
    assert summed_up(sessions) == (
        "Sessions 2 to 31 are not shown, for want of room: 30 from 2 March 2026 to 21 September 2026."
    )


LONG = "W" * 200


def test_the_longest_there_can_be_is_one_page_with_the_newest_session() -> None:
    said = {"adverse": "yes", "adverse-what": LONG, "adverse-action": LONG}
    columns = {kind: {one.id: LONG for one in COLUMNS[kind] if not one.choices} for kind in RowKind}
    rows = [
        *(row(RowKind.DOSE, at, **{**columns[RowKind.DOSE], "which": "booster"}) for at in range(1, 9)),
        *(vitals(at, f"{200 - at}/{100 + at}") for at in range(9)),
        vitals(20, "9999/9999"),
        *(new_row(RowKind.EFFECT, TEN, columns[RowKind.EFFECT]) for _ in range(9)),
    ]
    note = record(RecordKind.PROGRESS, About.FIRST, 3, {"response": "word " * 200})
    dosed = [record(RecordKind.DOSING, About.FIRST, at, said, rows) for at in range(1, 4)]
    wordy = (LEE, "response")
    measures = tuple(replace(PHQ, title=f"measure {number}") for number in range(8))
    for response_of, response in ((wordy, ""), (None, "w " * (MAX_RESPONSE // 2))):
        found = dosing_sessions([*dosed, note], About.FIRST, OF_ANA, PAD, response_of)
        whole = replace(
            letter(*found, measures=measures, response=response), signer=Signer("W" * 80, "W" * 80)
        )
        whole = replace(whole, to="W" * 80, partner="W" * 200, question="w" * 199 + "?")
        page = lines(whole)
        assert len(page) <= ROWS and max(map(len, page)) <= WIDTH
        assert any("session 3" in line for line in page)
        assert any(line.startswith("Not shown, for want of room: measure ") for line in page)


# nothing of the other partner

OTHER, UNSAID = "Ben", "Qunsaid"
KINDS = [RecordKind.DOSING, RecordKind.PROGRESS]
texts = st.lists(
    st.sampled_from(["Ben", "BEN’s", "ben,", "(Ben)", "hallway", "calm", "slept", "\n", "— ben —", "Ana"]),
    max_size=12,
).map(" ".join)


@st.composite
def records_of_both(draw: st.DrawFn) -> list[Record]:
    """Records of every kind and about whomever: those the letter does not take are full of a word that is
    nowhere else; those it takes name the other partner."""
    found = []
    for number in range(1, draw(st.integers(1, 5))):
        kind, about = draw(st.sampled_from(RecordKind)), draw(st.sampled_from(About))
        is_taken = kind in KINDS and about is About.FIRST
        free = (FieldKind.TEXT, FieldKind.LINE, FieldKind.LINES)
        said = {
            one.id: draw(texts)
            if is_taken and (kind is RecordKind.DOSING or one.id in RESPONSE_FIELDS)
            else UNSAID
            for one in form_for(kind).fields
            if one.kind in free
        }
        rows = [draw(a_row(is_taken)) for _ in range(draw(st.integers(0, 4)))]
        adverse = {"adverse": draw(st.sampled_from(["yes", "no"]))} if kind is RecordKind.DOSING else {}
        found.append(record(kind, about, number, said | adverse, rows if kind is RecordKind.DOSING else ()))
    return found


@st.composite
def a_row(draw: st.DrawFn, is_taken: bool) -> Row:
    kind = draw(st.sampled_from(RowKind))
    words = {
        column.id: UNSAID
        if not is_taken or column.id == "words" or kind in (RowKind.LINE, RowKind.SPIT)
        else draw(texts).replace("\n", " ")
        for column in COLUMNS[kind]
        if not column.choices
    }
    return new_row(kind, TEN + dt.timedelta(minutes=draw(st.integers(-9, 200))), words)


@given(records_of_both(), st.sampled_from(RESPONSE_FIELDS))
def test_no_name_and_no_word_of_the_other_partner_and_of_no_other_record(
    records: list[Record], field: str
) -> None:
    found = dosing_sessions(records, About.FIRST, OF_ANA, PAD, (LEE, field))
    whole = letter(*found)
    said = repr(fields(whole)).casefold()
    assert UNSAID.casefold() not in said and "hallway" not in said
    assert OTHER.casefold() not in said
    assert len(lines(whole)) <= ROWS
    assert len(found) == sum(
        one.kind is RecordKind.DOSING and one.text.about is About.FIRST for one in records
    )
