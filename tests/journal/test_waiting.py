"""Pages that wait: nobody reads one before its author's program finds that the time has come."""

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import NextSession, Obstacle, Until, When
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, SessionChange
from kapjournal.journal.documents import registry
from tests.internals import vault_of

from .open_journals import OpenJournals

DAY = dt.date(2098, 3, 3)
"""After the journal of every test was made, by whatever clock."""
NOON = clock.moment_of(DAY, dt.time(12))
EVENING = clock.moment_of(DAY, dt.time(20))
NIGHT = clock.moment_of(DAY + dt.timedelta(days=1), dt.time(2))
TEN = clock.moment_of(DAY + dt.timedelta(days=1), dt.time(10))
LATER = When(until=TEN)

SetClock = Callable[[dt.datetime], None]


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Set the clock; it goes on by a second each time it is asked."""

    def set_to(moment: dt.datetime) -> None:
        seconds = itertools.count()
        monkeypatch.setattr(clock, "now", lambda: moment + dt.timedelta(seconds=next(seconds)))

    set_to(NOON)
    return set_to


def bodies(journal: Journal) -> set[str]:
    journal.refresh()
    return {note.text.body for note in journal.notes.all()}


def dose(three: OpenJournals, *labels: str) -> None:
    """A dosing session that began at noon."""
    ids = frozenset(three.lee.members.get(label).id for label in labels) if labels else frozenset()
    three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(12), dosing=ids)
    three.look()


# --- until a moment -------------------------------------------------------------------------------------


def test_a_page_comes_the_first_time_its_author_opens_the_journal_after_the_moment(
    three: OpenJournals, it_is: SetClock
) -> None:
    note = three.ana.notes.add(NewNote("for tomorrow"))
    assert three.ana.notes.share(note.id, "Ben", LATER).is_private
    assert [page.note.id for page in three.ana.waiting.all()] == [note.id]
    assert bodies(three.ben) == set()
    it_is(TEN - dt.timedelta(minutes=1))
    three.ana.refresh()
    assert bodies(three.ben) == set()
    it_is(TEN)
    assert bodies(three.ben) == set(), "it is her program that seals it for him"
    assert three.ana.refresh()
    assert bodies(three.ben) == {"for tomorrow"} and three.ana.waiting.all() == []
    assert not three.ana.refresh(), "once"


def test_it_comes_when_she_opens_the_journal_anew(three: OpenJournals, it_is: SetClock) -> None:
    three.ana.notes.add(NewNote("for tomorrow", share="all", when=LATER))
    three.ana.close()
    it_is(TEN)
    three.open("Ana").close()
    assert bodies(three.ben) == bodies(three.lee) == {"for tomorrow"}


def test_a_page_can_wait_for_one_and_be_read_by_another(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    three.ana.notes.share(note.id, "therapist")
    assert bodies(three.lee) == {"words"} and bodies(three.ben) == set()
    assert three.ana.waiting.of(note).readers == {three.ben.me.id}
    assert three.lee.waiting.all() == three.ben.waiting.all() == []


def test_changing_it_keeps_the_wait(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    three.ana.notes.edit(note.id, NoteChange("other words"))
    it_is(TEN)
    three.ana.refresh()
    assert bodies(three.ben) == {"other words"}


def test_send_it_now_and_keep_it_for_me(three: OpenJournals, it_is: SetClock) -> None:
    sent = three.ana.notes.add(NewNote("sent", share="Ben", when=LATER))
    kept = three.ana.notes.add(NewNote("kept", share="Ben", when=LATER))
    assert three.ana.waiting.send_now(sent.id).readers == {three.ana.me.id, three.ben.me.id}
    assert three.ana.waiting.keep(kept.id).is_private
    assert bodies(three.ben) == {"sent"} and three.ana.waiting.all() == []
    it_is(TEN)
    three.ana.refresh()
    assert bodies(three.ben) == {"sent"}
    for deed in (three.ana.waiting.send_now, three.ana.waiting.keep):
        with pytest.raises(Refused, match="does not wait"):
            deed(kept.id)
        with pytest.raises(NotFound):
            deed("beef")


def test_of_several_one_can_have_it_now(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("words", share="all", when=LATER))
    three.ana.waiting.send_now(note.id, "therapist")
    assert bodies(three.lee) == {"words"} and bodies(three.ben) == set()
    three.ana.waiting.keep(note.id, "Ben")
    assert three.ana.waiting.all() == []


def test_stopping_the_sharing_stops_the_wait(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    three.ana.notes.withdraw(note.id, "Ben")
    it_is(TEN)
    three.ana.refresh()
    assert bodies(three.ben) == set() and three.ana.waiting.all() == []


def test_another_time_takes_the_place_of_the_first(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    later = TEN + dt.timedelta(days=7)
    three.ana.notes.share(note.id, "Ben", When(until=later))
    [hold] = three.ana.waiting.of(note).holds
    assert hold.condition == Until(later)
    three.ana.notes.share(note.id, "Ben")
    assert bodies(three.ben) == {"words"} and three.ana.waiting.all() == []


def test_deleting_leaves_nothing_that_waits(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    three.ana.notes.delete(note.id)
    it_is(TEN)
    three.ana.refresh()
    assert three.ana.waiting.all() == [] and bodies(three.ben) == set()
    assert three.ana.check().is_clean and three.ben.check().is_clean


def test_what_is_past_and_whose_pages_do_not_wait(three: OpenJournals, it_is: SetClock) -> None:
    with pytest.raises(UsageError, match="today is 2098-03-03"):
        three.ana.notes.add(NewNote("words", share="Ben", when=When(until=NOON - dt.timedelta(days=1))))
    with pytest.raises(Refused, match="partners’ own"):
        three.lee.notes.add(NewNote("words", share="Ben", when=LATER))
    assert three.ana.notes.all() == three.lee.notes.all() == []


def test_who_was_removed_meanwhile_gets_nothing(three: OpenJournals, it_is: SetClock) -> None:
    three.ana.notes.add(NewNote("words", share="all", when=LATER))
    three.lee.members.remove("Ben")
    three.look()
    it_is(TEN)
    three.ana.refresh()
    assert bodies(three.lee) == {"words"} and bodies(three.ben) == set()


def test_a_file_that_cannot_be_written_lets_nothing_out_and_says_nothing_new(
    three: OpenJournals, it_is: SetClock
) -> None:
    three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    file = vault_of(three.ana).file
    it_is(TEN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(file), "read_only", True)
        assert not three.ana.refresh() and three.ana.findings == ()
    assert three.ana.refresh(), "the control"


# --- with the next session ------------------------------------------------------------------------------


def test_a_page_comes_with_the_next_session(three: OpenJournals, it_is: SetClock) -> None:
    three.lee.sessions.add(kind=SessionKind.INTAKE, date=DAY, time=dt.time(9))
    note = three.ana.notes.add(NewNote("to talk about", share="all", when=When(next_session=True)))
    assert {type(hold.condition) for hold in three.ana.waiting.of(note).holds} == {NextSession}
    three.lee.sessions.add(kind=SessionKind.INTEGRATION, date=DAY + dt.timedelta(days=3), time=dt.time(14))
    it_is(TEN + dt.timedelta(days=1))
    three.look()
    assert bodies(three.ben) == bodies(three.lee) == set()
    three.lee.sessions.edit(2, SessionChange(date=DAY + dt.timedelta(days=9)))
    it_is(TEN + dt.timedelta(days=4))
    three.look()
    assert bodies(three.lee) == set(), "it was moved"
    it_is(TEN + dt.timedelta(days=9))
    three.look()
    assert bodies(three.ben) == bodies(three.lee) == {"to talk about"}


# --- the pause after a dose -----------------------------------------------------------------------------


def test_on_the_day_of_a_dose_what_goes_to_the_partner_waits_until_ten(
    three: OpenJournals, it_is: SetClock
) -> None:
    dose(three, "Ana")
    it_is(EVENING)
    assert three.ana.waiting.pause_until() == TEN and three.ben.waiting.pause_until() is None
    first = three.ana.notes.add(NewNote("shared", share="all"))
    second = three.ana.notes.share(three.ana.notes.add(NewNote("shared later")).id, "Ben")
    draft = three.ana.drafts.save(
        Draft("", None, NoteText("of a draft", NoteKind.PAGE, DAY), frozenset({three.ben.me.id}))
    )
    third = three.ana.drafts.finish(draft)
    assert bodies(three.lee) == {"shared"}, "a therapist is never paused for"
    assert bodies(three.ben) == set()
    held = {page.note.id: page.waiting.holds for page in three.ana.waiting.all()}
    assert held.keys() == {first.id, second.id, third.id}
    assert {hold.condition for holds in held.values() for hold in holds} == {Until(TEN)}
    it_is(NIGHT)
    three.ana.refresh()
    assert three.ana.notes.add(NewNote("at night", share="Ben")).is_private
    assert bodies(three.ben) == set()
    it_is(TEN)
    three.ana.refresh()
    assert bodies(three.ben) == {"shared", "shared later", "of a draft", "at night"}
    assert not three.ana.notes.add(NewNote("after it", share="Ben")).is_private


def test_to_send_it_now_is_one_step(three: OpenJournals, it_is: SetClock) -> None:
    dose(three)
    it_is(EVENING)
    three.ana.notes.add(NewNote("cannot wait", share="Ben", when=When(now=True)))
    draft = Draft("", None, NoteText("nor this", NoteKind.PAGE, DAY), frozenset({three.ben.me.id}))
    three.ana.drafts.finish(three.ana.drafts.save(draft), When(now=True))
    assert bodies(three.ben) == {"cannot wait", "nor this"}


def test_the_pause_ends_at_the_hour_of_the_couples_policy(three: OpenJournals, it_is: SetClock) -> None:
    dose(three, "Ana")
    it_is(EVENING)
    three.lee.policies.write(None, dt.time(12, 30))
    three.ana.refresh()
    assert three.ana.waiting.pause_until() == TEN + dt.timedelta(hours=2, minutes=30)


def test_a_clock_that_is_set_back_ends_no_pause(three: OpenJournals, it_is: SetClock) -> None:
    dose(three)
    it_is(EVENING)
    three.ana.notes.add(NewNote("in the pause"))
    it_is(NOON - dt.timedelta(days=1))
    assert three.ana.waiting.pause_until() == TEN
    assert three.ana.notes.add(NewNote("words", share="Ben")).is_private


# --- what keeps a page -----------------------------------------------------------------------------------


def test_a_clock_behind_what_was_written_lets_nothing_out(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    it_is(TEN + dt.timedelta(days=30))
    three.ana.close()
    ana = three.open("Ana", path=three.path)
    assert bodies(three.ben) == {"words"}, "the control"
    again = ana.notes.add(NewNote("wait", share="Ben", when=When(until=TEN + dt.timedelta(days=31))))
    it_is(TEN + dt.timedelta(days=60))
    vault = vault_of(ana)
    with vault.unit_of_work() as unit:  # a page of that day, which lets nothing out by itself
        unit.put_draft(DocumentId(bytes(16)), "draft", registry.DRAFT.encode(_draft(ana), None), [])
    it_is(TEN + dt.timedelta(days=40))
    assert not ana.refresh() and bodies(three.ben) == {"words"}
    [page] = ana.waiting.all()
    assert page.obstacles == (Obstacle.CLOCK_BEHIND,)
    ana.waiting.send_now(page.note.id)
    assert bodies(three.ben) == {"words", "wait"} and again.id != note.id


def _draft(journal: Journal) -> Draft:
    return Draft("", None, NoteText("words", NoteKind.PAGE, DAY), frozenset({journal.me.id}))


def test_two_texts_wait_until_they_are_one(three: OpenJournals, it_is: SetClock, tmp_path: Path) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    elsewhere = tmp_path / "elsewhere.kap"
    three.ana.backup(elsewhere)
    three.ana.notes.edit(note.id, NoteChange("at home"))
    with three.open("Ana", path=elsewhere, memory=tmp_path / "other") as other:
        other.notes.edit(note.id, NoteChange("on the train"))
    three.ana.copies.merge(elsewhere)
    it_is(TEN)
    three.ana.refresh()
    [page] = three.ana.waiting.all()
    assert page.obstacles == (Obstacle.TWO_TEXTS,) and bodies(three.ben) == set()
    three.ana.notes.edit(note.id, NoteChange("both"))
    three.ana.refresh()
    assert bodies(three.ben) == {"both"}


def test_two_computers_that_say_two_times_let_nothing_out(
    three: OpenJournals, it_is: SetClock, tmp_path: Path
) -> None:
    note = three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    elsewhere = tmp_path / "elsewhere.kap"
    three.ana.backup(elsewhere)
    three.ana.waiting.keep(note.id)
    with three.open("Ana", path=elsewhere, memory=tmp_path / "other") as other:
        other.notes.share(note.id, "Ben", When(until=TEN + dt.timedelta(hours=1)))
    three.ana.copies.merge(elsewhere)
    it_is(TEN + dt.timedelta(days=1))
    three.ana.refresh()
    [page] = three.ana.waiting.all()
    assert page.obstacles == (Obstacle.TWO_TEXTS,) and bodies(three.ben) == set()
    three.ana.waiting.keep(note.id)
    three.ana.refresh()
    assert three.ana.waiting.all() == [] and bodies(three.ben) == set()


def test_new_keys_keep_what_waits(three: OpenJournals, it_is: SetClock) -> None:
    three.ana.notes.add(NewNote("words", share="Ben", when=LATER))
    kept = three.ana.notes.add(NewNote("kept", share="Ben", when=LATER))
    three.ana.waiting.keep(kept.id)
    three.ana.keys.replace("quite another passphrase", None, strength=FLOOR)
    three.look()
    assert [page.note.text.body for page in three.ana.waiting.all()] == ["words"]
    it_is(TEN)
    three.look()
    assert bodies(three.ben) == {"words"}


# --- the tray -------------------------------------------------------------------------------------------


def test_what_is_deleted_on_the_day_of_a_dose_lies_in_the_tray(three: OpenJournals, it_is: SetClock) -> None:
    dose(three, "Ana")
    note = three.ana.notes.add(NewNote("the hallway", share="all", when=When(now=True)))
    assert bodies(three.ben) == bodies(three.lee) == {"the hallway"}
    it_is(EVENING)
    assert three.ana.notes.delete(note.id) is False
    assert bodies(three.ben) == bodies(three.lee) == set(), "nobody reads it from then on"
    assert (
        three.ana.notes.all()
        == []
        == list(three.ana.search("hallway"))
        == three.ana.search.once("hallway", 9)
    )
    for deed in (three.ana.notes.get, three.ana.notes.history, three.ana.notes.delete):
        for id_ in (note.id, note.id[:6]):
            with pytest.raises(NotFound):
                deed(id_)
    [page] = three.ana.waiting.all()
    assert page.note.text.body == "the hallway" and page.waiting.tray is not None
    it_is(TEN + dt.timedelta(days=30))
    three.ana.refresh()
    assert len(three.ana.waiting.all()) == 1, "the program removes nothing by itself"
    assert three.ana.waiting.take_back(note.id[:6]).is_private
    assert three.ana.waiting.all() == [] and bodies(three.ana) == {"the hallway"}
    assert bodies(three.ben) == set()


def test_what_waited_and_was_deleted_waits_no_more(three: OpenJournals, it_is: SetClock) -> None:
    dose(three, "Ana")
    it_is(EVENING)
    note = three.ana.notes.add(NewNote("words", share="Ben"))
    three.ana.notes.delete(note.id)
    it_is(TEN)
    three.ana.refresh()
    three.ana.waiting.take_back(note.id)
    three.ana.refresh()
    assert bodies(three.ben) == set()


def test_to_remove_it_now_stands_beside(three: OpenJournals, it_is: SetClock) -> None:
    dose(three, "Ana")
    it_is(EVENING)
    first, second = (three.ana.notes.add(NewNote(body)) for body in ("at once", "from the tray"))
    assert three.ana.notes.delete(first.id, now=True)
    three.ana.notes.delete(second.id)
    assert three.ana.notes.delete(second.id, now=True)
    assert three.ana.waiting.all() == [] == three.ana.notes.all() and three.ana.check().is_clean
    three.ben.notes.delete(three.ben.notes.add(NewNote("not dosed")).id)
    assert three.ben.waiting.all() == []
    it_is(TEN)
    assert three.ana.notes.delete(three.ana.notes.add(NewNote("after it")).id)


# --- letters and decisions --------------------------------------------------------------------------------

THIRD = DAY + dt.timedelta(days=30)


def test_a_letter_is_closed_until_its_day(three: OpenJournals, it_is: SetClock) -> None:
    letter = three.ana.notes.add(NewNote("dear me, hallway", title="Dear me", kind=NoteKind.LETTER))
    assert three.ana.waiting.close(letter.id, THIRD).opens == THIRD
    for shown in (three.ana.notes.get(letter.id), *three.ana.notes.all()):
        assert (shown.text.body, shown.text.title) == ("", "Opens on 2 Apr 2098"), "no words of it"
    assert list(three.ana.search("hallway")) == [] == three.ana.search.once("hallway", 9)
    change = NoteChange("other words")
    for deed in (lambda: three.ana.notes.edit(letter.id, change), lambda: three.ana.notes.history(letter.id)):
        with pytest.raises(Refused, match="closed"):
            deed()
    text = NoteText("instead", NoteKind.LETTER, DAY)
    with pytest.raises(Refused, match="closed"):
        three.ana.drafts.finish(Draft("", letter.id, text))
    it_is(clock.moment_of(THIRD, dt.time(0)))
    assert three.ana.notes.get(letter.id).text.body == "dear me, hallway"
    assert len(list(three.ana.search("hallway"))) == 1
    assert [page.note.id for page in three.ana.waiting.all()] == [letter.id], "that it opened is told"
    three.ana.waiting.open_now(letter.id)
    assert three.ana.waiting.all() == []


def test_a_letter_to_the_partner_goes_on_its_day(three: OpenJournals, it_is: SetClock) -> None:
    letter = three.ana.notes.add(NewNote("dear Ben", kind=NoteKind.LETTER))
    three.ana.waiting.close(letter.id, THIRD)
    three.ana.notes.share(letter.id, "all")
    assert bodies(three.lee) == {"dear Ben"} and bodies(three.ben) == set()
    three.ana.waiting.open_now(letter.id)
    it_is(clock.moment_of(THIRD, dt.time(0)))
    three.ana.refresh()
    assert bodies(three.ben) == {"dear Ben"}


def test_a_decision_opens_by_itself_ten_days_later(three: OpenJournals, it_is: SetClock) -> None:
    note = three.ana.notes.add(NewNote("we sell the house", kind=NoteKind.DECISION))
    assert three.ana.notes.get(note.id).opens == DAY + dt.timedelta(days=10)
    shared = three.ana.notes.add(NewNote("to you both", kind=NoteKind.DECISION, share="all"))
    assert shared.readers == {three.ana.me.id, three.lee.me.id}, "to the other partner it goes on its day"
    three.ana.waiting.close(note.id, DAY + dt.timedelta(days=14))
    assert three.ana.notes.get(note.id).opens == DAY + dt.timedelta(days=14)
    assert three.ana.waiting.open_now(note.id).text.body == "we sell the house"


def test_the_day_is_said_with_a_new_letter(three: OpenJournals, it_is: SetClock) -> None:
    letter = three.ana.notes.add(NewNote("dear Ben", kind=NoteKind.LETTER, share="all", opens=THIRD))
    assert three.ana.notes.get(letter.id).opens == THIRD
    assert bodies(three.lee) == {"dear Ben"} and bodies(three.ben) == set()
    with pytest.raises(Refused, match="letter or a decision"):
        three.ana.notes.add(NewNote("words", opens=THIRD))
    with pytest.raises(UsageError, match="today is 2098-03-03"):
        three.ana.notes.add(NewNote("words", kind=NoteKind.DECISION, opens=DAY))
    assert len(three.ana.notes.all()) == 1
    it_is(clock.moment_of(THIRD, dt.time(0)))
    three.ana.refresh()
    assert bodies(three.ben) == {"dear Ben"}


def test_a_draft_keeps_the_day_and_a_page_takes_none(three: OpenJournals, it_is: SetClock) -> None:
    text = NoteText("dear me", NoteKind.LETTER, DAY)
    me = frozenset({three.ana.me.id})
    kept = three.ana.drafts.save(Draft("", None, text, me, opens=THIRD))
    [draft] = three.ana.drafts.all()
    assert draft.opens == THIRD
    page = three.ana.drafts.save(replace(kept, text=replace(text, kind=NoteKind.PAGE)))
    [draft] = three.ana.drafts.all()
    assert draft.opens == THIRD, "it counts again for a letter"
    assert three.ana.drafts.finish(page).opens is None and three.ana.waiting.all() == []
    letter = three.ana.drafts.save(Draft("", None, text, me, opens=THIRD))
    assert three.ana.notes.get(three.ana.drafts.finish(letter).id).opens == THIRD
    taken_back = three.ana.drafts.save(Draft("", None, text, me, opens=THIRD))
    taken_back = three.ana.drafts.save(replace(taken_back, opens=None))
    assert three.ana.drafts.all()[0].opens is None


def test_a_draft_whose_day_has_come_stays_a_draft(three: OpenJournals, it_is: SetClock) -> None:
    text = NoteText("dear me", NoteKind.LETTER, DAY)
    kept = three.ana.drafts.save(Draft("", None, text, frozenset({three.ana.me.id}), opens=THIRD))
    it_is(clock.moment_of(THIRD, dt.time(0)))
    with pytest.raises(UsageError, match="tomorrow at the earliest: today is 2098-04-02"):
        three.ana.drafts.finish(kept)
    assert [draft.text for draft in three.ana.drafts.all()] == [text] and three.ana.notes.all() == []


def test_what_cannot_be_closed(three: OpenJournals, it_is: SetClock) -> None:
    page = three.ana.notes.add(NewNote("words"))
    letter = three.ana.notes.add(NewNote("words", kind=NoteKind.LETTER))
    with pytest.raises(Refused, match="letter or a decision"):
        three.ana.waiting.close(page.id, THIRD)
    with pytest.raises(UsageError, match="today is 2098-03-03"):
        three.ana.waiting.close(letter.id, DAY)
    with pytest.raises(NotFound):
        three.ben.waiting.close(letter.id, THIRD)
