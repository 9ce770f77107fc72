"""Signed notes under attack: by whoever can write the file, by a reader with a program of their own, and by
the signer."""

import datetime as dt
import secrets

import pytest

from kapjournal.domain.findings import FindingKind, Severity
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.notes import Note
from kapjournal.domain.signing import AddendumKind, SignatureState, Signer
from kapjournal.journal import Journal, NewNote
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.content_name import ContentName
from kapjournal.journal.documents.signing import AddendumContent, CoSignature
from kapjournal.journal.documents.version import Content, DocumentType, DocumentVersion
from kapjournal.journal.trust.proofs import Proof, sign
from kapjournal.journal.vault.unit_of_work import DocumentChange
from tests.attacks.attacked_journal import AttackedJournal, bodies, forge
from tests.internals import row_of, vault_of
from tests.signed import kinds, known

WORDS = "They sat close."
LEE = Signer("Dr Mina Lee", "LMFT")
NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


@pytest.fixture
def signed(attacked: AttackedJournal) -> Note:
    """An observation of Lee's that all read, signed, and everybody has seen it."""
    with attacked.acting("Lee", "Ana", "Ben") as (lee, ana, ben):
        note = lee.notes.add(NewNote(WORDS, share="all"))
        lee.signing.sign(note.id, LEE)
        ana.refresh()
        ben.refresh()
    return note


def version_of(journal: Journal, note: Note) -> DocumentVersion:
    return vault_of(journal).notes.stored(note.id).version


def everybody(journal: Journal) -> list[MemberId]:
    return sorted(member.id for member in journal.members.all())


@pytest.mark.parametrize("change", ["words", "data"])
def test_its_author_writes_other_words_under_the_same_signature(
    attacked: AttackedJournal, signed: Note, change: str
) -> None:
    """With a program of his own, which sends it to everybody as what follows."""
    with attacked.acting("Lee") as (lee,):
        before = version_of(lee, signed)
        envelope = vault_of(lee).notes.stored(signed.id).envelope
        said = (
            {"text": "They sat apart."}
            if change == "words"
            else {"data": before.data.replace(b"{", b"{ ", 1)}
        )
        other = before._replace(follows=(envelope,), written=NOW + dt.timedelta(days=1), **said)
        forge(attacked, lee, everybody(lee), other)
    with attacked.acting("Ana", "Ben") as (ana, ben):
        for journal in (ana, ben):
            assert kinds(journal) & {FindingKind.SIGNATURE_BROKEN, FindingKind.SIGNED_TWICE}
            assert not known(journal, signed).holds


def test_its_author_signs_other_words_and_shows_each_reader_one(
    attacked: AttackedJournal, signed: Note
) -> None:
    """Who has only one text sees nothing amiss, but the digests they can compare differ; whoever sees both is
    told, and alarmed."""
    with attacked.acting("Lee") as (lee,):
        vault, before = vault_of(lee), version_of(lee, signed)
        other = before._replace(text="They sat apart.", proofs=(), readers=tuple(everybody(lee)))
        claim = {"as": "author", "name": LEE.name, "credentials": ""}
        proof = sign(vault.identity, lee.me.id, vault.journal_id, other.digest(vault.journal_id), NOW, claim)
        ben = lee.members.get("Ben").id
        forge(attacked, lee, [lee.me.id, ben], other._replace(proofs=(proof,)))
    with attacked.acting("Ana", "Ben") as (ana, ben_):
        assert known(ana, signed).holds
        assert len(known(ben_, signed).others) == 1 and not known(ben_, signed).holds
        assert {known(ben_, signed).digest, *known(ben_, signed).others} >= {known(ana, signed).digest}
        (finding,) = (one for one in ben_.findings if one.kind is FindingKind.SIGNED_TWICE)
        assert finding.severity is Severity.ALARM and finding.member == version_of(ana, signed).author


def test_a_reader_puts_the_signature_under_words_of_their_own(
    attacked: AttackedJournal, signed: Note
) -> None:
    with attacked.acting("Ben") as (ben,):
        proofs = version_of(ben, signed).proofs
        content = registry.NOTE.encode(
            registry.NOTE.decode(vault_of(ben).notes.stored(ben.notes.add(NewNote("mine")).id).version), None
        )
        theirs = DocumentVersion(
            DocumentId(secrets.token_bytes(16)),
            DocumentType.NOTE,
            ben.me.id,
            tuple(everybody(ben)),
            NOW,
            content.data,
            content.text,
            content.form,
            proofs=proofs,
        )
        forge(attacked, ben, everybody(ben), theirs)
    with attacked.acting("Ana") as (ana,):
        (note,) = (note for note in ana.notes.all() if note.text.body == "mine")
        (signature,) = known(ana, note).signatures
        assert signature.state is SignatureState.BROKEN and not known(ana, note).holds
        assert FindingKind.SIGNATURE_BROKEN in kinds(ana)
        assert known(ana, signed).holds


def document(
    sender: Journal, type_: str, content: Content, proofs: tuple[Proof, ...] = ()
) -> DocumentVersion:
    return DocumentVersion(
        DocumentId(secrets.token_bytes(16)),
        type_,
        sender.me.id,
        tuple(everybody(sender)),
        NOW,
        content.data,
        content.text,
        content.form,
        proofs=proofs,
    )


