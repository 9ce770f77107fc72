"""Pages that a scribe types for a partner: sealed to whose words they are alone, taken in by their program,
and then gone from the scribe's.

The words are the body of a row without readers. Its key is sealed to the public keys of whose words they are
and forgotten, so that the scribe, whose channels have the rest, cannot open them again.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from kapjournal import clock
from kapjournal.crypto.envelope import draw, drop_token, open_body, seal
from kapjournal.crypto.identity import PublicIdentity
from kapjournal.crypto.primitives import NotGenuine
from kapjournal.crypto.row import Row, envelope_of_token, read_row
from kapjournal.domain import scribe
from kapjournal.domain.apart import NOTHING_MORE_IS_SHARED
from kapjournal.domain.findings import Finding, FindingKind
from kapjournal.domain.ids import DocumentId, MemberId, RowId
from kapjournal.domain.members import JournalKind, Role
from kapjournal.domain.notes import NoteText, TypedBy
from kapjournal.domain.scribe import ScribePage
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.files import OwedDrop
from kapjournal.journal.documents.handed import HandedContent, page_document
from kapjournal.journal.documents.note import NoteContent
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.vault import pieces
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.store import Snapshot, Table
from kapjournal.text import stored as words_from

_AMISS = (FindingKind.HANDED_ALTERED, FindingKind.HANDED_ABSENT)


# --- the scribe -----------------------------------------------------------------------------------------


def check_course(vault: Vault) -> None:
    """Refuse a practice: no partner is in it."""
    if vault.membership.kind is not JournalKind.COURSE:
        raise Refused(scribe.ONLY_IN_A_COUPLES_JOURNAL)


def check_reachable(vault: Vault, of: MemberId) -> PublicIdentity:
    """The newest keys of whose words they are (`Refused` if nothing can be sealed to them)."""
    membership = vault.membership
    if membership.sharing_has_ended:
        raise Refused(NOTHING_MORE_IS_SHARED)
    keys = membership.public_keys.get(of)
    if of not in membership.present_ids or not keys or keys[-1].hash != membership.identity_of(of):
        raise Refused(f"Nothing can be sealed to {membership.label_of(of)} in this journal.")
    return keys[-1]


def put_draft(vault: Vault, unit: UnitOfWork, page: ScribePage) -> StoredVersion:
    """Seal the words so far, in the place of what was sealed of this page before."""
    document = DocumentId(bytes.fromhex(page.id)) if page.id else new_document_id()
    before = _drafts(vault, document)
    content = registry.HANDED.encode(_sealed(vault, unit, page), None)
    stored = unit.put_draft(document, registry.HANDED.type, content, [one.row for one in before])
    _drop_words(vault, unit, before)
    return stored


def drop_draft(vault: Vault, unit: UnitOfWork, page_id: str) -> None:
    """Let nothing be left of a page on its way."""
    before = _drafts(vault, DocumentId(bytes.fromhex(page_id)))
    unit.drop_drafts([one.row for one in before])
    _drop_words(vault, unit, before)


def hand_over(vault: Vault, unit: UnitOfWork, page: ScribePage) -> StoredVersion:
    """Seal the words and hand them over; nothing is left of the page on its way."""
    content = _sealed(vault, unit, page)
    drop_draft(vault, unit, page.id)
    return _hand(vault, unit, content)


def hand_over_left(vault: Vault, unit: UnitOfWork) -> list[StoredVersion]:
    """Hand over what was being typed when this member's program ended, without opening it; of somebody who
    was removed nothing is left."""
    handed = []
    for left in list(left_over(vault)):
        content = registry.HANDED.decode(left.version)
        unit.drop_drafts([left.row])
        if content.of in vault.membership.present_ids:
            handed.append(_hand(vault, unit, content))
        else:
            _drop_words(vault, unit, [left])
    return handed


def left_over(vault: Vault) -> Iterator[StoredVersion]:
    """Pages that were being typed and can be handed over as they are."""
    membership = vault.membership
    if vault.file.read_only or membership.is_superseded or membership.info.needs or membership.me.removed:
        return
    if membership.sharing_has_ended:
        return
    for found in vault.envelopes.drafts.values():
        if found.version.type == registry.HANDED.type:
            with suppress(NotGenuine):
                registry.HANDED.decode(found.version)
                yield found


def own(vault: Vault) -> list[tuple[StoredVersion, HandedContent]]:
    """What this member handed over, whether or not it was taken in."""
    return [one for one in _handed(vault) if one[0].version.author == vault.me]


def take_back(vault: Vault, unit: UnitOfWork, stored: StoredVersion, content: HandedContent) -> None:
    """Drop the words, now or when they come, and with them that they were handed over."""
    owed = OwedDrop(content.part, content.token)
    is_here = pieces.drop_by_token(unit.transaction, owed)
    standing = vault.envelopes.standing(vault.me, stored.version.document)
    unit.delete(standing, [], owed=() if is_here else (owed,))


def is_taken_in(snapshot: Snapshot, content: HandedContent) -> bool:
    """Whether whose words they are has them as a page of their own: then the row was dropped."""
    with suppress(NotGenuine):
        row = _row(snapshot, content.part)
        return row is not None and not row.is_standing
    return False


def _sealed(vault: Vault, unit: UnitOfWork, page: ScribePage) -> HandedContent:
    keys = check_reachable(vault, page.of)
    channel, journal = vault.envelopes.channels.own.key, vault.journal_id
    new = draw(channel)
    row = seal(channel, new, page.words.encode("utf-8"))
    unit.transaction.put(row.id, row.sealed, Table.PART)
    sealed = keys.seal_page_key(journal, vault.me, row.id, new.key)
    token = drop_token(channel, new.key)
    return HandedContent(page.of, page.date, page.session, clock.now(), row.id, token, sealed)


def _hand(vault: Vault, unit: UnitOfWork, content: HandedContent) -> StoredVersion:
    spec, readers = registry.HANDED, frozenset({vault.me, content.of})
    return unit.put(DocumentChange(new_document_id(), spec.type, readers, spec.encode(content, None)))


def _drafts(vault: Vault, document: DocumentId) -> list[StoredVersion]:
    return [
        one
        for one in vault.envelopes.drafts.values()
        if (one.version.type, one.version.document) == (registry.HANDED.type, document)
    ]


def _drop_words(vault: Vault, unit: UnitOfWork, drafts: list[StoredVersion]) -> None:
    """Of words that came and went since the file was opened nothing is left, as of drafts."""
    for draft in drafts:
        with suppress(NotGenuine):
            content = registry.HANDED.decode(draft.version)
            if draft.row in vault.envelopes.fresh_drafts:
                unit.transaction.delete([content.part], Table.PART)
            else:
                pieces.drop_by_token(unit.transaction, OwedDrop(content.part, content.token))


# --- whose words they are -------------------------------------------------------------------------------


class Arrived(NamedTuple):
    """A page for this member that is here: who typed it, what it becomes, and its `words`, None if it became
    that already."""

    author: MemberId
    document: DocumentId
    content: HandedContent
    words: str | None


class Due(NamedTuple):
    """What a member's program is to do about handed pages: take in those for them, clear away what was taken
    in of their own, and say what cannot be opened."""

    arrived: tuple[Arrived, ...]
    done: tuple[tuple[StoredVersion, HandedContent], ...]
    amiss: tuple[Finding, ...]

    def __bool__(self) -> bool:
        """Whether something is to be written."""
        return bool(self.arrived or self.done)


def due(vault: Vault, snapshot: Snapshot) -> Due:
    """What is to be done now. Of several that name one row, such as a page handed over twice, one counts: or
    whoever names a long row often would have it read, and its words held, as often."""
    arrived, done, amiss = [], [], []
    gone = vault.membership.removed_ids
    coming: dict[DocumentId, list[tuple[StoredVersion, HandedContent]]] = {}
    for stored, content in _handed(vault):
        author = stored.version.author
        if author == vault.me:
            if content.of in gone or is_taken_in(snapshot, content):
                done.append((stored, content))
        elif content.of == vault.me and _counts_from(vault, author):
            coming.setdefault(page_document(author, content.part), []).append((stored, content))
    for document, several in coming.items():
        several.sort(key=lambda one: one[0].envelope)
        first = several[0][0].version
        found = _arrived(vault, snapshot, first.author, document, [content for _, content in several])
        if isinstance(found, FindingKind):
            amiss.append(Finding(found, first.author, first.document))
        elif found is not None:
            arrived.append(found)
    return Due(tuple(arrived), tuple(done), tuple(amiss))


def write_due(vault: Vault, unit: UnitOfWork) -> None:
    """Take in what arrived, each page once, and drop its words where the scribe put them; clear away what was
    taken in of this member's own."""
    now = due(vault, unit.transaction)
    for one in now.arrived:
        if one.words is not None:
            _take_in(vault, unit, one, one.words)
        pieces.drop_by_token(unit.transaction, OwedDrop(one.content.part, one.content.token))
    for stored, content in now.done:
        take_back(vault, unit, stored, content)


