"""Going apart: an archive first, if it is wanted; then sharing ends for everybody."""

from pathlib import Path

from kapjournal import paths
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.presentation import apart as saying
from kapjournal.presentation.progress import in_quarters


def can_end(unlocked: Unlocked) -> bool:
    """Whether sharing can be ended here."""
    return not saying.why_not(unlocked.journal)


def apart(unlocked: Unlocked) -> None:
    """Say what happens, ask where the archive goes, and end sharing once the words are typed."""
    console, archive = unlocked.console, None
    console.say(*saying.before(unlocked.journal))
    if console.yes("Take an archive of all you can read with you?", saying.ARCHIVE_FIRST):
        console.say(saying.ARCHIVE_FIRST)
        archive = console.ask_for("The path of the new file, or Enter to leave it:", _path)
        if archive is None:
            console.say(saying.NOTHING_ENDED)
            return
    else:
        console.say(saying.WITHOUT_ARCHIVE)
    if not saying.is_the_word(console.ask(f"{saying.ASKS_FOR_THE_WORD}. Enter leaves it:")):
        console.say(saying.NOTHING_ENDED)
        return
    console.say(*saying.go_apart(unlocked.journal, archive, in_quarters(console.say)))


def _path(answer: str) -> Path | None:
    return paths.typed_journal(answer) if answer else None
