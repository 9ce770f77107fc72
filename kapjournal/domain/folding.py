"""The form in which words are searched for: without case, accents and what cannot be seen.

Folding goes character by character: a part of a text is folded as the whole is. Of scripts that are written
without spaces, and of emoji, each character is a word: any part of such a text is a row of words.
"""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate
from unicodedata import category, normalize

PIECE = 1 << 16
"""A long text is folded in pieces of so many characters, between which other work comes and goes."""

SPACELESS = (
    "\u00a2-\u00a9\u00ac-\u00b1\u00b4-\u00b6\u00d7\u00f7"  # signs
    "\u0e00-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"  # Thai to Khmer
    "\u1b00-\u1b7f\ua980-\ua9df"  # Balinese, Javanese
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Korean: with spaces, but particles and endings cling to words
    "\u2044-\u2bff"  # arrows, signs of money and of mathematics, dingbats
    "\u2e80-\ua4cf\uf900-\ufaff"  # Chinese, Japanese, Yi
    "\U0001b000-\U0001b16f\U0001f000-\U0001fbff\U00020000-\U0003ffff"  # rarer ones of these, emoji
)
"""What is written without spaces, as ranges for a character class."""

IN_SPACELESS = re.compile(f"[{SPACELESS}]+")

ACCENT = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u180b-\u180f\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
"""Accents, Hebrew and Arabic points, the colours of skin and the other looks of one sign."""

_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe"}
"""Letters that are typed so where a keyboard has no better, and that Unicode takes for whole."""

_NON_JOINER = "\u200c"
"""Stands between the parts of a Persian word, and is left out or typed as a space: it separates."""

_LOOSE = re.compile("[\uac00-\ud7a3]?[\u1100-\u11ff]+|[\u3040-\u30ff][\u3099\u309a]")
"""Korean letters that make a syllable, and kana with a voice mark of its own."""

_PART = re.compile("[\u1100-\u11ff\u3099\u309a]")


class _Folding(dict[int, str]):
    """What each character becomes, for `str.translate`: worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _fold_character(chr(code))
        return found


def _fold_character(character: str) -> str:
    if _is_whole(character):
        return character
    plain = ACCENT.sub("", normalize("NFKD", character)).casefold()
    letters = "".join(_LETTERS.get(letter, letter) for letter in normalize("NFKD", plain))
    return "".join(map(_kept, ACCENT.sub("", letters)))


def _is_whole(character: str) -> bool:
    """Whether it is a Korean syllable or voiced kana, which stay in one."""
    return "\uac00" <= character <= "\ud7a3" or _LOOSE.fullmatch(normalize("NFD", character)) is not None


def _kept(character: str) -> str:
    """A character of a word as it is; a space for what separates words; nothing for what cannot be seen."""
    kind = category(character)
    if kind == "Cf":
        return " " if character == _NON_JOINER else ""
    is_sign = kind[0] == "S" and not character.isascii() and IN_SPACELESS.match(character)
    return character if kind[0] in "LNM" or kind in ("Co", "Cn") or is_sign else " "


_FOLDING = _Folding()


def folded(text: str) -> str:
    """The words of a text as they are compared, with spaces for what stands between them."""
    return text.translate(_FOLDING)


def composed(words: str) -> str:
    """Folded words with each Korean syllable and voiced kana in one character, however they were typed."""
    if words.isascii() or not _PART.search(words):
        return words
    return _LOOSE.sub(lambda found: normalize("NFC", found.group()), words)


def pieces(text: str) -> Iterator[str]:
    """A text in pieces."""
    return (text[at : at + PIECE] for at in range(0, len(text), PIECE))


def tokens(text: str, check: Callable[[], object] = lambda: None) -> str:
    """What of a text goes into an index, with spaces between: its words and, of what is written without
    spaces, each character. `check` is called between pieces."""
    done = []
    for piece in pieces(text):
        check()
        done.append(folded(piece))
    words = composed("".join(done))
    if words.isascii():
        return words
    done = []
    for piece in pieces(words):
        check()
        done.append(IN_SPACELESS.sub(lambda run: f" {' '.join(run.group())} ", piece))
    return "".join(done)


def starts(text: str) -> list[int]:
    """Where in the folded text each character of it begins; at the end, how long that is."""
    if text.isascii():
        return list(range(len(text) + 1))
    return list(accumulate(map(len, map(_FOLDING.__getitem__, map(ord, text))), initial=0))
