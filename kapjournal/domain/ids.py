"""A type for every identity, so that one cannot be taken for another.

All are random or derived bytes of a fixed length and cost nothing at run time.
"""

from typing import NewType

JournalId = NewType("JournalId", bytes)
"""One journal: 16 random bytes, in plain view in its file."""

MemberId = NewType("MemberId", bytes)
"""One member of one journal: the identity hash, 32 bytes of SHA-256 over the public keys."""

GrantKey = NewType("GrantKey", bytes)
"""One invitation: the 32 bytes of the public key behind which the invited holds the seed."""

RevokedId = MemberId | GrantKey
"""Whom the keeper revoked: a member, or whoever would join with an invitation. None of the two can be taken
for the other, so lists hold them together."""

DocumentId = NewType("DocumentId", bytes)
"""One document of one author: 16 bytes. The author's `MemberId` belongs to it: two members can choose the
same bytes."""

EnvelopeId = NewType("EnvelopeId", bytes)
"""One envelope of a file: 16 random bytes, new for every version."""

KeyslotId = NewType("KeyslotId", bytes)
"""One keyslot of a file: 16 random bytes, new whenever the slot is sealed anew."""

ReplicaId = NewType("ReplicaId", bytes)
"""One copy of a journal on one computer, for one member: 16 random bytes. An envelope carries the first 4."""
