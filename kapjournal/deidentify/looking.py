"""The words of a text that a human should look at: in no dictionary, or with a capital inside a sentence."""

import re
from collections.abc import Sequence

from kapjournal.deidentify.findings import Finding

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def words_to_look_at(text: str, findings: Sequence[Finding]) -> list[str]:
    """The words in no dictionary or with a capital inside a sentence, each once, in order of appearance.

    What stands inside a finding is passed over.
    """
    inside = {at for finding in findings for at in range(finding.start, finding.end)}
    words = (
        one.group()
        for one in _WORD.finditer(text)
        if one.start() not in inside
        and one.group()[0].isupper()
        and re.search(r"\w[,;]?\s$", text[: one.start()][-3:])
    )
    return list(dict.fromkeys(words))