def test_a_partner_adds_nothing_and_signs_nothing(attacked: AttackedJournal, signed: Note) -> None:
    """Ben's program sends a co-signature and an addendum, both rightly signed by Ben's keys."""
    with attacked.acting("Ben") as (ben,):
        vault, version = vault_of(ben), version_of(ben, signed)
        digest = version.digest(vault.journal_id)
        of = ContentName(version.author, version.document, digest)
        claim = {"as": "co-signer", "name": "Dr Ben", "credentials": "MD"}
        proof = sign(vault.identity, ben.me.id, vault.journal_id, digest, NOW, claim)
        said = registry.SIGNATURE.encode(CoSignature(of, proof), None)
        forge(attacked, ben, everybody(ben), document(ben, DocumentType.SIGNATURE, said))
        added = AddendumContent(of, AddendumKind.AMENDMENT, "wrong", "They sat apart.")
        unsigned = document(ben, DocumentType.ADDENDUM, registry.ADDENDUM.encode(added, None))
        unsigned_digest = unsigned.digest(vault.journal_id)
        by_ben = sign(vault.identity, ben.me.id, vault.journal_id, unsigned_digest, NOW, claim)
        forge(attacked, ben, everybody(ben), unsigned._replace(proofs=(by_ben,)))
    for name in ("Lee", "Ana"):
        with attacked.acting(name) as (journal,):
            found = known(journal, signed)
            assert [one.name for one in found.signatures] == [LEE.name]
            assert found.addenda == () and found.holds
            assert bodies(journal) == {WORDS}


def test_a_partners_own_page_is_not_shown_as_signed(attacked: AttackedJournal) -> None:
    """Ben's program puts a proof by Ben's keys under a page of his, in the therapist's name."""
    with attacked.acting("Ben", "Lee", "Ana") as (ben, lee, ana):
        vault = vault_of(ben)
        version = version_of(ben, ben.notes.add(NewNote("She hit the dog.", share="all")))
        claim = {"as": "author", "name": LEE.name, "credentials": LEE.credentials}
        proof = sign(
            vault.identity, ben.me.id, vault.journal_id, version.digest(vault.journal_id), NOW, claim
        )
        [stored] = vault.envelopes.standing(ben.me.id, version.document)
        with vault.unit_of_work() as unit:
            unit.put(DocumentChange.again(version, frozenset(version.readers), [stored], proofs=[proof]))
        for journal in (lee, ana):
            journal.refresh()
            [note] = [one for one in journal.notes.all() if one.author == ben.me.id]
            assert not note.is_signed and not known(journal, note).holds
            assert FindingKind.SIGNATURE_BROKEN in kinds(journal)


def test_an_addendum_without_its_author_s_signature_is_not_shown(
    attacked: AttackedJournal, signed: Note
) -> None:
    with attacked.acting("Lee") as (lee,):
        version = version_of(lee, signed)
        of = ContentName(version.author, version.document, version.digest(vault_of(lee).journal_id))
        added = AddendumContent(of, AddendumKind.AMENDMENT, "wrong", "They sat apart.")
        sent = document(lee, DocumentType.ADDENDUM, registry.ADDENDUM.encode(added, None))
        forge(attacked, lee, everybody(lee), sent)
        wrong = sent._replace(document=DocumentId(secrets.token_bytes(16)), proofs=version.proofs)
        forge(attacked, lee, everybody(lee), wrong)
    with attacked.acting("Ana") as (ana,):
        (one,) = known(ana, signed).addenda
        assert one.signature.state is SignatureState.BROKEN and not known(ana, signed).holds


def test_an_addendum_to_another_content_is_not_beside_this_one(
    attacked: AttackedJournal, signed: Note
) -> None:
    with attacked.acting("Lee") as (lee,):
        version = version_of(lee, signed)
        of = ContentName(version.author, version.document, bytes(32))
        added = AddendumContent(of, AddendumKind.AMENDMENT, "wrong", "They sat apart.")
        unsigned = document(lee, DocumentType.ADDENDUM, registry.ADDENDUM.encode(added, None))
        vault = vault_of(lee)
        claim = {"as": "author", "name": "", "credentials": ""}
        digest = unsigned.digest(vault.journal_id)
        proof = sign(vault.identity, lee.me.id, vault.journal_id, digest, NOW, claim)
        forge(attacked, lee, everybody(lee), unsigned._replace(proofs=(proof,)))
    with attacked.acting("Ana") as (ana,):
        assert known(ana, signed).addenda == () and known(ana, signed).holds


def test_whoever_strikes_the_signed_row_is_found_out_by_its_author_without_a_record(
    attacked: AttackedJournal, signed: Note
) -> None:
    """The digest stands in the author's address book, which is on another computer's record or on none."""
    with attacked.acting("Lee") as (lee,):
        row = row_of(lee, signed)
    attacked.delete(row)
    with attacked.acting("Lee", remembering=False) as (lee,):
        assert bodies(lee) == set()
        assert FindingKind.SIGNED_MISSING in kinds(lee)


def test_a_signature_s_claim_is_not_changed_by_a_reader(attacked: AttackedJournal, signed: Note) -> None:
    """A reader's program makes the row anew with another claim: it is neither the author's nor verified."""
    with attacked.acting("Ben", "Lee") as (ben, lee):
        version = version_of(ben, signed)
        (proof,) = version.proofs
        changed = version._replace(proofs=(proof._replace(claim=proof.claim.replace(b"LMFT", b"Dr  ")),))
        forge(attacked, ben, [ben.me.id, lee.me.id], changed)
    with attacked.acting("Lee", "Ana") as (lee, ana):
        for journal in (lee, ana):
            assert [one.credentials for one in known(journal, signed).signatures] == ["LMFT"]
            assert known(journal, signed).holds
