"""What one member wrote in a file of format 1, as values of today.

Of what others wrote only the numbers of sessions are read, which a note of this member's may name: a session
can have got another number since, and the old one be another session's.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from kapjournal.crypto import format1
from kapjournal.crypto.format1 import Body, Keys, Slot
from kapjournal.crypto.kdf import KdfStrength
from kapjournal.crypto.primitives import NotGenuine, digest, purpose
from kapjournal.crypto.words import recovery_entropy
from kapjournal.domain.ids import DocumentId, JournalId
from kapjournal.domain.members import Role, folded
from kapjournal.domain.notes import NoteText
from kapjournal.errors import KapjournalError, UnlockFailed
from kapjournal.journal.documents.note import NoteContent, text_from_data
from kapjournal.journal.strict_encoding import from_hex, from_json, moment_from_text
from kapjournal.journal.trust.keyslots import as_read, first_that_opens
from kapjournal.store import Snapshot, reading_format_1
from kapjournal.text import stored

_CLOSED = "That did not open a door of the old journal. Check the label and the passphrase."
_NO_WORDS = "Those recovery words opened nothing in the old journal. Check their order and the file."
_MALFORMED = (KapjournalError, LookupError, TypeError, ValueError, AttributeError, OverflowError)
T = TypeVar("T")

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class OldVersion(NamedTuple):
    """A note as it was from `saved` on. In its session reference the number is that of the last day."""

    content: NoteContent
    saved: dt.datetime


class OldNote(NamedTuple):
    """A note under the id it gets today, with all its versions, the oldest first; never without one.
    `name` is what the old file called it."""

    document: DocumentId
    name: str
    versions: tuple[OldVersion, ...]


class OldDraft(NamedTuple):
    """A draft under the id it gets today; `of` is the old name of the note that it was to change."""

    document: DocumentId
    of: str | None
    text: NoteText
    cursor: tuple[int, int]
    saved: dt.datetime


class OldWords(NamedTuple):
    """All that a member wrote. Label and role are those of the member's own card; if it is gone the label is
    that of the door, or empty, and the role is not known. `unreadable` counts what is damaged; `is_whole`
    says that all stands which once stood, as far as the file can show it."""

    label: str
    role: Role | None
    notes: tuple[OldNote, ...]
    drafts: tuple[OldDraft, ...]
    unreadable: int
    is_whole: bool


def read_by_passphrase(path: Path, label: str, passphrase: str) -> OldWords:
    """What the member behind a door wrote (`UnlockFailed`, in the same words whatever was wrong)."""
    with reading_format_1(path) as (journal, snapshot):
        slots = [slot for slot in _slots(snapshot, format1.PASSPHRASE) if folded(slot.label) == folded(label)]
    opened = first_that_opens(
        slots,
        format1.is_sound,
        lambda slot: as_read(passphrase, lambda reading: format1.unlock(journal, slot, reading)),
    )
    if opened is None:
        raise UnlockFailed(_CLOSED)
    words = _read(path, journal, opened[1])
    return words._replace(label=words.label or opened[0].label)


def read_by_recovery_words(path: Path, words: str) -> OldWords:
    """What the member wrote to whom 24 words belong (`UnlockFailed`)."""
    entropy = recovery_entropy(words)
    with reading_format_1(path) as (journal, snapshot):
        slots = _slots(snapshot, format1.RECOVERY)
    for slot in slots:
        with suppress(NotGenuine):
            return _read(path, journal, format1.recover(journal, slot, entropy))
    raise UnlockFailed(_NO_WORDS)


def _slots(snapshot: Snapshot, kind: str) -> list[Slot]:
    return [
        Slot(
            row.id,
            row.kind,
            row.label,
            KdfStrength(row.memory_kib, row.time, row.lanes),
            row.salt,
            row.sealed_secret,
        )
        for row in snapshot.slots()
        if row.kind == kind
    ]


def _read(path: Path, journal: JournalId, master_key: bytes) -> OldWords:
    keys = Keys(master_key, journal)
    with reading_format_1(path) as (_, snapshot):
        reading = _Reading(journal, keys)
        reading.load(snapshot)
        reading.number_sessions(snapshot)
    return reading.words()


class _Read(NamedTuple):
    """A body, how many writes there were when it was written, and its data; None if it was deleted."""

    body: Body
    writes: int
    data: dict[str, Any] | None


class _Reading:
    """Opens the envelopes of one member, and makes values of them."""

    def __init__(self, journal: JournalId, keys: Keys) -> None:
        self._journal = journal
        self._keys = keys
        self._own: list[_Read] = []
        self._drafts: list[_Read] = []
        self._numbers: dict[str, int] = {}
        self._unreadable = 0
        self._is_whole = True

    def load(self, snapshot: Snapshot) -> None:
        """Open what lies on the member's own two channels."""
        marks: list[bytes] = []
        head = 0, format1.root_of(())
        for row_id, sealed in snapshot.rows():
            try:
                if opened := format1.open_on(self._keys.own, row_id, sealed or b""):
                    head = max(head, (opened.writes, opened.root))
                    if opened.body is not None:
                        marks.append(opened.mark)
                        self._own.append(self._judged(opened.body, self._keys.me, opened.writes))
                elif drafted := format1.open_on(self._keys.drafts, row_id, sealed or b""):
                    self._drafts.append(self._judged(drafted.body or b"", self._keys.me, 0))
            except _MALFORMED:
                self._unreadable += 1
        self._is_whole = head[1] == format1.root_of(marks)

    def number_sessions(self, snapshot: Snapshot) -> None:
        """Learn the present numbers of the sessions that the member can read."""
        channels = list(self._channels_to_me())
        sessions = [one for one in self._own if one.body.kind == "session"]
        for row_id, sealed in snapshot.rows() if channels else ():
            for sender, channel in channels:
                with suppress(*_MALFORMED):
                    opened = format1.open_on(channel, row_id, sealed or b"")
                    if opened and opened.body:
                        read = self._judged(opened.body, sender, opened.writes)
                        sessions += [read] if read.body.kind == "session" else []
        for one in sorted(sessions, key=lambda one: one.writes):
            if one.data and type(number := one.data.get("number")) is int:
                self._numbers[one.body.name] = number

    def words(self) -> OldWords:
        """Everything, as values of today."""
        label, role = self._person()
        notes = tuple(self._notes())
        drafts: dict[DocumentId, OldDraft] = {}
        for draft in sorted(self._made(self._drafts, self._draft), key=lambda draft: draft.saved):
            drafts[draft.document] = draft
        return OldWords(label, role, notes, tuple(drafts.values()), self._unreadable, self._is_whole)

    def _judged(self, raw: bytes, sender: bytes, writes: int) -> _Read:
        body = format1.read_body(raw)
        if body.author != sender or self._keys.me not in body.readers:
            raise NotGenuine("A document is not its author's.")
        return _Read(body, writes, from_json(body.data) if body.data else None)

    def _papers(self) -> dict[str, Any]:
        papers = [one for one in self._own if one.body.kind == "papers"]
        return max(papers, key=lambda one: one.writes).data or {} if papers else {}

    def _person(self) -> tuple[str, Role | None]:
        try:
            card = self._papers()["card"]
            return str(card["label"]), Role(card["role"])
        except _MALFORMED:
            return "", None

    def _channels_to_me(self) -> Iterator[tuple[bytes, bytes]]:
        """The senders whom the member has met, each with the channel from them."""
        with suppress(*_MALFORMED):
            for member, pin in self._papers()["pins"].items():
                if pin["channel"]:
                    sender = from_hex(member, 32)
                    yield sender, self._keys.channel_from(sender, from_hex(pin["channel"], 32))

    def _notes(self) -> Iterator[OldNote]:
        """Notes that were not deleted. One whose present version is gone ends with the one before."""
        present: dict[bytes, _Read] = {}
        earlier: dict[bytes, list[_Read]] = {}
        for one in sorted(self._own, key=lambda one: one.writes):
            if one.body.kind == "note":
                present[one.body.document] = one
            elif one.body.kind == "earlier":
                earlier.setdefault(one.body.document, []).append(one)
        for document in {**present, **earlier}:
            last = present.get(document)
            if last is not None and last.data is None:
                continue
            reads = [*earlier.get(document, ()), *([last] if last else [])]
            if versions := list(self._made(reads, self._version)):
                yield OldNote(self._new_id(document), reads[0].body.name, _different(versions))

    def _made(self, reads: list[_Read], make: Callable[[_Read], T]) -> Iterator[T]:
        for one in reads:
            try:
                yield make(one)
            except _MALFORMED:
                self._unreadable += 1

    def _version(self, one: _Read) -> OldVersion:
        data = one.data or {}
        if one.body.kind == "earlier":
            data = data["data"]
        written = moment_from_text(data["written"])
        revised = moment_from_text(data["revised"]) if data["revised"] else None
        return OldVersion(NoteContent(self._text(one, data), written, revised), _moment(one.body))

    def _draft(self, one: _Read) -> OldDraft:
        data = one.data or {}
        row, column = data["cursor"]
        of = None if data["of"] is None else str(data["of"])
        text = self._text(one, data)
        return OldDraft(self._new_id(one.body.document), of, text, (int(row), int(column)), _moment(one.body))

    def _text(self, one: _Read, data: dict[str, Any]) -> NoteText:
        text = text_from_data(data, stored(one.body.words))
        if text.session is None:
            return text
        number = self._numbers.get(text.session.id, text.session.number)
        return replace(text, session=replace(text.session, number=number))

    def _new_id(self, document: bytes) -> DocumentId:
        """The id a document gets today: the same whenever it is taken over."""
        return DocumentId(digest(purpose("taken over", self._journal, self._keys.me, document))[:16])


def _moment(body: Body) -> dt.datetime:
    return _EPOCH + dt.timedelta(milliseconds=body.written)


def _different(versions: list[OldVersion]) -> tuple[OldVersion, ...]:
    """Without those that differ from the one before in their readers alone."""
    return tuple(one for at, one in enumerate(versions) if at == 0 or one.content != versions[at - 1].content)
