"""A partner's copy of their own record: who gets it, who does not, and which records are never given."""

import datetime as dt
import sys
from collections.abc import Iterator

import pytest

from kapjournal.content.forms import form_for
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.records import Record, SessionNamed
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, NewNote, NewRecord, give_copy, join
from kapjournal.presentation.record_copy import as_markdown, title_of
from tests.cast import PASSPHRASES
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice
from tests.journal.practices import practice as made

DAY = dt.date(2026, 3, 2)
LEE = PASSPHRASES["Dr Lee"]
SECRET = "slept badly"


@pytest.fixture
def practice(three: OpenJournals) -> Iterator[Practice]:
    practice = made(three.folder)
    couple = practice.lee.couples.add("Hallway", three.path, label="Dr Lee", passphrase=LEE)
    practice.lee.couples.name_partners(couple.case, "Ana", "Ben")
    yield practice
    practice.close()


def written(practice: Practice, about: About, kind: RecordKind = RecordKind.PROGRESS) -> Record:
    case = practice.lee.couples.get("Hallway").case
    fields = {"text": SECRET} if kind in (RecordKind.PROCESS, RecordKind.SAFETY) else {"plan": SECRET}
    return practice.lee.records.add(NewRecord(kind, case, fields, about, DAY, SessionNamed(1, DAY)))


def given(practice: Practice, record: Record, label: str, who: About | None = None) -> Note:
    couple, form = practice.lee.couples.get("Hallway"), form_for(record.kind)
    title, body = title_of(record.text, form), as_markdown(record.text, form)
    with practice.lee.open_couple(couple.case) as theirs:
        return give_copy(practice.lee, theirs, couple, record, label, title=title, body=body, who=who)


def test_the_partner_reads_it_and_the_other_can_neither_read_nor_tell(
    practice: Practice, three: OpenJournals
) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY)
    three.look()
    before = three.ben.notes.all(), three.ben.findings
    note = given(practice, written(practice, About.FIRST), "ana")
    assert not three.ben.refresh(), "nothing changed that Ben could see"
    assert (three.ben.notes.all(), three.ben.findings) == before and three.ben.search(SECRET) == []
    three.look()
    read = three.ana.notes.get(note.id)
    assert read.readers == {three.ana.me.id, three.lee.me.id} and read.author == three.lee.me.id
    assert (read.text.date, read.session) == (DAY, 1)
    assert read.text.title == "A copy for you: Progress note, session 1"
    assert read.text.body == (
        "_Copied from your record of 2 March 2026. What is changed in it later is not here._\n\n"
        "## Plan\n\nslept badly"
    )
    assert "Hallway" not in read.text.body + read.text.title
    assert three.ben.check().is_clean and three.ana.check().is_clean


def test_each_gets_their_own_alone(practice: Practice, three: OpenJournals) -> None:
    of_ana, of_ben = written(practice, About.FIRST), written(practice, About.SECOND)
    for record, label in ((of_ana, "Ben"), (of_ben, "Ana")):
        with pytest.raises(Refused, match="is the other"):
            given(practice, record, label)
    for who, label in ((About.FIRST, "Ben"), (About.SECOND, "Ana")):
        with pytest.raises(Refused, match="By the names you gave them"):
            given(practice, of_ana, label, who)
    assert given(practice, of_ben, "Ben", About.SECOND)
    three.look()
    assert three.ana.notes.all() == [] and len(three.ben.notes.all()) == 1


@pytest.mark.parametrize(
    "names", [("", ""), ("the elder", "the younger"), ("Anna", "Benny"), ("the elder", "Ana")]
)
def test_where_the_names_do_not_say_it_the_therapist_does(
    practice: Practice, three: OpenJournals, names: tuple[str, str]
) -> None:
    couple = practice.lee.couples.get("Hallway")
    practice.lee.couples.name_partners(couple.case, *names)
    record = written(practice, About.FIRST)
    with pytest.raises(UsageError, match="not certain which of the two Ben is"):
        given(practice, record, "Ben")
    with pytest.raises(Refused):
        given(practice, record, "Ben", About.SECOND)
    three.look()
    assert three.ben.notes.all() == []
    assert given(practice, record, "Ben", About.FIRST)


