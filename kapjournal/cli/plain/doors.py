"""The doors: which journal, whose door, the passphrase; and the ways in for somebody who has none yet."""

from functools import partial
from pathlib import Path

from kapjournal.cli.lazily import journal
from kapjournal.cli.plain import begin, home
from kapjournal.cli.plain.menus import Entry, Menu, offer
from kapjournal.cli.plain.seat import Host
from kapjournal.cli.plain.talk import Leave
from kapjournal.domain import sentences
from kapjournal.errors import UnlockFailed

_TRIES = 3


def offer_beginnings(host: Host) -> None:
    """The first run: four ways to begin."""
    menu = Menu[Host](
        "How to begin",
        f"This is the beginning. {sentences.ONE_FILE} Each person then opens it through a door of their own.",
        lambda _: _BEGINNINGS,
        top="There is nothing to go back to here. Type quit to leave.",
    )
    host.talk.say(sentences.WHAT_THIS_IS)
    offer(host.talk, menu, host)


def offer_files(host: Host, files: list[Path]) -> None:
    """Several journals lie nearby."""
    entries = [Entry[Host](path.name, "open this journal.", partial(_doors_of, path=path)) for path in files]
    menu = Menu[Host](
        "Which journal",
        "Here you choose the file of a journal. Back leads to the other ways to begin.",
        lambda _: entries,
    )
    offer(host.talk, menu, host)


def offer_doors(host: Host, path: Path) -> None:
    """The doors of one journal. Nothing else of it is said, nor who was here last."""
    menu = Menu[Host](
        "Whose door",
        f"{sentences.DOORS} Choose yours. Nobody else’s passphrase opens what you wrote for yourself.",
        lambda _: [
            *(
                Entry(label, "open this door.", partial(_knock, path=path, label=label))
                for label in journal.doors(path)
            ),
            Entry("join", "Join this journal with a code.", partial(begin.join, path=path)),
            Entry("recover", "Open your door with your recovery words.", partial(begin.recover, path=path)),
            Entry("another", "Another journal, or another way to begin.", offer_beginnings),
            Entry("quit", "Leave.", _leave),
        ],
    )
    host.talk.say(f"The journal is {path.name}.")
    offer(host.talk, menu, host)


def knock(host: Host, path: Path, label: str) -> None:
    """Ask for a passphrase until it opens, three times at most; then be at home."""
    journal.housekeep(path)
    for left in reversed(range(_TRIES)):
        passphrase = host.talk.secret(
            f"The passphrase of {label}:",
            f"This is the door of {label}. What you type is not shown. A forgotten passphrase cannot be "
            f"looked up: go back and choose recover, with your 24 recovery words.\n"
            f"{sentences.WITHOUT_RECOVERY_WORDS}",
        )
        host.talk.say("Opening.")
        try:
            opened = journal.unlock(path, label=label, passphrase=passphrase, record_folder=host.memory)
        except UnlockFailed as error:
            host.talk.say(str(error), "" if left else "That was the third time.")
        else:
            home.live(host, opened)
    raise Leave(asked=False, code=UnlockFailed.exit_code)


def _knock(host: Host, path: Path, label: str) -> None:
    knock(host, path, label)


def _doors_of(host: Host, path: Path) -> None:
    offer_doors(host, path)


def _open(host: Host) -> None:
    offer_doors(host, host.talk.ask_for("The path of the journal’s file:", begin.existing_file))


def _demo(host: Host) -> None:
    offer_doors(host, begin.demo(host))


def _leave(_: Host) -> None:
    raise Leave(asked=True)


_BEGINNINGS = (
    Entry[Host]("start", "Start a journal, for a couple and their therapist.", begin.start),
    Entry[Host]("join", "Join with a code, if somebody invited you.", begin.join),
    Entry[Host]("open", "Open a journal from a file you have.", _open),
    Entry[Host]("demo", "Look around the demo, a couple who do not exist.", _demo),
    Entry[Host]("quit", "Leave.", _leave),
)
