"""Going apart: sharing ends for everybody, each writes on for themselves, and takes an archive along."""

import datetime as dt
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal import clock
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.ids import RowId
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Draft, NoteKind, NoteText
from kapjournal.domain.policy import DEFAULT_HOUR
from kapjournal.domain.self_reports import AfterEffects
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import Obstacle, When
from kapjournal.errors import Refused, UnlockFailed
from kapjournal.journal import FLOOR, Journal, NewNote, NoteChange, SessionChange, unlock
from kapjournal.journal.apart import GoingApart
from kapjournal.presentation import apart as saying
from kapjournal.presentation import waiting as waiting_said
from kapjournal.store import JournalFile
from tests.cast import PASSPHRASES
from tests.internals import vault_of
from tests.journal.open_journals import OpenJournals
from tests.journal.practices import Practice

ENDED = "Sharing has ended in this journal"
DAY = dt.date(2098, 3, 3)
NOON = clock.moment_of(DAY, dt.time(12))
SICK = AfterEffects(DAY, NOON, answers=(("nausea", True),))


def ends(three: OpenJournals, by: Journal) -> None:
    by.apart.end()
    three.look()
    assert [journal.apart.has_ended for journal in three.journals] == [True, True, True]


def bodies(journal: Journal) -> set[str]:
    return {note.text.body for note in journal.notes.all()}


def rows(path: Path) -> dict[RowId, bytes]:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT id, sealed FROM envelope").fetchall())


def nothing_failed(three: OpenJournals) -> bool:
    return all(not journal.findings and journal.check().is_clean for journal in three.journals)


@pytest.mark.parametrize("label", ["Dr Lee", "Ana", "Ben"])
def test_once_one_ends_it_nobody_gives_anything_more(three: OpenJournals, label: str) -> None:
    shared = three.ana.notes.add(NewNote("Read at home.", share="Ben"))
    private = three.ana.notes.add(NewNote("For me."))
    session = three.lee.sessions.add(kind=SessionKind.PREPARATION, date=DAY)
    three.look()
    ends(three, next(one for one in three.journals if one.me.label == label))
    before = rows(three.path)
    gives: list[Callable[[], object]] = [
        lambda: three.ana.notes.share(private.id, "Ben"),
        lambda: three.ana.notes.share(shared.id, "Dr Lee"),
        lambda: three.ana.notes.edit(shared.id, NoteChange(body="And more.")),
        lambda: three.ana.notes.add(NewNote("For all.", share="all")),
        lambda: three.ana.notes.share(private.id, "Ben", When(next_session=True)),
        three.ana.talking.ask,
        lambda: three.ana.bringing.words("The hallway."),
        lambda: three.ana.after_effects.add(SICK, "Dr Lee"),
        lambda: three.lee.sessions.add(kind=SessionKind.DOSING, date=DAY),
        lambda: three.lee.sessions.edit(session.number, SessionChange(title="Later")),
        lambda: three.lee.sessions.plan(3),
        lambda: three.lee.policies.write(None, DEFAULT_HOUR),
        lambda: three.lee.measures.request("phq9", "Ana"),
        lambda: three.lee.scribe.begin("Ana"),
        lambda: three.ben.notes.add(NewNote("Back.", share="Ana", when=When(both_first=True))),
    ]
    for give in gives:
        with pytest.raises(Refused, match=ENDED):
            give()
    with pytest.raises(Refused, match="nobody more joins"):
        three.lee.members.invite("Max", Role.SUPERVISOR, strength=FLOOR)
    assert rows(three.path) == before, "nothing of it was written"
    assert bodies(three.ben) == {"Read at home."}
    with pytest.raises(Refused, match="already"):
        three.ben.apart.end()
    assert nothing_failed(three)


def test_what_is_ones_own_goes_on(three: OpenJournals) -> None:
    shared = three.ana.notes.add(NewNote("Read at home.", share="Ben, Dr Lee"))
    other = three.ana.notes.add(NewNote("The lake.", share="Ben"))
    three.look()
    ends(three, three.ben)
    three.ana.notes.withdraw(shared.id, "Ben")
    assert three.ana.notes.get(shared.id).readers == {three.ana.me.id, three.lee.me.id}
    three.ana.notes.withdraw(shared.id, "Dr Lee")
    three.ana.notes.edit(shared.id, NoteChange(body="Read alone."))
    three.ana.notes.delete(other.id)
    draft = three.ana.drafts.save(Draft("", None, NoteText("Half a page.", NoteKind.PAGE, DAY)))
    three.ana.drafts.finish(draft)
    card = three.ana.after_effects.add(SICK)
    assert card.readers == {three.ana.me.id}, "the usual readers get no more"
    three.look()
    assert bodies(three.ana) == {"Read alone.", "Half a page."}
    assert bodies(three.ben) == bodies(three.lee) == set()
    assert nothing_failed(three)


