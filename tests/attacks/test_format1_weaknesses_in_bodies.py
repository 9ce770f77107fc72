"""What the first format let a body do, and what a newer program's bodies suffered, told as what is promised
now."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kapjournal.domain.findings import FindingKind, Severity
from kapjournal.domain.notes import new_draft
from kapjournal.domain.sessions import SessionKind
from kapjournal.errors import Refused
from kapjournal.journal import NewNote, NoteChange, SessionChange, generated_recovery_words
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.journal import Journal
from kapjournal.journal.strict_encoding import to_json
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge, forge_body
from tests.attacks.remade_rows import key_between, row_in, wrap_of
from tests.attacks.test_forged import note_version
from tests.internals import finding_sentences, row_of, vault_of

DAY = dt.date(2026, 11, 20)


def kinds(journal: Journal) -> set[FindingKind]:
    journal.refresh()
    return {finding.kind for finding in journal.findings}


# --- sessions and moments -----------------------------------------------------------------------------------


def test_a_session_that_is_not_the_authors_to_add_counts_for_nobody(attacked: AttackedJournal) -> None:
    """Ben, a partner in a journal with a therapist, sends one with a program that does not ask."""
    with attacked.acting("Ben", "Ana", "Lee") as (ben, ana, lee):
        with pytest.raises(Refused):
            ben.sessions.add(kind=SessionKind.DOSING, date=DAY)
        lee.sessions.add(kind=SessionKind.INTAKE, date=DAY, number=1)
        readers = sorted(journal.me.id for journal in (ben, ana, lee))
        data = b'{"number":7,"kind":"dosing","date":"2026-11-20","time":null,"title":"never held"}'
        version = note_version(ben.me.id, tuple(readers), "", type=DocumentType.SESSION, data=data)
        forge(attacked, ben, readers, version)
        for journal in (ana, lee, ben):
            journal.refresh()
            assert [session.number for session in journal.sessions.all()] == [1]
        assert lee.sessions.add(kind=SessionKind.PREPARATION, date=DAY).number == 2
        assert lee.sessions.add(kind=SessionKind.DOSING, date=DAY, number=7).number == 7


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z"])
def test_a_moment_no_calendar_can_show_everywhere_stops_nothing(
    attacked: AttackedJournal, moment: str
) -> None:
    with attacked.acting("Ben", "Ana") as (ben, ana):
        readers = sorted((ana.me.id, ben.me.id))
        said = dt.datetime.fromisoformat(moment)
        for field in ("written", "revised"):
            version = note_version(ben.me.id, tuple(readers), "never shown", written=said)
            fields = {**version.fields(), field: moment}
            forge(attacked, ben, readers, version._replace(data=to_json(fields)))
        forge(attacked, ben, readers, note_version(ben.me.id, tuple(readers), "shown", written=said))
        assert kinds(ana) == {FindingKind.NOTE_MALFORMED}
        assert bodies(ana) == {"shown"}
        zone = dt.timezone(dt.timedelta(hours=14))
        for note in ana.notes.all():
            assert note.written.astimezone(zone)


# --- which computer wrote -----------------------------------------------------------------------------------


def test_no_reader_can_compare_with_another_which_computer_wrote(attacked: AttackedJournal) -> None:
    """Ana writes at home and at a friend's. The bodies say nothing of it, and what the counts of a channel
    call a computer is another name on every channel."""
    notes, replicas = [], set()
    with attacked.acting("Ana") as (ana,):
        notes += ana.notes.add_many([NewNote(f"from home {n}", share="all") for n in range(2)])
        replicas.add(bytes(vault_of(ana).record.replica))
    with attacked.open_at("clinic", "Ana") as ana:
        notes += ana.notes.add_many([NewNote(f"from a friend's {n}", share="all") for n in range(2)])
        replicas.add(bytes(vault_of(ana).record.replica))
    assert len(replicas) == 2
    pseudonyms: dict[str, set[bytes]] = {}
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        keys = {"Ben": key_between(ben, ana), "Lee": key_between(lee, ana)}
        keys["Ana"] = vault_of(ana).envelopes.channels.own.key
        for note in notes:
            row = row_in(attacked, row_of(ana, note))
            for name, key in keys.items():
                pseudonyms.setdefault(name, set()).add(wrap_of(row, key).stamp.replica)
        versions = [one.version for one in vault_of(ben).envelopes.current.values()]
        said = b"".join(version.to_bytes() for version in versions if version.type == DocumentType.NOTE)
    assert all(len(names) == 2 for names in pseudonyms.values())
    assert len(set().union(*pseudonyms.values())) == 6, "no name on two channels"
    for computer in replicas.union(*pseudonyms.values()):
        assert computer[:8] not in said
        assert not any(computer[:8] in sealed for sealed in attacked.rows().values())


# --- what a newer program wrote -----------------------------------------------------------------------------


def of_a_newer_type(version: DocumentVersion) -> bytes:
    return version._replace(type="sand-tray").to_bytes()


def of_a_newer_form(version: DocumentVersion) -> bytes:
    return version._replace(form=2).to_bytes()


def with_more_at_its_end(version: DocumentVersion) -> bytes:
    return version._replace(rest=b"what comes after proofs").to_bytes()


def in_a_newer_layout(version: DocumentVersion) -> bytes:
    return b"\x02" + secrets.token_bytes(500)


@pytest.mark.parametrize(
    "body_of",
    [of_a_newer_type, of_a_newer_form, with_more_at_its_end, in_a_newer_layout],
    ids=lambda body_of: body_of.__name__,
)
def test_a_body_of_a_newer_programs_is_named_as_that_and_kept(
    attacked: AttackedJournal, body_of: Callable[[DocumentVersion], bytes]
) -> None:
    """Ana has a newer program on another computer; hers here and Lee's do not know what it wrote."""
    with attacked.acting("Ana", "Lee") as (ana, lee):
        readers = sorted((ana.me.id, lee.me.id))
        body = body_of(note_version(ana.me.id, tuple(readers), "in sand"))
        row_id = forge_body(attacked, ana, readers, body)
        ana.notes.add(NewNote("after it", share="Lee"))
    sealed = attacked.rows()[row_id]
    for _ in range(2):
        for name, who in (("Lee", "Ana"), ("Ana", "you")):
            with attacked.acting(name) as (journal,):
                report = journal.check()
                assert finding_sentences(journal, report.findings) == [
                    f"1 thing {who} wrote with a newer kapjournal is kept and cannot be shown by this one."
                ]
                assert report.is_clean
                assert all(finding.severity is Severity.NOTICE for finding in journal.findings)
                assert "in sand" not in bodies(journal)
                note = journal.notes.add(NewNote(f"{name} goes on", share="all"))
                journal.notes.edit(note.id, NoteChange(body=f"{name} went on"))
                journal.notes.delete(note.id)
    assert attacked.rows()[row_id] == sealed


