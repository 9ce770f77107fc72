"""The main loop: from the first sentence through doors and locks to the last."""

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kapjournal import config, paths
from kapjournal.content.complaints import complaints
from kapjournal.errors import KapjournalError, NotFound
from kapjournal.plain import doors
from kapjournal.plain.clear_terminal import say_goodbye
from kapjournal.plain.console import HELP_EVERYWHERE, Back, Console, Leave, Locked
from kapjournal.plain.conversation_state import Conversation
from kapjournal.plain.hand_over import pass_keyboard
from kapjournal.stdio import questions

if TYPE_CHECKING:
    from kapjournal.journal import KdfStrength
    from kapjournal.presentation.launch_request import LaunchRequest


def converse(launch: "LaunchRequest", strength: "KdfStrength | None", record_folder: Path | None) -> int:
    """Converse with the person at the console until they leave; returns the exit code."""
    loaded = config.load()
    console = Console(loaded.settings.lock_minutes)
    console.say("This is kapjournal, line by line.", HELP_EVERYWHERE, *loaded.complaints, *complaints())
    conversation = Conversation(console, strength, record_folder)
    if launch.path is not None:
        conversation.notices[launch.path] = launch.notice
    try:
        _open_doors(conversation, launch.path, launch.label)
    except Leave as leave:
        say_goodbye(conversation, asked=leave.asked)
        return leave.code
    return 0


def _open_doors(conversation: Conversation, path: Path | None, label: str | None) -> None:
    """Offer the ways in, and again after every lock; only `Leave` ends it."""
    if path is not None and not path.exists():
        raise NotFound(f"There is no file {path}.")
    nearby = [path] if path else paths.journals_nearby()
    while True:
        try:
            pass_keyboard(conversation)
            if label is not None and len(nearby) == 1:
                with contextlib.suppress(Back):
                    doors.open_door(conversation, nearby[0], label)
            if len(nearby) == 1:
                doors.offer_doors(conversation, nearby[0])
            elif nearby:
                doors.offer_files(conversation, nearby)
            doors.offer_beginnings(conversation)
        except Locked as locked:
            nearby, label = [conversation.path] if conversation.path else nearby, None
            conversation.console.say(
                str(locked),
                "Nothing of the journal is shown until a door is opened again.",
                "What was read is still further up in this terminal. Leaving offers to clear it."
                if questions.is_terminal(sys.stdout)
                else "",
                "The page that was being written waits behind its author’s door."
                if conversation.interrupted
                else "",
            )
        except KapjournalError as error:
            if not nearby:
                raise
            conversation.console.say(str(error))
            nearby = []
