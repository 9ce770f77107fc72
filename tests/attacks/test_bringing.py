"""Bring this: what a partner's, a stranger's and a therapist's programs get of it, and into it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from kapjournal.domain.bringing import Brought
from kapjournal.domain.ids import DocumentId
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import Content, DocumentVersion, new_document_id
from kapjournal.journal.strict_encoding import from_json, to_json
from tests.attacks.attacked_journal import AttackedJournal, forge
from tests.internals import finding_sentences, vault_of

DAY = dt.date(2026, 3, 2)
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def sent(attacked: AttackedJournal, sender: Journal, readers: list[Journal], content: Content) -> DocumentId:
    """Seal something as brought, as a program does that knows no rules."""
    ids = [sender.me.id, *(one.me.id for one in readers)]
    document = new_document_id()
    version = DocumentVersion(
        document, "bring", sender.me.id, tuple(sorted(ids)), NOW, content.data, content.text
    )
    forge(attacked, sender, ids, version)
    for journal in (sender, *readers):
        journal.refresh()
    return document


def words(of: Journal, text: str = "the hallway", note: str = "") -> Content:
    return registry.BRING.encode(Brought(of.me.id, note, "" if note else text, DAY, NOW), None)


def test_the_raw_file_shows_nothing(attacked: AttackedJournal) -> None:
    with attacked.acting("Ana") as (ana,):
        note = ana.notes.add(NewNote("the whole of it"))
        ana.bringing.page(note.id)
        found = ana.bringing.words("the hallway")
        mine = ana.me.id
    raw = b"".join(file.read_bytes() for file in attacked.folder.rglob("*") if file.is_file())
    for word in (
        b"hallway",
        b"bring",
        b"whole of it",
        found.id.encode(),
        note.id.encode(),
        mine.hex().encode(),
    ):
        assert word not in raw


def test_with_the_other_partners_keys_nothing_of_it_opens(attacked: AttackedJournal) -> None:
    before = attacked.rows()
    with attacked.acting("Ana") as (ana,):
        ana.bringing.words("the hallway")
    new = attacked.rows().keys() - before.keys()
    assert len(new) == 1, "one row, as of any note"
    with attacked.acting("Ben", "Lee") as (ben, lee):
        assert new <= vault_of(ben).envelopes.unaddressed
        assert not new & vault_of(lee).envelopes.unaddressed, "the control"


def test_a_mark_of_a_line_and_a_private_note_look_alike_in_the_file(attacked: AttackedJournal) -> None:
    sizes = []
    ways: tuple[Callable[[Journal], object], ...] = (
        lambda ana: ana.bringing.words("the hallway"),
        lambda ana: ana.notes.add(NewNote("the hallway")),
    )
    for write in ways:
        before = attacked.rows()
        with attacked.acting("Ana") as (ana,):
            write(ana)
        after = attacked.rows()
        assert before.items() <= after.items()
        sizes.append([len(after[row]) for row in after.keys() - before.keys()])
    assert sizes[0] == sizes[1]


def test_what_one_partners_program_seals_to_the_other_is_not_shown_there(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        sent(attacked, ana, [ben, lee], words(ana))
        assert ben.bringing.all() == [] and ben.check().is_clean
        assert len(ana.bringing.all()) == 1 == len(lee.bringing.all())


def test_what_is_no_partners_is_brought_by_nobody(attacked: AttackedJournal) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        sent(attacked, lee, [ana], words(lee))
        assert ana.bringing.all() == [] == lee.bringing.all() and ana.check().is_clean


def test_nobody_brings_a_page_of_anothers(attacked: AttackedJournal) -> None:
    """Else one partner could put the other's page at the top of the brief as if it were chosen."""
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        his = ben.notes.add(NewNote("mine to bring", share="Ana,Lee"))
        secret = ben.notes.add(NewNote("mine alone"))
        for note in (his, secret):
            sent(attacked, ana, [lee], words(ana, note=note.id))
        lee.refresh()
        assert lee.bringing.all() == [] == ben.bringing.all()


@pytest.mark.parametrize(
    "change",
    [
        {"note": "ab" * 10},
        {"note": "../x"},
        {"note": 7},
        {"date": "tomorrow"},
        {"date": None},
        {"written": "1969-12-31T23:59:59.000Z"},
        {"written": 5},
    ],
    ids=str,
)
def test_what_is_not_of_its_form_is_not_shown(attacked: AttackedJournal, change: dict[str, object]) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        good = words(ana)
        sent(attacked, ana, [lee], Content(to_json({**from_json(good.data), **change}), good.text))
        assert lee.bringing.all() == []
        sent(attacked, ana, [lee], good)
        assert len(lee.bringing.all()) == 1, "the control"


@pytest.mark.parametrize("text", ["", "x" * 2_001])
def test_neither_no_words_nor_a_book_are_brought(attacked: AttackedJournal, text: str) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        sent(attacked, ana, [lee], replace_words(words(ana), text))
        assert lee.bringing.all() == []
        assert any("Ana" in one for one in finding_sentences(lee))


def replace_words(content: Content, text: str) -> Content:
    return content._replace(text=text)


def test_a_mark_that_is_put_back_after_it_was_taken_back_stays_gone(attacked: AttackedJournal) -> None:
    before = attacked.rows()
    with attacked.acting("Ana", "Lee") as (ana, lee):
        found = ana.bringing.words("the hallway")
        lee.refresh()
        marked = {row: sealed for row, sealed in attacked.rows().items() if row not in before}
        ana.bringing.take_back(found.id)
    for row, sealed in marked.items():
        attacked.insert(row, sealed)
    with attacked.acting("Ana") as (ana,):
        assert ana.bringing.all() == []
    with attacked.acting("Lee") as (lee,):
        assert lee.bringing.all() == []


def test_a_page_marked_twice_by_a_program_that_knows_no_rules_is_shown_as_it_stands(
    attacked: AttackedJournal,
) -> None:
    with attacked.acting("Lee", "Ana") as (lee, ana):
        note = ana.notes.add(NewNote("the whole of it", share="Lee"))
        for _ in range(2):
            sent(attacked, ana, [lee], words(ana, note=note.id))
        assert [replace(one, id="") for one in lee.bringing.all()] == [
            Brought(ana.me.id, note.id, "", DAY, NOW)
        ] * 2
