"""What can be done in a practice alone: with its couples."""

from kapjournal.tui.actions.action import Action

COUPLES = (
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
    Action("locate-couple", "locate", ("couples",), "l", "locate", "Say where the chosen journal lies now."),
)
"""With the list of couples."""
