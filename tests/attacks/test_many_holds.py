"""Much that waits, many sessions and many marks: the work grows with what there is, not with its square."""

import datetime as dt
import secrets

import pytest

from kapjournal import clock
from kapjournal.domain import waiting as rules
from kapjournal.domain.bringing import Brought
from kapjournal.domain.ids import MemberId
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.waiting import Obstacle, When
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from kapjournal.journal.vault.note_repository import NoteRepository
from kapjournal.journal.vault.waiting_repository import WaitingRepository
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.attacks.test_waiting import DAY, LATER, NOON

MANY = 40


def send(attacked: AttackedJournal, sender: Journal, reader: MemberId, type_: str, content: Content) -> None:
    ids = [sender.me.id, reader]
    version = DocumentVersion(
        new_document_id(), type_, sender.me.id, tuple(sorted(ids)), NOON, content.data, content.text
    )
    forge(attacked, sender, ids, version)


def test_each_look_goes_over_the_sessions_once(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A therapist's program can add thousands, and a look at what has come goes over all that waits."""
    asked, begins = [0], rules.begins

    def counted(session: Session) -> dt.datetime:
        asked[0] += 1
        return begins(session)

    with clock.at(NOON), attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        ana.notes.add_many([NewNote(f"{n}", share="Ben", when=When(next_session=True)) for n in range(MANY)])
        for number in range(1, MANY + 1):
            said = Session("", lee.me.id, number, SessionKind.INTEGRATION, DAY, dt.time(14), "")
            send(attacked, lee, ana.me.id, "session", registry.SESSION.encode(said, None))
        ana.refresh()
        monkeypatch.setattr(rules, "begins", counted)
        ana.refresh()
        assert 0 < asked[0] <= 4 * MANY
        with clock.at(NOON + dt.timedelta(hours=3)):
            ana.refresh()
            ben.refresh()
            assert len(bodies(ben)) == MANY, "and lets them out"


def test_why_nothing_goes_is_asked_once_for_all(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, latest = [0], WaitingRepository.latest_own_moment

    def counted(one: WaitingRepository) -> dt.datetime:
        asked[0] += 1
        moment: dt.datetime = latest.__get__(one)
        return moment

    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.add_many([NewNote(f"{n}", share="Ben", when=LATER) for n in range(MANY)])
        monkeypatch.setattr(WaitingRepository, "latest_own_moment", property(counted))
        with clock.at(NOON - dt.timedelta(days=1)):
            assert [one.obstacles for one in ana.waiting.all()] == [(Obstacle.CLOCK_BEHIND,)] * MANY
        assert asked == [1]


def test_marks_of_pages_that_are_not_there_go_over_the_notes_once(
    attacked: AttackedJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A partner's program can mark thousands."""
    with clock.at(NOON), attacked.acting("Lee", "Ana") as (lee, ana):
        note = ana.notes.add(NewNote("the whole of it", share="Lee"))
        for name in (note.id, *(secrets.token_bytes(10).hex() for _ in range(MANY))):
            said = registry.BRING.encode(Brought(ana.me.id, name, "", DAY, NOON), None)
            send(attacked, ana, lee.me.id, "bring", said)
        lee.refresh()
        asked, every = [0], NoteRepository._everything

        def counted(notes: NoteRepository) -> object:
            asked[0] += 1
            return every(notes)

        monkeypatch.setattr(NoteRepository, "_everything", counted)
        assert [one.note for one in lee.bringing.all()] == [note.id]
        assert asked == [1]
