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
            Finding(FindingKind.VERSION_PUT_BACK, BEN.id),
            "An older state of something Ben wrote was put back into the file; it is not shown.",
        ),
        (
            Finding(FindingKind.OWN_ABSENT, ANA.id),
            "Something you wrote is not in this file: it was taken out, or is still on its way from another "
            "copy.",
        ),
        (
            Finding(FindingKind.INCOMING_ABSENT, BEN.id),
            "Something Ben shared with you is not in this file: it was taken out, or is still on its way "
            "from another copy.",
        ),
        (
            Finding(FindingKind.OUTGOING_ABSENT, BEN.id),
            "Something you share with Ben is not in this file: it was taken out, or is still on its way from "
            "another copy.",
        ),
        (
            Finding(FindingKind.COPY_WENT_ON, ANA.id),
            "You went on writing in two copies of this file. Nothing is lost; where both changed a note, it "
            "shows both texts.",
        ),
        (
            Finding(FindingKind.WRITTEN_IN_YOUR_NAME, BEN.id),
            "Ben put something into the file that looks as if you had written it. It is not shown as yours.",
        ),
        (
            Finding(FindingKind.WRITTEN_BY_NEWER, ANA.id),
            "1 thing you wrote with a newer kapjournal is kept and cannot be shown by this one.",
        ),
        (
            Finding(FindingKind.WRITTEN_BY_NEWER, BEN.id, count=3),
            "3 things Ben wrote with a newer kapjournal are kept and cannot be shown by this one.",
        ),
        (
            Finding(FindingKind.WRITTEN_BY_NEWER, count=2),
            "2 things somebody wrote with a newer kapjournal are kept and cannot be shown by this one.",
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


def test_what_is_signed_twice_or_not_there_is_an_alarm_whoever_wrote_it() -> None:
    signed = [kind for kind in FindingKind if kind.value.startswith("sign")]
    assert len(signed) == 3 and {kind.severity for kind in signed} == {Severity.ALARM}
    for kind in signed:
        assert "you wrote" in said(Finding(kind, ANA.id)) and "Ben wrote" in said(Finding(kind, BEN.id))
    for kind in (FindingKind.KEYS_REPLACED, FindingKind.SUCCESSOR_DISPUTED):
        assert kind.severity is Severity.ALARM


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


def test_a_script_learns_whom_it_is_about_or_that_nobody_is_known() -> None:
    journal = FakeJournal().journal
    by_nobody = fields(Finding(FindingKind.WRITTEN_BY_NEWER, count=2), journal)
    assert (by_nobody["member"], by_nobody["document"], by_nobody["count"]) == (None, None, 2)
    stranger = fields(Finding(FindingKind.CERTIFICATE_UNINVITED, label="Eve"), journal)
    assert stranger["member"] == "Eve"
    absent = fields(Finding(FindingKind.INCOMING_ABSENT, BEN.id), journal)
    assert (absent["kind"], absent["severity"], absent["member"]) == ("incoming-absent", "warning", "Ben")


def test_a_stranger_at_the_door_is_worse_than_a_record_that_was_not_saved() -> None:
    assert FindingKind.DOOR_STRANGE.severity is Severity.ALARM
    assert Finding(FindingKind.OWN_ABSENT, MemberId(bytes(32))).severity is Severity.WARNING
    assert FindingKind.ROLLBACK_RECORD_UNSAVED.severity is Severity.NOTICE


def test_nobody_is_alarmed_by_what_is_on_its_way_and_everybody_by_what_is_in_their_name() -> None:
    assert FindingKind.WRITTEN_IN_YOUR_NAME.severity is Severity.ALARM
    for kind in (FindingKind.COPY_WENT_ON, FindingKind.WRITTEN_BY_NEWER):
        assert kind.severity is Severity.NOTICE
    absent = [kind for kind in FindingKind if kind.value.endswith(("-absent", "-rolled-back", "-put-back"))]
    assert len(absent) == 11 and {kind.severity for kind in absent} == {Severity.WARNING}
    assert FindingKind.ENVELOPE_ALTERED.severity is FindingKind.ROWS_UNREADABLE.severity is Severity.WARNING
