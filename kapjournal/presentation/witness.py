"""The clock of a witness's page, in words."""

from kapjournal.domain.witness import left_of

PASSED = "Seven minutes have passed. Write on as long as you like, or go on."
STANDS = "The clock stands still."


def on_the_clock(spent: float, *, is_running: bool) -> str:
    """What is left of a stretch, as “6:58”, after so many seconds."""
    left = left_of(spent)
    if not left:
        return PASSED
    shown = f"{left // 60}:{left % 60:02}"
    return shown if is_running else f"{shown}   {STANDS}"
