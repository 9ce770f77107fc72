"""The two partners on a page that leaves: where the record says first or second partner, the word stands that
stands for that person in the rest of the text."""

import re
from collections.abc import Mapping

FIRST, SECOND = "first partner", "second partner"
"""How a line of the record calls the two."""

LEAD = re.compile(
    rf"^(?P<minutes>(?:[+-]\d+ min · )?)(?P<who>{FIRST}|{SECOND})"
    r"(?P<what>(?:, session \d+)?(?: · \w+| wrote)?: )",
    re.MULTILINE,
)
"""With what the program begins a line of one of the two."""

_IN_BRACKETS = re.compile(rf"\[(?P<who>{FIRST}|{SECOND})\]")
_OF_HEADING = {"-first": ("the one", FIRST), "-second": ("the other", SECOND)}
"""By the end of its id, what a field is headed with that asks of one of the two."""


def with_words(text: str, words: Mapping[str, str]) -> str:
    """A text with the word for each of the two, where the program speaks of them: at the begin of a line that
    was pulled in, and in brackets. Without `words` it is the same."""
    if not words:
        return text
    begun = LEAD.sub(lambda found: f"{found['minutes']}{words[found['who']]}{found['what']}", text)
    return _IN_BRACKETS.sub(lambda found: words[found["who"]], begun)


def heading_with_words(field: str, heading: str, words: Mapping[str, str]) -> str:
    """The heading of a field likewise: “Alliance with Birch”."""
    for end, (said, who) in _OF_HEADING.items():
        if words and field.endswith(end):
            return heading.replace(said, words[who])
    return heading
