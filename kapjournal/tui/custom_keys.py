"""Which keys an action can have: none that another needs on the same screen, none that writes."""

from collections.abc import Mapping

from kapjournal.text import shown_line
from kapjournal.tui import actions
from kapjournal.tui.actions import Action

_FIXED = {
    *("enter", "tab", "shift+tab", "space", "up", "down", "left", "right"),
    *("backspace", "delete", "home", "end", "pageup", "pagedown", "ctrl+c", "ctrl+x", "ctrl+v"),
}
"""What moves, chooses and edits everywhere."""

_READING = {
    *("course", "reader", "drafts", "brought", "history", "people", "couples"),
    *("records", "record", "record-history", "pad"),
}
"""Screens with nothing to type into; on every other a plain letter is a letter."""


def why_not(action: Action, keys: str, changed: Mapping[str, str]) -> str:
    """Why an action cannot have these keys beside those already changed; empty if it can."""
    for key in keys.split(","):
        if key not in action.keys.split(",") and (no := _why_unusable(action, key)):
            return no
        if taken := _taken_by(action, key, changed):
            is_hidden = taken.id in actions.OF_A_PRACTICE
            what = "in another room." if is_hidden else f"in the same room: {taken.sentence}"
            return f"{actions.key_name(key)} is taken {what}"
    return ""


def _why_unusable(action: Action, key: str) -> str:
    if not _is_a_key(key):
        return f"There is no key “{shown_line(key)}”."
    if key in _FIXED:
        return f"{actions.key_name(key)} is needed for moving and writing."
    if (action.priority or not _READING.issuperset(action.screens)) and _writes(key):
        return f"{actions.key_name(key)} is for writing there; take one with Ctrl, or F1 to F12."
    return ""


def _is_a_key(key: str) -> bool:
    last = key.rpartition("+")[2]
    function = last[:1] == "f" and last[1:].isdecimal()
    return function or last in _FIXED | {"escape", "insert"} or bool(actions.character(last))


def _writes(key: str) -> bool:
    return (actions.character(key) or "\n").isprintable()


def _taken_by(action: Action, key: str, changed: Mapping[str, str]) -> Action | None:
    """The action that has a key on one of the same screens; what there is in a practice alone comes last, as
    nothing is said of that to others."""
    others = sorted(actions.ACTIONS, key=lambda other: other.id in actions.OF_A_PRACTICE)
    there = (other for other in others if other.id != action.id and _share_a_screen(action, other))
    return next((other for other in there if key in actions.keys_of(other, changed).split(",")), None)


def _share_a_screen(one: Action, other: Action) -> bool:
    everywhere = actions.APP in one.screens or actions.APP in other.screens
    return everywhere or bool(set(one.screens).intersection(other.screens))


def usable(given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The keys a person chose that can be had, by action, and a sentence for each that cannot."""
    kept = {name: keys for name, keys in given.items() if name in actions.BY_ID}
    complaints = [f"There is no action “{name}” to give a key to." for name in given if name not in kept]
    while refused := {name: no for name in kept if (no := why_not(actions.BY_ID[name], kept[name], kept))}:
        name, sentence = refused.popitem()
        complaints.append(f"The key of “{name}” stays as it was. {sentence}")
        del kept[name]
    return kept, complaints
