"""What somebody with a program of their own makes of a row: other bytes, under the id that fits them."""

import struct
from hashlib import sha256

from kapjournal.crypto.envelope import ChannelKey, SlotPlace, Stamp, Wrap, unwrap
from kapjournal.crypto.primitives import mac, purpose, seal_once
from kapjournal.crypto.row import DROPPED, STANDING, TAGS_BYTES, WRAP_BYTES, Row, body_hash_of, pad, read_row
from kapjournal.domain.ids import RowId
from kapjournal.journal.journal import Journal
from tests.attacks.attacked_journal import AttackedJournal
from tests.internals import vault_of


def row_in(attacked: AttackedJournal, row_id: bytes) -> Row:
    """A row of the file."""
    return read_row(RowId(row_id), attacked.rows()[row_id])


def key_between(reader: Journal, author: Journal) -> ChannelKey:
    """The key with which a reader reads what the author sends them."""
    return vault_of(reader).envelopes.channels.incoming[author.me.id].key


def bytes_of(row: Row) -> bytes:
    """A row as a file has it."""
    if row.token:
        return b"".join((DROPPED, row.token, row.author_mac, row.body_hash, row.slots))
    return b"".join((STANDING, row.envelope, row.author_mac, row.commitment, row.slots, row.ciphertext))


def place_of(row: Row, channel: ChannelKey) -> SlotPlace:
    place = channel.find(row)
    assert place is not None
    return place


def wrap_of(row: Row, channel: ChannelKey) -> Wrap:
    """What the wrap of a channel says."""
    return unwrap(row, place_of(row, channel))


def reworded(row: Row, key: bytes, body: bytes) -> Row:
    """The same envelope with another body, sealed with the key (32 bytes) that every reader has."""
    enc = mac(key, purpose("body") + row.envelope)[:32]
    ciphertext = seal_once(enc, pad(body), STANDING + row.envelope + row.commitment)
    return row._replace(ciphertext=ciphertext, body_hash=body_hash_of(row.commitment, ciphertext))


def rewrapped(
    row: Row, channel: ChannelKey, *, stamp: Stamp | None = None, content: bytes | None = None
) -> Row:
    """The same row with the wrap of one channel made anew by its reader: another stamp, other 32 bytes."""
    place = place_of(row, channel)
    if stamp is None or content is None:
        wrap = unwrap(row, place)
        stamp = stamp or wrap.stamp
        content = content or wrap.key or bytes(16) + wrap.lost
    h = sha256(purpose("envelope") + row.envelope + row.slots[:TAGS_BYTES] + row.body_hash).digest()
    plain = struct.pack(">32s8sIII4x", content, *stamp)
    start = TAGS_BYTES + WRAP_BYTES * place.slot
    wrap_bytes = seal_once(place.wrap_key, plain, purpose("wrap") + h)
    return row._replace(slots=row.slots[:start] + wrap_bytes + row.slots[start + WRAP_BYTES :])
