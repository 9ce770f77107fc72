"""A review as it is shown: what was found in its line, and what was decided."""

import re
from collections.abc import Iterator, Mapping, Sequence

from kapjournal.domain.pulling import pulled_as
from kapjournal.domain.review import Item, Question, Review, Word
from kapjournal.domain.supervision import Pulled
from kapjournal.domain.write_up_work import Choice, Decided
from kapjournal.text import excerpt, shown_line

OPEN = "open"
_BEFORE, _AFTER = 20, 60
"""So many characters stand around a word in its line."""
COMPLETE = "The review is complete: this text may leave to {recipient}, as far as it goes."
UNREAD = "Their journal was not read, and the names in it are not known here: {why}"
STANDS_FOR = "For {recipient}: {words}. That stays with you."
_IN_WORDS = {
    Choice.ACCEPT: "accepted",
    Choice.CHANGE: "changed",
    Choice.KEEP: "kept",
    Choice.NOBODY: "means nobody",
    Choice.STORY: "answered",
}


def decided_in_words(decided: Decided | None) -> str:
    """“kept: the title of a film”, or that it is open."""
    if decided is None:
        return OPEN
    return shown_line(": ".join(filter(None, (_IN_WORDS[decided.choice], decided.words))))


def in_its_line(item: Item, begin: str = "[", end: str = "]") -> str:
    """What was found with the words around it, in brackets or between other signs."""
    before, after = item.before.rpartition("\n")[2], item.after.partition("\n")[0]
    return shown_line(f"{before}{begin}{item.text}{end}{after}".strip())


def item_cells(item: Item) -> tuple[str, ...]:
    """Id, decision, what it is, the words, what would stand there, heading, and its line."""
    said = decided_in_words(item.decided)
    return item.id, said, item.kind, item.text, item.replacement, item.heading, in_its_line(item)


def word_cells(word: Word) -> tuple[str, ...]:
    """Id, decision, “word”, the word, nothing, nothing, and its line."""
    return word.id, decided_in_words(word.decided), "word", word.word, "-", "-", shown_line(word.line.strip())


def word_in_its_line(word: Word, begin: str = "[", end: str = "]") -> str:
    """A word where it stands first, in brackets or between other signs, with as much around it as one row has
    room for."""
    line = word.line.strip()
    at = re.search(rf"(?<!\w){re.escape(word.word)}(?!\w)", line, re.IGNORECASE)
    if at is None:
        return excerpt(line)
    before, after = line[: at.start()], line[at.end() :]
    if len(before) > _BEFORE:
        before = f"… {before[-_BEFORE:].partition(' ')[2]}"
    if len(after) > _AFTER:
        after = f"{after[:_AFTER].rpartition(' ')[0]} …"
    return shown_line(f"{before}{begin}{at.group()}{end}{after}")


def question_cells(one: Question) -> tuple[str, ...]:
    """Name, decision, “story”, the words that bear on it, nothing, nothing, and the question."""
    words = ", ".join(one.words) or "-"
    return one.id, decided_in_words(one.decided), "story", shown_line(words), "-", "-", one.question


def rows(review: Review, *, everything: bool = False) -> Iterator[tuple[str, ...]]:
    """What is open, or `everything`, as cells: what was found, then words, then the story check."""
    for item in review.items:
        if everything or item.decided is None:
            yield item_cells(item)
    for word in review.words:
        if everything or word.decided is None:
            yield word_cells(word)
    for question in review.questions:
        if everything or question.decided is None or question.would_know_them:
            yield question_cells(question)


def state(review: Review) -> str:
    """Whether it is complete, and what is missing."""
    if review.is_complete:
        return COMPLETE.format(recipient=review.recipient)
    return review.why_not


def who_is_who(words: Mapping[str, str]) -> str:
    """“Birch is Ana, Kettle is Port Ellery”, for the therapist alone; empty before any word was drawn."""
    return shown_line(", ".join(f"{word} is {name}" for name, word in words.items()))


def every_who_is_who(words_for: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """A sentence for each recipient who has words."""
    for recipient, words in words_for.items():
        if words:
            yield STANDS_FOR.format(recipient=shown_line(recipient), words=who_is_who(words))


def from_where(field: str, line: str, sources: Sequence[Pulled]) -> str:
    """Where a line of a field came from, for the therapist alone; empty if it was not pulled in."""
    found = pulled_as(line, [one for one in sources if one.field == field])
    return shown_line(found.said or found.source) if found else ""
