"""Opening one row for one member: what it says, and whether that may be so."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from kapjournal.crypto.envelope import ChannelKey, SlotPlace, Wrap, open_body, unwrap
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import Row, front_of, read_row
from kapjournal.domain.ids import MemberId, RowId
from kapjournal.errors import KapjournalError
from kapjournal.journal.documents.registry import NOTE, SPECS, ChannelKind, is_newer
from kapjournal.journal.documents.version import DocumentVersion, is_newer_layout


class OpenedRow(NamedTuple):
    """What one channel finds in one row: a body, a notice that an envelope is no longer for it, or that the
    row was dropped."""

    row: Row
    wrap: Wrap
    body: bytes | None


def open_on(channel: ChannelKey, row_id: RowId, sealed: bytes) -> OpenedRow | None:
    """What `channel` finds in a row; None if it is not addressed to it, `NotGenuine` if altered."""
    row = read_row(row_id, sealed)
    place = None if row.is_newer else channel.find(row)
    return None if place is None else open_at(place, row)


def bodies_on(
    channel: ChannelKey, rows: Iterable[tuple[RowId, bytes | None]]
) -> Iterator[tuple[RowId, bytes]]:
    """What stands in the rows that are addressed to `channel`; what was altered is passed over."""
    for row_id, sealed in rows:
        front = front_of(sealed) if sealed is not None else None
        if sealed is None or front is None or channel.find(front) is None:
            continue
        with suppress(NotGenuine):
            opened = open_on(channel, row_id, sealed)
            if opened is not None and opened.body is not None:
                yield row_id, opened.body


def open_at(place: SlotPlace, row: Row) -> OpenedRow:
    """What the slot at `place` leads to, or `NotGenuine`."""
    wrap = unwrap(row, place)
    body = open_body(row, wrap.key) if wrap.key and row.is_standing else None
    return OpenedRow(row, wrap, body)


def authenticate(
    body: bytes, sender: MemberId, receiver: MemberId, kind: ChannelKind, keeper: MemberId
) -> DocumentVersion | None:
    """Read a body and check that author and channel agree, that the receiver is among the readers, and that
    a document of its type may come on a channel of this kind and from this author; else `NotGenuine`.

    None for a body that only a newer program can read. Of a type that this program does not know it cannot
    be said where it may come; nothing is made of such a document.
    """
    if is_newer_layout(body):
        return None
    version = DocumentVersion.from_bytes(body)
    if version.author != sender:
        raise NotGenuine("A document names another author than the one who sent it.")
    if receiver not in version.readers:
        raise NotGenuine("A document was sent to a member who is not among its readers.")
    if is_newer(version):
        return version
    spec = SPECS[version.type]
    if kind not in spec.channels or (spec.keeper_only and sender != keeper):
        raise NotGenuine("A document came on a channel where its type has no place.")
    if kind is ChannelKind.FROM_OTHERS and version.type != NOTE.type:
        _check_form(version)
    return version


def _check_form(version: DocumentVersion) -> None:
    """Refuse what is not of the form of its type. Notes are read as they are shown, and told of then."""
    version.fields()
    try:
        SPECS[version.type].decode(version)
    except (KapjournalError, LookupError, TypeError, ValueError, AttributeError):
        raise NotGenuine("A document is not of the form of its type.") from None
