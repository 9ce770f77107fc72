"""Where a command takes a passphrase from, and how it shows the secrets of a new door."""

from collections.abc import Callable
from dataclasses import dataclass

from kapjournal.errors import KapjournalError, UsageError
from kapjournal.presentation import recovery_words, sentences, will
from kapjournal.stdio import file_or_stdin, questions, stderr, stdout
from kapjournal.stdio.lazy_imports import journal

_TRIES = 3
_WRITE = "Write the recovery words down by hand and keep them where only you look."
_FOR_A_DOOR = "A passphrase for your door: press Enter for six random words, or type your own."
_IN_A_ROW = 4
_A_NEEDED = {
    "passphrase": "A passphrase is needed",
    "old passphrase": "The passphrase of the old journal is needed",
    "journal passphrase": "The passphrase of your door in their journal is needed",
}


@dataclass(frozen=True, slots=True)
class DoorPassphrase:
    """A passphrase for a door that is about to change; it is printed if it was `generated`, else never."""

    text: str
    generated: bool


def existing(source: str | None) -> str:
    """The passphrase of an existing door: from `--passphrase-file`, or typed."""
    return _of_a_door(source, "passphrase")


def of_old_door(source: str | None) -> str:
    """The passphrase of a door of an older journal: from `--old-passphrase-file`, or typed."""
    return _of_a_door(source, "old passphrase")


def of_journal(source: str | None) -> str:
    """The passphrase of a door in a couple's journal: from `--journal-passphrase-file`, or typed."""
    return _of_a_door(source, "journal passphrase")


def _of_a_door(source: str | None, which: str) -> str:
    if source is not None:
        return file_or_stdin.first_line(source, f"the {which} file", to_the_letter=True)
    if not questions.can_ask_secret():
        option = f"--{which.replace(' ', '-')}-file"
        raise UsageError(f"{_A_NEEDED[which]}: {option} PATH, or - for the first line of stdin.")
    return questions.secret(f"{which.capitalize()}:")


def new(source: str | None, check: Callable[[str], str]) -> DoorPassphrase:
    """A new passphrase: from a file, from the person at the terminal, or generated where there is none.

    `check` refuses a weak one (`UsageError`); who typed it is asked again.
    """
    if source is not None:
        return DoorPassphrase(check(file_or_stdin.first_line(source, "the new passphrase file")), False)
    if questions.is_interactive() and (
        chosen := _typed(_FOR_A_DOOR, "New passphrase", lambda typed: typed and check(typed))
    ):
        if questions.secret("The same once more:") != chosen:
            raise UsageError("The two were not the same, so nothing was changed.")
        return DoorPassphrase(chosen, False)
    return DoorPassphrase(journal.generated_passphrase(), True)


def to_seal_with(source: str | None) -> str:
    """A passphrase for a file that is sealed for somebody else: from `--age-passphrase-file`, or typed twice
    (`UsageError` for a weak one in a file; who typed it is asked again)."""
    if source is not None:
        return journal.check_passphrase(file_or_stdin.first_line(source, "the age passphrase file"))
    if not questions.can_ask_secret():
        raise UsageError(
            "A passphrase for the file is needed: --age-passphrase-file PATH, or - for standard input."
        )
    chosen = _typed("", "A passphrase for the file", journal.check_passphrase)
    if questions.secret("The same once more:") != chosen:
        raise UsageError("The two were not the same, so nothing was written.")
    return chosen


def two_shares(source: str | None) -> list[str]:
    """Two shares of a will: the first two lines of a file or of stdin, or typed."""
    if source is None and questions.is_interactive():
        return [questions.secret(f"The {which} share:") for which in will.FIRST_AND_SECOND]
    return file_or_stdin.first_lines(source or file_or_stdin.STDIN, "the shares", 2)


def _typed(before: str, question: str, check: Callable[[str], str]) -> str:
    while True:
        if before:
            stderr.say(before)
        chosen = questions.secret(f"{question} (12 characters or more):")
        try:
            return check(chosen)
        except UsageError as error:
            stderr.say(str(error))


def print_secrets(passphrase: DoorPassphrase, recovery: str | None = None) -> None:
    """Print what opens the door from now on.

    The door has changed already, so words that stdout cannot take go to stderr rather than get lost.
    """
    lines = [("passphrase", passphrase.text)] if passphrase.generated else []
    if recovery is not None:
        lines.append(("recovery", recovery))
    for name, words in lines:
        try:
            stdout.field(name, words)
        except (KapjournalError, OSError):
            stderr.say(f"{name}: {words}")


def ask_back(recovery: str | None) -> None:
    """Ask for one of the recovery words that were printed, so that the person compares paper and screen."""
    if recovery is None or not questions.is_interactive():
        return
    if not are_on_paper(recovery):
        stderr.say("The words are on the line above. Please compare your paper with it.")


def show_words(recovery: str) -> None:
    """Show recovery words at the terminal, numbered, none of them broken at the end of a line."""
    numbered = [f"{number:>2} {word:<9}" for number, word in enumerate(recovery.split(), 1)]
    for first in range(0, len(numbered), _IN_A_ROW):
        stderr.say(" ".join(numbered[first : first + _IN_A_ROW]).rstrip())


def are_on_paper(recovery: str, write: str = _WRITE) -> bool:
    """Ask for one of the words of a secret; whether it was the right one within three tries. Before that it
    is said what to `write`."""
    stderr.say(f"{write} {sentences.DRAWN_BY_LOT}")
    words = recovery.split()
    place = recovery_words.choose_place(words)
    for _ in range(_TRIES):
        if recovery_words.is_right(words, place, questions.ask(f"Which one is word {place + 1}?")):
            stderr.say("That is right.")
            return True
        stderr.say("That is another word; look again.")
    return False
