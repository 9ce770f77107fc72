"""Journal files of older formats: the steps from each to the next, and how a file is carried forward."""

from kapjournal.store.migrations.runner import migrate
from kapjournal.store.migrations.steps import STEPS, Step

__all__ = ["STEPS", "Step", "migrate"]
