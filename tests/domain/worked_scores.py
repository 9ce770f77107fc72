"""Worked examples of scoring, in values alone: what was answered, and what is known to come of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Worked:
    """One set of answers and what it comes to; None where the measure has no such thing."""

    measure: str
    answers: tuple[int, ...]
    total: int
    band: str | None = None
    safety: bool = False
    reached: bool | None = None
    provisional: bool | None = None
    subscales: dict[str, tuple[int, bool | None]] = field(default_factory=dict)


WORKED = [
    Worked("phq9", (0,) * 9, 0, "minimal", reached=False),
    Worked("phq9", (3,) * 9, 27, "severe", safety=True, reached=True),
    Worked("phq9", (1, 1, 1, 1, 1, 0, 0, 0, 0), 5, "mild", reached=False),
    Worked("phq9", (3, 3, 3, 3, 3, 0, 0, 0, 0), 15, "moderately severe", reached=True),
    Worked("phq9", (3, 3, 3, 3, 3, 3, 2, 0, 0), 20, "severe", reached=True),
    Worked("gad7", (3, 0, 1, 2, 0, 0, 1), 7, "mild", reached=False),
    Worked("gad7", (3, 3, 3, 1, 0, 0, 0), 10, "moderate", reached=True),
    Worked("phq4", (0, 1, 3, 1), 5, "mild", subscales={"anxiety": (1, False), "depression": (4, True)}),
    Worked("csi4", (6, 5, 5, 5), 21, reached=False),
    Worked("csi4", (3, 4, 3, 4), 14, reached=False),
    Worked("csi16", (3,) * 16, 48, reached=True),
    Worked("csi16", (5, *(3,) * 14, 5), 52, reached=False),
    Worked(
        "pcl5",
        (2,) * 20,
        40,
        reached=True,
        provisional=True,
        subscales={"B": (10, None), "C": (4, None), "D": (14, None), "E": (12, None)},
    ),
]
