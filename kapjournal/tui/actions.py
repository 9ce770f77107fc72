"""The registry of actions: keys, footer, palette and help all take what can be done from here.

An action belongs to some screens, by their `NAME`; each has one `action_<method>` for each of its actions.
Actions of `APP` can be done everywhere. Sentences name a key by the action's id in braces, so that they stay
true when keys are changed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import REPLACED_KEYS, key_to_character

APP = "app"

_NAMED = re.compile(r"\{([a-z-]+)\}")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `id` is its name in the settings file; `footer` are the screens that show its key."""

    id: str
    method: str
    screens: tuple[str, ...]
    keys: str
    label: str
    sentence: str
    footer: tuple[str, ...] = ()
    priority: bool = False
    """Takes its key before a field of text does."""

    def binding(self, screen: str) -> Binding:
        """The key binding for one screen."""
        return Binding(
            self.keys,
            self.method,
            self.label,
            show=screen in self.footer,
            priority=self.priority,
            tooltip=self.sentence,
            id=self.id,
        )


_NOTES = ("course", "reader", "drafts")
_INNER = (
    "reader",
    "editor",
    "search",
    "search-across",
    "drafts",
    "history",
    "people",
    "new-recovery-words",
    "new-keys",
    "export",
    "merge",
    "copy",
    "backup",
    "check",
    "attach",
    "save-file",
    "create",
    "add-couple",
    "join",
    "recover",
    "restore",
    "file",
    "settings",
    "dialog",
    "details",
)

