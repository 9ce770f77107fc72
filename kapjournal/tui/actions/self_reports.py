"""What can be done with check-ins and after-effects cards: from their list, on their pages, with one."""

from kapjournal.tui.actions.action import Action

SELF_REPORTS = (
    Action("check-in", "check_in", ("check-ins",), "n", "check in", "Begin a check-in.", ("check-ins",)),
    Action(
        "after-effects",
        "after_effects",
        ("check-ins",),
        "a",
        "after a dose",
        "Say what you noticed after a dose, for the clinic.",
        ("check-ins",),
    ),
    Action(
        "trends",
        "trends",
        ("check-ins", "self-report"),
        "c",
        "trends",
        "Show check-ins over the course.",
    ),
    Action("trend-before", "before", ("trends",), "left", "before", "Show the sliders before."),
    Action("trend-after", "after", ("trends",), "right", "more", "Show the other sliders."),
    Action("more-sliders", "more", ("check-in",), "f4", "more sliders", "Show more sliders.", ("check-in",)),
    Action(
        "report-done",
        "done",
        ("check-in", "after-effects"),
        "ctrl+s",
        "done",
        "Keep it, for its readers.",
        ("check-in", "after-effects"),
        priority=True,
    ),
    Action(
        "discard-report",
        "discard",
        ("check-in", "after-effects"),
        "f8",
        "discard",
        "Throw this away.",
        priority=True,
    ),
    Action(
        "share-report", "share", ("self-report",), "s", "share", "Let somebody read it.", ("self-report",)
    ),
    Action("withdraw-report", "withdraw", ("self-report",), "w", "withdraw", "Stop sharing it."),
    Action(
        "delete-report", "delete", ("self-report",), "delete", "delete", "Delete it, for all its readers."
    ),
)
"""From the course, and around what a partner reports of themselves."""
