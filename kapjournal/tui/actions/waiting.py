"""What can be done with pages that wait."""

from kapjournal.tui.actions.action import Action

WAITING = (
    Action("waiting", "waiting", ("course",), "W", "what waits", "See what of yours waits, and for whom."),
    Action("send-now", "send_now", ("waiting",), "s", "send now", "Send the chosen page now.", ("waiting",)),
    Action(
        "keep-for-me",
        "keep_for_me",
        ("waiting",),
        "k",
        "keep it",
        "Keep the chosen page for you: nobody gets it.",
        ("waiting",),
    ),
    Action("open-now", "open_now", ("waiting",), "o", "open it", "Open the chosen letter or decision."),
    Action(
        "close-until",
        "close_until",
        ("reader", "waiting"),
        "D",
        "opens on",
        "Choose the day on which this letter or decision opens.",
    ),
    Action("out-of-tray", "take_back", ("waiting",), "t", "take back", "Take the chosen page back."),
    Action("remove-now", "remove", ("waiting",), "delete", "remove", "Remove the chosen page for good."),
)
"""From the course, and with the page that is chosen."""
