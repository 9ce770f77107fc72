"""What opens a new door: a passphrase, and the recovery words, one of which is asked back."""

from collections.abc import Callable

from kapjournal.errors import KapjournalError
from kapjournal.plain.console import RESERVED_WORDS, Back, Console
from kapjournal.presentation import recovery_words, sentences
from kapjournal.stdio.lazy_imports import journal

HEADPHONES = "If this is read aloud to you, put on headphones."


def new_passphrase(console: Console, check: Callable[[str], str]) -> str:
    """The passphrase for a new door: six offered words, or words of the person's own, typed twice.

    `check` refuses a weak one (`UsageError`).
    """
    offered = journal.generated_passphrase()
    console.say(
        "Now your passphrase. These six words are offered; if you take them, write them down by hand.",
        offered,
    )
    again = f"The six words that are offered are: {offered}."
    while True:
        chosen = console.secret(
            "Press Enter to take them, or type your own, 12 characters or more:",
            f"{sentences.OFFERED_WORDS} They are: {offered}.",
        )
        if not chosen:
            return offered
        try:
            check(chosen)
        except KapjournalError as error:
            console.say(str(error), again)
            continue
        if console.secret("Your own once more:") == chosen:
            return chosen
        console.say("The two passphrases are not the same.", again)


def say_recovery(console: Console, recovery: str | None, why: str = sentences.RECOVERY_WORDS) -> None:
    """Say the recovery words, a word a line, each with its number."""
    words = (recovery or "").split()
    console.say(
        "Your recovery words follow. Nobody has a copy.",
        f"{why} Paper or braille is good; a photograph or a file is not.",
        sentences.DRAWN_BY_LOT,
        *(f"Word {number} of {len(words)}: {word}" for number, word in enumerate(words, 1)),
    )


def ask_back(console: Console, recovery: str | None, *, may_go_back: bool = False) -> None:
    """Ask for one of the words until the person finds it on their paper.

    “lock” and “quit” can be among the words and mean something here, so those are never asked for.
    """
    words = (recovery or "").split()
    asked = recovery_words.choose_place(words, never=RESERVED_WORDS)
    console.say("Now look at what you wrote. Enter alone says the words again.")
    while True:
        try:
            answer = console.ask(
                recovery_words.question(asked),
                "One of your recovery words is asked back, to be sure of your paper. "
                "Press Enter to hear the words again.",
            )
        except Back:
            if may_go_back:
                raise
            answer = ""
        if not answer:
            say_recovery(console, recovery)
        elif recovery_words.is_right(words, asked, answer):
            console.say("That is right. Keep the paper where only you look.")
            return
        else:
            console.say(
                f"That is not word {asked + 1}. Look at your paper, or press Enter to hear the words again."
            )