def test_doors_keys_and_removing_go_on(three: OpenJournals) -> None:
    shared = three.ana.notes.add(NewNote("Read at home.", share="Ben, Dr Lee"))
    ana_offers = three.ana.notes.add(NewNote("Sunday", share="Ben", when=When(both_first=True)))
    three.look()
    ends(three, three.ana)
    three.ana.keys.change_passphrase("ana has another door", strength=FLOOR)
    for journal, words in ((three.ana, "ana has new keys now"), (three.lee, "lee has new keys now")):
        journal.keys.replace(words, None, strength=FLOOR)
        three.look()
    three.lee.members.remove("Ben")
    three.look()
    assert three.ben.me.removed
    assert three.lee.apart.has_ended and three.ana.apart.has_ended
    assert three.ana.notes.get(shared.id).text.body == "Read at home."
    assert three.lee.notes.get(shared.id).text.body == "Read at home."
    assert three.ana.waiting.all()[0].note.id == ana_offers.id
    for journal in (three.lee, three.ana):
        assert FindingKind.ANNOUNCEMENT_FAILED not in {one.kind for one in journal.findings}
        assert journal.check().is_clean


# --- what waits -------------------------------------------------------------------------------------------


def test_a_page_that_waits_goes_to_nobody_and_says_so(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    later = When(until=NOON + dt.timedelta(hours=1))
    page = three.ana.notes.add(NewNote("For tomorrow.", share="Ben", when=later))
    ends(three, three.ben)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(hours=2))
    three.look()
    assert bodies(three.ben) == set()
    [waits] = three.ana.waiting.all()
    assert waits.obstacles == (Obstacle.SHARING_ENDED,)
    assert waiting_said.of_page(three.ana, waits) == [waiting_said.STAYS[Obstacle.SHARING_ENDED]]
    with pytest.raises(Refused, match=ENDED):
        three.ana.waiting.send_now(page.id)
    three.ana.waiting.keep(page.id)
    assert not three.ana.waiting.all()
    assert nothing_failed(three)


def test_an_offer_is_answered_no_more_and_its_page_is_ones_own_again(three: OpenJournals) -> None:
    page = three.ana.notes.add(NewNote("Sunday", share="Ben", when=When(both_first=True)))
    three.look()
    assert three.ben.offers.to_me()
    ends(three, three.lee)
    assert not three.ben.offers.to_me()
    three.ana.notes.edit(page.id, NoteChange(body="Sunday, again"))
    three.ana.waiting.keep(page.id)
    three.look()
    assert bodies(three.ben) == set()
    assert nothing_failed(three)


def test_of_an_exchange_half_way_the_other_half_does_not_come(three: OpenJournals) -> None:
    """Ana's page was given; Ben's program had not looked since, and gives nothing now."""
    page = three.ana.notes.add(NewNote("Ana's Sunday", share="Ben", when=When(both_first=True)))
    three.ben.refresh()
    [offer] = three.ben.offers.to_me()
    three.ben.notes.add(NewNote("Ben's Sunday", share="Ana", when=When(in_return=offer.id)))
    three.ana.refresh()
    assert len(three.ana.notes.get(page.id).readers) == 2
    ends(three, three.lee)
    assert bodies(three.ana) == {"Ana's Sunday"}
    assert any("theirs does not come" in line for line in waiting_said.offered(three.ana))
    three.ana.notes.withdraw(page.id, "Ben")
    three.ana.notes.edit(page.id, NoteChange(body="Mine"))
    assert nothing_failed(three)


def test_a_page_typed_for_a_partner_before_is_theirs_and_one_on_the_way_is_not_handed_over(
    three: OpenJournals,
) -> None:
    page = three.lee.scribe.begin("Ana")
    three.lee.scribe.hand_over(replace(page, words="As she said it."))
    unfinished = replace(three.lee.scribe.begin("Ana"), words="Not yet.")
    three.lee.scribe.save(unfinished)
    ends(three, three.ben)
    assert bodies(three.ana) == {"As she said it."}
    with pytest.raises(Refused, match=ENDED):
        three.lee.scribe.hand_over(unfinished)
    assert three.lee.scribe.hand_over_left() == []
    assert nothing_failed(three)


# --- beside it --------------------------------------------------------------------------------------------


