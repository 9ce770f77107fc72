"""A copy of the old journal, and the journal of today into which its people take over what they wrote."""

from tests.golden.todays_journal import made_today, old_file, today

__all__ = ["made_today", "old_file", "today"]
