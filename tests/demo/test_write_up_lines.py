"""What a write-up of the demo's first couple could draw on: no line tells who they are."""

import re
from pathlib import Path

from kapjournal.content.forms import form_for
from kapjournal.demo import build
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.supervision import Basis
from kapjournal.journal import NewNote, NewRecord, unlock
from kapjournal.presentation.supervision_sources import FIELDS, read_candidates

CANARY = "quagga"
IDENTIFIES = re.compile(rf"(?i)\b(ana|ben|anas|bens)\b|\b20\d\d\b|\d\s*mg\b|{CANARY}")


def test_no_line_has_a_name_a_date_an_amount_a_safety_note_or_a_page_that_was_not_allowed(
    tmp_path: Path,
) -> None:
    memory = tmp_path / "memory"
    demo = build(tmp_path / "demo", practice=True, record_folder=memory)
    assert demo.practice is not None
    ana = next(door for door in demo.doors if door.label == "Ana")
    with unlock(demo.path, label="Ana", passphrase=ana.passphrase, record_folder=memory) as partner:
        partner.notes.add(NewNote(f"A {CANARY} by the car.", share="all"))
        allowed = partner.notes.add(NewNote("Ben waited by the car. On 3 May 2026 too.", share="all"))
        partner.page_consents.give(allowed.id)
    door = demo.practice.door
    with unlock(demo.practice.path, label=None, passphrase=door.passphrase, record_folder=memory) as practice:
        couple = practice.couples.all()[0]
        safety = {"text": f"A {CANARY} at home.", "violence": CANARY}
        practice.records.add(NewRecord(RecordKind.SAFETY, couple.case, safety, About.FIRST))
        found = {
            field: read_candidates(practice, couple, field, Basis.OWN_PROGRAMME).found
            for field in _fields(RecordKind.SUPERVISION)
        }
    assert {field for field, candidates in found.items() if candidates} == FIELDS
    assert any("[second partner] waited" in one.line for one in found["moment"])
    told = [one.line for candidates in found.values() for one in candidates if IDENTIFIES.search(one.line)]
    assert told == []


def _fields(kind: RecordKind) -> list[str]:
    return [field.id for field in form_for(kind).fields]
