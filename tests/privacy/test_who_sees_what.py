"""Who sees what: one table. Each row is written through the use cases, and then everybody looks for its word.

A role that is not named finds it nowhere: not in the bytes of the files, not in anything that the keys behind
its door open, and no use case says anything else to it than before, not even a count.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from kapjournal import clock
from kapjournal.content.forms import form_for
from kapjournal.domain.dosing import COLUMNS, LineKind, Row, RowKind, new_row
from kapjournal.domain.forms import About, FieldKind, RecordKind, Subject
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.record_drafts import RecordDraft
from kapjournal.domain.records import Record, SessionNamed
from kapjournal.domain.sessions import SessionKind
from kapjournal.journal import NewNote, NewRecord, NoteChange
from tests.cast import PASSPHRASES
from tests.conftest import Salts
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
from tests.shared_journal import SharedJournal


def note(role: str, share: str = "", kind: NoteKind | None = None) -> Write:
    """Somebody's note, shared with whoever is named."""

    def write(here: Everybody, word: str) -> object:
        new = NewNote(f"the hallway {word} again", title=word, tags=(word,), kind=kind, share=share)
        return here.in_the_journal(role).notes.add(new)

    return write


def withdrawn(role: str, from_whom: str) -> Write:
    def write(here: Everybody, word: str) -> object:
        journal = here.in_the_journal(role)
        written = journal.notes.add(NewNote(word, title=word, share=from_whom))
        here.look()
        return journal.notes.withdraw(written.id, from_whom)

    return write


def deleted(role: str) -> Write:
    def write(here: Everybody, word: str) -> object:
        journal = here.in_the_journal(role)
        written = journal.notes.add(NewNote(word, title=word, share="all"))
        here.look()
        journal.notes.delete(written.id)
        return None

    return write


def earlier_wording(here: Everybody, word: str) -> object:
    """What stood in a note before it was shared stays its author's."""
    ana = here.in_the_journal(ANA)
    written = ana.notes.add(NewNote(word, title=word))
    ana.notes.edit(written.id, NoteChange(body="another wording", title="another title"))
    return ana.notes.share(written.id, "all")


def page_draft(here: Everybody, word: str) -> object:
    """An unfinished page that is to be shared with everybody."""
    ana = here.in_the_journal(ANA)
    readers = frozenset(member.id for member in ana.members.all())
    text = NoteText(word, NoteKind.PAGE, clock.today(), word, (word,))
    return ana.drafts.save(Draft("", None, text, readers=readers))


def attached(share: str) -> Write:
    def write(here: Everybody, word: str) -> object:
        ana = here.in_the_journal(ANA)
        written = ana.notes.add(NewNote("with a file", share=share))
        file = here.folder.parent / f"{word}.txt"
        file.write_text(f"content {word}", encoding="utf-8")
        ana.attachments.attach(written.id, file)
        file.unlink()
        return written

    return write


def session(here: Everybody, word: str) -> object:
    lee = here.in_the_journal(LEE)
    return lee.sessions.add(kind=SessionKind.DOSING, date=clock.today(), title=word)


def record(kind: RecordKind, *, to: str = "", about: About | None = None, session: int = 1) -> Write:
    """A record with the word in every field that takes words, and in every row; perhaps for a colleague."""

    def write(here: Everybody, word: str) -> object:
        written = here.lee.records.add(new_record(here, kind, about, session, word))
        return here.lee.records.share(written.id, STAFF[to][0]) if to else written

    return write


def new_record(
    here: Everybody, kind: RecordKind, about: About | None, session: int, word: str
) -> NewRecord:
    form = form_for(kind)
    of_one = form.about is Subject.PARTNER
    return NewRecord(
        kind,
        here.couple,
        fields=fields_of(kind, word),
        about=about or (About.FIRST if of_one else None),
        session=SessionNamed(session) if kind in (RecordKind.DOSING, RecordKind.READY) else None,
        rows=tuple(rows(word)) if kind is RecordKind.DOSING else (),
    )


