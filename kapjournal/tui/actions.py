"""Everything a person can do on a screen, said once: it feeds the keys, the footer, the palette and help.

A room is the part of the program an action belongs to; a screen names its room and has one `action_<name>`
method for each action of it. `APP` is everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding, BindingType

APP = "app"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: the rooms it belongs to, its method, keys, the footer's word and help's sentence."""

    rooms: tuple[str, ...]
    name: str
    keys: str
    label: str
    sentence: str
    in_footer: bool = False
    at_once: bool = False
    """Takes its key before a field of text does."""

    def binding(self, room: str) -> Binding:
        """The key binding for one room; its id stays, so that keys can be changed by name."""
        return Binding(
            self.keys,
            self.name,
            self.label,
            show=self.in_footer,
            priority=self.at_once,
            tooltip=self.sentence,
            id=f"{room}.{self.name}",
        )


ACTIONS: tuple[Action, ...] = (
    Action((APP,), "write", "ctrl+n", "write", "Write a new note, from anywhere.", at_once=True),
    Action((APP,), "lock", "ctrl+l", "lock", "Lock the journal now.", in_footer=True, at_once=True),
    Action((APP,), "help", "f1,question_mark", "help", "Explain this screen.", in_footer=True),
    Action((APP,), "command_palette", "ctrl+p", "all", "Find any of these by its name.", at_once=True),
    Action((APP,), "leave", "ctrl+q,f12", "quit", "Leave at once and clear the screen.", at_once=True),
    Action(("course", "drafts"), "write", "n", "write", "Write a new note.", in_footer=True),
    Action(("reader",), "write", "n", "write", "Write a new note."),
    Action(("course",), "search", "slash", "search", "Search all you can read.", in_footer=True),
    Action(("reader",), "search", "slash", "search", "Search all you can read."),
    Action(("course",), "drafts", "d", "drafts", "Go on with something unfinished."),
    Action(("course",), "findings", "f", "findings", "Read what is not as its author left it."),
    Action(("course",), "spine", "left", "course", "Go to the course."),
    Action(("course",), "notes", "right", "notes", "Go to the notes."),
    Action(("course",), "share", "s", "share", "Let someone read the chosen note.", in_footer=True),
    Action(("reader",), "edit", "e", "edit", "Change this note.", in_footer=True),
    Action(("reader",), "share", "s", "share", "Let someone read this note.", in_footer=True),
    Action(("reader",), "withdraw", "w", "withdraw", "Stop sharing this note with someone."),
    Action(("editor",), "done", "ctrl+s", "done", "Finish: the draft becomes a note.", True, True),
    Action(("editor",), "details", "f2,ctrl+t", "details", "Kind, session, day, tags, readers.", True, True),
    Action(("editor",), "discard", "f8", "discard", "Throw this draft away.", at_once=True),
    Action(("drafts",), "discard", "x", "discard", "Throw the chosen draft away.", in_footer=True),
    Action(
        ("reader", "editor", "search", "drafts", "create", "join", "file", "dialog"),
        "back",
        "escape",
        "back",
        "Go back; in the editor, the draft is kept.",
        in_footer=True,
    ),
)


_KEY_NAMES = {"question_mark": "?", "slash": "/", "escape": "Esc", "left": "←", "right": "→"}


def key_name(keys: str) -> str:
    """The first of an action's keys as it is printed on a keyboard: “Ctrl+S”, “F1”, “n”."""
    key = keys.partition(",")[0]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key.removeprefix("ctrl+").upper()
    return _KEY_NAMES.get(key, key.upper() if key[1:].isdigit() else key)


def of(room: str) -> Iterator[Action]:
    """The actions of one room, in the order of the registry."""
    return (action for action in ACTIONS if room in action.rooms)


def bindings(room: str) -> list[BindingType]:
    """What a screen (or the app) sets as its `BINDINGS`."""
    return [action.binding(room) for action in of(room)]
