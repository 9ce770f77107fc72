"""Findings in words: every kind has a sentence of its own, and data for scripts."""

import pytest

from kapjournal.domain.findings import Finding, FindingKind, Severity
from kapjournal.domain.ids import DocumentId, MemberId
from kapjournal.presentation.findings import fields, sentence
from tests.exchange.fake_journal import ANA, BEN, FakeJournal

LABELS = {ANA.id: "Ana", BEN.id: "Ben"}


def said(finding: Finding) -> str:
    return sentence(finding, ANA.id, LABELS.__getitem__)


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_is_said_whole(kind: FindingKind) -> None:
    words = said(Finding(kind, BEN.id, label="Sue", reason="The disk is full."))
    assert words.endswith(".") and "{" not in words


def test_no_two_kinds_are_said_alike() -> None:
    words = [said(Finding(kind, BEN.id, label="Sue", reason="No.")) for kind in FindingKind]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding(FindingKind.ROWS_UNREADABLE), "1 row of the file cannot be read; everything else is shown."),
        (
            Finding(FindingKind.ROWS_UNREADABLE, count=2),
            "2 rows of the file cannot be read; everything else is shown.",
        ),
        (
            Finding(FindingKind.ENVELOPE_ALTERED, ANA.id),
            "Something you wrote is damaged or was altered; it is not shown.",
        ),
        (
            Finding(FindingKind.ENVELOPE_ALTERED, BEN.id),
            "Something between you and Ben is damaged or was altered; it is not shown.",
        ),
        (
            Finding(FindingKind.VERSION_PUT_BACK, ANA.id),
            "An older state of something you wrote was put back into the file; it is not shown.",
        ),
        (
            Finding(FindingKind.CERTIFICATE_UNINVITED, label="{name}"),
            "Somebody put a card for “{name}” into the journal that the keeper never gave a ticket for. "
            "It is not believed.",
        ),
    ],
)
def test_a_finding_is_said_to_the_member_it_is_for(finding: Finding, words: str) -> None:
    assert said(finding) == words


def test_a_script_gets_the_data() -> None:
    found = fields(Finding(FindingKind.NOTE_MALFORMED, BEN.id, DocumentId(bytes(16))), FakeJournal().journal)
    assert found == {
        "kind": "note-malformed",
        "severity": "warning",
        "member": "Ben",
        "document": "00" * 16,
        "count": 1,
        "sentence": "A note Ben wrote is not of the form it should be; it is not shown.",
    }


def test_a_stranger_at_the_door_is_worse_than_a_record_that_was_not_saved() -> None:
    assert FindingKind.DOOR_STRANGE.severity is Severity.ALARM
    assert Finding(FindingKind.OWN_ABSENT, MemberId(bytes(32))).severity is Severity.WARNING
    assert FindingKind.ROLLBACK_RECORD_UNSAVED.severity is Severity.NOTICE
