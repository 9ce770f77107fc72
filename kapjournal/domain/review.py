"""The review of a write-up for one recipient: what was found in it, and what a therapist decided of each.

Nothing is decided by the program. What was decided is kept by what it was decided on: the words found, the
line they stand in and what would stand in their place. Where one of these changed it is asked again, and the
rest is not.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kapjournal.domain.members import folded
from kapjournal.domain.partner_words import heading_with_words, with_words
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
    """What was found in a section, from `start` to `end` in code points. `is_listed`: a known name reaches
    into it, and it is not a number or a pattern alone. `item` is the id of the item it is decided with."""

    section: str
    start: int
    end: int
    kind: str
    text: str
    replacement: str
    is_listed: bool = False
    item: str = ""


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
    two: Mapping[str, str] = field(default_factory=dict)
    """The words for the two, by what the record calls each; none where it is not known who is who."""
    has_changed: bool = False
    """Whether something was decided before on what is not there any more: its words or its line changed."""

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
        kept = sum(_is_kept(decided[one.item]) for one in self.found)
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
        """The sections as they leave: what is undecided is replaced, like what was accepted, and the two have
        their words."""
        decided = {one.id: one.decided for one in self.items}
        by_section: dict[str, list[Found]] = {section.id: [] for section in self.sections}
        for one in self.found:
            by_section[one.section].append(one)
        made = []
        for section in self.sections:
            parts, at = [], 0
            for one in sorted(by_section[section.id], key=lambda one: one.start):
                parts += [section.text[at : one.start], _put(one, decided[one.item])]
                at = one.end
            text = with_words("".join([*parts, section.text[at:]]), self.two)
            heading = heading_with_words(section.id, section.heading, self.two)
            made.append(replace(section, heading=heading, text=text))
        return tuple(made)

    def with_decided(self, decided: Mapping[str, Decided]) -> "Review":
        """The same with what was decided, by the keys of what it was decided on. An answer to a question of
        the story check counts as long as the words that bear on it are the same, that to the last question as
        long as the whole text is."""
        items = tuple(replace(one, decided=_of_item(decided, one)) for one in self.items)
        words = tuple(replace(one, decided=_standing(decided, one.id, Choice.NOBODY)) for one in self.words)
        now = replace(self, items=items, words=words)
        texts = [part for one in (*self.sections, *now.replaced()) for part in (one.id, one.text)]
        keyed = (
            replace(one, key=_key("story", one.id, *texts)) if one.id == LAST else one
            for one in self.questions
        )
        questions = tuple(replace(one, decided=_standing(decided, one.key, Choice.STORY)) for one in keyed)
        keys = {one.id for one in items} | {one.id for one in words} | {one.key for one in questions}
        return replace(now, questions=questions, has_changed=not decided.keys() <= keys)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a therapist says in a review: of the item, word or question of an id, or of a beginning of it.
    With `Choice.NOBODY` the word itself may be said too, with `Choice.STORY` the name of the question."""

    choice: Choice
    about: str
    words: str = ""


# --- putting it together ------------------------------------------------------------------------------------


def by_item(sections: Iterable[Section], found: Iterable[Found]) -> tuple[Found, ...]:
    """What was found, each with the id of its item: the same words in the same line are one."""
    lines = {section.id: _Lines(section.text) for section in sections}
    return tuple(replace(one, item=lines[one.section].key_of(one)) for one in found)


def items_of(sections: Iterable[Section], found: Iterable[Found]) -> tuple[Item, ...]:
    """The items of what was found, in the order of the text."""
    items: dict[str, Item] = {}
    by_id = {section.id: section for section in sections}
    for one in found:
        if one.item not in items:
            section = by_id[one.section]
            before = section.text[max(0, one.start - AROUND) : one.start]
            after = section.text[one.end : one.end + AROUND]
            may_stay = not one.is_listed and one.kind not in NEVER_KEPT
            items[one.item] = Item(
                one.item, section.heading, before, one.text, after, one.kind, one.replacement, may_stay
            )
    return tuple(items.values())


def words_of(lines: Iterable[tuple[str, Collection[str]]], words: Iterable[str]) -> tuple[Word, ...]:
    """Words to look at, each once; `lines` are those of the text with the words in each. What was said of a
    word counts as long as it stands in the same lines."""
    first: dict[str, str] = {}
    keys: dict[str, list[str]] = {word: [] for word in words}
    for line, inside in lines:
        key = _key(line)
        for word in keys.keys() & set(inside):
            first.setdefault(word, line)
            keys[word].append(key)
    return tuple(Word(_key("word", word, *among), word, first.get(word, "")) for word, among in keys.items())


def questions_of(questions: Mapping[str, str], points: Iterable[tuple[str, str]]) -> tuple[Question, ...]:
    """The story check, by the ids of its questions. `points` are the questions that words of the text bear
    on, with these words."""
    said: dict[str, list[str]] = {one: [] for one in questions}
    for question, words in points:
        said[question].append(words)
    return tuple(
        Question(one, question, _key("story", one, *said[one]), tuple(dict.fromkeys(said[one])))
        for one, question in questions.items()
    )


# --- keys ---------------------------------------------------------------------------------------------------


class _Lines:
    """The lines of a text, and the key of what was found in one of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in re.finditer("\n", text))]
        self._keys: dict[tuple[int, int], str] = {}

    def key_of(self, one: Found) -> str:
        """The same for the same words in the same line, or lines."""
        begin = self._starts[bisect_right(self._starts, one.start) - 1]
        after = bisect_right(self._starts, one.end)
        end = self._starts[after] - 1 if after < len(self._starts) else len(self._text)
        if (begin, end) not in self._keys:
            self._keys[begin, end] = _key(self._text[begin:end])
        return _key("found", one.section, one.kind, one.text, one.replacement, self._keys[begin, end])


def _key(*parts: str) -> str:
    """Eight bytes of SHA-256 over these parts, each with its length, in hexadecimal."""
    data = b"".join(len(data).to_bytes(8, "big") + data for data in (part.encode() for part in parts))
    return hashlib.sha256(data).hexdigest()[:16]


def _standing(decided: Mapping[str, Decided], key: str, *choices: Choice) -> Decided | None:
    said = decided.get(key)
    return said if said is not None and said.choice in choices else None


def _of_item(decided: Mapping[str, Decided], item: Item) -> Decided | None:
    said = _standing(decided, item.id, Choice.ACCEPT, Choice.CHANGE, Choice.KEEP)
    return None if _is_kept(said) and not item.may_stay else said  # a name that was listed since


def _is_kept(decided: Decided | None) -> bool:
    return decided is not None and decided.choice is Choice.KEEP


def _put(found: Found, decided: Decided | None) -> str:
    if decided is None or decided.choice is Choice.ACCEPT:
        return found.replacement
    return found.text if decided.choice is Choice.KEEP else decided.words
