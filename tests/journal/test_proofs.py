"""Proofs: a signature is of one person, one moment, one claim and one content, and fits nothing else."""

import datetime as dt
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.crypto.identity import Identity
from kapjournal.domain.ids import DocumentId, JournalId, MemberId
from kapjournal.journal.documents.version import DocumentVersion
from kapjournal.journal.trust.proofs import (
    MAX_CLAIM_BYTES,
    Proof,
    holds,
    proofs_from,
    proofs_to_bytes,
    sign,
)

JOURNAL, ELSEWHERE = JournalId(bytes(range(16))), JournalId(bytes(16))
ANA, BEN = Identity(b"a" * 32, JOURNAL), Identity(b"b" * 32, JOURNAL)
ANA_ID, BEN_ID = MemberId(ANA.hash), MemberId(BEN.hash)
KEYS = {ANA_ID: [ANA.public], BEN_ID: [BEN.public]}
WHEN = dt.datetime(2026, 3, 2, 9, 0, 0, 7000, tzinfo=dt.UTC)
CLAIM = {"as": "therapist", "name": "Dr Ana Müller", "credentials": "12 345"}
NOTE = DocumentVersion(
    DocumentId(bytes(16)), "note", ANA_ID, (ANA_ID, BEN_ID), WHEN, b'{"title":"t"}', "Words."
)
CONTENT = NOTE.digest(JOURNAL)
PROOF = sign(ANA, ANA_ID, JOURNAL, CONTENT, WHEN, CLAIM)

proofs = st.builds(
    Proof,
    st.binary(min_size=32, max_size=32).map(MemberId),
    st.integers(-(2**63), 2**63 - 1),
    st.binary(max_size=80),
    st.binary(min_size=64, max_size=64),
)


def flipped(field: bytes, bit: int) -> bytes:
    changed = bytearray(field)
    changed[bit // 8 % len(field)] ^= 1 << bit % 8
    return bytes(changed)


# --- what a signature fits ----------------------------------------------------------------------------


def test_a_signature_holds_for_what_was_signed() -> None:
    assert holds(PROOF, JOURNAL, CONTENT, KEYS)
    assert (PROOF.signer, PROOF.moment, PROOF.claims()) == (ANA_ID, WHEN, CLAIM)
    assert sign(ANA, ANA_ID, JOURNAL, CONTENT, WHEN, CLAIM) == PROOF, "Ed25519 draws nothing"


def test_what_is_signed_is_named_field_by_field() -> None:
    said = (
        b"kapjournal/2 signature\0" + JOURNAL + ANA_ID + (1772442000007).to_bytes(8, "big") + CONTENT
    ) + len(PROOF.claim).to_bytes(4, "big")
    said += '{"as":"therapist","name":"Dr Ana Müller","credentials":"12 345"}'.encode()
    assert PROOF.message(JOURNAL, CONTENT) == said
    Ed25519PublicKey.from_public_bytes(ANA.public.signing).verify(PROOF.signature, said)


@given(st.integers(0, 8 * 64 - 1))
def test_a_signature_fits_only_its_journal_signer_moment_claim_and_content(bit: int) -> None:
    assert not holds(PROOF, JournalId(flipped(JOURNAL, bit)), CONTENT, KEYS)
    assert not holds(PROOF, JOURNAL, flipped(CONTENT, bit), KEYS)
    moved = [
        PROOF._replace(signer=BEN_ID),
        PROOF._replace(when=PROOF.when ^ 1 << bit % 63),
        PROOF._replace(claim=flipped(PROOF.claim, bit)),
        PROOF._replace(claim=PROOF.claim + b" "),
        PROOF._replace(claim=b""),
        PROOF._replace(signature=flipped(PROOF.signature, bit)),
    ]
    assert not any(holds(proof, JOURNAL, CONTENT, KEYS) for proof in moved)


def test_a_signature_is_not_taken_over_by_naming_another_signer() -> None:
    """Whoever copies a signature under their own name, or lends keys to another name, proves nothing."""
    assert not holds(PROOF._replace(signer=BEN_ID), JOURNAL, CONTENT, {BEN_ID: [ANA.public, BEN.public]})
    assert not holds(PROOF, JOURNAL, CONTENT, {ANA_ID: [BEN.public]})
    in_anas_name = sign(BEN, ANA_ID, JOURNAL, CONTENT, WHEN, CLAIM)
    assert not holds(in_anas_name, JOURNAL, CONTENT, KEYS)


def test_without_keys_nothing_holds_and_any_key_the_signer_had_will_do() -> None:
    assert not holds(PROOF, JOURNAL, CONTENT, {}) and not holds(PROOF, JOURNAL, CONTENT, {ANA_ID: []})
    assert not holds(PROOF, JOURNAL, CONTENT, {BEN_ID: [BEN.public]})
    assert holds(PROOF, JOURNAL, CONTENT, {ANA_ID: [BEN.public, ANA.public]})


def test_a_signature_for_another_purpose_is_no_proof() -> None:
    """A member signs certificates, grants and key messages with the same key."""
    message = PROOF.message(JOURNAL, CONTENT)
    for another in (b"certificate", b"grant", b"key message signature"):
        signature = ANA.sign(message.replace(b" signature\0", b" " + another + b"\0", 1))
        assert not holds(PROOF._replace(signature=signature), JOURNAL, CONTENT, KEYS)
    assert holds(PROOF._replace(signature=ANA.sign(message)), JOURNAL, CONTENT, KEYS), "the control"


def test_a_key_that_signs_everything_holds_nothing() -> None:
    """A public key of small order, for which one signature fits every message."""
    small = (1).to_bytes(32, "little")
    lender = replace(ANA.public, signing=small)
    forged = PROOF._replace(signature=small + bytes(32))
    assert not holds(forged, JOURNAL, CONTENT, {ANA_ID: [lender]})


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(65), bytes(64), b"\xff" * 64])
def test_an_impossible_signature_does_not_hold(signature: bytes) -> None:
    assert not holds(PROOF._replace(signature=signature), JOURNAL, CONTENT, KEYS)


