"""The console: it says a sentence a line, asks a question at a time, and locks what is left alone."""

import contextlib
import re
import select
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from kapjournal import config
from kapjournal.errors import KapjournalError
from kapjournal.idle import Inactivity
from kapjournal.presentation.crisis_notice import CRISIS, crisis_lines
from kapjournal.stdio import questions, stdout
from kapjournal.text import BOM, shown_line, without_controls

V = TypeVar("V")

HELP_EVERYWHERE = (
    "Everywhere, help explains where you are, back goes back, lock closes an open journal, and quit leaves. "
    "Crisis says whom to call. "
    "To write one of these words itself, put a space before it."
)

WITHIN_PRACTICE = "In this journal, couples leads from everywhere back to your practice."

RESERVED_WORDS = frozenset({"help", "?", "back", "lock", "quit", CRISIS})
"""What means the same at every question, and is never an answer."""

_KEYS = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.|.)?")
"""What an arrow key or a function key sends: nothing here moves a cursor."""

_LONGEST = 4096 if sys.platform == "linux" else 1024
"""As many bytes of one line as a terminal keeps before Enter; what is typed beyond them never arrives."""


class Back(Exception):
    """The person goes back to where they came from."""


class ToCouples(Exception):
    """The person goes from the journal of a couple back to the practice it was opened from."""


class Leave(Exception):
    """The person `asked` to leave, or no input will ever come again."""

    def __init__(self, *, asked: bool, code: int = 0) -> None:
        super().__init__()
        self.asked = asked
        self.code = code


class Locked(Exception):
    """The journal is closed: the person asked for it, or typed `line` after too long a time."""

    def __init__(self, sentence: str, line: str = "") -> None:
        super().__init__(sentence)
        self.line = line


