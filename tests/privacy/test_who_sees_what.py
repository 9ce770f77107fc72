"""Who sees what: one table. Each row is written through the use cases, and then everybody looks for its word.

A role that is not named finds it nowhere: not in the bytes of the files, not in anything that the keys behind
its door open, and no use case says anything else to it than before, not even a count.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from kapjournal import clock
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.joint import JointKind
from kapjournal.domain.notes import NoteKind
from tests.cast import PASSPHRASES
from tests.journal.practices import practice
from tests.privacy.canary import canary, found_in
from tests.privacy.everybody import (
    ANA,
    BEN,
    KIM,
    LEE,
    NOBODY,
    ODE,
    ROLES,
    SAND,
    STAFF,
    VARGA,
    Everybody,
    Write,
)
from tests.privacy.writers import (
    answers,
    answers_before,
    answers_on_the_way,
    answers_withdrawn,
    approved,
    asked,
    attached,
    authorised_and_taken_back,
    being_typed,
    brought_and_taken_back,
    card,
    changed_row,
    check_in,
    check_in_withdrawn,
    contact_line,
    copy_given,
    deleted,
    earlier_wording,
    kept_and_withdrawn,
    letter,
    name_of_couple,
    names_of_case,
    narrowed,
    note,
    offered,
    page_allowed,
    page_draft,
    page_to_bring,
    paper_on_the_way,
    prescribers_contact,
    proposed,
    proposed_and_taken_back,
    pulled,
    record,
    record_draft,
    record_withdrawn,
    released,
    report_on_the_way,
    session,
    stamped,
    supervisor_answered,
    typed_for,
    waiting,
    withdrawn,
    words_to_bring,
    write_up_left,
)
from tests.shared_journal import SharedJournal


@dataclass(frozen=True)
class Line:
    """A row of the table: what is written, as the table calls it, and everybody who finds it. Who is
    `told` of something else meanwhile does not find it."""

    what: str
    write: Write
    finds: frozenset[str]
    told: frozenset[str] = frozenset()

    @property
    def word(self) -> str:
        """A word that is in nothing else."""
        drawn = hashlib.sha256(self.what.encode()).digest()[:12]
        return canary("".join(chr(ord("a") + byte % 26) for byte in drawn))


def line(what: str, write: Write, *finds: str) -> Line:
    return Line(what, write, frozenset(finds))


TABLE = [
    line("A private journal", note(ANA), ANA),
    line("B private journal", note(BEN), BEN),
    line("A private journal: an unfinished page", page_draft, ANA),
    Line(
        "A private journal: the wording before a note was shared",
        *(earlier_wording, frozenset({ANA}), frozenset({BEN, LEE})),
    ),
    line("A private journal: typed by the therapist", typed_for(LEE, "Ana"), ANA),
    line("B private journal: typed by A", typed_for(ANA, "Ben"), BEN),
    line("A private journal: being typed by the therapist", being_typed),
    line("A private journal: an attached file", attached(""), ANA),
    line("A → therapist", note(ANA, "Dr Lee"), ANA, LEE),
    line("B → therapist", note(BEN, "Dr Lee"), BEN, LEE),
    line("A → partner", note(ANA, "Ben"), ANA, BEN),
    line("A → partner: an attached file", attached("Ben"), ANA, BEN),
    line("B → partner", note(BEN, "Ana"), BEN, ANA),
    line("A → all three", note(ANA, "all"), ANA, BEN, LEE),
    line("A → partner, waiting", waiting(ANA, "Ben"), ANA),
    line("A → therapist, and partner waiting", waiting(ANA, "Ben", "Dr Lee"), ANA, LEE),
    line("A → partner, offered", offered(ANA, "Ben"), ANA),
    line("B → therapist, and partner offered", offered(BEN, "Ana, Dr Lee"), BEN, LEE),
    line("A half of the loop", note(ANA, kind=NoteKind.CYCLE), ANA),
    line("B half of the loop, released", released(BEN), BEN),
    line("A page of a witness", note(ANA, kind=NoteKind.WITNESS), ANA),
    line("A → partner, withdrawn", withdrawn(ANA, "Ben"), ANA),
    line("A → therapist, withdrawn", withdrawn(ANA, "Dr Lee"), ANA),
    line("A → all three, deleted", deleted(ANA)),
    line("Therapist’s observation", note(LEE, kind=NoteKind.OBSERVATION), LEE),
    line("Therapist’s observation → A", note(LEE, "Ana", NoteKind.OBSERVATION), LEE, ANA),
    line("Agreement, put to B by A", proposed(JointKind.AGREEMENT), ANA, BEN, LEE),
    line("Agreement, which all three approve", approved(JointKind.AGREEMENT), ANA, BEN, LEE),
    line("Agreement: less, as B asks for it", narrowed, ANA, BEN, LEE),
    line("Agreement, taken back before it held", proposed_and_taken_back),
    line("Dialogue summary, put to B by A", proposed(JointKind.DIALOGUE), ANA, BEN),
    line("Dialogue summary, which both approve", approved(JointKind.DIALOGUE), ANA, BEN),
    line("Name of the loop, which both approve", approved(JointKind.LOOP), ANA, BEN),
    line("Practice → therapist, put to B by A", proposed(JointKind.PRACTICE, True), ANA, BEN),
    line("Practice → therapist, which both approve", approved(JointKind.PRACTICE, True), ANA, BEN, LEE),
    line("Closing, which both approve", approved(JointKind.CLOSING), ANA, BEN),
    line("Authorisation of a supervisor outside, put to B by A", proposed(JointKind.AUTHORISATION), ANA, BEN),
    line(
        "Authorisation of a supervisor outside, which both give",
        approved(JointKind.AUTHORISATION),
        *(ANA, BEN, LEE),
    ),
    line("Authorisation of a supervisor outside, taken back", authorised_and_taken_back, ANA, BEN, LEE),
    line("A → therapist, which may be used for supervision", page_allowed, ANA, LEE),
    line("Session", session, ANA, BEN, LEE),
    line("A dosing/vitals/meds", record(RecordKind.DOSING, about=About.FIRST), LEE),
    line("B dosing/vitals/meds", record(RecordKind.DOSING, about=About.SECOND), LEE),
    line("A dosing/vitals/meds → prescriber", record(RecordKind.DOSING, to=VARGA, session=2), LEE, VARGA),
    line("A dosing/vitals/meds, a copy given to A", copy_given, LEE, ANA),
    line("A dosing/vitals/meds: an unfinished form", record_draft, LEE),
    line("B dosing/vitals/meds: a line on the dose pad", stamped, LEE),
    line("A → therapist, kept in the record, withdrawn", kept_and_withdrawn, LEE, ANA),
    line("B dosing/vitals/meds: a row that was taken out", changed_row, LEE),
    line("Ready card", record(RecordKind.READY), LEE),
    line("Intake", record(RecordKind.INTAKE), LEE),
    line("Plan", record(RecordKind.PLAN), LEE),
    line("Consent", record(RecordKind.CONSENT), LEE),
    line("Preparation note", record(RecordKind.PREPARATION), LEE),
    line("Couple process note of a session", record(RecordKind.COUPLE), LEE),
    line("Couple progress note", record(RecordKind.PROGRESS), LEE),
    line("Couple progress note → co-therapist", record(RecordKind.PROGRESS, to=ODE), LEE, ODE),
    line("Couple progress note → co-therapist, withdrawn", record_withdrawn, LEE),
    line("Psychotherapy/process note", record(RecordKind.PROCESS), LEE),
    line("Psychotherapy/process note → supervisor", record(RecordKind.PROCESS, to=SAND), LEE, SAND),
    line("Individual safety/IPV note", record(RecordKind.SAFETY, about=About.FIRST), LEE),
    line(
        "Individual safety/IPV note → supervisor",
        record(RecordKind.SAFETY, to=SAND, about=About.SECOND),
        *(LEE, SAND),
    ),
    line("Contact note", record(RecordKind.CONTACT), LEE),
    line("Contact note of the prescriber", prescribers_contact, VARGA),
    line("Contact note → practice manager", record(RecordKind.CONTACT, to=KIM), LEE, KIM),
    line("Letter about A to a prescriber outside", letter, LEE),
    line("Closing note", record(RecordKind.CLOSING), LEE),
    line("Supervision write-up", record(RecordKind.SUPERVISION), LEE),
    line("Supervision write-up → supervisor", record(RecordKind.SUPERVISION, to=SAND), LEE, SAND),
    line("Supervision write-up: where a line is from, and what was marked", pulled, LEE),
    line("Supervision write-up: the names of a case", names_of_case, LEE),
    line("Supervision write-up: that it left, and to whom", write_up_left, LEE),
    line("Supervision write-up: the answer and what was agreed", supervisor_answered, LEE),
    line("What the therapist calls a couple and its partners", name_of_couple, LEE),
    line("A measures (PHQ/GAD/PCL)", answers(ANA, "gad7"), ANA),
    line("A measures (PHQ/GAD/PCL) → therapist", answers(ANA, "gad7", "Dr Lee"), ANA, LEE),
    line("A measures (PHQ/GAD/PCL): item 9 → therapist", answers(ANA, "phq9", "Dr Lee"), ANA, LEE),
    line("B measures (PHQ/GAD/PCL) → therapist", answers(BEN, "pcl5", "Dr Lee"), BEN, LEE),
    line("A measures (PHQ/GAD/PCL), withdrawn", answers_withdrawn, ANA),
    line("A measures (PHQ/GAD/PCL), not finished, for the therapist", answers_on_the_way, ANA),
    line("A measures (PHQ/GAD/PCL), being entered from paper", paper_on_the_way, LEE),
    line("A measures (PHQ/GAD/PCL): those before they were shared", answers_before, ANA),
    line("A CSI", answers(ANA, "csi4"), ANA),
    line("B CSI → therapist", answers(BEN, "csi16", "Dr Lee"), BEN, LEE),
    line("What B is asked to answer", asked, BEN, LEE),
    line("A check-in", check_in(ANA), ANA),
    line("A check-in → therapist", check_in(ANA, "Dr Lee"), ANA, LEE),
    line("B check-in → partner", check_in(BEN, "Ana"), ANA, BEN),
    line("A check-in, shared and withdrawn", check_in_withdrawn, ANA),
    line("A after-effects", card(ANA), ANA, LEE),
    line("B after-effects, for nobody else", card(BEN, ""), BEN),
    line("A after-effects, not finished", report_on_the_way, ANA),
    line("Words that A marks for the next session", words_to_bring(ANA), ANA, LEE),
    line("A page that B marks for the next session", page_to_bring(BEN), BEN, LEE),
    line("Words that A marked, taken back", brought_and_taken_back),
    line("What came of item 9 of A’s measure", contact_line, LEE),
]

not_built_yet = [
    "A → partner, held after a dose until the pause is over",
    "A → all three, de-identified for the supervisor",
    "Couple progress note, released by authorisation of both",
]


@dataclass(frozen=True)
class Found:
    """What became of one row: what each role was told before and after, and whether the bytes had it."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    in_bytes: bool