def tell(vault: Vault, amiss: tuple[Finding, ...]) -> None:
    """Let what cannot be opened now be told, and what could not be opened before no more."""
    vault.troubles[:] = [one for one in vault.troubles if one.kind not in _AMISS]
    for finding in amiss:
        vault.add_trouble(finding)


def has_any(vault: Vault) -> bool:
    """Whether there is any page that was handed over, by this member or to them."""
    return next(_handed(vault), None) is not None


def _counts_from(vault: Vault, author: MemberId) -> bool:
    with suppress(LookupError):
        return vault.membership.me.role is Role.PARTNER and scribe.may_type(vault.membership.role_of(author))
    return False


def _arrived(
    vault: Vault, snapshot: Snapshot, author: MemberId, document: DocumentId, said: list[HandedContent]
) -> Arrived | FindingKind | None:
    is_known = _is_known(vault, document)
    try:
        row = _row(snapshot, said[0].part)
        if row is None:
            return None if is_known else FindingKind.HANDED_ABSENT
        if not row.is_standing:
            return None
        content = next((one for one in said if envelope_of_token(one.token) == row.envelope), None)
        if content is None:
            raise NotGenuine("A handed page cannot be dropped by whose words it is.")
        return Arrived(author, document, content, None if is_known else _words(vault, author, row, content))
    except (NotGenuine, Refused, ValueError):
        return None if is_known else FindingKind.HANDED_ALTERED


