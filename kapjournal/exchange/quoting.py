"""The body of a note as a part of an exported document.

A body cannot be mistaken for the structure of the document. Another member's body also cannot be mistaken for
words of the member who exports it.
"""

import re

from kapjournal.text import shown

_LEVELS = 3
"""How many levels of headings the document uses: its title, the stretches of the course, the notes."""

_HEADING = re.compile(r"(?m)^([ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t][ \t>]*)*)(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r"(?m)^([ \t>]*)(=+|-+)(?=[ \t]*$)")
_LIVE = re.compile(r"<(?=[A-Za-z/!?])|!(?=\[)|(?<=\]):")
"""Where HTML, an image or the target of a reference begins: these show or load more than the words."""


def demote_headings(body: str) -> str:
    """A body whose headings are all below those of the document."""
    body = _HEADING.sub(_lower, body)
    return _UNDERLINE.sub(_not_underlined, body)


def quoted(body: str) -> str:
    """Another member's body with every line marked as quoted, and nothing active in it but links."""
    words = _LIVE.sub(lambda found: f"&#{ord(found.group())};", demote_headings(shown(body)))
    return "".join(f"> {line}\n" if line else ">\n" for line in words.removesuffix("\n").split("\n"))


def _lower(found: re.Match[str]) -> str:
    return found[1] + "#" * min(len(found[2]) + _LEVELS, 6)


def _not_underlined(found: re.Match[str]) -> str:
    """A line that would make a heading of the line above becomes a rule, or plain characters."""
    is_rule = found[2].startswith("---")
    return found[1] + ("***" if is_rule else "\\" + found[2])
