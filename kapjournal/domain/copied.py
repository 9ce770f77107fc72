"""Whether a text says word for word what another says, also where that was typed and not pulled in."""

import re
from collections.abc import Iterable, Iterator, Sequence

from kapjournal.domain.folding import IN_SPACELESS, composed, folded

RUN = 8
"""So many words in a row are those of the other text, and no chance."""
SHORTEST = 4
"""A sentence of so many words is, too; a shorter one can be anybody's."""

_SENTENCE_ENDS = re.compile("[.!?;:\n\u3002\uff1f\uff01]+")

Runs = set[tuple[str, ...]]


def copied(texts: Iterable[str], others: Iterable[str]) -> str:
    """Words of one of `others` that stand in `texts`: a short sentence as a whole, of a longer one `RUN`
    words in a row. Empty if there are none. It takes time by the length of both."""
    there: Runs = set()
    for text in texts:
        found = words(text)
        for length in range(SHORTEST, RUN + 1):
            there |= set(runs(found, length))
    sentences = (words(sentence) for text in others for sentence in _SENTENCE_ENDS.split(text))
    for sentence in sentences:
        if len(sentence) >= SHORTEST:
            same = (run for run in runs(sentence, min(RUN, len(sentence))) if run in there)
            if found_run := next(same, None):
                return " ".join(found_run)
    return ""


def runs(found: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """Every so many words in a row."""
    return (tuple(found[at : at + length]) for at in range(len(found) - length + 1))


def words(text: str) -> list[str]:
    """The words of a text as they are compared. Of what is written without spaces, each two characters that
    stand beside each other are one: such a line is not one long word."""
    found: list[str] = []
    for word in re.findall(r"[^\W_]+", composed(folded(text))):
        at = 0
        for run in IN_SPACELESS.finditer(word):
            found += [word[at : run.start()]] if run.start() > at else []
            signs, at = run.group(), run.end()
            found += [signs[place : place + 2] for place in range(max(1, len(signs) - 1))]
        found += [word[at:]] if at < len(word) else []
    return found