def test_the_clinics_record_goes_on(three: OpenJournals, practice: Practice) -> None:
    practice.lee.couples.add("Hallway", three.path, label="Dr Lee", passphrase=PASSPHRASES["Dr Lee"])
    note = three.ana.notes.add(NewNote("Read at the clinic.", share="Dr Lee"))
    three.look()
    ends(three, three.ana)
    with practice.lee.open_couple(practice.lee.couples.get("Hallway").case) as theirs:
        assert theirs.apart.has_ended
        theirs.keeping.keep(note.id)
    assert [one.body for one in practice.lee.kept.all()] == ["Read at the clinic."]


def test_a_practice_has_nothing_to_end(practice: Practice) -> None:
    with pytest.raises(Refused, match="practice"):
        practice.lee.apart.end()
    assert not practice.lee.apart.has_ended


def test_a_program_that_is_open_takes_it_in_at_its_next_write(three: OpenJournals) -> None:
    """It has not looked since, and what it was about to give is refused all the same."""
    three.ana.apart.end()
    with pytest.raises(Refused, match=ENDED):
        three.ben.notes.add(NewNote("For Ana.", share="Ana"))


# --- the archive ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ended", [False, True], ids=["before", "after"])
def test_the_archive_is_what_one_can_read_and_opens_with_ones_passphrase_alone(
    three: OpenJournals, ended: bool
) -> None:
    three.ana.notes.add(NewNote("Ana for herself."))
    three.ben.notes.add(NewNote("Ben for himself."))
    three.ben.notes.add(NewNote("Ben for Dr Lee.", share="Dr Lee"))
    three.ben.notes.add(NewNote("Ben for Ana.", share="Ana"))
    three.look()
    if ended:
        ends(three, three.ana)
    archive, memory = three.folder / "mine.kap", three.folder / "elsewhere"
    three.ana.copies.for_own_computer(archive)
    with unlock(archive, label="Ana", passphrase=PASSPHRASES["Ana"], record_folder=memory) as ana:
        assert bodies(ana) == {"Ana for herself.", "Ben for Ana."}
        assert ana.apart.has_ended is ended
        assert not ana.findings and ana.check().is_clean
    for label in ("Ben", "Dr Lee"):
        with pytest.raises(UnlockFailed):
            unlock(archive, label=label, passphrase=PASSPHRASES[label], record_folder=memory)
    with closing(Journal(JournalFile(archive), three.held["Ben"], memory)) as ben:
        assert bodies(ben) == {"Ben for Ana."}, "his keys open what he gave to Ana and no more"


def in_a_child(deed: Callable[[], object]) -> int:
    """Do something in a process of its own; returns how it ended."""
    child = os.fork()
    if child == 0:
        try:
            deed()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("after_ending", [False, True], ids=["before the ending", "after it"])
def test_killed_between_the_archive_and_the_ending_either_is_whole(
    three: OpenJournals, monkeypatch: pytest.MonkeyPatch, after_ending: bool
) -> None:
    three.ben.notes.add(NewNote("Ben for Ana.", share="Ana"))
    three.look()
    three.close()
    archive, before = three.folder / "mine.kap", rows(three.path)
    end = GoingApart.end

    def ends_and_dies(self: GoingApart) -> None:
        if after_ending:
            end(self)
        dies()

    monkeypatch.setattr(GoingApart, "end", ends_and_dies)

    def goes_apart() -> None:
        ana = Journal(JournalFile(three.path), three.held["Ana"], three.memory)
        saying.go_apart(ana, archive)

    assert in_a_child(goes_apart) == -signal.SIGKILL
    monkeypatch.undo()
    with three.open("Ana") as ana:
        assert ana.apart.has_ended is after_ending
        assert ana.check().is_clean
    assert len(rows(three.path).keys() - before.keys()) == after_ending
    with three.open("Ana", path=archive, memory=three.folder / "elsewhere") as ana:
        assert bodies(ana) == {"Ben for Ana."}
        assert ana.check().is_clean


def test_where_the_archive_cannot_be_written_nothing_is_ended(three: OpenJournals) -> None:
    taken = three.folder / "taken.kap"
    taken.write_bytes(b"a letter")
    with pytest.raises(Refused):
        saying.go_apart(three.ana, taken)
    assert not three.ana.apart.has_ended
    assert taken.read_bytes() == b"a letter"
    assert vault_of(three.ana).record.sharing_ended is False


def test_what_is_said_before_names_the_other_where_there_are_only_two(three: OpenJournals) -> None:
    assert not any("only two" in sentence for sentence in saying.before(three.ana))
    three.lee.members.remove("Ben")
    three.look()
    assert "only two" in saying.before(three.ana)[-1]
