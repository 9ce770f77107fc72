"""What was acknowledged, and whether the journal still has it to the letter."""

from dataclasses import dataclass, field
from typing import Any

from tests.cast import LABELS
from tests.crash.writer import digest_of, is_whole, serial_of
from tests.shared_journal import SharedJournal


@dataclass
class Ledger:
    """The last acknowledged save of each note and draft: by author and id, its serial and digest."""

    notes: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    drafts: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def enter(self, label: str, report: list[Any]) -> None:
        """Keep a report of a save; others say nothing about saves."""
        match report:
            case ["saved", note_id, serial, digest]:
                self.notes[label, note_id] = (serial, digest)
            case ["draft", draft_id, serial, digest]:
                self.drafts[label, draft_id] = (serial, digest)

    def assert_kept(self, shared: SharedJournal) -> None:
        """Every acknowledged body is there, or one its author saved after it; each is whole, every earlier
        version too, and nobody's check finds anything."""
        assert not shared.path.with_name(shared.path.name + "-journal").exists(), (
            "it would keep everybody out"
        )
        for label in LABELS:
            with shared.open(label) as journal:
                notes = journal.notes.all()
                assert all(is_whole(note.text.body) for note in notes)
                own = {note.id: note.text.body for note in notes if note.author == journal.me.id}
                for note_id in own:
                    assert all(is_whole(version.text.body) for version in journal.notes.history(note_id))
                drafts = {draft.id: draft.text.body for draft in journal.drafts.all()}
                assert all(map(is_whole, drafts.values()))
                _assert_has(own, {i: said for (who, i), said in self.notes.items() if who == label})
                _assert_has(drafts, {i: said for (who, i), said in self.drafts.items() if who == label})
                report = journal.check()
                assert report.is_clean, (label, report.findings)


def _assert_has(bodies: dict[str, str], acknowledged: dict[str, tuple[int, str]]) -> None:
    for document, (serial, digest) in acknowledged.items():
        assert document in bodies, f"{document} was acknowledged and is lost"
        body = bodies[document]
        assert serial_of(body) > serial or digest_of(body) == digest
