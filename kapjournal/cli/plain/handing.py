"""One keyboard, two people: the keeper hands it over, the newcomer joins and hands it back."""

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from kapjournal.cli.lazily import journal
from kapjournal.cli.plain import begin, doors, home
from kapjournal.cli.plain.farewell import clear_away
from kapjournal.cli.plain.new_door import HEADPHONES, new_passphrase
from kapjournal.cli.plain.seat import HandOver, Host, Meeting
from kapjournal.cli.plain.talk import Back
from kapjournal.domain import sentences
from kapjournal.domain.members import valid_label
from kapjournal.errors import Refused

if TYPE_CHECKING:
    from kapjournal.journal import Journal


def take_turns(host: Host) -> None:
    """Let whoever's turn it is sit down; returns if it is nobody's, or if they go back."""
    turn, host.turn = host.turn, None
    with contextlib.suppress(Back):
        if isinstance(turn, HandOver):
            _join(host, turn)
        elif isinstance(turn, Meeting):
            clear_away(host.talk)
            host.talk.say(sentences.hand_back(turn.keeper, turn.newcomer))
            host.turn = turn
            doors.knock(host, turn.path, turn.keeper)


def _join(host: Host, turn: HandOver) -> None:
    talk = host.talk
    clear_away(talk)
    talk.say(f"Turn the screen to {turn.name}.", sentences.your_turn(turn.name), HEADPHONES)
    here = f"The journal of {turn.keeper} is locked. Whoever was invited sits down at the keyboard now."
    talk.ask(f"{turn.name}, press Enter to go on:", here)
    passphrase = new_passphrase(talk)
    joined, ask_back = _new_door(host, turn, passphrase)

    def hand_back() -> None:
        ask_back()
        talk.say(f"{joined.me.label}, you are in.")
        if _goes_back(host, turn.keeper):
            host.turn = Meeting(turn.path, turn.keeper, joined.me.label)
            talk.lock()

    home.live(host, joined, first=hand_back)


def _new_door(host: Host, turn: HandOver, passphrase: str) -> "tuple[Journal, begin.AskBack]":
    """Join under the name one was invited by, or another; a name that is taken is asked for again."""
    while True:
        label = host.talk.ask_for(
            f"What you are called here; Enter means {turn.name}:",
            lambda answer: valid_label(answer or turn.name),
            sentences.LABEL,
        )
        host.talk.say("Joining.")
        join = partial(journal.join, turn.path, code=turn.code, label=label, passphrase=passphrase)
        try:
            return begin.new_door(host, join)
        except Refused as error:
            host.talk.say(str(error))


def _goes_back(host: Host, keeper: str) -> bool:
    try:
        return host.talk.yes(
            f"Lock your journal, and give the keyboard back to {keeper}?",
            f"No leads on to your own journal. You can share once {keeper} has opened their door again.",
        )
    except Back:
        return False