@pytest.fixture(scope="module")
def here(met: SharedJournal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    place = tmp_path_factory.mktemp("everybody") / "computer"
    place.mkdir()
    journal, clinic = met.copied(place / "journal"), practice(place)
    staff = {role: (clinic.joins(*who),) for role, who in STAFF.items()}
    ana, ben, lee = (journal.open(label) for label in ("Ana", "Ben", "Dr Lee"))
    opened = {ANA: (ana,), BEN: (ben,), LEE: (lee, clinic.lee), **staff, NOBODY: ()}
    everybody = Everybody(place, clinic, opened)
    added = clinic.lee.couples.add("them", journal.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    everybody.case = added.case
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def found(here: Everybody) -> dict[str, Found]:
    """Every row written, one after the other, and what all were told in between; then all doors closed."""
    outcome = {}
    with clock.at(clock.now()):  # an export says when it was made
        here.look()
        before = {role: here.said_to(role) for role in ROLES}
        for one in TABLE:
            one.write(here, one.word)
            here.look()
            after = {role: here.said_to(role) for role in ROLES}
            in_bytes = bool(found_in(here.raw(), [one.word]))
            outcome[one.what] = Found(before, after, in_bytes)
            before = after
    here.close()
    return outcome


@pytest.fixture(scope="module")
def opened(here: Everybody, found: dict[str, Found]) -> dict[str, bytes]:
    """What each role's keys open in the files as they lie at night."""
    assert found
    return {role: here.lies_open_to(role) for role in ROLES}


@pytest.mark.parametrize("one", TABLE, ids=lambda one: one.what)
def test_who_finds_it_and_who_does_not(one: Line, found: dict[str, Found], opened: dict[str, bytes]) -> None:
    told = found[one.what]
    assert {role for role in ROLES if one.word in told.after[role]} == one.finds
    assert {role for role in ROLES if found_in(opened[role], [one.word])} == one.finds


@pytest.mark.parametrize("one", TABLE, ids=lambda one: one.what)
def test_to_everybody_else_nothing_is_said(one: Line, found: dict[str, Found]) -> None:
    """Whatever a use case says to a role that does not find it, it said before: no list is longer, no count
    higher. Somebody who read it before it was taken away is told no word of it."""
    told = found[one.what]
    for role in set(ROLES) - one.finds - one.told:
        assert told.after[role] == told.before[role], role


@pytest.mark.parametrize("one", TABLE, ids=lambda one: one.what)
def test_it_never_lies_in_the_clear(one: Line, here: Everybody, found: dict[str, Found]) -> None:
    assert not found[one.what].in_bytes
    assert not found_in(here.raw(), [one.word])


def test_each_row_has_a_word_of_its_own() -> None:
    assert len({one.word for one in TABLE}) == len(TABLE)
    assert not {one.what for one in TABLE} & set(not_built_yet)


def test_each_kind_of_record_is_in_the_table(here: Everybody, found: dict[str, Found]) -> None:
    last = found[TABLE[-1].what].after[LEE]
    assert all(f"RecordKind.{kind.name}" in last for kind in RecordKind)