def test_a_proof_is_of_the_words_and_not_of_who_reads_them() -> None:
    """Sharing a signed note, taking it back, and signing it once more leave every signature good."""
    shared = NOTE._replace(readers=(ANA_ID,), written=None, notified=(BEN_ID,), proofs=(PROOF,))
    assert holds(PROOF, JOURNAL, shared.digest(JOURNAL), KEYS)
    other = MemberId(b"o" * 32)
    changed = [
        NOTE._replace(text="Words!"),
        NOTE._replace(data=b'{"title":"T"}'),
        NOTE._replace(data=b'{"title": "t"}'),
        NOTE._replace(type="observation"),
        NOTE._replace(form=2),
        NOTE._replace(document=DocumentId(b"d" * 16)),
        NOTE._replace(author=other),
    ]
    assert not any(holds(PROOF, JOURNAL, one.digest(JOURNAL), KEYS) for one in changed)
    assert not holds(PROOF, JOURNAL, NOTE.digest(ELSEWHERE), KEYS)


@given(st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2199, 12, 31)), st.binary(min_size=32, max_size=32))
def test_any_moment_and_content_can_be_signed(when: dt.datetime, content: bytes) -> None:
    moment = when.replace(tzinfo=dt.UTC)
    proof = sign(BEN, BEN_ID, JOURNAL, content, moment, {})
    assert holds(proof, JOURNAL, content, KEYS) and proof.claims() == {}
    assert proof.moment is not None and abs(proof.moment - moment) <= dt.timedelta(milliseconds=0.5)


# --- how they lie in a body ---------------------------------------------------------------------------


@given(st.lists(proofs, max_size=5), st.binary(max_size=20), st.binary(max_size=20))
def test_proofs_go_there_and_back_wherever_they_lie(many: list[Proof], before: bytes, after: bytes) -> None:
    raw = proofs_to_bytes(many)
    assert proofs_from(before + raw + after, len(before)) == (tuple(many), len(before + raw))


@given(st.lists(proofs, min_size=1, max_size=3))
def test_proofs_that_were_cut_are_refused(many: list[Proof]) -> None:
    raw = proofs_to_bytes(many)
    for length in range(len(raw)):
        with pytest.raises((ValueError, LookupError)):
            proofs_from(raw[:length], 0)


@given(st.binary(max_size=400))
def test_any_bytes_are_proofs_or_are_refused(raw: bytes) -> None:
    try:
        found, after = proofs_from(raw, 0)
    except (ValueError, LookupError):
        return
    assert proofs_to_bytes(found) == raw[:after]


def test_a_claim_has_room_for_a_name_and_not_for_a_book() -> None:
    longest = PROOF._replace(claim=b"c" * MAX_CLAIM_BYTES)
    assert proofs_from(proofs_to_bytes([longest]), 0)[0] == (longest,)
    with pytest.raises(ValueError):
        proofs_from(proofs_to_bytes([longest._replace(claim=longest.claim + b"c")]), 0)


@given(proofs)
def test_what_is_said_of_a_signer_is_never_more_than_was_said(proof: Proof) -> None:
    """A claim that is no strict JSON says nothing, and a moment no calendar has is none."""
    assert isinstance(proof.claims(), dict)
    assert proof.moment is None or proof.moment.tzinfo is dt.UTC


@pytest.mark.parametrize(
    "claim", [b"", b"[]", b"null", b'{"name":"A","name":"B"}', b'{"name":1.5}', b'{"name":"A"} ']
)
def test_a_claim_that_is_not_of_its_form_says_nothing(claim: bytes) -> None:
    signed = PROOF._replace(claim=claim)
    signed = signed._replace(signature=ANA.sign(signed.message(JOURNAL, CONTENT)))
    assert holds(signed, JOURNAL, CONTENT, KEYS) and signed.claims() == {}


@pytest.mark.parametrize("when", [2**63 - 1, -(2**63), 253402300800000, -62135596800001])
def test_a_moment_that_no_calendar_has_is_none(when: int) -> None:
    assert PROOF._replace(when=when).moment is None
