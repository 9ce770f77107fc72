"""HTML elements that a body leaves open: whoever shows the page would take all that follows into them."""

import re
from collections import Counter
from html.parser import HTMLParser

_EMPTY = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_ENDED_ANYWAY = frozenset(["html", "head", "body", "p"])

_NAME = re.compile("[a-z][a-z0-9-]*")

_OUT_OF_A_TAG = "<!-- \"'> -->"
"""Ends a comment, and a tag in the middle of whose quoted value the text ends."""


def closing(html: str) -> str:
    """Lines that close what the HTML of a body leaves open; empty if that is nothing."""
    reader = _Reader()
    reader.feed(html)
    lines = []
    begun = reader.rawdata.lstrip()
    if begun.startswith("<") and reader.cdata_elem is None:
        lines.append("<!-- -->" if begun.startswith("<!--") else _OUT_OF_A_TAG)
        reader.feed(lines[0])
    for tag in reversed(reader.begun):
        if reader.still_open[tag] > 0:
            reader.still_open[tag] -= 1
            lines.append(f"</{tag}>")
    return "".join(f"{line}\n" for line in lines)


class _Reader(HTMLParser):
    """What ends an element does not end those begun inside it: such as `<b>`, a browser takes up again behind
    it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.begun: list[str] = []
        self.still_open: Counter[str] = Counter()

    def handle_starttag(self, tag: str, _: object) -> None:
        """An element that has no end, or ends with the next paragraph, is not opened."""
        if tag not in _EMPTY and tag not in _ENDED_ANYWAY and _NAME.fullmatch(tag):
            self.begun.append(tag)
            self.still_open[tag] += 1

    def handle_startendtag(self, tag: str, attributes: object) -> None:
        """A slash at the end of a tag ends no element in HTML."""
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        """What was not begun is not ended."""
        if self.still_open[tag]:
            self.still_open[tag] -= 1
