"""The way to what an open journal hides, for tests that attack it or look at what it keeps."""

from dataclasses import replace

from kapjournal.domain.findings import Finding
from kapjournal.domain.ids import RowId
from kapjournal.domain.notes import Note
from kapjournal.journal import Journal
from kapjournal.journal.vault.vault import Vault
from kapjournal.presentation import findings


def vault_of(journal: Journal) -> Vault:
    """Keys, opened envelopes and members behind a journal that is open."""
    return journal._access.peek()


def finding_sentences(journal: Journal, found: tuple[Finding, ...] | None = None) -> list[str]:
    """What the member of an open journal is told of what is not as its author left it."""
    return findings.sentences(journal.findings if found is None else found, journal)


def row_of(journal: Journal, note: Note) -> RowId:
    """The row of a note as its author or a reader holds it."""
    vault = vault_of(journal)
    for stored in vault.envelopes.current.values():
        built = vault.notes._note_or_none(stored)
        if built and built.id == note.id:
            return stored.row
    raise AssertionError("no such note here")


def says_the_old_number(keeper: Journal, count: int) -> None:
    """Plan sessions as a program did that knew no doses."""
    vault = vault_of(keeper)
    with vault.unit_of_work() as unit:
        unit.put(vault.membership.papers.info_change(replace(vault.membership.info_now, planned=count)))
    vault.membership.reconcile()
