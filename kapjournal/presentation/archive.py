"""What every face says of an archive."""

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


def written(place: str) -> str:
    """Where the archive is now."""
    return f"It is written. You find it at {place}."
