"""Pages typed for a partner: what the scribe's, the other partner's and a stranger's programs get of them,
and into them."""

import datetime as dt
import secrets
from dataclasses import replace

import pytest

from kapjournal.crypto.envelope import draw, drop_token, open_body, seal
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import dropped, read_row
from kapjournal.domain.findings import FindingKind, Severity
from kapjournal.domain.ids import DocumentId, MemberId, RowId
from kapjournal.domain.notes import NoteKind
from kapjournal.errors import JournalLocked, KapjournalError, Refused
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.handed import HandedContent, page_document
from kapjournal.journal.documents.version import DocumentVersion, new_document_id
from kapjournal.journal.vault import handed_pages
from kapjournal.text import MAX_BODY_BYTES
from tests.attached import part_rows
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.attacks.test_locked import reached
from tests.internals import finding_sentences, vault_of

WORDS = "the light in the hallway was green"
DAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def typed(by: Journal, whose: str = "Ana", words: str = WORDS) -> HandedContent:
    """Hand a page over; returns what the scribe's program has of it."""
    by.scribe.hand_over(replace(by.scribe.begin(whose), words=words))
    return handed_pages.own(vault_of(by))[-1][1]


def put_part(attacked: AttackedJournal, row_id: bytes, sealed: bytes) -> None:
    attacked.run("INSERT OR REPLACE INTO part VALUES (?, ?)", row_id, sealed)


def row_in(attacked: AttackedJournal, content: HandedContent) -> bytes:
    return part_rows(attacked.path)[content.part]


def key_of(ana: Journal, scribe: Journal, content: HandedContent) -> bytes:
    """The key of the words, as whose words they are gets it."""
    vault = vault_of(ana)
    return vault.identity.open_page_key(vault.journal_id, scribe.me.id, content.part, content.sealed)


def sent(
    attacked: AttackedJournal, sender: Journal, readers: list[Journal], content: HandedContent
) -> DocumentId:
    """Seal a handed page as a program does that knows no rules."""
    ids = [sender.me.id, *(one.me.id for one in readers)]
    document, spec = new_document_id(), registry.HANDED
    said = spec.encode(content, None)
    version = DocumentVersion(document, spec.type, sender.me.id, tuple(sorted(ids)), NOW, said.data)
    forge(attacked, sender, ids, version)
    return document


def made(attacked: AttackedJournal, sender: Journal, of: Journal, body: bytes) -> HandedContent:
    """A page with any bytes as its words, rightly sealed."""
    vault = vault_of(sender)
    own = vault.envelopes.channels.own.key
    new = draw(own)
    row = seal(own, new, body)
    put_part(attacked, row.id, row.sealed)
    sealed = vault_of(of).identity.public.seal_page_key(vault.journal_id, sender.me.id, row.id, new.key)
    return HandedContent(of.me.id, DAY, None, NOW, row.id, drop_token(own, new.key), sealed)


def assert_untold(journal: Journal) -> None:
    assert journal.findings == () and journal.check().is_clean


# --- who can read the words -----------------------------------------------------------------------------


