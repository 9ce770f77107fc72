"""Packs line by line: a request is noted, what goes in is heard, and the file is made."""

from kapjournal.domain.forms import About, RecordKind
from kapjournal.journal import NewRecord
from tests.plain.test_practice import MORNING, at, behind, filled, practice

from .plain_conversation import PlainConversation

__all__ = ["filled", "practice"]


def test_it_is_noted_heard_withheld_and_made(filled: PlainConversation) -> None:
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        case = lee.couples.get("Ana and Ben").case
        lee.couples.name_partners(case, "Ana", "Ben")
        for about, words in ((About.FIRST, "She slept."), (About.SECOND, "He did not.")):
            lee.records.add(NewRecord(RecordKind.PROGRESS, case, {"data": words}, about))
            lee.records.add(NewRecord(RecordKind.CONTACT, case, {"text": f"Called: {words}"}, about))
    dest = filled.folder / "ana.md"
    said = at(
        filled,
        MORNING,
        *("record", "1", "pack", "make", "Ana", "asked", "Ana", "2031-01-01", "2026-03-02"),
        *("1", "make", "99", "1", "", "1", "danger", "2", "danger", "2", "let it go in", ""),
        *("not sealed", str(dest), "past"),
        *("asked", "both", "", "1", "make", "answered", "back", "back", "back"),
        *("supervision", "1", "ledger", "1", "back", "back", "quit"),
    )
    for sentence in (
        "Note who asked, and when, first",
        "2031-01-01 has not come yet",
        "Ana asked on 2 March 2026 for their own pack; it is due on 1 April 2026.",
        "1. Progress note",
        "Never in it, whether or not there is any:",
        "That is none of these",
        "Heading: Progress note",
        "Data: She slept.",
        "It goes in.",
        "Withheld: Progress note",
        "It was answered on",
        "Ana: right of access; markdown.",
        "Nobody is authorised to receive a joint pack yet",
        "Noted: the request of both was answered.",
        "for Ana: own pack, markdown, right of access.",
        "End of the entry.",
        "Reading it could endanger somebody’s life or safety.",
        f"Saved as {dest}. It is not sealed there.",
        "1 withheld by you",
        "Both asked on",
    ):
        assert sentence in said, sentence
    page = dest.read_text()
    assert "Called: She slept" in page and "Data" not in page and "He did not" not in page
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        [ana, _] = lee.packs.requests(case)
        assert len(ana.packs) == 1 and ana.answered is not None
