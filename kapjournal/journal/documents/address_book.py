"""How the address book lies in a document; each member has one such document."""

import operator

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.members import JournalKind
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex, from_hex_list, to_hex_list
from kapjournal.journal.trust.address_book import AddressBook, LetGo
from kapjournal.journal.trust.certificates import InvitationGrant, MemberCertificate, Successor
from kapjournal.journal.trust.pin import Pin

ADDRESS_BOOK = DocumentId(digest(purpose("address book document"))[:16])


def encode(book: AddressBook, before: DocumentVersion | None = None) -> Content:
    """The address book as the content of its document."""
    return Content.of(
        {
            "certificate": book.certificate.fields(),
            "pins": {member.hex(): pin.fields() for member, pin in sorted(book.pins.items())},
            "revoked": to_hex_list(book.revoked),
            "grants": [grant.fields() for grant in book.grants],
            "successors": [successor.fields() for successor in book.successors],
            "signed": {document.hex(): digest.hex() for document, digest in sorted(book.signed.items())},
            "let_go": {name: one.fields() for name, one in sorted(book.let_go.items())},
            "taken_over": [document.hex() for document in sorted(book.taken_over)],
            "closed": dict(sorted(book.closed.items())),
            "heard_keeper": book.heard_keeper,
            **({"journal": book.kind.value} if book.kind is not JournalKind.COURSE else {}),
        },
        before=before,
    )


def decode(version: DocumentVersion) -> AddressBook:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        return AddressBook(
            MemberCertificate.from_fields(data["certificate"]),
            {MemberId(from_hex(member, 32)): Pin.from_fields(pin) for member, pin in data["pins"].items()},
            from_hex_list(data["revoked"]),
            tuple(InvitationGrant.from_fields(grant) for grant in data["grants"]),
            {str(name): LetGo.from_fields(one) for name, one in data["let_go"].items()},
            {DocumentId(from_hex(one, 16)): from_hex(digest, 32) for one, digest in data["signed"].items()},
            tuple(Successor.from_fields(successor) for successor in data["successors"]),
            frozenset(DocumentId(from_hex(document, 16)) for document in data.get("taken_over", ())),
            {str(name): operator.index(rows) for name, rows in data.get("closed", {}).items()},
            bool(data.get("heard_keeper", True)),
            JournalKind(data.get("journal", JournalKind.COURSE)),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("The list of members is not of its form.") from None
