"""That a page may be used: nobody says it for another, for other words, or once it was taken back."""

import datetime as dt
from collections.abc import Callable

import pytest

from kapjournal.crypto.row import row_from
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.notes import Note
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.page_consent import ConsentedWords
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.attacks.test_authorisation import put_back, restored, struck
from tests.attacks.test_old_keys import renewed
from tests.internals import vault_of

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def page(ana: Journal, *readers: Journal, share: str = "all") -> Note:
    note = ana.notes.add(NewNote("What I saw in the hallway", share=share))
    for one in readers:
        one.refresh()
    return note


def named(journal: Journal, note: Note) -> ContentName:
    return vault_of(journal).page_consents.words_of(vault_of(journal).notes.stored(note.id))


def consent_by(author: MemberId, of: ContentName, readers: list[MemberId]) -> DocumentVersion:
    content = registry.PAGE_CONSENT.encode(ConsentedWords(of, NOW), None)
    return DocumentVersion(
        new_document_id(), "page-consent", author, tuple(sorted(readers)), NOW, content.data
    )


def usable(journal: Journal) -> frozenset[str]:
    journal.refresh()
    return journal.page_consents.of_pages()


def test_the_raw_file_shows_nothing_and_it_looks_like_a_note(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Lee") as (ana, lee):
        note = page(ana, lee, share="Lee")
        length = len(attacked.rows()[vault_of(ana).notes.stored(note.id).row])
        before = attacked.rows().keys()
        ana.page_consents.give(note.id)
        [new] = attacked.rows().keys() - before
        assert len(attacked.rows()[new]) == length
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    assert b"consent" not in raw and note.id.encode() not in raw
    with attacked.acting("Ben", "Lee") as (ben, lee):
        row = row_from(attacked.rows()[new])
        assert new in vault_of(ben).envelopes.unaddressed, "the other partner has no key to it"
        assert any(channel.key.find(row) for channel in vault_of(lee).envelopes.channels.all()), "the control"


@pytest.mark.parametrize("who", ["Ben", "Lee"])
@pytest.mark.parametrize("in_her_name", [False, True])
def test_nobody_allows_the_page_of_another(attacked: AttackedJournal, who: str, in_her_name: bool) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        note = page(ana, ben, lee)
        writer = {"Ben": ben, "Lee": lee}[who]
        everybody = sorted(one.me.id for one in (ana, ben, lee))
        author = ana.me.id if in_her_name else writer.me.id
        forge(attacked, writer, everybody, consent_by(author, named(writer, note), everybody))
        for one in (ana, ben, lee):
            assert usable(one) == frozenset()
            assert not one.page_consents.is_given(one.notes.get(note.id))


def test_to_the_other_partner_none_counts_that_was_sealed_for_them(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        note = page(ana, ben, lee)
        everybody = sorted(one.me.id for one in (ana, ben, lee))
        forge(attacked, ana, everybody, consent_by(ana.me.id, named(ana, note), everybody))
        assert usable(lee) == {note.id}, "the control"
        assert usable(ben) == frozenset()


def test_a_therapist_allows_nothing_of_their_own(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Lee") as (ana, lee):
        note = lee.notes.add(NewNote("An observation", share="Ana"))
        readers = sorted((ana.me.id, lee.me.id))
        forge(attacked, lee, readers, consent_by(lee.me.id, named(lee, note), readers))
        assert usable(ana) == usable(lee) == frozenset()


def test_it_is_not_said_again_of_a_page_that_was_edited(attacked: AttackedJournal) -> None:
    """Neither by the row as it was, nor by a document that names the old words beside the new."""
    with attacked.acting("Ana", "Lee") as (ana, lee):
        note = page(ana, lee, share="Lee")
        old = named(ana, note)
        ana.page_consents.give(note.id)
        assert usable(lee) == {note.id}
        before = attacked.rows()
        ana.notes.edit(note.id, NoteChange(body="What I saw, and with whom"))
        assert usable(lee) == frozenset()
        restored(attacked, before, attacked.rows())
        assert usable(lee) == frozenset()
    with attacked.acting("Ana", "Lee") as (ana, lee):
        forge(attacked, ana, [ana.me.id, lee.me.id], consent_by(ana.me.id, old, [ana.me.id, lee.me.id]))
        lee.refresh()
        assert usable(lee) == frozenset()


@pytest.mark.parametrize("hide", [restored, struck, put_back])
def test_no_row_that_is_put_back_allows_what_was_taken_back(
    attacked: AttackedJournal,
    hide: Callable[[AttackedJournal, dict[bytes, bytes], dict[bytes, bytes]], None],
) -> None:
    with attacked.acting("Ana", "Lee") as (ana, lee):
        note = page(ana, lee, share="Lee")
        ana.page_consents.give(note.id)
        assert usable(lee) == {note.id}
    before = attacked.rows()
    with attacked.acting("Ana") as (ana,):
        ana.page_consents.withdraw(note.id)
    with attacked.acting("Lee") as (lee,):
        assert usable(lee) == frozenset()
    hide(attacked, before, attacked.rows())
    with attacked.acting("Lee") as (lee,):
        assert usable(lee) == frozenset()


def test_who_knew_the_old_passphrase_allows_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana", "Lee") as (ana, lee):
        note = page(ana, lee, share="Lee")
        of, readers = named(ana, note), sorted((ana.me.id, lee.me.id))
        ana_id = ana.me.id
    thief = renewed(attacked, "Ana")
    thief.writes(consent_by(ana_id, of, readers), readers)
    with attacked.acting("Ana", "Lee") as (ana, lee):
        assert usable(lee) == usable(ana) == frozenset()


def test_while_something_of_its_authors_is_missing_none_counts(attacked: AttackedJournal) -> None:
    """What was struck may have said that it is taken back."""
    with attacked.acting("Ana", "Lee") as (ana, lee):
        note = page(ana, lee, share="Lee")
        ana.page_consents.give(note.id)
        other = ana.notes.add(NewNote("another page", share="Lee"))
        row = vault_of(ana).notes.stored(other.id).row
        assert usable(lee) == {note.id}
    attacked.delete(row)
    with attacked.acting("Lee") as (lee,):
        assert usable(lee) == frozenset()
        lee.let_go()
        assert usable(lee) == {note.id}


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"of":["00"]}', b'{"of":3,"written":1}', b"\xff"])
def test_what_is_none_of_it_is_in_nobodys_way(attacked: AttackedJournal, data: bytes) -> None:
    with attacked.acting("Ana", "Lee") as (ana, lee):
        note = page(ana, lee, share="Lee")
        ids = (ana.me.id, lee.me.id)
        odd = DocumentVersion(DocumentId(bytes(16)), "page-consent", ana.me.id, tuple(sorted(ids)), NOW, data)
        forge(attacked, ana, list(ids), odd)
        ana.refresh()
        ana.page_consents.give(note.id)
        assert usable(lee) == {note.id}
