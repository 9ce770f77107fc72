"""What can be done with words that two approve."""

from kapjournal.tui.actions.action import Action

TOGETHER = (
    Action(
        "together",
        "together",
        ("course",),
        "o",
        "together",
        "Read what the two agree on or authorise, say yes, or ask for less.",
    ),
    Action(
        "write-together",
        "write_together",
        ("together",),
        "n",
        "write",
        "Write something down for both of you.",
        ("together",),
    ),
    Action("say-yes", "approve", ("joint",), "y", "say yes", "Say yes to these words.", ("joint",)),
    Action(
        "yes-here",
        "yes_here",
        ("joint",),
        "h",
        "yes here",
        "Let your partner say yes at this keyboard, through their own door.",
    ),
    Action("say-no", "take_back", ("joint",), "x", "say no", "Say no, or take your yes back."),
    Action("ask-for-less", "narrow", ("joint",), "l", "less", "Ask for less; it counts at once.", ("joint",)),
    Action("new-version", "write_together", ("joint",), "n", "new version", "Write these words anew."),
    Action(
        "put-to-both",
        "done",
        ("joint-form",),
        "ctrl+s",
        "propose",
        "Put these words to the other.",
        ("joint-form",),
        True,
    ),
)
"""From the course, and with what is chosen."""
