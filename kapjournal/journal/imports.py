"""Imports: what another program holds becomes notes here, all at once or not at all, and can be undone as
one."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from kapjournal import clock, signals
from kapjournal.crypto.primitives import NotGenuine, document_name
from kapjournal.domain.by_id import one_by_id
from kapjournal.domain.ids import DocumentId
from kapjournal.domain.incoming import MAX_NOTES, Import, IncomingSource, Plan, Undone
from kapjournal.errors import Refused
from kapjournal.journal.documents import registry
from kapjournal.journal.documents.version import new_document_id
from kapjournal.journal.import_sorting import Sorting
from kapjournal.journal.vault import note_writer
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.attached_files import named_by
from kapjournal.journal.vault.note_writer import Before
from kapjournal.journal.vault.standing_versions import StoredVersion
from kapjournal.journal.vault.unit_of_work import DocumentChange, UnitOfWork
from kapjournal.journal.vault.vault import Vault
from kapjournal.progress import Progress, in_silence
from kapjournal.text import MAX_LINE, shown_line, without_unseen

NOT_IN_A_PAUSE = "On the day of a dose nothing is removed for good. Undo this import when the pause is over."


@dataclass(frozen=True, slots=True)
class Brought:
    """What came, and the id by which it is undone; empty where nothing came."""

    plan: Plan
    id: str = ""


class Imports:
    """The use cases of imports. What comes is readable by whoever brings it alone."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def look(
        self,
        source: IncomingSource,
        progress: Progress = in_silence,
        *,
        keep_metadata: bool = False,
    ) -> Plan:
        """What would come, without writing anything. All of it is read once, and the journal is free
        meanwhile."""
        with self._access.exclusive() as vault:
            sorting = Sorting(
                vault,
                lambda done: progress(done, 0),
                keep_metadata=keep_metadata,
                is_exact=source.is_exact,
            )
        for note in sorting.notes(source):
            sorting.came(note, list(sorting.measured(note)))
        return sorting.plan

    def bring(
        self,
        source: IncomingSource,
        *,
        whole: int = 0,
        progress: Progress = in_silence,
        keep_metadata: bool = False,
    ) -> Brought:
        """Bring all that can come, in one transaction: what is here already is not brought again.

        `whole` is how many notes it has, if that is known. From a picture goes what it says of place, device
        and moment, unless `keep_metadata`; one from which that cannot be taken out does not come. A moment
        later than now is now."""

        def follow(done: int) -> None:
            signals.give_way()
            progress(done, max(whole, done) if whole else 0)

        with self._access.exclusive() as vault:
            made: list[DocumentId] = []
            with vault.unit_of_work() as unit:
                sorting = Sorting(vault, follow, keep_metadata=keep_metadata, is_exact=source.is_exact)
                for note in sorting.notes(source):
                    files = tuple(sorting.sealed(note, unit))
                    if sorting.came(note, [(file.name, file.size) for file in files]):
                        before = Before(note.fitted.written, note.fitted.revised, files)
                        stored = note_writer.add(vault, unit, note.fitted.text, frozenset(), before=before)
                        made.append(stored.version.document)
                    if len(made) > MAX_NOTES:
                        raise Refused(f"That is more than {MAX_NOTES:,} notes. Import them in parts.")
                name = _called(source.name, source.kind)
                one = Import(source.kind, name, clock.now(), tuple(made))
                return Brought(sorting.plan, _record(vault, unit, one) if made else "")

    def all(self) -> list[Import]:
        """Every import of this member's that was not undone, the newest first."""
        with self._access.exclusive() as vault:
            return sorted((one for _, one in _kept(vault)), key=lambda one: one.moment, reverse=True)

    def undo(self, import_id: str, progress: Progress = in_silence) -> Undone:
        """Remove every note of an import that is still as it came, for good, in one transaction. What was
        changed since, is being changed, was shared or signed stays (`NotFound`, `UsageError`, `Refused`)."""
        with self._access.exclusive() as vault, vault.unit_of_work() as unit:
            kept = list(_kept(vault))
            one = one_by_id((one for _, one in kept), import_id, "import", lambda one: [one.id])
            if vault.waiting.pause_until() is not None:
                raise Refused(NOT_IN_A_PAUSE)
            begun = _begun(vault)
            removed = stays = 0
            for done, document in enumerate(one.notes, 1):
                standing = vault.envelopes.standing(vault.me, document)
                if _is_as_it_came(vault, standing) and document_name(vault.me, document) not in begun:
                    unit.delete(standing, [], named_by([standing[0].version]))
                    removed += 1
                elif any(not stored.is_deletion for stored in standing):
                    stays += 1
                signals.give_way()
                progress(done, len(one.notes))
            unit.delete([stored for stored, said in kept if said.id == one.id], [])
        return Undone(removed, stays)


def _called(name: str, kind: str) -> str:
    """The name of a file as a document can hold it."""
    line = shown_line(without_unseen(name.encode("utf-8", "replace").decode())).strip()
    return line[:MAX_LINE] or kind


def _record(vault: Vault, unit: UnitOfWork, one: Import) -> str:
    document, spec = new_document_id(), registry.IMPORT
    unit.put(DocumentChange(document, spec.type, frozenset({vault.me}), spec.encode(one, None)))
    return document_name(vault.me, document)


def _kept(vault: Vault) -> Iterator[tuple[StoredVersion, Import]]:
    """The imports that stand by the latest keys: whoever knew the passphrase before names no notes to
    remove."""
    newest = vault.envelopes.channels.own.generation
    for author, document in vault.envelopes.versions.of_type(registry.IMPORT.type):
        for stored in vault.envelopes.standing(author, document) if author == vault.me else ():
            if stored.version.type == registry.IMPORT.type and stored.generation == newest:
                with suppress(NotGenuine):
                    one = registry.IMPORT.decode(stored.version)
                    yield stored, replace(one, id=document_name(vault.me, document))


def _begun(vault: Vault) -> set[str]:
    """The notes of which a change is begun."""
    found = set()
    for stored in vault.envelopes.drafts.values():
        if stored.version.type == registry.DRAFT.type:
            with suppress(NotGenuine):
                found.add(registry.DRAFT.decode(stored.version).of or "")
    return found


def _is_as_it_came(vault: Vault, standing: Sequence[StoredVersion]) -> bool:
    if len(standing) != 1:
        return False
    stored = standing[0]
    version = stored.version
    return (
        version.type == registry.NOTE.type
        and version.readers == (vault.me,)
        and not version.proofs
        and not vault.envelopes.versions.earlier.get(version.document)
        and not vault.waiting.of(version.document).standing
    )
