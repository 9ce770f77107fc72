"""The demo: a journal of the fictional Ana, Ben and Dr Lee, built through the same use cases a person has.

The texts are in the TOML files beside this one: a file for each person's notes, one for what each
partner reports, and for Dr Lee's practice `practice.toml` with those it names. `story` and `practice_story`
read them; `couple_journal`, `reports`, `measures` and `practice` write them.
"""

from kapjournal.demo.build import (
    FILE_NAME,
    PRACTICE_NAME,
    Demo,
    DemoCouple,
    DemoPractice,
    Door,
    build,
    temporary_folder,
)

__all__ = [
    "FILE_NAME",
    "PRACTICE_NAME",
    "Demo",
    "DemoCouple",
    "DemoPractice",
    "Door",
    "build",
    "temporary_folder",
]