def test_no_key_of_the_scribes_or_the_other_partners_opens_the_words(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ben") as (lee, ben):
        content = typed(lee)
        row = read_row(content.part, row_in(attacked, content))
        for journal in (lee, ben):
            journal.refresh()
            vault = vault_of(journal)
            channels = vault.envelopes.channels
            keys = [channel.key for channel in channels.all()]
            keys += [*channels.own_keys, *channels.drafts_keys, *channels.shared_keys.values()]
            assert all(key.find(row) is None for key in keys)
            for key in keys:
                with pytest.raises(NotGenuine):
                    open_body(row, key.raw)
            for identity in vault.membership.own_identities:
                with pytest.raises(NotGenuine):
                    identity.open_page_key(vault.journal_id, lee.me.id, content.part, content.sealed)
        assert not [one for one in vault_of(ben).envelopes.current.values() if one.version.type == "handed"]
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == {WORDS}, "the control"


def test_nothing_of_it_is_left_in_the_scribes_program(attacked: AttackedJournal) -> None:
    """Neither the words nor their key: who takes the open computer over has neither."""
    with attacked.acting("Lee") as (lee,):
        page = lee.scribe.begin("Ana")
        for end in (9, 20, len(WORDS)):
            page = lee.scribe.save(replace(page, words=WORDS[:end]))
        lee.scribe.hand_over(replace(page, words=WORDS))
        [(_, content)] = handed_pages.own(vault_of(lee))
        assert lee.search("hallway") == [] and lee.drafts.all() == [] and lee.notes.all() == []
        held = list(reached(vars(lee)))
        assert not [one for one in held if isinstance(one, str) and "hallway" in one]
        in_memory = b"|".join(one for one in held if isinstance(one, bytes))
        assert content.sealed.hex().encode() in in_memory, "the control"
        with attacked.acting("Ana") as (ana,):
            key = key_of(ana, lee, content)
        assert key not in in_memory and key.hex().encode() not in in_memory


def test_the_raw_file_shows_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        lee.scribe.save(replace(lee.scribe.begin("Ana"), words=WORDS))
        content = typed(lee)
        before = attacked.path.read_bytes()
        ana.refresh()
    raw = before + b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    for word in (b"hallway", b"handed", b"typed_by", content.sealed, b"2026-"):
        assert word not in raw


def test_the_kind_of_row_that_ana_is_left_with_is_a_private_note(attacked: AttackedJournal) -> None:
    """For whoever holds the file it is a row as any note of hers makes one."""
    with attacked.acting("Lee") as (lee,):
        typed(lee)
    before = attacked.rows()
    with attacked.acting("Ana"):
        pass
    [(_, taken_in)] = [one for one in attacked.rows().items() if one[0] not in before]
    with attacked.acting("Ana") as (ana,):
        before = attacked.rows()
        ana.notes.add(NewNote(WORDS))
        [(_, written)] = [one for one in attacked.rows().items() if one[0] not in before]
    assert len(taken_in) == len(written) and taken_in[:1] == written[:1]


# --- a forged page --------------------------------------------------------------------------------------


def test_a_page_that_ben_makes_up_is_shown_as_typed_by_ben(attacked: AttackedJournal) -> None:
    with attacked.acting("Ben", "Ana") as (ben, ana):
        sent(attacked, ben, [ana], made(attacked, ben, ana, b"I never said this."))
        ana.refresh()
        [note] = ana.notes.all()
        assert note.typed_by is not None and note.typed_by.scribe == ben.me.id
        assert note.is_private and note.text.kind is NoteKind.CAPTURE


def test_nobody_hands_over_in_anothers_name(attacked: AttackedJournal) -> None:
    """Ben has Lee's row id and his own channel to Ana: with another author the document is refused, and under
    his own name the words do not open."""
    with attacked.acting("Lee", "Ben", "Ana") as (lee, ben, ana):
        content = typed(lee)
        said = registry.HANDED.encode(content, None)
        ids = tuple(sorted((ben.me.id, ana.me.id, lee.me.id)))
        as_lee = DocumentVersion(new_document_id(), "handed", lee.me.id, ids, NOW, said.data)
        forge(attacked, ben, [ana.me.id], as_lee)
        ana.refresh()
        assert bodies(ana) == {WORDS}
        assert FindingKind.DOCUMENT_MALFORMED in {found.kind for found in ana.findings}
        sent(attacked, ben, [ana], content)
        ana.refresh()
        assert bodies(ana) == {WORDS}


def test_the_key_of_one_page_fits_no_other(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        one, other = typed(lee), typed(lee, words="another")
        one, other = (made(attacked, lee, ana, body) for body in (b"one", b"other"))
        sent(attacked, lee, [ana], one._replace(sealed=other.sealed))
        ana.refresh()
        assert bodies(ana) == {WORDS, "another"}
        assert [found.kind for found in ana.findings] == [FindingKind.HANDED_ALTERED]


def test_a_page_for_ben_that_is_sealed_to_ana_too_is_not_hers(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        sent(attacked, lee, [ana, ben], made(attacked, lee, ben, WORDS.encode()))
        for journal in (ana, ben):
            journal.refresh()
        assert bodies(ana) == set() and bodies(ben) == {WORDS}
        assert_untold(ana)


def test_a_page_typed_for_a_therapist_is_nobodys(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        sent(attacked, ana, [lee], made(attacked, ana, lee, WORDS.encode()))
        lee.refresh()
        assert bodies(lee) == set()
        assert_untold(lee)


def test_a_page_for_a_document_of_hers_replaces_none(attacked: AttackedJournal) -> None:
    """Whatever a scribe chooses, the id of what it becomes is a hash: a page goes to no place of theirs."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        content = made(attacked, lee, ana, b"typed")
        sent(attacked, lee, [ana], content)
        ana.refresh()
        [stored] = [one for one in vault_of(ana).envelopes.current.values() if one.version.type == "note"]
        assert stored.version.document == page_document(lee.me.id, content.part)
        assert stored.version.document != page_document(MemberId(bytes(32)), content.part)


# --- words that are not words ---------------------------------------------------------------------------


def test_a_page_of_ten_mebibytes_arrives_and_a_longer_one_is_refused(attacked: AttackedJournal) -> None:
    long = "a" * MAX_BODY_BYTES
    with attacked.acting("Lee", "Ana") as (lee, ana):
        page = lee.scribe.save(replace(lee.scribe.begin("Ana"), words=long))
        with pytest.raises(Refused, match="a note holds at most"):
            lee.scribe.hand_over(replace(page, words=long + "b"))
        lee.scribe.hand_over(replace(page, words=long))
        ana.refresh()
        assert bodies(ana) == {long}
        assert_untold(ana)


@pytest.mark.parametrize(
    "body", [b"a" * (MAX_BODY_BYTES + 1), b"\xff\xfe", b"an escape \x1b[2J", b"\xed\xa0\x80"]
)
def test_words_that_no_note_may_hold_are_told_and_taken_in_nowhere(
    attacked: AttackedJournal, body: bytes
) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        ana.notes.add(NewNote("mine"))
        sent(attacked, lee, [ana], made(attacked, lee, ana, body))
        ana.refresh()
        assert bodies(ana) == {"mine"}
        [found] = ana.findings
        assert (found.kind, found.severity) == (FindingKind.HANDED_ALTERED, Severity.WARNING)
        assert finding_sentences(ana)[0].startswith("A page that Lee typed for you cannot be opened")


def test_a_token_that_drops_nothing_makes_no_page(attacked: AttackedJournal) -> None:
    """Or the words would stay in the file when she deletes her note."""
    with attacked.acting("Lee", "Ana") as (lee, ana):
        content = made(attacked, lee, ana, b"typed")
        sent(attacked, lee, [ana], content._replace(token=secrets.token_bytes(32)))
        ana.refresh()
        assert bodies(ana) == set()
        assert [found.kind for found in ana.findings] == [FindingKind.HANDED_ALTERED]


# --- the file -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1, 40, 70, 200, -1])
def test_one_bit_of_the_words(attacked: AttackedJournal, at: int) -> None:
    with attacked.acting("Lee") as (lee,):
        content = typed(lee)
    whole, changed = attacked.copy(), bytearray(row_in(attacked, content))
    changed[at] ^= 0x80
    put_part(attacked, content.part, bytes(changed))
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == set()
        assert [found.kind for found in ana.findings] == [FindingKind.HANDED_ALTERED]
        ana.copies.merge(whole)
        assert bodies(ana) == {WORDS}
        assert_untold(ana)


def test_words_that_were_taken_out_are_missed(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        content = typed(lee)
    whole = attacked.copy()
    attacked.run("DELETE FROM part WHERE id = ?", content.part)
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == set()
        assert [found.kind for found in ana.findings] == [FindingKind.HANDED_ABSENT]
        ana.copies.merge(whole)
        assert bodies(ana) == {WORDS}
        assert_untold(ana)


def test_the_other_partner_cannot_drop_the_words(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ben") as (lee, ben):
        content = typed(lee)
        ben.refresh()
        row = read_row(content.part, row_in(attacked, content))
        channels = vault_of(ben).envelopes.channels
        for key in (*(one.key for one in channels.all()), *channels.own_keys, *channels.drafts_keys):
            with pytest.raises(NotGenuine):
                dropped(row, drop_token(key, secrets.token_bytes(32)))


def test_words_put_back_after_they_were_taken_in_come_to_nothing(attacked: AttackedJournal) -> None:
    """Neither twice, nor again after she deleted her note."""
    with attacked.acting("Lee") as (lee,):
        content = typed(lee)
        before, rows = row_in(attacked, content), attacked.rows()
    with attacked.acting("Ana") as (ana,):
        [note] = ana.notes.all()
        put_part(attacked, content.part, before)
    with attacked.acting("Ana") as (ana,):
        assert [one.id for one in ana.notes.all()] == [note.id]
        assert row_in(attacked, content)[:1] == b"\3", "dropped again"
        ana.notes.delete(note.id)
    put_part(attacked, content.part, before)
    for row_id, sealed in rows.items():
        attacked.insert(row_id, sealed)
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == set()
        assert row_in(attacked, content)[:1] == b"\3"


def test_a_page_handed_over_twice_is_one(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        content = made(attacked, lee, ana, b"typed once")
        sent(attacked, lee, [ana], content)
        sent(attacked, lee, [ana], content._replace(date=dt.date(2026, 4, 1)))
        ana.refresh()
        assert [note.text.body for note in ana.notes.all()] == ["typed once"]
        sent(attacked, lee, [ana], content)
        ana.refresh()
        assert len(ana.notes.all()) == 1
        lee.close()
    with attacked.acting("Lee", "Ana") as (lee, ana):
        assert lee.scribe.handed() == [] and len(ana.notes.all()) == 1


def test_a_page_that_was_taken_back_and_is_put_back_does_not_arrive(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        content = typed(lee)
        before, rows = row_in(attacked, content), attacked.rows()
        lee.scribe.take_back(lee.scribe.handed()[0].id)
        put_part(attacked, content.part, before)
        for row_id in rows.keys() - attacked.rows().keys():
            attacked.insert(row_id, rows[row_id])
        for row_id, sealed in rows.items():
            if attacked.rows()[row_id] != sealed and sealed[:1] == b"\2":
                attacked.insert(row_id, sealed)
    with attacked.acting("Ana") as (ana,):
        assert bodies(ana) == set()
        assert FindingKind.VERSION_PUT_BACK in {found.kind for found in ana.findings}


def test_a_closed_program_hands_nothing_over(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        page = lee.scribe.begin("Ana")
    with pytest.raises(JournalLocked):
        lee.scribe.hand_over(replace(page, words=WORDS))
    with pytest.raises(KapjournalError):
        lee.scribe.save(page)
    assert part_rows(attacked.path) == {}


def test_a_row_of_another_page_in_the_place_of_one(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee") as (lee,):
        one = typed(lee)
        other = typed(lee, "Ben", "for Ben alone")
        rows = part_rows(attacked.path)
        parts = {content.part for _, content in handed_pages.own(vault_of(lee))}
        assert parts == {one.part, other.part} and isinstance(RowId(one.part), bytes)
        for row_id, sealed in zip(parts, reversed([rows[part] for part in parts]), strict=True):
            put_part(attacked, row_id, sealed)
    with attacked.acting("Ana", "Ben") as journals:
        for journal in journals:
            assert bodies(journal) == set()
            assert [found.kind for found in journal.findings] == [FindingKind.HANDED_ALTERED]
