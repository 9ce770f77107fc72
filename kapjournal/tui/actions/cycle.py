"""What can be done with the loop of two partners, and on the pages that are written in steps."""

from kapjournal.tui.actions.action import Action

IN_STEPS = ("parts", "half", "witness")
"""The screens on which a page is written step by step."""

CYCLE = (
    Action(
        "loop",
        "loop",
        ("course", "reader"),
        "L",
        "loop",
        "See both halves of the loop, once they are released.",
    ),
    Action("write-half", "write_half", ("loop",), "n", "my half", "Write your half of the loop.", ("loop",)),
    Action("open-half", "open_half", ("loop",), "e", "open", "Open your half of the loop."),
    Action(
        "release-half",
        "release",
        ("loop",),
        "r",
        "release",
        "Release your half: each reads the other’s once both are released.",
        ("loop",),
    ),
    Action(
        "otherwise",
        "otherwise",
        ("loop",),
        "o",
        "otherwise",
        "Write down a time it went otherwise.",
    ),
    Action(
        "witness", "witness", ("course",), "Y", "witness", "Look at a disagreement as a witness of good will."
    ),
    Action("step-before", "previous", IN_STEPS, "f4", "step before", "Go back a step.", priority=True),
    Action(
        "step-after", "next", IN_STEPS, "f5", "next step", "Go to the next step.", IN_STEPS, priority=True
    ),
    Action(
        "pause-clock",
        "pause",
        ("witness",),
        "f6",
        "pause",
        "Let the clock stand still, or go on.",
        priority=True,
    ),
)
"""From the course and from a note, on the page of the loop, and on pages in steps."""