def test_a_row_of_a_newer_programs_is_named_as_that_and_kept(attacked: AttackedJournal) -> None:
    row_id = attacked.put_row(b"\x04" + secrets.token_bytes(900))
    for name in attacked.everybody():
        with attacked.acting(name) as (journal,):
            assert kinds(journal) == {FindingKind.WRITTEN_BY_NEWER}
            assert journal.check().is_clean
            journal.notes.add(NewNote("goes on", share="all"))
    assert row_id in attacked.rows()


# --- what a newer program added to a known document ---------------------------------------------------------

ADDED = {"hereafter": {"signed": ["aa", None, 7]}}


def data_of(journal: Journal, type_: DocumentType) -> dict[str, Any]:
    return stored_of(journal, type_).version.fields()


def stored_of(journal: Journal, type_: DocumentType) -> StoredVersion:
    envelopes = vault_of(journal).envelopes
    [found] = [
        one
        for one in (*envelopes.current.values(), *envelopes.drafts.values())
        if one.version.type == type_ and one.version.author == journal.me.id
    ]
    return found


def as_a_newer_program_would(journal: Journal, type_: DocumentType, change: Callable[[Any], object]) -> None:
    """Write a document again, with something more in its data."""
    stored, vault = stored_of(journal, type_), vault_of(journal)
    fields = stored.version.fields()
    change(fields)
    with vault.unit_of_work() as unit:
        if type_ is DocumentType.DRAFT:
            content = Content(to_json(fields), stored.version.text)
            unit.put_draft(stored.version.document, stored.version.type, content, [stored.row])
        else:
            content = Content(to_json(fields), stored.version.text)
            readers = frozenset(stored.version.readers)
            unit.put(DocumentChange(stored.version.document, type_, readers, content, (stored,)))
    vault.membership.reconcile()
    vault.notes.build_all()


