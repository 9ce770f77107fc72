"""How the address book lies in a document; each member has one such document."""

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import from_hex, from_hex_list, to_hex_list
from kapjournal.journal.trust.address_book import AddressBook
from kapjournal.journal.trust.certificates import InvitationGrant, MemberCertificate
from kapjournal.journal.trust.pinning import Pin

ADDRESS_BOOK = DocumentId(digest(purpose("papers document"))[:16])


def encode(book: AddressBook) -> Content:
    """The address book as the content of its document."""
    return Content(
        {
            "card": book.certificate.fields(),
            "pins": {member.hex(): pin.fields() for member, pin in sorted(book.pins.items())},
            "gone": to_hex_list(book.revoked),
            "tickets": [grant.fields() for grant in book.grants],
        }
    )


def decode(version: DocumentVersion) -> AddressBook:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.data or {}
    try:
        return AddressBook(
            MemberCertificate.from_fields(data["card"]),
            {MemberId(from_hex(member, 32)): Pin.from_fields(pin) for member, pin in data["pins"].items()},
            from_hex_list(data["gone"]),
            tuple(InvitationGrant.from_fields(grant) for grant in data["tickets"]),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("The list of members is not of its form.") from None
