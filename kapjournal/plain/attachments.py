"""Files of a note: attach one, save one, remove one."""

from pathlib import Path

from kapjournal import paths
from kapjournal.domain.attachments import Chosen, name_from, place_of, place_of_new
from kapjournal.domain.notes import Note
from kapjournal.errors import UsageError
from kapjournal.exchange.page_file import saved_as
from kapjournal.exchange.saved_file import save_file
from kapjournal.pictures import CannotBeCleaned, Detail
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.sealing import ask_sealing
from kapjournal.presentation import attachments as wording
from kapjournal.presentation.people import others_in_words
from kapjournal.presentation.progress import in_quarters

_WHICH = "Answer with the number or the name of the file."


def attach(unlocked: Unlocked, note: Note) -> None:
    """Attach a file to the member's own note."""
    console = unlocked.console
    path = console.ask_for("The path of the file, up to 64 MiB:", _path)
    taken_out: list[Detail] = []
    follow = in_quarters(console.say)
    attachments = unlocked.journal.attachments
    try:
        written = attachments.attach(note.id, path, follow, told=taken_out.extend)
    except CannotBeCleaned as error:
        console.say(str(error))
        if not console.yes(wording.AS_IT_IS):
            console.say(wording.NOTHING_ATTACHED)
            return
        written = attachments.attach(note.id, path, follow, keep_metadata=True)
    place = place_of_new(written.files, name_from(path.name))
    console.say(*wording.after_attaching(written.files[place], taken_out))


def save(unlocked: Unlocked, note: Note) -> None:
    """Save a file of a note, as it is or sealed for somebody else."""
    which = _choose(unlocked, note, "Which file?")
    dest = unlocked.console.ask_for("A path for it, or a folder to put it into under its own name:", _path)
    follow = in_quarters(unlocked.console.say)
    sealing = ask_sealing(unlocked.console)
    place = save_file(unlocked.journal, note.id, which, dest, follow, sealing)
    unlocked.console.say(saved_as(place, sealing))


def remove(unlocked: Unlocked, note: Note) -> None:
    """Remove a file from the member's own note."""
    console = unlocked.console
    which = _choose(unlocked, note, "Which file should go?")
    console.say(wording.removing(others_in_words(unlocked.journal, note)))
    if not console.yes("Remove this file for good?"):
        console.say("Nothing was removed.")
        return
    unlocked.journal.attachments.remove(note.id, which)
    console.say(wording.REMOVED)


def _choose(unlocked: Unlocked, note: Note, question: str) -> Chosen:
    """One of the files; the only one is not asked for."""
    if len(note.files) == 1:
        return Chosen(0, note.files[0])
    unlocked.console.say("The files of this note:", *numbered(note))
    place = unlocked.console.ask_for(question, lambda answer: place_of(note.files, answer), _WHICH)
    return Chosen(place, note.files[place])


def numbered(note: Note) -> list[str]:
    """The files of a note, a line each."""
    return [f"{number}. {wording.aloud(file)}" for number, file in enumerate(note.files, 1)]


def _path(answer: str) -> Path:
    if not answer:
        raise UsageError("Say where it is, or type back.")
    return paths.typed(answer)
