"""What can be done with what two approved, beside reading it."""

from kapjournal.tui.actions.action import Action

KEEPING = (
    Action(
        "booklet",
        "booklet",
        ("course", "together"),
        "K",
        "booklet",
        "Save a booklet of what you two approved.",
        ("together",),
    ),
    Action(
        "appreciation",
        "appreciation",
        ("joint-form",),
        "f3",
        "thanks",
        "Put in an appreciation that you shared before.",
        ("joint-form",),
        True,
    ),
    Action(
        "own-brief",
        "own_brief",
        ("brought",),
        "b",
        "your page",
        "Read your own page before the session.",
        ("brought",),
    ),
    Action(
        "save-brief", "save_page", ("own-brief",), "x", "save", "Save this page in a file.", ("own-brief",)
    ),
)
"""A booklet of it, and a partner's own page before a session."""
