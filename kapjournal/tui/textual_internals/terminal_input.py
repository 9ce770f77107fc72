"""What comes from the keyboard, to the letter: a paste stays whole, and no character of a script is lost.

Textual takes an escape character inside a paste for a key, and delivers the rest in another order; it counts
the joiners of Persian and of emoji families, and every space but one, as no text at all.

Private names used here: `textual._xterm_parser` and its `XTermParser`, since a driver cannot be given another
parser in public.
"""

import unicodedata
from collections.abc import Iterable

from textual import _xterm_parser, events
from textual._xterm_parser import XTermParser
from textual.message import Message

_START, _END = "\x1b[200~", "\x1b[201~"
_NO_TEXT = ("Cc", "Cs")


class TerminalInputParser(XTermParser):
    """Textual's parser with pastes taken out of the stream before it looks for keys."""

    def __init__(self, debug: bool = False) -> None:
        self._pasted: list[str] | None = None
        self._tail = ""
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """The keys, pastes and reports in what the terminal sent; an empty string is its end."""
        if not data:
            yield from super().feed(data)
        while data:
            if self._pasted is None:
                keys, start, data = data.partition(_START)
                if keys:
                    yield from map(_as_text, super().feed(keys))
                self._pasted, self._tail = ([] if start else None), ""
                continue
            self._pasted.append(data)
            self._tail = (self._tail + data)[-len(data) - len(_END) + 1 :]
            if _END not in self._tail:
                return
            pasted, _, data = "".join(self._pasted).partition(_END)
            self._pasted, self._tail = None, ""
            yield events.Paste(pasted)


def _as_text(message: Message) -> Message:
    """A key whose character is text to a writer, if not to Textual, comes as a paste of that character."""
    if isinstance(message, events.Key) and message.character and not message.is_printable:
        character = message.character
        if len(character) == 1 and unicodedata.category(character) not in _NO_TEXT:
            return events.Paste(character)
    return message


def install() -> None:
    """Let the terminal's driver, which is imported when the program starts to run, read with this parser."""
    _xterm_parser.XTermParser = TerminalInputParser  # type: ignore[misc]
