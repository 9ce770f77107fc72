"""Pages that wait: what the others' programs get of them, and who could let one out before its time."""

import datetime as dt
from collections.abc import Mapping

import pytest

from kapjournal import clock
from kapjournal.crypto.row import row_from
from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import NoteKind
from kapjournal.domain.sessions import SessionKind
from kapjournal.domain.waiting import Hold, NextSession, Obstacle, Until, Waiting, When
from kapjournal.journal import Journal, NewNote, NoteChange, SessionChange
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.documents.waiting import NoteWaiting, waiting_document
from kapjournal.journal.strict_encoding import to_json
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.attacks.test_old_keys import renewed
from tests.internals import finding_sentences, row_of, vault_of

DAY = dt.date(2098, 3, 3)
NOON = dt.datetime(2098, 3, 3, 12, tzinfo=dt.UTC)
TEN = dt.datetime(2098, 3, 4, 10, tzinfo=dt.UTC)
LATER = When(until=TEN)
LONG_PAST = Until(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def said_of(journal: Journal) -> Mapping[bytes, bytes]:
    """The rows in which it stands what of a member's notes waits."""
    current = vault_of(journal).envelopes.current.values()
    rows = vault_of(journal).file
    with rows.reading() as snapshot:
        found = {one.row: snapshot.row(one.row) for one in current if one.version.type == "waiting"}
    return {row: sealed for row, sealed in found.items() if sealed is not None}


def opens_on(attacked: AttackedJournal, moment: dt.datetime, name: str = "Ana", **how: bool) -> set[str]:
    """Let a member open the journal at a moment; what Ben can read then."""
    with clock.at(moment):
        attacked.open(name, **how).close()
        with attacked.acting("Ben") as (ben,):
            return bodies(ben)


def test_a_page_that_waits_looks_like_private_pages_to_everybody_else(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        private = ana.notes.add(NewNote("for me"))
        length = len(attacked.rows()[row_of(ana, private)])
        before = attacked.rows().keys()
        ana.notes.add(NewNote("the hallway", share="all", when=LATER))
        new = attacked.rows().keys() - before
        assert [len(attacked.rows()[row]) for row in new] == [length, length]
        for other in (ben, lee):
            other.refresh()
            assert other.notes.all() == [] == other.waiting.all() and other.check().is_clean
            keys = [channel.key for channel in vault_of(other).envelopes.channels.all()]
            sealed = [row_from(attacked.rows()[row]) for row in new]
            assert all(key.find(row) is None for key in keys for row in sealed)
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    for word in (b"hallway", b'"holds"', b"2098-03-04", b"until", ana_hex(attacked)):
        assert word not in raw


def ana_hex(attacked: AttackedJournal) -> bytes:
    with attacked.acting("Ana") as (ana,):
        return ana.me.id.hex().encode()


def test_who_reads_a_page_does_not_learn_for_whom_else_it_waits(attacked: AttackedJournal) -> None:
    """The wait does not lie in the note, which is sealed once for all its readers."""
    with clock.at(NOON), attacked.acting("Ana", "Lee") as (ana, lee):
        note = ana.notes.add(NewNote("words", share="Lee"))
        ana.notes.share(note.id, "Ben", LATER)
        lee.refresh()
        for stored in vault_of(lee).envelopes.current.values():
            assert b"hold" not in stored.version.data and b"until" not in stored.version.data
        assert lee.notes.get(note.id).readers == {ana.me.id, lee.me.id}


def test_a_wait_that_was_ended_cannot_be_put_back(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("kept", share="Ben", when=LATER))
        old = said_of(ana)
        ana.waiting.keep(note.id)
        new = said_of(ana)
    for row, sealed in old.items():
        attacked.insert(row, sealed)
    for remembering in (False, True):
        assert opens_on(attacked, TEN, remembering=remembering) == set(), "what ended it stands"
    for row, sealed in old.items():
        attacked.insert(row, sealed)
    for row in new:
        attacked.delete(row)
    assert opens_on(attacked, TEN) == set()
    with clock.at(TEN), attacked.acting("Ana") as (ana,):
        [page] = ana.waiting.all()
        assert page.obstacles == (Obstacle.SOMETHING_MISSING,) and ana.findings
        ana.waiting.keep(note.id)
        ana.let_go()
    assert opens_on(attacked, TEN) == set()


def test_a_page_whose_sharing_was_stopped_is_not_let_out_by_an_old_wait(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("kept", share="Ben", when=LATER))
        old = said_of(ana)
        ana.waiting.send_now(note.id)
        ana.notes.withdraw(note.id, "Ben")
        ana.notes.edit(note.id, NoteChange("written since"))
    for row, sealed in old.items():
        attacked.insert(row, sealed)
    for remembering in (False, True):
        assert opens_on(attacked, TEN, remembering=remembering) == set()


def test_old_keys_let_nothing_out_and_keep_nothing_back(attacked: AttackedJournal) -> None:
    """Who knew the passphrase from before could name any page as waiting, and a moment that is past."""
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        secret = ana.notes.add(NewNote("secret"))
        ana.notes.add(NewNote("meant for him", share="Ben", when=LATER))
        document = vault_of(ana).notes.stored(secret.id).version.document
    with clock.at(NOON):
        thief = renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,):
        ben = ana.members.get("Ben").id
    waiting = Waiting((Hold(ben, LONG_PAST),))
    for text, written in ((waiting, NOON), (Waiting(tray=NOON, opens=DAY), TEN.replace(year=2199))):
        content = registry.WAITING.encode(NoteWaiting(document, text), None)
        forged = DocumentVersion(
            waiting_document(document),
            "waiting",
            MemberId(thief.id),
            (MemberId(thief.id),),
            written,
            content.data,
        )
        thief.writes(forged, [MemberId(thief.id)])
        with clock.at(NOON), attacked.acting("Ana") as (ana,):
            assert ana.waiting.of(secret) == Waiting() and len(ana.waiting.all()) == 1
    assert opens_on(attacked, TEN) == {"meant for him"}, "and it does not stop the clock"


def test_nobody_sends_somebody_a_wait(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana", "Ben") as (ana, ben):
        note = ana.notes.add(NewNote("secret"))
        document = vault_of(ana).notes.stored(note.id).version.document
        waiting = Waiting((Hold(ben.me.id, LONG_PAST),))
        content = registry.WAITING.encode(NoteWaiting(document, waiting), None)
        for author in (ana, ben):
            version = DocumentVersion(
                waiting_document(document),
                "waiting",
                author.me.id,
                tuple(sorted((ana.me.id, ben.me.id))),
                NOON,
                content.data,
            )
            forge(attacked, ben, [ana.me.id, ben.me.id], version)
        ana.refresh()
        assert ana.waiting.all() == [] and ana.notes.get(note.id).is_private
        assert any("Ben" in sentence for sentence in finding_sentences(ana)), "and it is told"
    assert opens_on(attacked, TEN) == set()


@pytest.mark.parametrize(
    "field",
    [
        {"holds": "all"},
        {"holds": [["zz", "until", "2026-01-01T00:00:00.000Z"]]},
        {"holds": [["62" * 32, "until", "2026-01-01"]]},
        {"holds": [["62" * 32, "whenever", "2026-01-01T00:00:00.000Z"]]},
        {"holds": [["62" * 32, "until", "2026-01-01T00:00:00.000Z"]] * 2},
        {"holds": [[f"{n:064x}", "until", "2026-01-01T00:00:00.000Z"] for n in range(9)]},
        {"note": "62" * 15},
        {"tray": "yesterday"},
        {"opens": "2026-2-3"},
    ],
)
def test_a_wait_that_is_not_of_its_form_lets_nothing_out(
    attacked: AttackedJournal, field: dict[str, object]
) -> None:
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("secret"))
        vault = vault_of(ana)
        document = vault.notes.stored(note.id).version.document
        hold = Hold(ana.members.get("Ben").id, LONG_PAST)
        content = registry.WAITING.encode(NoteWaiting(document, Waiting((hold,))), None)
        version = DocumentVersion(
            waiting_document(document), "waiting", ana.me.id, (ana.me.id,), NOON, content.data
        )
        odd = version._replace(data=_with(version, field))
        forge(attacked, ana, [ana.me.id], odd)
        ana.refresh()
        assert ana.waiting.of(note) == Waiting() and ana.waiting.all() == []
    assert opens_on(attacked, TEN) == set()


def _with(version: DocumentVersion, field: dict[str, object]) -> bytes:
    return to_json({**version.fields(), **field})


def test_a_wait_for_a_page_under_another_id_than_its_own_says_nothing(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("secret"))
        document = vault_of(ana).notes.stored(note.id).version.document
        hold = Hold(ana.members.get("Ben").id, LONG_PAST)
        content = registry.WAITING.encode(NoteWaiting(document, Waiting((hold,))), None)
        version = DocumentVersion(document, "waiting", ana.me.id, (ana.me.id,), NOON, content.data)
        forge(
            attacked,
            ana,
            [ana.me.id],
            version._replace(document=waiting_document(waiting_document(document))),
        )
        ana.refresh()
        assert ana.waiting.all() == []
    assert opens_on(attacked, TEN) == set()


def test_an_older_state_of_a_session_lets_nothing_out(attacked: AttackedJournal) -> None:
    """It was to be on Wednesday and is on Friday: who wants the page early puts Wednesday back."""
    with clock.at(NOON), attacked.acting("Lee", "Ana") as (lee, ana):
        lee.sessions.add(kind=SessionKind.INTEGRATION, date=DAY + dt.timedelta(days=1), time=dt.time(9))
        ana.refresh()
        note = ana.notes.add(NewNote("to talk about", share="Ben", when=When(next_session=True)))
        assert isinstance(ana.waiting.of(note).holds[0].condition, NextSession)
        [old] = [one.row for one, _ in vault_of(lee).sessions.stored()]
        sealed = attacked.rows()[old]
        lee.sessions.edit(1, SessionChange(date=DAY + dt.timedelta(days=9)))
        ana.refresh()
        [new] = [one.row for one, _ in vault_of(lee).sessions.stored()]
    attacked.insert(old, sealed)
    attacked.delete(new)
    assert opens_on(attacked, TEN + dt.timedelta(days=1)) == set()


def opened_by(other: Journal) -> bytes:
    """All that a member's keys open of the file as it stands, also what their program would not show."""
    other.refresh()
    standing = vault_of(other).envelopes.versions.standing.values()
    return b"".join(one.version.text.encode() + one.version.data for several in standing for one in several)


def test_what_lies_in_the_tray_opens_for_nobody_else(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        note = ana.notes.add(NewNote("the marzipan hallway", share="all", when=When(now=True)))
        assert b"marzipan" in opened_by(ben) and b"marzipan" in opened_by(lee)
        lee.sessions.add(kind=SessionKind.DOSING, date=DAY, time=dt.time(9))
        ana.refresh()
        before = attacked.rows().keys()
        assert not ana.notes.delete(note.id), "it lies in the tray"
        new = [row_from(attacked.rows()[row]) for row in attacked.rows().keys() - before]
        for other in (ben, lee):
            assert b"marzipan" not in opened_by(other) and b"tray" not in opened_by(other)
            others = [one.key for one in vault_of(other).envelopes.channels.all()]
            standing = [row for row in new if row is not None and row.is_standing]
            assert sum(any(key.find(row) for key in others) for row in standing) <= 1, "the notice alone"
        ana.waiting.take_back(note.id)
        assert b"marzipan" not in opened_by(ben) + opened_by(lee), "for her alone"


def test_a_letter_opens_for_nobody_else_before_its_day(attacked: AttackedJournal) -> None:
    with clock.at(NOON), attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        letter = ana.notes.add(NewNote("dear Ben, the marzipan", kind=NoteKind.LETTER))
        ana.waiting.close(letter.id, DAY + dt.timedelta(days=2))
        ana.notes.share(letter.id, "Ben")
        for other in (ben, lee):
            assert b"marzipan" not in opened_by(other) and b"opens" not in opened_by(other)
    assert opens_on(attacked, NOON + dt.timedelta(days=1)) == set()
    assert opens_on(attacked, NOON + dt.timedelta(days=2)) == {"dear Ben, the marzipan"}
