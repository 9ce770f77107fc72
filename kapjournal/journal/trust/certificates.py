"""Invitation grants, member certificates and channel key messages: how a person becomes a member, and how
channel keys reach the others.

They lie on the shared channel, which every member can write; so nothing there is believed but by signature.
A grant is the keeper's word for one newcomer. A certificate holds a member's public keys and carries the
grant, signed by the grant's one-time key and by the member. A key message holds the secret of one
channel; a successor record says which identity took the place of a member's former one, a removal that the
keeper removed a member.
"""

import datetime as dt
import operator
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from kapjournal import clock
from kapjournal.crypto.identity import PUBLIC_BYTES, Identity, PublicIdentity, sign_with_seed, verify
from kapjournal.crypto.primitives import NotGenuine, counted, purpose
from kapjournal.domain.ids import GrantKey, IdentityId, JournalId, KeyslotId, MemberId, RevokedId
from kapjournal.domain.members import JournalKind, Role, valid_label
from kapjournal.journal.strict_encoding import MAX_LISTED_IDS, day_from_text, from_hex, to_json

INVITATION_DAYS = 14
"""So many days from the one it was made on an invitation still holds."""

_NO_GRANT = bytes(32)
MAX_SUCCESSORS = 20
"""More often nobody gets new keys in one journal: each brings channels, which take room outside the file."""
_MAX_NUMBER = 1000
"""What names a higher number is no successor at all."""


class SharedRecord:
    """Whatever may lie on the shared channel: a grant, a certificate, a key message, a successor record, a
    removal, or that sharing has ended."""

    __slots__ = ()

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        raise NotImplementedError

    def to_bytes(self) -> bytes:
        """The body of its envelope."""
        return to_json(self.fields())


@dataclass(frozen=True, slots=True)
class InvitationGrant(SharedRecord):
    """The keeper's word that the holder of the seed behind `key` may join as `name` in `role`.

    `revoked` are the member ids and grant keys the keeper had revoked by then: a newcomer meets the others
    before the keeper's program can tell them, and must not meet those. `made` is the day of the invitation,
    by the keeper's clock; without one, as in a grant of an older program, it does not run out by itself.
    `journal` is what kind of journal it leads into, which a newcomer has to know before the keeper's word
    comes.
    """

    key: GrantKey
    slot: KeyslotId
    name: str
    role: Role
    revoked: tuple[RevokedId, ...] = ()
    signature: bytes = b""
    made: dt.date | None = None
    journal: JournalKind = JournalKind.COURSE

    @property
    def is_over(self) -> bool:
        """Whether its days are over, by the keeper's own clock: one that was put back ends nothing."""
        return self.made is not None and (clock.today() - self.made).days > INVITATION_DAYS

    @property
    def has_run_out(self) -> bool:
        """Whether its days are over, by the clock of whoever reads it, or have not begun for as long: a clock
        that was wrong when it was made lets it hold for no more than twice its days."""
        return self.made is not None and abs((clock.today() - self.made).days) > INVITATION_DAYS

    def message(self, journal: JournalId) -> bytes:
        """The bytes that the keeper signs."""
        return purpose(
            "grant",
            journal,
            self.key,
            self.slot,
            counted(self.name.encode()),
            counted(self.role.encode()),
            counted(b"".join(self.revoked)),
            counted(self.made.isoformat().encode()) if self.made else b"",
            counted(self.journal.encode()) if self.journal is not JournalKind.COURSE else b"",
        )

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "kind": "grant",
            "key": self.key.hex(),
            "slot": self.slot.hex(),
            "name": self.name,
            "role": self.role.value,
            "revoked": [one.hex() for one in self.revoked],
            "signature": self.signature.hex(),
            **({"made": self.made.isoformat()} if self.made else {}),
            **({"journal": self.journal.value} if self.journal is not JournalKind.COURSE else {}),
        }

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "InvitationGrant":
        """Undo `fields` (`TypeError`, `ValueError`, `LookupError`, `KapjournalError`)."""
        if len(fields["revoked"]) > MAX_LISTED_IDS:
            raise ValueError
        return cls(
            GrantKey(from_hex(fields["key"], 32)),
            KeyslotId(from_hex(fields["slot"], 16)),
            valid_label(fields["name"]),
            Role(fields["role"]),
            tuple([MemberId(from_hex(one, 32)) for one in fields["revoked"]]),
            bytes.fromhex(fields["signature"]),
            None if (made := fields.get("made")) is None else day_from_text(made),
            JournalKind(fields.get("journal", JournalKind.COURSE)),
        )


