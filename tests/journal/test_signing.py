"""Signing observations, co-signing and adding to them: what is locked, what moves, what each person sees."""

import pytest

from kapjournal.domain.findings import FindingKind
from kapjournal.domain.members import Role
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import AddendumKind, SignatureState, SignedNote, Signer
from kapjournal.errors import Refused, UsageError
from kapjournal.journal import Journal, NewNote, NoteChange

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


def known(journal: Journal, note: Note) -> SignedNote:
    found = journal.signing.of(note.id)
    assert found is not None
    return found


def kinds(journal: Journal) -> set[FindingKind]:
    journal.refresh()
    return {finding.kind for finding in journal.check().findings}


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
    assert three.lee.signing.sign(signed.id, Signer("Another", "")) == each[0], "once is enough"


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
