"""Pages of format 2 that one person types for another, written from crypto/FORMAT.md."""

from typing import TYPE_CHECKING

from .second_bodies_2 import Body
from .second_formulas_2 import SUITE, digest, h, kem_of, mac, purpose

if TYPE_CHECKING:
    from .second_reader_2 import Person
    from .second_writer_2 import Member


def hand_over(writer: "Member", label: str, words: str, document: bytes) -> None:
    """Seal words to whose they are, and forget their key."""
    (of,) = writer.named([label])
    known = writer.people()
    identity = known.ids[of][-1]
    key, envelope = writer.fresh()
    part = writer.put_part(key, envelope, words.encode())
    info = purpose("handed page", writer.jid, writer.me, identity, part)
    data = {
        "of": of.hex(),
        "date": writer.now.date().isoformat(),
        "session": None,
        "written": writer.moment(),
        "part": part.hex(),
        "token": token_of(writer, key).hex(),
        "sealed": SUITE.encrypt(key, kem_of(known.public[identity]), info).hex(),
    }
    writer.save("handed", document, data, "", readers={of})
    writer.commit()


def token_of(writer: "Member", key: bytes) -> bytes:
    """What drops a row that this member seals now."""
    return mac(writer.channel(writer.newest.id, writer.newest.id), purpose("drop token", key))[:32]


def handed_to(reader: "Person") -> list[tuple[bytes, Body]]:
    """Every page that came to somebody, with the scribe."""
    came = []
    for who, _, _, slots in reader.channels_in():
        standing = [slot for slot in slots if not slot.row.dropped and not slot.notice]
        bodies = [Body(slot.row, slot.row.body(slot.key), reader.jid) for slot in standing]
        came += [(who, body) for body in bodies if body.type == "handed"]
    return came


def words_of(reader: "Person", scribe: bytes, page: Body) -> str:
    """What was typed, if it is for this reader."""
    row = reader.parts[h(page.data["part"])]
    assert digest(purpose("envelope id", h(page.data["token"])))[:16] == row.envelope, "the token"
    identity = list(reader.identities.values())[-1]
    info = purpose("handed page", reader.jid, scribe, identity.id, row.id)
    return row.body(SUITE.decrypt(h(page.data["sealed"]), identity.kem, info)).decode()


def note_of(scribe: bytes, page: Body) -> bytes:
    """The document that it becomes."""
    return digest(purpose("handed page document", scribe, h(page.data["part"])))[:16]
