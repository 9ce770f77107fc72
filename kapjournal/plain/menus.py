"""Menus are lists of entries: a number, a word, a sentence, and what is done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from kapjournal.domain.members import folded
from kapjournal.errors import KapjournalError
from kapjournal.plain.console import Back, Console

T = TypeVar("T")
V = TypeVar("V")

CLOSE = object()
"""What an entry hands back when there is nothing left to choose in its menu."""

_AT_ONCE = 20
"""So many entries are said before one is asked whether to hear more."""


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One thing to choose. An entry without a `word` is chosen by its number."""

    word: str
    sentence: str
    does: Callable[[T], object]
    when: Callable[[T], bool] = lambda _: True

    @property
    def said(self) -> str:
        """The entry behind its number."""
        return f"{self.word}: {self.sentence}" if self.word else self.sentence


@dataclass(frozen=True)
class Menu(Generic[T]):
    """`here` is what help says; `nothing` is said where there is nothing to choose, and the menu ends;
    `top` is said where back leads nowhere."""

    title: str
    here: str
    entries: Callable[[T], Sequence[Entry[T]]]
    nothing: str = ""
    top: str = ""


def offer(console: Console, menu: Menu[T], subject: T) -> None:
    """Let somebody choose from a menu until they go back or an entry closes it."""
    said: list[str] = []
    while True:
        try:
            entries = [entry for entry in menu.entries(subject) if entry.when(subject)]
            if menu.nothing and not entries:
                console.say(menu.nothing)
                return
            lines = [f"{number}. {entry.said}" for number, entry in enumerate(entries, 1)]
            here = f"{menu.here} Press Enter to hear the choices."
            answer = _say_what_is_new(console, menu.title, lines, said, here)
            said = lines
            answer = answer or console.ask(f"{menu.title}, your choice:", here)
        except Back:
            if not menu.top:
                return
            console.say(menu.top)
            continue
        place = find(answer, [entry.word for entry in entries], [entry.sentence for entry in entries])
        if not answer:
            said = []
        elif place is None:
            console.say(f"There is no choice “{answer}” here. Press Enter to hear the choices.")
        elif _is_closed_by(console, entries[place], subject):
            return


def _is_closed_by(console: Console, entry: Entry[T], subject: T) -> bool:
    """Do what was chosen; going back from it, and what keeps it from being done, lead to the menu again."""
    try:
        return entry.does(subject) is CLOSE
    except Back:
        return False
    except KapjournalError as error:
        console.say(str(error))
        return False


def _say_what_is_new(
    console: Console, title: str, lines: Sequence[str], said: Sequence[str], here: str
) -> str:
    """All entries the first time, afterwards those that changed. Of a long list some at a time: what is
    answered then, if it is not only Enter, is a choice."""
    if len(lines) == len(said):
        console.say(*(line for line, before in zip(lines, said, strict=True) if line != before))
        return ""
    console.say(f"{title}. Choose by number or word.")
    for start in range(0, len(lines), _AT_ONCE):
        console.say(*lines[start : start + _AT_ONCE])
        rest = len(lines) > start + _AT_ONCE
        if rest and (answer := console.ask(f"{title}, your choice, or Enter to hear more:", here)):
            return answer
    return ""


def pick(
    console: Console,
    question: str,
    choices: Mapping[str, V],
    about: Mapping[str, str] = MappingProxyType({}),
    *,
    aloud: bool = True,
) -> V:
    """One of a few values by number or word, with something `about` some words; not `aloud`, they are said by
    help only. The word "" is what Enter means."""
    words = [word for word in choices if word]
    said = [f"{word}: {about[word]}" if word in about else word for word in words]
    lines = [f"{number}. {line}" for number, line in enumerate(said, 1)]
    if aloud:
        console.say("Choose one of these:", *lines)
    while True:
        answer = console.ask(question, "\n".join(["You can answer, by number or word:", *lines]))
        if not answer and "" in choices:
            return choices[""]
        place = find(answer, words)
        if place is not None:
            return choices[words[place]]
        console.say("That is none of these:", *lines)


def find(answer: str, *columns: Sequence[str]) -> int | None:
    """Which line is meant: by its number, by a whole word, by a beginning that only one of them has."""
    if answer.isdecimal() and len(answer) < 6:
        place = int(answer) - 1
        return place if 0 <= place < len(columns[0]) else None
    wanted = folded(answer)
    for column in columns if wanted else ():
        words = [folded(word) for word in column]
        if wanted in words:
            return words.index(wanted)
        fitting = [place for place, word in enumerate(words) if word.startswith(wanted)]
        if len(fitting) == 1:
            return fitting[0]
    return None
