"""Ways in for somebody without a door: start a journal, join one, recover a door, look around the demo."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import paths, signals
from kapjournal.cli.lazily import demo as fiction
from kapjournal.cli.lazily import journal
from kapjournal.cli.plain import home
from kapjournal.cli.plain.menus import pick
from kapjournal.cli.plain.new_door import HEADPHONES, ask_back, new_passphrase, say_recovery
from kapjournal.cli.plain.seat import Host
from kapjournal.cli.plain.talk import Talk
from kapjournal.domain import sentences
from kapjournal.domain.members import Role, valid_label
from kapjournal.errors import NotFound, UsageError

if TYPE_CHECKING:
    from kapjournal.journal import Journal

AskBack = Callable[[], None]
"""Lets a newcomer find one of their recovery words on the paper."""

_LABEL = "What you are called here, a first name or initials:"
_CODE_HERE = (
    "The keeper of the journal invited you and gave you a code of six words. It works once. Then you have a "
    "door with a passphrase of your own."
)


def start(host: Host) -> None:
    """Whoever starts a journal is its keeper."""
    talk = host.talk
    talk.say("You start a journal.", sentences.KEEPER)
    label = talk.ask_for(_LABEL, valid_label, sentences.LABEL)
    role = pick(talk, "What you are to the couple, number or word:", {role.value: role for role in Role})
    passphrase = new_passphrase(talk)
    path = _new_file(talk)
    talk.say("Making the journal.")
    paths.private_folder(path.parent)
    make = partial(journal.create, path, label=label, role=role, passphrase=passphrase)
    made, ask_one_back = new_door(host, make)
    talk.say(f"The journal is made. Its file is {path}.")
    home.live(host, made, first=ask_one_back)


def join(host: Host, path: Path | None = None) -> None:
    """Be let in with the six words of the keeper."""
    talk = host.talk
    talk.say("You join a journal. Turn the screen to yourself before you go on.", HEADPHONES)
    file = path or talk.ask_for("The path of the journal’s file:", existing_file)
    code = talk.ask_for("The code, six words:", _words, _CODE_HERE)
    label = talk.ask_for(_LABEL, valid_label, sentences.LABEL)
    passphrase = new_passphrase(talk)
    talk.say("Joining.")
    joined, ask_one_back = new_door(
        host, partial(journal.join, file, code=code, label=label, passphrase=passphrase)
    )
    talk.say(sentences.JOINED)
    home.live(host, joined, first=ask_one_back)


def recover(host: Host, path: Path) -> None:
    """Open one's door with the recovery words and put a new passphrase on it."""
    talk = host.talk
    words = talk.secret(
        "Your 24 recovery words:",
        "The words you wrote down when your door was made, in their order, with spaces between them. Numbers "
        f"and capitals do not matter.\n{sentences.WITHOUT_RECOVERY_WORDS}",
    )
    passphrase = new_passphrase(talk)
    talk.say("Opening.")
    with signals.deferred():
        opened = journal.recover(
            path, words=words, passphrase=passphrase, strength=host.strength, record_folder=host.memory
        )
    talk.say(sentences.RECOVERED)
    home.live(host, opened)


def demo(host: Host) -> Path:
    """Make the journal of a fictional couple in a temporary folder, and say what opens it."""
    host.talk.say("Making the demo, which takes a few seconds.")
    made = fiction.build(Path(tempfile.mkdtemp(prefix="kapjournal-demo-")), memory=host.memory)
    host.talk.say(
        "Everybody in it is fiction. Their passphrases:",
        *(f"{door.label}, {door.role.value}: {door.passphrase}" for door in made.doors),
    )
    return made.path


def new_door(host: Host, make: "Callable[..., tuple[Journal, str | None]]") -> "tuple[Journal, AskBack]":
    """Have a door made, say its recovery words before any signal can keep them from being heard, and return
    the open journal with the question that is still to come."""
    with signals.deferred():
        opened, recovery = make(strength=host.strength, record_folder=host.memory)
        say_recovery(host.talk, recovery)
    return opened, partial(ask_back, host.talk, recovery)


def existing_file(answer: str) -> Path:
    """The path of a file that is there (`NotFound`)."""
    if not answer or not (path := paths.typed(answer)).is_file():
        raise NotFound("There is no such file.")
    return path


def _new_file(talk: Talk) -> Path:
    offered = paths.free_file()
    talk.say(f"The file will be {offered}.")
    answer = talk.ask("Press Enter to take it, or type another path:")
    path = paths.typed_journal(answer) if answer else offered
    if paths.is_synced(path):
        talk.say(sentences.SYNCED)
    return path


def _words(answer: str) -> str:
    if not answer:
        raise UsageError("The code is six words, as the keeper told you.")
    return answer