@dataclass(frozen=True, slots=True)
class MemberCertificate(SharedRecord):
    """Who a member is: public keys, label, role; `grant` is None on the keeper's own."""

    keys: PublicIdentity
    label: str
    role: Role
    grant: InvitationGrant | None
    by_grant: bytes = b""
    by_self: bytes = b""

    @property
    def member(self) -> MemberId:
        """Whose it is: these keys are their first."""
        return MemberId(self.keys.hash)

    @property
    def grant_key(self) -> GrantKey:
        """The public key of the grant, empty on the keeper's own."""
        return self.grant.key if self.grant else GrantKey(b"")

    @property
    def invited_as(self) -> str:
        """The name that the keeper invited, or the keeper's own label."""
        return self.grant.name if self.grant else self.label

    def message(self, journal: JournalId) -> bytes:
        """The bytes that both the grant's key and the member sign."""
        return purpose(
            "certificate",
            journal,
            self.grant_key or _NO_GRANT,
            self.keys.to_bytes(),
            counted(self.label.encode()),
            counted(self.role.encode()),
        )

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "kind": "certificate",
            "keys": self.keys.to_bytes().hex(),
            "label": self.label,
            "role": self.role.value,
            "grant": self.grant.fields() if self.grant else None,
            "by_grant": self.by_grant.hex(),
            "by_self": self.by_self.hex(),
        }

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "MemberCertificate":
        """Undo `fields` (errors as for a grant)."""
        grant = fields["grant"]
        return cls(
            PublicIdentity.from_bytes(from_hex(fields["keys"], PUBLIC_BYTES)),
            valid_label(fields["label"]),
            Role(fields["role"]),
            InvitationGrant.from_fields(grant) if grant is not None else None,
            bytes.fromhex(fields["by_grant"]),
            bytes.fromhex(fields["by_self"]),
        )


@dataclass(frozen=True, slots=True)
class ChannelKeyMessage(SharedRecord):
    """The secret of the channel from one identity to another, sealed for the receiver alone."""

    sender: IdentityId
    receiver: IdentityId
    sealed: bytes

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "kind": "key-message",
            "sender": self.sender.hex(),
            "receiver": self.receiver.hex(),
            "message": self.sealed.hex(),
        }

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "ChannelKeyMessage":
        """Undo `fields` (`TypeError`, `ValueError`, `LookupError`)."""
        return cls(
            IdentityId(from_hex(fields["sender"], 32)),
            IdentityId(from_hex(fields["receiver"], 32)),
            bytes.fromhex(fields["message"]),
        )


@dataclass(frozen=True, slots=True)
class Successor(SharedRecord):
    """A member's word that other keys are theirs from now on: `number` counts from 1, `by_before` is
    signed with the keys before, `by_self` with the new ones."""

    member: MemberId
    number: int
    keys: PublicIdentity
    by_before: bytes = b""
    by_self: bytes = b""

    def message(self, journal: JournalId) -> bytes:
        """The bytes that both sign."""
        number = self.number.to_bytes(4, "big")
        return purpose("successor", journal, self.member, number, self.keys.to_bytes())

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "kind": "successor",
            "member": self.member.hex(),
            "number": self.number,
            "keys": self.keys.to_bytes().hex(),
            "by_before": self.by_before.hex(),
            "by_self": self.by_self.hex(),
        }

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "Successor":
        """Undo `fields` (errors as for a grant)."""
        number = operator.index(fields["number"])
        if not 1 <= number <= _MAX_NUMBER:
            raise ValueError
        return cls(
            MemberId(from_hex(fields["member"], 32)),
            number,
            PublicIdentity.from_bytes(from_hex(fields["keys"], PUBLIC_BYTES)),
            bytes.fromhex(fields["by_before"]),
            bytes.fromhex(fields["by_self"]),
        )