class Console:
    """Speaks on stdout and listens on stdin.

    Nothing is ever shown by its place alone, and no note can send the terminal a command, since every word
    goes through `stdio.stdout`. An open journal is closed after `lock_minutes` without a line, and the line
    that ends such a silence is no answer.
    """

    def __init__(self, lock_minutes: int) -> None:
        self._open: list[Callable[[], object]] = []
        self._beside: list[Callable[[], object]] = []
        self._question = ""
        self._is_first = True
        self.lock_after(lock_minutes)

    # speaking

    def say(self, *sentences: str) -> None:
        """Say each sentence on a line of its own, wrapped at the terminal's width."""
        for sentence in filter(None, sentences):
            stdout.text("\n".join(_wrapped(sentence)))

    def text(self, body: str) -> None:
        """Say the words of a note as they are; the terminal wraps its long lines."""
        stdout.text(body)

    def move_out_of_sight(self) -> None:
        """Leave what was said so far above what a terminal shows."""
        if questions.is_terminal(sys.stdout):
            stdout.verbatim("\n" * shutil.get_terminal_size().lines)

    # listening

    def ask(self, question: str, help_text: str = "") -> str:
        """The answer, trimmed, perhaps empty; `help_text` is what help says here, a sentence a line."""
        return self._answered(question, help_text, self.line).strip()

    def ask_for(self, question: str, read: Callable[[str], V], help_text: str = "") -> V:
        """The answer as `read` understands it; what it refuses is said, and the question is asked again."""
        while True:
            try:
                return read(self.ask(question, help_text))
            except KapjournalError as error:
                self.say(str(error))

    def secret(self, question: str, help_text: str = "") -> str:
        """The answer to the letter, unseen where there is a terminal that can hide it."""
        return self._answered(question, help_text, self._secret_line, hidden=questions.is_terminal(sys.stdin))

    def yes(self, question: str, help_text: str = "") -> bool:
        """Whether the answer is yes; anything else is no."""
        return self.ask(f"{question} Type yes or no:", help_text).casefold() in ("y", "yes")

    def line(self) -> str:
        """The next line, without its end and without keys that are no letters; nothing is asked."""
        held = self._begin_waiting()
        data = b""
        with contextlib.suppress(OSError):  # the terminal is gone
            data = sys.stdin.buffer.readline() if sys.stdin else b""
        if not data:
            raise Leave(asked=False)
        if len(data) >= _LONGEST and questions.is_terminal(sys.stdin):
            self.say(
                "That line was as long as the terminal takes; its end may be missing. Press Enter more often."
            )
        typed = self._without_mark(data).decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
        line, dropped = without_controls(_KEYS.sub("", typed))
        self._end_waiting(held, line)
        if dropped or _KEYS.search(typed):
            self.say("Arrow keys and other control keys do nothing here; they were left out.")
        return line

    def _without_mark(self, data: bytes) -> bytes:
        """A line without the mark that some editors put before the first letter of a file, which is no part
        of what it says."""
        is_first, self._is_first = self._is_first, False
        return data.removeprefix(BOM.encode()) if is_first else data

    def more_is_waiting(self) -> bool:
        """Whether another line has been typed or pasted already."""
        return questions.is_terminal(sys.stdin) and _input_within(0)

    # the lock

    def lock_after(self, minutes: int) -> None:
        """Close an open journal after so many minutes without a line, from now on."""
        self._minutes = minutes
        self._idle = Inactivity(minutes * 60)

    @contextmanager
    def locking_later(self, times: int) -> Iterator[None]:
        """Wait so many times as long before an open journal is closed, while the block runs."""
        minutes = self._minutes
        self.lock_after(minutes * times)
        try:
            yield
        finally:
            self.lock_after(minutes)

    def opened(self, shut: Callable[[], object]) -> None:
        """Take note that a journal is open, or within a practice that of a couple; `shut` closes it."""
        self._open.append(shut)

    def closed(self) -> None:
        """Take note that what was opened last is closed."""
        if self._open:
            self._open.pop()

    def opened_beside(self, shut: Callable[[], object]) -> None:
        """Take note that somebody opened a second door at this keyboard; `shut` closes it."""
        self._beside.append(shut)

    def closed_beside(self) -> None:
        """Take note that the second door that was opened last is closed."""
        if self._beside:
            self._beside.pop()

    @property
    def is_within_practice(self) -> bool:
        """Whether the journal of a couple is open, and behind it the practice."""
        return len(self._open) > 1

    def lock(self, sentence: str = "Locked.", line: str = "") -> None:
        """Close all that is open and raise `Locked`, which leads from everywhere back to the doors."""
        self._let_go()
        raise Locked(sentence, line)

    def _let_go(self) -> None:
        """Close all that is open at once, and move what was read out of sight."""
        if self._open:
            with contextlib.ExitStack() as closing:
                for open_now in (self._open, self._beside):
                    while open_now:
                        closing.callback(open_now.pop(0))
            self.move_out_of_sight()

    def _begin_waiting(self) -> bool:
        """Wait for input, and close an open journal when that takes too long; returns whether it was."""
        held = bool(self._open)
        self._idle.touched()
        if held and questions.is_terminal(sys.stdin) and not _input_within(self._idle.left):
            self._let_go()
        return held

    def _end_waiting(self, held: bool, line: str = "") -> None:
        if held and (not self._open or self._idle.is_over()):
            what = "a quiet minute" if self._minutes == 1 else f"{self._minutes} minutes without a line"
            self.lock(f"Locked after {what}.", line)

    def _secret_line(self) -> str:
        held = bool(self._open)
        self._idle.touched()
        if not questions.is_terminal(sys.stdin):
            return self.line()
        try:
            answer = questions.secret(self._question)
        except questions.EndOfInput:
            raise Leave(asked=False) from None
        self._end_waiting(held)
        return answer

    def _answered(
        self, question: str, help_text: str, listen: Callable[[], str], *, hidden: bool = False
    ) -> str:
        while True:
            *before, last = _wrapped(question)
            self.say(*before)
            self._question = last
            if not hidden:
                stdout.question(last)
            answer = listen()
            match answer.rstrip().casefold():
                case "help" | "?":
                    within = WITHIN_PRACTICE if self.is_within_practice else ""
                    self.say(*help_text.split("\n"), within, HELP_EVERYWHERE)
                case "back":
                    raise Back
                case "crisis":
                    self.say(*crisis_lines(config.load().settings.country))
                case "lock" if self._open:
                    self.lock()
                case "couples" if self.is_within_practice:
                    raise ToCouples
                case "quit":
                    raise Leave(asked=True)
                case _:
                    return answer


def _wrapped(sentence: str) -> Sequence[str]:
    width = max(20, shutil.get_terminal_size().columns)
    return textwrap.wrap(shown_line(sentence), width, break_long_words=False, break_on_hyphens=False) or [""]


def _input_within(seconds: float) -> bool:
    """Whether input comes within so many seconds; where the system cannot tell, it counts as there."""
    if sys.platform == "win32":
        return True
    return bool(select.select([sys.stdin], [], [], max(0.0, seconds))[0])
