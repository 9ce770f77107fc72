"""The journal info: what the keeper says to every member about the journal; there is one such document."""

from dataclasses import dataclass, replace

from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.domain.doses import MAX_PLANNED
from kapjournal.domain.ids import DocumentId, MemberId, RevokedId
from kapjournal.domain.members import JournalKind
from kapjournal.journal.documents.version import Content, DocumentVersion, value_in
from kapjournal.journal.strict_encoding import from_hex, from_hex_list, to_hex_list, within_limit

JOURNAL_INFO = DocumentId(digest(purpose("journal info document"))[:16])


@dataclass(frozen=True, slots=True)
class JournalInfo:
    """What the keeper says: the title; who is `revoked`: ids of removed members, public keys of cancelled
    grants; how many sessions are `planned` in all, as it was said before doses were, 0 where it was not; what
    a program `needs` to know before it shares; who was here as the keeper knows; the journal's keys (32 bytes
    each), the newest last; what kind of file it is; and how many doses are planned, 0 where that was not
    said."""

    title: str = ""
    revoked: frozenset[RevokedId] = frozenset()
    planned: int = 0
    needs: tuple[str, ...] = ()
    members: frozenset[MemberId] = frozenset()
    journal_keys: tuple[bytes, ...] = ()
    kind: JournalKind = JournalKind.COURSE
    planned_doses: int = 0

    def joined(self, other: "JournalInfo") -> "JournalInfo":
        """This one, with what another program of the keeper's said at the same time: nobody comes back."""
        needs = tuple(sorted({*self.needs, *other.needs}))
        return replace(
            self,
            revoked=within_limit(self.revoked | other.revoked),
            needs=needs,
            members=self.members | other.members,
            kind=JournalKind.PRACTICE if JournalKind.PRACTICE in (self.kind, other.kind) else self.kind,
            journal_keys=tuple(dict.fromkeys((*other.journal_keys, *self.journal_keys))),
        )


def encode(info: JournalInfo, before: DocumentVersion | None = None) -> Content:
    """The journal info as the content of its document; planned doses are written where they are others than
    before, so that nothing is written for what was never said."""
    says_so = _planned(value_in(before, "planned_doses")) == info.planned_doses
    fields = {
        "title": info.title,
        "revoked": to_hex_list(info.revoked),
        "planned": info.planned,
        "needs": list(info.needs),
        "members": to_hex_list(info.members),
        "journal_keys": [key.hex() for key in info.journal_keys],
        **({"kind": info.kind.value} if info.kind is not JournalKind.COURSE else {}),
        **({} if says_so else {"planned_doses": info.planned_doses}),
    }
    return Content.of(fields, before=before)


def decode(version: DocumentVersion) -> JournalInfo:
    """Undo `encode`; what is not of its form says nothing."""
    try:
        data = version.fields()
        revoked = from_hex_list(data["revoked"])
        members = frozenset(MemberId(one) for one in from_hex_list(data["members"]))
        journal_keys = tuple(from_hex(key, 32) for key in data["journal_keys"])
        return JournalInfo(
            str(data["title"]),
            revoked,
            _planned(data.get("planned")),
            _needs(data.get("needs")),
            members,
            journal_keys,
            _kind(data.get("kind")),
            _planned(data.get("planned_doses")),
        )
    except (NotGenuine, LookupError, TypeError, ValueError):
        return JournalInfo()


def _planned(value: object) -> int:
    """A value that is no such number was not said; the rest is still believed."""
    return value if type(value) is int and 0 <= value <= MAX_PLANNED else 0


def _kind(value: object) -> JournalKind:
    """What a newer program may have added is not known here, and the rest is still believed."""
    return JournalKind.PRACTICE if value == JournalKind.PRACTICE else JournalKind.COURSE


def _needs(value: object) -> tuple[str, ...]:
    """What is no list of words cannot be known to this program either."""
    if value is None or value == []:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
