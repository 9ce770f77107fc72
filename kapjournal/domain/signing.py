"""Signed notes and records: who may sign, what a signature claims, what may be added to what is locked."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kapjournal.domain.ids import MemberId
from kapjournal.domain.members import Member, Role
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.domain.records import Record
from kapjournal.errors import Refused, UsageError
from kapjournal.text import storable_line

MAX_NAME = 80
NOTHING_BESIDE = "No unsigned words stand beside this note."
SIGNED_IS_LOCKED = (
    "This is signed: its words stay as they are, and it is not deleted. Add an addendum, an amendment or a "
    "late entry instead."
)
SIGNED_ALREADY = "This is signed already. What is missing in it can be added to it."
CLINICAL_RECORDS = "Clinical records are signed, by clinicians; a partner's pages never are."


class SignatureState(StrEnum):
    """What the reader's program makes of a signature."""

    HOLDS = "holds"
    BROKEN = "broken"
    """The signer's keys are known and did not make it over these words."""
    UNKNOWN = "unknown"
    """The signer's keys are not here, so nobody can tell."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under a note or record: `capacity` is author or co-signer, `name` and `credentials` what
    the signer wrote of themselves, `when` what their clock said (UTC). `label` is what the member is called
    here whose keys made it: anybody can write any name. `late` is why the author signed it as a late entry;
    empty if they did not."""

    signer: MemberId
    when: dt.datetime | None
    capacity: str
    name: str
    credentials: str
    state: SignatureState
    label: str = ""
    late: str = ""


class AddendumKind(StrEnum):
    """What is added to what is signed: three things, which a record keeps apart."""

    ADDENDUM = "addendum"
    """What was not known then."""
    AMENDMENT = "amendment"
    """What was wrong, and how it is right."""
    LATE_ENTRY = "late entry"
    """What was known then and left out."""


@dataclass(frozen=True, slots=True)
class Addendum:
    """Something added to what is signed, signed itself; `when` is the moment of its signature (UTC).
    `follows_missing`: what was added before it, as its author knew, is not here."""

    author: MemberId
    kind: AddendumKind
    reason: str
    body: str
    when: dt.datetime | None
    signature: Signature
    follows_missing: bool = False


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """What is known of a signed note or record: its digest in hexadecimal, by which two people compare what
    they have, the signatures over it, what was added, in order, and the digests of other contents signed in
    its place."""

    digest: str
    signatures: tuple[Signature, ...]
    addenda: tuple[Addendum, ...]
    others: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every signature does, the addenda's too, and no other content is signed beside."""
        signed = (*self.signatures, *(addendum.signature for addendum in self.addenda))
        return not self.others and all(one.state is SignatureState.HOLDS for one in signed)

    def is_signed_by(self, member: MemberId) -> bool:
        """Whether the member's signature stands under the document itself, not under what was added."""
        return any(signature.signer == member for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class Signer:
    """How somebody signs: name and credentials, as they stand under the record."""

    name: str
    credentials: str


def signer_from(name: str, credentials: str) -> Signer:
    """A name of 1 to 80 characters, and credentials of up to 80, which may be empty."""
    name = storable_line(name, "name", MAX_NAME)
    if not name:
        raise UsageError("A signature needs a name.")
    return Signer(name, storable_line(credentials, "line of credentials", MAX_NAME))


def addendum_kind_from(word: str) -> AddendumKind:
    """Read a kind as typed; a hyphen may stand for the space (`UsageError` names the kinds)."""
    try:
        return AddendumKind(word.strip().lower().replace("-", " "))
    except ValueError:
        names = ", ".join(kind.replace(" ", "-") for kind in AddendumKind)
        raise UsageError(f"There is no “{word}” here; what can be added is: {names}.") from None


def may_sign(role: Role) -> bool:
    """Whether this role signs: a clinician's does, a partner's and a practice manager's does not."""
    return role not in (Role.PARTNER, Role.PRACTICE_MANAGER)


def may_bear_signature(kind: NoteKind, author: Role) -> bool:
    """Whether a note of this kind and author is one that is signed, whatever a program put beside it."""
    return kind is NoteKind.OBSERVATION and may_sign(author)


def is_record(note: Note) -> bool:
    """Whether a note is of the kind that is signed."""
    return note.text.kind is NoteKind.OBSERVATION


def may_be_signed(note: Note, me: Member) -> bool:
    """Whether the member can sign this note: an observation of their own that is not signed yet."""
    return (
        may_sign(me.role) and note.author == me.id and is_record(note) and not (note.is_signed or note.beside)
    )


def may_be_set_apart(note: Note, me: Member) -> bool:
    """Whether there are unsigned words beside this signed note that the member can make a note of its own."""
    return note.is_signed and bool(note.beside) and note.author == me.id


def may_be_cosigned(of: Note | Record, me: Member, signed: SignedDocument | None) -> bool:
    """Whether the member can put their name under this, another's signed note or record, and has not yet;
    `signed` is what is known of it."""
    is_open = signed is not None and not signed.is_signed_by(me.id)
    return is_open and may_sign(me.role) and of.is_signed and of.author != me.id


def may_be_added_to(of: Note | Record, me: Member) -> bool:
    """Whether the member can add to this note or record."""
    return may_sign(me.role) and of.is_signed


def check_may_sign(role: Role) -> None:
    """Refuse who signs nothing: a partner, whose pages are never signed, and who is no clinician."""
    if not may_sign(role):
        raise Refused(CLINICAL_RECORDS)


def check_may_be_signed(kind: NoteKind) -> None:
    """Refuse a kind of note that is no record."""
    if kind is not NoteKind.OBSERVATION:
        raise Refused(f"A note of the kind “{kind}” is not signed; observations are.")
