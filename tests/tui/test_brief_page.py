"""The brief on a low screen: what is of safety is whole, whatever is cut beside it."""

from kapjournal.presentation.brief import Brief, Entry, Section
from kapjournal.tui.rendering.brief import brief_page

LONG = "word " * 60


def test_what_is_of_safety_is_never_cut() -> None:
    entries = (Entry("Ana", f"for the clinic that day: {LONG}end", is_whole=True), Entry("Ben", f"{LONG}end"))
    brief = Brief("Ana and Ben", "", "", (Section("After the dose", entries),))
    _, ana, ben = brief_page(brief, 76, 5)
    assert ana.words.plain.endswith("end") and ben.words.plain.endswith("…")