def fields_of(kind: RecordKind, word: str) -> dict[str, str]:
    takes_words = (FieldKind.TEXT, FieldKind.LINE, FieldKind.LINES)
    return {one.id: word for one in form_for(kind).fields if one.kind in takes_words}


def rows(word: str) -> Iterator[Row]:
    """A row of each kind, all that it can hold filled."""
    for kind in RowKind:
        values = {column.id: next(iter(column.choices), word) for column in COLUMNS[kind]}
        yield new_row(kind, clock.local(clock.now()), values)


def record_withdrawn(here: Everybody, word: str) -> object:
    written = here.lee.records.add(new_record(here, RecordKind.PROGRESS, None, 1, word))
    here.lee.records.share(written.id, STAFF[ODE][0])
    here.look()
    return here.lee.records.withdraw(written.id, STAFF[ODE][0])


def record_draft(here: Everybody, word: str) -> object:
    values = tuple(fields_of(RecordKind.DOSING, word).items())
    draft = RecordDraft("", None, here.couple, RecordKind.DOSING, About.FIRST, values=values)
    return here.lee.record_drafts.save(draft)


def changed_row(here: Everybody, word: str) -> object:
    """A row that was put in and taken out again: the version before it is its author's still."""
    row = new_row(RowKind.LINE, clock.local(clock.now()), {"what": LineKind.SAID, "words": word})
    written: Record = here.lee.dosing.put(here.couple, About.SECOND, SessionNamed(7), [row])
    return here.lee.dosing.strike_row(written.id, row.id)


def name_of_couple(here: Everybody, word: str) -> object:
    here.lee.couples.rename(here.couple, word)
    return here.lee.couples.name_partners(here.couple, f"{word} one", f"{word} two")


def prescribers_contact(here: Everybody, word: str) -> object:
    varga = here.opened[VARGA][0]
    case = here.practice.couple("a word of the prescriber's", varga)
    return varga.records.add(NewRecord(RecordKind.CONTACT, case, fields_of(RecordKind.CONTACT, word)))


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
    line("A private journal: an attached file", attached(""), ANA),
    line("A → therapist", note(ANA, "Dr Lee"), ANA, LEE),
    line("B → therapist", note(BEN, "Dr Lee"), BEN, LEE),
    line("A → partner", note(ANA, "Ben"), ANA, BEN),
    line("A → partner: an attached file", attached("Ben"), ANA, BEN),
    line("B → partner", note(BEN, "Ana"), BEN, ANA),
    line("A → all three", note(ANA, "all"), ANA, BEN, LEE),
    line("A → partner, withdrawn", withdrawn(ANA, "Ben"), ANA),
    line("A → therapist, withdrawn", withdrawn(ANA, "Dr Lee"), ANA),
    line("A → all three, deleted", deleted(ANA)),
    line("Therapist’s observation", note(LEE, kind=NoteKind.OBSERVATION), LEE),
    line("Therapist’s observation → A", note(LEE, "Ana", NoteKind.OBSERVATION), LEE, ANA),
    line("Session", session, ANA, BEN, LEE),
    line("A dosing/vitals/meds", record(RecordKind.DOSING, about=About.FIRST), LEE),
    line("B dosing/vitals/meds", record(RecordKind.DOSING, about=About.SECOND), LEE),
    line("A dosing/vitals/meds → prescriber", record(RecordKind.DOSING, to=VARGA, session=2), LEE, VARGA),
    line("A dosing/vitals/meds: an unfinished form", record_draft, LEE),
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
    line("Closing note", record(RecordKind.CLOSING), LEE),
    line("What the therapist calls a couple and its partners", name_of_couple, LEE),
]

not_built_yet = [
    "Dialogue summary, which both approve",
    "A measures (PHQ/GAD/PCL)",
    "A CSI",
    "A dosing/vitals/meds, a copy given to A",
    "A → partner, held after a dose until the pause is over",
    "A → all three, de-identified for the supervisor",
    "Couple progress note, released by authorisation of both",
    "Supervision write-up",
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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Salts, "are_quick", True)
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
