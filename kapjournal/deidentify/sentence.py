"""Where sentences begin, and when a capital there says nothing."""

import re

_REACH = 48
_BEGINNING = re.compile(
    r"(?:\A|[.!?…:;。！？][\"'”’»)\]*_~`]*\s|\n\s*\n|\n[ \t]*(?:[-*+>#|]+|\d{1,3}[.)])[ \t]|"
    r"[\"“‘«„(\[—–]|[ \t]-)"
    r"[\s*_~`\"“‘«„(\[#>+-]*\Z"
)
_SAYS_NOTHING = re.compile(
    r"\s+(?:you|he|she|it|we|they|I|this|that|these|those|there|the|an?|my|your|our|his|her|their|to|not|any\w+|"
    r"some\w+|every\w+)\b",
    re.IGNORECASE,
)


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence, a quotation or a list item begins at a place."""
    before = text[max(0, at - _REACH) : at]
    if at > _REACH:
        before = f"\ufffd{before}"
    return _BEGINNING.search(before) is not None


def is_plain_word(text: str, start: int, end: int) -> bool:
    """Whether an everyday word with a capital is likely no name: it begins a sentence, or is in capitals
    throughout, and what follows is what follows a verb, as in “Will you” or “Hope to”."""
    word = text[start:end]
    is_loud = len(word) > 1 and word.isupper()
    return (is_loud or begins_sentence(text, start)) and _SAYS_NOTHING.match(text, end, end + 24) is not None
