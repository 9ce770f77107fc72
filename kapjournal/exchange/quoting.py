"""What somebody wrote, as a part of a document.

It cannot be taken for the document's own structure nor, if it is somebody else's, for words of the one who
exports it.
"""

import re

from kapjournal.text import shown

_LEVELS = 3
"""How many the document has of its own: its title, a stretch of the course, a note."""

_HEADING = re.compile(r"(?m)^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t][ \t>]*)*)(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r"(?m)^([ \t>]*)(=+|-+)(?=[ \t]*$)")
_LIVE = re.compile(r"<(?=[A-Za-z/!?])|!(?=\[)|(?<=\]):")
"""Where HTML, an image or the target of a reference begins: what shows, or fetches, more than words."""


def demote_headings(body: str) -> str:
    """A body with its headings below the document's."""
    body = _HEADING.sub(_lower, body)
    return _UNDERLINE.sub(_not_underlined, body)


def quoted(body: str) -> str:
    """Somebody else's body, every line of it marked as quoted; nothing in it is more than words and links."""
    words = _LIVE.sub(lambda found: f"&#{ord(found.group())};", demote_headings(shown(body)))
    return "".join(f"> {line}\n" if line else ">\n" for line in words.removesuffix("\n").split("\n"))


def _lower(found: re.Match[str]) -> str:
    return found[1] + "#" * min(len(found[2]) + _LEVELS, 6)


def _not_underlined(found: re.Match[str]) -> str:
    """A line that makes a heading of the one above becomes a rule, or just what it is made of."""
    is_rule = found[2].startswith("---")
    return found[1] + ("***" if is_rule else "\\" + found[2])
