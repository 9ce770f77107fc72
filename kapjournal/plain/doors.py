"""The doors: which journal, whose door, the passphrase; and the ways in for a person who has none yet."""

from functools import partial
from pathlib import Path

from kapjournal import paths
from kapjournal.errors import UnlockFailed
from kapjournal.plain import backups, behind_the_door, onboarding
from kapjournal.plain.console import Leave
from kapjournal.plain.conversation_state import Conversation
from kapjournal.plain.menus import Entry, Menu, offer
from kapjournal.presentation import couples, sentences
from kapjournal.presentation.progress import in_quarters
from kapjournal.stdio.lazy_imports import journal

_TRIES = 3


def offer_beginnings(conversation: Conversation) -> None:
    """Offer the ways to begin, as on the first run."""
    menu = Menu[Conversation](
        "How to begin",
        f"This is the beginning. {sentences.ONE_FILE} Each person then opens it through a door of their own.",
        lambda _: _BEGINNINGS,
        top="There is nothing to go back to here. Type quit to leave.",
        way_out="quit",
    )
    conversation.console.say(sentences.WHAT_THIS_IS)
    offer(conversation.console, menu, conversation)


def offer_files(conversation: Conversation, files: list[Path]) -> None:
    """Offer the journals that lie nearby."""
    entries = [
        Entry[Conversation](paths.from_here(path), "open this journal.", partial(offer_doors, path=path))
        for path in files
    ]
    menu = Menu[Conversation](
        "Which journal",
        "Here you choose the file of a journal. Back leads to the other ways to begin.",
        lambda _: entries,
    )
    offer(conversation.console, menu, conversation)


def offer_doors(conversation: Conversation, path: Path) -> None:
    """Offer the doors of a journal; nothing else of it is said, nor who was here last."""
    menu = Menu[Conversation](
        "Whose door",
        f"{sentences.DOORS} Choose yours. Nobody else’s passphrase opens what you wrote for yourself.",
        lambda _: [
            *(
                Entry(label, "open this door.", partial(open_door, path=path, label=label))
                for label in journal.doors(path)
            ),
            Entry("join", "Join this journal with a code.", partial(onboarding.join, path=path)),
            Entry(
                "recover", "Open your door with your recovery words.", partial(onboarding.recover, path=path)
            ),
            Entry("restore", "Go back to a backup.", partial(onboarding.restore, path=path)),
            Entry("check backup", "Hear what one holds.", partial(backups.check, path=path)),
            Entry("another", "Another journal, or another way to begin.", offer_beginnings),
            Entry("quit", "Leave.", _leave),
        ],
    )
    notice = conversation.notices.get(path, "")
    conversation.console.say(f"The journal is {path.name}.", *notice.split("\n"))
    offer(conversation.console, menu, conversation)


def open_door(conversation: Conversation, path: Path, label: str) -> None:
    """Ask for a passphrase, three times at most, until it opens; then enter."""
    journal.housekeep(path)
    for left in reversed(range(_TRIES)):
        passphrase = conversation.console.secret(
            f"The passphrase of {label}:",
            f"This is the door of {label}. What you type is not shown. A forgotten passphrase cannot be "
            f"looked up: go back and choose recover, with your 24 recovery words.\n"
            f"{sentences.WITHOUT_RECOVERY_WORDS}",
        )
        conversation.console.say("Opening.")
        try:
            opened = journal.unlock(
                path,
                label=label,
                passphrase=passphrase,
                record_folder=conversation.record_folder,
                follow=in_quarters(conversation.console.say),
            )
        except UnlockFailed as error:
            conversation.console.say(str(error), "" if left else "That was the third time.")
        else:
            behind_the_door.enter(conversation, opened)
    raise Leave(asked=False, code=UnlockFailed.exit_code)


def _open(conversation: Conversation) -> None:
    offer_doors(
        conversation,
        conversation.console.ask_for("The path of the journal’s file:", paths.typed_file),
    )


def _demo(conversation: Conversation) -> None:
    offer_doors(conversation, onboarding.demo(conversation))


def _leave(_: Conversation) -> None:
    raise Leave(asked=True)


_BEGINNINGS = (
    Entry[Conversation]("start", "Start a journal, for a couple and their therapist.", onboarding.start),
    Entry[Conversation]("practice", f"{couples.BEGIN}.", onboarding.start_practice),
    Entry[Conversation]("join", "Join with a code, if somebody invited you.", onboarding.join),
    Entry[Conversation]("open", "Open a journal from a file you have.", _open),
    Entry[Conversation]("demo", "Look around the demo, a couple who do not exist.", _demo),
    Entry[Conversation]("quit", "Leave.", _leave),
)
