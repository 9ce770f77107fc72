"""The clock of a witness's page, in words."""

from kapjournal.domain.witness import left_of

PASSED = "Seven minutes have passed. Write on as long as you like, or go on."


def on_the_clock(spent: float, *, is_running: bool) -> str:
    """What is left of a stretch after so many seconds, as “6:58”, with the key that stops it or lets it go
    on."""
    left = left_of(spent)
    if not left:
        return PASSED
    what = (
        "{pause-clock} lets it stand still" if is_running else "It stands still; {pause-clock} lets it go on"
    )
    return f"{left // 60}:{left % 60:02}   {what}"
