"""A type for every identity, so that one cannot be taken for another.

All are random or derived bytes of a fixed length and cost nothing at run time.
"""

from typing import NewType

JournalId = NewType("JournalId", bytes)
"""One journal: 16 random bytes, in plain view in its file."""

MemberId = NewType("MemberId", bytes)
"""One member of one journal: the hash, 32 bytes of SHA-256, of the public keys they came with. It stays
theirs when they get new keys."""

IdentityId = NewType("IdentityId", bytes)
"""One set of public keys: their hash, 32 bytes of SHA-256. Of a member's first it is the `MemberId`."""

GrantKey = NewType("GrantKey", bytes)
"""One invitation: the 32 bytes of the public key behind which the invited holds the seed."""

RevokedId = MemberId | GrantKey
"""Whom the keeper revoked: a member, or whoever would join with an invitation. None of the two can be taken
for the other, so lists hold them together."""

DocumentId = NewType("DocumentId", bytes)
"""One document of one author: 16 bytes. The author's `MemberId` belongs to it: two members can choose the
same bytes."""

EnvelopeId = NewType("EnvelopeId", bytes)
"""One envelope: 16 bytes, new for every version. Only its author knows the bytes they are a hash of, and with
these drops it."""

RowId = NewType("RowId", bytes)
"""One row of a file: 16 bytes, the hash of what lies in it, whether it stands or was dropped."""

KeyslotId = NewType("KeyslotId", bytes)
"""One keyslot of a file: 16 random bytes, new whenever the slot is sealed anew."""

ReplicaId = NewType("ReplicaId", bytes)
"""One copy of a journal on one computer, for one member: 16 random bytes that never leave it. On each channel
it goes by a pseudonym of its own (8 bytes)."""

CaseId = NewType("CaseId", bytes)
"""One couple of a practice: 16 random bytes, which say nothing of them and are in no other file."""
