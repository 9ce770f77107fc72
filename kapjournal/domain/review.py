"""The review of a write-up for one recipient: what was found in it, and what a therapist decided of each.

Nothing is decided by the program. What was decided is kept by what it was decided on: the words found, the
line they stand in and what would stand in their place. Where one of these changed it is asked again, and the
rest is not.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kapjournal.domain.members import folded
from kapjournal.domain.write_up_work import Choice, Decided
from kapjournal.errors import Refused

AROUND = 40
"""So many characters are shown before and after what was found."""

NEVER_KEPT = frozenset({"date"})
"""Kinds of what was found that never stay, whoever they are of."""

LAST = "known"
"""The last question of the story check, whether a colleague would know them: it is asked again whenever the
text changed."""

WOULD_KNOW_THEM = "A colleague would know them: change the text first, then it is asked again."


@dataclass(frozen=True, slots=True)
class Section:
    """One field of a write-up as it would leave: its id, heading and text."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a section, from `start` to `end` in code points. `is_listed`: it is of a name that is
    known, and not a number or a pattern alone."""

    section: str
    start: int
    end: int
    kind: str
    text: str
    replacement: str
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What was found once or several times in one line, with the words around the first; `id` is the key of
    what is decided on it."""

    id: str
    heading: str
    before: str
    text: str
    after: str
    kind: str
    replacement: str
    may_stay: bool
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is in no dictionary or capitalised inside a sentence, with the first line it stands in."""

    id: str
    word: str
    line: str
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the story check, and the words of the text that bear on it; `key` is that of what is
    answered to it."""

    id: str
    question: str
    key: str
    words: tuple[str, ...] = ()
    decided: Decided | None = None

    @property
    def would_know_them(self) -> bool:
        """Whether this is the last question, and it was answered that they would be known."""
        said = self.decided.words if self.decided else ""
        return self.id == LAST and re.match(r"yes\b", folded(said)) is not None