ACTIONS: tuple[Action, ...] = (
    Action("new-page", "write", (APP,), "ctrl+n", "write", "Write a new note, from anywhere.", priority=True),
    Action("lock", "lock", (APP,), "ctrl+l", "lock", "Lock the journal now.", (APP,), priority=True),
    Action(
        "help", "help", (APP, "dialog", "details"), "f1,question_mark", "help", "Explain this screen.", (APP,)
    ),
    Action(
        "all", "command_palette", (APP,), "ctrl+p", "all", "Find any of these by its name.", priority=True
    ),
    Action(
        "couples",
        "leave_couple",
        (APP,),
        "f10,ctrl+b",
        "couples",
        "Go back to your couples.",
        (APP,),
        priority=True,
    ),
    Action("quit", "leave", (APP,), "ctrl+q,f12", "quit", "Leave at once, clear the screen.", priority=True),
    Action("write", "write", _NOTES, "n", "write", "Write a new note.", ("course", "drafts")),
    Action(
        "search",
        "search",
        ("course", "reader", "couples"),
        "slash",
        "search",
        "Search all you can read.",
        ("course", "couples"),
    ),
    Action(
        "add-couple",
        "add_couple",
        ("couples",),
        "a",
        "add",
        "Add a couple in whose journal you are.",
        ("couples",),
    ),
    Action(
        "start-couple",
        "start_couple",
        ("couples",),
        "n",
        "start",
        "Start a journal for a couple.",
        ("couples",),
    ),
    Action("rename-couple", "rename", ("couples",), "e", "rename", "Call the chosen couple by another name."),
    Action("couple-up", "move_up", ("couples",), "shift+up", "up", "Move the chosen couple up in your list."),
    Action(
        "couple-down",
        "move_down",
        ("couples",),
        "shift+down",
        "down",
        "Move the chosen couple down in your list.",
    ),
    Action(
        "ask-each-time",
        "ask_each_time",
        ("couples",),
        "o",
        "ask",
        "Let the chosen journal open with this practice, or ask for its own passphrase each time.",
    ),
    Action(
        "withdrawn",
        "withdrawn",
        ("couples",),
        "w",
        "withdrawn",
        "See which pages the chosen couple withdrew or deleted, and which you kept.",
    ),
    Action("locate-couple", "locate", ("couples",), "l", "locate", "Say where the chosen journal lies now."),
    Action("drafts", "drafts", ("course",), "d", "drafts", "Go on with something unfinished."),
    Action("findings", "findings", ("course",), "f", "findings", "Read what is not as its author left it."),
    Action("add-session", "add_session", ("course",), "a", "add session", "Put a session into the course."),
    Action("edit-session", "edit_session", ("course",), "e", "change session", "Change the chosen session."),
    Action("plan", "plan", ("course",), "number_sign", "plan", "Say how many doses are planned."),
    Action("export", "export", ("course",), "x", "export", "Take notes out, into files of your own."),
    Action(
        "merge",
        "merge",
        ("course", "couples"),
        "m",
        "bring in",
        "Bring in another copy of this journal (merge).",
    ),
    Action("copy", "copy", ("course", "couples"), "c", "copy", "Make a copy for another computer of yours."),
    Action(
        "backup", "backup", ("course", "couples"), "b", "backup", "Make a sealed copy of the whole journal."
    ),
    Action(
        "check", "check", ("course", "couples"), "v", "check", "Look whether all is as its author left it."
    ),
    Action(
        "settings",
        "settings",
        ("course", "couples"),
        "comma",
        "settings",
        "Colours, lock time, country, keys.",
    ),
    Action(
        "our-keys", "our_keys", ("settings",), "f8", "first keys", "Undo every change of keys.", ("settings",)
    ),
    Action("to-course", "timeline", ("course",), "left", "course", "Go to the course."),
    Action("to-notes", "notes", ("course",), "right", "notes", "Go to the notes."),
    Action(
        "share",
        "share",
        ("course", "reader"),
        "s",
        "share",
        "Let someone read this note.",
        ("course", "reader"),
    ),
    Action(
        "previous-note",
        "previous_note",
        ("reader",),
        "left_square_bracket",
        "previous",
        "Go to the note before.",
    ),
    Action("next-note", "next_note", ("reader",), "right_square_bracket", "next", "Go to the note after."),
    Action(
        "next-place", "next_place", ("reader",), "f3", "next place", "Go to the next place that was found."
    ),
    Action("edit", "edit", ("reader",), "e", "edit", "Change this note.", ("reader",)),
    Action(
        "withdraw", "withdraw", ("course", "reader"), "w", "withdraw", "Stop sharing this note with someone."
    ),
    Action(
        "done", "done", ("editor",), "ctrl+s", "done", "Finish: the draft becomes a note.", ("editor",), True
    ),
    Action(
        "details",
        "details",
        ("editor",),
        "f2,ctrl+t",
        "details",
        "Kind, session, day, tags, readers.",
        ("editor",),
        True,
    ),
    Action("use-details", "use", ("details",), "ctrl+s", "use these", "Use what is chosen.", priority=True),
    Action("discard", "discard", ("editor",), "f8", "discard", "Throw this draft away.", priority=True),
    Action(
        "discard-chosen", "discard", ("drafts",), "x", "discard", "Throw the chosen draft away.", ("drafts",)
    ),
    Action(
        "people",
        "people",
        ("course", "couples"),
        "p",
        "people",
        "See who is in this journal, invite, compare.",
    ),
    Action(
        "acknowledge",
        "acknowledge",
        ("course", "people"),
        "k",
        "I know",
        "Say that you know who joined.",
        ("people",),
    ),
    Action("invite", "invite", ("people",), "i", "invite", "Invite somebody into this journal.", ("people",)),
    Action("verify", "verify", ("people",), "v", "compare", "Compare 60 digits with the chosen person."),
    Action(
        "cancel-invitation", "cancel_invitation", ("people",), "c", "cancel", "Cancel the chosen invitation."
    ),
    Action(
        "copy-for", "copy_for", ("people",), "y", "copy", "Make a copy for the chosen person, who is invited."
    ),
    Action("remove", "remove", ("people",), "x", "remove", "Remove the chosen person from this journal."),
    Action(
        "change-passphrase",
        "change_passphrase",
        ("course", "people", "couples"),
        "f9",
        "passphrase",
        "Change your passphrase.",
    ),
    Action(
        "recovery-words",
        "new_recovery_words",
        ("course", "people", "couples"),
        "f7",
        "new words",
        "Get new recovery words.",
    ),
    Action(
        "new-keys",
        "new_keys",
        ("course", "people", "couples"),
        "f6",
        "new keys",
        "Get new keys: your passphrase may be known.",
    ),
    # at the doors
    Action("forgot", "forgot", ("doors",), "f3", "forgotten", "Open your door with your recovery words."),
    Action("join", "join", ("doors",), "f4", "join", "Join this journal with a code of six words."),
    Action("another", "another", ("doors",), "f5", "another", "Open another journal, or start one."),
    Action("restore", "restore", ("doors",), "f6", "restore", "Go back to a backup of this journal."),
    # writing
    Action(
        "kind",
        "kind",
        ("editor",),
        "f3",
        "kind",
        "Choose what this page is; its prompts come with it.",
        priority=True,
    ),
    Action(
        "previous-prompt",
        "previous_prompt",
        ("editor",),
        "f4",
        "back",
        "Show the prompt before.",
        priority=True,
    ),
    Action("next-prompt", "next_prompt", ("editor",), "f5", "next", "Show the next prompt.", priority=True),
    Action(
        "take-prompt",
        "take_prompt",
        ("editor",),
        "f9",
        "take",
        "Take the prompt as a heading.",
        priority=True,
    ),
    Action(
        "rendered",
        "rendered",
        ("editor",),
        "ctrl+r",
        "as read",
        "Show the page as it will be read, and back.",
        priority=True,
    ),
    # a note of the member
    Action(
        "history",
        "history",
        ("course", "reader"),
        "h",
        "history",
        "Go through the earlier versions of this note.",
    ),
    Action("sign", "sign", ("reader",), "g", "sign", "Sign and lock this note."),
    Action("co-sign", "cosign", ("reader",), "c", "co-sign", "Put your name under this signed note, too."),
    Action("add-to", "add_to", ("reader",), "a", "add to", "Add to this signed note."),
    Action(
        "set-apart",
        "set_apart",
        ("reader",),
        "u",
        "set apart",
        "Make unsigned words beside this signed note a note of their own.",
    ),
    Action("keep-in-record", "keep", ("reader",), "k", "keep", "Keep a copy of this page in your record."),
    Action("attach", "attach", ("reader",), "f", "attach", "Attach a file to this note."),
    Action(
        "save-file", "save_file", ("reader",), "o", "save file", "Save the chosen file, out of the journal."
    ),
    Action(
        "remove-file",
        "remove_file",
        ("reader",),
        "x",
        "remove file",
        "Remove the chosen file, for all readers.",
    ),
    Action(
        "delete", "delete", ("course", "reader"), "delete", "delete", "Delete this note, for all its readers."
    ),
    Action(
        "use-again",
        "use_again",
        ("history",),
        "u",
        "use again",
        "Use this wording again, as a draft.",
        ("history",),
    ),
    Action("back", "back", _INNER, "escape", "back", "Go back; in the editor, the draft is kept.", _INNER),
)

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
