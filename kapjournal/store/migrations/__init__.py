"""Journal files of older formats: the steps from each to the next, and how a file is carried forward."""

from kapjournal.store.migrations.migrate import STEPS, Step, migrate

__all__ = ["STEPS", "Step", "migrate"]