@dataclass(frozen=True, slots=True)
class Review:
    """All that was found in a write-up for one recipient, decided or open. `unread` says why the couple's
    journal could not be read, if it could not: the names in it are missing then."""

    write_up: str
    recipient: str
    case_word: str
    unread: str
    sections: tuple[Section, ...]
    found: tuple[Found, ...]
    items: tuple[Item, ...]
    words: tuple[Word, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def open(self) -> int:
        """How much is still to be decided."""
        said = [one.decided for each in (self.items, self.words, self.questions) for one in each]
        return said.count(None)

    @property
    def would_be_known(self) -> bool:
        """Whether a colleague would know them, as the text is now."""
        return any(one.would_know_them for one in self.questions)

    @property
    def is_complete(self) -> bool:
        """Whether the text may leave as far as its review goes."""
        return self.open == 0 and not self.would_be_known

    @property
    def why_not(self) -> str:
        """Why it is not complete, in a sentence; empty if it is."""
        if self.open:
            return f"The review for {self.recipient} is not complete. Still open: {self.open}."
        return WOULD_KNOW_THEM if self.would_be_known else ""

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many identifiers were found, changed, and kept."""
        decided = {one.id: one.decided for one in self.items}
        kept = sum(_is_kept(decided[_key_of(self.sections, one)]) for one in self.found)
        return len(self.found), len(self.found) - kept, kept

    @property
    def changed(self) -> tuple[str, ...]:
        """The words that a therapist put in the place of what was found."""
        said = (one.decided for one in self.items)
        return tuple(one.words for one in said if one is not None and one.choice is Choice.CHANGE)

    def check_complete(self) -> None:
        """Refuse a review in which something is open (`Refused` says how much)."""
        if self.open:
            things = "thing is" if self.open == 1 else "things are"
            raise Refused(
                f"The review for {self.recipient} is not complete: {self.open} {things} still open."
            )
        if self.would_be_known:
            raise Refused(WOULD_KNOW_THEM)

    def replaced(self) -> tuple[Section, ...]:
        """The sections as they leave: what is undecided is replaced, like what was accepted."""
        decided = {one.id: one.decided for one in self.items}
        made = []
        for section in self.sections:
            parts, at = [], 0
            for one in sorted(
                (one for one in self.found if one.section == section.id), key=lambda one: one.start
            ):
                parts += [section.text[at : one.start], _put(one, decided[_key_of(self.sections, one)])]
                at = one.end
            made.append(replace(section, text="".join([*parts, section.text[at:]])))
        return tuple(made)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a therapist says in a review: of the item, word or question of an id, or of a beginning of it.
    With `Choice.NOBODY` the word itself may be said too, with `Choice.STORY` the name of the question."""

    choice: Choice
    about: str
    words: str = ""


# --- putting it together ------------------------------------------------------------------------------------


def items_of(
    sections: Sequence[Section], found: Iterable[Found], decided: Mapping[str, Decided]
) -> tuple[Item, ...]:
    """What was found, each once in its line, in the order of the text."""
    items: dict[str, Item] = {}
    by_id = {section.id: section for section in sections}
    for one in found:
        key, section = _key_of(sections, one), by_id[one.section]
        if key not in items:
            before = section.text[max(0, one.start - AROUND) : one.start]
            after = section.text[one.end : one.end + AROUND]
            may_stay = not one.is_listed and one.kind not in NEVER_KEPT
            said = _standing(decided, key, Choice.ACCEPT, Choice.CHANGE, Choice.KEEP)
            if said is not None and said.choice is Choice.KEEP and not may_stay:
                said = None  # a name was listed since: what was no name before is one now
            items[key] = Item(
                key, section.heading, before, one.text, after, one.kind, one.replacement, may_stay, said
            )
    return tuple(items.values())


def words_of(
    sections: Sequence[Section], words: Iterable[str], decided: Mapping[str, Decided]
) -> tuple[Word, ...]:
    """Words to look at, each once. What was said of one counts as long as it stands in the same lines."""
    lines = [line for section in sections for line in section.text.split("\n")]
    made = []
    for word in words:
        there = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        among = [line for line in lines if there.search(line)]
        key = _key("word", word, *among)
        made.append(Word(key, word, among[0] if among else "", _standing(decided, key, Choice.NOBODY)))
    return tuple(made)


def questions_of(
    questions: Mapping[str, str],
    sections: Sequence[Section],
    leaving: Sequence[Section],
    points: Iterable[tuple[str, str]],
    decided: Mapping[str, Decided],
) -> tuple[Question, ...]:
    """The story check, by the ids of its questions. `points` are the questions that words of the text bear
    on, with these words: an answer counts as long as these are the same, that to the last question as long as
    the whole text is."""
    said: dict[str, list[str]] = {one: [] for one in questions}
    for question, words in points:
        said.setdefault(question, []).append(words)
    made = []
    for one, question in questions.items():
        texts = [part for section in (*sections, *leaving) for part in (section.id, section.text)]
        key = _key("story", one, *(texts if one == LAST else said[one]))
        answer = _standing(decided, key, Choice.STORY)
        made.append(Question(one, question, key, tuple(dict.fromkeys(said[one])), answer))
    return tuple(made)


# --- keys ---------------------------------------------------------------------------------------------------


def _key_of(sections: Sequence[Section], one: Found) -> str:
    text = next(section.text for section in sections if section.id == one.section)
    begin = text.rfind("\n", 0, one.start) + 1
    end = text.find("\n", one.end)
    line = text[begin : len(text) if end < 0 else end]
    return _key("found", one.section, one.kind, one.text, one.replacement, line)


def _key(*parts: str) -> str:
    """Eight bytes of SHA-256 over these parts, each with its length, in hexadecimal."""
    data = b"".join(len(data).to_bytes(8, "big") + data for data in (part.encode() for part in parts))
    return hashlib.sha256(data).hexdigest()[:16]


def _standing(decided: Mapping[str, Decided], key: str, *choices: Choice) -> Decided | None:
    said = decided.get(key)
    return said if said is not None and said.choice in choices else None


def _is_kept(decided: Decided | None) -> bool:
    return decided is not None and decided.choice is Choice.KEEP


def _put(found: Found, decided: Decided | None) -> str:
    if decided is None or decided.choice is Choice.ACCEPT:
        return found.replacement
    return found.text if decided.choice is Choice.KEEP else decided.words
