"""A thief with the keys of before sets the clock that pages wait by, or says when a session begins."""

import datetime as dt

from kapjournal import clock
from kapjournal.crypto.envelope import UNNUMBERED, draw, seal
from kapjournal.domain.ids import MemberId
from kapjournal.domain.self_reports import CheckIn, SelfReportDraft
from kapjournal.domain.sessions import Session, SessionKind
from kapjournal.domain.waiting import When
from kapjournal.journal import NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_old_keys import FUTURE, Thief, renewed
from tests.attacks.test_waiting import DAY, LATER, NOON, TEN, opens_on
from tests.internals import vault_of


def drafted(thief: Thief, version: DocumentVersion) -> None:
    """A draft of theirs, as their program seals one."""
    own = thief.ring.channel_to(thief.id)
    row = seal(own, draw(own), version.to_bytes(), [(thief.ring.drafts_channel(), UNNUMBERED)])
    thief.attacked.insert(row.id, row.sealed)


def test_a_draft_by_old_keys_sets_no_clock(attacked: AttackedJournal) -> None:
    """With a moment to come it would end every pause after a dose, and let no page go by itself any more."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("meant for him", share="Ben", when=LATER))
    with clock.at(NOON):
        thief = renewed(attacked, "Ana")
    me = MemberId(thief.id)
    drafted(thief, DocumentVersion(new_document_id(), "draft", me, (me,), FUTURE, b"{}"))
    with clock.at(NOON), attacked.acting("Lee", "Ana") as (lee, ana):
        assert len(vault_of(ana).envelopes.drafts) == 1
        lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(9))
        ana.refresh()
        assert ana.waiting.pause_until() is not None
        shared = ana.notes.add(NewNote("after the dose", share="Ben"))
        assert shared.is_private
    assert opens_on(attacked, TEN) == {"meant for him", "after the dose"}


def test_a_session_by_old_keys_lets_nothing_out(attacked: AttackedJournal) -> None:
    """Who knew the therapist's passphrase from before could add one that has just begun."""
    with attacked.acting("Ana") as (ana,):
        me = ana.me.id
    with clock.at(NOON):
        thief = renewed(attacked, "Lee")
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        ana.notes.add(NewNote("to talk about", share="Ben", when=When(next_session=True)))
    lee = MemberId(thief.id)
    said = Session("", lee, 7, SessionKind.INTEGRATION, DAY, dt.time(13), "")
    data, readers = registry.SESSION.encode(said, None).data, tuple(sorted((lee, me)))
    thief.writes(DocumentVersion(new_document_id(), "session", lee, readers, NOON, data), [lee, me])
    later = NOON + dt.timedelta(hours=3)
    assert opens_on(attacked, later) == set()
    with clock.at(NOON), attacked.acting("Lee") as (journal,):
        journal.sessions.add(kind=SessionKind.INTEGRATION, date=DAY, time=dt.time(14))
    assert opens_on(attacked, later) == {"to talk about"}, "the control"


def test_a_draft_of_a_check_in_by_old_keys_gives_it_to_nobody(attacked: AttackedJournal) -> None:
    """She goes on with it and finishes it, and the screen says that only she can read it."""
    with attacked.acting("Ana") as (ana,):
        ben = ana.members.get("Ben").id
    thief = renewed(attacked, "Ana")
    me, said = MemberId(thief.id), CheckIn(DAY, NOON, values=(("mood", 3),))
    data = registry.CHECK_IN_DRAFT.encode(SelfReportDraft(said, frozenset({ben})), None).data
    drafted(thief, DocumentVersion(new_document_id(), "check-in-draft", me, (me,), NOON, data))
    with attacked.acting("Ana") as (ana,):
        [draft] = ana.self_report_drafts.all()
        assert ana.self_report_drafts.finish(draft).readers == {ana.me.id}
