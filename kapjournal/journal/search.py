"""Search: notes in which every word of a query begins some word."""

from collections.abc import Callable, Mapping

from kapjournal.domain.notes import NoteKind
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.note_repository import NoteFilter
from kapjournal.journal.vault.search_index import Indexed, SearchHit
from kapjournal.journal.vault.vault import Vault


class Search:
    """The use cases of searching. Others can work meanwhile: the vault is asked for its notes only."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def build_index(self) -> None:
        """Make the search index, for a worker after unlocking; otherwise the first search does."""
        with self._access.exclusive() as vault:
            index = vault.index
            index.expect(*_changes(vault))
        index.catch_up()

    def __call__(
        self,
        query: str,
        *,
        by: str | None = None,
        session: int | None = None,
        kind: NoteKind | None = None,
        tag: str | None = None,
        limit: int = 50,
        is_dropped: Callable[[], bool] = lambda: False,
    ) -> list[SearchHit]:
        """Notes in which every word of the query begins some word, the best first (of very many: the
        latest). It is given up once `is_dropped` says so (`SearchDropped`) or the journal is closed
        (`JournalLocked`)."""
        with self._access.exclusive() as vault:
            index, fits = vault.index, vault.notes.fitting(NoteFilter(by, session, kind, tag))
            index.expect(*_changes(vault))
        index.catch_up()
        return index.find(query, fits, limit, is_dropped)


def _changes(vault: Vault) -> tuple[Mapping[str, Indexed | None], bool]:
    """The notes that changed since this was asked last, with what was added to those that are signed; and
    whether these are all there are."""
    changed, are_all = vault.notes.take_changes()
    names = {note.id: vault.notes.name_of(note) for note in changed.values() if note and note.is_signed}
    signed = vault.signatures.each_signed(names.values()) if names else {}
    added = {
        note_id: "\n\n".join(addendum.body for addendum in signed[name].addenda)
        for note_id, name in names.items()
        if name in signed
    }
    found = {i: None if note is None else Indexed(note, added.get(i, "")) for i, note in changed.items()}
    return found, are_all
