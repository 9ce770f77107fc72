"""The talk itself: one sentence a line, one question at a time, and what may be answered everywhere."""

import contextlib
import re
import select
import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import TypeVar

from kapjournal.errors import KapjournalError
from kapjournal.idle import Inactivity
from kapjournal.stdio import prompts, stdout
from kapjournal.text import shown_line, without_controls

V = TypeVar("V")

ALWAYS = (
    "Everywhere, help explains where you are, back goes back, lock closes an open journal, and quit leaves. "
    "To write one of these words itself, put a space before it."
)

WORDS = frozenset({"help", "?", "back", "lock", "quit"})
"""What is no answer anywhere."""

_KEYS = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.|.)?")
"""What an arrow or a function key types where nothing moves a cursor."""

_LONGEST = 4096 if sys.platform == "linux" else 1024
"""As many bytes of one line as a terminal keeps before Enter; what is typed beyond them never arrives."""


class Back(Exception):
    """Somebody goes back to where they came from."""


class Leave(Exception):
    """Somebody leaves (`asked`), or no input will ever come again."""

    def __init__(self, *, asked: bool, code: int = 0) -> None:
        super().__init__()
        self.asked = asked
        self.code = code


class Locked(Exception):
    """The journal is closed: it was asked for, or nobody was there for too long before typing `line`."""

    def __init__(self, sentence: str, line: str = "") -> None:
        super().__init__(sentence)
        self.line = line


class Console:
    """Speaks on stdout and listens on stdin. Nothing is ever shown by its place alone, and no note can send
    the terminal a command: every word passes `printing`.

    While a journal is open, quiet for `lock_minutes` closes it, and the line that ends it is no answer.
    """

    def __init__(self, lock_minutes: int) -> None:
        self._shut: Callable[[], object] | None = None
        self._question = ""
        self.lock_after(lock_minutes)

    # speaking

    def say(self, *sentences: str) -> None:
        """Each sentence on a line of its own, wrapped at the terminal's width."""
        for sentence in filter(None, sentences):
            stdout.text("\n".join(_wrapped(sentence)))

    def text(self, body: str) -> None:
        """Somebody's words as they are; long lines are the terminal's to wrap."""
        stdout.text(body)

    # listening

    def ask(self, question: str, here: str = "") -> str:
        """An answer, trimmed, perhaps empty; `here` is what help says about this place, a sentence a line."""
        return self._answered(question, here, self.line).strip()

    def ask_for(self, question: str, read: Callable[[str], V], here: str = "") -> V:
        """An answer that `read` takes; what it refuses is said and asked again."""
        while True:
            try:
                return read(self.ask(question, here))
            except KapjournalError as error:
                self.say(str(error))

    def secret(self, question: str, here: str = "") -> str:
        """What is typed unseen, to the letter, where there is a terminal that can hide it."""
        return self._answered(question, here, self._secret_line, hidden=prompts.is_terminal(sys.stdin))

    def yes(self, question: str, here: str = "") -> bool:
        """Whether the answer is yes; anything else is no."""
        return self.ask(f"{question} Type yes or no:", here).casefold() in ("y", "yes")

    def line(self) -> str:
        """The next line without its end and without keys that are no letters. No question is asked."""
        held = self._begin_waiting()
        data = b""
        with contextlib.suppress(OSError):  # the terminal is gone
            data = sys.stdin.buffer.readline() if sys.stdin else b""
        if not data:
            raise Leave(asked=False)
        if len(data) >= _LONGEST and prompts.is_terminal(sys.stdin):
            self.say(
                "That line was as long as the terminal takes; its end may be missing. Press Enter more often."
            )
        typed = data.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
        line, dropped = without_controls(_KEYS.sub("", typed))
        self._end_waiting(held, line)
        if dropped or _KEYS.search(typed):
            self.say("Arrow keys and other control keys do nothing here; they were left out.")
        return line

    def more_is_waiting(self) -> bool:
        """Whether another line has been typed or pasted already."""
        return prompts.is_terminal(sys.stdin) and _input_within(0)

    # the lock

    def lock_after(self, minutes: int) -> None:
        """Close a journal after so many quiet minutes from now on."""
        self._minutes = minutes
        self._idle = Inactivity(minutes * 60)

    def opened(self, shut: Callable[[], object]) -> None:
        """A journal is open; `shut` closes it."""
        self._shut = shut

    def closed(self) -> None:
        """No journal is open any more."""
        self._shut = None

    def lock(self, sentence: str = "Locked.", line: str = "") -> None:
        """Close the journal, which ends every flow up to the doors."""
        self._let_go()
        raise Locked(sentence, line)

    def _let_go(self) -> None:
        """Close the journal, and move what was read out of sight: at once, whoever is there or not."""
        if self._shut is not None:
            self._shut()
            self._shut = None
            if prompts.is_terminal(sys.stdout):
                stdout.verbatim("\n" * shutil.get_terminal_size().lines)

    def _begin_waiting(self) -> bool:
        """Wait for input while a journal is open, and close it when that takes too long."""
        held = self._shut is not None
        self._idle.touched()
        if held and prompts.is_terminal(sys.stdin) and not _input_within(self._idle.left):
            self._let_go()
        return held

    def _end_waiting(self, held: bool, line: str = "") -> None:
        if held and (self._shut is None or self._idle.is_over()):
            what = "a quiet minute" if self._minutes == 1 else f"{self._minutes} minutes without a line"
            self.lock(f"Locked after {what}.", line)

    def _secret_line(self) -> str:
        held = self._shut is not None
        self._idle.touched()
        if not prompts.is_terminal(sys.stdin):
            return self.line()
        try:
            answer = prompts.secret(self._question)
        except prompts.EndOfInput:
            raise Leave(asked=False) from None
        self._end_waiting(held)
        return answer

    def _answered(self, question: str, here: str, listen: Callable[[], str], *, hidden: bool = False) -> str:
        while True:
            *before, last = _wrapped(question)
            self.say(*before)
            self._question = last
            if not hidden:
                stdout.question(last)
            answer = listen()
            match answer.rstrip().casefold():
                case "help" | "?":
                    self.say(*here.split("\n"), ALWAYS)
                case "back":
                    raise Back
                case "lock" if self._shut is not None:
                    self.lock()
                case "quit":
                    raise Leave(asked=True)
                case _:
                    return answer


def _wrapped(sentence: str) -> Sequence[str]:
    width = max(20, shutil.get_terminal_size().columns)
    return textwrap.wrap(shown_line(sentence), width, break_long_words=False, break_on_hyphens=False) or [""]


def _input_within(seconds: float) -> bool:
    """Whether input comes within so many seconds; where nothing can tell, it is taken to be there."""
    if sys.platform == "win32":
        return True
    return bool(select.select([sys.stdin], [], [], max(0.0, seconds))[0])