def test_some_records_are_never_given(practice: Practice, three: OpenJournals) -> None:
    for kind in (RecordKind.PROCESS, RecordKind.SAFETY):
        with pytest.raises(Refused, match="never given"):
            given(practice, written(practice, About.FIRST, kind), "Ana")
    with pytest.raises(Refused, match="authorization of each"):
        given(practice, written(practice, About.COUPLE), "Ana", About.FIRST)
    other = practice.couple("Others")
    record = practice.lee.records.add(NewRecord(RecordKind.PROGRESS, other, {}, About.FIRST, DAY))
    with pytest.raises(Refused, match="another couple"):
        given(practice, record, "Ana")
    three.look()
    assert three.ana.notes.all() == three.ben.notes.all() == []


def test_only_its_author_gives_it_and_only_to_a_partner(practice: Practice, three: OpenJournals) -> None:
    kim = practice.joins("Kim", Role.CO_THERAPIST)
    case = practice.lee.couples.get("Hallway").case
    record = kim.records.add(NewRecord(RecordKind.PROGRESS, practice.couple("Kim's", kim), {}, About.FIRST))
    kim.records.share(record.id, "Dr Lee")
    practice.look()
    with pytest.raises(Refused, match="who wrote a record"):
        given(practice, practice.lee.records.get(record.id), "Ana")
    own = written(practice, About.FIRST)
    for label in ("Dr Lee", "partner", "all", "Ana, Ben", "Cleo"):
        with pytest.raises(NotFound):
            given(practice, own, label, About.FIRST)
    with practice.lee.open_couple(case) as theirs:
        theirs.members.remove("Ben")
    with pytest.raises(NotFound):
        given(practice, own, "Ben", About.FIRST)


def test_another_session_of_that_number_is_not_its(practice: Practice, three: OpenJournals) -> None:
    three.lee.sessions.add(kind=SessionKind.DOSING, date=dt.date(2026, 3, 9))
    three.lee.notes.add(NewNote("x"))
    assert given(practice, written(practice, About.FIRST), "Ana").session is None


def test_who_is_which_is_not_turned_round_once_there_is_a_record(
    practice: Practice, three: OpenJournals
) -> None:
    couples, case = practice.lee.couples, practice.lee.couples.get("Hallway").case
    couples.name_partners(case, "Ben", "Ana")
    couples.name_partners(case, "Ana", "Ben")
    record = written(practice, About.FIRST)
    for names in (("Ben", "Ana"), ("ben", "Cleo"), ("Cleo", "ANA")):
        with pytest.raises(Refused, match="who is which stays"):
            couples.name_partners(case, *names)
    couples.name_partners(case, "Anna", "Ben")
    couples.name_partners(case, "Ana", "Benedict")
    with pytest.raises((Refused, UsageError)):
        given(practice, record, "Ben")
    three.look()
    assert three.ben.notes.all() == []


def test_somebody_under_a_removed_partners_label_gets_nothing_until_digits_were_compared(
    practice: Practice, three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = written(practice, About.FIRST)
    three.lee.members.remove("Ana")
    code = three.lee.members.invite("Cleo", Role.PARTNER, strength=FLOOR)
    joining = sys.modules["kapjournal.journal.join"]
    with monkeypatch.context() as patch:
        patch.setattr(joining._OpenInvitation, "check_free", lambda *_: None)
        other, _ = join(
            three.path,
            code=code,
            label="Ana",
            passphrase="velvet cactus drums nightly",
            with_recovery=False,
            strength=FLOOR,
            record_folder=three.folder / "cleo",
        )
    with other:
        three.look()
        with pytest.raises(Refused, match="compare the 60 digits"):
            given(practice, record, "Ana")
        three.lee.members.acknowledge("Ana")
        with pytest.raises(Refused, match="compare the 60 digits"):
            given(practice, record, "Ana")
        three.lee.members.mark_verified("Ana")
        assert given(practice, record, "Ana").readers
