"""Signatures in format 2 and what is added to a signed document, written from crypto/FORMAT.md."""

import os
from collections.abc import Iterable

from .second_bodies_2 import Body
from .second_formulas_2 import content_digest, counted, dumped, purpose
from .second_writer_2 import BOOK, Member

Signer = tuple[str, str]


def proof(member: Member, content: bytes, capacity: str, who: Signer) -> bytes:
    """One proof, with the number of proofs before it."""
    claim = dumped({"as": capacity, "name": who[0], "credentials": who[1]}).encode()
    when = round(member.now.timestamp() * 1000).to_bytes(8, "big", signed=True)
    said = purpose("signature", member.jid, member.me, when, content, counted(claim))
    return b"\1" + member.me + when + counted(claim) + member.newest.signing.sign(said)


def sign(member: Member, name: str, who: Signer) -> None:
    """Put the author's proof beside a note, and remember what was signed."""
    (note,) = member.versions(name)
    signed = {**member.book["signed"], note.document.hex(): note.digest.hex()}
    member.replace("address-book", BOOK, {**member.book, "signed": signed})
    member.save_note(name, {*note.readers}, proofs=proof(member, note.digest, "author", who))


def of_another(member: Member, name: str) -> Body:
    """A note of another's that still stands."""
    received = [b for who, *_, slots in member.channels_in() for b in member.bodies(slots, who)]
    older = {envelope for body in received for envelope in body.follows}
    (note,) = [body for body in received if body.name == name and body.row.envelope not in older]
    return note


def of(note: Body) -> list[str]:
    return [note.author.hex(), note.document.hex(), note.digest.hex()]


def others(member: Member, readers: Iterable[bytes]) -> set[bytes]:
    return {who for who in readers if who != member.me and who in member.to_others}


def cosign(member: Member, name: str, who: Signer) -> None:
    """Sign what another signed, in a document of one's own for all who read it."""
    note = of_another(member, name)
    data = {"of": of(note), "proof": proof(member, note.digest, "co-signer", who).hex()}
    member.save("signature", os.urandom(16), data, readers=others(member, note.readers))
    member.commit()


def add(member: Member, name: str, what: str, words: str, reason: str, who: Signer) -> None:
    """Add to a signed note of one's own; what is added is signed itself."""
    (note,) = member.versions(name)
    before = sorted((b for b in member.mine("addendum") if b.data["of"] == of(note)), key=Body.when_signed)
    after = before[-1].digest.hex() if before else ""
    data = dumped({"of": of(note), "what": what, "reason": reason, "after": after})
    document = os.urandom(16)
    content = content_digest(member.jid, member.me, document, "addendum", data.encode(), words)
    proofs = proof(member, content, "author", who)
    member.save("addendum", document, data, words, readers=others(member, note.readers), proofs=proofs)
    member.commit()
