"""What text may be stored, and how text is made safe to show.

A body is kept unchanged, so nothing is repaired when it is stored: what may not be stored is refused, with
its place. When text is shown, `shown` and `shown_line` make it harmless to a terminal, because every widget
and every `print` passes escape sequences on as they are.
"""

import re
import unicodedata

from kapjournal.errors import Refused, UsageError

MAX_BODY_BYTES = 10 * 1024 * 1024
"""The longest body of a note, in bytes of UTF-8."""

MAX_LINE = 200
"""The longest title, in characters."""

QUESTION_MARKS = ("?", "\uff1f", "؟")
"""With what a question ends."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_REFUSED_BYTES = bytes({*range(32), 127} - {9, 10})
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("[\n\t\u2028\u2029]")
_NOT_IN_A_LINE = re.compile(f"{_UNSTORABLE.pattern}|{_LINE_ENDS.pattern}")

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
"""What takes no ink: Unicode's Default_Ignorable_Code_Point, and the empty Braille cell."""

_NO_LETTERS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""The categories of controls, formats, half characters, what is nobody's or not known, and line ends."""

BOM = "\ufeff"
"""The mark that some editors put before the first letter of a file; it says how the file is encoded."""


def storable(text: str) -> str:
    """Return `text` unchanged if a note may hold it.

    Refused, with the place of the first one: C0 controls other than newline and tab, DEL, C1 controls and
    lone surrogates (`Refused`); more than `MAX_BODY_BYTES` of UTF-8 (`Refused`, with the size).
    """
    data = text.encode("utf-8", "surrogatepass")
    if control := None if _is_plain(data) else control_in(text):
        raise Refused(f"The text holds {control}, which a note cannot keep. Nothing was saved.")
    if len(data) > MAX_BODY_BYTES:
        raise Refused(
            f"The text is {len(data):,} bytes long; a note holds at most {MAX_BODY_BYTES:,}. "
            "Nothing was saved."
        )
    return text


def control_in(text: str) -> str | None:
    """The first control character or half of a character that a text holds, with its place: “an escape
    (U+001B) at line 2, column 7”. None if there is none; newlines and tabs are none."""
    found = _UNSTORABLE.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    column = found.start() - (before.rfind("\n") + 1) + 1
    return f"{_control_name(found.group())} at line {before.count(chr(10)) + 1}, column {column}"


def stored(data: bytes) -> str:
    """Decode what was `storable` when it was stored (`ValueError`, `Refused`); fast for nearly all texts."""
    text = data.decode("utf-8")
    return text if _is_plain(data) and len(data) <= MAX_BODY_BYTES else storable(text)


def is_line(text: str) -> bool:
    """Whether a text is one line without control characters."""
    return _NOT_IN_A_LINE.search(text) is None


def from_bytes(data: bytes) -> str:
    """Decode the content of a file or a pipe as strict UTF-8; `Refused` names the first bad byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"The text is not UTF-8: byte {error.start + 1} cannot be read.") from None


def unseen_place(text: str) -> int | None:
    """Where the first character stands that cannot be seen, or not be told from another: a control character,
    one that takes no ink, half a character, one that no Unicode known here has, or the sign for what could
    not be read. None if there is none."""
    return next((place for place, one in enumerate(text) if _is_unseen(one)), None)


def without_unseen(text: str) -> str:
    """Drop all of these."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(one for one in text if not _is_unseen(one))


def character_name(character: str) -> str:
    """What Unicode calls a character, with its number: “a zero width space (U+200B)”."""
    name = unicodedata.name(character, "").lower()
    if not name:
        return _control_name(character)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(character):04X})"


def without_controls(text: str) -> tuple[str, int]:
    """Drop what `storable` would refuse, for a paste; returns the rest and how many characters went.

    Windows and old Macintosh line ends become newlines first and are not counted.
    """
    return _UNSTORABLE.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))


def storable_line(text: str, what: str, limit: int = MAX_LINE) -> str:
    """Return `text` in NFC and trimmed, if it is one line of at most `limit` characters of which one at least
    can be seen (`UsageError`)."""
    if text == "":
        return text
    line = unicodedata.normalize("NFC", text).strip()
    if _UNSTORABLE.search(text) or not is_line(line):
        raise UsageError(f"A {what} is one line without control characters.")
    if len(line) > limit:
        raise UsageError(f"A {what} has at most {limit} characters; this one has {len(line)}.")
    if line and not without_unseen(line).strip():
        raise UsageError(f"A {what} is made of characters that can be seen.")
    return line


def shown(text: str) -> str:
    """Make a text of several lines safe for a terminal: control characters become visible signs.

    So do the characters that override or embed a direction, which can make one line of a screen read as
    another. Right-to-left scripts do not need them and are kept.
    """
    text = _UNSTORABLE.sub(_control_mark, text)
    text = _DIRECTION.sub("\N{REPLACEMENT CHARACTER}", text)
    return text.replace("\u2028", "\n").replace("\u2029", "\n")


def shown_line(text: str) -> str:
    """Like `shown`, on one line: newlines and tabs become spaces."""
    return shown(_LINE_ENDS.sub(" ", text))


def excerpt(body: str, length: int = 120) -> str:
    """The first words of a body on one safe line, at most `length` characters, without markdown's marks."""
    head = re.sub(r"(?m)^[ \t]*(#{1,6}|>|[-*+]|\d{1,3}[.)])[ \t]+", "", body[: length * 4])
    words = " ".join(re.sub(r"[*_`]+", "", head).split())
    cut = words if len(words) <= length else words[: length - 1].rstrip() + "…"
    return shown_line(cut)


def _is_plain(data: bytes) -> bool:
    """Whether there is no C0 control and no first byte of a C1 control or surrogate: a fast, strict check."""
    return len(data.translate(None, _REFUSED_BYTES)) == len(data) and not (b"\xc2" in data or b"\xed" in data)


def _is_unseen(character: str) -> bool:
    return (
        character == "\N{REPLACEMENT CHARACTER}"
        or UNSEEN.match(character) is not None
        or unicodedata.category(character) in _NO_LETTERS
    )


def _control_mark(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def _control_name(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return f"half a character (U+{code:04X})"
    names = {
        0: "a NUL",
        0x09: "a tab",
        0x0A: "a line end",
        0x0D: "a carriage return (a Windows line end)",
        0x1B: "an escape",
        0x7F: "a delete",
    }
    if unicodedata.category(character) in ("Co", "Cn"):
        return f"a character that has no name (U+{code:04X})"
    return f"{names.get(code, 'a control character')} (U+{code:04X})"
