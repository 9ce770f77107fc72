"""Notes that are hard to keep to the letter; they lie in the golden files of every format."""

import datetime as dt

from kapjournal.domain.notes import NoteKind
from kapjournal.journal import NewNote

KINDS_SINCE = {NoteKind.PRACTICE, NoteKind.DECISION, NoteKind.LETTER, NoteKind.WITNESS}
"""Kinds that came after the golden files were made, which stay as they are."""

ANAS = (
    NewNote("Family 👨‍👩‍👧‍👦, a flag 🏳️‍🌈, a hand 👋🏽.", "Emoji with joiners 👩‍🚀", NoteKind.CAPTURE),
    NewNote("כתבתי ביומן.\nكتبتُ في الدفتر، 12 (مرّة).", "שלום Ana", NoteKind.REFLECT, share="Ben"),
    NewNote("one\u2028two\u2029three\u00a0four\ufeff", "Separators", NoteKind.WEAVE, share="all"),
    NewNote("\tone\n\t\ttwo\t \n\n\n", "Tabs", NoteKind.CYCLE, share="Ben"),
    NewNote("Said with no title.", "", NoteKind.APPRECIATION, session=2, share="Dr Löwe"),
    NewNote("Much.", "Tags", NoteKind.GRATITUDE, tags=tuple(f"tag {n} é" for n in range(32)), share="all"),
    NewNote("é" * 2049 + "\n", "Over 4 KiB", NoteKind.BODY, share="Ben"),
)
BENS = (
    NewNote("Honesty, \u0065\u0301 in two parts.", "Decomposed", NoteKind.VALUES, share="Ana"),
    NewNote('{"a": "\\ud800", "a": NaN} \\u0000', "Looks like JSON", NoteKind.PARTS),
    NewNote("", "No words", NoteKind.INTENTION, dt.date(1999, 12, 31), session=1, share="all"),
    NewNote("We spoke.", "First", NoteKind.DIALOGUE, session=1, share="Ana"),
    NewNote("For all, then for Ana no more.", "Withdrawn", NoteKind.PAGE, share="all"),
    NewNote("Nobody reads this again.", "Deleted", NoteKind.PAGE, share="all"),
)
