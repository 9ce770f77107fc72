"""Search: notes in which every word of a query begins some word."""

from kapjournal.domain.notes import NoteKind
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.note_repository import NoteFilter
from kapjournal.journal.vault.search_index import SearchHit


class Search:
    """The use cases of searching. Others can work meanwhile: the vault is asked for its notes only."""

    def __init__(self, access: VaultAccess) -> None:
        self._access = access

    def build_index(self) -> None:
        """Make the search index, for a worker after unlocking; otherwise the first search does."""
        with self._access.exclusive() as vault:
            index, notes = vault.index, list(vault.notes.all())
        index.keep(notes)

    def __call__(
        self,
        query: str,
        *,
        by: str | None = None,
        session: int | None = None,
        kind: NoteKind | None = None,
        tag: str | None = None,
        limit: int = 50,
    ) -> list[SearchHit]:
        """Notes in which every word of the query begins some word, the best first (of very many: the
        latest)."""
        among = None
        with self._access.exclusive() as vault:
            index, notes = vault.index, list(vault.notes.all())
            if by or session is not None or kind or tag:
                among = {note.id for note in vault.notes.filtered(NoteFilter(by, session, kind, tag))}
        index.keep(notes)
        return index.find(query, among, limit)
