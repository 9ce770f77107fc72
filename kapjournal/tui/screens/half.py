"""One half of the loop on the screens, a field at a time."""

from kapjournal.tui import actions
from kapjournal.tui.screens.steps import StepsScreen


class HalfScreen(StepsScreen):
    """Writes the half of the member, alone."""

    NAME = "half"
    BINDINGS = actions.bindings(NAME)
    HELP = (
        "This is your half of the loop that the two of you fall into, a field at a time, in your own words. "
        f"{StepsScreen.HOW} Your partner writes theirs without seeing yours. On the page of the loop, "
        "{release-half} releases it when you want to: each of you reads the other’s once both are released, "
        "and neither before."
    )