def edits_a_note(lee: Journal) -> None:
    [note] = lee.notes.all()
    lee.notes.edit(note.id, NoteChange(title="another"))
    lee.notes.share(note.id, "Ana")
    lee.notes.withdraw(note.id, "Ana")


def edits_a_session(lee: Journal) -> None:
    lee.sessions.edit(1, SessionChange(title="another"))


def plans(lee: Journal) -> None:
    lee.sessions.plan(8)


def compares(lee: Journal) -> None:
    lee.members.mark_verified("Ana")


def gets_new_words(lee: Journal) -> None:
    lee.keys.renew_recovery_words(generated_recovery_words())


def saves_a_draft(lee: Journal) -> None:
    [draft] = lee.drafts.all()
    lee.drafts.save(replace(draft, text=replace(draft.text, title="another")))


REWRITES: dict[DocumentType, Callable[[Journal], None]] = {
    DocumentType.NOTE: edits_a_note,
    DocumentType.SESSION: edits_a_session,
    DocumentType.JOURNAL_INFO: plans,
    DocumentType.ADDRESS_BOOK: compares,
    DocumentType.KEYS: gets_new_words,
    DocumentType.DRAFT: saves_a_draft,
}


@pytest.mark.parametrize("type_", REWRITES)
def test_what_a_newer_program_added_to_a_document_survives_every_rewrite(
    attacked: AttackedJournal, type_: DocumentType
) -> None:
    with attacked.acting("Lee") as (lee,):
        lee.notes.add(NewNote("observed"))
        lee.sessions.add(kind=SessionKind.INTAKE, date=DAY)
        lee.sessions.plan(5)
        lee.drafts.save(new_draft(lee.me.id, lee.me.role, DAY))
        as_a_newer_program_would(lee, type_, lambda fields: fields.update(ADDED))
    with attacked.acting("Lee") as (lee,):
        before = data_of(lee, type_)
        REWRITES[type_](lee)
        after = data_of(lee, type_)
    with attacked.acting("Lee") as (lee,):
        assert data_of(lee, type_) == after
        assert after["hereafter"] == ADDED["hereafter"]
        assert list(after) == list(before), "in its place"
        assert after != before, "it was rewritten"
        assert kinds(lee) == set()


def test_what_a_newer_program_noted_of_a_person_survives_every_rewrite(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        ben = ana.members.get("Ben").id.hex()
        add = lambda fields: fields["pins"][ben].update(ADDED)  # noqa: E731
        as_a_newer_program_would(ana, DocumentType.ADDRESS_BOOK, add)
    with attacked.acting("Ana") as (ana,):
        ana.members.mark_verified("Ben")
        ana.members.mark_verified("Lee")
    with attacked.acting("Ana") as (ana,):
        pin = data_of(ana, DocumentType.ADDRESS_BOOK)["pins"][ben]
        assert pin["verified"]
        assert pin["hereafter"] == ADDED["hereafter"]
