"""At rest, when every copy has met every other: what all of them must show, and what nobody may be told."""

from collections import Counter
from typing import Any

from kapjournal.domain.findings import Finding, Severity
from kapjournal.domain.ids import RowId
from kapjournal.journal import Journal
from tests.internals import vault_of

from .computers import FRONTS, Computer
from .ledger import Ledger

_ROUNDS = 12


class Rest:
    """The promises, one method each."""

    def __init__(self, computers: list[Computer], ledger: Ledger, counts: Counter[str]) -> None:
        self.computers = computers
        self.ledger = ledger
        self.counts = counts

    def check(self) -> None:
        self.come_to_rest()
        self.union = self.computers[0].rows()
        self.no_row_is_lost_and_nothing_dropped_stands()
        for computer in self.computers:
            computer.shut_down()
            self.findings_are_just(computer, computer.program())
        for label in dict.fromkeys(computer.label for computer in self.computers):
            one, other = (c.program() for c in self.computers if c.label == label)
            assert shown(one) == shown(other), f"the two computers of {label} differ"
            self.words_are_kept(label, one)
            self.drafts_are_kept(label, one)
            self.narrowing_holds(label, one)
            self.count(one)
        self.everybody_sees_the_same_course()
        assert self.computers[0].rows() == self.union, "there was something to do yet"

    def come_to_rest(self) -> None:
        for _ in range(_ROUNDS):
            before = [computer.rows() for computer in self.computers]
            for at, computer in enumerate(self.computers):
                other = self.computers[(at + 1) % len(self.computers)]
                mine, theirs = computer.rows(), other.rows()
                computer.program().copies.merge(other.path)
                fresh = {
                    row
                    for one in (computer, other)
                    for program in one.programs
                    for row in vault_of(program).envelopes.fresh_drafts
                }
                self.ledger.changed(mine, computer.rows(), fresh)
                self.ledger.changed(theirs, other.rows(), fresh)
            after = [computer.rows() for computer in self.computers]
            if before == after and all(rows == after[0] for rows in after):
                return
            for computer in self.computers:
                for program in computer.programs:
                    program.refresh()
        raise AssertionError("the copies do not come to rest")

    def no_row_is_lost_and_nothing_dropped_stands(self) -> None:
        for row, stood in self.ledger.known.items():
            assert row in self.union, "a row that a copy had is lost"
            assert stood or not self.union[row], "what was dropped stands again"

    # --- what is shown ----------------------------------------------------------------------------------

    def words_are_kept(self, label: str, program: Journal) -> None:
        for note_id, said in self.ledger.said.items():
            if self.ledger.author[note_id] == label and said:
                kept = {version.text.body for version in program.notes.history(note_id)}
                assert set(said.values()) <= kept, "words of an acknowledged save are lost"

    def drafts_are_kept(self, label: str, program: Journal) -> None:
        shown = {draft.id: draft.text.body for draft in program.drafts.all()}
        for draft_id, rows in self.ledger.drafts.items():
            if self.ledger.drafts_of[draft_id] == label:
                standing = {words for row, words in rows.items() if self.union.get(row)}
                if standing and rows:
                    assert shown.get(draft_id) in standing, "a draft is lost"
        assert not [row for row in self.ledger.gone if self.union.get(row)], "a finished draft is back"

    def narrowing_holds(self, label: str, program: Journal) -> None:
        shown = {note.id: note for note in program.notes.all()}
        for one in self.ledger.narrowed:
            if self.ledger.author[one.note] != label and one.reader in (None, label):
                assert one.note not in shown, f"{label} still reads what was {one}"
        for note in shown.values():
            for words in (note.text.body, *(text.body for text in note.beside)):
                assert label in self.ledger.allowed[words], f"{label} reads what was never meant for them"

    def everybody_sees_the_same_course(self) -> None:
        programs = [computer.program() for computer in self.computers]
        courses = [
            (
                sorted((s.id, s.number, s.title) for s in program.sessions.all()),
                program.sessions.planned_doses,
            )
            for program in programs
        ]
        assert all(course == courses[0] for course in courses), "the course is not the same for all"
        sessions, planned = courses[0]
        assert planned in self.ledger.plans
        titles = {name: title for name, _, title in sessions}
        for name, (given, _) in self.ledger.sessions.items():
            assert titles[name] in given, "a session is lost"
        for label, whom, _ in self.ledger.verified:
            for computer in self.computers:
                if computer.label == label:
                    assert computer.program().members.get(whom).verified, "that they compared is lost"

    # --- what is said -----------------------------------------------------------------------------------

    def findings_are_just(self, computer: Computer, program: Journal) -> None:
        """Nothing missing, nothing said; something gone for good that this computer remembers: it is said."""
        found = program.check().findings
        serious = [one for one in found if one.severity is not Severity.NOTICE]
        copied = any(one.kind.value == "copy-went-on" for one in found)
        assert self.ledger.cloned or not copied, found
        missed = {
            row
            for row, stood in computer.remembered.items()
            if row not in self.ledger.gone and (row not in self.union or (self.union[row] and not stood))
        }
        if not self.ledger.destroyed:
            assert not missed and not serious, (str(computer), found)
        lost = self._lost_channels(program, missed)
        said = {_channel_of(program, one) for one in serious}
        self.counts["lost for good and told"] += len(lost & said)
        if not self.ledger.cloned:
            assert lost <= said, (str(computer), "does not tell what is gone for good", lost, found)

    def _lost_channels(self, program: Journal, missed: set[RowId]) -> set[tuple[str, str]]:
        """On which channels of this member's something is gone that the computer remembers."""
        vault = vault_of(program)
        channels = set()
        for row in missed:
            for channel in vault.envelopes.channels.all():
                if channel.key.find(FRONTS[row]) is not None:
                    me, label_of = vault.me, vault.membership.label_of
                    other = channel.receiver if channel.sender == me else channel.sender
                    direction = (
                        "own"
                        if channel.sender == channel.receiver
                        else "incoming"
                        if channel.receiver == me
                        else "outgoing"
                    )
                    channels.add((direction, label_of(other)))
        return channels

    def count(self, program: Journal) -> None:
        own = [note for note in program.notes.all() if note.author == program.me.id]
        self.counts["notes at rest"] += len(own)
        self.counts["notes with two texts"] += sum(bool(note.beside) for note in own)


def _channel_of(program: Journal, finding: Finding) -> tuple[str, str]:
    label = program.members.label_of(finding.member) if finding.member else ""
    return finding.kind.value.split("-")[0], label


def shown(program: Journal) -> Any:
    """All that one person is shown."""
    notes = {
        note.id: (note.text, frozenset(note.beside), note.readers, note.written, note.revised)
        for note in program.notes.all()
    }
    drafts = {draft.id: draft.text for draft in program.drafts.all()}
    sessions = sorted((s.id, s.number, s.title) for s in program.sessions.all())
    members = [(m.label, m.verified, m.removed) for m in program.members.all()]
    return notes, drafts, sessions, members, program.sessions.planned_doses, program.title
