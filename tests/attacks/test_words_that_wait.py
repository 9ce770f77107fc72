"""The words of a page that waits: who learns that it does, and who could change them on the way."""

import datetime as dt

import pytest

from kapjournal import clock
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import LAST_DAY, Obstacle, When
from kapjournal.errors import UsageError
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.trust.proofs import Proof
from kapjournal.store import JournalFile
from tests.attacks.attacked_journal import AttackedJournal, bodies
from tests.attacks.test_old_keys import renewed
from tests.attacks.test_waiting import DAY, LATER, NOON, TEN, opens_on, said_of
from tests.internals import vault_of


def test_a_reader_does_not_see_that_a_page_begins_to_wait_for_another(attacked: AttackedJournal) -> None:
    """The same words to the same readers once more would say so."""
    with clock.at(NOON), attacked.acting("Ana", "Lee") as (ana, lee):
        note = ana.notes.add(NewNote("words", share="Lee"))
        lee.refresh()
        before = attacked.rows()
        seen = lee.notes.get(note.id).versions
        ana.notes.share(note.id, "Ben", LATER)
        ana.waiting.keep(note.id)
        ana.notes.share(note.id, "Ben", LATER)
        lee.refresh()
        assert lee.notes.get(note.id).versions == seen
        assert before.items() <= attacked.rows().items(), "nothing of what was there is dropped"
        new = set(attacked.rows()) - set(before)
        assert len(new) == 3 and new <= vault_of(lee).envelopes.unaddressed
    assert opens_on(attacked, TEN) == {"words"}


def test_old_keys_put_no_other_words_into_a_page_that_waits(attacked: AttackedJournal) -> None:
    """They would go as if they were by the new keys, and nobody would be told."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("meant for him", share="Ben", when=LATER))
        later = ana.notes.add(NewNote("meant for him, said later"))
        was = [vault_of(ana).notes.stored(one.id) for one in (note, later)]
    with clock.at(NOON):
        thief = renewed(attacked, "Ana")
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.share(later.id, "Ben", LATER)
    for one in was:
        thief.writes(one.version._replace(text="forged", follows=(one.envelope,)), [MemberId(thief.id)])
    assert opens_on(attacked, TEN) == set(), "both texts stand: she decides"
    with clock.at(TEN), attacked.acting("Ana") as (ana,):
        assert [page.obstacles for page in ana.waiting.all()] == [(Obstacle.TWO_TEXTS,)] * 2
        assert {one.text.body for one in ana.notes.all()} == {"meant for him", "meant for him, said later"}


def test_pages_that_wait_come_along_to_new_keys(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("meant for him", share="Lee,Ben", when=LATER))
        shared = ana.notes.add(NewNote("Lee has it", share="Lee"))
        ana.notes.share(shared.id, "Ben", LATER)
    with clock.at(NOON):
        renewed(attacked, "Ana")
    with clock.at(NOON), attacked.acting("Lee") as (lee,):
        assert bodies(lee) == {"Lee has it"} and lee.check().is_clean
    assert opens_on(attacked, TEN) == {"meant for him", "Lee has it"}


def test_what_lies_in_the_tray_is_taken_back_where_another_computer_let_it_out(
    attacked: AttackedJournal,
) -> None:
    """She deleted it on the day of a dose; her laptop had a copy from before."""
    with clock.at(NOON), attacked.acting("Lee", "Ana") as (lee, ana):
        lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(9))
        ana.refresh()
        note = ana.notes.add(NewNote("deleted", share="Ben", when=LATER))
    other = attacked.copy()
    with clock.at(NOON + dt.timedelta(hours=1)), attacked.acting("Ana") as (ana,):
        assert not ana.notes.delete(note.id)
    later = TEN + dt.timedelta(hours=2)
    with clock.at(later):
        laptop = Journal(JournalFile(other), attacked.held["Ana"], attacked.folder / "laptop")
        laptop.close()
    with clock.at(later), attacked.acting("Ana", "Ben") as (ana, ben):
        ana.copies.merge(other)
        ana.refresh()
        [page] = ana.waiting.all()
        assert page.waiting.tray and not page.waiting.holds and bodies(ana) == set()
        assert page.note.is_private
        ben.refresh()
        assert bodies(ben) == set()
        assert ana.waiting.take_back(note.id).is_private
        assert bodies(ana) == {"deleted"} and ana.waiting.all() == []


def test_an_older_tray_takes_nothing_back(attacked: AttackedJournal) -> None:
    """Put back by somebody, with what came after it struck."""
    with clock.at(NOON), attacked.acting("Lee", "Ana") as (lee, ana):
        lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(9))
        ana.refresh()
        note = ana.notes.add(NewNote("deleted first"))
        ana.notes.delete(note.id)
        trayed = said_of(ana)
        ana.waiting.take_back(note.id)
        new = said_of(ana)
        ana.notes.share(note.id, "Ben", When(now=True))
    for row, sealed in trayed.items():
        attacked.insert(row, sealed)
    for row in new:
        attacked.delete(row)
    assert opens_on(attacked, TEN) == {"deleted first"}


def test_a_version_of_no_form_hides_no_page_and_stops_no_list(attacked: AttackedJournal) -> None:
    """Old keys put it in front, because what bears a signature is shown first."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("meant for him", share="Ben", when=LATER))
        was = vault_of(ana).notes.stored(note.id).version
    with clock.at(NOON):
        thief = renewed(attacked, "Ana")
    proof = Proof(MemberId(thief.id), 0, b"{}", bytes(64))
    thief.writes(was._replace(data=b"{}", proofs=(proof,)), [MemberId(thief.id)])
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        assert bodies(ana) == {"meant for him"}
        assert [page.note.text.body for page in ana.waiting.all()] == ["meant for him"]
        assert ana.findings


@pytest.mark.parametrize("year", [2200, 9999])
def test_nothing_waits_until_a_moment_that_cannot_be_written_down(
    attacked: AttackedJournal, year: int
) -> None:
    """It was saved, of no form, and waited for nobody."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        far = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
        with pytest.raises(UsageError, match="too far ahead: 2199-12-30"):
            ana.notes.add(NewNote("far", share="Ben", when=When(until=far)))
        letter = ana.notes.add(NewNote("Dear Ben", kind=NoteKind.LETTER))
        with pytest.raises(UsageError, match="too far ahead"):
            ana.waiting.close(letter.id, far.date())
        ana.waiting.close(letter.id, LAST_DAY)
        ana.notes.share(letter.id, "Ben", LATER)
        assert ana.waiting.of(letter).readers == {ana.members.get("Ben").id}
