"""Large type: a short line drawn in half blocks, two points in each cell, to be read from across a room.

The letters are those that come with Pillow (Aileron Regular, ASCII alone). Accents of Latin letters are put
on them here. What has any other character is not drawn: whoever asks shows it as it is.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

_SIZES = (22, 20, 18, 16, 14, 13, 12, 11)
"""In points, largest first; below the last the letters close up."""
_DOUBLE_FROM = 16
"""From this size on a stroke is two points wide."""
_MOST_LINES = 2
_BLOCKS = " ▀▄█"
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})

_Points = Sequence[tuple[int, int]]
_ABOVE: Mapping[str, _Points] = {
    "\u0300": ((-1, 1), (0, 0)),
    "\u0301": ((1, 1), (0, 0)),
    "\u0302": ((-1, 0), (0, 1), (1, 0)),
    "\u0303": ((-2, 0), (-1, 1), (0, 0), (1, 1)),
    "\u0304": ((-1, 0), (0, 0), (1, 0)),
    "\u0306": ((-1, 1), (0, 0), (1, 1)),
    "\u0307": ((0, 0),),
    "\u0308": ((-1, 0), (1, 0)),
    "\u030a": ((0, 0), (-1, 1), (1, 1), (0, 2)),
    "\u030b": ((-1, 0), (0, 1), (1, 0), (2, 1)),
    "\u030c": ((-1, 1), (0, 0), (1, 1)),
}
"""The points of an accent: to the right of the middle of its letter, and up from just above it."""
_BELOW: Mapping[str, _Points] = {
    "\u0323": ((0, 0),),
    "\u0326": ((0, 0), (-1, 1)),
    "\u0327": ((0, 0), (-1, 1)),
    "\u0328": ((1, 0), (2, 1)),
}
"""The same, down from just below it."""
_MARKS: Mapping[str, _Points] = {**_ABOVE, **_BELOW}


def can_draw(text: str) -> bool:
    """Whether every character of a text can be drawn."""
    split = unicodedata.normalize("NFD", text.translate(_PLAIN))
    above_letters = all(before.isascii() for before, mark in pairwise(split) if not mark.isascii())
    known = all((one.isascii() and one.isprintable()) or one in _MARKS for one in split)
    return known and above_letters and split[:1].isascii()


@lru_cache(maxsize=64)
def drawn(text: str, width: int, height: int) -> tuple[str, ...]:
    """The text as rows of blocks, as large as `width` and `height` cells allow, in one line rather than in
    two; nothing where there is no room for it, or where it cannot be drawn."""
    split = unicodedata.normalize("NFD", text.translate(_PLAIN))
    if not text.strip() or not can_draw(text):
        return ()
    for most in (1, _MOST_LINES):
        for size in _SIZES:
            font = ImageFont.load_default(size)
            lines = _broken(split.split(), font, width)
            if lines is None or len(lines) > most:
                continue
            rows = [row for line in lines for row in ("", *_rows(line, font, size))][1:]
            if len(rows) <= height and max(map(len, rows)) <= width:
                return tuple(rows)
    return ()


_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def _letters(split: str) -> str:
    return "".join(one for one in split if one.isascii())


def _broken(words: Sequence[str], font: _Font, width: int) -> list[str] | None:
    """The words in as few lines as there is room for; None if one is too wide."""
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(_letters(longer)) <= width:
            lines[-1] = longer
        elif font.getlength(_letters(word)) <= width and lines[-1]:
            lines.append(word)
        else:
            return None
    return lines


def _rows(split: str, font: _Font, size: int) -> list[str]:
    """A line as rows of blocks; each line has the same height, whatever letters it has."""
    letters, stroke = _letters(split), 2 if size >= _DOUBLE_FROM else 1
    room, top = 4 * stroke, font.getbbox("A")[1]
    wide, high = int(font.getlength(letters)) + 2 * room, int(font.getbbox("Ag")[3] - top) + room
    image = Image.new("1", (wide, 2 * room + high))
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    draw.text((room, room - top), letters, font=font, fill=1)
    place = -1
    for one in split:
        if one.isascii():
            place += 1
            continue
        left, upper, right, lower = font.getbbox(letters[place])
        begin = room + int(font.getlength(letters[:place]))
        middle = begin + int(left + right - stroke) // 2
        if one in _ABOVE and letters[place] in "ij":  # the accent stands in the place of the dot
            upper = font.getbbox("x")[1]
            draw.rectangle((begin + left, 0, begin + right, room - top + upper - 1), fill=0)
        for across, up in _MARKS[one]:
            x = middle + across * stroke
            over, under = room - top + upper - stroke * (2 + up), room - top + lower + stroke * up
            y = int(over if one in _ABOVE else under)
            draw.rectangle((x, y, x + stroke - 1, y + stroke - 1), fill=1)
    return _half_blocks(image)


def _half_blocks(image: Image.Image) -> list[str]:
    left, upper, right, lower = image.getbbox() or (0, 0, 0, 0)
    points = [[image.getpixel((x, y)) > 0 for x in range(left, right)] for y in range(upper, lower)]  # type: ignore[operator]
    if len(points) % 2:
        points.append([False] * (right - left))
    pairs = zip(points[::2], points[1::2], strict=True)
    return ["".join(_BLOCKS[a + 2 * b] for a, b in zip(*pair, strict=True)).rstrip() for pair in pairs]