def _is_known(vault: Vault, document: DocumentId) -> bool:
    """Whether a page was taken in before, and may have been deleted since. Who has keys of this member's that
    were replaced can say so of every row that comes, and the words would be dropped unread."""
    late = vault.membership.written_late
    return any(one.channel not in late for one in vault.envelopes.standing(vault.me, document))


def _words(vault: Vault, author: MemberId, row: Row, content: HandedContent) -> str:
    """What was typed; opened with the newest of this member's keys, or those before (`NotGenuine`)."""
    for identity in reversed(vault.membership.own_identities):
        with suppress(NotGenuine):
            key = identity.open_page_key(vault.journal_id, author, row.id, content.sealed)
            return words_from(open_body(row, key))
    raise NotGenuine("A handed page does not open.")


def _take_in(vault: Vault, unit: UnitOfWork, page: Arrived, words: str) -> None:
    content = page.content
    text = NoteText(words, scribe.KIND, content.date, session=content.session)
    written = min(content.written, clock.now())  # a scribe's clock is not to set this member's ahead
    note = NoteContent(text, written, typed_by=TypedBy(page.author, content.written))
    spec = registry.NOTE
    unit.put(DocumentChange(page.document, spec.type, frozenset({vault.me}), spec.encode(note, None)))


def _row(snapshot: Snapshot, part: RowId) -> Row | None:
    """The row of the words (`NotGenuine`); None if it is not here, or a newer program's."""
    sealed = snapshot.row(part, Table.PART)
    row = read_row(part, sealed) if sealed is not None else None
    return None if row is None or row.is_newer else row


def _handed(vault: Vault) -> Iterator[tuple[StoredVersion, HandedContent]]:
    for standing in vault.envelopes.versions.standing.values():
        for stored in standing:
            if stored.version.type == registry.HANDED.type:
                with suppress(NotGenuine):
                    yield stored, registry.HANDED.decode(stored.version)
