"""Taking over: what a member wrote in a journal of format 1 becomes theirs in the open one.

A file of format 1 is not carried forward in place: what one member wrote can be sealed anew only with that
member's keys, and no row of anybody's could go before everybody had been there. So it stays as it is, and
each takes their own along, into a journal of today.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from kapjournal.crypto.primitives import document_name
from kapjournal.domain import notes
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.members import folded
from kapjournal.domain.notes import Draft, NoteText, SessionRef
from kapjournal.errors import NotFound, Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.format1 import OldDraft, OldNote, OldWords
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault

Sessions = Mapping[int, SessionRef]
"""By their number."""

_NOTHING = "Nothing was taken over."


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many notes, earlier versions of these, and drafts came; how many notes and drafts had come before;
    how many of the notes that came named a session that is not here; and what could not be read.

    `is_whole` is False where the old file shows that more stood in it once, or something else.
    """

    notes: int
    earlier: int
    drafts: int
    already_here: int
    without_session: int
    unreadable: int
    is_whole: bool


def take_over(access: VaultAccess, old: OldWords) -> TakenOver:
    """Bring a member's own words into the open journal, in one transaction: all or none.

    Nobody else reads them: who could read a note in the old journal is to be chosen anew. A note keeps its
    moments and its earlier versions, and its session if one of that number is here. Sessions, people, and
    what others wrote stay behind. Done again, only what was not here yet comes; a note that was changed,
    deleted or finished here meanwhile is left as it is, and what was changed in the old file since does not
    come.

    **Whoever opened the old door is taken to be the member whose door is open here.** No key connects the two
    journals, so nobody can prove it: who has another's old passphrase can read their old words anyway, and
    could copy them by hand. What can be noticed is `Refused`: another role, or the label of somebody else
    who is here.
    """
    with access.exclusive() as vault:
        with vault.unit_of_work() as unit:
            _check_is_the_same_person(vault, old)
            fresh = [note for note in old.notes if not vault.envelopes.standing(vault.me, note.document)]
            known = _known_drafts(vault)
            drafts = [draft for draft in old.drafts if draft.document not in known]
            _check_may_write(vault, fresh, drafts)
            sessions = _sessions_here(vault, old)
            for note in fresh:
                _write_note(vault, unit, note, sessions)
            names = {note.name: document_name(vault.me, note.document) for note in old.notes}
            for draft in drafts:
                _write_draft(vault, unit, draft, names.get(draft.of or ""), sessions)
            if drafts:
                taken = vault.membership.book.taken_over | {draft.document for draft in drafts}
                unit.put(
                    vault.membership.papers.book_change(replace(vault.membership.book, taken_over=taken))
                )
        vault.membership.reconcile()
    last = [note.versions[-1].content.text for note in fresh]
    return TakenOver(
        notes=len(fresh),
        earlier=sum(len(note.versions) - 1 for note in fresh),
        drafts=len(drafts),
        already_here=len(old.notes) - len(fresh) + len(old.drafts) - len(drafts),
        without_session=sum(bool(text.session and text.session.number not in sessions) for text in last),
        unreadable=old.unreadable,
        is_whole=old.is_whole,
    )


def _check_is_the_same_person(vault: Vault, old: OldWords) -> None:
    me = vault.membership.me
    if old.role is not None and old.role is not me.role:
        raise Refused(
            f"In the old journal this door is that of a {old.role}, and here you are a {me.role}. {_NOTHING}"
        )
    for member in vault.membership.members:
        label = vault.membership.book.labels[member.id]
        if member.id != me.id and not member.removed and folded(label) == folded(old.label):
            raise Refused(
                f"In the old journal this door is that of {member.label}, who is in this journal too and "
                f"takes over their own. {_NOTHING}"
            )


def _check_may_write(vault: Vault, fresh: Iterable[OldNote], drafts: Iterable[OldDraft]) -> None:
    kinds = {version.content.text.kind for note in fresh for version in note.versions}
    try:
        for kind in sorted(kinds | {draft.text.kind for draft in drafts}):
            notes.check_may_write(vault.membership.me.role, kind)
    except Refused as error:
        raise Refused(f"{error} {_NOTHING}") from None


def _known_drafts(vault: Vault) -> frozenset[DocumentId]:
    """The drafts that came before: they may have been finished or thrown away since."""
    return vault.membership.book.taken_over.union(
        stored.version.document for stored in vault.envelopes.drafts.values()
    )


def _sessions_here(vault: Vault, old: OldWords) -> dict[int, SessionRef]:
    """The sessions of this journal that have the number of one that the old words name."""
    texts = [version.content.text for note in old.notes for version in note.versions]
    found = {}
    for number in {text.session.number for text in (*texts, *(d.text for d in old.drafts)) if text.session}:
        with suppress(NotFound):
            if session := vault.sessions.reference(number):
                found[number] = session
    return found


def _write_note(vault: Vault, unit: UnitOfWork, note: OldNote, sessions: Sessions) -> None:
    """Write every version in the place of the one before, as if it had been written here."""
    only_me = frozenset({vault.me})
    before: StoredVersion | None = None
    for version in note.versions:
        said = version.content._replace(text=_in(sessions, version.content.text))
        content = registry.NOTE.encode(said, before and before.version)
        previous = (before,) if before else ()
        before = unit.put(
            DocumentChange(
                note.document, registry.NOTE.type, only_me, content, previous, written=version.saved
            )
        )


def _write_draft(vault: Vault, unit: UnitOfWork, old: OldDraft, of: str | None, sessions: Sessions) -> None:
    draft = Draft("", of, _in(sessions, old.text), frozenset({vault.me}), old.cursor)
    unit.put_draft(old.document, registry.DRAFT.type, registry.DRAFT.encode(draft, None), ())


def _in(sessions: Sessions, text: NoteText) -> NoteText:
    """With the session of this journal that has the number of the old one's; without any if none has."""
    return replace(text, session=sessions.get(text.session.number) if text.session else None)
