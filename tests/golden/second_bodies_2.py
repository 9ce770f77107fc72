"""What lies in a row of format 2, written from crypto/FORMAT.md."""

import re
from datetime import datetime, timedelta
from typing import Any

from .second_formulas_2 import HEAD, STAMP, Json, Row, content_digest, digest, purpose, strict_json

EPOCH = datetime(1970, 1, 1)
FROM_OTHERS = {"note", "session", "signature", "addendum", "handed"}
FROM_THE_KEEPER = FROM_OTHERS | {"journal-info"}
OWN = FROM_THE_KEEPER | {"address-book", "keys", "earlier", "deleted"}
TYPES = OWN | {"draft"}


def moment(ms: int) -> str | None:
    """A moment as it stands in `data`, or none outside the years that count."""
    in_time = EPOCH + timedelta(milliseconds=ms)
    return in_time.isoformat(timespec="milliseconds") + "Z" if 1970 <= in_time.year < 2200 else None


class Taken:
    """Bytes from which one field after another is taken."""

    def __init__(self, rest: bytes) -> None:
        self.rest = rest

    def take(self, size: int) -> bytes:
        taken, self.rest = self.rest[:size], self.rest[size:]
        assert len(taken) == size, "bytes that end too soon"
        return taken

    def counted(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))


class Proof:
    """That somebody signed a content."""

    def __init__(self, source: Taken) -> None:
        self.signer, self.when = source.take(32), source.take(8)
        self.claim, self.signature = source.counted(), source.take(64)


def proofs_in(source: Taken) -> list[Proof]:
    return [Proof(source) for _ in range(source.take(1)[0])]


class NewerError(Exception):
    """What a newer program wrote, which is no damage, and is kept to the byte."""


class Body(Taken):
    def __init__(self, row: Row, raw: bytes, jid: bytes) -> None:
        if raw[0] != 1:
            raise NewerError("another layout")
        _, self.document, self.author, self.ms, form, readers, notified, follows = HEAD.unpack(raw[:61])
        super().__init__(raw[61:])
        self.row, self.type = row, self.take(self.take(1)[0]).decode("ascii")
        assert re.fullmatch("[a-z0-9.-]{1,31}", self.type), "a type"
        if form != 1 or self.type not in TYPES:
            raise NewerError("another form or type")
        self.readers = [self.take(32) for _ in range(readers)]
        self.notified = [self.take(32) for _ in range(notified)]
        self.follows = [self.take(16) for _ in range(follows)]
        raw_data, self.words = self.counted(), self.counted().decode()
        self.data, self.text, self.proof_bytes = strict_json(raw_data), raw_data.decode(), self.rest
        self.proofs = proofs_in(self)
        if self.rest:
            raise NewerError("something in the rest")
        self.name = digest(purpose("document name", self.author, self.document))[:10].hex()
        said = (self.type, raw_data, self.words)
        self.digest = content_digest(jid, self.author, self.document, *said)

    def order(self) -> tuple[int, bytes]:
        return self.ms, self.row.envelope

    def when_signed(self) -> tuple[bytes, bytes]:
        return self.proofs[0].when, self.digest


class Slot:
    """One place in a row on one channel."""

    def __init__(self, row: Row, wrap: bytes) -> None:
        self.row, self.key = row, wrap[:32]
        self.notice = self.key[16:] if not any(self.key[:16]) else b""
        self.replica, self.number, self.rows, self.drops, zeros = STAMP.unpack(wrap[32:])
        assert not any(zeros), "the end of a stamp"


def joined(bodies: list[Body]) -> Json:
    """Versions beside each other are one: nothing that lists and objects name is lost."""
    whole: Json = {}
    for body in sorted(bodies, key=Body.order):
        whole = both(whole, body.data)
    return whole


def both(before: Any, after: Any) -> Any:
    if type(before) is not type(after):
        return after
    if isinstance(after, dict):
        whole = {**before, **{key: both(before.get(key), value) for key, value in after.items()}}
        if "verified" in whole and len(before["successors"]) != len(after["successors"]):
            fewer, newer = sorted((before, after), key=lambda pin: len(pin["successors"]))
            whole["was_verified"] = whole.get("was_verified", False) or fewer["verified"]
            whole["verified"] = newer["verified"]  # the digits of other keys were compared
            whole["renewed"] = newer.get("renewed")
        elif "verified" in whole:
            whole["renewed"] = min(
                filter(None, (pin.get("renewed") for pin in (before, after))), default=None
            )
        return whole
    if isinstance(after, list):
        return [one for one in before if one not in after] + after
    return before or after if isinstance(after, bool) else after  # what was compared stays compared