@dataclass(frozen=True, slots=True)
class Removal(SharedRecord):
    """The keeper's word to a member that they were removed: the journal info no longer reaches them."""

    member: MemberId
    signature: bytes = b""

    def message(self, journal: JournalId) -> bytes:
        """The bytes that the keeper signs."""
        return purpose("removal", journal, self.member)

    def fields(self) -> dict[str, Any]:
        """For JSON."""
        return {"kind": "removal", "member": self.member.hex(), "signature": self.signature.hex()}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "Removal":
        """Undo `fields` (errors as for a grant)."""
        return cls(MemberId(from_hex(fields["member"], 32)), bytes.fromhex(fields["signature"]))


def sign_grant(keeper: Identity, journal: JournalId, grant: InvitationGrant) -> InvitationGrant:
    """The same grant with the keeper's signature."""
    return replace(grant, signature=keeper.sign(grant.message(journal)))


def sign_certificate(
    me: Identity,
    journal: JournalId,
    label: str,
    role: Role,
    grant: InvitationGrant | None,
    seed: bytes | None,
) -> MemberCertificate:
    """Make the certificate of the member `me`, with the grant and its seed, or as keeper with neither."""
    unsigned = MemberCertificate(me.public, label, role, grant)
    message = unsigned.message(journal)
    by_grant = sign_with_seed(seed, message) if seed else b""
    return replace(unsigned, by_grant=by_grant, by_self=me.sign(message))


def sign_removal(keeper: Identity, journal: JournalId, member: MemberId) -> Removal:
    """The keeper's word that a member was removed."""
    unsigned = Removal(member)
    return replace(unsigned, signature=keeper.sign(unsigned.message(journal)))


def sign_successor(
    before: Identity, new: Identity, journal: JournalId, member: MemberId, number: int
) -> Successor:
    """That the keys of `new` take the place of those of `before`."""
    unsigned = Successor(member, number, new.public)
    message = unsigned.message(journal)
    return replace(unsigned, by_before=before.sign(message), by_self=new.sign(message))


def check_successor(successor: Successor, journal: JournalId, before: PublicIdentity) -> None:
    """Raise `NotGenuine` unless the keys before and the new ones both signed it."""
    message = successor.message(journal)
    before.verify(successor.by_before, message)
    successor.keys.verify(successor.by_self, message)


def check_grant(grant: InvitationGrant, journal: JournalId, *keeper: PublicIdentity) -> None:
    """Raise `NotGenuine` unless the keeper signed this grant, with one of their keys."""
    verified_by(keeper, grant.signature, grant.message(journal))


def verified_by(keys: Sequence[PublicIdentity], signature: bytes, message: bytes) -> PublicIdentity:
    """Which of the keys made a signature; `NotGenuine` if none did."""
    for public in keys:
        with suppress(NotGenuine):
            public.verify(signature, message)
            return public
    raise NotGenuine("A signature does not hold.")


def check_certificate(
    certificate: MemberCertificate,
    journal: JournalId,
    keeper: MemberId,
    keeper_keys: Sequence[PublicIdentity],
) -> None:
    """Raise `NotGenuine` unless the certificate is the keeper's own, or rests on a grant by the keeper."""
    message = certificate.message(journal)
    certificate.keys.verify(certificate.by_self, message)
    if certificate.grant is None:
        if certificate.member != keeper:
            raise NotGenuine("A card has no ticket.")
        return
    misfit = certificate.member == keeper or certificate.role is not certificate.grant.role
    if not keeper_keys or misfit:
        raise NotGenuine("A card does not fit its ticket.")
    check_grant(certificate.grant, journal, *keeper_keys)
    verify(certificate.grant.key, certificate.by_grant, message)
