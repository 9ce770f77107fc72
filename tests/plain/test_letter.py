"""A letter to a prescriber line by line: heard first, and kept once it is finished."""

import datetime as dt

from kapjournal.domain.dosing import RowKind, new_row
from kapjournal.domain.forms import About, RecordKind
from kapjournal.domain.records import SessionNamed
from kapjournal.presentation.letter_view import FINISHED, NOT_FINISHED
from tests.plain.test_practice import MORNING, at, behind, filled, practice

from .plain_conversation import PlainConversation

__all__ = ["filled", "practice"]

DAY = dt.date(2026, 3, 2)


def dosed(filled: PlainConversation) -> None:
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        case = lee.couples.get("Ana and Ben").case
        lee.couples.name_partners(case, "Ana", "Ben")
        dose = new_row(
            RowKind.DOSE, dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC), {"amount": "80", "unit": "mg"}
        )
        lee.dosing.put(case, About.FIRST, SessionNamed(1, DAY), [dose], {"prescriber": "Dr Ito"})


def letters(filled: PlainConversation) -> list[str]:
    with behind(filled, "practice.kap", "Dr Lee", MORNING) as lee:
        return [one.text.fields["text"] for one in lee.records.all() if one.kind is RecordKind.CONTACT]


def test_it_is_heard_finished_and_saved(filled: PlainConversation) -> None:
    dosed(filled)
    dest, taken = filled.folder / "letter.txt", filled.folder / "taken.txt"
    taken.write_text("here")
    said = at(
        filled,
        MORNING,
        *("record", "1", "letter", "Ana", "ben", "", "It may stay.", "May it stay?"),
        *("typed now", "x" * 301, "Slept well.", "Dr Mina Lee", "LMFT", "yes", str(taken), "", str(dest), ""),
        *("back", "quit"),
    )
    for sentence in (
        "Enter for Dr Ito:",
        "not for the other partner",
        "ends with a question mark",
        "has at most 300 characters",
        "2 March 2026 · session 1 · dose 1\n  ",
        "End of the letter.",
        FINISHED,
        "taken.txt is there already",
        f"Saved as {dest}. It is not sealed there.",
    ):
        assert sentence in said, sentence
    assert [dest.read_text()] == letters(filled) and taken.read_text() == "here"


def test_it_is_not_kept_before_it_is_finished(filled: PlainConversation) -> None:
    dosed(filled)
    said = at(
        filled,
        MORNING,
        *("record", "1", "letter", "Ana", "Dr Roe", "May Ben come?", "May it stay?", "Response", ""),
        *("letter", "Ana", "Dr Roe", "May it stay?", "", "", "no", "back", "quit"),
    )
    assert "“Ben” has no place in it" in said and "Type the response instead." in said
    assert "To: Dr Roe" in said and NOT_FINISHED in said
    assert letters(filled) == []


def test_it_names_the_one_it_is_about(filled: PlainConversation) -> None:
    said = at(filled, MORNING, "record", "1", "letter", "back", "quit")
    assert "Say first what you call the two partners" in said
