"""What opens a new door: a passphrase, and the recovery words, one of which is asked back."""

import secrets

from kapjournal.cli.lazily import journal
from kapjournal.cli.plain.talk import WORDS, Back, Talk
from kapjournal.domain import sentences
from kapjournal.errors import KapjournalError

HEADPHONES = "If this is read aloud to you, put on headphones."


def new_passphrase(talk: Talk) -> str:
    """Six offered words, or one's own typed twice."""
    offered = journal.generated_passphrase()
    talk.say(
        "Now your passphrase. These six words are offered; if you take them, write them down by hand.",
        offered,
    )
    while True:
        chosen = talk.secret(
            "Press Enter to take them, or type your own, 12 characters or more:",
            f"{sentences.OFFERED_WORDS} They are: {offered}.",
        )
        if not chosen:
            return offered
        try:
            journal.check_passphrase(chosen)
        except KapjournalError as error:
            talk.say(str(error))
            continue
        if talk.secret("Your own once more:") == chosen:
            return chosen
        talk.say("The two passphrases are not the same.")


def say_recovery(talk: Talk, recovery: str | None, why: str = sentences.RECOVERY_WORDS) -> None:
    """The words, one a line, each with its number."""
    words = (recovery or "").split()
    talk.say(
        "Your recovery words follow. Nobody has a copy.",
        f"{why} Paper or braille is good; a photograph or a file is not.",
        *(f"Word {number} of {len(words)}: {word}" for number, word in enumerate(words, 1)),
    )


def ask_back(talk: Talk, recovery: str | None, *, may_go_back: bool = False) -> None:
    """Let the person find one word on their paper; it stays until that word is right. “lock” and “quit” are
    among the words there are, so those are not asked for."""
    words = (recovery or "").split()
    asked = secrets.choice([place for place, word in enumerate(words) if word not in WORDS])
    talk.say("Now look at what you wrote. Enter alone says the words again.")
    while True:
        try:
            answer = talk.ask(
                f"What is word {asked + 1}?",
                "One of your recovery words is asked back, to be sure of your paper. "
                "Press Enter to hear the words again.",
            )
        except Back:
            if may_go_back:
                raise
            answer = ""
        if not answer:
            say_recovery(talk, recovery)
        elif answer.casefold() == words[asked]:
            talk.say("That is right. Keep the paper where only you look.")
            return
        else:
            talk.say(
                f"That is not word {asked + 1}. Look at your paper, or press Enter to hear the words again."
            )
