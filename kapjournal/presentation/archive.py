"""What every face says of an archive."""

import re
from collections.abc import Sequence

from kapjournal.domain.notes import Note
from kapjournal.presentation.days import long_day
from kapjournal.text import shown_line

APPOINTMENTS = "It says when, and no word of what or with whom."
HOLDS_RECORDS = "It holds the clinical record, as far as you can read it."
TOO_LARGE = "Write the archive without a seal, to a disk that is sealed itself."
_LIVE = re.compile(
    r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*\{?dataview|`\$=|<%|\b(?:obsidian|javascript):", re.M | re.I
)
"""What may do something in another program: code for plugins, and links that open programs."""
_MOST_NAMED = 3
_NOT_SEALED = "Without a key it is not sealed there."
_OF_A_COUPLE = (
    "All you can read here goes into files: your own notes to the letter, so that they can be read in again, "
    "and the rest to be read."
)
_OF_A_PRACTICE = (
    "The clinical record, as far as you can read it, goes into files. Safety notes and write-ups for "
    "supervision do not, and process notes only if you ask for your own."
)
WHAT = (
    "Your own notes stand in an archive to the letter, with their files. To be read there are also what "
    "others shared with you, sessions, check-ins, measures with their charts, and what was agreed; of a "
    "practice, the clinical record. Nothing is ever written over, and what is stopped leaves nothing."
)
FORMS = (
    "A folder of markdown is for reading, and Obsidian opens it well. JSON is for other programs. For a "
    "calendar there are the days and times of the sessions, each called “Appointment”, and nothing else."
)
IN_WORDS = {
    "folder": "A folder of markdown, with links",
    "json": "One file of JSON, for other programs",
    "ics": "Days and times alone, for a calendar",
}
"""Each form, by its name."""
PROCESS_NOTES = "Also my own process notes"


def meaning(*, of_a_practice: bool) -> str:
    """What is written, and that it is not sealed."""
    return f"{_OF_A_PRACTICE if of_a_practice else _OF_A_COUPLE} {_NOT_SEALED}"


def closed(count: int) -> str:
    """That pages which open on a day to come are there without words."""
    if count == 1:
        return "A page that opens on a day to come has no words in it."
    return f"{count} pages that open on a day to come have no words in it."


def is_live(body: str) -> bool:
    """Whether something stands in a note that may do more, in another program, than be read."""
    return _LIVE.search(body) is not None


def live(notes: Sequence[Note]) -> str:
    """Which notes these are."""
    called = ((long_day(one.text.date), shown_line(one.text.title)) for one in notes[:_MOST_NAMED])
    named = [f"{day}, “{title}”" if title else day for day, title in called]
    more = f" and {len(notes) - _MOST_NAMED:,} more" if len(notes) > _MOST_NAMED else ""
    return (
        "Code that plugins of Obsidian may run, or a link that opens a program, stands in these notes: "
        f"{'; '.join(named)}{more}. Look at them before you open the folder there."
    )


def written(place: str) -> str:
    """Where the archive is now."""
    return f"It is written. You find it at {place}."
