"""A note of Ana's that Lee and Ben read, and what Ben makes of its row with a program of his own."""

from dataclasses import dataclass

from kapjournal.crypto.row import Row, row_from
from kapjournal.domain.findings import FindingKind
from kapjournal.domain.notes import Note
from kapjournal.journal import NewNote
from kapjournal.journal.journal import Journal
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.remade_rows import bytes_of, key_between, rewrapped, row_in, wrap_of
from tests.internals import row_of


def kinds(journal: Journal) -> list[FindingKind]:
    """What a thorough look finds; nothing that was not told without it."""
    journal.refresh()
    found = [finding.kind for finding in journal.check().findings]
    assert found == [finding.kind for finding in journal.findings]
    return found


def remade(row: Row, reader: Journal, author: Journal, rows: int = 77) -> bytes:
    """The twin of a row: a reader writes another count into their own wrap."""
    key = key_between(reader, author)
    return bytes_of(rewrapped(row, key, stamp=wrap_of(row, key).stamp._replace(rows=rows)))


@dataclass
class Shared:
    """A note of Ana's that Lee and Ben read, its row as it stands, and two twins that Ben made of it."""

    attacked: AttackedJournal
    note: Note
    whole: Row
    twin: bytes
    other_twin: bytes

    def only_whole_rows(self) -> bool:
        """Whether neither twin is in the file, standing or dropped."""
        twins = {row_from(self.twin).id, row_from(self.other_twin).id}
        return not twins & self.attacked.rows().keys()

    def put_in_place(self) -> None:
        """The whole row is struck, and the twin lies there alone."""
        self.attacked.delete(self.whole.id)
        self.attacked.put_row(self.twin)


def share(attacked: AttackedJournal) -> Shared:
    """Ana writes it, and Ben and Lee have seen it."""
    with attacked.acting("Ana", "Ben", "Lee") as (ana, ben, lee):
        note = ana.notes.add(NewNote("as Ana wrote it", share="all"))
        ben.refresh()
        lee.refresh()
        whole = row_in(attacked, row_of(ana, note))
        return Shared(attacked, note, whole, remade(whole, ben, ana), remade(whole, ben, ana, 78))
