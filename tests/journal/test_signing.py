"""Signing observations, co-signing and adding to them: what is locked, what moves, what each person sees."""

from pathlib import Path

import pytest

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note, told_apart
from kapjournal.domain.signing import AddendumKind, SignatureState, Signer
from kapjournal.errors import NotFound, Refused, UsageError
from kapjournal.journal import Journal, NewNote, NoteChange
from kapjournal.presentation.signing import signature_line, spoken
from tests.signed import kinds, known

from .open_journals import OpenJournals

LEE = Signer("Dr Mina Lee", "LMFT")
KIM = Signer("Kim Roe", "MD")
WORDS = "They sat close."


@pytest.fixture
def kim(three: OpenJournals) -> Journal:
    """A supervisor, who has met everybody."""
    return three.join("Kim", Role.SUPERVISOR)


@pytest.fixture
def signed(three: OpenJournals, kim: Journal) -> Note:
    """An observation of Dr Lee's that Ana and Kim read, signed."""
    note = three.lee.notes.add(NewNote(WORDS, share="Ana"))
    three.lee.notes.share(note.id, "Kim")
    three.lee.signing.sign(note.id, LEE)
    three.look()
    return note


def elsewhere(three: OpenJournals, label: str, name: str = "laptop") -> Journal:
    folder = three.folder / name
    folder.mkdir()
    three.lee.backup(folder / "ours.kap")
    return three.open(label, path=folder / "ours.kap", memory=folder / "memory")


