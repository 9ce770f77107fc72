"""The words of the field and their rules, in pure Python: members, readers, sessions, notes, the course."""
