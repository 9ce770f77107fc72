"""The registry of actions: keys, footer, palette and help all take what can be done from here.

An action belongs to some screens, by their `NAME`; each has one `action_<method>` for each of its actions.
Actions of `APP` can be done everywhere. Sentences name a key by the action's id in braces, so that they stay
true when keys are changed. What can be done where stands in the modules beside this one.
"""

import re
from collections.abc import Iterator, Mapping

from textual.binding import BindingType
from textual.keys import REPLACED_KEYS, key_to_character

from kapjournal.tui.actions.action import APP, Action
from kapjournal.tui.actions.course import COURSE, DOORS, PEOPLE, UPKEEP
from kapjournal.tui.actions.cycle import CYCLE
from kapjournal.tui.actions.dialogue import DIALOGUE
from kapjournal.tui.actions.everywhere import BACK, EVERYWHERE
from kapjournal.tui.actions.keeping import KEEPING
from kapjournal.tui.actions.measures import ANSWERING, ANSWERS, MEASURES
from kapjournal.tui.actions.notes import NOTES, SHARING, WRITING
from kapjournal.tui.actions.practice import COUPLES, PAD, RECORD, WILL
from kapjournal.tui.actions.roles import is_for
from kapjournal.tui.actions.self_reports import SELF_REPORTS
from kapjournal.tui.actions.supervision import SUPERVISION
from kapjournal.tui.actions.together import TOGETHER
from kapjournal.tui.actions.waiting import WAITING

__all__ = [
    "ACTIONS",
    "APP",
    "BY_ID",
    "OF_A_PRACTICE",
    "Action",
    "bindings",
    "character",
    "is_for",
    "key_name",
    "keys_of",
    "of",
    "with_keys",
]

ACTIONS: tuple[Action, ...] = (
    *EVERYWHERE,
    *COUPLES,
    *RECORD,
    *SUPERVISION,
    *PAD,
    *WILL,
    *COURSE,
    *DIALOGUE,
    *SHARING,
    *KEEPING,
    *WAITING,
    *TOGETHER,
    *MEASURES,
    *UPKEEP,
    *PEOPLE,
    *DOORS,
    *WRITING,
    *NOTES,
    *ANSWERING,
    *ANSWERS,
    *SELF_REPORTS,
    *CYCLE,
    *BACK,
)
"""All of them, in the order in which footer, help and palette name those of a screen."""

_NAMED = re.compile(r"\{([a-z-]+)\}")

OF_A_PRACTICE = frozenset(
    {
        *("couples", "keep-in-record", "shares", "try-shares"),
        *(action.id for action in (*COUPLES, *RECORD, *SUPERVISION, *PAD, *WILL)),
    }
)
"""What there is in a practice alone: elsewhere nothing is said of it, not even why it cannot be done."""

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

_KEY_NAMES = {"escape": "Esc", "delete": "Delete", "left": "←", "right": "→", "up": "↑", "down": "↓"}


def character(key: str) -> str | None:
    """The character a key writes, if it writes one: “/” for `slash`."""
    return key_to_character(REPLACED_KEYS.get(key, key))


def key_name(keys: str) -> str:
    """The first of an action's keys as it is printed on a keyboard: “Ctrl+S”, “F1”, “n”, “?”."""
    held, plus, key = keys.partition(",")[0].rpartition("+")
    if not plus and len(key) == 1:
        return key
    name = _KEY_NAMES.get(key) or character(key) or key.capitalize()
    return "+".join(
        [*(part.capitalize() for part in held.split("+") if part), name.upper() if plus else name]
    )


def keys_of(action: Action, changed: Mapping[str, str]) -> str:
    """The keys of an action, as the person changed them, or as they came."""
    return changed.get(action.id, action.keys)


def with_keys(text: str, changed: Mapping[str, str]) -> str:
    """A text with the key's name wherever it names an action: “Press {write} to write.”"""
    return _NAMED.sub(lambda found: key_name(keys_of(BY_ID[found.group(1)], changed)), text)


def of(screen: str) -> Iterator[Action]:
    """The actions of one screen, in the order of the registry."""
    return (action for action in ACTIONS if screen in action.screens)


def bindings(screen: str) -> list[BindingType]:
    """The key bindings of a screen or the app, for its `BINDINGS`."""
    return [action.binding(screen) for action in of(screen)]
