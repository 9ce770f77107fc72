"""Ways in for somebody without a door: start a journal, join one, recover a door, look around the demo."""

import tempfile
from pathlib import Path

from kapjournal import paths, stopping
from kapjournal.cli.lazily import demo as fiction
from kapjournal.cli.lazily import journal
from kapjournal.cli.plain import home
from kapjournal.cli.plain.menus import pick
from kapjournal.cli.plain.new_door import ask_back, new_passphrase, say_recovery
from kapjournal.cli.plain.seat import Host
from kapjournal.cli.plain.talk import Talk
from kapjournal.domain.members import Role, valid_label
from kapjournal.errors import NotFound, UsageError

_LABEL = "What you are called here, a first name or initials:"
_LABEL_HERE = "Your label is written on your door, for whoever opens the file to see."
_CODE_HERE = (
    "The keeper of the journal invited you and gave you a code of six words. It works once. Then you have a "
    "door with a passphrase of your own."
)


def start(host: Host) -> None:
    """Whoever starts a journal is its keeper."""
    talk = host.talk
    talk.say(
        "You start a journal. Whoever starts it is its keeper: they invite the others, and can remove them. "
        "They cannot read what others wrote for themselves."
    )
    label = talk.ask_for(_LABEL, valid_label, _LABEL_HERE)
    role = pick(talk, "What you are to the couple, number or word:", {role.value: role for role in Role})
    passphrase = new_passphrase(talk)
    path = _new_file(talk)
    talk.say("Making the journal.")
    paths.private_folder(path.parent)
    with stopping.held():
        made, recovery = journal.create(
            path,
            label=label,
            role=role,
            passphrase=passphrase,
            strength=host.strength,
            memory=host.memory,
        )
        say_recovery(talk, recovery)
    talk.say(f"The journal is made. Its file is {path}.")
    home.live(host, made, first=lambda: ask_back(talk, recovery))


def join(host: Host, path: Path | None = None) -> None:
    """Be let in with the six words of the keeper."""
    talk = host.talk
    talk.say("You join a journal. Turn the screen to yourself before you go on.")
    code = talk.ask_for("The code, six words:", _words, _CODE_HERE)
    label = talk.ask_for(_LABEL, valid_label, _LABEL_HERE)
    passphrase = new_passphrase(talk)
    file = path or talk.ask_for("The path of the journal’s file:", existing_file)
    talk.say("Joining.")
    with stopping.held():
        joined, recovery = journal.join(
            file,
            code=code,
            label=label,
            passphrase=passphrase,
            strength=host.strength,
            memory=host.memory,
        )
        say_recovery(talk, recovery)
    talk.say("You are in this journal now. The others’ keys meet yours when they next open it.")
    home.live(host, joined, first=lambda: ask_back(talk, recovery))


def recover(host: Host, path: Path) -> None:
    """Open one's door with the recovery words and put a new passphrase on it."""
    talk = host.talk
    words = talk.secret(
        "Your 24 recovery words:",
        "The words you wrote down when your door was made, in their order, with spaces between them.",
    )
    passphrase = new_passphrase(talk)
    talk.say("Opening.")
    with stopping.held():
        opened = journal.recover(
            path,
            words=words,
            passphrase=passphrase,
            strength=host.strength,
            memory=host.memory,
        )
    talk.say(
        f"The door of {opened.me.label} has a new passphrase. The recovery words stay as they are.",
    )
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
        talk.say(
            "This looks like a synced folder. Two computers writing at once would each make a copy that does "
            "not know the other."
        )
    return path


def _words(answer: str) -> str:
    if not answer:
        raise UsageError("The code is six words, as the keeper told you.")
    return answer
