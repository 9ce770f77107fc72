"""The practice will line by line: made, rehearsed, revoked."""

from collections.abc import Sequence

from kapjournal import signals
from kapjournal.domain.will import custodian_and_line
from kapjournal.plain.clear_terminal import clear_for_next_person
from kapjournal.plain.console import RESERVED_WORDS, Back, Console
from kapjournal.plain.conversation_state import Unlocked
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.plain.new_passphrase import HEADPHONES
from kapjournal.presentation import recovery_words, sentences
from kapjournal.presentation import will as saying
from kapjournal.stdio.lazy_imports import journal as journals


def will(practice: Unlocked) -> None:
    """Say what will stands, and offer what can be done with it."""
    practice.console.say(saying.about(practice.journal.will.standing()))
    offer(practice.console, _WILL, practice)


def entries(practice: Unlocked) -> Sequence[Entry[Unlocked]]:
    """What can be done about the will, as it stands."""
    has_one = practice.journal.will.standing() is not None
    return [
        Entry("make", "Make a will, or a new one in its place.", _make),
        Entry("rehearse", "Prove two shares; nothing is opened.", _rehearse, lambda _: has_one),
        Entry("revoke", "Let its shares open nothing any more.", _revoke, lambda _: has_one),
    ]


def _make(practice: Unlocked) -> None:
    console = practice.console
    console.say(saying.WHAT, saying.FIRST)
    practice.journal.keys.confirm_passphrase(console.secret("Your passphrase once more:"))
    custodian, _ = console.ask_for(saying.CUSTODIAN, lambda answer: custodian_and_line(answer, ""))
    _, beside = console.ask_for(saying.BESIDE, lambda answer: custodian_and_line(custodian, answer))
    shares = journals.generated_shares()
    console.say(HEADPHONES)
    try:
        for number, share in enumerate(shares, 1):
            _say_share(console, number, share, custodian)
            _ask_back(console, number, share, custodian)
            console.move_out_of_sight()
    except Back:
        console.say(saying.LEFT)
        return
    with signals.deferred():
        had_one = practice.journal.will.make(shares, custodian, beside)
    console.say(saying.holds(custodian, had_one=had_one))
    clear_for_next_person(console)


def _say_share(console: Console, number: int, share: str, custodian: str) -> None:
    words = share.split()
    console.say(
        f"{saying.heading(number)}. {saying.on_paper(number, custodian)}",
        f"{saying.WRITE} {sentences.DRAWN_BY_LOT}",
        *(f"Word {place} of {len(words)}: {word}" for place, word in enumerate(words, 1)),
    )


def _ask_back(console: Console, number: int, share: str, custodian: str) -> None:
    """Ask for one of its words until the person finds it on their paper."""
    words = share.split()
    asked = recovery_words.choose_place(words, never=RESERVED_WORDS)
    console.say("Now look at what you wrote. Enter alone says the words again.")
    while True:
        answer = console.ask(
            saying.question(number, asked),
            "One word of the share is asked back, to be sure of its paper. Press Enter to hear the words "
            "again, or type back to leave everything as it was.",
        )
        if not answer:
            _say_share(console, number, share, custodian)
        elif recovery_words.is_right(words, asked, answer):
            console.say("That is right.")
            return
        else:
            console.say(
                f"That is not word {asked + 1}. Look at the paper, or press Enter to hear the words again."
            )


def _rehearse(practice: Unlocked) -> None:
    console = practice.console
    console.say(saying.REHEARSING)
    shares = [console.secret(f"The {which} share:", saying.HOW_TO_TYPE) for which in saying.FIRST_AND_SECOND]
    console.say(saying.rehearsed(practice.journal.will.rehearse(shares)))


def _revoke(practice: Unlocked) -> None:
    practice.console.say(saying.REVOKING)
    if practice.console.yes("Revoke your will?"):
        practice.console.say(saying.revoked(practice.journal.will.revoke()))
    else:
        practice.console.say("Nothing was changed.")


_WILL = Menu[Unlocked](
    "Your will",
    saying.WHAT,
    entries,
)