def test_everybody_who_reads_sees_who_signed_and_the_same_digest(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    each = [known(journal, signed) for journal in (three.lee, three.ana, kim)]
    for one in each:
        (signature,) = one.signatures
        assert Signer(signature.name, signature.credentials) == LEE and signature.capacity == "author"
        assert signature.state is SignatureState.HOLDS and one.holds
    assert len({one.digest for one in each}) == 1
    with pytest.raises(Refused, match="signed already"):
        three.lee.signing.sign(signed.id, Signer("Another", ""))
    assert known(three.lee, signed) == each[0], "once is enough"


def test_what_is_signed_stays_as_it_is_and_moves_to_whom_its_author_likes(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    digest = known(three.lee, signed).digest
    (file := three.folder / "drawing.txt").write_text("a drawing")
    for deed in (
        lambda: three.lee.notes.edit(signed.id, NoteChange("other words")),
        lambda: three.lee.notes.edit(signed.id, NoteChange(title="A title")),
        lambda: three.lee.notes.delete(signed.id),
        lambda: three.lee.attachments.attach(signed.id, file),
    ):
        with pytest.raises(Refused, match=r"signed"):
            deed()
    three.lee.notes.share(signed.id, "Ben")
    three.lee.notes.withdraw(signed.id, "Ana")
    three.look()
    for journal in (three.lee, three.ben, kim):
        assert known(journal, signed).digest == digest and known(journal, signed).holds
        assert journal.check().is_clean
    assert {note.id for note in three.ana.notes.all()} == set() and three.ana.check().is_clean


def test_a_co_signature_is_there_at_once_and_lies_beside_once_the_author_looked(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    kim.signing.cosign(signed.id, KIM)
    three.ana.refresh()
    assert [one.name for one in known(three.ana, signed).signatures] == [LEE.name, KIM.name]
    three.lee.refresh()
    three.lee.notes.share(signed.id, "Ben")
    three.look()
    for journal in (*three.journals, kim):
        assert [(one.name, one.capacity) for one in known(journal, signed).signatures] == [
            (LEE.name, "author"),
            (KIM.name, "co-signer"),
        ]
        assert known(journal, signed).holds and journal.check().is_clean
    with pytest.raises(Refused, match="your own"):
        three.lee.signing.cosign(signed.id, LEE)
    with pytest.raises(Refused, match="partner"):
        three.ana.signing.cosign(signed.id, Signer("Ana", ""))


def test_what_is_added_stands_in_the_order_of_its_signatures(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    three.lee.signing.add(signed.id, AddendumKind.LATE_ENTRY, "And she laughed.", "left out", LEE)
    three.look()
    kim.signing.add(signed.id, AddendumKind.ADDENDUM, "Blood pressure was taken.", "not known then", KIM)
    three.look()
    three.lee.signing.add(signed.id, AddendumKind.AMENDMENT, "It was Tuesday.", "a wrong day", LEE)
    three.look()
    for journal in (three.lee, three.ana, kim):
        added = known(journal, signed).addenda
        assert [one.kind for one in added] == ["late entry", "addendum", "amendment"]
        assert all(one.signature.state is SignatureState.HOLDS for one in added)
        assert journal.notes.get(signed.id).text.body == WORDS
        assert journal.check().is_clean
    for body, reason in (("", "why"), (" \n", "why"), ("words", "")):
        with pytest.raises(UsageError, match="words and a reason"):
            three.lee.signing.add(signed.id, AddendumKind.ADDENDUM, body, reason, LEE)


def test_who_shares_a_signed_note_shares_what_was_added(three: OpenJournals, signed: Note) -> None:
    three.lee.signing.add(signed.id, AddendumKind.LATE_ENTRY, "And she laughed.", "left out", LEE)
    three.lee.notes.share(signed.id, "Ben")
    three.look()
    assert [one.body for one in known(three.ben, signed).addenda] == ["And she laughed."]


def test_a_partner_signs_nothing_and_only_an_observation_is_signed(three: OpenJournals) -> None:
    page = three.ana.notes.add(NewNote("a page"))
    with pytest.raises(Refused, match="partner"):
        three.ana.signing.sign(page.id, Signer("Ana", ""))
    with pytest.raises(Refused, match="not signed"):
        note = three.lee.notes.add(NewNote(WORDS, share="Ana"))
        three.lee.signing.add(note.id, AddendumKind.ADDENDUM, "more", "why", LEE)


def test_signed_on_two_computers_is_one_note_and_no_alarm(three: OpenJournals, kim: Journal) -> None:
    note = three.lee.notes.add(NewNote(WORDS, share="Ana"))
    laptop = elsewhere(three, "Dr Lee")
    three.lee.signing.sign(note.id, LEE)
    laptop.signing.sign(note.id, Signer("M. Lee", ""))
    three.lee.copies.merge(laptop.path)
    laptop.refresh()
    for journal in (three.lee, laptop, three.ana):
        journal.refresh()
        assert {one.name for one in known(journal, note).signatures} == {LEE.name, "M. Lee"}
        assert known(journal, note).holds and not known(journal, note).others
        assert journal.notes.get(note.id).beside == ()
        assert journal.check().is_clean


def test_other_words_on_another_computer_stand_beside_what_is_signed(three: OpenJournals) -> None:
    note = three.lee.notes.add(NewNote(WORDS, share="Ana"))
    laptop = elsewhere(three, "Dr Lee")
    three.lee.signing.sign(note.id, LEE)
    laptop.notes.edit(note.id, NoteChange("They sat apart."))
    three.lee.copies.merge(laptop.path)
    laptop.refresh()
    three.ana.refresh()
    for journal in (three.lee, laptop, three.ana):
        read = journal.notes.get(note.id)
        assert read.text.body == WORDS and read.is_signed
        assert [text.body for text in read.beside] == ["They sat apart."]
        assert known(journal, note).holds
    with pytest.raises(Refused, match="signed"):
        three.lee.notes.edit(note.id, NoteChange("They sat apart."))


@pytest.fixture
def unsigned_beside(three: OpenJournals) -> Note:
    """An observation that Dr Lee signed, while her laptop wrote other words and attached a file; Ana reads
    both, Kim neither."""
    note = three.lee.notes.add(NewNote(WORDS, share="Ana"))
    laptop = elsewhere(three, "Dr Lee")
    three.lee.signing.sign(note.id, LEE)
    laptop.notes.edit(note.id, NoteChange("They sat apart.", title="Later"))
    (three.folder / "seat.txt").write_text("by the door")
    laptop.attachments.attach(note.id, three.folder / "seat.txt")
    three.lee.copies.merge(laptop.path)
    three.look()
    return note


def test_unsigned_words_beside_a_signed_note_become_a_note_of_their_own(
    three: OpenJournals, kim: Journal, unsigned_beside: Note
) -> None:
    [apart] = three.lee.notes.set_apart(unsigned_beside.id)
    three.look()
    for journal in (three.lee, three.ana):
        signed, own = journal.notes.get(unsigned_beside.id), journal.notes.get(apart.id)
        assert (signed.text.body, signed.beside, signed.files) == (WORDS, (), ())
        assert (own.text.body, own.text.title, own.is_signed) == ("They sat apart.", "Later", False)
        assert [file.name for file in own.files] == ["seat.txt"]
        assert known(journal, unsigned_beside).holds and journal.check().is_clean
    assert kim.notes.all() == []
    three.lee.notes.share(unsigned_beside.id, "Kim")
    kim.refresh()
    assert [note.text.body for note in kim.notes.all()] == [WORDS]
    with pytest.raises(Refused, match="No unsigned words"):
        three.lee.notes.set_apart(unsigned_beside.id)


def test_a_file_of_both_texts_stays_with_what_is_signed(three: OpenJournals, tmp_path: Path) -> None:
    note = three.lee.notes.add(NewNote(WORDS))
    (tmp_path / "seat.txt").write_text("by the door")
    three.lee.attachments.attach(note.id, tmp_path / "seat.txt")
    laptop = elsewhere(three, "Dr Lee")
    three.lee.signing.sign(note.id, LEE)
    laptop.notes.edit(note.id, NoteChange("They sat apart."))
    three.lee.copies.merge(laptop.path)
    [apart] = three.lee.notes.set_apart(note.id)
    assert apart.files == ()
    three.lee.notes.delete(apart.id)
    assert three.lee.check().is_clean
    three.lee.attachments.save(note.id, "1", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == "by the door"


def test_set_apart_on_two_computers_at_once_loses_nothing(three: OpenJournals, unsigned_beside: Note) -> None:
    desk = elsewhere(three, "Dr Lee", "desk")
    three.lee.notes.set_apart(unsigned_beside.id)
    desk.notes.set_apart(unsigned_beside.id)
    three.lee.copies.merge(desk.path)
    three.look()
    for journal in (three.lee, three.ana):
        assert journal.notes.get(unsigned_beside.id).beside == ()
        assert "They sat apart." in [note.text.body for note in journal.notes.all()]
        assert known(journal, unsigned_beside).holds and journal.check().is_clean


def test_only_the_author_sets_apart_and_no_second_signed_text_is(three: OpenJournals) -> None:
    note = three.lee.notes.add(NewNote(WORDS, share="Ana"))
    old = elsewhere(three, "Dr Lee")
    three.lee.signing.sign(note.id, LEE)
    old.notes.edit(note.id, NoteChange("They sat apart."))
    old.signing.sign(note.id, LEE)
    three.lee.copies.merge(old.path)
    three.look()
    with pytest.raises(Refused, match="No unsigned words"):
        three.lee.notes.set_apart(note.id)
    with pytest.raises(NotFound):
        three.ana.notes.set_apart(note.id)
    assert len(known(three.lee, note).others) == 1


def test_who_signs_with_anothers_name_is_named_by_their_keys(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    kim.signing.add(signed.id, AddendumKind.AMENDMENT, "They sat apart.", "a slip", Signer("Dr Lee", "LMFT"))
    three.look()
    for journal in (three.lee, three.ana):
        (added,) = known(journal, signed).addenda
        assert signature_line(added.signature).endswith("holds · keys of Kim")
        assert "The keys are those of Kim." in spoken(added.signature)
        (own,) = known(journal, signed).signatures
        assert own.label == "Dr Lee" and signature_line(own).endswith("holds · keys of Dr Lee")


def test_what_is_added_is_found_with_the_note_it_is_added_to(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    for journal in (three.lee, three.ana, kim):
        assert journal.search("lantern") == []
    kim.signing.add(signed.id, AddendumKind.ADDENDUM, "A lantern was lit.", "seen later", KIM)
    three.look()
    for journal in (three.lee, three.ana, kim):
        journal.refresh()
        [hit] = journal.search("lantern")
        assert hit.note.id == signed.id
        assert ("lantern", True) in hit.excerpt
        assert [one.note.id for one in journal.search("close")] == [signed.id]


def test_signing_makes_no_version_that_says_the_same(three: OpenJournals, signed: Note) -> None:
    readers = [len(one.readers) for one in told_apart(three.lee.notes.history(signed.id))]
    assert readers == [2, 3], "shared with a second reader, then signed"
    private = three.lee.notes.add(NewNote(WORDS))
    three.lee.signing.sign(private.id, LEE)
    assert [one.number for one in told_apart(three.lee.notes.history(private.id))] == [1]


def test_a_signer_who_was_put_back_and_signs_other_words_is_seen_by_everybody(three: OpenJournals) -> None:
    note = three.lee.notes.add(NewNote(WORDS, share="Ana"))
    old = elsewhere(three, "Dr Lee")
    three.lee.signing.sign(note.id, LEE)
    old.notes.edit(note.id, NoteChange("They sat apart."))
    old.signing.sign(note.id, LEE)
    three.lee.copies.merge(old.path)
    three.look()
    for journal in (three.lee, old, three.ana):
        found = known(journal, note)
        assert len(found.others) == 1 and not found.holds
        assert {one.kind for one in journal.check().findings} == {FindingKind.SIGNED_TWICE}
        read = journal.notes.get(note.id)
        assert {read.text.body, *(text.body for text in read.beside)} == {WORDS, "They sat apart."}


def test_signatures_hold_under_keys_that_were_replaced(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    kim.signing.cosign(signed.id, KIM)
    three.look()
    three.lee.keys.replace("another for this door", None)
    three.look()
    three.lee.signing.add(signed.id, AddendumKind.ADDENDUM, "more", "why", LEE)
    three.look()
    for journal in (three.lee, three.ana, kim):
        assert known(journal, signed).holds and len(known(journal, signed).signatures) == 2
        assert journal.check().is_clean


def test_who_is_removed_still_sees_that_what_they_read_holds(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    kim.signing.cosign(signed.id, KIM)
    three.look()
    three.lee.members.remove("Kim")
    three.look()
    assert known(kim, signed).holds
    assert not kinds(kim) & {FindingKind.SIGNATURE_BROKEN, FindingKind.SIGNED_MISSING}
    for journal in (three.lee, three.ana):
        assert known(journal, signed).holds and journal.check().is_clean


def test_a_co_signer_from_whom_the_note_is_withdrawn_misses_nothing(
    three: OpenJournals, kim: Journal, signed: Note
) -> None:
    kim.signing.cosign(signed.id, KIM)
    three.look()
    three.lee.notes.withdraw(signed.id, "Kim")
    three.look()
    assert kim.notes.all() == [] and kim.check().is_clean
    assert kim.findings == ()
