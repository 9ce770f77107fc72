"""Where in a TOML file something stands, so that a person who edits one by hand is told the line."""

import re


def at_line(text: str, field: str) -> str:
    """“, line 3” for the first line that sets `field`, or that opens a table of that name; else nothing."""
    name = re.escape(field.rpartition(".")[2])
    sets = re.compile(rf"""\s*(?:["']?{name}["']?\s*=|\[+\s*{name}\s*\]+)""")
    lines = (number for number, line in enumerate(text.split("\n"), 1) if sets.match(line))
    number = next(lines, 0)
    return f", line {number}" if number else ""
