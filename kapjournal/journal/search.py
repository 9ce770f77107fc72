"""Search: notes in which every word of a query begins some word."""

from collections.abc import Callable, Mapping
from itertools import islice

from kapjournal.domain.matching import Marker, query_words
from kapjournal.domain.notes import Note, NoteKind
from kapjournal.errors import JournalLocked, SearchDropped
from kapjournal.journal.vault.access import VaultAccess
from kapjournal.journal.vault.note_repository import NoteFilter
from kapjournal.journal.vault.search_index import Indexed, SearchHit, marked
from kapjournal.journal.vault.vault import Vault
from kapjournal.progress import Progress, in_silence


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
        follow: Progress = in_silence,
    ) -> list[SearchHit]:
        """Notes in which every word of the query begins some word, the best first (of very many: the
        latest). It is given up once `is_dropped` says so (`SearchDropped`) or the journal is closed
        (`JournalLocked`). `follow` hears how far the index is, where it has to be made first, and ends that
        by what it raises."""
        with self._access.exclusive() as vault:
            index, fits = vault.index, vault.notes.fitting(NoteFilter(by, session, kind, tag), of_words=True)
            index.expect(*_changes(vault))
        index.catch_up(follow, is_dropped)
        return index.find(query, fits, limit, is_dropped)

    def once(self, query: str, limit: int, is_dropped: Callable[[], bool] = lambda: False) -> list[SearchHit]:
        """The same notes without an index, the latest first: for a journal that is opened for one search.
        Looking through its notes takes less time than the index would (errors as for a search)."""

        def check() -> None:
            if is_dropped():
                raise SearchDropped
            if self._access.is_closed:
                raise JournalLocked

        with self._access.exclusive() as vault:
            open_ = {note.id: note for note in vault.notes.all() if note.opens is None}
            wanted = list(_with_added(vault, open_).values())
        wanted.sort(key=lambda one: (one.note.text.date, one.note.written, one.note.id), reverse=True)
        marker = Marker(words := query_words(query), check)
        fitting = (one for one in wanted if words and marker.all_in(one.texts))
        return [marked(one, marker, counts=False, is_by_rank=False) for one in islice(fitting, limit)]


def _changes(vault: Vault) -> tuple[Mapping[str, Indexed | None], bool]:
    """The notes that changed since this was asked last, with what was added to those that are signed; and
    whether these are all there are."""
    changed, are_all = vault.notes.take_changes()
    there = _with_added(vault, {note_id: note for note_id, note in changed.items() if note})
    return {note_id: there.get(note_id) for note_id in changed}, are_all


def _with_added(vault: Vault, notes: Mapping[str, Note]) -> dict[str, Indexed]:
    names = {note.id: vault.notes.name_of(note) for note in notes.values() if note.is_signed}
    signed = vault.signatures.each_signed(names.values()) if names else {}
    added = {
        note_id: "\n\n".join(addendum.body for addendum in signed[name].addenda)
        for note_id, name in names.items()
        if name in signed
    }
    return {note_id: Indexed(note, added.get(note_id, "")) for note_id, note in notes.items()}
