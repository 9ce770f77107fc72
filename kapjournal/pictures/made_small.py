"""Makes a picture small enough for a terminal, as a program of its own: `small` runs it.

What a stranger made is decoded here alone. It can stall, fill or end this process, which is given no key, no
word and no journal, and has the limits of `confined`.

The picture comes by standard input; what is left of it goes to standard output: width and height, two bytes
each, then three bytes for each point.
"""

import io
import sys

from PIL import (
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from kapjournal.confined import keep_within_limits

MAX_POINTS = 25_000_000
"""A picture with more is not decoded. Phones make 12 million of them, or 24."""

_MAX_MEMORY = 1024 * 1024 * 1024
_MAX_SECONDS = 10
_FORMS = [
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        GifImagePlugin.GifImageFile,
        WebPImagePlugin.WebPImageFile,
        MpoImagePlugin.MpoImageFile,
    )
]
_THROUGH_WHICH_PAPER_SHOWS = ("P", "PA", "LA", "RGBA")
_OTHERS = ("L", "RGB", "CMYK", "YCbCr")


def made_small(data: bytes, width: int, height: int) -> Image.Image:
    """The picture, the right way up, on white paper, at most so many points wide and high."""
    side = max(width, height)
    with Image.open(io.BytesIO(data), formats=_FORMS) as picture:
        if picture.width * picture.height > MAX_POINTS:
            raise ValueError
        image: Image.Image = picture
        if picture.mode in _THROUGH_WHICH_PAPER_SHOWS:
            image = picture.convert("RGBA")
        elif picture.mode == "1":
            image = picture.convert("L")
        elif picture.mode not in _OTHERS:
            raise ValueError
        image.thumbnail((side, side))
        image = ImageOps.exif_transpose(image).convert("RGBA")
    image.thumbnail((width, height))
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image)
    return paper.convert("RGB")


def _keep_within_limits() -> None:
    keep_within_limits(memory=_MAX_MEMORY, seconds=_MAX_SECONDS)


def main() -> None:
    """Read, decode, write."""
    Image.preinit()
    _keep_within_limits()
    image = made_small(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    head = b"".join(side.to_bytes(2, "big") for side in image.size)
    sys.stdout.buffer.write(head + image.tobytes())


if __name__ == "__main__":
    main()
