"""Onboarding: start a journal or a practice, join one, recover a door, look around the demo."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths, signals
from kapjournal.domain.members import JournalKind, valid_label
from kapjournal.errors import NotWhole, UsageError
from kapjournal.plain import behind_the_door, people
from kapjournal.plain.console import Console
from kapjournal.plain.conversation_state import Conversation
from kapjournal.plain.menus import pick
from kapjournal.plain.new_passphrase import HEADPHONES, ask_back, new_passphrase, say_recovery
from kapjournal.presentation import couples, restoring, sentences, will
from kapjournal.presentation.demo_notice import demo_notice
from kapjournal.presentation.progress import in_quarters
from kapjournal.stdio.lazy_imports import demo as fiction
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import Journal

AskBack = Callable[[], None]
"""Asks a newcomer for one of their recovery words."""

_LABEL = "What you are called here, a first name or initials:"
_CODE_HELP = (
    "The keeper of the journal invited you and gave you a code of six words. It works once. Then you have a "
    "door with a passphrase of your own."
)


def start(conversation: Conversation) -> None:
    """Start a journal, as its keeper."""
    conversation.console.say("You start a journal.", sentences.KEEPER)
    _start(conversation, JournalKind.COURSE, "journal")


def start_practice(conversation: Conversation) -> None:
    """Start a practice, as its keeper."""
    conversation.console.say("You start a practice.", couples.PRACTICE, couples.ONE_FOR_ALL)
    _start(conversation, JournalKind.PRACTICE, "practice")


def _start(conversation: Conversation, kind: JournalKind, what: str) -> None:
    console = conversation.console
    label = console.ask_for(_LABEL, valid_label, sentences.LABEL)
    role = people.pick_role(console, "What you are", kind)
    passphrase = new_passphrase(console, _judged(label))
    path = _new_file(console, what)
    offers_practice = couples.offers_practice(kind, role)
    console.say(f"Making the {what}.")
    paths.private_folder(path.parent)
    make = partial(journal.create, path, label=label, role=role, passphrase=passphrase, kind=kind)
    made, ask_one_back = new_door(conversation, make)
    console.say(f"The {what} is made. Its file is {path}.")
    if offers_practice:
        console.say(f"{couples.ONE_DOOR} It is started where you started this journal.")
    behind_the_door.enter(conversation, made, first=ask_one_back)


def join(conversation: Conversation, path: Path | None = None) -> None:
    """Join a journal with the six words of its keeper."""
    console = conversation.console
    console.say("You join a journal. Turn the screen to yourself before you go on.", HEADPHONES)
    file = path or console.ask_for("The path of the journal’s file:", paths.typed_file)
    code = console.ask_for("The code, six words:", _words, _CODE_HELP)
    label = console.ask_for(_LABEL, valid_label, sentences.LABEL)
    passphrase = new_passphrase(console, _judged(label, file.stem, *journal.doors(file)))
    console.say("Joining.")
    joined, ask_one_back = new_door(
        conversation, partial(journal.join, file, code=code, label=label, passphrase=passphrase)
    )
    console.say(sentences.JOINED)
    behind_the_door.enter(conversation, joined, first=ask_one_back)


def recover(conversation: Conversation, path: Path) -> None:
    """Open a door with its recovery words, or with two shares of a will, and put a new passphrase on it.
    Shares can be tried without that."""
    console = conversation.console
    words = console.secret(
        "Your 24 recovery words, or one of two shares:",
        "The words you wrote down when your door was made, in their order, with spaces between them. Numbers "
        f"and capitals do not matter.\n{sentences.WITHOUT_RECOVERY_WORDS}\n{will.KEEPERS}",
    )
    if not journal.is_rather_a_share(words):
        _recover(conversation, path, partial(journal.recover, words=words), sentences.RECOVERED)
        return
    shares = words, console.secret("The other share:", will.HOW_TO_TYPE)
    console.say(will.RECOVERING)
    if pick(console, "Open it, or only try the shares?", {"open": False, "try": True}, will.DEEDS):
        console.say("Trying the shares.")
        journal.check_shares(path, shares)
        console.say(will.WOULD_OPEN)
    else:
        _recover(conversation, path, partial(journal.recover_with_shares, shares=shares), will.RECOVERED)


def _recover(conversation: Conversation, path: Path, recover: "Callable[..., Journal]", said: str) -> None:
    console = conversation.console
    passphrase = new_passphrase(console, _judged(path.stem, *journal.doors(path)))
    console.say("Opening.")
    with signals.deferred():
        opened = recover(
            path,
            passphrase=passphrase,
            strength=conversation.strength,
            record_folder=conversation.record_folder,
        )
    console.say(said)
    behind_the_door.enter(conversation, opened)


def restore(conversation: Conversation, path: Path) -> None:
    """Put a backup in the place of the journal, and open it."""
    console = conversation.console
    console.say(restoring.RESTORING)
    backup = console.ask_for("Where is the backup? Its path:", paths.typed_file)
    label = console.ask_for("What you are called there:", valid_label)
    passphrase = console.secret("Your passphrase of the day it was made:", restoring.OF_THAT_DAY)
    console.say("Restoring.")
    go_back = partial(journal.restore, backup, path, label=label, passphrase=passphrase)
    try:
        done = go_back(follow=in_quarters(console.say))
    except NotWhole as error:
        console.say(str(error), restoring.AS_DAMAGED)
        if not console.yes(restoring.ALL_THE_SAME):
            console.say(restoring.NOT_RESTORED)
            return
        done = go_back(damaged=True, follow=in_quarters(console.say))
    console.say(*restoring.restored(path, done))
    opened = journal.unlock(
        path, label=label, passphrase=passphrase, record_folder=conversation.record_folder
    )
    behind_the_door.enter(conversation, opened)


def demo(conversation: Conversation) -> Path:
    """Make the journal of a fictional couple, which goes with the program; its doors say what opens it."""
    conversation.console.say("Making the demo, which takes a few seconds.")
    made = fiction.build(fiction.temporary_folder(), record_folder=conversation.record_folder)
    doors = ((door.label, door.role.value, door.passphrase) for door in made.doors)
    conversation.notices[made.path] = demo_notice(doors, goes=True)
    return made.path


def new_door(
    conversation: Conversation, make: "Callable[..., tuple[Journal, str | None]]"
) -> "tuple[Journal, AskBack]":
    """Make a door and say its recovery words before any signal can keep them from being heard.

    Returns the open journal and the question for one of the words, which is still to be asked.
    """
    with signals.deferred():
        opened, recovery = make(strength=conversation.strength, record_folder=conversation.record_folder)
        say_recovery(conversation.console, recovery)
    return opened, partial(ask_back, conversation.console, recovery)


def _judged(*familiar: str) -> Callable[[str], str]:
    return partial(journal.check_passphrase, familiar=familiar)


def _new_file(console: Console, name: str) -> Path:
    offered = paths.free_file(name)
    console.say(f"The file will be {offered}.")
    answer = console.ask("Press Enter to take it, or type another path:")
    path = paths.typed_journal(answer) if answer else offered
    if paths.is_synced(path):
        console.say(sentences.SYNCED)
    return path


def _words(answer: str) -> str:
    if not answer:
        raise UsageError("The code is six words, as the keeper told you.")
    return answer
