"""The page of a neutral witness: how long each of its stretches is, by a clock that forces nothing."""

STRETCH = 7 * 60
"""How many seconds a stretch has; after Finkel et al. (2013), who asked for three of seven minutes."""


def left_of(spent: float) -> int:
    """How many whole seconds of a stretch are left after so many; none, where it is longer by now."""
    return max(STRETCH - int(spent), 0)
