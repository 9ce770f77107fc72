"""A text typed a line at a time until a dot: beside the page of a note, which has commands of its own."""

from collections.abc import Callable

from kapjournal.plain import phrasing
from kapjournal.plain.console import Console

COMMANDS = (
    "A dot alone on a line ends it, .undo takes the last line away, .read says what stands there, .lock "
    "locks the practice, .help says this. Words such as help are words here; a line that is to begin with a "
    "dot begins with two."
)

_ENDS = (".", ".done", ".back")


def take_lines(console: Console, before: str = "", kept: Callable[[str], object] = lambda _: None) -> str:
    """Take lines after a text until a dot, and return the whole; it is given to `kept` after each line."""
    lines = before.split("\n") if before else []
    while (line := console.line()).strip() not in _ENDS:
        match line.strip():
            case ".lock":
                console.lock()
            case ".help":
                console.say(COMMANDS)
            case ".read":
                console.text(phrasing.aloud("\n".join(lines)))
            case ".undo":
                console.say(f"Taken away: {lines.pop()}" if lines else "There is no line to take away.")
            case word if word.startswith(".") and not word.startswith("..") and " " not in word:
                console.say(f"There is no command {word}. {COMMANDS}")
            case _:
                lines.append(line.removeprefix(".") if line.startswith("..") else line)
        kept("\n".join(lines))
    return "\n".join(lines)
