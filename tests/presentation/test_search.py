"""How much was found, in a sentence."""

import datetime as dt

from kapjournal.domain.ids import MemberId
from kapjournal.domain.notes import Note, NoteKind, NoteText
from kapjournal.journal import SearchHit
from kapjournal.presentation.search import how_much

ANA = MemberId(bytes(16))
TEXT = NoteText("words", NoteKind.PAGE, dt.date(2026, 3, 2))
NOTE = Note("n", ANA, frozenset({ANA}), TEXT, dt.datetime(2026, 3, 2, tzinfo=dt.UTC), None, None)


def hits(*places: int | None, is_by_rank: bool = True) -> list[SearchHit | None]:
    return [SearchHit(NOTE, (), (), count, is_by_rank) for count in places]


def test_places_notes_and_their_order_are_said() -> None:
    assert how_much(hits(1)) == "1 place in 1 note."
    assert how_much(hits(1, 1_200)) == "1,201 places in 2 notes, the best first."
    assert how_much(hits(3, 1, is_by_rank=False)) == "4 places in 2 notes, the latest first."
    assert how_much(hits(3, 1), most=2) == "4 places in 2 notes, the best first; there may be more."


def test_what_was_not_counted_is_not_said() -> None:
    assert how_much(hits(None, None)) == "2 notes, the best first."
    assert how_much([None, None, None]) == "3 notes, the latest first."
