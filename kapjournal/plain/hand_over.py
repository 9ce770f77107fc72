"""Handing the keyboard over: the keeper invites, the newcomer joins at the same console and hands it back."""

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from kapjournal.domain.members import valid_label
from kapjournal.errors import Refused
from kapjournal.plain import behind_the_door, doors, onboarding
from kapjournal.plain.clear_terminal import clear_for_next_person
from kapjournal.plain.console import Back
from kapjournal.plain.conversation_state import Conversation, KeeperTurn, NewcomerTurn
from kapjournal.plain.new_passphrase import HEADPHONES, new_passphrase
from kapjournal.presentation import sentences
from kapjournal.stdio.lazy_imports import journal

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def pass_keyboard(conversation: Conversation) -> None:
    """Give the keyboard to the person whose turn it is; returns if there is none, or if they go back."""
    turn, conversation.turn = conversation.turn, None
    with contextlib.suppress(Back):
        if isinstance(turn, NewcomerTurn):
            _join(conversation, turn)
        elif isinstance(turn, KeeperTurn):
            clear_for_next_person(conversation.console)
            conversation.console.say(sentences.hand_back(turn.keeper, turn.newcomer))
            conversation.turn = turn
            door = turn.within
            path, label = (door.path, door.label) if door else (turn.path, turn.keeper)
            doors.open_door(conversation, path, label)


def _join(conversation: Conversation, turn: NewcomerTurn) -> None:
    console = conversation.console
    conversation.path = turn.path  # what the newcomer comes to by going back, and no practice
    clear_for_next_person(console)
    console.say(f"Turn the screen to {turn.name}.", sentences.your_turn(turn.name), HEADPHONES)
    help_text = f"The journal of {turn.keeper} is locked. Whoever was invited sits down at the keyboard now."
    console.ask(f"{turn.name}, press Enter to go on:", help_text)
    familiar = (turn.name, turn.path.stem, *journal.doors(turn.path))
    passphrase = new_passphrase(console, partial(journal.check_passphrase, familiar=familiar))
    joined, ask_back = _new_door(conversation, turn, passphrase)

    def hand_back() -> None:
        ask_back()
        console.say(f"{joined.me.label}, you are in.")
        if _goes_back(conversation, turn.keeper):
            conversation.turn = KeeperTurn(turn.path, turn.keeper, joined.me.label, turn.within)
            console.lock()

    behind_the_door.enter(conversation, joined, first=hand_back)


def _new_door(
    conversation: Conversation, turn: NewcomerTurn, passphrase: str
) -> "tuple[Journal, onboarding.AskBack]":
    """Join under the name of the invitation or another; a name that is taken is asked for again."""
    while True:
        label = conversation.console.ask_for(
            f"What you are called here; Enter means {turn.name}:",
            lambda answer: valid_label(answer or turn.name),
            sentences.LABEL,
        )
        conversation.console.say("Joining.")
        join = partial(journal.join, turn.path, code=turn.code, label=label, passphrase=passphrase)
        try:
            return onboarding.new_door(conversation, join)
        except Refused as error:
            conversation.console.say(str(error))


def _goes_back(conversation: Conversation, keeper: str) -> bool:
    try:
        return conversation.console.yes(
            f"Lock your journal, and give the keyboard back to {keeper}?",
            f"No leads on to your own journal. You can share once {keeper} has opened their door again.",
        )
    except Back:
        return False
