"""Menus: lists of entries, chosen by a number, a word or the beginning of one."""

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
"""What the action of an entry returns when there is nothing left to choose in its menu."""

_AT_ONCE = 20
"""So many entries are said before the person is asked whether to hear more."""


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A thing to choose: offered `when` it fits; without a `word` it is chosen by its number."""

    word: str
    sentence: str
    action: Callable[[T], object]
    when: Callable[[T], bool] = lambda _: True

    @property
    def line(self) -> str:
        """The words of the entry, to stand behind its number."""
        return f"{self.word}: {self.sentence}" if self.word else self.sentence


@dataclass(frozen=True)
class Menu(Generic[T]):
    """A list of entries about one subject.

    `help_text` is what help says; `nothing` is said where there is nothing to choose, and ends the menu;
    `top` is said where back leads nowhere. One that `is_whole` is said at once, however long it is.
    """

    title: str
    help_text: str
    entries: Callable[[T], Sequence[Entry[T]]]
    nothing: str = ""
    top: str = ""
    is_whole: bool = False


def offer(console: Console, menu: Menu[T], subject: T) -> None:
    """Run a menu until the person goes back or an entry closes it."""
    said: list[str] = []
    while True:
        try:
            entries = [entry for entry in menu.entries(subject) if entry.when(subject)]
            if menu.nothing and not entries:
                console.say(menu.nothing)
                return
            lines = [f"{number}. {entry.line}" for number, entry in enumerate(entries, 1)]
            help_text = f"{menu.help_text} Press Enter to hear the choices."
            at_once = max(len(lines), 1) if menu.is_whole else _AT_ONCE
            answer = _say_what_is_new(console, menu.title, lines, said, help_text, at_once)
            said = lines
            answer = answer or console.ask(f"{menu.title}, your choice:", help_text)
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
    """Do what was chosen; going back from it, and an error, lead to the menu again."""
    try:
        return entry.action(subject) is CLOSE
    except Back:
        return False
    except KapjournalError as error:
        console.say(str(error))
        return False


def _say_what_is_new(
    console: Console, title: str, lines: Sequence[str], said: Sequence[str], help_text: str, at_once: int
) -> str:
    """Say all entries the first time, afterwards those that changed; a long list is said in parts.

    Returns what the person answered between two parts, which is a choice; empty if there was nothing.
    """
    if len(lines) == len(said):
        console.say(*(line for line, before in zip(lines, said, strict=True) if line != before))
        return ""
    console.say(f"{title}. Choose by number or word.")
    for start in range(0, len(lines), at_once):
        console.say(*lines[start : start + at_once])
        rest = len(lines) > start + at_once
        if rest and (answer := console.ask(f"{title}, your choice, or Enter to hear more:", help_text)):
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
    """Ask for one of a few values by number or word; the word "" is what Enter means.

    `about` explains some of the words; if not `aloud`, the choices are said by help only.
    """
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
    """The line that is meant: by number, by a whole word, or by a beginning that only one of them has. A word
    that is a number itself goes before the number of a line."""
    if answer.isdecimal() and len(answer) < 6 and answer not in columns[0]:
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
