"""Menus: lists of entries, chosen by a number, a word or the beginning of one.

A word leads also to what stands deeper: in a menu that an entry opens, and in the menus below that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from kapjournal.domain.members import folded
from kapjournal.errors import KapjournalError
from kapjournal.plain.console import Back, Console


class AtConsole(Protocol):
    """Whatever is done at a console."""

    @property
    def console(self) -> Console:
        """The console."""


T = TypeVar("T")
V = TypeVar("V")
C = TypeVar("C", bound=AtConsole)

CLOSE = object()
"""What the action of an entry returns when there is nothing left to choose in its menu."""

_AT_ONCE = 20
"""So many entries are said before the person is asked whether to hear more."""


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A thing to choose: offered `when` it fits; without a `word` it is chosen by its number.

    `within` are the entries of the menu it opens, whose words lead there from outside as well. One that
    `is_group` is no more than these.
    """

    word: str
    sentence: str
    action: Callable[[T], object]
    when: Callable[[T], bool] = lambda _: True
    within: "Callable[[T], Sequence[Entry[T]]]" = lambda _: ()
    is_group: bool = False

    @property
    def line(self) -> str:
        """The words of the entry, to stand behind its number."""
        return f"{self.word}: {self.sentence}" if self.word else self.sentence


@dataclass(frozen=True)
class Menu(Generic[T]):
    """A list of entries about one subject.

    `help_text` is what help says; `nothing` is said where there is nothing to choose, and ends the menu;
    `top` is said where back leads nowhere. `way_out` is what to type to get out of it.
    """

    title: str
    help_text: str
    entries: Callable[[T], Sequence[Entry[T]]]
    nothing: str = ""
    top: str = ""
    way_out: str = "back"


def group(word: str, *entries: Entry[C]) -> Entry[C]:
    """Entries of one subject under one line, which says their words; it opens a menu of them."""
    menu = Menu[C](
        word.capitalize(), "Each of these can be typed in the menu before this one too.", lambda _: entries
    )
    return Entry(
        word,
        "",
        lambda subject: offer(subject.console, menu, subject),
        within=lambda _: entries,
        is_group=True,
    )


def offered(entries: Sequence[Entry[T]], subject: T) -> list[Entry[T]]:
    """The entries that fit now. A group in which none fits is left out; one in which a single entry fits is
    that entry."""
    found: list[Entry[T]] = []
    for entry in entries:
        if not entry.when(subject):
            continue
        inside = offered(entry.within(subject), subject) if entry.is_group else [entry]
        if len(inside) > 1:
            found.append(replace(entry, sentence=f"{', '.join(one.word for one in inside)}."))
        else:
            found += inside
    return found


def offer(console: Console, menu: Menu[T], subject: T) -> None:
    """Run a menu until the person goes back or an entry closes it."""
    said: list[str] = []
    while True:
        try:
            entries = offered(menu.entries(subject), subject)
            if menu.nothing and not entries:
                console.say(menu.nothing)
                return
            lines = [f"{number}. {entry.line}" for number, entry in enumerate(entries, 1)]
            help_text = f"{menu.help_text} Press Enter to hear the choices."
            answer = _say_what_is_new(console, menu, lines, said, help_text)
            said = lines
            answer = answer or console.ask(f"{menu.title}, your choice:", help_text)
        except Back:
            if not menu.top:
                return
            console.say(menu.top)
            continue
        if not answer:
            said = []
            continue
        match meant_by(answer, entries, subject):
            case []:
                console.say(f"There is no choice “{answer}” here. Press Enter to hear the choices.")
            case [(_, meant)]:
                if _is_closed_by(console, meant, subject) and meant in entries:
                    return
            case several:
                console.say(
                    f"“{answer}” can mean several things:", *(f"{way}{one.line}" for way, one in several)
                )


def meant_by(answer: str, entries: Sequence[Entry[T]], subject: T) -> list[tuple[str, Entry[T]]]:
    """What is meant: one entry or none, or several between which a word leaves the choice; with each stands
    what to choose before it.

    A number and the beginning of a sentence mean one of `entries`. A word means one of these or of what they
    open: a whole word goes before the beginning of one, and what stands higher before what stands deeper.
    """
    here, wanted = [("", entry) for entry in entries], _as_compared(answer)
    named = [(way, entry) for way, entry in here if _as_compared(entry.word) == wanted]
    if named or not wanted:
        return named[:1]
    if not answer.isdecimal():
        for fits in (str.__eq__, str.startswith):
            level = here
            while level:
                if found := [(way, entry) for way, entry in level if fits(_as_compared(entry.word), wanted)]:
                    return found
                level = [
                    (way if entry.is_group else f"{way}{entry.word}, then ", inner)
                    for way, entry in level
                    for inner in offered(entry.within(subject), subject)
                ]
    place = find(answer, [entry.sentence for entry in entries])
    return [] if place is None else [here[place]]


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
    console: Console, menu: Menu[T], lines: Sequence[str], said: Sequence[str], help_text: str
) -> str:
    """Say all entries the first time, afterwards those that changed; a long list is said in parts.

    Returns what the person answered between two parts, which is a choice; empty if there was nothing.
    """
    if len(lines) == len(said):
        console.say(*(line for line, before in zip(lines, said, strict=True) if line != before))
        return ""
    console.say(f"{menu.title}. Choose by number or word, or type {menu.way_out}.")
    for start in range(0, len(lines), _AT_ONCE):
        console.say(*lines[start : start + _AT_ONCE])
        rest = len(lines) > start + _AT_ONCE
        if rest and (answer := console.ask(f"{menu.title}, your choice, or Enter to hear more:", help_text)):
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
    wanted = _as_compared(answer)
    for column in columns if wanted else ():
        words = [_as_compared(word) for word in column]
        if wanted in words:
            return words.index(wanted)
        fitting = [place for place, word in enumerate(words) if word.startswith(wanted)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _as_compared(word: str) -> str:
    """A word as it is compared: a hyphen is as good as a space."""
    return folded(word.replace("-", " "))
