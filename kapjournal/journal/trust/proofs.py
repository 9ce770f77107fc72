"""Proofs: signatures that lie beside the content of a document and move no byte of it."""

import datetime as dt
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kapjournal.crypto.identity import SIGNATURE_BYTES, Identity, PublicIdentity
from kapjournal.crypto.primitives import NotGenuine, counted, purpose
from kapjournal.domain.ids import JournalId, MemberId
from kapjournal.journal.strict_encoding import from_json, to_json

MAX_CLAIM_BYTES = 4096
_FRONT = 40


class Proof(NamedTuple):
    """One signature: by whom, when (UTC, milliseconds since 1970), and the `claim`, a JSON object that
    says as what, under which name and with which credentials."""

    signer: MemberId
    when: int
    claim: bytes
    signature: bytes

    def message(self, journal: JournalId, content: bytes) -> bytes:
        """The bytes that are signed; `content` is the digest (32 bytes) of what is proved."""
        when = struct.pack(">q", self.when)
        return purpose("signature", journal, self.signer, when, content, counted(self.claim))

    @property
    def moment(self) -> dt.datetime | None:
        """When it was signed, as the signer's clock had it; None where no calendar of ours has it."""
        try:
            return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=self.when)
        except OverflowError:
            return None

    def claims(self) -> dict[str, Any]:
        """What the signer says of themselves; empty where it is not of its form."""
        try:
            return from_json(self.claim)
        except NotGenuine:
            return {}


def sign(
    me: Identity,
    member: MemberId,
    journal: JournalId,
    content: bytes,
    when: dt.datetime,
    claim: Mapping[str, str],
) -> Proof:
    """Sign the content of a document, by its digest (32 bytes), as the member (`ValueError` for a claim of
    more than 4096 bytes)."""
    moment = round(when.timestamp() * 1000)
    unsigned = Proof(member, moment, to_json(dict(claim)), bytes(SIGNATURE_BYTES))
    if len(unsigned.claim) > MAX_CLAIM_BYTES:
        raise ValueError
    return unsigned._replace(signature=me.sign(unsigned.message(journal, content)))


def holds(
    proof: Proof, journal: JournalId, content: bytes, keys: Mapping[MemberId, Sequence[PublicIdentity]]
) -> bool:
    """Whether one of the signer's keys made this signature over that content."""
    for public in keys.get(proof.signer, ()):
        try:
            public.verify(proof.signature, proof.message(journal, content))
        except NotGenuine:
            continue
        return True
    return False


def proofs_to_bytes(proofs: Sequence[Proof]) -> bytes:
    """How many, then each of them."""
    parts = [bytes([len(proofs)])]
    for proof in proofs:
        parts += [proof.signer, struct.pack(">q", proof.when), counted(proof.claim), proof.signature]
    return b"".join(parts)


def proofs_from(body: bytes, at: int) -> tuple[tuple[Proof, ...], int]:
    """The proofs in a body from an offset on, and the offset after them (`ValueError`, `LookupError`)."""
    proofs = []
    count, at = body[at], at + 1
    for _ in range(count):
        claim = at + _FRONT + 4
        end = claim + int.from_bytes(body[claim - 4 : claim], "big")
        after = end + SIGNATURE_BYTES
        if end - claim > MAX_CLAIM_BYTES or after > len(body):
            raise ValueError
        (when,) = struct.unpack(">q", body[at + 32 : at + _FRONT])
        proofs.append(Proof(MemberId(body[at : at + 32]), when, body[claim:end], body[end:after]))
        at = after
    return tuple(proofs), at
