"""An exported note that is signed: who signed it, what was added, and what is no part of it."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kapjournal.domain.members import Member
from kapjournal.domain.signing import Addendum, AddendumKind, Signature, SignatureState, SignedDocument
from kapjournal.exchange import as_json, export_document, export_folder, note_fields

from .fake_journal import ANA, BEN, LEE, FakeJournal, note
from .rendered import parser

OPEN = "# He stood\n\n```\nopen"
WHEN = dt.datetime(2024, 11, 13, 10, 2, tzinfo=dt.UTC)


def signature(member: Member, name: str, capacity: str = "author") -> Signature:
    return Signature(member.id, WHEN, capacity, name, "LMFT", SignatureState.HOLDS)


SIGNED = SignedDocument(
    "ab" * 32,
    (signature(LEE, "Dr *Mina* Lee"), signature(BEN, "Kim Roe", "co-signer")),
    (
        Addendum(
            LEE.id, AddendumKind.LATE_ENTRY, "forgot", "# He stood\n\n```\nopen", WHEN, signature(LEE, "Lee")
        ),
        Addendum(BEN.id, AddendumKind.ADDENDUM, "more", "<b>He left ![](x)", WHEN, signature(BEN, "Roe")),
    ),
)


def pages(me: Member, to: Path) -> list[str]:
    """One document and the page of a folder, for the author or for another reader."""
    first = note("n", "They sat close.\n\n<div>", author=LEE, readers=[LEE, ANA])
    beside = replace(first.text, body="They sat apart.", title="Later")
    signed = replace(first, is_signed=True, beside=(beside,))
    fake = FakeJournal([signed], course=(), me=me, signed={"n": SIGNED})
    document = export_document(fake.journal, to / "all.md", fake.notes.all())
    [_, page] = export_folder(fake.journal, to / "out", fake.notes.all())
    return [document.read_text(), page.read_text()]


@pytest.mark.parametrize("me", [LEE, ANA])
def test_signatures_and_what_was_added_stand_under_the_words(me: Member, tmp_path: Path) -> None:
    for page in pages(me, tmp_path):
        words = [
            "They sat close.",
            r"*Signed by Dr \*Mina\* Lee, LMFT, as author, Wed 13 Nov 2024",
            "*Signed by Kim Roe, LMFT, as co",
            f"*Digest {'ab' * 32}*",
            "**LATE ENTRY. Service on Tue 12 Nov 2024, written Wed 13 Nov 2024",
            "He stood",
            "*Signed by Lee, LMFT",
            "**Addendum, Wed 13 Nov 2024",
            "He left",
            "*Signed by Roe, LMFT",
            "Not part of what is signed; written at the same time on another computer",
            "They sat apart.",
        ]
        places = [page.find(word) for word in words]
        assert -1 not in places and places == sorted(places), page


@pytest.mark.parametrize("me", [LEE, ANA])
def test_nothing_in_them_passes_for_what_the_export_says(me: Member, tmp_path: Path) -> None:
    """What another than the reader wrote is quoted, and no block that is left open swallows a signature."""
    for page in pages(me, tmp_path):
        tokens = parser("commonmark").parse(page)
        shown = [token.content for token in tokens if token.type == "inline" and token.level == 1]
        assert sum("Signed by" in content for content in shown) == 4
        assert sum(token.content.strip() == "open" for token in tokens if token.type == "fence") == 1
        assert "> &#60;b>He left &#33;[](x)" in page


def test_fields_say_that_a_note_is_signed_and_on_demand_by_whom() -> None:
    fake = FakeJournal([], course=())
    plain = note("n", "They sat close.", author=LEE)
    assert "signed" not in note_fields(fake.journal, plain)
    fields = note_fields(fake.journal, replace(plain, is_signed=True), signed=SIGNED)
    assert fields["signed"] is True
    known = json.loads(as_json(fields["signatures"]))
    assert (known["digest"], known["holds"]) == ("ab" * 32, True)
    assert [one["body"] for one in known["addenda"]] == [one.body for one in SIGNED.addenda]


@pytest.mark.parametrize("me", [LEE, ANA])
def test_lists_say_which_notes_are_signed(me: Member, tmp_path: Path) -> None:
    first, second = (note(name, "They sat.", author=LEE, readers=[LEE, ANA]) for name in "no")
    kept = [replace(first, is_signed=True), second]
    fake = FakeJournal(kept, course=(), me=me, signed={"n": SIGNED})
    document = export_document(fake.journal, tmp_path / "all.md", kept).read_text()
    index = export_folder(fake.journal, tmp_path / "out", kept)[0].read_text()
    assert document.count(" · signed\n") == 1
    assert [" · signed" in line for line in index.splitlines() if line.startswith("- ")] == [True, False]
