"""How a member's own keys lie in a document, sealed for the member, their recovery words and their will."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from kapjournal import clock
from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.domain.will import MAX_BESIDE, MAX_CUSTODIAN, Will
from kapjournal.journal.documents.version import Content, DocumentVersion, value_in
from kapjournal.journal.strict_encoding import day_from_text, from_hex, moment_from_text, moment_to_text
from kapjournal.text import is_line

_FIRST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LAST = dt.datetime(2199, 12, 31, 23, 59, 59, 999000, tzinfo=dt.UTC)

KEYS = DocumentId(digest(purpose("keys document"))[:16])


@dataclass(frozen=True, slots=True)
class SealedWill:
    """What was last decided of a member's will. `key` (32 bytes) is that of the channel on which its shares
    find the keys; empty where it was closed, on the moment in which `will` was then made."""

    key: bytes
    will: Will

    @property
    def rank(self) -> tuple[object, ...]:
        """Of two the greater counts: what was decided last, of one moment that it was closed, of one will
        what was rehearsed last."""
        will = self.will
        return will.made, not self.key, self.key, will.rehearsed or dt.date.min, will.custodian, will.beside


def decided_last(one: SealedWill | None, other: SealedWill | None) -> SealedWill | None:
    """The later of two decisions; one that says nothing, as of a row that was struck, undoes none."""
    return max((said for said in (one, other) if said), key=lambda said: said.rank, default=None)


def decided_now(before: SealedWill | None) -> dt.datetime:
    """The moment of a new decision, later than the one before by whatever clock that was made (UTC), and one
    that can be written whatever this clock says."""
    now = max(clock.now(), _FIRST)
    return min(max(now, before.will.made + dt.timedelta(milliseconds=1)) if before else now, _LAST)


def closed(before: SealedWill | None) -> SealedWill | None:
    """That a will is closed, in the place of the decision before; None where there never was one."""
    return SealedWill(b"", Will("", "", decided_now(before))) if before else None


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """A member's master keys and the journal's keys, the newest last, and the keeper. `recovery` is the
    key of the channel on which the member's recovery words find this document; empty where there are none.
    `will` is what was decided of a will, None where there never was one. All keys have 32 bytes."""

    masters: tuple[bytes, ...]
    journal_keys: tuple[bytes, ...]
    keeper: MemberId
    recovery: bytes = b""
    will: SealedWill | None = None

    @property
    def found_by(self) -> tuple[bytes, ...]:
        """The keys of the channels, but the member's own, on which this document has a place."""
        return tuple(key for key in (self.recovery, self.will.key if self.will else b"") if key)

    def joined(self, other: "OwnKeys") -> "OwnKeys":
        """What either program of the member knows. The recovery words are this one's, but for those of a
        door whose keys were replaced, and for none where the other has some: a row that was struck is written
        again without. The will is the one decided last, but never that of replaced keys."""
        newer, older = set(other.masters) - set(self.masters), set(self.masters) - set(other.masters)
        recovery, will = (other.recovery, other.will) if newer else (self.recovery, self.will)
        if not (newer or older):
            recovery = self.recovery or other.recovery
            will = decided_last(self.will, other.will)
        masters = tuple(dict.fromkeys((*other.masters, *self.masters)))
        journal_keys = tuple(dict.fromkeys((*other.journal_keys, *self.journal_keys)))
        return replace(self, masters=masters, journal_keys=journal_keys, recovery=recovery, will=will)


def encode(keys: OwnKeys, before: DocumentVersion | None = None) -> Content:
    """The keys as the content of their document."""
    fields: dict[str, Any] = {
        "masters": [key.hex() for key in keys.masters],
        "journal_keys": [key.hex() for key in keys.journal_keys],
        "keeper": keys.keeper.hex(),
        "recovery": keys.recovery.hex(),
    }
    if keys.will or value_in(before, "will"):
        fields["will"] = _will_to_data(keys.will) if keys.will else None
    return Content.of(fields, before=before)


def decode(version: DocumentVersion) -> OwnKeys:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        masters, journal_keys = _keys(data["masters"]), _keys(data["journal_keys"])
        if not masters or not journal_keys:
            raise ValueError
        recovery = from_hex(data["recovery"], 32) if data["recovery"] else b""
        keeper, will = MemberId(from_hex(data["keeper"], 32)), data.get("will")
        return OwnKeys(masters, journal_keys, keeper, recovery, _will_from_data(*will) if will else None)
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("The list of keys is not of its form.") from None


def _keys(texts: list[str]) -> tuple[bytes, ...]:
    return tuple(from_hex(text, 32) for text in texts)


def _will_to_data(sealed: SealedWill) -> list[str | None]:
    will = sealed.will
    rehearsed = will.rehearsed.isoformat() if will.rehearsed else None
    return [sealed.key.hex(), will.custodian, will.beside, moment_to_text(will.made), rehearsed]


def _will_from_data(key: str, custodian: str, beside: str, made: str, rehearsed: str | None) -> SealedWill:
    if len(custodian) > MAX_CUSTODIAN or len(beside) > MAX_BESIDE or not is_line(custodian + beside):
        raise ValueError
    day = day_from_text(rehearsed) if rehearsed else None
    return SealedWill(from_hex(key, 32) if key else b"", Will(custodian, beside, moment_from_text(made), day))
